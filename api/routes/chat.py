"""``POST /v1/chat``: one question, answered as JSON or as a stream of events."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import FastAPI, Request

from ..accepting import EVENTS, wants_events
from ..chat import Chat
from ..drawing import Threads
from ..schemas import ChatReply, ChatRequest
from ..sse import DESCRIBED, EventStream, event_stream
from .replies import Responses, errors


def add_chat(app: FastAPI, talk: Chat, threads: Threads, ping: float) -> None:
    """The question route.  Answers are made in ``threads`` of their own: other routes never wait for one."""
    whole_or_told: dict[str, Any] = {"description": "The answer, or its events", "content": {EVENTS: DESCRIBED}}
    responses: Responses = {200: whole_or_told, **errors(400, 409, 413, 422)}

    @app.post("/v1/chat", response_model=ChatReply, responses=responses, tags=["chat"])
    async def chat(body: ChatRequest, request: Request) -> ChatReply | EventStream:
        """Answers one question, within a conversation.

        With `Accept: text/event-stream` the answer comes as Server-Sent Events.
        """
        drawn = threads.draw(partial(talk.told, body), patience=ping)
        if wants_events(", ".join(request.headers.getlist("accept"))):
            return await event_stream(drawn)
        reply = await drawn.last()
        assert isinstance(reply, ChatReply)
        return reply
