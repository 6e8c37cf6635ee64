"""Draft → :class:`~assistant.records.Answer`: the only way out.

A sentence is printed only if every figure in it is a fact of the index, with a quote that stands on its
lines, and nothing else in it looks like a figure.  A sentence that fails is dropped; when none is left that
answers, the answer is an abstention.
"""

from __future__ import annotations

from ..index import Index
from ..records import Answer, Citation, Document, Draft
from .citations import Citations
from .sentences import Checked, check_sentence

__all__ = ["verify"]

UNVERIFIED = "資料と照合できない内容があったため、お答えを控えます。担当の窓口で確認してください。"


def verify(question: str, draft: Draft, index: Index) -> Answer:
    """The checked answer of a draft."""
    citations = Citations(index)
    checked = [one for sentence in draft.sentences if (one := check_sentence(sentence, citations, index))]
    proven = any(one.figures or one.markers for one in checked)
    if draft.status == "answered" and not proven:
        return Answer(question, "abstained", "unverified", UNVERIFIED, mode=draft.mode)
    kept = _renumbered(checked, citations)
    text = "".join(one.text for one in kept.sentences) or UNVERIFIED
    return Answer(
        question=question,
        status=draft.status,
        reason=draft.reason,
        text=text,
        citations=kept.citations,
        figures=tuple(figure for one in kept.sentences for figure in one.figures),
        notices=_notices(kept.citations, index),
        suggestions=draft.suggestions,
        mode=draft.mode,
    )


class _Kept:
    def __init__(self, sentences: list[Checked], citations: tuple[Citation, ...]) -> None:
        self.sentences = sentences
        self.citations = citations


def _renumbered(checked: list[Checked], citations: Citations) -> _Kept:
    """Markers are given when a sentence is checked, so those of kept sentences are contiguous already."""
    used = {marker for one in checked for marker in one.markers}
    return _Kept(checked, tuple(citation for citation in citations.all() if citation.marker in used))


def _notices(citations: tuple[Citation, ...], index: Index) -> tuple[str, ...]:
    """Year and stage of each source, and a word of caution; a damaged index served from its backup says so."""
    documents: dict[str, Document] = {c.document: index.documents[c.document] for c in citations}
    return tuple(
        dict.fromkeys(
            f"{document.fiscal_year}の{document.stage}時点の資料（{document.publisher}）です。現在の制度は窓口で確認してください。"
            for document in documents.values()
        )
    )
