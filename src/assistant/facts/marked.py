"""Marks of footnotes in a table's cells, 「50万円 ※2」, 「0.60 (注1)」, and the notes that stand for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..columns.header import ATTRIBUTE_ROLES
from ..programs import Part
from ..programs.footnotes import marked_cells, note_mark
from ..programs.names import squeeze
from ..records import RAISED, Fact, FactKind
from .classify import GRANTED
from .make import Source

_NUMBER = r"[0-9０-９]{1,2}"
_MARK = rf"(?:[※＊*†][\s　]?注?(?:{_NUMBER})?|注[\s　]?{_NUMBER})"
_AT_END = re.compile(rf"[\s　]*(?:[（(【［\[][\s　]?{_MARK}[\s　]?[)）】］\]]|{_MARK})[\s　]*$")


def without_mark(text: str) -> str:
    """A cell's text without the mark of a footnote at its end."""
    return _AT_END.sub("", text)


_SHARES = (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_FREE = (FactKind.OTHER, FactKind.COUNT)
_RAISES = re.compile(r"[\s　]*を?(?:上乗せ|加算|加え)")
_CASE = re.compile(
    r"(?:^|[。）)\s　])(?P<case>[^。\s　（()）、]{2,40}?)"
    r"(?:については|に対しては|に限り|の場合(?:は|に限り)?|(?<=場合)は?|(?<=者)は|(?<=企業)は|(?<=方)は|には)[、\s　]*"
    r"(?:一律|上限|最大|年)?[^。]{0,30}$"
)
_LEAD = re.compile(rf"^[\s　]*(?:[（(【［\[][\s　]?{_MARK}[\s　]?[)）】］\]]|{_MARK}|[・･\-*○])[\s　：:．.]*")
# 「女性、若者（35歳未満）及び移住者が創業する場合は」
_WHOLE = re.compile(r"(?P<case>[^。]{2,60}?(?:場合|とき|者|方|企業))(?:は|には|、)")
_PERIOD = re.compile(r"(?P<case>当初[0-9０-９一二三]{1,2}[かカヶケ箇]?[年月]間?)[\s　]*(?:は|が)?[\s　]*年?[\s　]*$")


def of_footnote(source: Source, parts: Sequence[Part], facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a line that speaks of a program of a list: of the kind and the part of the cell with its mark.

    What such a line grants holds in the case that it names, not in general.
    """
    part = source.part
    if part.role != "program":
        return list(facts)
    mark = note_mark(source.raw(part.line_start))
    rows = [row for row in parts if row.form == "row" and (row.name == part.name or row.more)] if mark else []
    cells = list(marked_cells(rows, mark or "", 0, part.line_start))
    roles = {row.columns[index].role for row, index, _ in cells} & ATTRIBUTE_ROLES
    types = {name for row, _, _ in cells if (name := _type_of(row))}
    told = []
    for fact in facts:
        before, behind = _around(source, fact)
        if mark and len(roles) == 1 and fact.kind in _FREE and _fits(fact, FactKind(next(iter(roles)))):
            raises = RAISED if _RAISES.match(behind) else None
            fact = replace(fact, kind=FactKind(next(iter(roles))), item=None, note=fact.note or raises)
        if len(types) == 1 and fact.subprogram is None:
            fact = replace(fact, subprogram=next(iter(types)))
        told.append(_in_case(fact, before))
    return told


def _type_of(part: Part) -> str | None:
    cells = part.row.cells.items() if part.row else ()
    return next((squeeze(cell.text) for index, cell in cells if part.columns[index].role == "type"), None)


def _around(source: Source, fact: Fact) -> tuple[str, str]:
    raw = source.raw(fact.line_start)
    start = int(fact.fact_id.rsplit(":", 1)[1])
    return raw[:start], raw[start + len(fact.text) :]


def _fits(fact: Fact, kind: FactKind) -> bool:
    if kind in _SHARES:
        return fact.unit == "%" or (fact.unit is None and fact.number is not None and 0 < fact.number <= 1)
    return kind in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT) and (fact.yen is not None and not fact.bound)


def _in_case(fact: Fact, before: str) -> Fact:
    """A grant of such a line without a case of its own is of the case that its sentence begins with."""
    if fact.condition is not None or fact.kind not in (*GRANTED, FactKind.LOAN_TERM):
        return fact
    said = _LEAD.sub("", before).rpartition("。")[2]
    found = _WHOLE.match(said) or _CASE.search(said) or _PERIOD.search(said)
    return replace(fact, condition=found["case"]) if found and fact.program not in found["case"] else fact
