"""Golden and extracted facts, one to one: which belong together and what they differ in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.ingest import Reading

from ..texts import folded
from .rows import Row, of_fact

NEAR = 1e-4  # a table writes 0.6667 for 2/3
MISSING, EXTRA, UNIT, PROGRAM = "missing", "extra", "unit", "program"
FAULTS = (UNIT, PROGRAM, "part", "condition", "kind", "year", MISSING, EXTRA)


@dataclass(frozen=True, slots=True)
class Found:
    """An extracted fact and every name of its program, folded."""

    row: Row
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A golden fact and the extracted one that was taken for it; either may be missing."""

    golden: Row | None
    found: Row | None
    faults: tuple[str, ...]

    @property
    def line(self) -> int:
        """The line that both stand on."""
        return next(row.line for row in (self.golden, self.found) if row is not None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the two state."""
        return tuple(row.kind for row in (self.golden, self.found) if row is not None)


def found_in(reading: Reading) -> list[Found]:
    """The facts of a document, each with the name and the aliases of its program."""
    aliases = {program.id: (program.program, *program.aliases) for program in reading.programs}
    return [
        Found(of_fact(fact), frozenset(map(folded, (fact.program, *aliases.get(fact.program_id, ())))))
        for fact in reading.facts
    ]


def match(golden: Iterable[Row], found: Iterable[Found]) -> list[Pair]:
    """Pairs in the order of their lines.  Only facts of one line and one printed text belong together."""
    stated: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in golden:
        stated[row.line, folded(row.text)].append(row)
    extracted: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for one in found:
        extracted[one.row.line, folded(one.row.text)].append(one)
    places = sorted({*stated, *extracted}, key=lambda place: place[0])
    return [pair for place in places for pair in _paired(stated[place], extracted[place])]


def _paired(golden: Sequence[Row], found: Sequence[Found]) -> list[Pair]:
    """The pairs that agree best go first; what is left over is missing or extra."""
    ranked = sorted(
        ((_faults(row, one), here, there) for here, row in enumerate(golden) for there, one in enumerate(found)),
        key=lambda pair: (_weight(pair[0]), abs(pair[1] - pair[2]), pair[1]),
    )
    pairs, left, right = [], set(range(len(golden))), set(range(len(found)))
    for faults, here, there in ranked:
        if here in left and there in right:
            left.remove(here)
            right.remove(there)
            pairs.append(Pair(golden[here], found[there].row, faults))
    pairs += [Pair(golden[here], None, (MISSING,)) for here in sorted(left)]
    return pairs + [Pair(None, found[there].row, (EXTRA,)) for there in sorted(right)]


def _weight(faults: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(fault in faults for fault in ("kind", UNIT, "part", "condition", PROGRAM, "year"))


def _faults(golden: Row, found: Found) -> tuple[str, ...]:
    row = found.row
    same = {
        UNIT: _same_value(golden, row),
        PROGRAM: folded(golden.program) in found.names,
        "part": folded(golden.subprogram) == folded(row.subprogram),
        "condition": folded(golden.condition) == folded(row.condition),
        "kind": golden.kind == row.kind,
        "year": folded(golden.fiscal_year) == folded(row.fiscal_year),
    }
    return tuple(fault for fault, agrees in same.items() if not agrees)


def _same_value(one: Row, other: Row) -> bool:
    return all(map(_near, _values(one), _values(other)))


def _values(row: Row) -> tuple[float | None, ...]:
    return row.yen, row.yen_min, row.yen_max, row.number, row.number_min, row.number_max


def _near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= NEAR
