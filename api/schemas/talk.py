"""Questions and answers over the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.records import Answer, AnswerFigure, Citation, Turn

from .text import Content, ConversationId, Filter, Question

MAX_HISTORY = 100
DECIMALS = 4  # 2/3 goes out as 0.6667


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


class AnswerTold(BaseModel):
    """A checked answer: every figure in ``text`` is bound to a citation, whose quote is the document's own words."""

    model_config = ConfigDict(from_attributes=True)

    question: str
    status: Annotated[str, Field(json_schema_extra={"enum": ["answered", "clarify", "abstained"]})]
    reason: str | None = Field(description="when abstained: not_in_corpus, not_stated, out_of_scope or unverified")
    text: str = Field(description="the answer, with [n] markers that name citations")
    citations: list[Citation]
    figures: list[AnswerFigure]
    notices: list[str] = Field(description="what the asker must know beside it, such as the year of the documents")
    suggestions: list[str] = Field(description="what may be asked next; the choices, when status is clarify")
    mode: Annotated[str, Field(json_schema_extra={"enum": ["extractive", "llm"]})]

    @classmethod
    def of(cls, answer: Answer, **ids: str) -> Self:
        """The wire form of ``answer``, its numbers rounded to four decimals; ``ids`` are those that it is known by."""
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
            **ids,
        )


class ChatReply(AnswerTold):
    """An answer, with the ids under which it can be continued and rated."""

    conversation_id: str
    answer_id: str


class StageTold(BaseModel):
    """What is being done for a question; ``compose`` after sentences takes those back."""

    stage: Annotated[str, Field(json_schema_extra={"enum": ["understand", "search", "consult", "write", "compose"]})]


class SentenceTold(BaseModel):
    """A verified sentence of an answer, with its markers."""

    text: str


def rounded(figure: AnswerFigure) -> AnswerFigure:
    """A figure as it goes out: ``number`` with four decimals."""
    return figure if figure.number is None else replace(figure, number=round(figure.number, DECIMALS))
