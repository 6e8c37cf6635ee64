"""A real server on a free loopback port, in front of an answerer that knows a few invented questions.

A test module takes a fixture from here by name: ``server = serving.server``.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from hosting import hosted

from api.app import create_app
from api.web import Web
from assistant.conversations import Store
from assistant.errors import IndexMissing, QuestionError
from assistant.records import Answer, AnswerFigure, Citation, Event, Sentence, Stage, Turn

DATA = Path(__file__).parents[1] / "data" / "api"
SECRET = "the password is hunter2"


def table(name: str) -> list[dict]:
    """A table of cases."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def answer_of(record: dict) -> Answer:
    """An Answer from its JSON."""
    parts = {
        "citations": tuple(Citation(**citation) for citation in record.get("citations", ())),
        "figures": tuple(AnswerFigure(**figure) for figure in record.get("figures", ())),
        "notices": tuple(record.get("notices", ())),
        "suggestions": tuple(record.get("suggestions", ())),
    }
    return Answer(**{**record, **parts})


KNOWN = {record["question"]: answer_of(record) for record in table("answers.json")}
FAILURES = {
    "読めない質問": QuestionError("The question cannot be read.", hint="Write it as text."),
    "準備中": IndexMissing("Nothing was built yet.", hint="Run `assistant build`."),
    "壊れる": ZeroDivisionError(SECRET),
}


LATE_FAILURES = {
    "途中で準備中": FAILURES["準備中"],
    "途中で壊れる": FAILURES["壊れる"],
    "途中で時間切れ": TimeoutError(SECRET),
}


def known(question: str) -> Answer:
    return KNOWN.get(question) or Answer(question, "abstained", "not_in_corpus", "資料に見当たりません。")


@dataclass(frozen=True)
class Made:
    """When a build was made, and of what."""

    created: str = "2026-11-20T00:00:00+00:00"
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class NoBuild:
    """Stands where an index does; nothing can be browsed in it."""

    path: Path = Path("no-build")
    manifest: Made = field(default_factory=Made)


@dataclass
class KnowsAFew:
    """Answers the questions of ``answers.json``, fails as told, abstains on the rest, and keeps what it was asked.

    A stream of 「待って」 waits in its middle; so does 「言い直す」, and then takes back the sentence that it has told.
    """

    asked: list[tuple] = field(default_factory=list)
    conversations: list[str | None] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    ready: bool = True
    whole: list[str] = field(default_factory=list)  # streams that were told to their end
    closed: list[str] = field(default_factory=list)  # streams that have ended
    threads: set[str] = field(default_factory=set)
    index: NoBuild = field(default_factory=NoBuild)

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
        gone: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        self._note(question, history, region, fiscal_year, conversation)
        return self._events(question)

    def _note(self, question, history, region, fiscal_year, conversation) -> None:
        self.asked.append((question, tuple(history), region, fiscal_year))
        self.conversations.append(conversation)
        if question in FAILURES:
            raise FAILURES[question]

    def _events(self, question: str) -> Iterator[Event]:
        try:
            yield from self._told(question)
            self.whole.append(question)
        finally:
            self.closed.append(question)

    def _told(self, question: str) -> Iterator[Event]:
        self.threads.add(threading.current_thread().name)
        yield Stage("understand")
        if question in ("待って", "言い直す"):
            yield Stage("write")
            if question == "言い直す":
                yield Sentence("取り消される文。")
            self.hold.wait(20)
        answer = known(question)
        yield Stage("compose")
        for sentence in answer.text.splitlines(keepends=True) or [""]:
            yield Sentence(sentence)
        if question in LATE_FAILURES:
            raise LATE_FAILURES[question]
        yield answer

    def check_ready(self) -> None:
        if not self.ready:
            raise FAILURES["準備中"]


@dataclass
class Served:
    """A running server, the answerer behind it and a client of it."""

    url: str
    answerer: KnowsAFew
    client: httpx.Client

    def chat(self, question: str, **fields: object) -> dict:
        reply = self.client.post("/v1/chat", json={"question": question, **fields})
        assert reply.status_code == 200, reply.text
        return reply.json()


@contextlib.contextmanager
def serve(**changes: float) -> Iterator[Served]:
    """Serve until the block ends; ``changes`` go to :class:`api.web.Web`."""
    answerer, store = KnowsAFew(), Store.open("sqlite://")
    app = create_app(
        answerer,
        version="9.9",
        conversations=store,
        ready=answerer.check_ready,
        web=Web(**changes),
    )
    with hosted(app) as url, httpx.Client(base_url=url, timeout=20, trust_env=False) as client:
        try:
            yield Served(url, answerer, client)
        finally:
            answerer.hold.set()
    store.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serve() as served:
        yield served
