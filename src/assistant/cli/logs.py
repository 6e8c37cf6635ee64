"""What the program logs: nothing from a one-shot command, from a server a line of text or of JSON a record on stderr.

A record may go to places where no question should be.  So of an exception its type and where it came about are
written, never its message: that may hold what somebody asked.
"""

from __future__ import annotations

import logging
import re
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from datetime import datetime
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

Event = MutableMapping[str, Any]
ACCESS = "api.access"  # a line for each request: all of its records are shown, of others warnings and worse
#: What a record may hold beside its message: the fields of a request's line.
FIELDS = ("method", "route", "status", "ms", "bytes", "ended", "client")
NAME = "assistant's server"
OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")
DEEPEST = 40  # frames of one exception, the innermost
LONGEST = 2000  # characters of a message


def hide_warnings() -> None:
    """A one-shot command prints its answer and its errors, nothing about how they came about."""
    own = logging.getLogger("assistant")
    if not own.handlers:
        own.addHandler(logging.NullHandler())


def show_logs(log_format: str = "text") -> logging.Handler:
    """From now on what the server logs goes to stderr, as ``text`` or ``json``; gives the handler that does it."""
    handler = logging.StreamHandler()
    handler.set_name(NAME)
    handler.setFormatter(formatter(log_format))
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if other.name != NAME]  # asked twice, it writes once
    root.addHandler(handler)
    logging.getLogger(ACCESS).setLevel(logging.INFO)
    for name in OWN_HANDLERS:  # else the server's own handlers would write messages of exceptions
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    threading.excepthook = log_thread
    return handler


def formatter(log_format: str) -> logging.Formatter:
    """How a record looks, be it the program's own or a library's."""
    shown = JSONRenderer(ensure_ascii=False) if log_format == "json" else line
    return ProcessorFormatter(
        foreign_pre_chain=[
            harmless,
            ExtraAdder(FIELDS),
            merge_contextvars,
            add_log_level,
            add_logger_name,
            TimeStamper(fmt="iso", utc=True, key="time"),
            told,
        ],
        processors=[ProcessorFormatter.remove_processors_meta, shown],
    )


def log_thread(failed: threading.ExceptHookArgs) -> None:
    """A thread has died of an exception: Python itself would print its message."""
    if failed.exc_value is not None and failed.exc_type is not SystemExit:
        logging.getLogger(__name__).error("a thread has died", exc_info=failed.exc_value)


def harmless(logger: Any, method: str, event: Event) -> Event:
    """Leaves out the values that asyncio and the pools put into their messages: tasks, arguments, results."""
    message = event["event"]
    if event["_record"].name.partition(".")[0] in ("asyncio", "concurrent"):
        message = re.split(r"[\n(<]", message, maxsplit=1)[0].strip()
    event["event"] = message[:LONGEST]
    return event


def told(logger: Any, method: str, event: Event) -> Event:
    """Puts the type of an exception and its frames in its place."""
    error = event.pop("exc_info", None)
    error = error[1] if isinstance(error, tuple) else error
    event.pop("stack_info", None)
    if isinstance(error, BaseException):
        event["error"] = name_of(error)
        event["frames"] = list(frames_of(error, set()))
    return event


def name_of(error: BaseException) -> str:
    """An exception's type; of a failure of the system or of SQLite its code too, which tells the cause."""
    code = getattr(error, "sqlite_errorname", None) or (error.errno if isinstance(error, OSError) else None)
    return type(error).__qualname__ + (f" {code}" if code else "")


def frames_of(error: BaseException, seen: set[int]) -> Iterator[str]:
    """Where an exception came about, the outermost call first, after those that led to it."""
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (earlier, *parts):
        if other is not None and id(other) not in seen:
            yield from frames_of(other, seen)
    for frame in traceback.extract_tb(error.__traceback__)[-DEEPEST:]:
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
    yield name_of(error)


def line(logger: Any, method: str, event: Event) -> str:
    """A record as one line of text; only a defect's frames follow on lines of their own."""
    time = datetime.fromisoformat(event.pop("time")).astimezone().strftime("%Y-%m-%d %H:%M:%S,%f")[:-3]
    head = f"{time} {event.pop('level').upper()} {event.pop('logger')}: {event.pop('event')}"
    frames = event.pop("frames", ())
    pairs = "".join(f" {name}={value}" for name, value in event.items())
    return "\n".join((printable(head + pairs), *(f"  {printable(frame)}" for frame in frames)))


def printable(text: str) -> str:
    """Text with line breaks and control characters as blanks."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
