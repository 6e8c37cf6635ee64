"""What OpenAPI is told of the errors that routes give."""

from __future__ import annotations

from typing import Any

from ..schemas import ErrorReply

Responses = dict[int | str, dict[str, Any]]


def errors(*statuses: int) -> Responses:
    """OpenAPI's entry for the errors that a route can give."""
    return {status: {"model": ErrorReply} for status in (*statuses, 500)}
