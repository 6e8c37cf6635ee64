"""Which fund column each amount stands in, where a shifted row leaves a choice.

A row offers assignments with a cost each (:func:`assistant.columns.align.align`).  The rows above a subtotal
must add up to it in every column, so the cheapest choice of assignments that does so is taken: a dynamic
programme over partial sums, exact and linear in the number of rows for a bounded number of open ones.  A misprint
spoils the columns it stands in and no other: where no choice adds up in all of them, one that does in all but one or
two is taken, and what that leaves unsure carries ``doubt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..figures import read_cell
from ..layout.tables import Cell
from .align import AlignedRow
from .header import FUNDING_ROLES, Column

MAX_STATES = 5_000  # sums kept a row; a table that opens more is not decided by its subtotal
FEW_STATES = 2_000  # the same where not all columns add up: that is tried for each choice of columns
IN_PLACE = 0.25  # displacement up to which a row's amounts stand where their columns stand
MOST_SPOILT = 2  # columns of a subtotal that may not add up where the others tell how its rows stand
MOST_SWAPS = 60  # rows among which an exchange of two amounts is looked for
_UNMATCHED = "小計と合わないため、財源の欄を決められない"
SAME = 1e-9  # costs that differ by less are the same
Sums = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """The least cost of reaching some sums, and every (sums before, option) that reaches them at that cost."""

    cost: float
    origins: tuple[tuple[Sums, int], ...]


def resolve(rows: Sequence[AlignedRow], columns: tuple[Column, ...]) -> tuple[AlignedRow, ...]:
    """The rows of one table with each open assignment chosen; what stays open carries ``doubt``."""
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    result = list(rows)
    if len(funds) < 2:
        return tuple(result)
    group: list[int] = []
    subtotal: Sums | None = None
    for place, row in enumerate(rows):
        if row.role in ("program", "part"):
            group.append(place)
        elif row.role == "subtotal":
            subtotal = _sums(row, funds, columns)
            own = [p for p in group if not is_relisted(rows[p], columns)]
            _choose(result, own, subtotal, funds, columns)
            group = [p for p in group if p not in own]
        elif row.role == "relisted" and subtotal is not None:
            target = tuple(a - b for a, b in zip(_sums(row, funds, columns), subtotal, strict=True))
            _choose(result, group, target, funds, columns)
            group = []
    _choose(result, group, None, funds, columns)
    return tuple(result)


def settled(columns: tuple[Column, ...], rows: Sequence[AlignedRow]) -> tuple[Column, ...]:
    """The columns, those of a fund that is part of another one (県債 in その他) with the role ``within``.

    Where a table has two columns of other funds, the rows tell by their arithmetic whether one of them is already
    counted in the other: 国庫 + その他 + 一般財源 = 事業費 holds without it, and not with it.
    """
    others = [index for index, column in enumerate(columns) if column.role == "funding_other"]
    total = next((index for index, column in enumerate(columns) if column.role == "budget"), None)
    if len(others) < 2 or total is None:
        return columns
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    result = list(columns)
    for index in others:
        told = [row for row in rows if total in row.cells and _yen(row.cells.get(index), columns[index])]
        counted = sum(_adds_up(row, total, funds, columns) for row in told)
        apart = sum(_adds_up(row, total, [fund for fund in funds if fund != index], columns) for row in told)
        if apart > counted and apart * 2 > len(told):
            result[index] = replace(columns[index], role="within")
            funds = [fund for fund in funds if fund != index]
    return tuple(result)


def _adds_up(row: AlignedRow, total: int, funds: list[int], columns: tuple[Column, ...]) -> bool:
    return _yen(row.cells.get(total), columns[total]) == sum(_sums(row, funds, columns))


def is_relisted(row: AlignedRow, columns: tuple[Column, ...]) -> bool:
    """Whether a row repeats a program that stands elsewhere: 再掲 in its name or its number."""
    return any("再掲" in cell.text for index, cell in row.cells.items() if columns[index].role in ("name", "number"))


def _sums(row: AlignedRow, funds: list[int], columns: tuple[Column, ...]) -> Sums:
    return tuple(_yen(row.cells.get(index), columns[index]) for index in funds)


def _yen(cell: Cell | None, column: Column) -> int:
    figure = read_cell(cell.text, column.unit or "円") if cell else None
    return figure.yen or 0 if figure else 0


def _choose(
    rows: list[AlignedRow], places: list[int], target: Sums | None, funds: list[int], columns: tuple[Column, ...]
) -> None:
    """Fix the open rows among ``places`` so that all of them add up to ``target``."""
    anyhow = [place for place in places if rows[place].options]
    if target is None:
        for place in anyhow:
            rows[place] = _judge_alone(rows[place])
        return
    displaced = [place for place in anyhow if rows[place].options[0][0] > IN_PLACE]
    slipped = _with_slipped_sum(rows, places, displaced, target, funds, columns)
    if slipped is not None:
        _settle(rows, anyhow, slipped, 1, columns)
        return
    for spoilt in range(min(MOST_SPOILT, len(funds) - 1) + 1):
        chosen = _with_swap(rows, places, displaced, target, funds, columns) if spoilt == MOST_SPOILT else None
        if chosen is not None:
            _settle(rows, anyhow, chosen, 1, columns)
            return
        chosen = _without(spoilt, rows, places, (displaced, anyhow), target, funds, columns)
        if chosen is not None:
            _settle(rows, anyhow, chosen, spoilt, columns)
            return
    for place in anyhow:
        rows[place] = replace(_judge_alone(rows[place]), doubt=_UNMATCHED)


def _without(
    spoilt: int,
    rows: list[AlignedRow],
    places: list[int],
    choices: Sequence[list[int]],
    target: Sums,
    funds: list[int],
    columns: tuple[Column, ...],
) -> dict[int, tuple[int, bool]] | None:
    """The options with which all columns but ``spoilt`` add up, opening as few of the rows as will do."""
    for kept in combinations(range(len(funds)), len(funds) - spoilt):
        for opened in choices:  # rows that stand where their columns stand are moved last
            path = _fitting(rows, places, opened, [(funds[at], target[at]) for at in kept], columns)
            if path is not None:
                return dict(zip(opened, path, strict=True))
    return None


def _with_slipped_sum(
    rows: list[AlignedRow],
    places: list[int],
    displaced: list[int],
    target: Sums,
    funds: list[int],
    columns: tuple[Column, ...],
) -> dict[int, tuple[int, bool]] | None:
    """The options with which all columns add up once two amounts of the subtotal change places.

    Rows that stand where their columns stand are not moved to please a subtotal that may have slipped itself.
    """
    if _fitting(rows, places, displaced, list(zip(funds, target, strict=True)), columns) is not None:
        return None
    for one, other in combinations(range(len(target)), 2):
        wanted = list(target)
        wanted[one], wanted[other] = target[other], target[one]
        path = _fitting(rows, places, displaced, list(zip(funds, wanted, strict=True)), columns)
        if path is not None and wanted != list(target):
            return dict(zip(displaced, path, strict=True))
    return None


def _with_swap(
    rows: list[AlignedRow],
    places: list[int],
    opened: list[int],
    target: Sums,
    funds: list[int],
    columns: tuple[Column, ...],
) -> dict[int, tuple[int, bool]] | None:
    """The options with which all columns add up once two amounts of one row, or of the subtotal, change places."""
    fixed = [_sums(rows[place], funds, columns) for place in places if place not in opened]
    if not opened or len(fixed) > MOST_SWAPS:
        return None
    for wanted in dict.fromkeys(_swaps(fixed, target)):
        path = _fitting(rows, places, opened, list(zip(funds, wanted, strict=True)), columns)
        if path is not None:
            return dict(zip(opened, path, strict=True))
    return None


def _swaps(fixed: list[Sums], target: Sums) -> Iterator[Sums]:
    """What the rows as printed would add up to if two amounts of one row, or of the subtotal, were exchanged."""
    for one, other in combinations(range(len(target)), 2):
        for gap in (target[other] - target[one], *(sums[one] - sums[other] for sums in fixed)):
            if gap:
                wanted = list(target)
                wanted[one] += gap
                wanted[other] -= gap
                yield tuple(wanted)


def _fitting(
    rows: list[AlignedRow],
    places: list[int],
    opened: list[int],
    wanted: list[tuple[int, int]],
    columns: tuple[Column, ...],
) -> list[tuple[int, bool]] | None:
    """For each of the ``opened`` rows its option with which all rows add up to what is ``wanted`` of the funds."""
    funds = [fund for fund, _ in wanted]
    fixed = [_sums(rows[place], funds, columns) for place in places if place not in opened]
    start = tuple(sum(column) for column in zip(*fixed, strict=True)) if fixed else (0,) * len(funds)
    every = sum(column.role in FUNDING_ROLES for column in columns)
    most = MAX_STATES if len(funds) == every else FEW_STATES
    return _cheapest(rows, opened, start, tuple(yen for _, yen in wanted), funds, columns, most)


def _settle(
    rows: list[AlignedRow],
    anyhow: list[int],
    chosen: dict[int, tuple[int, bool]],
    spoilt: int,
    columns: tuple[Column, ...],
) -> None:
    """Take the chosen options; beside a spoilt column a row is only sure when its own amounts add up."""
    for place in anyhow:
        option, tied = chosen.get(place, (0, False))
        row = _take(rows[place], option, "財源の欄が一通りに決まらない" if tied else None)
        unsure = spoilt > 1 or (spoilt == 1 and not _is_sound(row, columns))
        rows[place] = replace(row, doubt=row.doubt or _UNMATCHED) if unsure else row


def _is_sound(row: AlignedRow, columns: tuple[Column, ...]) -> bool:
    """Whether the row's funds add up to its own total."""
    total = next((index for index, column in enumerate(columns) if column.role == "budget"), None)
    funds = [index for index, column in enumerate(columns) if column.role in FUNDING_ROLES]
    return total is not None and total in row.cells and _adds_up(row, total, funds, columns)


