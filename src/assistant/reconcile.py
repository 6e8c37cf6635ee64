"""The arithmetic that a document offers about itself.

Row identities (国庫 + その他 + 一般財源 = 事業費), subtotals and totals, breakdowns, growth rates, and the same
budget printed in two places.  Each is a :class:`~assistant.records.Check`; a figure that a broken check
speaks of is flagged ``suspect`` with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .columns import AlignedRow, Column
from .columns.funding import is_relisted
from .columns.header import FUNDING_ROLES, MONEY_ROLES
from .columns.source_cells import holds_sources, sources_in
from .figures import find_figures, fiscal_year, money_unit, read_cell
from .layout.roles import header_text
from .programs import Split, TableReading
from .records import INCLUDED, Check, Fact, FactKind, Figure, FigureKind

#: Roles of columns that are called otherwise than the facts in them.
_OF_ROLE = {"difference": FactKind.BUDGET_CHANGE, "balance": FactKind.OTHER}
Sums = dict[str, int]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A check and the facts it speaks of: those of some lines and kinds, of one program or year where one is named."""

    check: Check
    kinds: frozenset[FactKind]
    lines: frozenset[int]
    program_id: str | None = None
    fiscal_year: str | None = None

    def concerns(self, fact: Fact) -> bool:
        """Whether a fact is one of the figures that were compared."""
        if self.fiscal_year not in (None, fact.fiscal_year):  # the amount of another year stands in the same row
            return False
        return fact.line_start in self.lines and fact.kind in self.kinds and self.program_id in (None, fact.program_id)


def reconcile(document: str, split: Split, facts: tuple[Fact, ...]) -> tuple[tuple[Fact, ...], tuple[Check, ...]]:
    """The facts, those of a broken check flagged, and every check in the order of its lines."""
    judged: list[_Judged] = []
    sums = _RunningSums(document)
    for run in _runs(split.tables):
        summed = any(row.role in ("subtotal", "total") for reading in run for row in reading.rows)
        for reading in run:
            judged += _identities(document, reading)
            judged += _growth(document, reading)
            judged += _differences(document, reading)
            judged += sums.table(reading) if summed else ()
    judged += _breakdowns(document, facts)
    judged += _twice(document, facts)
    judged.sort(key=lambda one: (one.check.line_start, one.check.name))
    return _flag(facts, judged), tuple(one.check for one in judged)


def _runs(tables: Iterable[TableReading]) -> Iterator[list[TableReading]]:
    """Tables of programs, each with those that go on with it."""
    run: list[TableReading] = []
    for reading in tables:
        if not reading.parts:
            continue
        if run and not reading.table.continued:
            yield run
            run = []
        run.append(reading)
    if run:
        yield run


def _money(row: AlignedRow, columns: tuple[Column, ...]) -> Sums:
    """A row's amounts in yen by column (role and header, so that two columns of one role stay apart)."""
    amounts: Sums = {}
    for index, cell in row.cells.items():
        column = columns[index]
        if column.role in MONEY_ROLES:
            figure = read_cell(cell.text, column.unit)
            if figure is not None and figure.yen is not None:
                amounts[_key(column, columns)] = figure.yen
    if any(column.role == "difference" for column in columns) and "difference" not in amounts:
        words = {cell.text for cell in (*row.cells.values(), *row.dropped)}
        if words & {"皆増", "皆減", "新規"} and "budget" in amounts:
            amounts["difference"] = amounts.get("budget", 0) - amounts.get("budget_previous", 0)
    return amounts


def _key(column: Column, columns: tuple[Column, ...]) -> str:
    same = [other for other in columns if other.role == column.role]
    return column.role if len(same) == 1 else f"{column.role} {header_text(column.header)}"


def _row_check(document: str, line: int, name: str, holds: bool, detail: str, *kinds: FactKind) -> _Judged:
    return _Judged(Check(document, name, holds, detail, line, line), frozenset(kinds), frozenset({line}))


