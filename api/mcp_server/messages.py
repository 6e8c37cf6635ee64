"""What is no message of the protocol, told in one line before the library tells it in its validator's own words."""

from __future__ import annotations

import json
from typing import Any

from mcp_types import INVALID_REQUEST, PARSE_ERROR
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive

Fault = tuple[int, str]

NO_JSON = "It is not JSON that can be read: send one JSON-RPC message."
NO_MESSAGE = "It is no JSON-RPC message: send one object with jsonrpc, and method or result; batches are not taken."
NO_ID = "The id of a request is a string or a whole number; a notification has none."


def fault_in(sent: Any) -> Fault | None:
    """The code and the line of what is wrong with a message as JSON; None where the library may read it."""
    if not isinstance(sent, dict) or not {"method", "result", "error"} & sent.keys():
        return INVALID_REQUEST, NO_MESSAGE
    if "method" in sent and "id" in sent and type(sent["id"]) not in (int, str):
        return INVALID_REQUEST, NO_ID
    return None


def fault_in_bytes(data: bytes) -> Fault | None:
    """The same of a message's bytes."""
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError):
        return PARSE_ERROR, NO_JSON
    return fault_in(sent)


def refused(fault: Fault) -> Response:
    """The reply to a body that is no message."""
    code, line = fault
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": line}}, 400)


async def read(request: Request, receive: Receive) -> tuple[bytes, Receive]:
    """A request's body, and what gives it once more to whoever reads it next."""
    body = await request.body()
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return body, again
