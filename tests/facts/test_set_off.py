"""What stands set off before a figure, and the topic of a note, say of which case it is."""

from __future__ import annotations

import pytest
from invented import read

from assistant.records import FactKind

_GIVEN = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.PERIOD)


def _told(page: str, title: str = "## 灯台活用補助金\n\n") -> dict[str, tuple[str, str | None]]:
    facts = read(f"{title}{page}\n").facts
    return {fact.text: (fact.kind.value, fact.condition) for fact in facts if fact.kind in _GIVEN}


@pytest.mark.parametrize(
    ("page", "rates", "limits"),
    [
        (
            "【支援】　桟橋の整備　補助率　1/2以内　上限　２,０００万円\n"
            "　　　　　塗装のみ　補助率　1/3以内　上限　３００万円",
            {"1/2": "桟橋の整備", "1/3": "塗装のみ"},
            {"２,０００万円": "桟橋の整備", "３００万円": "塗装のみ"},
        ),
        (
            "○灯具の更新　補助率 1/2　上限 300万円（離島地域は 2/3、上限 400万円）",
            {"1/2": "灯具の更新", "2/3": "灯具の更新、離島地域"},
            {"300万円": "灯具の更新", "400万円": "灯具の更新、離島地域"},
        ),
        (
            "　展望台の整備（補助率 1/2以内、上限 5,000万円）、案内船（補助率 1/3以内、上限 1,000万円）を支えます。",
            {"1/2": "展望台の整備", "1/3": "案内船"},
            {"5,000万円": "展望台の整備", "1,000万円": "案内船"},
        ),
        ("　個人　最大10万円　　　　　　上限　30万円", {}, {"30万円": None}),
        ("補助対象：組合　　補助率：1/2　上限：100万円", {"1/2": None}, {"100万円": None}),
    ],
)
def test_the_words_set_off_before_a_rate_or_a_limit_are_its_case(
    page: str, rates: dict[str, str | None], limits: dict[str, str | None]
) -> None:
    expected = {text: ("subsidy_rate", case) for text, case in rates.items()}
    expected |= {text: ("subsidy_limit", case) for text, case in limits.items()}
    told = _told(page)
    assert {text: told.get(text) for text in expected} == expected


def test_a_share_an_amount_and_a_time_behind_a_name_are_what_is_paid_of_it() -> None:
    assert _told("・島での家賃　　1/2　月２万円まで　最長６か月\n　回線料　1/3　月額５万円まで　３年間") == {
        "1/2": ("subsidy_rate", "島での家賃"),
        "２万円": ("subsidy_limit", "島での家賃"),
        "６か月": ("period", "島での家賃"),
        "1/3": ("subsidy_rate", "回線料"),
        "５万円": ("subsidy_limit", "回線料"),
        "３年間": ("period", "回線料"),
    }


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "補助率　1/2\n※ 小規模企業者（従業員20人以下）は、補助率を ２／３ とする（灯具枠は ３／４）。",
            {
                "２／３": ("subsidy_rate", "小規模企業者（従業員20人以下）"),
                "３／４": ("subsidy_rate", "小規模企業者（従業員20人以下）、灯具枠"),
            },
        ),
        (
            "※ 中小企業者が行う導入は 2/3以内（補助上限 8,000万円）、それ以外の者は 1/2以内（補助上限 9,000万円）",
            {
                "2/3": ("subsidy_rate", "中小企業者が行う導入"),
                "8,000万円": ("subsidy_limit", "中小企業者が行う導入"),
                "9,000万円": ("subsidy_limit", "それ以外の者"),
            },
        ),
        (
            "対象者\t漁業者\n補助率\t1/2以内\n上限額\t30万円\n\t※　離島（沖の島）の店舗は 45万円\n予　算\t1,200万円",
            {"45万円": ("subsidy_limit", "離島（沖の島）の店舗")},
        ),
        (
            "対象者\t漁業者\n補助率\t1/2以内\n上限額\t国内 20万円、海外 50万円\n"
            "\t（同じ年度に１回限り。団体は国内でも 40万円まで）\n予　算\t900万円",
            {"40万円": ("subsidy_limit", "団体、国内")},
        ),
        (
            "灯具　１／２　上限 ５０万円\n※３０人以下の企業は灯具の助成率を２／３に引上げ",
            {"２／３": ("subsidy_rate", "３０人以下の企業、灯具")},
        ),
        ("対象者\t漁業者\n\t※　離島の店舗は 45万円", {"45万円": None}),
    ],
)
def test_a_note_is_of_those_whom_its_topic_names(page: str, expected: dict[str, tuple[str, str] | None]) -> None:
    told = _told(page)
    assert {text: told.get(text) for text in expected} == expected


