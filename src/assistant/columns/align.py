"""A row's cells → columns, in order: the cheapest monotone alignment.

Dynamic programming over (cell, column), as in sequence alignment (Needleman and Wunsch 1970): a cell may
take a column whose kind it fits; leaving a column empty costs nothing, dropping a cell costs much, and
standing away from where the column's other cells stand costs a little.  Linear in the number of rows.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from ..figures import read_cell
from ..layout.roles import DASHES
from ..layout.tables import Cell, Table, TableRow
from .header import ATTRIBUTE_ROLES, FUNDING_ROLES, MONEY_ROLES, Column, is_label

DROPPED = 6.0
MISFIT = 100.0
APART = 0.4  # for each column that a cell stands away from where its column stands
STEADY = 3.0  # the same in a table of which no cell stands anywhere else
_DEPARTMENT = re.compile(r"(課|室|局|部|班|係|センター|所|グループ|団)(\s*[(（].*[)）])?([\s、,].*)?$")
_CODE = re.compile(r"[A-ZＡ-Ｚ]{1,2}[-－‐]?[0-9０-９]{1,3}(?:[-－‐][0-9０-９]{1,2})?")  # the number of a row: 「B-1」
_FLAG = re.compile(r"^[○◯◎●△▲✓✔〇レ有\s]+$")
_DITTO = re.compile(r"^(?:〃|″|”|々|同上|同左|同じ)$")
_GROUP = re.compile(r"^[・*＊①-⑳■◆●]")
_TIMED = re.compile(r"[0-9０-９元][\s　]*(年|[かカヶケ箇]?月|日|週|回|期)|^(通年|随時|常時|未定|終期なし)$")
LONGEST_PERIOD = 24
_INCLUDED = re.compile(r"^[\s　(（]*うち(?![わ])")
_TYPE = re.compile(r"(型|枠|コース|タイプ|類)$|^(運転|設備)(資金)?$")
_STATE = re.compile(r"^(一部新規|新規|拡充|継続|新|拡|継|組替|見直し|終了)$")
_ATTRIBUTE_KINDS = {
    "subsidy_rate": ("rate", "percent"),
    "subsidy_limit": ("money",),
    "breakdown": ("money",),
    "loan_limit": ("money",),
    "loan_pool": ("money",),
    "loan_rate": ("percent",),
    "loan_term": ("duration",),
    "guarantee_rate": ("percent", "rate"),
}


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row with its cells by column index.

    ``role``: program, part (a further amount of the row above), included (「うち…」, an amount that is already in the
    row above), group, subtotal, relisted or total.
    ``options``: for a row whose amounts could stand in several fund columns, each possible assignment
    (cell position by column index) with its cost, cheapest first.
    """

    line: int
    role: str
    cells: dict[int, Cell]
    options: tuple[tuple[float, dict[int, int]], ...] = ()
    dropped: tuple[Cell, ...] = ()
    doubt: str | None = None
    label: str | None = None

    @property
    def line_end(self) -> int:
        """The last line that one of its cells stands on."""
        return max([self.line, *(cell.last_line(self.line) for cell in self.cells.values())])


def align(table: Table, columns: tuple[Column, ...]) -> tuple[AlignedRow, ...]:
    """Every row of a table, aligned.  Positions are learned from the table itself in two rounds."""
    expected = {index: float(column.position) for index, column in enumerate(columns)}
    if _is_steady(table, columns):
        return tuple(_align_row(row, columns, expected, STEADY) for row in table.rows)
    aligned: list[AlignedRow] = []
    for turn in range(4):
        aligned = [_align_row(row, columns, expected) for row in table.rows]
        learned = _full_positions(aligned, columns) if turn == 0 else _modal_positions(aligned)
        if turn and learned.items() <= expected.items():
            break
        expected.update(learned)
    return tuple(aligned)


