"""Everyday words and the official terms for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.thesaurus import everyday, everyday_words, needs


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("店の跡継ぎがいない", "事業承継"),
        ("アトツギを探している", "事業承継"),
        ("人手が足りない", "人材確保"),
        ("電気代が上がってきつい", "エネルギー"),
        ("商店街がシャッター街になった", "空き店舗"),
        ("ｲﾝﾊﾞｳﾝﾄﾞを呼びたい", "訪日"),
        ("コロナで借りたお金を返せない", "借換"),
        ("直近3か月の売上が去年の同じ頃から一割がた落ちている", "売上減少"),
        ("大水で旋盤が全部だめになりました", "災害復旧"),
        ("雇った子の部屋代、つまり家賃を持ってやっている", "住宅手当"),
        ("働きながらデータ分析を習える教室", "リスキリング"),
        ("Our staff want to take Japanese lessons", "日本語学習"),
    ],
)
def test_everyday_words_mean_official_ones(text, term):
    assert any(term in one for terms in everyday(text) for one in terms), everyday(text)


@pytest.mark.parametrize(
    "text",
    [
        "せがれに店をやらせたい",
        "社長を娘に代わってもらう",
        "跡を取る者がおらん",
        "俺の代で終わりにしたくない",
        "会社を人手に渡したい",
    ],
)
def test_succession_has_many_words(text):
    assert any("事業承継" in terms for terms in everyday(text))


@pytest.mark.parametrize(
    ("text", "without"),
    [("知り合いの店主が店を継がせたがってる", "商店街"), ("店主です。海外に売りたい", "商店街")],
)
def test_who_asks_is_no_need(text, without):
    told = {term for terms in everyday(text) for term in terms}
    needed = {term for terms in needs(text) for term in terms}
    assert without in told
    assert needed
    assert needed < told
    assert without not in needed


@pytest.mark.parametrize("text", ["店主に使える補助は?", "店を継がせたい", ""])
def test_where_nothing_else_is_told_all_of_it_is_needed(text):
    assert needs(text) == everyday(text)


@pytest.mark.parametrize("text", ["", "はい", "予算は?", "capital city", "いくらですか"])
def test_words_that_name_no_need_mean_nothing(text):
    assert everyday(text) == ()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("売上の話です。店が古くて雨どいが落ちた", "売上減少"),  # not across sentences
        ("売上を伸ばしたくて去年の春から秋まであちこちの催しに出たら腰を痛めて気が落ちた", "売上減少"),  # nor far apart
    ],
)
def test_the_pieces_of_an_everyday_word_stand_near_in_one_sentence(text, term):
    assert not any(term in one for one in everyday(text))


def test_words_of_one_meaning_count_once():
    once = everyday("跡継ぎ")
    assert everyday("跡継ぎ、後継ぎ、あとつぎ") == once


@given(st.sampled_from(everyday_words()))
def test_every_word_is_found_in_a_sentence_of_it(word):
    assert everyday(f"「{word}」の件です")
