"""Every error a client can meet, in one shape: ``{"error": {"code", "message", "hint"}}``.

``code`` is for programs and stays; ``message`` says what is wrong and ``hint`` what to do, one line each.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from assistant.conversations import StoreUnavailable
from assistant.errors import AssistantError, QuestionError

from .ids import current_id

JSON_HINT = 'Send a JSON object such as {"question": "…"} with Content-Type: application/json.'

# What the framework raises by itself, in words that tell a client what to do.
BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("malformed_json", "The body is not JSON that can be read.", JSON_HINT),
    404: ("not_found", "There is nothing at this address.", "GET /openapi.json lists every route."),
    405: ("method_not_allowed", "This address does not take that method.", "The Allow header lists those it takes."),
    408: ("too_slow", "The body did not arrive in time.", "Send it again in one go."),
    413: ("too_large", "The body is larger than this server reads.", "Send fewer or shorter turns."),
}

CLOSING = {"Connection": "close"}  # what still comes of a body that took too long is not waited for

VALIDATION_HINTS = {
    "question_empty": 'Write a question in "question".',
    "question_too_long": "Shorten the question, or ask it in parts.",
    "not_text": "Remove control characters; line breaks and tabs may stay.",
}

log = logging.getLogger(__name__)

#: Told of the code of each failure of the request that is served, in its threads too.
told_of_failures: ContextVar[Callable[[str], None]] = ContextVar("told_of_failures")


class Problem(HTTPException):
    """An error with a code of its own; raised by routes and by the body limit.

    It is an ``HTTPException`` because the framework turns any other exception met
    while it reads a body into a plain 400.
    """

    def __init__(
        self, status: int, code: str, message: str, hint: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status_code=status, detail=message, headers=headers)
        self.code = code
        self.hint = hint


def error_response(
    status: int, code: str, message: str, hint: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The one error shape, as a response."""
    body = {"error": {"code": code, "message": message, "hint": hint}}
    return JSONResponse(body, status_code=status, headers=dict(headers or {}))


def problem_of_status(status: int) -> Problem:
    """The standard problem of an HTTP status, for whoever raises it by number."""
    code, message, hint = BY_STATUS.get(
        status, (f"http_{status}", "The request was refused.", "See GET /openapi.json.")
    )
    return Problem(status, code, message, hint, CLOSING if status == 408 else None)


def problem_of(error: Exception, place: str) -> Problem:
    """Any exception as a problem.

    A named error of the core is 422 when the question is at fault, 503 when the store of conversations cannot be
    reached, and 409 when the server's state is at fault.  Anything else is a defect of what was done at ``place``, a
    method and a route: the request's id, which the operator finds in the log, and nothing of the cause.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, AssistantError):
        failed(error.code)
        return Problem(status_of(error), error.code, error.message, error.hint, pause_of(error))
    failed("internal")
    incident = current_id()
    log.error("incident %s: %s", incident, place, exc_info=error)
    return Problem(500, "internal", "The server has a defect.", f"Tell its operator this incident number: {incident}.")


def failed(code: str) -> None:
    """Tell whoever counts failures, when somebody does."""
    tell = told_of_failures.get(None)
    if tell is not None:
        tell(code)


def status_of(error: AssistantError) -> int:
    """The status of a named error of the core."""
    if isinstance(error, StoreUnavailable):
        return 503
    return 422 if isinstance(error, QuestionError) else 409


def pause_of(error: AssistantError) -> dict[str, str] | None:
    """When to come back, where that helps."""
    return {"Retry-After": str(error.retry_after)} if isinstance(error, StoreUnavailable) else None


async def on_http(request: Request, error: Exception) -> JSONResponse:
    """Our own problems, and what the framework refuses by number (404, 405 …)."""
    assert isinstance(error, HTTPException)
    problem = error if isinstance(error, Problem) else problem_of_status(error.status_code)
    headers = {"allow": ", ".join(allowed(request))} if error.status_code == 405 else error.headers
    return error_response(problem.status_code, problem.code, problem.detail, problem.hint, headers)


def allowed(request: Request) -> list[str]:
    """The methods of the address asked for, over all of its routes (the framework names only the first one's)."""
    routes = [route for route in request.app.routes if route.matches(request.scope)[0] is Match.PARTIAL]
    methods = {method for route in routes if isinstance(route, Route) for method in route.methods or ()}
    return sorted(methods) or ["GET", "HEAD"]  # no route of that address: one of the page's files


async def on_invalid(request: Request, error: Exception) -> JSONResponse:
    """A body or path that does not fit its schema: the first fault, and never the input itself."""
    assert isinstance(error, RequestValidationError)
    fault = error.errors()[0]
    kind = str(fault["type"])
    if kind == "json_invalid":
        return await on_http(request, problem_of_status(400))
    code = kind if kind in VALIDATION_HINTS else "invalid_request"
    where = place(fault["loc"])
    hint = JSON_HINT if where == "body" else "GET /openapi.json states the form of every field."
    return error_response(422, code, f"{where}: {fault['msg']}.", VALIDATION_HINTS.get(kind, hint))


def place(location: Sequence[Any]) -> str:
    """``("body", "history", 3, "TurnIn", "role")`` → ``history.3.role``; the whole body is ``body``.

    Names of types, which the framework puts in where a value may have several, say nothing to a client.
    """
    names = [str(part) for part in location[1:] if isinstance(part, int) or re.fullmatch("[a-z_]+", str(part))]
    return ".".join(name for name in names if name != "str") or str(location[0])


async def on_assistant(request: Request, error: Exception) -> JSONResponse:
    """A named error of the core."""
    return await on_http(request, problem_of(error, request.method))


def add_handlers(app: FastAPI) -> None:
    """Put every named error of ``app`` into the one shape."""
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(AssistantError, on_assistant)
