"""``python -m eval.load.bare``: the least that FastAPI can do, the same events for every question.

It runs with the settings of the real server, and sends the bytes of one real answer, an event at a time.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.served import Listening, config_of
from api.workers import Crew
from assistant.cli.serving import QUEUE, listen

EVENTS = "LOAD_EVENTS"  # the variable that names the file of the answer's bytes


class Question(BaseModel):
    """What is asked."""

    question: str
    conversation_id: str | None = None


def application(events: list[bytes]) -> FastAPI:
    """One route."""
    app = FastAPI()

    async def told() -> AsyncIterator[bytes]:
        for event in events:
            yield event

    @app.post("/v1/chat")
    async def chat(body: Question) -> StreamingResponse:
        return StreamingResponse(told(), media_type="text/event-stream")

    return app


def serve(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal ends it."""
    events = [part + b"\n\n" for part in Path(os.environ[EVENTS]).read_bytes().split(b"\n\n") if part]
    own = Listening(fileno=listener.detach())
    own.listen()
    ready()
    uvicorn.Server(config_of(application(events), "127.0.0.1")).run(sockets=[own])


def main(workers: int) -> None:
    """Print the address and serve with so many processes."""
    listener = listen("127.0.0.1", 0)
    listener.listen(QUEUE)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    Crew("eval.load.bare:serve", workers, listener).run(lambda: print(url, flush=True), 10)


if __name__ == "__main__":
    main(int(sys.argv[1]))
