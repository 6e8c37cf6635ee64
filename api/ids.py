"""The id of a request: in its reply, in every log line that it causes, and in the report of a defect."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import Headers
from structlog.contextvars import get_contextvars

HEADER = "x-request-id"
NAME = "request_id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id_of(headers: Headers) -> str:
    """The id that the client (or a proxy before us) gave, when it can do no harm in a log; else a new one."""
    given = headers.get(HEADER, "")
    return given if GIVEN.fullmatch(given) else new_id()


def new_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def current_id() -> str:
    """The id of the request that is being served, in its threads too; a new one outside of any."""
    return str(get_contextvars().get(NAME) or new_id())
