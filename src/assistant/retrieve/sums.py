"""Printed rows that sum up: of a heading, of an office, of a whole document; with and without what is listed again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..index import Index
from ..lexicon import table
from ..programs.marked import same_heading
from ..records import FactKind, Program
from ..tokens import fold
from ..understand.places import regions_in
from .headings import Heading

_STATED = frozenset({FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.FUNDING_NATIONAL})


def rows_of(index: Index, documents: Iterable[str]) -> list[Program]:
    """The rows of these documents that sum up amounts, in the order of the documents."""
    held = set(documents)
    rows = [one for one in index.programs.values() if one.document in held and one.role != "program"]
    stating = [one for one in rows if any(fact.kind in _STATED for fact in index.facts_of(one.id))]
    return sorted(stating, key=lambda one: (one.document, one.line_start))


def rows_of_heading(heading: Heading, index: Index) -> tuple[Program, ...]:
    """The rows that sum up just what stands under a heading: named like it, or right behind all of it."""
    rows = rows_of(index, [heading.document])
    named = [one for one in rows if same_heading(one.program, heading.path[-1])]
    if named:
        return tuple(named[:1])
    own = {one.id for one in heading.programs if one.role == "program"}
    summed = [one for one in rows if one.role != "total" and (is_plain(one.program) or _bears_mark(one, heading))]
    return tuple(one for one in summed if _covers(one, own, heading, rows, index))


def is_plain(name: str) -> bool:
    """Whether a row is only called a sum: 小計, 計, 合計（再掲を除く）."""
    return re.search(table("scopes")["sums"]["plain"], name.strip()) is not None


def _bears_mark(row: Program, heading: Heading) -> bool:
    """「柱１ 計」, 「小計（政策２）」: the row's name without 計 begins the heading."""
    key = row_key(row.program)
    return len(key) >= 2 and any(fold(words).startswith(key) for words in (heading.path[-1], heading.words))


def row_key(name: str) -> str:
    """What a row's name says of its own: 「産業政策課計」 → 産業政策課, 「小計（政策２）」 → 政策2."""
    inner = re.fullmatch(r"(?:小計|計|合計)[（(](?!.*再掲)([^（）()]+)[)）]", name.strip())
    if inner:
        return fold(inner[1])
    return fold(re.sub(table("scopes")["sums"]["suffix"], "", name.strip()))


def _covers(row: Program, own: set[str], heading: Heading, rows: list[Program], index: Index) -> bool:
    """Whether the programs between a row and the sum before it are those under the heading, all of them."""
    if _bears_mark(row, heading):
        return True
    under = row.section[: len(heading.path)] == heading.path
    programs = [one for one in index.programs.values() if one.document == row.document and one.role == "program"]
    above = [one.line_start for one in rows if one.line_start < row.line_start]
    start = 0
    for line in sorted(above, reverse=True):
        if any(line < one.line_start < row.line_start for one in programs):
            start = line
            break
    covered = {one.id for one in programs if start < one.line_start < row.line_start}
    others = [index.programs[one] for one in covered - own]
    return under and own <= covered and bool(own) and all(_has_row_above(one, rows) for one in others)


def _has_row_above(program: Program, rows: list[Program]) -> bool:
    """Whether a program stands under a heading that prints its own sum beside its words."""
    return any(same_heading(row.program, heading) for row in rows for heading in program.section)


def rows_named(question: str, index: Index, documents: Iterable[str]) -> tuple[Program, ...]:
    """The rows that a question names by what is their own: an account, an office, 部合計."""
    asked = fold(question)
    rows = rows_of(index, documents)
    found = [one for one in rows if len(row_key(one.program)) >= 2 and _says(asked, row_key(one.program))]
    if not found and re.search(r"部の?(?:合計|計|全体)", question):
        found = [one for one in rows if fold(one.program) in ("部合計", "部計")]
    aside = [one for one in found if _is_left_out(asked, row_key(one.program))]
    if aside:
        found = [one for one in found if one not in aside] or _accounts_beside(aside, rows)
    longest = max((len(row_key(one.program)) for one in found), default=0)
    return with_total(question, tuple(one for one in found if len(row_key(one.program)) == longest), index)


