"""A database that is away, busy, silent or damaged: a named error within bounded time, and work again afterwards."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import databases
import pytest
from databases import Postgres

from assistant.conversations import Store, StoreUnavailable, engines
from assistant.conversations import postgres as driver
from assistant.conversations.faults import cause
from assistant.errors import SettingsError

from .keeping import QUESTION, answer, at_once, opened, talk

postgres = databases.postgres
SECRET = "hunter2"
HARD = 60  # seconds; a test that waits longer hangs


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WAIT", 0.4)
    monkeypatch.setattr("assistant.conversations.access.WAIT", 0.4)
    monkeypatch.setattr(engines, "CONNECT", 1)


@pytest.fixture
def kept(impatient: None, postgres: Postgres) -> Iterator[Store]:
    with opened(postgres.database()) as made:
        talk(made, "a", QUESTION)
        yield made


def every_use(store: Store) -> None:
    """Each method raises the named error."""
    for use in (
        lambda: store.begin("a"),
        lambda: store.keep("a", QUESTION, answer(), "id"),
        lambda: store.said("a"),
        lambda: store.answered("a", "key"),
        lambda: store.delete("a"),
        lambda: store.rate("id", "up"),
        lambda: store.jobs.put("id", "lane", "ask", ""),
        lambda: store.jobs.take("me", 1),
        lambda: store.jobs.renew("me", 1),
        lambda: store.jobs.note("id", "me", ""),
        lambda: store.jobs.later("id", "me", 1),
        lambda: store.jobs.finish("id", "me"),
        lambda: store.jobs.release("me"),
        lambda: store.jobs.waiting(),
        lambda: store.purge(),
    ):
        with pytest.raises(StoreUnavailable) as raised:
            use()
        assert raised.value.code == "store_unavailable"
        assert "\n" not in str(raised.value)


# ---- PostgreSQL ----


@pytest.mark.timeout(HARD)
def test_a_server_that_goes_away_and_comes_back(kept: Store, postgres: Postgres) -> None:
    at_once(lambda number: kept.begin("a"), 8)  # several open connections
    postgres.stop()
    try:
        every_use(kept)
    finally:
        postgres.start()
    assert len(kept.said("a") or ()) == 2
    talk(kept, "a", "また質問")
    assert len(kept.said("a") or ()) == 4


@pytest.mark.timeout(HARD)
def test_a_server_that_is_silent(kept: Store, postgres: Postgres) -> None:
    postgres.signal(signal.SIGSTOP)
    try:
        with pytest.raises(StoreUnavailable):
            kept.keep("a", QUESTION, answer(), "id")
    finally:
        postgres.signal(signal.SIGCONT)
    assert len(kept.said("a") or ()) == 2


@pytest.mark.timeout(HARD)
def test_a_row_that_somebody_holds(kept: Store, postgres: Postgres) -> None:
    with kept._writing() as file:
        file.exec_driver_sql("SELECT 1 FROM conversations FOR UPDATE")
        with pytest.raises(StoreUnavailable):
            kept.keep("a", QUESTION, answer(), "id")
        assert kept.begin("a")  # reading goes on
    talk(kept, "a", "また質問")


@pytest.mark.timeout(HARD)
def test_nobody_listens(impatient: None) -> None:
    with pytest.raises(StoreUnavailable):
        Store.open(f"postgresql://somebody:{SECRET}@127.0.0.1:{databases.free_port()}/kept")


@pytest.mark.timeout(HARD)
def test_somebody_listens_and_says_nothing(impatient: None, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(StoreUnavailable) as raised:
            Store.open(f"postgresql://somebody:{SECRET}@127.0.0.1:{port}/kept")
    assert SECRET not in str(raised.value) + caplog.text


@pytest.mark.timeout(HARD)
def test_a_database_that_is_not_there(impatient: None, postgres: Postgres, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(StoreUnavailable):
        Store.open(postgres.url("nowhere").replace("postgres@", f"postgres:{SECRET}@"))
    assert "nowhere" in caplog.text
    assert SECRET not in caplog.text


def test_waits_are_bounded_by_the_address_too(postgres: Postgres) -> None:
    from sqlalchemy.engine import make_url

    url = make_url("postgresql+psycopg://u:p@127.0.0.1:1/d?connect_timeout=9&options=-c%20geqo%3Doff&host=/a,/b")
    made = driver.connect_arguments(url, connect=3, statement=5)
    assert made["connect_timeout"] == "9"
    assert made["options"].split("-c ")[1:] == [
        "statement_timeout=5000 ",
        "idle_in_transaction_session_timeout=10000 ",
        "geqo=off",
    ]
    assert (made["user"], made["dbname"], made["host"]) == ("u", "d", "/a,/b")


# ---- SQLite ----


@pytest.mark.timeout(HARD)
def test_a_file_that_somebody_writes(impatient: None, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    with opened(f"sqlite:///{path}") as kept:
        talk(kept, "a", QUESTION)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable):
                kept.keep("a", QUESTION, answer(), "id")
            assert len(kept.begin("a")) == 2  # reading goes on
            other.execute("ROLLBACK")
        talk(kept, "a", "また質問")


@pytest.mark.timeout(HARD)
def test_a_thread_that_holds_the_pen(impatient: None, tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as kept:
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            with kept._writing():
                held.set()
                done.wait(20)

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait(20)
        with pytest.raises(StoreUnavailable):
            kept.begin("a")
        done.set()
        thread.join(20)
        assert kept.begin("a") == ()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    path.write_bytes(b"these are a shop's accounts" * 1000)
    with pytest.raises(StoreUnavailable):
        Store.open(f"sqlite:///{path}")
    assert path.read_bytes() == b"these are a shop's accounts" * 1000


def test_a_file_that_is_damaged_later(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    with opened(f"sqlite:///{path}") as kept:
        talk(kept, "a", *(QUESTION * 20 for _ in range(20)))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    with pytest.raises(StoreUnavailable):
        Store.open(f"sqlite:///{path}").said("a")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="ASSISTANT_DATA"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'kept.sqlite3'}")


# ---- what the log says ----


def test_the_log_says_why_and_holds_nothing_that_was_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as kept:
        kept.begin("a")
        with kept._writing() as file:
            file.exec_driver_sql("DROP TABLE feedback")
            file.exec_driver_sql("ALTER TABLE messages RENAME TO others")
        with caplog.at_level(logging.DEBUG), pytest.raises(StoreUnavailable):
            kept.keep("a", "店主の秘密の相談", answer("秘密の答え"), "id")
    assert "no such table: messages" in caplog.text
    assert "秘密" not in caplog.text


def test_only_the_first_line_of_a_cause_is_told() -> None:
    assert cause(ValueError("a 090-1234-5678\nDETAIL: secret")) == "ValueError: a ［電話番号］"
    assert cause(None)
