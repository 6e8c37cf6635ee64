"""Lines as printed and as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from invented import any_page, cases

from assistant.layout import read_label
from assistant.layout.lines import read_lines

LABELS = [
    ("[趣 旨]", "aim", "趣旨", ""),
    ("【事業内容】", "content", "事業内容", ""),
    ("事業目的・概要", "aim", "事業目的・概要", ""),
    ("成果目標", "target", "成果目標", ""),
    ("（問合せ先）", "contact", "問合せ先", ""),
    ("問合せ先：", "contact", "問合せ先", ""),
    ("【補助率】 2/3", "condition", "補助率", "2/3"),
    ("条件（対象者、対象行為、補助率等）", "condition", "条件(対象者、対象行為、補助率等)", ""),
    ("HP掲載先 今後掲載予定", "link", "HP掲載先", "今後掲載予定"),
]
NOT_LABELS = [
    "【対象】の方",
    "① 概要",
    "(1) 目的",
    "1 概要",
    "事業内容を変更する場合、",
    "【ものづくり】4,500万円",
    "概要\t予算額",
    "",
    "趣",
]


@pytest.mark.parametrize(("raw", "markers", "body", "indent", "tabular"), cases("lines"))
def test_a_line_is_its_markers_and_its_body(
    raw: str, markers: list[str], body: str, indent: int, tabular: bool
) -> None:
    (line,) = read_lines((raw,))
    assert [marker.kind for marker in line.markers] == markers
    assert (line.body, line.indent, line.tabular) == (body, indent, tabular)


@pytest.mark.parametrize(("raw", "role", "name", "rest"), LABELS)
def test_labels(raw: str, role: str, name: str, rest: str) -> None:
    label = read_label(read_lines((raw,))[0])
    assert label is not None
    assert (label.role, label.name, label.rest) == (role, name, rest)


@pytest.mark.parametrize("raw", NOT_LABELS)
def test_other_lines_are_no_labels(raw: str) -> None:
    assert read_label(read_lines((raw,))[0]) is None


def test_a_numbering_marker_has_its_number() -> None:
    lines = read_lines(("(12) 設備枠", "３ 創業の支援", "④研究", "- 箇条書き"))
    assert [line.markers[0].number for line in lines] == [12, 3, 4, None]


@given(any_page())
def test_no_line_is_lost_and_numbers_count_from_one(text: str) -> None:
    raw = tuple(text.split("\n"))
    lines = read_lines(raw)
    assert tuple(line.raw for line in lines) == raw
    assert [line.number for line in lines] == list(range(1, len(raw) + 1))
    assert all(line.tabular or line.body == "" or line.raw.strip() for line in lines)
