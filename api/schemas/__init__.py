"""What goes over the wire, as pydantic models: OpenAPI and validation come from here.

Citations and figures are the core's own records, so the two cannot drift apart.
"""

from __future__ import annotations

from .kept import Conversation
from .state import ErrorBody, ErrorReply, Health
from .talk import (
    DECIMALS,
    MAX_HISTORY,
    ChatReply,
    ChatRequest,
    SentenceTold,
    StageTold,
    TurnIn,
    rounded,
)
from .text import (
    MAX_FILTER,
    MAX_QUESTION,
    Content,
    ConversationId,
    Filter,
    Question,
    asked,
    blank_is_none,
    readable,
)

__all__ = [
    "DECIMALS",
    "MAX_FILTER",
    "MAX_HISTORY",
    "MAX_QUESTION",
    "ChatReply",
    "ChatRequest",
    "Content",
    "Conversation",
    "ConversationId",
    "ErrorBody",
    "ErrorReply",
    "Filter",
    "Health",
    "Question",
    "SentenceTold",
    "StageTold",
    "TurnIn",
    "asked",
    "blank_is_none",
    "readable",
    "rounded",
]
