"""The request for a second opinion of what is asked: rules, and the asker's own turns as data."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Turn
from .messages import Message
from .prompt import as_data, asker_turns, block, text_of

LONGEST = 2_000  # characters of the question and the earlier ones together; a longer story needs no second reader


def second_request(question: str, history: Sequence[Turn]) -> tuple[Message, ...] | None:
    """The messages that ask how a question is meant; None where it is too long: it is refused, not cut."""
    earlier = asker_turns(history)
    if sum(map(len, (*earlier, question))) > LONGEST:
        return None
    parts = [
        *([block("これまでの質問", map(as_data, earlier))] if earlier else []),
        block("質問", [as_data(question)]),
    ]
    return Message("system", text_of("second")), Message("user", "\n".join(parts))
