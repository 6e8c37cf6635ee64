"""What the program's own warnings look like on a terminal: hidden, or a line each on stderr while it serves."""

from __future__ import annotations

import logging


class OneLine(logging.Formatter):
    """A record as one line; only a defect's traceback follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with line breaks and control characters as blanks."""
        line = super().formatMessage(record)
        return " ".join("".join(one if one.isprintable() else " " for one in line).split())


def hide_warnings() -> None:
    """A one-shot command prints its answer and its errors, nothing about how they came about."""
    own = logging.getLogger("assistant")
    if not own.handlers:
        own.addHandler(logging.NullHandler())


def show_warnings() -> logging.Handler:
    """From now on whatever is a warning or worse goes to stderr; gives the handler that does it."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(OneLine())
    logging.getLogger().addHandler(handler)
    return handler
