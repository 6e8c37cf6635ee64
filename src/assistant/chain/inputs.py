"""What a LangChain caller gives a chain, read into a question with its conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, convert_to_messages
from langchain_core.prompt_values import PromptValue

from ..errors import QuestionError
from ..records import Turn
from ..understand import check_question
from .stages import Asked

#: A question; the same with its conversation and what is known of the asker; or messages, the last human one asks.
Question = str | Mapping[str, Any] | Sequence[Any] | PromptValue | Asked

FIELDS = ("question", "history", "region", "fiscal_year", "conversation")
_ROLES = {"human": "user", "ai": "assistant"}  # a system's or a tool's message is no turn: nobody instructs this chain


def read_asked(given: Question) -> Asked:
    """A question with its earlier turns.

    ``given`` is the question; or a mapping of ``question`` and, if known, ``history``, ``region``, ``fiscal_year`` and
    ``conversation``; or messages of LangChain (also ``(role, text)`` or ``{"role", "content"}``), of which the last
    human one is the question and what stands before it the history.  Raises QuestionError in one line.
    """
    asked = _taken(given)
    return replace(asked, question=check_question(asked.question))


def _taken(given: object) -> Asked:
    match given:
        case Asked():
            return given
        case str():
            return Asked(given)
        case Mapping():
            return _of_fields(given)
        case PromptValue():
            return _of_messages(given.to_messages())
        case [*_]:
            return _of_messages(_messages(given))
    raise QuestionError(
        f"{type(given).__name__} cannot be asked.", hint="Give a text, a dict with a question, or messages."
    )


def _of_fields(given: Mapping[Any, Any]) -> Asked:
    unknown = [str(name) for name in given if name not in FIELDS]
    if unknown:
        raise QuestionError(f"{unknown[0][:40]!r} is no part of a question.", hint=f"Use {', '.join(FIELDS)}.")
    told = {name: value for name, value in given.items() if name != "history" and value not in (None, "")}
    wrong = [name for name, value in told.items() if not isinstance(value, str)]
    if wrong:
        raise QuestionError(f"{wrong[0]!r} of a question must be a text.")
    history = given.get("history") or ()
    if isinstance(history, (str, Mapping)) or not isinstance(history, Iterable):
        raise QuestionError("The history of a question must be a list.", hint="Give the earlier turns in their order.")
    return Asked(**{"question": "", **told}, history=_turns(history))


def _of_messages(messages: Sequence[BaseMessage]) -> Asked:
    asked = [place for place, message in enumerate(messages) if isinstance(message, HumanMessage)]
    if not asked:
        raise QuestionError("No message asks anything.", hint="Let the last human message be the question.")
    question = messages[asked[-1]]
    if any(block["type"] != "text" for block in question.content_blocks):
        raise QuestionError("Only text can be asked.", hint="Leave images and files out of the message.")
    return Asked(str(question.text), _turns(messages[: asked[-1]]))


def _turns(history: Iterable[Any]) -> tuple[Turn, ...]:
    """The turns of asker and assistant; a bare text is the asker's."""
    given = [(one.role, one.content) if isinstance(one, Turn) else one for one in history]
    return tuple(
        Turn(_ROLES[message.type], str(message.text)) for message in _messages(given) if message.type in _ROLES
    )


def _messages(given: Iterable[Any]) -> list[BaseMessage]:
    try:
        return convert_to_messages(given)
    except (ValueError, TypeError, NotImplementedError, AttributeError):
        hint = "Give texts, messages, or dicts with a role and a content."
    raise QuestionError("The messages cannot be read.", hint=hint)
