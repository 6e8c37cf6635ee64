"""Rows whose cells run over lines, the notes to their marks, costs, cases and rounds beside them."""

from __future__ import annotations

import pytest
from invented import read

_TITLE = "## 入江みらい補助金\n\n"
_FRAMES = (
    "枠・類型\t補助上限額\t補助率\t実施期間",
    "小舟枠\t従業員５人以下　　70万円",
    "６～20人　　120万円",
    "21人以上　　160万円\t１／２",
    "（若者特例 ２／３）\t交付決定日から",
    "10か月以内",
    "船団枠",
    "（２～５者）\t１者あたり300万円",
    "船団合計 900万円※1\t２／３\t同14か月以内",
    "灯り枠\tランプ　150万円",
    "ランタン　250万円",
    "灯台　400万円\t１／２※2\t同12か月以内",
    "下限額（各枠共通）\t10万円\t―\t―",
    "※1　第１次公募では船団合計800万円。",
    "※2　灯台は油を年３％以上減らす計画を有する者に限り２／３。",
)
_COSTS = (
    "- 補助上限額　300万円",
    "",
    "区分\t内容\t上限等",
    "機械費\t機械の購入\t単価50万円以上が必須",
    "技術費\t権利の導入\t補助対象経費総額の１／３",
    "専門家費\t謝金\t１日５万円、総額の１／２",
)


def told(*lines: str) -> set[tuple[str, str, str | None, str | None]]:
    found = read(_TITLE + "\n".join(lines)).facts
    return {(fact.text, fact.kind.value, fact.subprogram, fact.condition) for fact in found}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            _FRAMES,
            {
                ("120万円", "subsidy_limit", "小舟枠", "従業員６～20人"),
                ("160万円", "subsidy_limit", "小舟枠", "従業員21人以上"),
                ("２／３", "subsidy_rate", "小舟枠", "若者特例"),
                ("300万円", "subsidy_limit", "船団枠", None),
                ("900万円", "subsidy_limit", "船団枠", "船団合計"),
                ("400万円", "subsidy_limit", "灯り枠", "灯台"),
                ("10万円", "other", None, "下限額（各枠共通）"),
                ("800万円", "subsidy_limit", "船団枠", "第１次公募、船団合計"),
                ("２／３", "subsidy_rate", "灯り枠", "灯台、油を年３％以上減らす計画を有する者"),
            },
        ),
        (_COSTS, {("１／３", "other", None, "技術費"), ("５万円", "other", None, "専門家費")}),
        (
            ("・「船団枠」の補助上限額を800万円から900万円に引き上げました。",),
            {("800万円", "subsidy_limit", "船団枠", "見直し前"), ("900万円", "subsidy_limit", "船団枠", None)},
        ),
        (
            ("- 補助率３分の２、上限150万円を200万円に引き上げ",),
            {("150万円", "subsidy_limit", None, "見直し前"), ("200万円", "subsidy_limit", None, None)},
        ),
        (
            ("- 上限　　１事業者当たり100万円。ただし、従業員が20人以下（小売業は５人以下）", "  の場合は 50万円"),
            {("50万円", "subsidy_limit", None, "従業員が20人以下（小売業は５人以下）")},
        ),
        (
            ("- 補給割合　全額　（８月末までの申込分。９月以降は２分の１）",),
            {("全額", "subsidy_rate", None, None), ("２分の１", "subsidy_rate", None, "９月以降")},
        ),
        (
            ("加点項目（最大２項目）", "ア　承認を受けた計画", "イ　給与を年率２％以上増加させる計画"),
            {("２％", "other", None, "加点項目")},
        ),
        (("- 補助下限　20万円",), {("20万円", "other", None, None)}),
    ],
)
def test_figures_are_of_the_part_and_the_case_that_the_page_says(
    lines: tuple[str, ...], expected: set[tuple[str, str, str | None, str | None]]
) -> None:
    assert expected <= told(*lines)


def test_a_chapter_ends_the_part_above_it_and_what_names_no_part_is_none() -> None:
    found = told(
        "第１章　内容", "１．船団の特例", "　上限額　300万円", "第２章　要件", "３．対象とならない者（大企業等）",
        "(1) 所得が15億円を超える者", "③ 最低賃金を地域の額＋30円以上", "　給与を２％以上増加",
    )  # fmt: skip
    assert {part for text, _, part, _ in found if text != "300万円"} <= {None}
