"""What goes to a language model and what comes back, without any library's own types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request: role is ``system`` or ``user``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply as it comes in; ``tokens`` is what the server says the call has used, 0 while it is silent."""

    text: str
    tokens: int = 0


#: A language model: messages → pieces of its reply.  Raises :class:`~assistant.errors.ModelFault`, nothing else.
Model = Callable[[Sequence[Message]], Iterator[Piece]]
