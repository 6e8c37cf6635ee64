"""What is known at a line of a document while its lists of programs are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..layout import Line, read_label
from .headings import Headings, is_heading
from .names import name_key
from .parts import Part
from .sources import SourceList
from .told import Told


@dataclass
class State:
    """What the walk down a document knows at a line."""

    parts: list[Part] = field(default_factory=list)
    headings: Headings = field(default_factory=Headings)
    open: bool = False  # the last part still takes lines
    has_body: bool = False
    offices: tuple[str, ...] = ()  # what the heading names that the lines stand under: 【商工課】, 「■ 観光課」
    gap: bool = False  # a blank line since the last text
    indent: int = 0
    kind: str = ""  # the marker of the open program's title
    tagged: bool = False  # this list names the office of each program
    unfinished: int | None = None  # an entry without a figure that a table interrupted
    named: dict[str, str] = field(default_factory=dict)  # the programs so far, by their keys
    numbers: dict[int, str] = field(default_factory=dict)  # the programs of the lists, by their numbers
    noted: dict[int, str] = field(default_factory=dict)  # the programs that footnotes speak of, by their lines
    told: Told = field(default_factory=Told)  # what this section has said before
    fund: str | None = None  # the one that the worked example of this section is about
    contact: int | None = None  # the only line of the document that says whom to ask
    asked: bool = False  # that line has come: what follows is about no program and no section
    numbered: tuple[str, int] | None = None  # marker and indentation of the items that are programs here
    listed: SourceList | None = None  # the list of sources of money that is being read
    label: str = ""  # the role of the label that the lines stand under
    listing: tuple[str, int] | None = None  # the form of a list whose items are programs without amounts

    def known(self, text: str) -> str | None:
        """The program with this name, printed with or without whose it is: 「県 創業融資」."""
        key = name_key(text)
        return self.named.get(key) or next(
            (self.named[f"{of}{key}"] for of in "県市国" if f"{of}{key}" in self.named), None
        )

    def enter_label(self, lines: tuple[Line, ...], line: Line) -> None:
        """Under 事業内容 the items of a list are parts of a program; a heading ends what the label opened."""
        if label := read_label(line):
            self.label = label.role
        elif line.marker("#", "■") and is_heading(lines, line):
            self.label = ""
