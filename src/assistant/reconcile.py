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
from .figures import find_figures, read_cell
from .layout.roles import header_text
from .programs import Split, TableReading
from .records import Check, Fact, FactKind, FigureKind

Sums = dict[str, int]


def reconcile(document: str, split: Split, facts: tuple[Fact, ...]) -> tuple[tuple[Fact, ...], tuple[Check, ...]]:
    """The facts, those of a broken check flagged, and every check in the order of its lines."""
    checks: list[Check] = []
    sums = _RunningSums(document)
    for reading in split.tables:
        if reading.parts:
            checks += _identities(document, reading)
            checks += _growth(document, reading)
            checks += sums.table(reading)
    checks += _breakdowns(document, facts)
    checks += _twice(document, facts)
    checks.sort(key=lambda check: (check.line_start, check.name))
    return _flag(facts, checks), tuple(checks)


def _money(row: AlignedRow, columns: tuple[Column, ...]) -> Sums:
    """A row's amounts in yen by column (role and header, so that two columns of one role stay apart)."""
    amounts: Sums = {}
    for index, cell in row.cells.items():
        column = columns[index]
        if column.role in MONEY_ROLES:
            figure = read_cell(cell.text, column.unit)
            if figure is not None and figure.yen is not None:
                amounts[_key(column, columns)] = figure.yen
    return amounts


def _key(column: Column, columns: tuple[Column, ...]) -> str:
    same = [other for other in columns if other.role == column.role]
    return column.role if len(same) == 1 else f"{column.role} {header_text(column.header)}"


def _identities(document: str, reading: TableReading) -> Iterator[Check]:
    """Parts by source of money add up to the row's amount, where a table names the sources."""
    roles = {column.role for column in reading.columns}
    if "budget" not in roles or len(roles & set(FUNDING_ROLES)) < 2:
        return
    for row in reading.rows:
        amounts = _money(row, reading.columns)
        if "budget" in amounts:
            parts = sum(amounts.get(role, 0) for role in FUNDING_ROLES)
            yield Check(
                document, "財源の内訳＝事業費", parts == amounts["budget"],
                f"内訳 {parts:,}円、事業費 {amounts['budget']:,}円", row.line, row.line,
            )  # fmt: skip


@dataclass
class _RunningSums:
    """Sums since the last subtotal and since the last total, carried from table to table."""

    document: str
    own: Sums = field(default_factory=lambda: defaultdict(int))
    relisted: Sums = field(default_factory=lambda: defaultdict(int))
    subtotals: Sums = field(default_factory=lambda: defaultdict(int))
    pending: bool = False

    def table(self, reading: TableReading) -> Iterator[Check]:
        """Checks of every sum row of a table."""
        if not reading.table.continued and not any(row.role in ("subtotal", "total") for row in reading.rows):
            return
        for row in reading.rows:
            amounts = _money(row, reading.columns)
            if row.role == "program":
                self._add(row, reading.columns, amounts)
            elif row.role == "subtotal":
                yield from self._compare(row, amounts, self.own, "小計")
                for key, value in amounts.items():
                    self.subtotals[key] += value
                self.own, self.pending = defaultdict(int), True
            elif row.role == "relisted":
                yield from self._compare(row, amounts, self.relisted, "小計（再掲含む）")
                self.relisted, self.pending = defaultdict(int), False
            elif row.role == "total":
                base = self.subtotals if self.subtotals else self.own
                yield from self._compare(row, amounts, base, "合計")
                self.subtotals, self.own = defaultdict(int), defaultdict(int)

    def _add(self, row: AlignedRow, columns: tuple[Column, ...], amounts: Sums) -> None:
        if self.pending:  # a subtotal was printed and no sum with relisted rows followed it
            self.relisted, self.pending = defaultdict(int), False
        for key, value in amounts.items():
            if not is_relisted(row, columns):
                self.own[key] += value
            self.relisted[key] += value

    def _compare(self, row: AlignedRow, printed: Sums, added: Sums, name: str) -> Iterator[Check]:
        for key in sorted({*printed, *(key for key, amount in added.items() if amount)}):
            value, total = printed.get(key, 0), added.get(key, 0)
            if total != value and name == "小計" and self.relisted.get(key) == value:
                total = value  # a list of relisted programs is summed with them
            yield Check(
                self.document, f"{name}（{_LABELS.get(key.split()[0], key)}）", total == value,
                f"足し上げ {total:,}円、表示 {value:,}円", row.line, row.line,
            )  # fmt: skip


