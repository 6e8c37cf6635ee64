"""Texts that try to call people, to lead elsewhere, to look like something else: through everything that is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from api.slack.blocks import Message, answer_messages, check_messages, handover_messages, notes
from api.slack.links import Links
from assistant.check import Finding
from assistant.conversations import Said
from assistant.records import Fact, FactKind

from .limits import faults, strings
from .rendered import shown
from .told import ASKER, LINKS, answer_of, citation, figure, load, reply_of

TABLE: dict[str, list[Any]] = load("hostile.json")
HOSTILE = [
    *(one for name, texts in TABLE.items() if name != "repeated" for one in texts),
    *(text * times for text, times in TABLE["repeated"]),
]
OURS = {"原文を見る", "発行元のページ", "スレッドを開く"}
BEGINS = re.compile(r"<[!@#]|<[a-z]", re.IGNORECASE)
FACT = Fact(
    "f", "d", "p", "事業", None, FactKind.BUDGET, None, None, "50億円", 1, None, None, None, None, None, "億円", None,
    None, "令和4年度", "当初予算", (), 1, 1, "50億円",
)  # fmt: skip


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 200


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_hostile_does_anything(text: str) -> None:
    for messages in told(text):
        harmless(messages)


def told(text: str) -> Iterator[list[Message]]:
    """The text in the place of everything that is data, one sort after another."""
    quoted = citation(
        title=text, program=text, subprogram=text, quote=text, publisher=text, region=text, fiscal_year=text,
        stage=text, document=text, url=text,
    )  # fmt: skip
    for words in (text, f"{text}\n・{text}50億円[1]\n\n| {text} | 額 |\n|---|---|\n| {text} | 50億円 |\n{text}。"):
        reply = reply_of(
            text=words, citations=[citation(2, url=text), quoted], figures=[figure("50億円"), figure(text, unit=text)],
            notices=[text, "通知"], suggestions=[text, f"{text}は？"], question=text,
        )  # fmt: skip
        yield answer_messages(reply, LINKS, echo=text, can_hand_over=True)
        yield answer_messages(reply, LINKS, private=True)
        said = [Said("user", text), Said("assistant", words, "a", answer_of(reply)), Said("assistant", text)]
        if not is_id(text):
            yield handover_messages(said, asker=text, link=text, links=LINKS)
    yield from checked(text)
    yield [notes.failed(text)]
    if not is_id(text):
        yield [notes.shared(text)]


def checked(text: str) -> Iterator[list[Message]]:
    """The text as what is checked, and as what the documents say."""
    line = f"{text}50億円{text}".replace("\n", " ")
    at = line.index("50億円", len(text) if len(text) < 4_000 else 0)
    fact = replace(
        FACT, document=text, program=text, subprogram=text, text=text, unit=text, condition=text, fiscal_year=text,
        stage=text, item=text, quote=text,
    )  # fmt: skip
    for status in ("verified", "contradicted", "unsupported", text):
        findings = [
            Finding("50億円", "money", status, 1, at, at + 4, text, (fact, FACT)),
            Finding(text, text, status, 7, 0, 5, text, (FACT,) * 6),
        ]
        yield check_messages(line, findings, LINKS, {text: text})
    yield check_messages(text, [], LINKS)


def is_id(text: str) -> bool:
    """Whether a text is the id of a user, who may be named."""
    return re.search(r"\A[UW][A-Z0-9]+\Z", text) is not None


def harmless(messages: Sequence[Message]) -> None:
    """Nobody is called, every link is what it says, nothing hides, and Slack takes it."""
    assert messages
    for message in messages:
        found = shown(message)
        assert not found.mentions
        assert not found.disguised()
        assert not found.hidden()
        assert not faults(message)
        assert not [one for one in strings([message.text, list(message.blocks)]) if BEGINS.search(one)]
        assert {label for _, label in found.links} <= OURS


def test_the_model_of_slack_sees_what_is_to_be_seen() -> None:
    """The tests would find a mention and a disguise if there were any."""
    found = shown(Message("<!here> <https://evil.example|slack.com> @channel", ({"type": "rich_text", "elements": [
        {"type": "user", "user_id": "U1"}, {"type": "link", "url": "https://evil.example", "text": "https://slack.com"},
    ]},)))  # fmt: skip
    assert len(found.mentions) == 3
    assert len(found.disguised()) == 2


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "https://assistant.example/base"])
def test_the_viewer_is_linked_at_its_own_address(base: str) -> None:
    reply = reply_of(citations=[citation(document="資料/1")])
    (message,) = answer_messages(reply, Links(base))
    assert [url for url, _ in shown(message).links] == [f"{base}/#/documents/%E8%B3%87%E6%96%99%2F1/47-49"]


def test_only_who_asks_for_people_is_named() -> None:
    (message,) = handover_messages([], asker=ASKER, link=None, links=LINKS)
    assert shown(message).mentions == [str({"type": "user", "user_id": ASKER})]


def test_a_button_carries_the_question_exactly() -> None:
    asked = "<!here> A&B <5%> は？\u200b"
    (message,) = answer_messages(reply_of(suggestions=[asked], status="clarify"), LINKS)
    (button,) = message.blocks[-1]["elements"]
    assert json.loads(button["value"]) == {"question": asked, "conversation": "slack-1"}
    assert "<" not in button["value"]
