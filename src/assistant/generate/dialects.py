"""Servers that speak OpenAI's language a little otherwise, made to speak it as the provider's library reads it.

Some answer a request for a stream with one JSON object, some end a stream with ``[DONE]`` and no finish reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .faults import fault

_REASON = re.compile(rb'"finish_reason"\s*:\s*"')
_DONE = re.compile(rb"data:\s*\[DONE\]\s*")


def as_events(body: Iterator[bytes]) -> Iterator[bytes]:
    """A whole chat completion as the events of a stream.  Raises ModelFault("garbled") for anything else."""
    try:
        completion = json.loads(b"".join(body))
        choice = completion["choices"][0]
        content = choice["message"]["content"] or ""
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise fault("garbled") from None
    if not isinstance(content, str):
        raise fault("garbled")
    usage = completion.get("usage")
    reason = choice.get("finish_reason") or "stop"
    yield _event({"role": "assistant", "content": content}, str(reason), usage if isinstance(usage, dict) else None)
    yield b"data: [DONE]\n\n"


def with_reason(body: Iterator[bytes]) -> Iterator[bytes]:
    """A stream's bytes, line by line; one that is done without saying why says that it has stopped."""
    rest, told = b"", False
    for part in body:
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            told = told or _REASON.search(line) is not None
            if not told and _DONE.fullmatch(line):
                yield _event({}, "stop", None)
            yield line + b"\n"
    if not told and _DONE.fullmatch(rest):
        yield _event({}, "stop", None)
    if rest:
        yield rest


def _event(delta: dict[str, Any], reason: str, usage: dict[str, Any] | None) -> bytes:
    chunk = {
        "id": "whole",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "",
        "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        "usage": usage,
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