def _is_steady(table: Table, columns: tuple[Column, ...]) -> bool:
    """Whether every cell of the table stands where a column's header stands and could be of that column.

    Where a table names sources of money, their sums tell better than the place.
    """
    if any(column.role in FUNDING_ROLES for column in columns):
        return False
    at = {column.position: column for column in columns}
    for row in table.rows:
        for cell in row.cells if len(row.cells) > 1 else ():
            column = at.get(cell.position)
            if column is None or not _could_be(cell.text, column):
                return False
    return True


def _could_be(text: str, column: Column) -> bool:
    if text in DASHES or _DITTO.match(text) or column.role in ATTRIBUTE_ROLES or is_label(text):
        return True
    if column.role == "period" and read_cell(text, None) is None:
        return True  # 「随時受付」, 「6/1～7/31」
    if column.role in MONEY_ROLES or column.role in ("percent", "period", "obligation"):
        return _fit(text, column, summed=False) < MISFIT or text in ("皆増", "皆減")
    figure = read_cell(text, "円")
    return column.role in ("number", "page", "count", "flag", "unnamed") or figure is None or len(text) >= 12


def _full_positions(rows: list[AlignedRow], columns: tuple[Column, ...]) -> dict[int, float]:
    """Where the amounts stand in rows that fill every column of amounts: those leave no choice."""
    money = [index for index, column in enumerate(columns) if column.role in MONEY_ROLES]
    full = [row for row in rows if money and all(index in row.cells for index in money)]
    return _modes({index: Counter(row.cells[index].position for row in full) for index in money} if full else {})


def _modal_positions(rows: list[AlignedRow]) -> dict[int, float]:
    """Where the cells of each column mostly stand; amounts that could stand elsewhere do not count."""
    places: dict[int, Counter[int]] = {}
    for row in rows:
        if row.role in ("program", "part"):
            opened = {index for _, option in row.options for index in option}
            for index, cell in row.cells.items():
                if index not in opened:
                    places.setdefault(index, Counter())[cell.position] += 1
    return _modes(places)


def _modes(places: dict[int, Counter[int]]) -> dict[int, float]:
    return {index: float(max(counts, key=lambda p: (counts[p], -p))) for index, counts in places.items()}


def _align_row(
    row: TableRow, columns: tuple[Column, ...], expected: dict[int, float], apart: float = APART
) -> AlignedRow:
    worded = [cell for cell in row.cells if read_cell(cell.text, "円") is None and not _FLAG.match(cell.text)]
    sum_role = next((role for cell in worded[:2] if (role := is_label(cell.text))), None)
    if len(row.cells) == len(worded) and not sum_role and len(row.cells) <= 1:
        return AlignedRow(row.line, "group", {}, label=row.cells[0].text if row.cells else None)
    matched, dropped = _best(row.cells, columns, expected, apart, summed=sum_role is not None)
    label = next((cell.text for cell in worded[:2] if is_label(cell.text)), None) if sum_role else None
    matched = _total_first(_compared_first(matched, columns), columns)
    options = _funding_options(matched, columns, expected)
    if options:
        matched = {i: cell for i, cell in matched.items() if columns[i].role not in FUNDING_ROLES} | {
            index: next(cell for cell in row.cells if cell.position == position)
            for index, position in options[0][1].items()
        }
    role = sum_role or ("included" if _is_included(matched, columns) else _row_role(matched, columns))
    if role == "group":
        label = next((cell.text for cell in worded), None)
    return AlignedRow(row.line, role, matched, options, dropped, label=label)


