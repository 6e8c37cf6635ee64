"""``POST /v1/chat``: one question, its answer whole or as it comes about."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Header, Request
from fastapi.responses import Response

from ..accepting import EVENTS, JSON, wants_events
from ..chat import Chat, Told
from ..drawing import WAITING, Drawn, Threads
from ..problems import Problem
from ..schemas import ChatReply, ChatRequest
from ..sse import DESCRIBED, event_stream, watched
from ..threads import Crowded
from .replies import POSTED, Responses, errors

RETRY_AFTER = 2  # seconds; a hundred answers are made meanwhile
OPENING = 8  # conversations at once; a database that hangs holds up no other route
CLIENT_GONE = 499  # what proxies write into their logs where nobody was left to answer

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern="^[A-Za-z0-9_-]+$",
        max_length=64,
        description="A random text of the client's. A second request with it, in the same conversation (send its id "
        "with the first message too), gets the first one's reply and adds nothing; with another question it is "
        "refused.",
    ),
]


def add_chat(app: FastAPI, talk: Chat, threads: Threads, ping: float) -> None:
    """The question route.  Answers are made in ``threads`` of their own: other routes never wait for one.

    ``app.state.chats`` are these threads, for whoever counts them or winds them up.
    """
    whole_or_told: dict[str, Any] = {"description": "The answer, or its events", "content": {EVENTS: DESCRIBED}}
    responses: Responses = {200: whole_or_told, **errors(*POSTED, 409, 503)}
    app.state.chats = threads
    opening = CapacityLimiter(OPENING)

    @app.post("/v1/chat", response_model=ChatReply, responses=responses, tags=["chat"])
    async def chat(body: ChatRequest, request: Request, idempotency_key: IdempotencyKey = None) -> Response:
        """Answers one question, within a conversation.

        With `Accept: text/event-stream` the answer comes as Server-Sent Events.
        """
        if body.conversation_id is not None:
            if opening.statistics().tasks_waiting >= WAITING:
                raise busy()
            await to_thread.run_sync(talk.open, body.conversation_id, limiter=opening)
        try:
            drawn = threads.draw(partial(talk.told, body, key=idempotency_key), patience=ping)
        except Crowded:
            raise busy() from None
        if wants_events(", ".join(request.headers.getlist("accept"))):
            return await event_stream(drawn)
        return await whole(drawn, request)


async def whole(drawn: Drawn[Told], request: Request) -> Response:
    """The whole reply as JSON."""
    with watched(drawn, request.receive):
        reply = await drawn.last()
    if drawn.left:
        return Response(status_code=CLIENT_GONE)
    assert isinstance(reply, ChatReply)
    return Response(reply.model_dump_json(), media_type=JSON)


def busy() -> Problem:
    """429: more questions wait than can be answered within reason."""
    problem = Problem(429, "busy", "Too many questions wait for an answer.", "Ask again in a few seconds.")
    problem.headers = {"Retry-After": str(RETRY_AFTER)}
    return problem
