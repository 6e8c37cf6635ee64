"""What one person alone sees comes in as few messages as Slack takes, and says what is left out."""

from __future__ import annotations

import re

import pytest

from api.slack.blocks import Message, answer_messages, check_messages
from api.slack.blocks.limits import PRIVATE
from api.slack.blocks.message import Block
from assistant.check import Finding

from .limits import faults, visible
from .test_checking import finding
from .told import LINKS, citation, figure, reply_of

LINE = "検査文 = NAMEの予算は1億円です。"


def told(messages: list[Message]) -> str:
    """All words."""
    parts = (part for one in messages for block in one.blocks for part in cells(block) or [block])
    return "\n".join(map(visible, parts))


def cells(block: Block) -> list[Block]:
    """The cells of a table."""
    return [cell for row in block.get("rows", ()) for cell in row]


def findings(count: int, wrong: int = 0) -> tuple[str, list[Finding]]:
    """A text of so many lines, the last ones wrong, and its findings."""
    text = "\n".join([LINE] * count)
    at = LINE.index("1億円")
    states = ["verified"] * (count - wrong) + ["contradicted"] * wrong
    return text, [finding("1億円", state, at, 1, line) for line, state in enumerate(states, 1)]


@pytest.mark.parametrize(("count", "wrong"), [(1, 0), (30, 5), (80, 0), (80, 80), (100, 40), (400, 20), (1000, 300)])
def test_a_check_is_four_messages_at_most_and_counts_the_rest(count: int, wrong: int) -> None:
    text, found = findings(count, wrong)
    messages = check_messages(text, found, LINKS, {"d": "概要" * 40}, private=True)
    words = told(messages)
    assert len(messages) <= PRIVATE == 4
    assert not [fault for one in messages for fault in faults(one)]
    shown = words.count("✅") + words.count("❌")
    assert words.count("❌") == min(wrong, shown)
    rest = re.search(r"ほかの(\d+)件は表示していません。.*ダイレクトメッセージ", told(messages[-1:]))
    assert count == shown + (int(rest[1]) if rest else 0)
    assert words.startswith(f"確認済み {count - wrong}・要修正 {wrong}・")


def test_as_many_are_shown_as_there_is_room_for() -> None:
    text, found = findings(100, 40)
    messages = check_messages(text, found, LINKS, {"d": "概要" * 40}, private=True)
    whole = check_messages(text, found, LINKS, {"d": "概要" * 40})
    assert len(messages) == 4 < len(whole)
    assert told(messages).count("❌") == 40
    assert told(messages).count("✅") > 0
    assert "ほかの" not in told(whole)


def test_a_short_one_is_the_same_in_private() -> None:
    text, found = findings(5, 2)
    assert check_messages(text, found, LINKS, private=True) == check_messages(text, found, LINKS)


LONG_TABLE = "予算は次のとおりです。\n| 事業 | 予算 | 出典 |\n|---|---|---|\n" + "\n".join(
    f"| 事業その{at}{'の' * 40} | {at}億円 | [{at}] |" for at in range(1, 301)
)
LONG_LIST = "予算は次のとおりです。\n" + "\n".join(f"・事業その{at}の予算は{at}億円です[{at}]" for at in range(1, 301))
LONG_WORDS = "".join(f"事業その{at}の予算は{at}億円です[{at}]。" for at in range(1, 3001))


@pytest.mark.parametrize("text", [LONG_TABLE, LONG_LIST, LONG_WORDS], ids=["table", "list", "words"])
def test_a_long_answer_is_four_messages_with_the_sources_that_it_names(text: str) -> None:
    reply = reply_of(
        text=text,
        figures=[figure(f"{at}億円", at) for at in range(1, 301)],
        citations=[citation(at) for at in range(1, 301)],
        notices=["年度が違います。"],
    )
    messages = answer_messages(reply, LINKS, echo="予算は？", private=True)
    assert len(messages) == 4
    assert not [fault for one in messages for fault in faults(one)]
    words = told(messages)
    head, _, below = words.rpartition("\n出典\n")
    assert head.startswith(
        "質問: 予算は？\n予算は次のとおりです。" if text != LONG_WORDS else "質問: 予算は？\n事業その1"
    )
    assert "※年度が違います。" in head
    named = set(re.findall(r"\[(\d+)\]", head))
    assert set(re.findall(r"^\[(\d+)\]", below, re.MULTILINE)) == named
    rest = re.search(r"続き（数値(\d+)件・出典(\d+)件）は表示していません。.*ダイレクトメッセージ", below)
    assert rest is not None
    assert int(rest[2]) == 300 - len(named)
    assert int(rest[1]) > 0
    assert [kind["type"] for kind in messages[-1].blocks][-1] == "actions"


def test_a_short_answer_is_whole_in_private() -> None:
    reply = reply_of(citations=[citation(1), citation(2)], figures=[figure("50億円")])
    (message,) = answer_messages(reply, LINKS, private=True)
    assert "[2]" in told([message])
    assert "表示していません" not in told([message])


def test_what_fits_nowhere_is_told_to_be_left_out() -> None:
    reply = reply_of(text="予算は50億円です[1]。", figures=[figure("50億円")], notices=["注意" * 300] * 200)
    messages = answer_messages(reply, LINKS, private=True)
    assert len(messages) <= 4
    assert "続き（数値1件・注意書き200件）は表示していません" in told(messages)
