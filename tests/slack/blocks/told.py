"""What the tables of cases hold, as messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from api.schemas import ChatReply
from api.slack.blocks import Message, answer_messages, check_messages, handover_messages
from api.slack.links import Links
from assistant.check import Finding
from assistant.conversations import Said
from assistant.records import Answer, AnswerFigure, Citation

DATA = Path(__file__).parents[2] / "data" / "slack"
LINKS = Links("http://assistant.example:8000")
ASKER = "U0ASKER1"
THREAD = "https://slack.com/archives/C1/p1700000000000100"


def load(name: str) -> Any:
    """A table of cases."""
    return json.loads((DATA / name).read_text("utf-8"))


ANSWERS = load("answers.json")


def reply_of(**fields: Any) -> ChatReply:
    """A reply with what is given, the rest as of a plain answer."""
    plain = {
        "question": "予算は？",
        "status": "answered",
        "reason": None,
        "text": "予算額は50億円です[1]。",
        "citations": [],
        "figures": [],
        "notices": [],
        "suggestions": [],
        "mode": "extractive",
        "conversation_id": "slack-1",
        "answer_id": "a1",
    }
    return ChatReply(**(plain | fields))


def citation(marker: int = 1, **fields: Any) -> Citation:
    """A citation with what is given."""
    plain = {
        "marker": marker,
        "passage_id": "p",
        "document": "akita-r04",
        "title": "商業振興施策の概要",
        "program": "空き店舗再生",
        "subprogram": None,
        "quote": "50億円",
        "line_start": 47,
        "line_end": 49,
        "publisher": "秋田県",
        "region": "秋田県",
        "fiscal_year": "令和4年度",
        "stage": "当初予算",
        "url": None,
    }
    return Citation(**(plain | fields))


def figure(text: str, marker: int = 1, unit: str | None = None) -> AnswerFigure:
    """A figure of an answer."""
    return AnswerFigure(text, "budget", None, None, unit, "空き店舗再生", None, None, "f", marker)


def answer_of(reply: ChatReply) -> Answer:
    """The answer that a reply was made of."""
    return Answer(
        reply.question, reply.status, reply.reason, reply.text, tuple(reply.citations), tuple(reply.figures),
        tuple(reply.notices), tuple(reply.suggestions), reply.mode,
    )  # fmt: skip


def case(name: str) -> list[Message]:
    """The messages of an answer in the table."""
    one = ANSWERS[name]
    return answer_messages(ChatReply(**one["reply"]), LINKS, **one["options"])


def transcript() -> list[Said]:
    """A conversation of two questions."""
    said = []
    for name in ("figure", "abstained"):
        reply = ChatReply(**ANSWERS[name]["reply"])
        said += [Said("user", reply.question), Said("assistant", reply.text, reply.answer_id, answer_of(reply))]
    return said


def every() -> dict[str, list[Message]]:
    """All that is held against the golden payloads, by name."""
    checked = load("checks.json")
    findings = TypeAdapter(list[Finding]).validate_python(checked["findings"])
    return {
        **{name: case(name) for name in ANSWERS},
        "check_mixed": check_messages(checked["text"], findings, LINKS, checked["titles"]),
        "check_none": check_messages("数字のない文です。", [], LINKS),
        "hand_over": handover_messages(transcript(), asker=ASKER, link=THREAD, links=LINKS),
    }
