"""Tables: rows, headers, units, and what goes on over a page break."""

from __future__ import annotations

import pytest
from hypothesis import given
from invented import any_page, page

UNITS = [
    ("（単位：千円）\n事業名\t予算額\n窓口\t1,000", "千円"),
    ("（単位：百万円）\n\n事業名\t予算額\n窓口\t1,000", "百万円"),
    ("単位：円\n令和5年度\n事業名\t予算額\n窓口\t1,000", "円"),
    ("単位：円\n一\n二\n事業名\t予算額\n窓口\t1,000", None),
    ("予算は千円で示す\n事業名\t予算額\n窓口\t1,000", None),
    ("事業名\t予算額（千円）\n窓口\t1,000", None),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_a_caption_states_the_unit(text: str, unit: str | None) -> None:
    (table,) = page(text).tables
    assert table.unit == unit


def test_pipes_and_rules_are_a_frame() -> None:
    (table,) = page("| 事業名 | 予算額 |\n|---|---:|\n| 窓口 | 1,000 |\n|  | 2,000 |").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["窓口", "1,000"], ["2,000"]]
    assert [cell.position for cell in table.rows[1].cells] == [1]


def test_a_second_header_row_splits_columns() -> None:
    (table,) = page("事業名\t事業費\t財源内訳\n\t\t国庫\t一般財源\n窓口\t10\t4\t6").tables
    assert (len(table.header), len(table.rows)) == (2, 1)


def test_a_header_repeated_inside_a_table_is_no_row() -> None:
    (table,) = page("事業名\t予算額\n窓口\t1,000\n事業名\t予算額\n出張\t2,000").tables
    assert [row.cells[0].text for row in table.rows] == ["窓口", "出張"]


CONTINUED = [
    ("事業名\t予算額\n窓口\t1,000\n- 3 -\n出張\t2,000", True),
    ("（単位：千円）\n事業名\t予算額\n窓口\t1,000\n\n事業名\t予算 額\n出張\t2,000", True),
    ("事業名\t予算額\n窓口\t1,000\n\n事業名\t担当課\t予算額\n出張\t商工課\t2,000", False),
    ("事業名\t予算額\n窓口\t1,000\n\n一\t二\t三\t四\t五\t六", False),
]


@pytest.mark.parametrize(("text", "continued"), CONTINUED)
def test_a_table_goes_on_over_a_page_break(text: str, continued: bool) -> None:
    first, second = page(text).tables
    assert second.continued is continued
    if continued:
        assert [cell.text.replace(" ", "") for cell in second.header[0].cells] == ["事業名", "予算額"]
        assert second.unit == first.unit


def test_a_line_of_many_tabs_is_no_header() -> None:
    (table,) = page("\t".join(f"区分{number}" for number in range(500))).tables
    assert table.header == ()


@given(any_page())
def test_every_tabular_line_is_in_one_table_and_cells_are_slices(text: str) -> None:
    layout = page(text)
    raw = layout.document.lines
    inside = [number for table in layout.tables for number in range(table.line_start, table.line_end + 1)]
    assert len(inside) == len(set(inside))
    covered = {line.number for line in layout.lines if line.tabular and line.raw.strip(" \t|　-:")}
    assert covered <= set(inside)
    for table in layout.tables:
        for row in (*table.header, *table.rows):
            for cell in row.cells:
                assert raw[row.line - 1][cell.start : cell.start + len(cell.text)] == cell.text
                assert 0 <= cell.position < row.width
        assert layout.table_at(table.line_end) == table
