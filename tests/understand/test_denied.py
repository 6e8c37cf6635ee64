"""What a question says that it does not mean."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.denied import denied_things, set_aside, without_denied


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        ("台湾と組みたい。食べ物の売り込みではないほうです。予算は?", "食べ物", "台湾"),
        ("社員の講座じゃなくて、部品に食い込むほうの予算は?", "講座", "部品"),
        ("補助率ではなくて上限額を知りたい", "補助率", "上限額"),
        ("仕事がない人への支援は?", "", "仕事がない人"),
        ("人が足りなくて困っています", "", "足りなくて"),
        ("補助金以外で", "", "補助金以外で"),
    ],
)
def test_what_is_not_meant_is_not_searched_for(text, gone, kept):
    told = without_denied(text)
    assert kept in told
    assert not gone or gone not in told


@given(st.text(max_size=60))
def test_nothing_is_ever_added(text):
    told = without_denied(text)
    assert told == text or len(told) <= len(text)


@dataclass(frozen=True)
class _Name:
    start: int
    end: int


@pytest.mark.parametrize(
    ("text", "names", "aside"),
    [
        ("甲補助金ではなく、乙補助金の上限は?", ["甲補助金", "乙補助金"], ["甲補助金"]),
        ("甲資金でも乙資金でもない、創業向けの限度額は?", ["甲資金", "乙資金"], ["甲資金", "乙資金"]),
        ("甲事業と乙事業を除いて、丙事業は?", ["甲事業", "乙事業", "丙事業"], ["甲事業", "乙事業"]),
        ("甲事業は知ってるので、乙事業の予算", ["甲事業", "乙事業"], ["甲事業"]),
        ("上限が高いのは甲補助金じゃない?", ["甲補助金"], []),
        ("甲資金でないと借りられないですか", ["甲資金"], []),
        ("甲補助金だけでなく乙補助金も", ["甲補助金", "乙補助金"], []),
    ],
)
def test_names_that_are_put_aside(text, names, aside):
    said = [_Name(text.index(name), text.index(name) + len(name)) for name in names]
    assert sorted(text[one.start : one.end] for one in set_aside(said, text)) == sorted(aside)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("経営安定資金のうち小口枠以外の限度額は?", ("小口枠",)),
        ("過疎地域じゃない所の補助率は?", ("過疎地域",)),
        ("一般枠や小口枠以外の利率", ("一般枠", "小口枠")),
        ("第二創業ではない場合の上限は?", ("第二創業",)),
        ("上限は150万円じゃない?", ()),
    ],
)
def test_things_that_are_denied(text, things):
    assert denied_things(text) == things
