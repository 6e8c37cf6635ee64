"""How a call failed, read from whatever a provider's library raises.

No library is imported here: its errors are known by the status they carry and by the names of their classes, which
httpx, the OpenAI and Anthropic clients, Ollama's and botocore share well enough.
"""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import ModelFault

#: What an operator reads in the log, with what to do.
MEANING = {
    "refused": "nothing answers at its address: check ASSISTANT_LLM_BASE_URL and that the server runs",
    "unauthorized": "the key was refused: check ASSISTANT_LLM_API_KEY",
    "forbidden": "the key may not use this model: check ASSISTANT_LLM and ASSISTANT_LLM_API_KEY",
    "unknown_model": "the server does not know the model or the path: check ASSISTANT_LLM and ASSISTANT_LLM_BASE_URL",
    "busy": "the server takes no more requests for now (429)",
    "server": "the server failed (5xx)",
    "slow": "its reply did not begin in time (ASSISTANT_LLM_FIRST_TOKEN)",
    "stalled": "its reply paused for too long (ASSISTANT_LLM_STALL)",
    "late": "its reply was not whole in time (ASSISTANT_LLM_TIMEOUT)",
    "cut": "its reply broke off",
    "garbled": "what came is no chat completion: check ASSISTANT_LLM_BASE_URL",
    "empty": "its reply was empty",
    "too_long": "its reply was longer than any answer is",
    "open": "it is left alone for a while after its faults",
    "budget": "the tokens of this conversation or day are used up, or cannot be counted",
    "crowded": "too many calls at once (ASSISTANT_LLM_AT_ONCE)",
    "left": "nobody waits for the answer any more",
    "allowance": "the calls of this question are used up",
    "misused": "the server refused the request (4xx): check what ASSISTANT_LLM takes",
}
_BY_STATUS = {401: "unauthorized", 403: "forbidden", 404: "unknown_model", 408: "slow", 429: "busy"}
_REFUSED = {"ConnectError", "ConnectionRefusedError", "gaierror", "EndpointConnectionError", "NewConnectionError"}
_CUT = {
    "APIConnectionError",
    "ConnectionClosedError",
    "ConnectionError",
    "IncompleteRead",
    "ModelConnectionError",
    "ProtocolError",
    "TransportError",
}
_SERVER = {"APIError", "ModelAPIError", "EventStreamError"}  # told within a stream that had begun with 200


def fault(sort: str, *, retry_after: float | None = None) -> ModelFault:
    """A fault whose message says what it means.  The provider's own words stay out: they may hold a part of the key."""
    return ModelFault(sort, f"The language model gave no usable reply: {MEANING[sort]}.", retry_after=retry_after)


def fault_of(error: BaseException, *, now: dt.datetime | None = None) -> ModelFault:
    """What a provider's error tells, its causes included; ``now`` is what an HTTP date is reckoned from."""
    chain = list(_causes(error))
    for one in chain:
        if isinstance(one, ModelFault):
            return one
    for one in chain:
        if status := _status(one):
            return fault(_sort_of(status, one), retry_after=_retry_after(_headers(one), now or _now()))
    return fault(_by_name({kind.__name__ for one in chain for kind in type(one).__mro__}))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _by_name(names: set[str]) -> str:
    """The sort by the class names of an error, its bases and its causes."""
    if names & _REFUSED:  # first: urllib3 calls a name that is not known a timeout too
        return "refused"
    if any("Timeout" in name for name in names):
        return "slow"
    for sort, known in (("cut", _CUT), ("server", _SERVER)):
        if names & known:
            return sort
    return "garbled"


def _status(error: BaseException) -> int:
    """The HTTP status that an error carries; 0 without one."""
    response = getattr(error, "response", None)
    body = getattr(error, "body", None)
    told = (
        getattr(error, "status_code", None),
        getattr(response, "status_code", None),
        _botocore(response).get("HTTPStatusCode"),
        body.get("code") if isinstance(body, Mapping) else None,
    )
    return next((int(one) for one in told if isinstance(one, int) and 300 <= one <= 599), 0)


def _sort_of(status: int, error: BaseException) -> str:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return "server"
    return "unknown_model" if getattr(error, "code", None) == "model_not_found" else "misused"


def _botocore(response: Any) -> Mapping[str, Any]:
    """What botocore tells of a response: it hands on a dict."""
    return response.get("ResponseMetadata", {}) if isinstance(response, dict) else {}


def _headers(error: BaseException) -> Mapping[str, str]:
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", None) or _botocore(response).get("HTTPHeaders")
    return headers if isinstance(headers, Mapping) else {}


def _retry_after(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Seconds to wait: ``retry-after-ms``, or ``retry-after`` in seconds or as an HTTP date (RFC 9110, 10.2.3)."""
    told = {name.lower(): value for name, value in headers.items()}
    try:
        if "retry-after-ms" in told:
            return max(0.0, float(told["retry-after-ms"]) / 1000)
        return max(0.0, float(told["retry-after"]))
    except KeyError:
        return None
    except ValueError:
        return _until(told.get("retry-after", ""), now)


def _until(date: str, now: dt.datetime) -> float | None:
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(date) - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