def _judge_alone(row: AlignedRow) -> AlignedRow:
    """Without a subtotal, position decides; a second reading that is as near leaves a doubt."""
    costs = [cost for cost, _ in row.options]
    close = len(costs) > 1 and costs[1] - costs[0] < 0.5
    return _take(row, 0, "財源の欄が一通りに決まらない" if close else None)


def _take(row: AlignedRow, option: int, doubt: str | None) -> AlignedRow:
    assignment = row.options[option][1]
    by_position = {cell.position: cell for cell in row.cells.values()}
    funds = {index for _, options in row.options for index in options}
    cells = {index: cell for index, cell in row.cells.items() if index not in funds}
    cells |= {index: by_position[position] for index, position in assignment.items()}
    return replace(row, cells=dict(sorted(cells.items())), options=(), doubt=doubt)


def _cheapest(
    rows: list[AlignedRow],
    opened: list[int],
    start: Sums,
    target: Sums,
    funds: list[int],
    columns: tuple[Column, ...],
    most: int,
) -> list[tuple[int, bool]] | None:
    """For each open row the chosen option and whether another choice is as good; None if no choice adds up."""
    layers: list[dict[Sums, _Step]] = [{start: _Step(0.0, ())}]
    for place in opened:
        layer = _next_layer(layers[-1], _option_sums(rows[place], funds, columns), target)
        if not layer or len(layer) > most:
            return None
        layers.append(layer)
    return _walk_back(layers, target) if target in layers[-1] else None


