"""What was lent by year, and figures whose program is named elsewhere."""

from __future__ import annotations

from invented import read

from assistant.records import FactKind

_RESULTS = """５　融資実績
（単位：件、百万円）
\t浜辺資金\t\t山里資金\t\t合計\t
年度\t件数\t金額\t件数\t金額\t件数\t金額
令和２年度\t418\t1,902\t96\t844\t514\t2,746
令和３年度\t305\t1,660\t143\t917\t448\t2,577

６　予算額
（単位：千円）
区分\t浜辺資金\t山里資金\t合計
預託金\t6,000\t2,500\t8,500
"""


def test_what_was_lent_is_told_by_fund_and_year() -> None:
    told = {
        (fact.program, fact.fiscal_year, fact.kind, fact.condition): fact.number or fact.yen
        for fact in read(_RESULTS).facts
    }
    assert told["浜辺資金", "令和2年度", FactKind.COUNT, "融資実績"] == 418
    assert told["山里資金", "令和3年度", FactKind.OTHER, "融資実績"] == 917_000_000
    assert told["合計", "令和2年度", FactKind.COUNT, "融資実績"] == 514


_LIST = """## 設備投資

| 補助金の名称 | 補助率 | 上限額 |
| --- | --- | --- |
| 【拡充】太陽光設置補助金 | 1/3 | 75万円 |
| 診断補助金 | 1/2 | 10万円 |

※ 拡充：蓄電池の上限額を令和6年度の50万円から75万円に引き上げました。
"""


def test_a_note_on_what_was_extended_is_of_the_program_with_that_mark() -> None:
    noted = [fact for fact in read(_LIST, year="令和7年度").facts if fact.line_start == 8]
    assert {fact.program for fact in noted} == {"太陽光設置補助金"}
    assert [(fact.text, fact.kind, fact.fiscal_year) for fact in noted] == [
        ("50万円", FactKind.SUBSIDY_LIMIT, "令和6年度"),
        ("75万円", FactKind.SUBSIDY_LIMIT, "令和7年度"),
    ]
