"""Labels set apart by tabs are fields, rows of tables stay rows; one unit behind two amounts is that of both."""

import pytest

from assistant.figures import find_figures
from assistant.layout.label_rows import with_label_rows
from assistant.layout.lines import read_lines
from assistant.layout.spaced import with_spaced_tables
from assistant.programs.amounts import read_amount_line

FIELDS = (
    "対象者\t市内の小売店",
    "補助率\t1/2以内（小規模企業者は 2/3以内）",
    "上限額\t30万円",
    "\t※　町並み地区の店は 45万円",
    "審　査\t書類による",
)
COLUMNS = ("項目\t内容", "補助率\t1/2以内", "上限額\t30万円", "受付期間\t随時")
TABLE = ("区　分\t補助率\t上限額", "改修\t1/2\t30万円", "看板\t1/3\t10万円")


def tabular(lines):
    return [line.number for line in with_label_rows(read_lines(lines)) if line.tabular]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (FIELDS, []),
        (COLUMNS, [1, 2, 3, 4]),
        (TABLE, [1, 2, 3]),
        ((*FIELDS[:1], *TABLE, "受付期間\t随時"), [2, 3, 4]),
        ((*FIELDS, "", "対象者\t市内の宿", *TABLE), [8, 9, 10]),
        (("予算\t1,200", "前年度\t900"), [1, 2]),
        ((), []),
    ],
)
def test_labels_with_what_they_say_are_no_rows(lines, rows):
    assert tabular(lines) == rows


def test_a_field_keeps_its_line_as_printed():
    read = with_label_rows(read_lines(FIELDS))
    assert [line.raw for line in read] == list(FIELDS)
    assert read[1].body == "補助率　1/2以内（小規模企業者は 2/3以内）"
    assert read[3].marker("※")


def test_groups_with_headings_stand_in_one_table_of_spaces():
    lines = (
        "事　項　　　　　　　　　　　　８年度要求額　（７年度当初予算額）",
        "",
        "Ⅰ　食と農",
        "　１　地場食材への切替え対策　　　3,850　　　（2,420）",
        "　　　小　計　　　　　　　　　　　3,850　　　（2,420）",
        "",
        "Ⅱ　輸出",
        "　２　輸出産地の育成事業　　　　　6,215　　　（5,080）",
        "（注）四捨五入による。",
    )
    assert [line.number for line in with_spaced_tables(read_lines(lines)) if line.tabular] == [1, 4, 5, 8]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("機械の導入　2,650（1,720）百万円", [("2,650", 2_650_000_000), ("1,720", 1_720_000_000)]),
        ("診断　180（　－　）百万円【新規】", [("180", 180_000_000)]),
        ("計画づくり　12（3）千円", [("12", 12_000), ("3", 3_000)]),
        ("事業(1)百万円", []),
        ("1,500（うち国費 700）万円", []),
        ("定員30（増員）人、5万円", [("5万円", 50_000)]),
    ],
)
def test_two_amounts_share_the_unit_behind_them(text, amounts):
    assert [(one.text, one.yen) for one in find_figures(text) if one.yen is not None] == amounts


@pytest.mark.parametrize(
    ("line", "label", "yen"),
    [
        ("【令和８年度予算概算要求額　3,850（2,420）百万円】", "概算要求額", 3_850_000_000),
        ("［当初予算額　1,200千円］", "予算額", 1_200_000),
        ("【令和７年度事業費 9,000千円】", "事業費", 9_000_000),
    ],
)
def test_a_budget_in_brackets_of_its_own_is_no_name(line, label, yen):
    found = read_amount_line(line)
    assert found is not None
    assert (found.name, found.label, found.figure.yen) == ("", label, yen)
