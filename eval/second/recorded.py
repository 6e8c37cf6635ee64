"""Replies of a language model, recorded once: a request is known by the digest of its messages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.errors import ModelFault
from assistant.generate.leash import Calls
from assistant.generate.messages import Message

RECORDED = Path(__file__).with_name("recorded.jsonl")


class RecordProblem(Exception):
    """A file of replies that cannot be read; the message is one line."""


def key_of(messages: Sequence[Message]) -> str:
    """The SHA-256 of a request, in hexadecimal: another word in the rules or the question makes another key."""
    parts = [[one.role, one.content] for one in messages]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def read_replies(path: Path) -> dict[str, str]:
    """The replies of a file by their keys; none where there is no file.  Raises RecordProblem."""
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found[str(entry["key"])] = str(entry["reply"])
        except (ValueError, KeyError, TypeError) as error:
            raise RecordProblem(f'{path}:{number}: write {{"key": …, "reply": …}} on the line') from error
    return found


class Recorded:
    """Replies as they were recorded.  ``missing`` are the requests that nobody has replied to, by their keys."""

    def __init__(self, replies: dict[str, str]) -> None:
        self._replies = replies
        self.missing: dict[str, tuple[Message, ...]] = {}

    def reply(self, messages: Sequence[Message], calls: Calls, *, conversation: str | None = None) -> Iterator[str]:
        """The recorded reply.  Raises ModelFault where there is none."""
        key = key_of(messages)
        if key not in self._replies:
            self.missing[key] = tuple(messages)
            raise ModelFault("refused", "No reply to this request was recorded.")
        yield self._replies[key]


def write_missing(path: Path, missing: dict[str, tuple[Message, ...]]) -> None:
    """The requests without a reply, a line each: the key and what the user message says."""
    lines = (json.dumps({"key": key, "user": sent[-1].content}, ensure_ascii=False) for key, sent in missing.items())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
