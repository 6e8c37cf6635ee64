"""What the tests of the store share: answers, many threads, the rows as they stand in the database."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, text

from assistant.conversations import Store, new_id
from assistant.conversations.addresses import read_address
from assistant.records import Answer, AnswerFigure, Citation

QUESTION = "商店街活性化事業の補助率は?"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at

    def forward(self, by: dt.timedelta) -> None:
        self.at += by.total_seconds()


def answer(words: str = "補助率は2/3です[1]。", question: str = QUESTION) -> Answer:
    """An answer with a citation and a figure."""
    citation = Citation(
        1,
        "42",
        "a-r05",
        "施策一覧",
        "商店街活性化事業",
        None,
        "補助率\t2/3",
        3,
        3,
        "海潮県",
        "海潮県",
        "令和5年度",
        "当初予算",
        None,
    )
    figure = AnswerFigure("2/3", "subsidy_rate", None, 2 / 3, None, "商店街活性化事業", None, "原則枠", "a-r05:3", 1)
    return Answer(question, "answered", None, words, (citation,), (figure,), ("現在の制度は窓口で。",), ("担当は?",))


@contextmanager
def opened(url: str, **options: Any) -> Iterator[Store]:
    """A store that is closed at the end."""
    store = Store.open(url, **options)
    try:
        yield store
    finally:
        store.close()


def talk(store: Store, conversation_id: str, *questions: str, key: str | None = None) -> list[str]:
    """Ask and keep; the ids of the answers."""
    ids = []
    for question in questions:
        store.begin(conversation_id)
        ids.append(new_id())
        assert store.keep(conversation_id, question, answer(f"{question}への答え。", question), ids[-1], key)
    return ids


def rows(url: str, table: str) -> list[dict[str, Any]]:
    """Every row of a table, past the store."""
    engine = create_engine(read_address(url))
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
    finally:
        engine.dispose()


def at_once(work: Callable[[int], object], threads: int) -> None:
    """Run ``work(0)``, ``work(1)`` … in threads of their own; what one of them raises is raised here."""
    failed: list[BaseException] = []
    ready = threading.Barrier(threads)

    def run(number: int) -> None:
        try:
            ready.wait(20)
            work(number)
        except BaseException as error:
            failed.append(error)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    assert not any(thread.is_alive() for thread in running)
    if failed:
        raise failed[0]