def _total_first(matched: dict[int, Cell], columns: tuple[Column, ...]) -> dict[int, Cell]:
    """A row starts with its total: its first amount when no other stands there, or when those behind it add up to it.

    A row without any total is a row that slipped to the side; a misprint in it does not make it another kind of row.
    """
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    total = next((index for index, column in enumerate(columns) if column.role == "budget"), None)
    if total is None or len(funds) < 2 or total > funds[0]:
        return matched
    held = [matched[index] for index in (total, *funds) if index in matched]
    amounts = [figure.yen or 0 if (figure := read_cell(cell.text, "円")) else 0 for cell in held]
    if len(held) < 2 or len(held) - 1 > len(funds) or (total in matched and amounts[0] != sum(amounts[1:])):
        return matched
    kept = {index: cell for index, cell in matched.items() if index != total and index not in funds}
    placed = [index for index in funds if index in matched][-(len(held) - 1) :]
    placed = placed if len(placed) == len(held) - 1 else funds[: len(held) - 1]
    return dict(sorted((kept | {total: held[0]} | dict(zip(placed, held[1:], strict=True))).items()))


def _compared_first(matched: dict[int, Cell], columns: tuple[Column, ...]) -> dict[int, Cell]:
    """A row without a total whose amounts stand one column too far: they compare and add up once they are moved."""
    at = {column.role: index for index, column in reversed(list(enumerate(columns)))}
    order = [at.get(role, -1) for role in ("budget", "budget_previous", "difference")]
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    money = sorted([*order, *funds])
    if -1 in order or not funds or money[:3] != order or order[0] in matched:
        return matched
    held = [index for index in money if index in matched]
    if len(held) < 4 or held[:3] != money[1:4]:
        return matched
    amounts = [figure.yen or 0 if (figure := read_cell(matched[i].text, "円")) else 0 for i in held]
    if amounts[0] - amounts[1] != amounts[2] or amounts[0] != sum(amounts[3:]):
        return matched
    moved = {money[money.index(index) - 1]: matched[index] for index in held}
    return dict(sorted(({i: cell for i, cell in matched.items() if i not in money} | moved).items()))


def _is_included(cells: dict[int, Cell], columns: tuple[Column, ...]) -> bool:
    """「うち新規分」: a row that only repeats a piece of the amount above it."""
    return any(columns[index].role == "name" and _INCLUDED.match(cell.text) for index, cell in cells.items())


def _row_role(cells: dict[int, Cell], columns: tuple[Column, ...]) -> str:
    roles = {columns[index].role for index in cells}
    told = roles & (MONEY_ROLES | ATTRIBUTE_ROLES)
    if "name" in roles and (told or roles & {"department", "period", "text", "flag", "phone"}):
        return "program"
    return "part" if told or _tells_terms(cells, columns) else "group"


def _tells_terms(cells: dict[int, Cell], columns: tuple[Column, ...]) -> bool:
    """A row without a name whose words below 補助内容 hold figures goes on with the row above."""
    worded = [cell.text for index, cell in cells.items() if columns[index].role == "text"]
    return len(cells) > 1 and any(letter.isdigit() for text in worded for letter in text)


