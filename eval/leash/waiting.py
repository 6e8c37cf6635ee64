"""A hundred questions wait for a language model that says nothing: the server must still answer whether it is well."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.web import Web
from assistant.chain import Assistant
from assistant.generate.leash import Leash, Limits
from assistant.index import Index

from .broken import model_at, questions, quiet
from .server import HANG, Reply, served

WAITING = 100
LOOKS = 300
BAR = 0.1  # seconds, at the 99th percentile
_LONG = Limits(first_token=60, whole=90, at_once=2 * WAITING)


def healthz(index: Index, *, waiting: int = WAITING, looks: int = LOOKS) -> list[float]:
    """Seconds of ``looks`` requests of ``/healthz``, one after the other, while ``waiting`` calls of a model hang.

    Raises TimeoutError when so many calls do not come about.
    """
    with quiet(), ExitStack() as hanging:
        model = hanging.enter_context(served(lambda body, number: Reply(before=HANG)))
        assistant = Assistant(index, leash=Leash(model_at(model.url, _LONG), _LONG))
        asked = questions(index, waiting)
        with _hosted(create_app(assistant, web=Web(chats=waiting))) as host:
            chats = [threading.Thread(target=_chat, args=(host, one), daemon=True) for one in asked]
            for chat in chats:
                chat.start()
            _wait(lambda: len(model.requests) >= waiting)
            times = list(_looks(host, looks))
            still = model.open
            hanging.close()  # every call ends, and the composed answers come
            for chat in chats:
                chat.join(60)
    if still < waiting:
        raise TimeoutError(f"Only {still} of {waiting} calls were still open at the end.")
    return times


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of all times does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _looks(host: str, count: int) -> Iterator[float]:
    for _ in range(count):
        began = time.perf_counter()
        _request(host, "GET", "/healthz")
        yield time.perf_counter() - began
        time.sleep(0.01)


def _chat(host: str, question: str) -> None:
    try:
        _request(host, "POST", "/v1/chat", json.dumps({"question": question}).encode())
    except OSError:
        return  # the measuring is over


def _request(host: str, method: str, path: str, body: bytes | None = None) -> None:
    connection = http.client.HTTPConnection(host, timeout=120)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise OSError(f"{path}: {answer.status}")
    finally:
        connection.close()


@contextmanager
def _hosted(app: FastAPI) -> Iterator[str]:
    """The application on a real server on a free loopback port; gives host:port."""
    runner = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=5)
    )
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        thread = threading.Thread(target=runner.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait(lambda: runner.started)
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            runner.should_exit = True
            thread.join(20)


def _wait(done: Callable[[], bool], seconds: float = 120) -> None:
    """Waits until ``done()`` holds.  Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("So many calls did not come about.")
        time.sleep(0.01)
