"""How Slack would show a message: whom it calls, where its links lead and what they are called.

A small model of its own.  In ``mrkdwn`` angle brackets are mentions and links, and bare addresses become links; in
``rich_text`` only elements are; ``plain_text`` and ``raw_text`` are what they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from api.slack.blocks import Message

from .limits import objects

_BRACKETS = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_CALLED = re.compile(r"@(?:channel|here|everyone)", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_HIDING = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


@dataclass
class Shown:
    """What a message does besides being read."""

    mentions: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # address, label
    texts: list[str] = field(default_factory=list)

    def hidden(self) -> list[str]:
        """Texts with characters that hide or turn what is read."""
        return [text for text in (*self.texts, *(label for _, label in self.links)) if _HIDING.search(text)]

    def disguised(self) -> list[tuple[str, str]]:
        """Links that lead elsewhere than they say, or that cannot be followed plainly."""
        return [one for one in self.links if _is_disguised(*one)]


def shown(message: Message) -> Shown:
    """A message as its readers meet it."""
    found = Shown()
    _mrkdwn(message.text, found)
    for one in objects(list(message.blocks)):
        kind = one.get("type")
        if kind == "mrkdwn":
            _mrkdwn(one["text"], found)
        elif kind in ("plain_text", "raw_text", "text"):
            found.texts.append(one["text"])
        elif kind in ("user", "usergroup", "broadcast", "channel", "team"):
            found.mentions.append(str(one))
        elif kind == "link":
            found.links.append((one["url"], one.get("text") or one["url"]))
        elif kind in ("markdown", "image", "emoji", "date", "color"):
            found.mentions.append(f"nothing of ours: {kind}")
        found.links += list(_addresses(one))
    return found


def _addresses(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if one.get("type") == "button" and "url" in one:
        yield one["url"], one["text"]["text"]


def _mrkdwn(text: str, found: Shown) -> None:
    for inner in _BRACKETS.findall(text):
        target, _, label = inner.partition("|")
        if target[:1] in ("@", "#", "!"):
            found.mentions.append(inner)
        else:
            found.links.append((html.unescape(target), html.unescape(label or target)))
    found.mentions += _CALLED.findall(text)
    rest = _BRACKETS.sub(" ", text)
    found.links += [(html.unescape(one), html.unescape(one)) for one in _BARE.findall(rest)]
    found.texts.append(html.unescape(rest))


def _is_disguised(url: str, label: str) -> bool:
    if url == label:
        return False
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
        return True
    named = _HOST.findall(label)
    return any(host.lower() != parts.hostname for host in named)
