"""Guides, menus and tables of discounts: what belongs to which program, and in which case it holds."""

from __future__ import annotations

import pytest
from invented import read

from assistant.records import LOWERED, FactKind

GUIDE = """令和5年度 事業者ガイド

P2　店舗改装補助金【拡充】
■対象者　(1)港の区域で営む者　(2)区域の外で営む者
■補助率　(1) 1/2　(2) 1/3
■補助内容
　・内装工事：1/2（上限50万円）
　・厨房設備：1/3（上限30万円）
■申込期間　令和5年5月1日から6月30日まで
■問い合わせ　商工課 商業係（電話 088-111-2222）

P3　港町創業補助金
■対象者　港町で創業する者
■上限額　80万円
■問い合わせ　商工課 088-111-3333

昨年度からの主な変更点
・店舗改装補助金：上限額を40万円から50万円に引上げ
"""

DISCOUNTS = """１　利率の優遇

次の方は、表の利率から下記の率を差し引きます。

優遇区分\t引下げ幅\t必要な書類
健康経営の宣言をした企業\t0.10%\t宣言書
県内への本社移転企業\t0.30%\t登記簿
"""

MENU = """# 商工会議所の支援

- 専門家派遣：年3回まで無料
- 特別相談室：毎月第1火曜
- 公庫融資の推薦：無担保。限度額2,000万円
"""


@pytest.mark.parametrize("text", [GUIDE, GUIDE.replace("P2　", "").replace("P3　", "")])
def test_a_page_of_a_guide_begins_with_a_name_over_marked_fields(text: str) -> None:
    reading = read(text)
    assert [program.program for program in reading.programs] == ["店舗改装補助金", "港町創業補助金"]
    assert reading.programs[0].contacts == ("商工課 商業係 088-111-2222",)
    told = {(fact.line_start, fact.text, fact.condition, fact.note) for fact in reading.facts if "/" in fact.text}
    assert told == {
        (5, "1/2", "(1)", "(1)＝港の区域で営む者"),
        (5, "1/3", "(2)", "(2)＝区域の外で営む者"),
        (7, "1/2", "内装工事", None),
        (8, "1/3", "厨房設備", None),
    }
    limits = [fact for fact in reading.facts if fact.kind is FactKind.SUBSIDY_LIMIT]
    assert [(fact.text, fact.program, fact.condition) for fact in limits] == [
        ("50万円", "店舗改装補助金", "内装工事"),
        ("30万円", "店舗改装補助金", "厨房設備"),
        ("80万円", "港町創業補助金", None),
        ("40万円", "店舗改装補助金", "見直し前"),
        ("50万円", "店舗改装補助金", None),
    ]


def test_a_table_of_discounts_lowers_the_rate_that_the_words_above_name() -> None:
    facts = [fact for fact in read(DISCOUNTS).facts if fact.kind is FactKind.LOAN_RATE]
    assert [(fact.program, fact.text, fact.condition, fact.note) for fact in facts] == [
        ("利率の優遇", "0.10%", "健康経営の宣言をした企業", LOWERED),
        ("利率の優遇", "0.30%", "県内への本社移転企業", LOWERED),
    ]


def test_the_lines_of_a_menu_are_its_services() -> None:
    told = [(fact.kind.value, fact.text, fact.subprogram) for fact in read(MENU).facts]
    assert told == [("count", "3回", "専門家派遣"), ("loan_limit", "2,000万円", "公庫融資の推薦")]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("市が1/2補給", [("subsidy_rate", "1/2", "保証料率（市が補給）")]),
        ("県が全額補給", [("subsidy_rate", "全額", "保証料（県が補給）")]),
        (
            "1～4号 0.8% 5号 0.7%",
            [("guarantee_rate", "0.8%", "1～4号"), ("guarantee_rate", "0.7%", "5号")],
        ),
        ("0.40%～1.50% ※1", [("guarantee_rate", "0.40%～1.50%", None)]),
    ],
)
def test_what_a_cell_says_of_a_guarantee(cell: str, said: list[tuple[str, str, str | None]]) -> None:
    table = f"資金名\t限度額\t利率\t保証料率\n漁船更新資金\t500万円\t1.5%\t{cell}\n製氷資金\t300万円\t1.2%\t0.3%"
    facts = [fact for fact in read(table).facts if fact.line_start == 2][2:]
    assert [(fact.kind.value, fact.text, fact.condition) for fact in facts] == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("蓄電池の上限額を30万円から50万円に引き上げました。", [("30万円", "蓄電池、見直し前"), ("50万円", "蓄電池")]),
        ("本事業の上限額を30万円から50万円に引き上げました。", [("30万円", "見直し前"), ("50万円", None)]),
    ],
)
def test_a_limit_that_was_changed_is_of_what_its_sentence_names(
    sentence: str, said: list[tuple[str, str | None]]
) -> None:
    facts = read(f"## 蓄電設備補助金\n\n**補助率**　1/2\n\n{sentence}\n").facts
    assert [(fact.text, fact.condition) for fact in facts if fact.kind is FactKind.SUBSIDY_LIMIT] == said


LEAFLET = """融資のしおり

◆ 港町普通資金
　■ 使　途　運転資金・設備資金
　■ 限度額　５，０００万円（組合 ８，０００万円）
　■ 期間及び利率
　　　５年以内　１．５０％　　７年以内　１．７０％
　■ 保証料　０．４０％（県が全額補助）

◆ 港町経営安定資金
　　【災害枠】罹災証明を受けた方
　　　限度額 ８，０００万円　利率 ０．９０％　期間 １０年以内
"""


def test_a_leaflet_of_funds_tells_each_rate_with_its_length_and_its_part() -> None:
    found = {(fact.text, fact.kind, fact.program, fact.subprogram, fact.condition) for fact in read(LEAFLET).facts}
    plain, safe = "港町普通資金", "港町経営安定資金"
    assert {
        ("５，０００万円", FactKind.LOAN_LIMIT, plain, None, None),
        ("８，０００万円", FactKind.LOAN_LIMIT, plain, None, "組合"),
        ("１．５０％", FactKind.LOAN_RATE, plain, None, "５年以内"),
        ("１．７０％", FactKind.LOAN_RATE, plain, None, "７年以内"),
        ("０．４０％", FactKind.GUARANTEE_RATE, plain, None, None),
        ("０．９０％", FactKind.LOAN_RATE, safe, "災害枠", None),
        ("１０年", FactKind.LOAN_TERM, safe, "災害枠", None),
    } <= found
