"""Facts with the words and the other facts of their line."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Document, Fact


class Lines:
    """Each fact with the words before and behind it, and the others of its line."""

    def __init__(self, document: Document, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self._lines = document.lines
        self._on: dict[int, list[Fact]] = {}
        for fact in facts:
            self._on.setdefault(fact.line_start, []).append(fact)

    def left(self, fact: Fact) -> str:
        return self._lines[fact.line_start - 1][: start_of(fact)]

    def right(self, fact: Fact) -> str:
        return self._lines[fact.line_start - 1][start_of(fact) + len(fact.text) :]

    def raw(self, fact: Fact) -> str:
        return self._lines[fact.line_start - 1]

    def below(self, fact: Fact) -> str:
        """The line below its own."""
        return self._lines[fact.line_start] if fact.line_start < len(self._lines) else ""

    def above(self, fact: Fact) -> str:
        """The line above its own."""
        return self._lines[fact.line_start - 2] if fact.line_start > 1 else ""

    def upward(self, fact: Fact, reach: int) -> list[str]:
        """Its own line and at most ``reach`` lines above it, the nearest first, up to a blank line."""
        found: list[str] = []
        for text in reversed(self._lines[max(0, fact.line_start - 1 - reach) : fact.line_start]):
            if not text.strip():
                break
            found.append(text)
        return found

    def at(self, line: int) -> list[Fact]:
        """The facts of a line."""
        return self._on.get(line, [])

    def on(self, fact: Fact) -> list[Fact]:
        """The facts of its line, of the same program."""
        return [one for one in self._on[fact.line_start] if one.program_id == fact.program_id]

    def alike(self, fact: Fact) -> list[Fact]:
        """Those of them that are of its kind."""
        return [one for one in self.on(fact) if one.kind is fact.kind]

    def before(self, fact: Fact) -> Fact | None:
        """The figure before it on its line, of the same program."""
        return max((one for one in self.on(fact) if start_of(one) < start_of(fact)), key=start_of, default=None)


def start_of(fact: Fact) -> int:
    """The column in which a fact's text begins."""
    return int(fact.fact_id.rsplit(":", 1)[1])