@pytest.mark.parametrize(
    ("page", "limits"),
    [
        ("補助率　３／４　　上限　20万円　　下限　５万円", {"20万円"}),
        ("上限額　100万円\n下限額　補助金額が10万円に満たないものは対象外", {"100万円"}),
        ("上限額　100万円\n令和４年度実績　申請 23件　採択 11件　交付額 17,640千円", {"100万円"}),
    ],
)
def test_the_least_amount_and_what_was_paid_are_no_limit(page: str, limits: set[str]) -> None:
    assert {text for text, (kind, _) in _told(page).items() if kind == "subsidy_limit"} == limits


def test_a_cell_of_aid_gives_the_share_and_the_limit() -> None:
    page = (
        "２－４　灯台活用補助金　　　5,000千円\n\n　製品を県が認定します。\n　区分\t内容\t助成\n"
        "　試作\t灯具の試作\t2/3以内　3,000千円\n　相談\t相談の窓口\t無料\n　認証\t認証の取得\t1/2以内　5,000千円"
    )
    assert _told(page, title="") == {
        "2/3": ("subsidy_rate", "試作"),
        "3,000千円": ("subsidy_limit", "試作"),
        "1/2": ("subsidy_rate", "認証"),
        "5,000千円": ("subsidy_limit", "認証"),
    }


def test_counts_below_two_headers_are_of_their_year() -> None:
    page = (
        "■　ご利用実績\n\n（単位：件、百万円）\n\t令和２年度\t\t令和３年度\t\n資金区分\t件数\t金額\t件数\t金額\n"
        "灯台資金\t412\t6,185\t388\t5,742\n霧笛資金\t603\t2,310\t571\t2,194\n計\t1,015\t8,495\t959\t7,936"
    )
    facts = [fact for fact in read(page, year="令和4年度").facts if fact.program == "灯台資金"]
    assert [(fact.text, fact.kind.value, fact.fiscal_year) for fact in facts] == [
        ("412", "count", "令和2年度"),
        ("6,185", "other", "令和2年度"),
        ("388", "count", "令和3年度"),
        ("5,742", "other", "令和3年度"),
    ]


def test_rows_below_a_line_of_labels_are_cases() -> None:
    page = (
        "２－６　灯台活用補助金　　　126,500千円\n\n　「計画」を作った企業の設備を応援します。\n"
        "　　　　　　　　　　　　補助率　　　　　　　上限\n　灯具更新枠　　　　　　１／３　　　　　　　3,000万円\n"
        "　霧笛設置枠　　　　　　１／２　　　　　　　1,000万円\n"
        "　　　※ 賃金を３％以上引き上げる企業は、上限を２割増しとする。\n　工業振興課　088-823-9724"
    )
    assert _told(page, title="") == {
        "１／３": ("subsidy_rate", "灯具更新枠"),
        "3,000万円": ("subsidy_limit", "灯具更新枠"),
        "１／２": ("subsidy_rate", "霧笛設置枠"),
        "1,000万円": ("subsidy_limit", "霧笛設置枠"),
    }
