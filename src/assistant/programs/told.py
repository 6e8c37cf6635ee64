"""What the lines of a section have said before: whose its notes are, and whether a worked example has begun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..layout import Line
from .sections import about_numbers, about_program
from .titles import is_example

_NOTE = re.compile(r"[\s　]*(?:[（(]?注[\s　]*[0-9０-９]{0,2}[\s　]*[）):：]?|[※＊])")
_OF_BARE = re.compile(
    r"[\s　]*[※＊*][\s　]*(?P<number>[0-9０-９]{1,3})[\s　]*の(?P<noun>[一-龥ァ-ヶー]{2,8}?)(?:は|について)"
)
_TERM_OF_ALL = re.compile(
    r"[\s　]*(?:[（(［\[【]?注[\s　]*[0-9０-９]{0,2}[\s　]*[）):：］\]】]?|[※＊])"
    r".*(?:利率|料率|限度額|上限額)[^。]{0,40}(?:上乗せ|加算|引き?下げ|割り?引)"
)
_MOST_LINES = 4  # of a note
_LONGEST = 24  # letters of the line that heads an example


@dataclass
class Told:
    """``topic`` is the program that a sentence of the section began with: 「経営資金の保証料率は、次のとおりです」."""

    topic: str | None = None
    example: bool = False  # a line 〈計算例〉 stands above, and no blank line since
    of_note: bool = False  # a note of its own said the topic
    begun: tuple[int, str] | None = None  # the line on which a note began whose sentence has not ended, and its words
    note: tuple[int, str] | None = None  # that of the note which this line goes on with

    def read(self, line: Line, known: Callable[[str], str | None], *, gap: bool) -> None:
        """Take in the next line of text, behind a blank line or not."""
        if gap:
            self.example = False
        if len(line.body) <= _LONGEST and is_example(line.body):
            self.example = True
        self._read_note(line, gap=gap)
        said = self.note[1] if self.note else line.body
        named, begins = about_program(said, known), _NOTE.match(line.raw) is not None
        if begins and self.of_note and not self.note and (self.topic or "") not in said:
            self.topic = None  # what one note is about says nothing of the next
        self.of_note = begins if named else self.of_note
        self.topic = named or self.topic

    def _read_note(self, line: Line, *, gap: bool) -> None:
        """「※　信用保証を付けない場合の…の利率は、」 goes on with the next line until its sentence ends."""
        on = self.begun is not None and not gap and not line.markers and not _NOTE.match(line.raw)
        self.note = (self.begun[0], self.begun[1] + line.body) if on and self.begun else None
        whole = self.note or ((line.number, line.body) if _NOTE.match(line.raw) else None)
        ended = line.body.rstrip().endswith(("。", "）", ")"))
        self.begun = None if ended or whole is None or line.number - whole[0] >= _MOST_LINES else whole

    def under(self, heading: Line) -> Told:
        """What is known below a new heading; one of an example goes on with the section's program."""
        return Told(self.topic) if is_example(heading.body) else Told()

    def whose(self, line: Line, heading: str) -> str | None:
        """The program that a note or a line of an example is about."""
        return self.topic if self.example or is_example(heading) or self.note or _NOTE.match(line.raw) else None


def is_term_of_all(line: Line) -> bool:
    """「［注3］ 経営者保証を提供しない場合は、表の保証料率に0.25％を上乗せします」: a note to a list of funds."""
    return _TERM_OF_ALL.match(line.raw) is not None


def by_number(line: Line, numbers: Mapping[int, str]) -> str | None:
    """The program whose number a note below its list names first; ``numbers`` are those of the lists.

    「※ 7 の貸付金は、…」 names no № and must say what the program of that number is.
    """
    if bare := _OF_BARE.match(line.raw):
        named = numbers.get(int(unicodedata.normalize("NFKC", bare["number"])))
        return named if named and bare["noun"] in named else None
    spoken = about_numbers(line.raw)
    return numbers.get(spoken[0][1] or 0) if spoken else None
