"""What the chat needs of whoever keeps conversations, and requests that are sent a second time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.conversations import Kept
from assistant.records import Answer

LOOK = 0.25  # seconds between looks at whether a client that waits is still there


class SaidBefore(Protocol):
    """A message of a conversation."""

    @property
    def role(self) -> str:
        """Who said it: user, assistant."""

    @property
    def content(self) -> str:
        """What was said."""


class Keeping(Protocol):
    """A store of conversations.  Every method may be called from many threads at once."""

    def begin(self, conversation_id: str) -> Sequence[SaidBefore]:
        """What was said last, oldest first; an unknown conversation is opened, empty."""

    def last(self, conversation_id: str) -> Sequence[SaidBefore] | None:
        """What was said last, oldest first; None when there is no such conversation, and none is opened."""

    def keep(
        self, conversation_id: str, question: str, answer: Answer, answer_id: str, key: str | None = None
    ) -> Kept | None:
        """Append a question with its answer.

        Gives what stands there afterwards: another answer when one was kept under the same ``key`` before, None when
        the conversation was deleted in the meantime.
        """

    def answered(self, conversation_id: str, key: str) -> Kept | None:
        """The answer that a request with this key was given before."""


class OneByOne:
    """Lets those with the same name in one after the other, and others as they come."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str], tuple[threading.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._held)

    @contextlib.contextmanager
    def turn(self, name: tuple[str, str], is_wanted: Callable[[], bool]) -> Iterator[bool]:
        """Whether the turn came before nobody wanted it any more."""
        with self._lock:
            own, waiting = self._held.get(name, (threading.Lock(), 0))
            self._held[name] = own, waiting + 1
        has_come = False
        try:
            while is_wanted() and not (has_come := own.acquire(timeout=LOOK)):
                pass
            yield has_come
        finally:
            if has_come:
                own.release()
            with self._lock:
                own, waiting = self._held.pop(name)
                if waiting > 1:
                    self._held[name] = own, waiting - 1
