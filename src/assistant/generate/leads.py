"""Whose figures a sentence tells, put before it where it does not say so: year and stage travel with a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..compose.labels import called, where_from
from ..index import Index
from ..records import DraftSentence
from ..tokens import fold

_OPENING = re.compile(r"^(?:はい|ええ|また|さらに|なお|加えて|あわせて|一方|ほかに|まず|次に)[、,]")


class Leads:
    """The sources and programs that the sentences kept so far have said."""

    def __init__(self, index: Index, told: Iterable[str] = ()) -> None:
        """``told`` are the programs that the composed answer tells of: no other one goes without saying."""
        self._index = index
        self._goes_without = frozenset(told)
        self._documents: set[str] = set()
        self._program: str | None = None

    def ways(self, draft: DraftSentence) -> list[DraftSentence]:
        """A sentence with what it leaves out put before it; where nothing is left out, as it is."""
        whose = self._of(draft)
        if whose is None:
            return [draft]
        program = self._index.programs[whose]
        region = self._index.documents[program.document].region
        part = any(draft.text.startswith(f"「{one}」") for one in program.subprograms)
        named = fold(program.program) in fold(draft.text) or self._program == program.id
        if not named and program.id not in self._goes_without:
            return [draft]
        lead = "" if named else f"{called(program)}{'の' if part else 'について、'}"
        if program.document in self._documents or fold(program.fiscal_year) in fold(draft.text):
            return [_led(draft, lead), draft] if lead else [draft]
        return [_led(draft, f"{where_from(program, region)}の資料では、{lead}")]

    def told(self, draft: DraftSentence) -> None:
        """A sentence was kept."""
        whose = self._of(draft)
        if whose is not None:
            self._documents.add(self._index.programs[whose].document)
            self._program = whose

    def _of(self, draft: DraftSentence) -> str | None:
        """The program that a sentence tells of: of its first figure, or of the page that its words rest on."""
        programs = [fact.program_id for fact in draft.facts]
        programs += [self._index.passages[place].program_id for place, _ in draft.grounds]
        return programs[0] if programs else None


def _led(draft: DraftSentence, lead: str) -> DraftSentence:
    opening = _OPENING.match(draft.text)
    at = opening.end() if opening else 0
    return replace(draft, text=f"{draft.text[:at]}{lead}{draft.text[at:]}")
