"""An assistant whose language model says what a test tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.chain import Assistant
from assistant.errors import ModelFault
from assistant.generate.messages import Message
from assistant.index import Index

TODAY = dt.date(2026, 11, 20)


@dataclass
class Says:
    """Stands where the leash does: says ``text`` in pieces of ``size``, then fails with ``fault`` if told so."""

    text: str = ""
    size: int = 5
    fault: str | None = None
    seen: list[tuple[Sequence[Message], str | None]] = field(default_factory=list)

    def reply(self, messages: Sequence[Message], calls: object, *, conversation: str | None = None) -> Iterator[str]:
        self.seen.append((messages, conversation))
        yield from cut(self.text, self.size)
        if self.fault:
            raise ModelFault(self.fault)


def cut(text: str, size: int) -> Iterable[str]:
    """A text in pieces."""
    return (text[at : at + size] for at in range(0, len(text), size))


def leashed(index: Index, says: Says) -> Assistant:
    """The assistant on an index, with that model."""
    return Assistant(index, today=lambda: TODAY, leash=says)
