"""Deeds on a fake Slack, a real store and a desk that says what a test wrote for it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from slack_sdk import WebClient

from api.chat import Chat
from api.slack.calling import Bot, Slack
from api.slack.deeds import Deeds
from api.slack.links import Links
from api.slack.tasks import Place, Task, body_of, conversation_of
from api.slack.working import Hands
from assistant.check import Finding
from assistant.conversations import Store
from assistant.records import Answer, Event, Sentence, Stage, Turn

from .fake import FakeSlack
from .fake_records import ASKER, BOT, BOT_USER, CHANNEL, DIRECT, HANDOVER, TEAM, Posted

LINKS = Links("https://hojokin.example")
ME = Bot(TEAM, BOT_USER, BOT, "hojokin")


@dataclass(frozen=True)
class Script:
    """What is told to a question: sentences with a pause before each, after some that are taken back."""

    sentences: tuple[str, ...] = ("補助率は2/3です。",)
    pause: float = 0.0
    taken_back: tuple[str, ...] = ()
    fault: Exception | None = None

    @property
    def text(self) -> str:
        """The whole answer."""
        return "".join(self.sentences)


@dataclass
class Scripted:
    """A desk; to a question without a script it says the question again, with what was said before."""

    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    index: Any = field(default_factory=lambda: SimpleNamespace(documents={}))
    findings: list[Finding] = field(default_factory=list)

    def stream(self, question: str, *, history: Sequence[Turn] = (), **rest: object) -> Iterator[Event]:
        """The events of the question's script."""
        self.asked.append((question, tuple(history)))
        script = self.scripts.get(question) or Script((f"「{question}」への答えです。",))
        if script.fault is not None:
            raise script.fault
        return self._events(question, script)

    def check(self, text: str, *, program: str | None = None) -> list[Finding]:
        """What a test wrote."""
        return self.findings

    def _events(self, question: str, script: Script) -> Iterator[Event]:
        yield Stage("understand")
        if script.taken_back:
            yield Stage("write")
            yield from self._said(script.taken_back, script.pause)
        yield Stage("compose")
        yield from self._said(script.sentences, script.pause)
        yield Answer(question, "answered", None, script.text)

    def _said(self, sentences: Sequence[str], pause: float) -> Iterator[Event]:
        for sentence in sentences:
            time.sleep(pause)
            yield Sentence(sentence)


def deeds_of(token: str, api_url: str, store: Store, desk: Any, **given: Any) -> Deeds:
    """Deeds with everything that they need."""
    slack = Slack(WebClient(token, base_url=api_url, timeout=5, retry_handlers=[]))
    given = {"handover": HANDOVER, **given}
    return Deeds(Chat(desk, store), desk, store, slack, bot=ME, links=LINKS, **given)


class Office:
    """A workspace with somebody who does its jobs."""

    def __init__(self, fake: FakeSlack, store: Store, desk: Any = None, **given: Any) -> None:
        self.fake = fake
        self.store = store
        self.desk = Scripted()
        self.deeds = deeds_of(fake.bot_token, fake.api_url, store, desk or self.desk, **given)
        self._count = itertools.count(1)

    def put(self, task: Task, job_id: str = "") -> str:
        """Have a task done later; gives the job's id."""
        job_id = job_id or f"job-{next(self._count)}"
        lane = getattr(task, "conversation", "") or conversation_of(task.place)
        assert self.store.jobs.put(job_id, lane, task.kind, body_of(task))
        return job_id

    def do(self, *tasks: Task, timeout: float = 20.0) -> None:
        """Have tasks done, and wait until all are."""
        for task in tasks:
            self.put(task)
        with self.working():
            self.fake.until(lambda: not self.store.jobs.waiting(), timeout)

    @contextmanager
    def working(self, lease: float = 5.0) -> Iterator[Hands]:
        """Somebody works while the block runs."""
        with Hands(self.store.jobs, self.deeds, lease=lease) as hands:
            yield hands

    def said(self, text: str, channel: str = CHANNEL, thread: str = "", user: str = ASKER) -> Place:
        """Somebody writes a message; gives its place."""
        message = self.fake.says(text, channel, user, thread)
        return Place(TEAM, channel, user, thread or message.ts, message.ts, is_direct=channel == DIRECT)

    def alone(self, channel: str = CHANNEL, user: str = ASKER) -> Place:
        """Somebody gives a command."""
        url = self.fake.response_url(channel, user)
        return Place(TEAM, channel, user, is_direct=channel == DIRECT, response_url=url)

    def told(self, channel: str = CHANNEL) -> list[Posted]:
        """What stands in a channel of ours."""
        return self.fake.told(channel)
