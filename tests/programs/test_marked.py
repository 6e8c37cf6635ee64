"""Headings without their numbers, and the numbers that headings bear and questions say."""

import pytest

from assistant.programs.marked import bare_heading, heading_mark, marks_said, same_heading, same_mark


@pytest.mark.parametrize(
    ("heading", "words", "mark"),
    [
        ("①中小企業の人材の確保", "中小企業の人材の確保", ("", "○1")),
        ("Ⅴ　人材の確保・育成", "人材の確保・育成", ("", "Ⅴ")),
        ("施策1-1 新たな事業の創出", "新たな事業の創出", ("施策", "1-1")),
        ("柱１ 産業を創る", "産業を創る", ("柱", "1")),
        ("基本目標Ⅰ 続ける・つなぐ", "続ける・つなぐ", ("基本目標", "Ⅰ")),
        ("3 森林・水産業の振興", "森林・水産業の振興", ("", "3")),
        ("第２章事業を始めたい", "事業を始めたい", ("章", "2")),
        ("Ⅱ 成長産業の創出 1,509,680千円（1,573,200千円）", "成長産業の創出", ("", "Ⅱ")),
        ("経営支援の強化(再掲含む。)", "経営支援の強化", None),
        ("〔産業政策課〕", "産業政策課", None),
        ("21世紀の産業", "21世紀の産業", None),
        ("令和元年度の主な事業", "令和元年度の主な事業", None),
        ("IoT・AI導入促進", "IoT・AI導入促進", None),
    ],
)
def test_a_heading_is_its_words_and_its_number(heading, words, mark):
    assert bare_heading(heading) == words
    assert heading_mark(heading) == mark


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("⑥受注の能力の小計は", [("", "○6")]),
        ("基本方針①の小計のうち", [("基本方針", "○1")]),
        ("政策４（観光）の小計に", [("政策", "4")]),
        ("「Ⅴ　人材」の小計", [("", "Ⅴ")]),
        ("施策1-1の計", [("施策", "1-1")]),
        ("第２章の事業", [("章", "2")]),
        ("Vの小計は", [("", "Ⅴ")]),
        ("2つ合わせたら", []),
        ("令和2年度は", []),
        ("目標3000件", []),
        ("DXの補助", []),
    ],
)
def test_numbers_of_headings_are_found_in_a_question(question, marks):
    assert [mark for mark, _, _ in marks_said(question)] == marks


@pytest.mark.parametrize(
    ("said", "printed", "same"),
    [
        (("", "○6"), ("", "○6"), True),
        (("基本方針", "○1"), ("", "○1"), True),
        (("基本方針", "3"), ("", "○3"), True),
        (("柱", "2"), ("柱", "2"), True),
        (("柱", "2"), ("施策", "2"), False),
        (("", "○2"), ("", "○3"), False),
        (("", "3"), ("", "3"), False),  # a bare digit may count anything
    ],
)
def test_a_number_said_is_the_one_printed(said, printed, same):
    assert same_mark(said, printed) is same


def test_two_headings_are_the_same_whatever_their_numbers():
    assert same_heading("Ⅰ 稼ぐ力の強化", "稼ぐ力の強化　12,000千円")
    assert not same_heading("Ⅰ 稼ぐ力の強化", "稼ぐ人の育成")
