"""What is kept: conversations as they are read again, and how answers were found."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.conversations import Said

from .talk import ChatReply
from .text import READABLE, blank_is_none, readable

MAX_COMMENT = 2000
WORDS = ("up", "down")
NUMBERS = range(-1, 6)


def rating(value: Any) -> str | int:
    """``up``, ``down`` or a whole number from -1 to 5."""
    if isinstance(value, str) and value in WORDS:
        return value
    if type(value) in (int, float) and value in NUMBERS:
        return int(value)  # JSON has one kind of number: 3.0 is 3
    raise PydanticCustomError("not_a_rating", "it is neither up, down nor a whole number from -1 to 5")


RATINGS = {"anyOf": [{"type": "string", "enum": [*WORDS]}, {"type": "integer", "minimum": -1, "maximum": 5}]}
Rating = Annotated[str | int, BeforeValidator(rating), WithJsonSchema(RATINGS)]
Comment = Annotated[
    str,
    Field(max_length=MAX_COMMENT),
    AfterValidator(readable),
    AfterValidator(blank_is_none),
    WithJsonSchema({"type": "string", "maxLength": MAX_COMMENT, "pattern": READABLE}),
]
AnswerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_\-]{1,128}$", examples=["c1e5…"])]


class KeptTurn(BaseModel):
    """One message, its personal data masked; with an assistant's the whole answer."""

    role: Annotated[str, Field(json_schema_extra={"enum": ["user", "assistant"]})]
    content: str
    answer_id: str | None
    answer: ChatReply | None

    @classmethod
    def of(cls, said: Said, conversation_id: str) -> KeptTurn:
        """The wire form of a message."""
        whole = None
        if said.answer is not None and said.answer_id is not None:
            whole = ChatReply.of(said.answer, conversation_id=conversation_id, answer_id=said.answer_id)
        return cls(role=said.role, content=said.content, answer_id=said.answer_id, answer=whole)


class Conversation(BaseModel):
    """What was said in one conversation, oldest first."""

    conversation_id: str
    turns: list[KeptTurn]


class FeedbackRequest(BaseModel):
    """How an answer was found; a second rating takes the place of the first, a comment stays unless another comes."""

    answer_id: AnswerId
    rating: Rating
    comment: Comment | None = None


class FeedbackReply(BaseModel):
    """What was kept."""

    answer_id: str
    rating: Rating
