"""Names by their form: a place or a ministry, not the words for any such place."""

from __future__ import annotations

import pytest

from assistant.placenames import places_in_heading, towns_in

HEADINGS: list[tuple[str, list[str]]] = [
    ("令和7年度青空県中小企業支援施策一覧", ["青空県"]),
    ("つくしの市 産業振興課", ["つくしの市"]),
    ("地域振興省 地域企業庁", ["地域振興省", "地域企業庁"]),
    ("十日原町商工観光課", ["十日原町"]),
    ("県内市町村の取組", []),
    ("本県の商工業", []),
    ("関係省庁の予算", []),
    ("青空県民局 地域振興部", []),
]
SENTENCES: list[tuple[str, list[str]]] = [
    ("白浜町の空き店舗の補助率は", ["白浜町"]),
    ("うちは白浜町で店をしています", ["白浜町"]),
    ("青空県内の融資", []),
    ("商店街のある町で使える補助金", []),
    ("どの市町村でも使えますか", []),
    ("地区の見本市に出たい", []),
    ("下町の商店街", []),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_a_heading_names_places_and_ministries(text: str, expected: list[str]) -> None:
    assert places_in_heading(text) == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_names_towns(text: str, expected: list[str]) -> None:
    assert towns_in(text) == expected
