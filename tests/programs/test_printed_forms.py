"""Programs of documents whose columns are set by spaces: fields, halves, outlines, and rows that a number begins."""

import pytest

from assistant.ingest import Reading, read_document
from assistant.layout.halves import halves_of
from assistant.records import Document

NUMBERED = """事業一覧
(金額の単位：千円)

目標１　店を増やす

No.\t事業名\tR7\tR6\t内容\tKPI（R9）\t担当
1\t空き蔵改修補助金\t3,200\t2,854\t改修への補助（補助率1/2）\t開店 年30件\t商業課
2\t＜新＞見本市出展事業\t4,620\t\t共同出展\t商談 累計1,500件\t商業課
3\t灯り設置応援
\tプログラム\t2,875\t2,875\t街灯の設置\t点灯率 95%\t商業課
4\t＜終＞花飾り普及事業\t\t1,430\t花の配布\t－\t商業課
5\t水辺の融資
\t　①舟小屋資金\t12,400\t13,900\t限度額800千円\t－\t金融課
\t　②桟橋資金\t1,050\t980\t限度額350千円
6\t橋の見守り事業\t890\t745\t点検\t点検 年12回\t商業課
小　計\t\t25,035\t22,784
"""

NAMED = """令和６年度　主要事業の概要

（注）予算額の単位は千円。（　）内は令和５年度当初予算額。

┌ １ 町の店を守る ┐

事 業 名   【新】空き蔵改修事業費
予 算 額   126,400  （  －  ）
財源内訳   国庫 63,200   諸収入 －   一般財源 63,200
担当課室   商業支援室  店づくり班   TEL 099-211-2742
目  的     蔵を店にする。
内  容     (1) 改修補助金   121,600
               ・補 助 率  １／２以内
           (2) 相談員の派遣   4,800

事 業 名   水産品等販路
           回 復 事 業 費
予 算 額   24,750  （36,100）
財源内訳   国庫 12,375   諸収入 －   一般財源 12,375
内  容     ・商談会の開催     9,750
           ・輸出先開拓補助  補助率３／４以内、限度額 １，５００千円    15,000

事 業 名   中小企業貸付金
予 算 額   35,600,000  （39,100,000）
内  容     資  金  名            限度額        期 間(うち据置)     年 利
           一般資金             80,000     10年以内(１年)     2.15%以内
           小口資金             20,000     10年以内(１年)     1.75%以内

┌ ４ 再 掲 ┐

事 業 名   【再掲】空き蔵改修事業費（１の再掲）
予 算 額   (126,400)
"""

HALVES = """早わかり

県の支援策                                       会議所の支援策

①蔵の復活応援給付金                             ③小さな店の助成金
 対象 売上が３０％以上減った店                   対象 会員で従業員５人以下
 上限 ２０万円                                   助成率 ２／３
 締切 令和４年７月２９日                         上限   ３０万円

②町かど進出補助金                              ④記帳サポート
 対象 県内中小企業                               対象 会員
 補助率 ２／３                                   予約 電話で

------------------------------------------------------------
 主な補助金（抜粋）
                         上限         補助率        締切
 ものづくり補助金 (一般型)
   通常枠             1,250万円        1/2          ８／１８
   緑の枠             2,000万円        2/3          ８／１８
 持続化補助金
   通常枠                50万円        2/3          随時
   継ぐ枠               600万円        2/3 （赤字の店は 3/4）
"""


def read(text: str, year: str = "令和7年度") -> Reading:
    lines = tuple(text.splitlines())
    return read_document(Document("d", "事業一覧", "県", "県", year, "施策一覧", "", lines))


def told(reading: Reading) -> set[tuple[str, str, str]]:
    return {(fact.program, fact.kind.value, fact.text) for fact in reading.facts}


