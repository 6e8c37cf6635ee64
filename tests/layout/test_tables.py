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


NO_ROWS = ["\t\t（単位：千円）", "\t単位 百万円\t", "\t- 12 -", "\t\tp.3"]


@pytest.mark.parametrize("raw", NO_ROWS)
def test_a_caption_or_a_page_number_is_no_row(raw: str) -> None:
    layout = page(f"事業名\t予算額\n窓口\t1,000\n{raw}\n出張\t2,000")
    assert not layout.lines[2].tabular
    assert [row.line for table in layout.tables for row in table.rows] == [2, 4]


def test_a_short_number_is_a_page_number_only_where_nothing_else_stands() -> None:
    layout = page("事業名\t予算額\n窓口\t1,000\n\t40\n\n\t\t7\n\n出張\t2,000\n\t\t\t8")
    assert [line.tabular for line in layout.lines] == [True, True, True, False, False, False, True, True]
    assert [row.line for table in layout.tables for row in table.rows] == [2, 3, 7]


def test_a_row_of_units_belongs_to_the_header() -> None:
    (table,) = page("事業名\t予算額\t前年度\n\t（千円）\t（千円）\n窓口\t10\t4").tables
    assert (len(table.header), len(table.rows)) == (2, 1)


def test_names_that_no_one_knows_head_a_table_of_labels() -> None:
    (table,) = page("項目\tなぎさ\tあらいそ\n融資利率\t1%\t2%\n融資期間\t5年\t7年").tables
    assert [cell.text for cell in table.header[0].cells] == ["項目", "なぎさ", "あらいそ"]


CELLS = [
    ("事業名\t内容\t予算額\n朝市\t出店の補助、\n\n展示\t2,000", ["朝市", "出店の補助、"]),
    (
        "事業名\t内容\t予算額\n灯台\t見学\t5\n朝市\t出店の補助、\n展示の補助\t2,000",
        ["朝市", "出店の補助、\n展示の補助", "2,000"],
    ),
    ("事業名\t内容\t予算額\n灯台\t見学\t5\n朝市\t出店\n湯けむり\t地図", ["湯けむり", "地図"]),
    ('事業名\t予算額\t内容\n朝市\t5\t"出店\n展示"\n', ["朝市", "5", "出店\n展示"]),
    ('事業名\t予算額\t内容\n朝市\t5\t"出店\n', ["朝市", "5", '"出店']),
    ("| 事業名 | 内容 |\n|---|---|\n| 朝市 | 出店<br>展示<br/>研修 |", ["朝市", "出店\n展示\n研修"]),
    ("事業名\t予算額\t国庫\n朝市（再掲）\t(35)\t（12）", ["朝市（再掲）", "35", "12"]),
    ("事業名\t予算額\t国庫\n朝市\t35\t（12）", ["朝市", "35", "（12）"]),
    ("事業名\t予算額\t国庫\n\t(35)\t（12）", ["(35)", "（12）"]),
]


@pytest.mark.parametrize(("text", "last"), CELLS)
def test_cells_are_put_together_again(text: str, last: list[str]) -> None:
    assert [cell.text for cell in page(text).tables[0].rows[-1].cells] == last


SPACED = [
    ("対象者　　　補助率　　補助上限額\n団体　　　　2/3　　　　800万円\n個人　　　　定額　　1,200万円", 3),
    ("対象者　　　補助率　　補助上限額\n団体　　　　2/3　　　　800万円", 0),  # one row
    ("対象者　　　補助率　　補助上限額\n団体　　　　2/3　　　　800万円\n個人　　　　定額", 0),
    ("事業の案内　　　予算額　　　頁\n団体　　　　　　200千円　　　3\n個人　　　　　　100千円　　　4", 3),
    ("朝市　　　　　　24,310千円\n灯台　　　　　　12,000千円\n計　　　　　　　36,310千円", 0),
    ("補助率 2/3　　上限 50万円\n補助率 1/2　　上限 30万円\n補助率 1/3　　上限 20万円", 0),
]


@pytest.mark.parametrize(("text", "rows"), SPACED)
def test_columns_set_apart_by_spaces(text: str, rows: int) -> None:
    assert sum(line.tabular for line in page(text).lines) == rows


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
                for line, start, text in cell.printed(row.line):
                    assert raw[line - 1][start : start + len(text)] == text
                assert "\n".join(text for _, _, text in cell.printed(row.line)) == cell.text
                assert 0 <= cell.position < row.width
        assert layout.table_at(table.line_end) == table
