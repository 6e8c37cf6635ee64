"""Notes below a numbered list: 「（注２）№3は…。№11は別途…」 speaks in each sentence of the program of that number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..layout import Layout
from ..programs import Part
from ..programs.sections import about_numbers
from ..records import Fact, Program

_LEAD = re.compile(
    r"^(?:[（(]?注[\s　]*[0-9０-９]{0,2}[）):：]?[\s　]*|[※＊][\s　]*)?"
    r"(?:№|[NＮ][oｏOＯ][.．]?|番号)[\s　]*[0-9０-９]{1,3}[^、。（(]{0,4}?(?:は|で|について)(?:、?別途)?、?"
)


def numbered_programs(parts: Sequence[Part], owners: Sequence[Program]) -> dict[int, Program]:
    """The program of each number that the rows of the document's lists give to one program alone."""
    found: defaultdict[int, dict[str, Program]] = defaultdict(dict)
    for part, owner in zip(parts, owners, strict=True):
        if part.form == "row" and part.role == "program" and part.number is not None:
            found[part.number][owner.id] = owner
    return {number: next(iter(named.values())) for number, named in found.items() if len(named) == 1}


def of_numbers(layout: Layout, facts: Sequence[Fact], numbered: Mapping[int, Program]) -> list[Fact]:
    """The facts of a note, each of the program that its sentence numbers; none of a sentence about several."""
    result = []
    for fact in facts:
        raw = layout.document.lines[fact.line_start - 1]
        start = int(fact.fact_id.rsplit(":", 1)[1])
        numbers = about_numbers(raw)
        spoken = [number for at, number in numbers if at < start]
        if not numbers:
            result.append(fact)
        elif spoken and spoken[-1] is not None and spoken[-1] in numbered:
            program = numbered[spoken[-1]]
            flags = tuple(flag for flag in fact.flags if flag not in ("total", "subtotal"))
            fact = replace(fact, program_id=program.id, program=program.program, subprogram=None, flags=flags)
            result.append(replace(fact, condition=_LEAD.sub("", fact.condition or "") or None))
    return result
