"""What is stored of a question, a comment or an answer: without personal data, and as text that a database takes."""

from __future__ import annotations

from dataclasses import replace

from ..records import Answer
from .masking import masked


def hidden_text(text: str) -> str:
    """What a person wrote, masked."""
    return masked(storable(text))


def hidden_answer(answer: Answer) -> Answer:
    """An answer whose words are masked, but for what its sources print: telephone numbers and addresses of offices.

    Citations and figures stay as they are: they hold nothing but words of the published documents.
    """
    public = public_words(answer)

    def hidden(text: str) -> str:
        return masked(storable(text), keep=public)

    return replace(
        answer,
        question=hidden_text(answer.question),
        text=hidden(answer.text),
        notices=tuple(map(hidden, answer.notices)),
        suggestions=tuple(map(hidden, answer.suggestions)),
    )


def public_words(answer: Answer) -> tuple[str, ...]:
    """What an answer's sources print of themselves."""
    phones = (figure.text for figure in answer.figures if figure.kind == "phone")
    return (*phones, *(citation.quote for citation in answer.citations))


def storable(text: str) -> str:
    """``text`` without NUL and lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