def _identities(document: str, reading: TableReading) -> Iterator[_Judged]:
    """Parts by source of money add up to the row's amount, where a table names the sources."""
    roles = {column.role for column in reading.columns}
    listed = next((index for index, column in enumerate(reading.columns) if holds_sources(column)), None)
    if "budget" not in roles or (len(roles & set(FUNDING_ROLES)) < 2 and listed is None):
        return
    for row in reading.rows:
        amounts = _money(row, reading.columns)
        if listed is not None:
            amounts |= _in_one_cell(row, listed, reading.columns)
        if "budget" in amounts and (listed is None or "funding_general" in amounts):  # else the rest is not printed
            parts = sum(amount for key, amount in amounts.items() if key.split()[0] in FUNDING_ROLES)
            detail = f"内訳 {parts:,}円、事業費 {amounts['budget']:,}円"
            holds = parts == amounts["budget"]
            kinds = (FactKind.BUDGET, *(FactKind(role) for role in FUNDING_ROLES))
            yield _row_check(document, row.line, "財源の内訳＝事業費", holds, detail, *kinds)


def _in_one_cell(row: AlignedRow, index: int, columns: tuple[Column, ...]) -> Sums:
    """A row's amounts by source where one cell holds them all; a source that nobody knows is one of the others."""
    unit = money_unit(columns[index].header) or next((each.unit for each in columns if each.role == "budget"), None)
    amounts: Sums = {}
    for each in sources_in(row.cells[index].text) if index in row.cells else ():
        figure = read_cell(each.amount, unit)
        role = each.role or "funding_other"
        amounts[role] = amounts.get(role, 0) + ((figure.yen or 0) if figure else 0)
    return amounts


def _differences(document: str, reading: TableReading) -> Iterator[_Judged]:
    """The printed 増減 is this year's amount less last year's, where a table has one column of each."""
    roles = [column.role for column in reading.columns]
    if any(roles.count(role) != 1 for role in ("budget", "budget_previous", "difference")):
        return
    place = roles.index("difference")
    for row in reading.rows:
        amounts = _money(row, reading.columns)
        if place in row.cells and {"budget", "budget_previous", "difference"} <= amounts.keys():
            computed = amounts["budget"] - amounts["budget_previous"]
            detail = f"差引 {computed:,}円、表示 {amounts['difference']:,}円"
            holds = computed == amounts["difference"]
            yield _row_check(document, row.line, "増減額", holds, detail, FactKind.BUDGET_CHANGE)


