"""What a server's log looks like: a line a record, as text or JSON, and never what somebody asked."""

import asyncio
import concurrent.futures
import contextlib
import json
import logging
import sqlite3
import threading

import pytest
from structlog.contextvars import bound_contextvars

from assistant.cli import logs

CANARY = "店を継がせたい090-1234-5678"


@pytest.fixture
def shown(monkeypatch):
    """A function that lets loggers print on stderr, in the format that it is told, until the test ends."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging.getLogger(logs.ACCESS), "level", 0)
    handlers = []
    yield lambda log_format="text": handlers.append(logs.show_logs(log_format))
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


def records(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_warnings_are_a_line_each(shown, capsys):
    shown()
    own = logging.getLogger("assistant.generate.leash")
    own.info("not shown")
    own.warning("the model failed: %s", "slow\nand\r\nlate\x1b[31m\u2028end")
    logging.getLogger("elsewhere").error("broken")
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("WARNING assistant.generate.leash: the model failed: slow and late [31m end")
    assert second.endswith("ERROR elsewhere: broken")


def test_a_request_is_told_where_other_information_is_not(shown, capsys):
    shown()
    with bound_contextvars(request_id="abc"):
        logging.getLogger(logs.ACCESS).info("request", extra={"route": "/v1/chat", "status": 200})
        logging.getLogger(logs.ACCESS).debug("request", extra={"status": 200, "route": "/healthz"})
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("INFO api.access: request route=/v1/chat status=200 request_id=abc")


def test_json_has_every_field_on_one_line(shown, capsys):
    shown("json")
    with bound_contextvars(request_id="abc"):
        logging.getLogger("elsewhere").warning("二行\nです", extra={"status": 200, "question": CANARY})
    (record,) = records(capsys)
    assert record.pop("time").endswith("Z")
    assert record == {
        "event": "二行\nです",
        "request_id": "abc",
        "status": 200,
        "level": "warning",
        "logger": "elsewhere",
    }


def failing(depth: int = 3):
    """Fails deep down, its message, its cause and its parts holding what somebody asked."""
    if depth:
        return failing(depth - 1)
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise ExceptionGroup(CANARY, [ValueError(CANARY), OSError(28, CANARY)]) from error


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_defect_is_told_by_its_type_and_place_alone(shown, capsys, log_format):
    shown(log_format)
    try:
        failing()
    except ExceptionGroup as error:
        logging.getLogger("api.problems").error("incident %s", "1f", exc_info=error, stack_info=True)
    text = capsys.readouterr().err
    assert CANARY not in text.encode().decode("unicode_escape", "ignore")
    assert CANARY not in text
    for word in ("incident 1f", "KeyError", "ValueError", "OSError 28", "ExceptionGroup", "test_logs.py", "failing"):
        assert word in text
    lines = text.splitlines()
    assert len(lines) == 1 if log_format == "json" else all(line.startswith("  ") for line in lines[1:])


def test_the_cause_of_a_failure_of_sqlite_is_told(shown, capsys):
    shown("json")
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (a UNIQUE)")
        database.execute("INSERT INTO t VALUES (?)", [CANARY])
        try:
            database.execute("INSERT INTO t VALUES (?)", [CANARY])
        except sqlite3.Error:
            logging.getLogger("store").exception("not kept")
    assert records(capsys)[0]["error"] == "IntegrityError SQLITE_CONSTRAINT_UNIQUE"


def test_an_exception_that_leads_to_itself_ends(shown, capsys):
    shown("json")
    error = ValueError()
    error.__context__ = KeyError()
    error.__context__.__context__ = error
    logging.getLogger("elsewhere").error("round", exc_info=error)
    assert records(capsys)[0]["frames"] == ["KeyError", "ValueError"]


def test_a_thread_that_dies_says_nothing_of_what_was_asked(shown, capsys):
    shown("json")
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join(5)
    (record,) = records(capsys)
    assert (record["event"], record["error"]) == ("a thread has died", "ExceptionGroup")


def test_what_the_event_loop_says_of_tasks_and_calls_is_left_out(shown, capsys):
    shown("json")

    async def forgotten():
        raise ValueError(CANARY)

    async def main():
        asyncio.get_running_loop().call_soon(failing_with, CANARY)
        task = asyncio.ensure_future(forgotten())
        await asyncio.sleep(0.01)
        del task

    asyncio.run(main())
    text = capsys.readouterr().err
    assert text.count("\n") == 2
    assert "店" not in text
    assert "Exception in callback failing_with" in text
    assert "Task exception was never retrieved" in text


def failing_with(text: str) -> None:
    raise ValueError(text)


def test_what_a_pool_says_of_results_is_left_out(shown, capsys):
    shown("json")
    future: concurrent.futures.Future = concurrent.futures.Future()
    future.add_done_callback(lambda done: failing_with(CANARY))
    future.set_result(CANARY)
    text = capsys.readouterr().err
    assert text
    assert CANARY not in text


def test_the_servers_own_handlers_are_taken_away(shown):
    logger = logging.getLogger("uvicorn")
    logger.addHandler(logging.StreamHandler())
    logger.propagate = False
    shown()
    assert (logger.handlers, logger.propagate) == ([], True)


def test_asked_twice_it_writes_once(shown, capsys):
    shown()
    shown("json")
    logging.getLogger("elsewhere").error("broken")
    assert [record["event"] for record in records(capsys)] == ["broken"]


def test_a_message_of_any_length_is_cut(shown, capsys):
    shown("json")
    logging.getLogger("elsewhere").error("x" * 100_000)
    assert len(records(capsys)[0]["event"]) == logs.LONGEST


def test_half_a_character_is_no_defect_of_the_log(shown, capsys):
    shown("json")
    logging.getLogger("elsewhere").error("half \ud842 of it")
    assert "half" in capsys.readouterr().err
