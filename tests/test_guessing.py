"""What a document is, by its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guessing import Guess, guess

CASES: dict[str, tuple[str, Guess]] = {
    "the office signs below the heading": (
        "## 令和9年度当初予算案 主な取組\n\n白磁県経済局 総務課\n\n総額は84億円です。",
        Guess("令和9年度当初予算案 主な取組", "白磁県", "白磁県", "令和9年度", "当初予算"),
    ),
    "a year alone is no title": (
        "令和9年度版\n　　小川市　中小企業のみなさまへ\n　　融資・補助制度のごあんない\n　　　小川市産業観光部商工課\n",
        Guess("融資・補助制度のごあんない", "小川市", "小川市", "令和9年度", "施策一覧"),
    ),
    "a press release's masthead is no title": (
        "　　報　道　発　表　資　料\n　　令和9年11月27日\n　　鳴砂県商工観光部\n\n"
        "　令和9年度　12月補正予算案の概要について\n",
        Guess("令和9年度 12月補正予算案の概要について", "鳴砂県", "鳴砂県", "令和9年度", "補正予算"),
    ),
    "a ministry is the nation's": (
        "<!-- 令和9年度概算要求のポイント（地域未来省 地域企業庁） -->\n\n"
        "# 成長投資支援事業費補助金\n\n令和9年度概算要求額 320億円",
        Guess("令和9年度概算要求のポイント（地域未来省 地域企業庁）", "地域未来省", "国", "令和9年度", "概算要求"),
    ),
    "a supplement in the text is not the budget's stage": (
        "令和9年度　小川市　予算のポイント\n\n1　予算規模\n　9月補正予算で計上した分を含む。\n",
        Guess("令和9年度 小川市 予算のポイント", "小川市", "小川市", "令和9年度", "当初予算"),
    ),
    "a call is a call, whatever budget pays": (
        "# 令和9年度補正予算 設備更新補助金 公募要領\n\n令和9年2月 地域未来省 地域企業局\n",
        Guess("令和9年度補正予算 設備更新補助金 公募要領", "地域未来省", "国", "令和9年度", "公募要領"),
    ),
    "a plan's years are not the year that it tells of": (
        "第2次 小川市産業プラン（令和7年度～令和11年度）\n令和8年度の進捗状況および令和9年度の取組\n\n小川市産業部\n",
        Guess("第2次 小川市産業プラン（令和7年度～令和11年度）", "小川市", "小川市", "令和9年度", "計画"),
    ),
    "a plan that tells of no other year": (
        "小川市産業振興計画（令和7年度から令和11年度）\n\n小川市産業部\n",
        Guess("小川市産業振興計画（令和7年度から令和11年度）", "小川市", "小川市", "令和7年度", "計画"),
    ),
    "the place a text names most": (
        "# 支援策のまとめ\n\n小川市の店が対象です。\n詳しくは小川市の窓口へ。大川町も同じです。\n",
        Guess("支援策のまとめ", "小川市", "小川市", "年度不明", "施策一覧"),
    ),
    "nothing is told": (
        "# 商店街だより\n\n本文",
        Guess("商店街だより", "発行者不明", "地域不明", "年度不明", "段階不明"),
    ),
    "an empty page": ("", Guess("leaflet", "発行者不明", "地域不明", "年度不明", "段階不明")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_what_its_head_says(name: str) -> None:
    text, expected = CASES[name]
    assert guess(tuple(text.split("\n")), "leaflet") == expected


@given(st.lists(st.text(alphabet="令和9年度県市町省庁予算補正# 　\t<!->（）一あaA。", max_size=30), max_size=12))
def test_any_lines_have_a_guess(lines: list[str]) -> None:
    about = guess(tuple(lines), "name")
    assert all((about.title, about.publisher, about.region, about.fiscal_year, about.stage))
    assert "\n" not in about.title
