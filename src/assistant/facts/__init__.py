"""Programs' parts → facts: each figure with its program, kind, condition, year, stage and line."""

from __future__ import annotations

from dataclasses import replace

from ..layout import Layout
from ..programs import Split
from ..records import Fact, FactKind, Program
from .grids import grid_facts
from .prose import prose_facts
from .rows import row_facts

__all__ = ["extract", "with_details"]


def extract(layout: Layout, split: Split) -> tuple[Fact, ...]:
    """Every fact of a document in the order it is printed; linear in the document's length."""
    programs = {program.id: program for program in split.programs}
    facts: list[Fact] = []
    grids = [reading for reading in split.tables if not reading.parts]
    for part, owner in zip(split.parts, split.owners, strict=True):
        program = programs[owner]
        if part.form == "row":
            facts += row_facts(layout, part, program)
        else:
            inside = [grid for grid in grids if part.line_start <= grid.table.line_start <= part.line_end]
            facts += prose_facts(layout, part, program, tuple(reading.table for reading in inside))
            for reading in inside:
                facts += grid_facts(layout, part, program, reading)
    unique = {fact.fact_id: fact for fact in facts}
    return tuple(sorted(unique.values(), key=lambda fact: (fact.line_start, _column(fact))))


def with_details(programs: tuple[Program, ...], facts: tuple[Fact, ...]) -> tuple[Program, ...]:
    """Programs with the subprograms and the contacts that their facts name."""
    subprograms: dict[str, dict[str, None]] = {}
    contacts: dict[str, dict[str, None]] = {}
    for fact in facts:
        if fact.subprogram:
            subprograms.setdefault(fact.program_id, {})[fact.subprogram] = None
        if fact.kind is FactKind.PHONE:
            contacts.setdefault(fact.program_id, {})[f"{fact.item or ''} {fact.text}".strip()] = None
    return tuple(
        replace(
            program,
            subprograms=tuple(subprograms.get(program.id, ())),
            contacts=tuple(contacts.get(program.id, ())),
        )
        for program in programs
    )


def _column(fact: Fact) -> int:
    return int(fact.fact_id.rsplit(":", 1)[1])
