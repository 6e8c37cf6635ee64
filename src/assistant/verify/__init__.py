"""Draft → :class:`~assistant.records.Answer`: the only way out.

A sentence is printed only if every figure in it is a fact of the index, with a quote that stands on its
lines, and nothing else in it looks like a figure.  A sentence that fails is dropped; when none is left that
answers, the answer is an abstention.
"""

from __future__ import annotations

from ..index import Index
from ..records import Answer, Citation, Document, Draft, stated
from .citations import Citations
from .sentences import check_sentence

__all__ = ["verify"]

UNVERIFIED = "資料と照合できない内容があったため、お答えを控えます。担当の窓口で確認してください。"


def verify(question: str, draft: Draft, index: Index) -> Answer:
    """The checked answer of a draft."""
    citations = Citations(index)
    checked = [one for sentence in draft.sentences if (one := check_sentence(sentence, citations, index))]
    proven = any(one.figures or one.markers for one in checked)
    if draft.status == "answered" and not proven:
        return Answer(question, "abstained", "unverified", UNVERIFIED, mode=draft.mode)
    text = "".join(one.text for one in checked) or UNVERIFIED
    cited = citations.all()  # only sentences that are kept were given markers
    return Answer(
        question=question,
        status=draft.status,
        reason=draft.reason,
        text=text,
        citations=cited,
        figures=tuple(figure for one in checked for figure in one.figures),
        notices=_notices(cited, index),
        suggestions=draft.suggestions,
        mode=draft.mode,
    )


def _notice(document: Document) -> str:
    when = "の".join(filter(None, (stated(document.fiscal_year), stated(document.stage))))
    publisher = stated(document.publisher)
    return (
        f"{f'{when}時点の' if when else ''}資料{f'（{publisher}）' if publisher else ''}です。"
        "現在の制度は窓口で確認してください。"
    )


def _notices(citations: tuple[Citation, ...], index: Index) -> tuple[str, ...]:
    """Year and stage of each source, and a word of caution."""
    documents: dict[str, Document] = {c.document: index.documents[c.document] for c in citations}
    return tuple(dict.fromkeys(_notice(document) for document in documents.values()))
