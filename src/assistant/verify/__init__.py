"""Draft → :class:`~assistant.records.Answer`: the only way out.

A sentence is printed only if every figure in it is a fact of the index, with a quote that stands on its
lines, and nothing else in it looks like a figure.  A sentence that fails is dropped; when none is left that
answers, the answer is an abstention.

``reading`` cuts a sentence into slots, names, quotes and the writer's own words; ``naming``, ``calling``, ``cases`` and
``times`` hold whose, what, when and where a figure is; ``touching`` holds that nothing beside it changes it,
``quantities`` that nothing else in the words is one, ``answering`` that a yes and a no agree with it; ``hearing`` keeps
what was said before.  ``wording`` and ``binding`` put these together, ``citations`` gives the quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..index import Index
from ..records import Answer, Citation, Document, Draft, DraftSentence, stated
from .citations import Citations
from .hearing import heard_first
from .naming import Names, names_of
from .sentences import Checked, check_sentence

__all__ = ["Verified", "verified", "verify", "whole"]

UNVERIFIED = "資料と照合できない内容があったため、お答えを控えます。担当の窓口で確認してください。"


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer and the pieces of its text, as they may be shown one after the other."""

    answer: Answer
    pieces: tuple[str, ...]


def verify(question: str, draft: Draft, index: Index) -> Answer:
    """The checked answer of a draft."""
    return verified(question, draft, index).answer


def verified(question: str, draft: Draft, index: Index) -> Verified:
    """The checked answer of a draft, with the sentences that it is made of."""
    citations, checked = _kept(question, draft.sentences, index)
    proven = any(one.figures or one.markers for one in checked)
    if draft.status == "answered" and not proven:
        return Verified(Answer(question, "abstained", "unverified", UNVERIFIED, mode=draft.mode), (UNVERIFIED,))
    return whole(question, draft, checked, citations, index)


def whole(question: str, draft: Draft, checked: Sequence[Checked], citations: Citations, index: Index) -> Verified:
    """The answer that sentences make which were checked one by one, with the labels of their draft."""
    cited = citations.all()  # only sentences that are kept were given markers
    pieces = tuple(one.text for one in checked) or (UNVERIFIED,)
    answer = Answer(
        question=question,
        status=draft.status,
        reason=draft.reason,
        text="".join(pieces),
        citations=cited,
        figures=tuple(figure for one in checked for figure in one.figures),
        notices=_notices(cited, index),
        suggestions=draft.suggestions,
        mode=draft.mode,
    )
    return Verified(answer, pieces)


def _kept(question: str, sentences: tuple[DraftSentence, ...], index: Index) -> tuple[Citations, list[Checked]]:
    """The sentences that may be printed; a denial is read again where what stood behind it is dropped."""
    while True:
        citations = Citations(index)
        checked = list(_checked(question, sentences, citations, names_of(index)))
        kept = tuple(sentence for sentence, one in zip(sentences, checked, strict=True) if one is not None)
        if kept == sentences:
            return citations, [one for one in checked if one is not None]
        sentences = kept


def _checked(
    question: str, sentences: tuple[DraftSentence, ...], citations: Citations, names: Names
) -> Iterator[Checked | None]:
    """Each sentence as it may be printed, or None; each is read after those that are printed before it."""
    heard = heard_first(question, names)
    for place, sentence in enumerate(sentences):
        one = check_sentence(sentence, sentences[place + 1 :], heard, citations, names)
        if one is not None:
            heard = one.heard or heard
        yield one


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
