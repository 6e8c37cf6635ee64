"""What OpenAPI is told of the errors that routes give."""

from __future__ import annotations

from typing import Any

from ..schemas import ErrorReply

Responses = dict[int | str, dict[str, Any]]

CHANGING = (403, 429)  # what may meet any request that is more than reading …
POSTED = (*CHANGING, 400, 408, 413, 422)  # … and one with a body

#: What each status means here, with the code, message and hint of an error that has it.
MEANT = {
    400: ("The body cannot be read", "malformed_json", "The body is not JSON that can be read.", "Send a JSON object."),
    403: (
        "The page that asks is of a site that may not",
        "origin_not_allowed",
        "Pages of https://elsewhere.example may not ask here.",
        "Its operator can add the site to ASSISTANT_ALLOWED_ORIGINS.",
    ),
    404: ("There is no such thing", "not_found", "There is nothing at this address.", "See GET /openapi.json."),
    408: ("The request came too slowly", "too_slow", "The body did not arrive in time.", "Send it again."),
    409: ("There can be no answer now", "index_missing", "There is no index.", "Run 「assistant build」 first."),
    413: ("The body is too large", "too_large", "The body is larger than this server reads.", "Send less at once."),
    422: (
        "A field does not fit",
        "question_too_long",
        "question: it has 2,345 characters, 2,000 are read.",
        "Shorten the question, or ask it in parts.",
    ),
    429: (
        "Too many requests; `Retry-After` says in how many seconds to come back",
        "rate_limited",
        "Too many questions came from this address.",
        "Come back in 12 seconds.",
    ),
    500: (
        "A defect of the server",
        "internal",
        "The server has a defect.",
        "Tell its operator this incident number: 3f9a1c0d2b7e.",
    ),
    503: (
        "Not now; `Retry-After` says in how many seconds to come back",
        "store_unavailable",
        "What is kept cannot be reached now.",
        "Come back in a few seconds.",
    ),
}


def errors(*statuses: int) -> Responses:
    """OpenAPI's entry for the errors that a route can give; a defect can come from any."""
    return {status: error(status) for status in sorted({*statuses, 500})}


def error(status: int) -> dict[str, Any]:
    """One status: its meaning, the one shape and an example."""
    description, code, message, hint = MEANT[status]
    example = {"error": {"code": code, "message": message, "hint": hint}}
    said: dict[str, Any] = {
        "model": ErrorReply,
        "description": description,
        "content": {"application/json": {"example": example}},
    }
    if status in (429, 503):
        said["headers"] = {"Retry-After": {"description": "whole seconds", "schema": {"type": "integer", "minimum": 1}}}
    return said