def _best(
    cells: tuple[Cell, ...],
    columns: tuple[Column, ...],
    expected: dict[int, float],
    weight: float,
    *,
    summed: bool,
) -> tuple[dict[int, Cell], tuple[Cell, ...]]:
    """The cheapest monotone assignment: column index → cell, and the cells that found no column."""
    n, m = len(cells), len(columns)
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    step = [[""] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        cost[i][0], step[i][0] = cost[i - 1][0] + DROPPED, "cell"
    for j in range(1, m + 1):
        step[0][j] = "column"
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            apart = min(abs(cells[i - 1].position - expected[j - 1]), 4.0) * weight
            take = cost[i - 1][j - 1] + _fit(cells[i - 1].text, columns[j - 1], summed=summed) + apart
            choices = ((take, "take"), (cost[i][j - 1], "column"), (cost[i - 1][j] + DROPPED, "cell"))
            cost[i][j], step[i][j] = min(choices)
    return _trace(cells, step)


def _trace(cells: tuple[Cell, ...], step: list[list[str]]) -> tuple[dict[int, Cell], tuple[Cell, ...]]:
    i, j = len(step) - 1, len(step[0]) - 1
    matched: dict[int, Cell] = {}
    dropped: list[Cell] = []
    while i or j:
        move = step[i][j]
        if move == "take":
            i, j = i - 1, j - 1
            matched[j] = cells[i]
        elif move == "column":
            j -= 1
        else:
            i -= 1
            dropped.append(cells[i])
    return dict(sorted(matched.items())), tuple(reversed(dropped))


def _fit(text: str, column: Column, *, summed: bool) -> float:
    """How badly a cell's text suits a column; 0 is a perfect fit."""
    role = column.role
    figure = read_cell(text, column.unit or "円")
    if role in MONEY_ROLES and text in DASHES:
        return 0.0
    if role in MONEY_ROLES or role == "obligation":
        return 0.0 if figure is not None and figure.kind == "money" else MISFIT
    if role == "count":
        return 0.0 if figure is not None and figure.kind in ("money", "count") and len(text) <= 12 else MISFIT
    if role == "percent":
        return 0.0 if figure is not None or text in ("皆増", "皆減", "-", "－", "―") else MISFIT
    if role == "flag":
        return 0.0 if _FLAG.match(text) else (1.5 if summed and re.fullmatch(r"[0-9０-９]{1,3}", text) else MISFIT)
    if role == "period":
        timed = figure is not None and figure.kind in ("period", "year", "duration")
        return 0.0 if timed else (1.0 if _TIMED.search(text) and len(text) <= LONGEST_PERIOD else MISFIT)
    if role in ATTRIBUTE_ROLES and figure is not None and figure.kind in _ATTRIBUTE_KINDS[role]:
        return 0.0
    if summed and figure is not None:
        return 1.5 if role == "department" else MISFIT
    return _fit_words(text, role, numeric=figure is not None)


def _fit_words(text: str, role: str, *, numeric: bool) -> float:
    if role in ("number", "page"):
        counted = re.fullmatch(r"(【?[(（]?再掲?[)）]?】?\s*)?[\d０-９]{0,4}", text) or _CODE.fullmatch(text)
        return 0.0 if counted else MISFIT
    if role == "unnamed":
        return 1.0 if numeric or len(text) < 4 else 2.5
    if _FLAG.match(text):
        return MISFIT
    if role == "type":
        return MISFIT if numeric else 0.5
    if role == "variant":
        return 0.0 if _STATE.match(text) or _TYPE.search(text) else 2.0
    if role == "department":
        return (
            0.0
            if _DEPARTMENT.search(text) and len(text) <= 60
            else (3.0 if len(text) <= 40 and not numeric else MISFIT)
        )
    if role == "name":
        return MISFIT if (numeric and len(text) < 12) or _CODE.fullmatch(text) else (2.0 if _GROUP.match(text) else 0.0)
    if role == "group":
        return MISFIT if numeric and len(text) < 12 else (0.0 if _GROUP.match(text) else 1.0)
    return 0.0 if len(text) > 8 else 1.0


def _funding_options(
    matched: dict[int, Cell], columns: tuple[Column, ...], expected: dict[int, float]
) -> tuple[tuple[float, dict[int, int]], ...]:
    """Every way a row's fund amounts may stand in the fund columns, keeping their order, cheapest first.

    A row that shifted as a whole is as plausible as one that did not, so the cost of an assignment is its
    smallest displacement over a common shift of -1, 0 or +1.
    """
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    held = [matched[index] for index in funds if index in matched]
    if not held or len(held) >= len(funds):
        return ()
    total = [(i, matched[i]) for i, column in enumerate(columns) if column.role == "budget" and i in matched]
    options = []
    for chosen in combinations(funds, len(held)):
        pairs = [*total, *zip(chosen, held, strict=True)]
        cost = min(
            sum(abs(cell.position + shift - expected[index]) for index, cell in pairs) + abs(shift) * 0.5
            for shift in (-1, 0, 1)
        )
        options.append((cost, {index: cell.position for index, cell in zip(chosen, held, strict=True)}))
    return tuple(sorted(options, key=lambda option: option[0]))
