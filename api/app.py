"""The HTTP application: :func:`create_app` puts any :class:`Answerer` behind the routes and the chat page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import FastAPI, Path, Request
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from assistant import __version__
from assistant.errors import AssistantError

from .accepting import EVENTS, wants_events
from .chat import Answerer, Chat
from .drawing import Threads
from .memory import Conversations, MemoryConversations
from .problems import Problem, add_handlers
from .schemas import ChatReply, ChatRequest, Conversation, ConversationId, ErrorReply, Health
from .shell import MAX_BODY_BYTES, Shell
from .sse import DESCRIBED, PING_SECONDS, EventStream, event_stream

CHATS_AT_ONCE = 64
STATIC = FilePath(__file__).with_name("static")

Responses = dict[int | str, dict[str, Any]]
AnyConversation = Annotated[ConversationId, Path()]


def create_app(
    assistant: Answerer,
    *,
    version: str = __version__,
    conversations: Conversations | None = None,
    ready: Callable[[], object] | None = None,
    max_body: int = MAX_BODY_BYTES,
    chats: int = CHATS_AT_ONCE,
    ping: float = PING_SECONDS,
) -> FastAPI:
    """The application.

    ``conversations`` keeps what was said (in memory unless another store is given); ``ready`` is
    called by ``/readyz`` and raises an AssistantError while questions cannot be answered;
    ``max_body`` is in bytes; ``chats`` answers are made at once while more wait; on a stream something comes at least
    every ``ping`` seconds.
    """
    app = FastAPI(
        title="支援制度 相談API",
        summary="Answers about support programs, each figure with its source",
        version=version,
        docs_url=None,  # the built-in viewers load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,  # a redirect would have no JSON body
    )
    app.add_middleware(Shell, max_body=max_body)
    add_handlers(app)
    kept = MemoryConversations() if conversations is None else conversations
    add_chat(app, Chat(assistant, kept), Threads(chats), ping)
    add_conversations(app, kept)
    add_operations(app, version, ready)
    add_page(app)
    return app


def errors(*statuses: int) -> Responses:
    """OpenAPI's entry for the errors that a route can give."""
    return {status: {"model": ErrorReply} for status in (*statuses, 500)}


def no_conversation(conversation_id: str) -> Problem:
    """404 for a conversation that was never held, was deleted or has been dropped for newer ones."""
    return Problem(
        404, "no_conversation", f"There is no conversation {conversation_id}.", "Begin another with POST /v1/chat."
    )


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


def add_conversations(app: FastAPI, conversations: Conversations) -> None:
    """What was said.  These are plain functions: the framework runs them in its threads."""

    @app.get("/v1/conversations/{conversation_id}", responses=errors(404, 422), tags=["chat"])
    def conversation(conversation_id: AnyConversation) -> Conversation:
        """What was said."""
        said = conversations.said(conversation_id)
        if said is None:
            raise no_conversation(conversation_id)
        return Conversation(conversation_id=conversation_id, turns=list(said))

    @app.delete("/v1/conversations/{conversation_id}", status_code=204, responses=errors(404, 422), tags=["chat"])
    def forget(conversation_id: AnyConversation) -> None:
        """Deletes a conversation for good."""
        if not conversations.delete(conversation_id):
            raise no_conversation(conversation_id)


def add_operations(app: FastAPI, version: str, ready: Callable[[], object] | None) -> None:
    """Is it up, and can it answer."""

    @app.head("/healthz", include_in_schema=False)
    @app.get("/healthz", tags=["operations"])
    async def healthz() -> Health:
        """200 as long as the process serves; it waits for no thread."""
        return Health(status="ok", version=version)

    @app.head("/readyz", include_in_schema=False)
    @app.get("/readyz", responses=errors(503), tags=["operations"])
    def readyz() -> Health:
        """200 when questions can be answered, 503 (for load balancers) while they cannot."""
        try:
            if ready is not None:
                ready()
        except AssistantError as error:
            raise Problem(503, error.code, error.message, error.hint) from error
        return Health(status="ready", version=version)


def add_page(app: FastAPI) -> None:
    """The chat page and its files."""

    @app.head("/", include_in_schema=False)
    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    app.mount("/static", StaticFiles(directory=STATIC), name="static")
