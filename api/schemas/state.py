"""The server's state and its errors over the wire."""

from __future__ import annotations

from pydantic import BaseModel


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