_LABELS = {
    "budget": "予算額", "budget_previous": "前年度", "budget_revised": "現計", "difference": "増減",
    "funding_national": "国庫", "funding_other": "その他", "funding_general": "一般財源",
}  # fmt: skip


def _growth(document: str, reading: TableReading) -> Iterator[Check]:
    """Printed growth rates recompute from the amounts of their row, to the digits printed."""
    columns = reading.columns
    for row in reading.rows:
        amounts = _money(row, columns)
        for index, cell in row.cells.items():
            if columns[index].role != "percent":
                continue
            figure = read_cell(cell.text, "%")
            pair = _compared(columns[index], columns, amounts)
            if figure is None or figure.number is None or pair is None or not pair[1]:
                continue
            rate = (pair[0] - pair[1]) / pair[1] * 100
            if figure.number > 50 and abs(rate + 100 - figure.number) < 1:  # 前年比 112.3% counts from 100
                rate += 100
            digits = len(figure.text.partition(".")[2])
            holds = abs(rate - figure.number) <= 0.5 * 10**-digits + 1e-9
            yield Check(document, "増減率", holds, f"計算 {rate:.{digits}f}%、表示 {cell.text}%", row.line, row.line)


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


def _breakdowns(document: str, facts: tuple[Fact, ...]) -> Iterator[Check]:
    """The named amounts ①②③ of one row that add up to its budget."""
    by_line: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in (FactKind.BUDGET, FactKind.BREAKDOWN) and fact.yen is not None:
            by_line[fact.program_id, fact.line_start].append(fact)
    for (_, line), members in by_line.items():
        parts = [fact.yen or 0 for fact in members if fact.kind is FactKind.BREAKDOWN]
        whole = [fact.yen or 0 for fact in members if fact.kind is FactKind.BUDGET]
        if len(parts) >= 2 and len(whole) == 1:
            holds = sum(parts) == whole[0]
            yield Check(document, "内訳＝計", holds, f"内訳 {sum(parts):,}円、計 {whole[0]:,}円", line, line)


def _twice(document: str, facts: tuple[Fact, ...]) -> Iterator[Check]:
    """A program's budget printed in two places is the same amount."""
    places: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        whole = fact.kind is FactKind.BUDGET and fact.yen is not None and not fact.subprogram and not fact.condition
        if whole and not set(fact.flags) & {"subtotal", "total", "department"}:
            places[fact.program_id, fact.fiscal_year, fact.stage].append(fact)
    for members in places.values():
        if len({fact.line_start for fact in members}) < 2:
            continue
        values = {fact.yen for fact in members}
        detail = f"{members[0].program}: " + "、".join(f"{fact.line_start}行 {fact.text}" for fact in members)
        yield Check(
            document, "同じ額が二か所", all(_same_to_print(members[0], fact) for fact in members) or len(values) == 1,
            detail, members[0].line_start, members[-1].line_start,
        )  # fmt: skip


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


def _flag(facts: tuple[Fact, ...], checks: Iterable[Check]) -> tuple[Fact, ...]:
    broken: dict[int, Check] = {check.line_start: check for check in checks if not check.holds}
    if not broken:
        return facts
    money = {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE,
             FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL}  # fmt: skip
    result = []
    for fact in facts:
        check = broken.get(fact.line_start)
        if check is not None and fact.kind in money:
            flags = tuple(dict.fromkeys([*fact.flags, "suspect"]))
            fact = replace(fact, flags=flags, note=f"{check.name}が合わない（{check.detail}）")
        result.append(fact)
    return tuple(result)
