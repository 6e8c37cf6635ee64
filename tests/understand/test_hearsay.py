"""Who told the asker of a program is not asked about."""

from __future__ import annotations

import pytest

from assistant.understand.hearsay import without_hearsay

TOLD: list[tuple[str, str]] = [
    ("青森の地域企業支援課で聞いた、クラフトの販売の額は", "青森のクラフトの販売の額は"),
    ("雇用対策課の人に教わった職業訓練の予算は", "職業訓練の予算は"),
    ("山形県の貿易振興課がやっている若手の海外展開の額は", "山形県の若手の海外展開の額は"),
    ("岩手県の経営支援課に電話したら教えてくれた、承継の補助率は", "岩手県の承継の補助率は"),
    ("高瀬市の商工振興課で紹介された空き店舗の家賃の上限は", "高瀬市の空き店舗の家賃の上限は"),
    ("商工会の人が言ってた下請の情報提供、いくら", "下請の情報提供、いくら"),
]
ASKED = [
    "労政課が担当する事業は?",
    "貿易振興課の予算の合計は?",
    "地域企業支援課が担当する商店街の事業を全部",
    "雇用対策課で一番予算が大きい事業は?",
    "商工会で上限50万円と聞いたけど本当?",
    "次世代産業課が担当していますか",
    "新産業創出室の担当3本 予算計",
]


@pytest.mark.parametrize(("question", "rest"), TOLD)
def test_who_told_of_it_is_left_out(question, rest):
    assert without_hearsay(question) == rest


@pytest.mark.parametrize("question", ASKED)
def test_an_office_that_is_asked_about_stays(question):
    assert without_hearsay(question) == question
