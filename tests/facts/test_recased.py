"""Whose case a figure is of, by the words and the other figures of its line."""

from __future__ import annotations

import pytest
from invented import read

from assistant.records import RAISED, FactKind

_TITLE = "## 販路開拓補助金\n\n"
_GRANTED = (
    FactKind.SUBSIDY_RATE,
    FactKind.SUBSIDY_LIMIT,
    FactKind.LIMIT_ADDITION,
    FactKind.LOAN_RATE,
    FactKind.GUARANTEE_RATE,
)


@pytest.mark.parametrize(
    ("line", "cases"),
    [
        (
            "- 補助上限：30万円（2者以上の共同申請は1者あたり20万円、合計100万円まで）",
            {"20万円": "共同申請", "100万円": "共同申請、合計"},
        ),
        (
            "- 補助率・上限　団体 2/3（上限300万円）、グループ 1/2（上限150万円）",
            {"300万円": "団体", "150万円": "グループ"},
        ),
        ("- 出展料の2分の1（上限：国内10万円、海外20万円）を補助します。", {"10万円": "国内", "20万円": "海外"}),
        ("- 補助率　1/2（常時使用する従業員が20人を超える場合は1/3）", {"1/3": "常時使用する従業員が20人を超える場合"}),
        (
            "- 賃料の補助　1年目は賃料の全額、2年目は2分の1、3年目は4分の1",
            {"全額": "1年目", "2分の1": "2年目", "4分の1": "3年目"},
        ),
        ("- 補助の対象と額　組合全体の補助上限額は1億円です。", {"1億円": "組合全体"}),
        ("- 融資利率：年1.30%（当初３年間は県が0.50%を利子補給し、実質年0.80%）", {"0.80%": "当初３年間、実質"}),
    ],
)
def test_a_figure_is_of_the_case_that_its_line_names(line: str, cases: dict[str, str]) -> None:
    told = {fact.text: fact.condition for fact in read(f"{_TITLE}{line}\n").facts if fact.kind in _GRANTED}
    assert {text: told.get(text) for text in cases} == cases


_FUNDS = """山辺県中小企業制度融資のご案内　令和7年度

【資金一覧】
資金名\t融資対象\t融資限度額\t融資利率（年）\t信用保証料率（年）
振興資金\t県内の中小企業者\t3,000万円\t1.90％\t0.45～1.90％
小口資金\t小規模企業者\t2,000万円\t1.60％\t0.50～2.20％

［注1］ 法人が経営者保証を提供しない場合は、表の保証料率に0.25％又は0.45％を上乗せします。
"""


def test_a_note_to_a_list_of_funds_is_of_the_whole_scheme() -> None:
    noted = [fact for fact in read(_FUNDS, year="令和7年度").facts if fact.line_start == 8]
    assert [(fact.text, fact.kind, fact.note) for fact in noted] == [
        ("0.25％", FactKind.GUARANTEE_RATE, RAISED),
        ("0.45％", FactKind.GUARANTEE_RATE, RAISED),
    ]
    assert all(fact.program.startswith("山辺県中小企業制度融資") for fact in noted)
