"""The HTTP application: :func:`create_app` puts any :class:`Answerer` behind the routes and the chat page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Path
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from assistant import __version__
from assistant.errors import AssistantError
from assistant.records import Answer, Turn

from .memory import Conversations, MemoryConversations, Said
from .problems import Problem, add_handlers
from .schemas import ChatReply, ChatRequest, Conversation, ConversationId, ErrorReply, Health
from .shell import MAX_BODY_BYTES, Shell

STATIC = FilePath(__file__).with_name("static")

Responses = dict[int | str, dict[str, Any]]
AnyConversation = Annotated[ConversationId, Path()]


class Answerer(Protocol):
    """Whatever answers a question.  ``ask`` is called from many threads at once."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
    ) -> Answer:
        """One checked answer; an :class:`~assistant.errors.AssistantError` when there can be none."""


def create_app(
    assistant: Answerer,
    *,
    version: str = __version__,
    conversations: Conversations | None = None,
    ready: Callable[[], object] | None = None,
    max_body: int = MAX_BODY_BYTES,
) -> FastAPI:
    """The application.

    ``conversations`` keeps what was said (in memory unless another store is given); ``ready`` is
    called by ``/readyz`` and raises an AssistantError while questions cannot be answered;
    ``max_body`` is in bytes.
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
    add_chat(app, assistant, MemoryConversations() if conversations is None else conversations)
    add_operations(app, version, ready)
    add_page(app)
    return app


def errors(*statuses: int) -> Responses:
    """OpenAPI's entry for the errors that a route can give."""
    return {status: {"model": ErrorReply} for status in (*statuses, 500)}


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex


def no_conversation(conversation_id: str) -> Problem:
    """404 for a conversation that was never held, was deleted or has been dropped for newer ones."""
    return Problem(
        404, "no_conversation", f"There is no conversation {conversation_id}.", "Begin another with POST /v1/chat."
    )


def add_chat(app: FastAPI, assistant: Answerer, conversations: Conversations) -> None:
    """The routes of a conversation.  They are plain functions: the framework runs them in its threads."""

    @app.post("/v1/chat", responses=errors(400, 409, 413, 422), tags=["chat"])
    def chat(body: ChatRequest) -> ChatReply:
        """Answers one question, within a conversation."""
        conversation_id = body.conversation_id or new_id()
        kept = conversations.begin(conversation_id)
        sent = body.turns()
        history = tuple(Turn(said.role, said.content) for said in kept) if sent is None else sent
        answer = assistant.ask(body.question, history=history, region=body.region, fiscal_year=body.fiscal_year)
        answer_id = new_id()
        conversations.add(conversation_id, Said("user", body.question), Said("assistant", answer.text, answer_id))
        return ChatReply.of(answer, conversation_id=conversation_id, answer_id=answer_id)

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
    def healthz() -> Health:
        """200 as long as the process serves."""
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