@dataclass
class _RunningSums:
    """Sums since the last subtotal and since the last total, carried from table to table."""

    document: str
    own: Sums = field(default_factory=lambda: defaultdict(int))
    relisted: Sums = field(default_factory=lambda: defaultdict(int))
    subtotals: Sums = field(default_factory=lambda: defaultdict(int))
    inner: Sums = field(default_factory=lambda: defaultdict(int))  # the subtotals that no wider one sums up so far
    pending: bool = False

    def table(self, reading: TableReading) -> Iterator[_Judged]:
        """Checks of every sum row of a table."""
        for row in reading.rows:
            amounts = _money(row, reading.columns)
            if row.role == "program":
                self._add(row, reading.columns, amounts)
            elif row.role == "subtotal":
                yield from self._subtotal(row, amounts)
            elif row.role == "relisted":
                yield from self._compare(row, amounts, self.relisted, "小計（再掲含む）")
                self.relisted, self.pending = defaultdict(int), False
            elif row.role == "total":
                rest = {key: self.subtotals.get(key, 0) + self.own.get(key, 0) for key in {*self.subtotals, *self.own}}
                whole = any(self.own.values()) and _agrees(amounts, rest)  # with rows below the last subtotal
                alone = any(self.own.values()) and _agrees(amounts, self.own)  # the subtotals are another table's
                base = self.own if alone else rest if whole else self.subtotals if self.subtotals else self.own
                yield from self._compare(row, amounts, base, "合計")
                self.subtotals, self.own, self.inner = defaultdict(int), defaultdict(int), defaultdict(int)

    def _subtotal(self, row: AlignedRow, amounts: Sums) -> Iterator[_Judged]:
        """A subtotal of the rows above it, or of the subtotals above it, with rows that stand in none of them."""
        outer = {key: self.inner.get(key, 0) + self.own.get(key, 0) for key in {*self.inner, *self.own}}
        if any(self.inner.values()) and (not any(self.own.values()) or _agrees(amounts, outer)):
            yield from self._compare(row, amounts, outer, "小計")
            added, self.inner = self.own, defaultdict(int)
        else:
            yield from self._compare(row, amounts, self.own, "小計")
            added = amounts
            for key, value in amounts.items():
                self.inner[key] += value
        for key, value in added.items():
            self.subtotals[key] += value
        self.own, self.pending = defaultdict(int), True

    def _add(self, row: AlignedRow, columns: tuple[Column, ...], amounts: Sums) -> None:
        if self.pending:  # a subtotal was printed and no sum with relisted rows followed it
            self.relisted, self.pending = defaultdict(int), False
        for key, value in amounts.items():
            if not is_relisted(row, columns):
                self.own[key] += value
            self.relisted[key] += value

    def _compare(self, row: AlignedRow, printed: Sums, added: Sums, name: str) -> Iterator[_Judged]:
        for key in sorted({*printed, *(key for key, amount in added.items() if amount)}):
            value, total = printed.get(key, 0), added.get(key, 0)
            if total != value and name in ("小計", "合計") and self.relisted.get(key) == value:
                total = value  # a list of relisted programs is summed with them
            role = key.split()[0]
            detail = f"足し上げ {total:,}円、表示 {value:,}円"
            label = f"{name}（{_LABELS.get(role, key)}）"
            found = _row_check(self.document, row.line, label, total == value, detail, _kind(role))
            yield replace(found, fiscal_year=fiscal_year(key.partition(" ")[2]))


def _agrees(printed: Sums, added: Sums) -> bool:
    return all(printed.get(key, 0) == added.get(key, 0) for key in {*printed, *added})


_LABELS = {
    "budget": "予算額",
    "budget_previous": "前年度",
    "budget_revised": "現計",
    "difference": "増減",
    "funding_national": "国庫",
    "funding_other": "その他",
    "funding_general": "一般財源",
}


def _kind(role: str) -> FactKind:
    return _OF_ROLE.get(role) or FactKind(role)


def _growth(document: str, reading: TableReading) -> Iterator[_Judged]:
    """Printed growth rates recompute from the amounts of their row, to the digits printed."""
    columns = reading.columns
    percents = [index for index, column in enumerate(columns) if column.role == "percent"]
    for row in reading.rows if percents else ():
        amounts = _money(row, columns)
        for index in percents:
            cell = row.cells.get(index)
            figure = read_cell(cell.text, "%") if cell else None
            pair = _compared(columns[index], columns, amounts)
            if cell is None or figure is None or figure.number is None or pair is None or not pair[1]:
                continue
            rate, digits, holds = _recomputed(figure, pair)
            detail = f"計算 {rate:.{digits}f}%、表示 {cell.text}%"
            yield _row_check(document, row.line, "増減率", holds, detail, FactKind.BUDGET_CHANGE)


def _recomputed(printed: Figure, pair: tuple[int, int]) -> tuple[float, int, bool]:
    """The rate, the digits it is printed with, and whether the printed one is that rate."""
    shown = printed.number or 0.0
    rate = (pair[0] - pair[1]) / pair[1] * 100
    if shown > 50 and abs(rate + 100 - shown) < 1:  # 前年比 112.3% counts from 100
        rate += 100
    found = re.search(r"[.．](\d+)", printed.text)
    digits = len(found[1]) if found else 0
    return rate, digits, abs(rate - shown) <= 0.5 * 10**-digits + 1e-9


