"""Cells that run over lines fill up one row; titles, whole rows and short rows stay as they are."""

import pytest

from assistant.layout.feeds import with_fed_rows
from assistant.layout.lines import read_lines
from assistant.layout.tables import read_tables

HEAD = "枠\t補助上限額\t補助率\t実施期間"


def rows(*lines: str) -> list[list[str]]:
    tables = read_tables(with_fed_rows(read_lines((HEAD, *lines))))
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "小舟枠\t5人以下　70万円",
                "6～9人　80万円",
                "10人以上　90万円\t1/2",
                "（特例 2/3）\t決定日から",
                "10か月以内",
            ),
            [
                [
                    "小舟枠",
                    "5人以下　70万円\n6～9人　80万円\n10人以上　90万円",
                    "1/2\n（特例 2/3）",
                    "決定日から\n10か月以内",
                ]
            ],
        ),
        (
            ("船団枠", "（2～5者）\t1者300万円", "合計 900万円\t2/3\t14か月以内", "灯り枠\t50万円\t1/2\t1年"),
            [
                ["船団枠\n（2～5者）", "1者300万円\n合計 900万円", "2/3", "14か月以内"],
                ["灯り枠", "50万円", "1/2", "1年"],
            ],
        ),
    ],
)
def test_lines_inside_cells_fill_up_their_row(lines: tuple[str, ...], expected: list[list[str]]) -> None:
    assert rows(*lines)[: len(expected)] == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("一般の部", "小舟枠\t70万円\t1/2\t1年", "船団枠\t90万円\t2/3\t1年"),
        ("小舟枠\t70万円", "船団枠\t90万円\t2/3", "灯り枠\t50万円\t1/2\t1年"),
    ],
)
def test_titles_and_short_rows_are_not_joined(lines: tuple[str, ...]) -> None:
    assert not [line.number for line in with_fed_rows(read_lines((HEAD, *lines))) if line.quoted]