def _next_layer(before: dict[Sums, _Step], options: list[tuple[float, Sums]], target: Sums) -> dict[Sums, _Step]:
    """Every sum that can be reached with one row more, never beyond the target."""
    layer: dict[Sums, _Step] = {}
    for sums, step in before.items():
        for option, (cost, added) in enumerate(options):
            reached = tuple(a + b for a, b in zip(sums, added, strict=True))
            if any(a > b for a, b in zip(reached, target, strict=True)):
                continue
            total = step.cost + cost
            known = layer.get(reached)
            if known is None or total < known.cost - SAME:
                layer[reached] = _Step(total, ((sums, option),))
            elif abs(total - known.cost) <= SAME:
                layer[reached] = replace(known, origins=(*known.origins, (sums, option)))
    return layer


def _option_sums(row: AlignedRow, funds: list[int], columns: tuple[Column, ...]) -> list[tuple[float, Sums]]:
    by_position = {cell.position: cell for cell in row.cells.values()}
    return [
        (cost, tuple(_yen(by_position.get(assignment.get(index, -1)), columns[index]) for index in funds))
        for cost, assignment in row.options
    ]


def _walk_back(layers: list[dict[Sums, _Step]], target: Sums) -> list[tuple[int, bool]]:
    """One cheapest path, and for each row whether the cheapest paths disagree about it."""
    path: list[tuple[int, bool]] = []
    sums = target
    reached = {target}  # states of this layer that lie on any cheapest path
    for layer in reversed(layers[1:]):
        origins = [origin for state in reached for origin in layer[state].origins]
        before, option = layer[sums].origins[0]
        path.append((option, len({option for _, option in origins}) > 1))
        sums, reached = before, {state for state, _ in origins}
    return list(reversed(path))
