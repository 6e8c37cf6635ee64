"""Programs' parts → facts: each figure with its program, kind, condition, year, stage and line.

* Tables: ``rows`` reads those whose rows are programs, ``grids`` the small ones about one program, ``records``
  labels and values, ``strips`` one line of labels and amounts; ``matrix``, ``beside``, ``rate_grids``, ``shares``,
  ``allotted``, ``chains``, ``indicators``, ``performed`` and ``plain`` each read one more sort of table, and
  ``attributes`` (with ``bare``, ``mixed``, ``sized``, ``whom``, ``source_cells``, ``cell_lists`` …) the words and
  numbers of one cell.
* Text: ``walk`` goes line by line, ``scopes`` knows where a line stands, ``prose`` reads one piece; ``classify`` (with
  ``cues``, ``grants`` and ``conditions``) says what a figure is, ``siblings``, ``neighbours``, ``notes``,
  ``named_amounts``, ``compared``, ``flows``, ``enumerated``, ``changes`` … what stands beside it makes of it.
* Once more over all: ``examples`` and ``worked``, ``mentions``, ``numbered``, ``sources`` and ``funds_behind``,
  ``yearly`` and ``legend``, ``worded``,
  ``set_off``, ``note_cases`` and ``of_marks``.

``make`` is the only maker of facts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from ..layout import Layout
from ..programs import Split
from ..records import Fact, FactKind, Program
from .beside import column_facts
from .discounts import discount_facts, discounts_by_line
from .grids import grid_facts
from .heading_years import of_the_heading
from .indicators import indicator_facts
from .legend import of_the_legend
from .make import Source
from .marked import of_footnote
from .named_parts import named_parts
from .note_cases import note_cases
from .noted_numbers import numbered_programs, of_numbers
from .numbered import with_meanings
from .of_marks import of_marks
from .outline_kinds import under_kinds
from .performed import of_the_past
from .recased import recased
from .records import brackets_are_last_year, record_facts
from .reread import reread
from .rightful import rightful
from .row_cases import cases_of_rows, of_its_row
from .rows import row_facts
from .services import of_service
from .set_off import set_off
from .source_lists import source_list_facts
from .sources import with_sources
from .walk import part_facts
from .worded import with_worded
from .year_before import of_the_note
from .yearly import of_their_year

__all__ = ["extract", "named_parts", "with_details"]


def extract(layout: Layout, split: Split) -> tuple[Fact, ...]:
    """Every fact of a document in the order it is printed; linear in the document's length."""
    programs = {program.id: program for program in split.programs}
    grids = [reading for reading in split.tables if not reading.parts]
    framed = {part.line_start: reading for reading in split.tables for part in reading.parts if part.form == "page"}
    aims = {aim.line: aim for reading in split.tables if reading.parts for aim in reading.indicators}
    cuts = discounts_by_line(split.tables)
    last_year = brackets_are_last_year(layout.document)
    starts = [reading.table.line_start for reading in grids]
    numbered = numbered_programs(split.parts, [programs[owner] for owner in split.owners])
    facts: list[Fact] = []
    cases = cases_of_rows(split.parts)
    for place, (part, owner) in enumerate(zip(split.parts, split.owners, strict=True)):
        source = Source(layout, part, programs[owner], last_year)
        if part.form == "row":
            facts += of_the_past(source, of_its_row(row_facts(source), cases.get(place)))
        elif part.form == "section" and part.line_start in cuts:
            facts += discount_facts(source, cuts[part.line_start])
        elif part.form == "section" and part.line_start in aims:
            facts += indicator_facts(source, [aims[part.line_start]])
        elif part.column is not None:
            facts += column_facts(source, framed[part.line_start], part.column)
        elif part.line_start in framed and part.title_line is None:
            reading = framed[part.line_start]
            record = record_facts(source, reading, last_year=last_year) if reading.fields else None
            facts += grid_facts(source, reading, None) if record is None else record
        else:
            inside = grids[bisect_left(starts, part.line_start) : bisect_left(starts, part.line_end + 1)]
            found = under_kinds(source, inside, part_facts(source, inside))
            found = of_footnote(source, split.parts, of_service(source, found)) if part.form == "section" else found
            facts += of_numbers(layout, found, numbered) if part.form == "section" else found
    facts += source_list_facts(layout, grids, split.parts, split.programs)
    told = with_sources(layout.lines, with_meanings(layout.lines, facts))
    told = of_the_legend(layout.document, layout.lines, of_their_year(layout.document, layout.lines, told))
    told = of_the_note(layout.lines, told)
    told = of_the_heading(layout.document, layout.lines, told)
    told = with_worded(layout.lines, list({fact.fact_id: fact for fact in told}.values()))
    once_more = of_marks(layout.document, recased(layout.document, reread(layout.document, told)))
    once_more = note_cases(layout.document, set_off(layout.document, once_more))
    unique = {fact.fact_id: fact for fact in rightful(layout.lines, split.programs, once_more)}
    return tuple(sorted(unique.values(), key=lambda fact: (fact.line_start, _column(fact))))


def with_details(
    programs: tuple[Program, ...], facts: tuple[Fact, ...], parts: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Program, ...]:
    """Programs with the contacts that their facts name, and the parts that facts or their pages (``parts``) name."""
    subprograms: dict[str, dict[str, None]] = {owner: dict.fromkeys(names) for owner, names in (parts or {}).items()}
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
