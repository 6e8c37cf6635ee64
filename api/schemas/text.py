"""Texts that come in: what is read, what is refused, and how OpenAPI describes it."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_QUESTION = 2000
MAX_FILTER = 40


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