def test_rows_with_their_numbers_have_whole_names_and_end_the_group_above() -> None:
    found = read(NUMBERED)
    programs = {program.program: program for program in found.programs}
    assert [name for name in programs if name != "小計"] == [
        "空き蔵改修補助金",
        "見本市出展事業",
        "灯り設置応援プログラム",
        "花飾り普及事業",
        "舟小屋資金",
        "桟橋資金",
        "橋の見守り事業",
    ]
    assert programs["桟橋資金"].section[-1] == "水辺の融資"
    assert programs["橋の見守り事業"].section[-1] == "目標１ 店を増やす"
    flags = {fact.program: fact.flags for fact in found.facts if fact.kind.value.startswith("budget")}
    assert (flags["見本市出展事業"], flags["花飾り普及事業"]) == (("新規",), ("終了",))


@pytest.mark.parametrize(
    "fact",
    [
        ("空き蔵改修補助金", "budget", "3,200"),
        ("空き蔵改修補助金", "budget_previous", "2,854"),
        ("空き蔵改修補助金", "target", "30件"),
        ("見本市出展事業", "target", "1,500件"),
        ("灯り設置応援プログラム", "budget", "2,875"),
        ("桟橋資金", "budget_previous", "980"),
    ],
)
def test_amounts_before_a_column_of_aims_are_budgets(fact: tuple[str, str, str]) -> None:
    assert fact in told(read(NUMBERED))


def test_fields_set_apart_by_spaces_make_a_page_of_each_name() -> None:
    found = read(NAMED, "令和6年度")
    assert [program.program for program in found.programs] == [
        "空き蔵改修事業費",
        "水産品等販路回復事業費",
        "中小企業貸付金",
    ]
    assert found.programs[0].departments == ("商業支援室", "店づくり班")
    assert {
        ("空き蔵改修事業費", "budget", "126,400"),
        ("空き蔵改修事業費", "funding_national", "63,200"),
        ("空き蔵改修事業費", "breakdown", "121,600"),
        ("空き蔵改修事業費", "subsidy_rate", "１／２"),
        ("水産品等販路回復事業費", "budget_previous", "36,100"),
        ("水産品等販路回復事業費", "breakdown", "15,000"),
        ("水産品等販路回復事業費", "subsidy_limit", "１，５００千円"),
        ("中小企業貸付金", "loan_limit", "20,000"),
        ("中小企業貸付金", "loan_rate", "1.75%"),
    } <= told(found)


def test_each_of_two_columns_is_read_by_itself() -> None:
    found = read(HALVES, "令和4年度")
    assert {program.program for program in found.programs} == {
        "蔵の復活応援給付金",
        "小さな店の助成金",
        "町かど進出補助金",
        "記帳サポート",
        "ものづくり補助金 (一般型)",
        "持続化補助金",
    }
    assert {
        ("蔵の復活応援給付金", "subsidy_limit", "２０万円"),
        ("小さな店の助成金", "subsidy_limit", "３０万円"),
    } <= told(found)
    assert ("蔵の復活応援給付金", "subsidy_limit", "３０万円") not in told(found)


def test_every_figure_of_a_half_stands_where_it_is_printed() -> None:
    lines = HALVES.splitlines()
    for fact in read(HALVES, "令和4年度").facts:
        start = int(fact.fact_id.rsplit(":", 1)[1])
        assert lines[fact.line_start - 1][start:].startswith(fact.text)
        assert fact.quote in lines[fact.line_start - 1]


def test_rows_below_names_and_an_empty_column_are_kinds_of_these() -> None:
    facts = {(f.program, f.condition, f.kind.value, f.text) for f in read(HALVES, "令和4年度").facts}
    assert {
        ("ものづくり補助金 (一般型)", "緑の枠", "subsidy_limit", "2,000万円"),
        ("持続化補助金", "通常枠", "subsidy_limit", "50万円"),
        ("持続化補助金", "継ぐ枠", "subsidy_rate", "2/3"),
    } <= facts


@pytest.mark.parametrize(
    "text",
    [
        "①給付金          ⑤助成金\n対象 店          対象 会社",  # no two lines of marks
        "１ 名前                          2,000円\n２ 名前                          3,000円",
        "目次\n１ 給付金                        ３ 助成金\n２ 補助金                        ４ 相談\n",  # no fields
    ],
)
def test_other_texts_have_no_halves(text: str) -> None:
    assert halves_of(text.splitlines()) is None
