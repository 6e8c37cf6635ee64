"""An answer in a model's words, or none: checked sentences as they come, and the composed ones that they leave out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Generator, Iterator

from ..errors import ModelFault
from ..generate.leads import Leads
from ..generate.leash import Calls, Leash
from ..generate.references import told_facts
from ..generate.writer import Asking, Written, written
from ..index import Index
from ..records import Answer, Draft, DraftSentence, Event, Sentence
from ..tokens import fold
from ..verify.one_by_one import OneByOne
from .widening import told_of

RUN = 3  # letters of a run
MOST = 0.6  # share of a quotation's runs by which it was told in other words
_log = logging.getLogger("assistant.generate")


def in_words(asking: Asking, leash: Leash, calls: Calls, index: Index) -> Generator[Event, None, Answer | None]:
    """The sentences of a model that hold, as they come; returns their answer, or None.

    The composed answer must stand where the model fails at any point, and where nothing is left that tells what the
    composed answer tells.
    """
    checker = OneByOne(asking.question, index)
    counts: Counter[str] = Counter()
    try:
        for sentence in _kept(
            written(asking, leash, calls, index), checker, counts, Leads(index, told_of(asking.draft, index))
        ):
            yield Sentence(sentence)
    except ModelFault:  # its leash has told why
        return None
    finally:
        if counts["dropped"]:
            _log.info("model: %d sentences kept, %d dropped", counts["kept"], counts["dropped"])
    if not counts["kept"] or not _tells(asking.draft, checker):
        return None
    for draft in _left_out(asking.draft, checker):
        text = checker.keep((draft,), free=False)
        if text is None:
            return None
        yield Sentence(text)
    return checker.answer(asking.draft).answer


def _kept(reply: Iterator[Written], checker: OneByOne, counts: Counter[str], leads: Leads) -> Iterator[str]:
    for one in reply:
        ways = (way for draft in one.drafts for way in leads.ways(draft))
        kept = checker.keep(ways)
        counts["dropped" if kept is None else "kept"] += 1
        if kept is None:
            _log.debug("model: dropped %r", one.text)
            continue
        leads.told(checker.last)
        yield kept


def _tells(draft: Draft, checker: OneByOne) -> bool:
    """Whether something that the composed answer tells was told: a figure, or most of a quotation."""
    facts = told_facts(draft)
    if facts:
        return any(fact in checker.facts for fact in facts)
    return any(_is_said(quote, checker.words) for one in draft.sentences for _, quote in one.quotes)


def _is_said(quote: str, words: str) -> bool:
    """Whether most runs of a quotation's letters stand in some words."""
    plain, told = fold(quote), fold(words)
    runs = [plain[at : at + RUN] for at in range(max(len(plain) - RUN + 1, 1))]
    return sum(run in told for run in runs) >= MOST * len(runs)


def _left_out(draft: Draft, checker: OneByOne) -> list[DraftSentence]:
    """The composed sentences with a figure that was not told, and those that quote what was not said."""
    return [
        one
        for one in draft.sentences
        if any(fact not in checker.facts for fact in told_facts(Draft("answered", None, (one,))))
        or any(computed not in checker.computed for computed in one.computed)
        or (not one.facts and any(not _is_said(quote, checker.words) for _, quote in one.quotes))
    ]
