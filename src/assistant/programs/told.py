"""What the lines of a section have said before: whose its notes are, and whether a worked example has begun."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..layout import Line
from .sections import about_numbers, about_program
from .titles import is_example

_NOTE = re.compile(r"[\s　]*(?:[（(]?注[\s　]*[0-9０-９]{0,2}[\s　]*[）):：]?|[※＊])")
_LONGEST = 24  # letters of the line that heads an example


@dataclass
class Told:
    """``topic`` is the program that a sentence of the section began with: 「経営資金の保証料率は、次のとおりです」."""

    topic: str | None = None
    example: bool = False  # a line 〈計算例〉 stands above, and no blank line since

    def read(self, line: Line, known: Callable[[str], str | None], *, gap: bool) -> None:
        """Take in the next line of text, behind a blank line or not."""
        if gap:
            self.example = False
        if len(line.body) <= _LONGEST and is_example(line.body):
            self.example = True
        self.topic = about_program(line.body, known) or self.topic

    def under(self, heading: Line) -> Told:
        """What is known below a new heading; one of an example goes on with the section's program."""
        return Told(self.topic) if is_example(heading.body) else Told()

    def whose(self, line: Line, heading: str) -> str | None:
        """The program that a note or a line of an example is about."""
        return self.topic if self.example or is_example(heading) or _NOTE.match(line.raw) else None


def by_number(line: Line, numbers: Mapping[int, str]) -> str | None:
    """The program whose number a note below its list names first; ``numbers`` are those of the lists."""
    spoken = about_numbers(line.raw)
    return numbers.get(spoken[0][1] or 0) if spoken else None
