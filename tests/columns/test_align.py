"""Rows: each cell finds its column, shifted or not, and none is put in two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import any_page, page

from assistant.columns import AlignedRow, Column, align, read_columns, resolve

HEADER = (
    "基本方針\t事業名\t新規\t重点\t事業費(千円)\t財源内訳\t\t\t事業期間\t担当課\n\t\t\t\t\t国庫\tその他\t一般財源\t\t"
)
PLAIN = "\t窓口事業\t○\t\t600\t100\t200\t300\tR4-R6\t商工課"


def aligned(body: str, header: str = HEADER) -> tuple[tuple[Column, ...], tuple[AlignedRow, ...]]:
    (table,) = page(f"{header}\n{body}").tables
    columns = read_columns(table, "令和5年度")
    return columns, resolve(align(table, columns), columns)


def by_role(columns: tuple[Column, ...], row: AlignedRow) -> dict[str, str]:
    return {columns[index].role: cell.text for index, cell in row.cells.items() if columns[index].role != "flag"}


WHOLE = {
    "name": "窓口事業", "budget": "600", "funding_national": "100", "funding_other": "200",
    "funding_general": "300", "period": "R4-R6", "department": "商工課",
}  # fmt: skip
SHIFTED = [
    PLAIN,
    PLAIN.replace("\t600", "\t\t600"),  # a merged cell pushes the row to the right
    PLAIN.replace("○\t\t600", "○\t600"),  # an empty cell vanished
    PLAIN.removeprefix("\t"),
    "・商工業の振興" + PLAIN,
]


@pytest.mark.parametrize("row", SHIFTED)
def test_a_shifted_row_is_read_like_one_in_place(row: str) -> None:
    columns, rows = aligned(f"{PLAIN}\n{PLAIN}\n{row}")
    found = by_role(columns, rows[-1])
    assert {role: found.get(role) for role in WHOLE} == WHOLE
    assert rows[-1].role == "program"


def test_rows_have_roles() -> None:
    columns, rows = aligned("①商工業の振興\t\n" + PLAIN + "\n\t\t\t\t40\n\t小計\t\t\t640\t140\t200\t300")
    assert [row.role for row in rows] == ["group", "program", "part", "subtotal"]
    assert rows[-1].label == "小計"
    assert by_role(columns, rows[-1])["budget"] == "640"


@given(any_page())
def test_alignment_is_monotone_and_puts_no_cell_in_two_columns(text: str) -> None:
    for table in page(text).tables:
        columns = read_columns(table, "令和5年度")
        for row, printed in zip(align(table, columns) if columns else (), table.rows, strict=False):
            places = [cell.position for _, cell in sorted(row.cells.items())]
            assert all(a < b for a, b in pairwise(places))
            assert {cell.position for cell in row.cells.values()} <= {cell.position for cell in printed.cells}
            assert not {cell.position for cell in row.cells.values()} & {cell.position for cell in row.dropped}


@given(st.lists(st.tuples(*[st.integers(0, 999_999)] * 3), min_size=1, max_size=8), st.data())
def test_resolving_keeps_every_amount_of_a_row(amounts: list[tuple[int, int, int]], data: st.DataObject) -> None:
    body, held = [], []
    for national, other, general in amounts:
        funds = [national, other, general]
        dropped = data.draw(st.sets(st.integers(0, 2), max_size=2))
        kept = [fund if place not in dropped else None for place, fund in enumerate(funds)]
        cells = ["" if fund is None else f"{fund:,}" for fund in kept]
        if data.draw(st.booleans()):
            cells = [cell for cell in cells if cell]  # the empty ones vanished in print
        total = sum(fund for fund in kept if fund is not None)
        body.append("\t".join(["", "窓口事業", "", "", f"{total:,}", *cells]))
        held.append(sorted(fund for fund in kept if fund is not None))
    columns, rows = aligned("\n".join(body))
    funding = {index for index, column in enumerate(columns) if column.role.startswith("funding")}
    for row, expected in zip(rows, held, strict=True):
        found = [int(cell.text.replace(",", "")) for index, cell in row.cells.items() if index in funding]
        assert sorted(found) == expected


def test_a_misprint_in_a_slipped_row_does_not_take_its_total_away() -> None:
    columns, (row,) = aligned(PLAIN.replace("\t600\t100\t200\t300", "\t\t600\t\t100\t900"))
    assert by_role(columns, row)["budget"] == "600"