def with_total(question: str, rows: tuple[Program, ...], index: Index) -> tuple[Program, ...]:
    """Rows with the total of their document, where it is said beside them: 「一般会計の計と合計」."""
    if not rows or not re.search(table("scopes")["sums"]["beside"], fold(question)):
        return rows
    homes = dict.fromkeys(one.document for one in rows)
    return (*rows, *(one for one in totals_of(index, homes) if one not in rows))


def rows_said(question: str, index: Index, documents: Iterable[str]) -> tuple[Program, ...]:
    """All rows that a question names by what is their own, each key once: 「A課とB室の差」."""
    asked, found = fold(regions_in(question)[1]), {}
    for one in rows_of(index, documents):
        key = row_key(one.program)
        said = len(key) >= 2 and (_says(asked, key) or f"{key}と" in asked)
        if said and not _is_left_out(asked, key):
            found[key] = one
    return tuple(one for key, one in found.items() if not any(key != other and key in other for other in found))


def is_of_rows(question: str, index: Index, documents: Iterable[str]) -> bool:
    """Whether a question asks what rows state that it names, and of no program: 「雇用対策課、何円ふえたんですか」."""
    rows, plain, rules = rows_said(question, index, documents), fold(question), table("scopes")["own_rows"]
    for key in (row_key(one.program) for one in rows):
        plain = plain.replace(key, " ")
    return bool(rows) and re.search(rules["states"], plain) is not None and not re.search(rules["programs"], plain)


def _is_left_out(asked: str, key: str) -> bool:
    """「特別会計を除いたら」: what a question says it does not mean."""
    return re.search(rf"{re.escape(key)}(?:計|の?分)?{table('scopes')['sums']['left_out']}", asked) is not None


def _accounts_beside(aside: list[Program], rows: list[Program]) -> list[Program]:
    """The one other sum of the accounts of a document, where one of them is not meant."""
    homes, keys = {one.document for one in aside}, {row_key(one.program) for one in aside}
    sums = [one for one in rows if one.document in homes and row_key(one.program).endswith("会計")]
    others = [one for one in sums if row_key(one.program) not in keys and fold(one.program).endswith("計")]
    plain = [one for one in others if one.role == "subtotal"] or others
    return plain if len(plain) == 1 else []


def _says(asked: str, key: str) -> bool:
    """Whether a question says the name and not a longer one that ends with it (会計 in 一般会計)."""
    taken_in = table("scopes")["taken_in"]["pattern"]
    return re.search(rf"(?<![一-龠ァ-ヶー]){re.escape(key)}(?!{taken_in})", asked) is not None


def takes_in(question: str, index: Index, documents: Iterable[str]) -> bool:
    """「特別会計もひっくるめて全部で」: a part is said to be among what is summed up."""
    asked, taken_in = fold(question), table("scopes")["taken_in"]["pattern"]
    keys = {row_key(one.program) for one in rows_of(index, documents)}
    return any(len(key) >= 2 and re.search(rf"{re.escape(key)}{taken_in}", asked) for key in keys)


def totals_of(index: Index, documents: Iterable[str]) -> tuple[Program, ...]:
    """The row that sums up a whole document, one a document; a document with but one sum has it for its total."""
    found = []
    for document in documents:
        rows = [one for one in rows_of(index, [document]) if _has_budget(one, index)]
        totals = [one for one in rows if one.role == "total"]
        called = [
            one for one in totals if is_plain(one.program) or fold(one.program).endswith(("合計", "総計", "部計"))
        ]
        sums = [one for one in rows if one.role == "subtotal"]
        best = called or totals or (sums if len(sums) == 1 else [])
        found += best[-1:]
    return tuple(found)


def _has_budget(program: Program, index: Index) -> bool:
    return any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id))


def chosen_by_relisted(question: str, rows: tuple[Program, ...]) -> tuple[Program, ...]:
    """Of a sum with and one without what is listed again, the one asked for; both when the question does not say."""
    rules = table("scopes")["relisted"]
    again = tuple(one for one in rows if re.search(rules["printed"], one.program))
    once = tuple(one for one in rows if one not in again)
    if not again or not once or re.search(rules["both"], question):
        return (*once, *again)
    if re.search(rules["without"], question):
        return once
    return again if re.search(rules["with"], question) else (*once, *again)
