"""The bytes that leave the assistant: command line, chat, its stream, the stored conversation."""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from rich.console import Console

from api.app import create_app
from assistant.chain import Assistant
from assistant.cli.printing import print_answer
from assistant.records import Answer, Turn, to_json

Json = dict[str, Any]
SURFACES = ("command line", "chat", "stream", "conversation")
_PATIENCE = 60  # seconds
_IDS = re.compile(r'("(?:answer_id|conversation_id)":\s*")[^"]*"')


@dataclass(frozen=True, slots=True)
class Seen:
    """What one surface gave for one question: its bytes as text, the texts in it, and the answer when it has one."""

    surface: str
    raw: str
    texts: tuple[str, ...]
    answer: Json | None = None


class Surfaces:
    """One assistant behind every surface, asked one question after the other."""

    def __init__(self, assistant: Assistant, port: int) -> None:
        self.assistant = assistant
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._count = 0

    def ask(self, question: str, history: Sequence[str] = ()) -> Iterator[Seen]:
        """The question on every surface."""
        yield self.command_line(question, history)
        self._count += 1
        yield self.chat(question, history, f"chat-{self._count}")
        yield self.stream(question, history, f"stream-{self._count}")
        yield self.stored(f"chat-{self._count}")
        yield self.stored(f"stream-{self._count}")

    def command_line(self, question: str, history: Sequence[str] = ()) -> Seen:
        """What ``assistant ask`` prints for a person, and with ``--json``."""
        answer = self.assistant.ask(question, history=tuple(Turn("user", turn) for turn in history))
        return printed(answer)

    def chat(self, question: str, history: Sequence[str] = (), conversation: str = "c") -> Seen:
        """The reply of ``POST /v1/chat``."""
        raw, _ = self._post(question, history, conversation, "application/json")
        answer = json.loads(raw)
        return Seen("chat", raw, (answer["text"], *answer["notices"], *answer["suggestions"]), answer)

    def stream(self, question: str, history: Sequence[str] = (), conversation: str = "s") -> Seen:
        """Every event of the same route's stream."""
        raw, kind = self._post(question, history, conversation, "text/event-stream")
        if not kind.startswith("text/event-stream"):
            raise RuntimeError(f"The stream answers with {kind}: {raw[:200]}")
        events = list(events_of(raw))
        answers = [data for name, data in events if name == "answer"]
        texts = [str(data.get("text", "")) for name, data in events if name in ("sentence", "answer")]
        if len(answers) != 1:
            raise RuntimeError(f"A stream without one answer: {raw[-300:]}")
        return Seen("stream", raw, tuple(texts), answers[0])

    def stored(self, conversation: str) -> Seen:
        """What ``GET /v1/conversations/{id}`` keeps of it."""
        self._http.request("GET", f"/v1/conversations/{conversation}")
        raw = without_ids(self._http.getresponse().read().decode())
        turns = json.loads(raw)["turns"]
        return Seen("conversation", raw, tuple(turn["content"] for turn in turns if turn["role"] == "assistant"))

    def _post(self, question: str, history: Sequence[str], conversation: str, accept: str) -> tuple[str, str]:
        body: Json = {"question": question, "conversation_id": conversation}
        if history:
            body["history"] = list(history)
        headers = {"Content-Type": "application/json", "Accept": accept}
        self._http.request("POST", "/v1/chat", json.dumps(body), headers)
        reply = self._http.getresponse()
        raw = without_ids(reply.read().decode())
        if reply.status != 200:
            raise RuntimeError(f"POST /v1/chat gave {reply.status}: {raw[:300]}")
        return raw, str(reply.headers.get("Content-Type"))


def without_ids(raw: str) -> str:
    """What was sent without the random letters of its ids: a lie's three digits may stand in them by chance."""
    return _IDS.sub(r'\1"', raw)


def printed(answer: Answer) -> Seen:
    """An answer as the command line prints it, in both forms."""
    page = io.StringIO()
    print_answer(answer, Console(file=page, highlight=False, soft_wrap=True, width=200))
    plain = to_json(answer)
    raw = f"{page.getvalue()}\n{json.dumps(plain, ensure_ascii=False)}"
    return Seen("command line", raw, (answer.text, *answer.notices, *answer.suggestions), plain)


def events_of(raw: str) -> Iterator[tuple[str, Json]]:
    """Name and data of each event of a stream."""
    for block in re.split(r"\r?\n\r?\n", raw):
        fields = [line.partition(":") for line in block.splitlines() if not line.startswith(":")]
        name = next((value.strip() for key, _, value in fields if key == "event"), "")
        data = "\n".join(value.removeprefix(" ") for key, _, value in fields if key == "data")
        if data:
            yield name, json.loads(data)


def by_process(question: str, index: Path, environment: dict[str, str], *, as_json: bool) -> Seen:
    """What a real ``assistant ask`` prints, standard error included."""
    options = ["--index", str(index), *(["--json"] if as_json else [])]
    command = [sys.executable, "-m", "assistant", "ask", *options, "--", question]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120)
    if done.returncode:
        raise RuntimeError(f"assistant ask ended with {done.returncode}: {done.stderr[-300:]}")
    answer = json.loads(done.stdout) if as_json else None
    return Seen("process", done.stdout + done.stderr, (answer["text"],) if answer else (), answer)


@contextmanager
def surfaces(assistant: Assistant) -> Iterator[Surfaces]:
    """The application on a real server on loopback, until the block ends."""
    config = uvicorn.Config(
        create_app(assistant),
        log_level="critical",
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=5,
        timeout_keep_alive=600,
    )
    server = uvicorn.Server(config)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        end = time.monotonic() + _PATIENCE
        while not server.started and time.monotonic() < end:
            time.sleep(0.01)
        try:
            yield Surfaces(assistant, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(20)
