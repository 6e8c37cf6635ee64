"""Whatever an answer says is shown whole and in its order, its figures in bold and in one piece, within the limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.slack.blocks import Message, answer_messages

from .limits import faults, objects, visible
from .told import LINKS, citation, figure, reply_of

LETTERS = st.characters(
    blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"],
    blacklist_characters="|\\・\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
)
WORDS = st.text(
    st.one_of(st.sampled_from("補助金の予算額は、です。です<>&@!#*_~`「」（）　\n・"), LETTERS), max_size=60
)
FIGURES = st.tuples(st.integers(1, 99_999), st.sampled_from(["億円", "千円", "万円", "％", "件"])).map(
    lambda one: f"{one[0]:,}{one[1]}"
)
SENTENCES = st.tuples(WORDS, FIGURES, st.integers(1, 120))
NOTHING = "（表示できる内容がありません）"
PLAIN = re.compile(r"[\s]")


def words_of(messages: Sequence[Message]) -> str:
    """All that is read, without blanks."""
    return PLAIN.sub(
        "", "".join(visible(block) for one in messages for block in one.blocks if block["type"] == "rich_text")
    )


def only_text(text: str, figures: Sequence[str] = ()) -> list[Message]:
    """The messages of an answer that is nothing but its words."""
    return answer_messages(reply_of(text=text, status="clarify", figures=[figure(one) for one in figures]), LINKS)


def within(messages: Sequence[Message]) -> bool:
    """Whether Slack takes all of them."""
    return not [fault for one in messages for fault in faults(one)]


@given(st.text(st.one_of(LETTERS, st.sampled_from("。、 \n")), max_size=3_000))
def test_every_word_is_shown(text: str) -> None:
    messages = only_text(text)
    assert words_of(messages) == (PLAIN.sub("", text) or NOTHING)
    assert within(messages)


@given(st.lists(SENTENCES, min_size=1, max_size=60))
def test_every_figure_is_bold_and_whole(sentences: list[tuple[str, str, int]]) -> None:
    text = "".join(f"{words}、{told}です[{marker}]。" for words, told, marker in sentences)
    messages = only_text(text, [told for _, told, _ in sentences])
    bold = {one["text"] for one in objects([m.blocks for m in messages]) if one.get("style") == {"bold": True}}
    assert {told for _, told, _ in sentences} <= bold
    assert words_of(messages) == PLAIN.sub("", re.sub(r"(?m)^\s*・", "", text))
    assert within(messages)


@given(st.lists(st.tuples(WORDS, FIGURES), min_size=1, max_size=150))
def test_no_row_of_a_table_is_lost(rows: list[tuple[str, str]]) -> None:
    cells = [(re.sub(r"\s", "", words) or "－", told) for words, told in rows]
    lines = [f"| {words} | {told} | [{at}] |" for at, (words, told) in enumerate(cells, 1)]
    text = "\n".join(["次のとおりです。", "", "| 事業 | 額 | 出典 |", "|---|---|---|", *lines])
    figures = [figure(told, at) for at, (_, told) in enumerate(cells, 1)]
    messages = answer_messages(reply_of(text=text, status="clarify", figures=figures), LINKS)
    tables = [block for one in messages for block in one.blocks if block["type"] == "table"]
    shown = [tuple(map(visible, row)) for table in tables for row in table["rows"][1:]]
    assert shown == [(words, told, f"[{at}]") for at, (words, told) in enumerate(cells, 1)]
    assert all(tuple(map(visible, table["rows"][0])) == ("事業", "額", "出典") for table in tables)
    assert all(row[1]["type"] == "rich_text" for table in tables for row in table["rows"][1:])
    assert within(messages)


@given(st.integers(1, 150), st.text(LETTERS, max_size=200))
def test_every_source_is_told_in_the_order_of_its_markers(count: int, title: str) -> None:
    text = "".join(f"額は{at}億円です[{at}]。" for at in range(1, count + 1))
    reply = reply_of(text=text, citations=[citation(at, title=title) for at in range(1, count + 1)])
    messages = answer_messages(reply, LINKS, can_hand_over=True)
    told = "".join(visible(block) for one in messages for block in one.blocks if block["type"] == "rich_text")
    footer = told[told.index("出典") :]
    places = [footer.find(f"[{at}] ") for at in range(1, count + 1)]
    assert all(0 <= one < other for one, other in pairwise([*places, len(footer)]))
    assert len([one for one in objects([m.blocks for m in messages]) if one.get("type") == "link"]) == count
    assert within(messages)
    assert [bool(one.blocks[-1]["type"] == "actions") for one in messages] == [False] * (len(messages) - 1) + [True]
