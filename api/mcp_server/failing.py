"""What a client is told of a failure: one line that says what to do, and nothing of the cause."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from ..problems import VALIDATION_HINTS, place, problem_of
from ..threads import Crowded

HINTS = {**VALIDATION_HINTS, "text_empty": 'Write the text in "text".'}
MISNAMED = ("extra_forbidden", "missing")  # faults that the other fields' names help with
BUSY = "Too many requests wait to be answered. Ask again in a few seconds."


def line_of(error: Exception, where: str) -> str:
    """Any exception in one line; a defect is logged with its incident number, as of what was done at ``where``."""
    if isinstance(error, Crowded):
        return BUSY
    problem = problem_of(error, where)
    return one_line(f"{problem.detail} {problem.hint}")


def fault_of(error: ValidationError, fields: Iterable[str]) -> str:
    """The first fault of a tool's arguments, without what was sent; ``fields`` are those that it takes."""
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    kind = str(fault["type"])
    hint = f"It takes {', '.join(fields)}." if kind in MISNAMED else HINTS.get(kind, "")
    return one_line(f"{place(('arguments', *fault['loc']))}: {fault['msg']}. {hint}")


def one_line(text: str) -> str:
    """A text without line breaks and what no reply can hold."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
