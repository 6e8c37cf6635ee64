"""Whose figures a sentence tells, put before it where it does not say so: year and stage travel with a figure."""

from __future__ import annotations

import re
from dataclasses import replace

from ..compose.labels import called, where_from
from ..index import Index
from ..records import DraftSentence
from ..tokens import fold

_OPENING = re.compile(r"^(?:はい|ええ|また|さらに|なお|加えて|あわせて|一方|ほかに|まず|次に)[、,]")


class Leads:
    """The sources and programs that the sentences kept so far have said."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._documents: set[str] = set()
        self._program: str | None = None

    def ways(self, draft: DraftSentence) -> list[DraftSentence]:
        """A sentence with what it leaves out put before it; where nothing is left out, as it is."""
        programs = list(dict.fromkeys(fact.program_id for fact in draft.facts))
        if not programs:
            return [draft]
        program = self._index.programs[programs[0]]
        region = self._index.documents[program.document].region
        named = fold(program.program) in fold(draft.text) or self._program == program.id
        part = any(draft.text.startswith(f"「{one}」") for one in program.subprograms)
        whose = "" if named else f"{called(program)}{'の' if part else 'について、'}"
        if program.document in self._documents or fold(program.fiscal_year) in fold(draft.text):
            return [_led(draft, whose), draft] if whose else [draft]
        return [_led(draft, f"{where_from(program, region)}の資料では、{whose}")]

    def told(self, draft: DraftSentence) -> None:
        """A sentence was kept."""
        for fact in draft.facts:
            self._documents.add(self._index.programs[fact.program_id].document)
            self._program = fact.program_id


def _led(draft: DraftSentence, lead: str) -> DraftSentence:
    opening = _OPENING.match(draft.text)
    at = opening.end() if opening else 0
    return replace(draft, text=f"{draft.text[:at]}{lead}{draft.text[at:]}")
