"""What goes over the wire, as pydantic models: OpenAPI and validation come from here.

Citations and figures are the core's own records, so the two cannot drift apart.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.records import Answer, AnswerFigure, Citation, Turn

from .memory import Said

MAX_QUESTION = 2000
MAX_HISTORY = 100
MAX_FILTER = 40
DECIMALS = 4  # 2/3 goes out as 0.6667


def readable(text: str) -> str:
    """Text without control characters (line breaks and tabs may stay), or a validation error."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r":
            raise PydanticCustomError("not_text", "it holds the control character U+{code}", code_of(character))
    return text


def code_of(character: str) -> dict[str, Any]:
    """A character's code point as an error message's field."""
    return {"code": f"{ord(character):04X}"}


def asked(text: str) -> str:
    """A question without the space around it: something visible, at most ``MAX_QUESTION`` characters."""
    text = readable(text).strip()
    if not any(unicodedata.category(character)[0] not in "ZC" for character in text):
        raise PydanticCustomError("question_empty", "it is empty")
    if len(text) > MAX_QUESTION:
        limit = {"limit": MAX_QUESTION, "length": len(text)}
        raise PydanticCustomError("question_too_long", "it has {length} characters, {limit} are read", limit)
    return text


def blank_is_none(text: str) -> str | None:
    """A filter that was left blank is no filter."""
    return readable(text).strip() or None


# The same rules as regular expressions, for OpenAPI's readers; the validators above are what holds.
CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
READABLE = f"^[^{CONTROLS}]*$"
VISIBLE = rf"^[^{CONTROLS}]*[^\s{CONTROLS}][^{CONTROLS}]*$"

Question = Annotated[
    str,
    AfterValidator(asked),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_QUESTION, "pattern": VISIBLE}),
]
Content = Annotated[str, AfterValidator(readable), WithJsonSchema({"type": "string", "pattern": READABLE})]
# The first character keeps "." and ".." out of paths; ":" and "." let a chat service's thread id be used.
ConversationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:\-]{0,127}$", examples=["7f0c…"])]
Filter = Annotated[
    str,
    Field(max_length=MAX_FILTER),
    AfterValidator(blank_is_none),
    WithJsonSchema({"type": "string", "maxLength": MAX_FILTER, "pattern": READABLE}),
]


class TurnIn(BaseModel):
    """An earlier turn, as a client that keeps its own history sends it."""

    role: Annotated[str, Field(pattern="^(user|assistant)$")]
    content: Content


class ChatRequest(BaseModel):
    """A question, and what it is asked within."""

    question: Question
    conversation_id: ConversationId | None = Field(
        None, description="goes on with that conversation; an unknown one is opened under this id"
    )
    region: Filter | None = Field(None, description="a prefecture's full name, or 国", examples=["秋田県"])
    fiscal_year: Filter | None = Field(None, examples=["令和4年度"])
    history: Annotated[list[TurnIn | Content], Field(max_length=MAX_HISTORY)] | None = Field(
        None, description="earlier turns, oldest first, in place of the kept ones; a string is a user's turn"
    )

    def turns(self) -> tuple[Turn, ...] | None:
        """The history that the client sent, or None when it sent none."""
        if self.history is None:
            return None
        return tuple(
            Turn("user", turn) if isinstance(turn, str) else Turn(turn.role, turn.content) for turn in self.history
        )


class ChatReply(BaseModel):
    """An answer, with the ids under which it can be continued and rated."""

    model_config = ConfigDict(from_attributes=True)

    question: str
    status: Annotated[str, Field(json_schema_extra={"enum": ["answered", "clarify", "abstained"]})]
    reason: str | None = Field(description="when abstained: not_in_corpus, not_stated, out_of_scope or unverified")
    text: str
    citations: list[Citation]
    figures: list[AnswerFigure]
    notices: list[str]
    suggestions: list[str]
    mode: Annotated[str, Field(json_schema_extra={"enum": ["extractive", "llm"]})]
    conversation_id: str
    answer_id: str

    @classmethod
    def of(cls, answer: Answer, *, conversation_id: str, answer_id: str) -> ChatReply:
        """The wire form of ``answer``, its numbers rounded to four decimals."""
        return cls(
            question=answer.question,
            status=answer.status,
            reason=answer.reason,
            text=answer.text,
            citations=list(answer.citations),
            figures=[rounded(figure) for figure in answer.figures],
            notices=list(answer.notices),
            suggestions=list(answer.suggestions),
            mode=answer.mode,
            conversation_id=conversation_id,
            answer_id=answer_id,
        )


class StageTold(BaseModel):
    """What is being done for a question; ``compose`` after sentences takes those back."""

    stage: Annotated[str, Field(json_schema_extra={"enum": ["understand", "search", "write", "compose"]})]


class SentenceTold(BaseModel):
    """A verified sentence of an answer, with its markers."""

    text: str


def rounded(figure: AnswerFigure) -> AnswerFigure:
    """A figure as it goes out: ``number`` with four decimals."""
    return figure if figure.number is None else replace(figure, number=round(figure.number, DECIMALS))


class Conversation(BaseModel):
    """What was said in one conversation, oldest first."""

    conversation_id: str
    turns: list[Said]


class Health(BaseModel):
    """The server's state in a word."""

    status: str
    version: str


class ErrorBody(BaseModel):
    """What is wrong and what to do."""

    code: str
    message: str
    hint: str


class ErrorReply(BaseModel):
    """The body of every error."""

    error: ErrorBody
