"""What a conversation goes by: what programs hold, beyond the words of the turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..records import FactKind, Query


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn as it was understood, with the programs that it was answered from, in the order told."""

    query: Query
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Whose document a program is of."""

    region: str = ""
    fiscal_year: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The program that a query describes best, and how sure that is (0 to 1)."""

    program: str
    sure: float


class Ground(Protocol):
    """What a conversation goes by."""

    def read(self, text: str) -> Query:
        """A turn read alone."""

    def told(self, query: Query) -> tuple[str, ...]:
        """The programs that a query is answered from."""

    def home(self, program: str) -> Home:
        """The region and year of a program."""

    def regions(self) -> tuple[str, ...]:
        """The regions whose documents are held."""

    def fits(self, program: str, query: Query, words: Sequence[str]) -> float:
        """How much of these words a program holds, 0 to 1, the rare ones counting most."""

    def bears(self, program: str, words: Sequence[str]) -> float:
        """The same of its name alone."""

    def has_part(self, program: str, query: Query, words: Sequence[str]) -> bool:
        """Whether a part, item or case of a program's figures bears these words, or their official terms."""

    def name(self, program: str) -> str:
        """A program's name."""

    def begins(self, program: str, year: str) -> bool:
        """Whether a program is said to run from a fiscal year on."""

    def sibling(self, program: str, query: Query, words: Sequence[str]) -> str | None:
        """The other program of nearly the same name, in the same document, that these words speak of."""

    def short_said(self, program: str, text: str, *, beside: bool) -> str | None:
        """The other program of a program's document that a turn calls by a piece of its name.

        ``beside``: the turn sets it beside what was spoken of, whose pages may hold that piece as well.
        """

    def parts_said(self, program: str, text: str) -> tuple[str, ...]:
        """The parts of a program whose names a text says."""

    def part_bearing(self, program: str, words: Sequence[str]) -> tuple[str, ...]:
        """The one part of a program whose name, and that of no other part, bears these words."""

    def kinds_of_case(self, program: str, words: Sequence[str], parts: Sequence[str] = ()) -> tuple[FactKind, ...]:
        """The kinds of a program's figures whose cases bear these words, of these parts alone where any is named."""

    def other_part(self, program: str, part: str) -> str | None:
        """The other one of a program's two parts."""

    def office(self, program: str) -> str:
        """The one office that a program belongs to; "" where none or several are told."""

    def other_of_two(self, program: str, text: str, words: Sequence[str]) -> str | None:
        """The other of the two programs of one section, office or document, or of those that these words name."""

    def row_said(self, program: str, text: str) -> str | None:
        """The office or sum of a program's document that a text says by its name."""

    def states(self, program: str, query: Query, parts: Sequence[str] = ()) -> bool:
        """Whether a program, or these parts of it, states what a query asks for."""

    def best(self, query: Query, without: Sequence[str] = ()) -> Found | None:
        """The program that a query describes best."""

    def like(self, program: str, query: Query, *, described: bool = False) -> str | None:
        """The like of a program in the region or year of a query, when there plainly is one.

        ``described``: the words of the query tell more of what is meant than the program does.
        """


class Names:
    """The ground of names alone: without an index a turn is about the programs that it names."""

    def __init__(self, read: Callable[[str], Query]) -> None:
        self._read = read

    def read(self, text: str) -> Query:
        """A turn read alone."""
        return self._read(text)

    def told(self, query: Query) -> tuple[str, ...]:
        """The programs named."""
        return query.named

    def home(self, program: str) -> Home:
        """Not known without an index."""
        return Home()

    def regions(self) -> tuple[str, ...]:
        """Not known without an index."""
        return ()

    def fits(self, program: str, query: Query, words: Sequence[str]) -> float:
        """Not known without an index."""
        return 0.0

    def bears(self, program: str, words: Sequence[str]) -> float:
        """Not known without an index."""
        return 0.0

    def has_part(self, program: str, query: Query, words: Sequence[str]) -> bool:
        """Not known without an index."""
        return False

    def name(self, program: str) -> str:
        """Not known without an index."""
        return ""

    def begins(self, program: str, year: str) -> bool:
        """Not known without an index."""
        return False

    def sibling(self, program: str, query: Query, words: Sequence[str]) -> str | None:
        """Not known without an index."""
        return None

    def short_said(self, program: str, text: str, *, beside: bool) -> str | None:
        """Not known without an index."""
        return None

    def parts_said(self, program: str, text: str) -> tuple[str, ...]:
        """Not known without an index."""
        return ()

    def part_bearing(self, program: str, words: Sequence[str]) -> tuple[str, ...]:
        """Not known without an index."""
        return ()

    def kinds_of_case(self, program: str, words: Sequence[str], parts: Sequence[str] = ()) -> tuple[FactKind, ...]:
        """Not known without an index."""
        return ()

    def other_part(self, program: str, part: str) -> str | None:
        """Not known without an index."""
        return None

    def office(self, program: str) -> str:
        """Not known without an index."""
        return ""

    def other_of_two(self, program: str, text: str, words: Sequence[str]) -> str | None:
        """Not known without an index."""
        return None

    def row_said(self, program: str, text: str) -> str | None:
        """Not known without an index."""
        return None

    def states(self, program: str, query: Query, parts: Sequence[str] = ()) -> bool:
        """Not known without an index: what was named goes on being meant."""
        return bool(parts)

    def best(self, query: Query, without: Sequence[str] = ()) -> Found | None:
        """Not known without an index."""
        return None

    def like(self, program: str, query: Query, *, described: bool = False) -> str | None:
        """Not known without an index."""
        return None
