"""Facts of running text that are of a program of the document, though they stand outside its own lines.

* 「中小企業制度融資の新規融資枠を…」 in a preamble is of the program 中小企業制度融資事業.
* 「※ 拡充：蓄電池の上限額を…」 below a list is of the one program of the list that is marked 拡充.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..layout import Line
from ..programs.names import match_form
from ..records import Fact, FactKind, Program

_NOTE = re.compile(r"^[\s　]*[※＊*・][\s　]*(?P<flag>拡充|新規|変更|見直し)(?:点|内容)?[\s　]*[：:]")
_ENDS = ("", "事業", "事業費", "費", "制度", "補助金")
_ROLES = ("total", "subtotal", "department")
_CEILING = re.compile(r"^(?:補助)?(?:上限|限度)額?$")
_REACH = 40  # lines above a note in which the list stands


def rightful(lines: Sequence[Line], programs: Sequence[Program], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each of the program that its words name."""
    own = [program for program in programs if program.role == "program"]
    headed = {program.id for program in programs if program.role != "program"}
    marks = {(fact.program_id, flag) for fact in facts for flag in fact.flags}
    told = []
    for fact in facts:
        program = None
        if fact.program_id in headed:
            program = _named(fact, own) or _marked(lines[fact.line_start - 1], fact, own, marks)
        told.append(_of(fact, program) if program else fact)
    return told


def _named(fact: Fact, programs: Sequence[Program]) -> Program | None:
    """The one program whose name is the part of the heading that the fact is said of."""
    if not fact.subprogram or len(fact.subprogram) < 5:
        return None
    wanted = {match_form(fact.subprogram + end) for end in _ENDS}
    found = [program for program in programs if match_form(program.program) in wanted]
    return found[0] if len(found) == 1 else None


def _marked(line: Line, fact: Fact, programs: Sequence[Program], marks: set[tuple[str, str]]) -> Program | None:
    note = _NOTE.match(line.raw)
    if note is None:
        return None
    above = [program for program in programs if 0 < fact.line_start - program.line_start <= _REACH]
    found = [program for program in above if (program.id, note["flag"]) in marks and fact.program in program.section]
    return found[0] if len(found) == 1 else None


def _of(fact: Fact, program: Program) -> Fact:
    capped = fact.kind is FactKind.OTHER and fact.yen is not None and _CEILING.match(fact.item or "")
    return replace(
        fact,
        program_id=program.id,
        program=program.program,
        subprogram=None if match_form(fact.subprogram or "") in match_form(program.program) else fact.subprogram,
        kind=FactKind.SUBSIDY_LIMIT if capped else fact.kind,
        flags=tuple(flag for flag in fact.flags if flag not in _ROLES),
    )
