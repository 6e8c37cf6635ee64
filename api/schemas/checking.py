"""A text whose figures are to be checked, as it comes in."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

from .narrowing import Word
from .text import READABLE, blank_is_none, readable

MAX_TEXT = 20_000  # characters; the route holds it, with the other limits of what a check may cost


Text = Annotated[
    str, AfterValidator(readable), WithJsonSchema({"type": "string", "maxLength": MAX_TEXT, "pattern": READABLE})
]


class CheckRequest(BaseModel):
    """A text that somebody wrote, and the program that it is about when it does not say so itself."""

    text: Text = Field(examples=["事業承継補助金の補助率は、原則枠が2/3です。"])
    program: Annotated[Word, AfterValidator(blank_is_none)] | None = Field(
        None, description="hold every figure against programs whose name holds this text", examples=["事業承継補助金"]
    )
