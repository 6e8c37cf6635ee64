"""``/v1/conversations/{id}``: what was said, and its deletion."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path

from ..memory import Conversations
from ..problems import Problem
from ..schemas import Conversation, ConversationId
from .replies import errors

AnyConversation = Annotated[ConversationId, Path()]


def no_conversation(conversation_id: str) -> Problem:
    """404 for a conversation that was never held, was deleted or has been dropped for newer ones."""
    return Problem(
        404, "no_conversation", f"There is no conversation {conversation_id}.", "Begin another with POST /v1/chat."
    )


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
