"""``/v1/conversations/{id}``: what was said, and its deletion."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Path

from assistant.conversations import Said

from ..problems import Problem
from ..schemas import ConversationId
from ..schemas.kept import Conversation, KeptTurn
from .replies import CHANGING, errors

AnyConversation = Annotated[ConversationId, Path()]


class Kept(Protocol):
    """Whoever keeps what was said.  Every method may be called from many threads at once."""

    def said(self, conversation_id: str) -> tuple[Said, ...] | None:
        """What was said, oldest first, or None when there is no such conversation."""

    def delete(self, conversation_id: str) -> bool:
        """Forget it for good; False when there was none."""


def no_conversation(conversation_id: str) -> Problem:
    """404 for a conversation that was never held, was deleted or was kept for long enough."""
    return Problem(
        404, "no_conversation", f"There is no conversation {conversation_id}.", "Begin another with POST /v1/chat."
    )


def add_conversations(app: FastAPI, kept: Kept) -> None:
    """What was said.  These are plain functions: the framework runs them in its threads."""

    @app.get("/v1/conversations/{conversation_id}", responses=errors(404, 422, 429, 503), tags=["chat"])
    def conversation(conversation_id: AnyConversation) -> Conversation:
        """What was said."""
        said = kept.said(conversation_id)
        if said is None:
            raise no_conversation(conversation_id)
        turns = [KeptTurn.of(one, conversation_id) for one in said]
        return Conversation(conversation_id=conversation_id, turns=turns)

    @app.delete(
        "/v1/conversations/{conversation_id}",
        status_code=204,
        responses=errors(*CHANGING, 404, 422, 503),
        tags=["chat"],
    )
    def forget(conversation_id: AnyConversation) -> None:
        """Deletes a conversation for good, and the ratings of its answers."""
        if not kept.delete(conversation_id):
            raise no_conversation(conversation_id)
