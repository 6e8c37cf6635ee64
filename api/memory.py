"""Conversations: what a store must do, and the one that keeps them in this process's memory."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation; ``answer_id`` stands with the assistant's."""

    role: str  # user, assistant
    content: str
    answer_id: str | None = None


class Conversations(Protocol):
    """A store of conversations.  Every method may be called from many threads at once."""

    def begin(self, conversation_id: str) -> tuple[Said, ...]:
        """What was said so far, oldest first; an unknown conversation is opened, empty."""

    def add(self, conversation_id: str, *said: Said) -> None:
        """Append messages together; nothing happens when it was deleted in the meantime."""

    def said(self, conversation_id: str) -> tuple[Said, ...] | None:
        """What was said so far, or None when there is no such conversation."""

    def delete(self, conversation_id: str) -> bool:
        """Forget it for good; False when there was none."""


class MemoryConversations:
    """At most ``conversations`` of them, the longest unused going first, each with its last ``turns`` messages."""

    def __init__(self, *, conversations: int = 1000, turns: int = 20) -> None:
        self._limit = conversations
        self._turns = turns
        self._kept: OrderedDict[str, deque[Said]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, conversation_id: str) -> tuple[Said, ...]:
        """What was said so far, oldest first; an unknown conversation is opened, empty."""
        with self._lock:
            messages = self._kept.setdefault(conversation_id, deque(maxlen=self._turns))
            self._kept.move_to_end(conversation_id)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
            return tuple(messages)

    def add(self, conversation_id: str, *said: Said) -> None:
        """Append messages together; nothing happens when it was deleted in the meantime."""
        with self._lock:
            messages = self._kept.get(conversation_id)
            if messages is not None:  # a deletion while the answer was being made must hold
                messages.extend(said)

    def said(self, conversation_id: str) -> tuple[Said, ...] | None:
        """What was said so far, or None when there is no such conversation."""
        with self._lock:
            messages = self._kept.get(conversation_id)
            return None if messages is None else tuple(messages)

    def delete(self, conversation_id: str) -> bool:
        """Forget it for good; False when there was none."""
        with self._lock:
            return self._kept.pop(conversation_id, None) is not None