def _compared(percent: Column, columns: tuple[Column, ...], amounts: Sums) -> tuple[int, int] | None:
    """The two amounts a growth column compares: by its letters (a-b)/b, else this year's with last year's."""
    letters = re.search(r"\(?([a-zA-Z])-([a-zA-Z])\)?/", header_text(percent.header))
    keyed = {}
    for column in columns:
        letter = re.search(r"\(([a-zA-Z])\)$", header_text(column.header))
        if letter and column.role in MONEY_ROLES:
            keyed[letter.group(1)] = amounts.get(_key(column, columns))
    if letters:
        now, then = keyed.get(letters.group(1)), keyed.get(letters.group(2))
    else:
        now, then = amounts.get("budget"), amounts.get("budget_previous")
    return (now, then) if now is not None and then is not None else None


def _breakdowns(document: str, facts: tuple[Fact, ...]) -> Iterator[_Judged]:
    """The named amounts ①②③ of one row that add up to its budget."""
    by_line: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in (FactKind.BUDGET, FactKind.BREAKDOWN) and fact.yen is not None:
            by_line[fact.program_id, fact.line_start].append(fact)
    for (_, line), members in by_line.items():
        parts = [fact.yen or 0 for fact in members if fact.kind is FactKind.BREAKDOWN and fact.note != INCLUDED]
        whole = [fact.yen or 0 for fact in members if fact.kind is FactKind.BUDGET]
        if len(parts) >= 2 and len(whole) == 1:
            detail = f"内訳 {sum(parts):,}円、計 {whole[0]:,}円"
            holds = sum(parts) == whole[0]
            yield _row_check(document, line, "内訳＝計", holds, detail, FactKind.BUDGET, FactKind.BREAKDOWN)


def _twice(document: str, facts: tuple[Fact, ...]) -> Iterator[_Judged]:
    """A program's budget printed in two places is the same amount."""
    places: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        whole = fact.kind is FactKind.BUDGET and fact.yen is not None and not fact.subprogram and not fact.condition
        if whole and not set(fact.flags) & {"subtotal", "total", "department"}:
            places[fact.program_id, fact.fiscal_year, fact.stage].append(fact)
    for (program, year, _), members in places.items():
        lines = frozenset(fact.line_start for fact in members)
        if len(lines) < 2:
            continue
        detail = f"{members[0].program}: " + "、".join(f"{fact.line_start}行 {fact.text}" for fact in members)
        holds = all(_same_to_print(members[0], fact) for fact in members)
        check = Check(document, "同じ額の記載", holds, detail, min(lines), max(lines))
        yield _Judged(check, frozenset({FactKind.BUDGET}), lines, program, year)


def _same_to_print(one: Fact, other: Fact) -> bool:
    """Equal as far as the coarser of two printings goes: 50億円 and 4,998百万円 are not told apart by it."""
    a, b = one.yen or 0, other.yen or 0
    grain = max(_grain(one), _grain(other))
    return abs(a - b) < grain if grain > 1 else a == b


def _grain(fact: Fact) -> int:
    """The last printed digit's worth in yen, at least 1: 1,945万円 → 10,000."""
    figure = next((f for f in find_figures(fact.text) if f.kind is FigureKind.MONEY), None)
    last = re.search(r"([億万千百]*)円$", fact.text) if figure else None
    unit = last.group(1) if last else (fact.unit or "").removesuffix("円")
    grain = 1
    for letter in unit:
        grain *= {"億": 10**8, "万": 10**4, "千": 10**3, "百": 100}[letter]
    decimals = re.search(r"\.(\d+)", fact.text)
    return max(1, grain // 10 ** len(decimals.group(1))) if decimals else grain


def _flag(facts: tuple[Fact, ...], judged: Iterable[_Judged]) -> tuple[Fact, ...]:
    broken: dict[int, list[_Judged]] = defaultdict(list)
    for one in judged:
        for line in () if one.check.holds else one.lines:
            broken[line].append(one)
    return tuple(_flagged(fact, broken.get(fact.line_start, [])) for fact in facts) if broken else facts


def _flagged(fact: Fact, broken: list[_Judged]) -> Fact:
    check = next((one.check for one in broken if one.concerns(fact)), None)
    if check is None:
        return fact
    flags = tuple(dict.fromkeys([*fact.flags, "suspect"]))
    return replace(fact, flags=flags, note=f"{check.name}が合わない（{check.detail}）")
