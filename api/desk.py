"""What the surface needs of the assistant behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.check import Finding
from assistant.index import Index
from assistant.records import Event, Turn


class Desk(Protocol):
    """Whatever answers questions.  It is called from many threads at once."""

    @property
    def index(self) -> Index:
        """The published build that answers come from now; a request asks once and keeps it."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
        gone: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        """The answer as it comes about, the whole answer last; closing it ends whatever runs for it.

        ``conversation`` is the id whose budget a language model's calls are counted on; ``gone`` tells whether the
        asker has left.  An :class:`~assistant.errors.AssistantError` when there can be no answer.
        """

    def check(self, text: str, *, program: str | None = None) -> list[Finding]:
        """The figures of a text, each verified, contradicted or unsupported."""
