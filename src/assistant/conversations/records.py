"""What the store hands out, and an answer as the text that it keeps."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from ..records import Answer
from .hiding import hidden_text

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation; ``answer_id`` and the whole ``answer`` stand with the assistant's.

    ``at`` is when it was said, in seconds since 1970.
    """

    role: str  # user, assistant
    content: str
    answer_id: str | None = None
    answer: Answer | None = None
    at: int = field(default=0, compare=False)  # said again it is the same message


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that stands in a conversation, with the id under which it can be rated."""

    answer_id: str
    answer: Answer
    question: str | None = field(default=None, compare=False)  # as it stands in the store; None for one just kept

    def is_of(self, question: str) -> bool:
        """Whether this is the answer to a question; nobody knows what was masked in it."""
        return self.question is None or self.question == hidden_text(question)


def new_id() -> str:
    """An id that nobody can guess: 128 random bits, in letters that need no escape in an address."""
    return secrets.token_hex(16)


def answer_text(answer: Answer) -> str:
    """An answer as JSON."""
    return _ANSWER.dump_json(answer).decode()


def answer_of(text: str) -> Answer:
    """An answer from its JSON; a field that this program does not know is left out."""
    return _ANSWER.validate_json(text)
