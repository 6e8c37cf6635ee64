"""Free sentences checked one by one, as they come: what a language model writes never gets out in another way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..index import Index
from ..records import Computed, Draft, DraftSentence, Fact
from . import Verified, whole
from .citations import Citations
from .computing import operands
from .hearing import heard_first
from .naming import names_of
from .sentences import Checked, check_sentence


class OneByOne:
    """The sentences of one answer that hold, in the order in which they came."""

    def __init__(self, question: str, index: Index) -> None:
        self._question = question
        self._index = index
        self._names = names_of(index)
        self._citations = Citations(index)
        self._heard = heard_first(question, self._names)
        self._kept: list[Checked] = []
        self.last = DraftSentence("")  # kept last
        self.facts: set[Fact] = set()  # told so far
        self.computed: set[Computed] = set()
        self.words = ""  # printed so far

    def keep(self, drafts: Iterable[DraftSentence], *, free: bool = True) -> str | None:
        """The text of the first draft of a sentence that holds, as it may be printed; None when none does.

        ``free`` sentences are no rule's of ours: their own words must be those of their sources as well.
        """
        for draft in drafts:
            if free and self._is_told(draft):  # before a marker is given for it
                continue
            one = check_sentence(draft, (), self._heard, self._citations, self._names, free=free)
            if one is None or not one.markers:
                continue
            self._heard = one.heard or self._heard
            self._kept.append(one)
            self.last = draft
            self.facts |= {*draft.facts, *operands(draft)}
            self.computed |= set(draft.computed)
            self.words += one.text
            return one.text
        return None

    def answer(self, draft: Draft) -> Verified:
        """The whole answer, with the status and the suggestions of a draft."""
        return whole(self._question, replace(draft, mode="llm"), self._kept, self._citations, self._index)

    def _is_told(self, draft: DraftSentence) -> bool:
        """Whether a sentence tells nothing but figures that were told: nobody is told twice."""
        told = {*draft.facts, *operands(draft)}
        return bool(told) and told <= self.facts and set(draft.computed) <= self.computed
