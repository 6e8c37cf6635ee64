"""What the fake Slack keeps: who is there, what was called, what was said."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

TEAM, OTHER_TEAM = "T0FAKE00001", "T0FOREIGN01"
APP, BOT, BOT_USER = "A0FAKE00001", "B0FAKE00001", "U0FAKEBOT01"
ASKER, COLLEAGUE = "U0ASKER0001", "U0COLLEAG01"
CHANNEL, PRIVATE, HANDOVER, ELSEWHERE = "C0GENERAL01", "G0PRIVATE01", "C0HANDOVER1", "C0ELSEWHERE"
DIRECT, COLLEAGUES_DIRECT, GROUP = "D0ASKER0001", "D0COLLEAG01", "G0MPIM00001"
#: Every bot scope that some method here asks for.
ALL_SCOPES = frozenset(
    [
        "app_mentions:read",
        "assistant:write",
        "chat:write",
        "commands",
        "channels:history",
        "groups:history",
        "im:history",
        "mpim:history",
        "channels:read",
        "groups:read",
        "im:read",
        "mpim:read",
        "channels:join",
        "im:write",
        "users:read",
    ]
)


class Refused(Exception):
    """Slack's no: ``error`` and what stands beside it in the body."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **more}


@dataclass
class Channel:
    """A conversation; ``sort``: public, private, im or mpim; ``user``: who the direct messages are with."""

    id: str
    name: str
    sort: str = "public"
    is_member: bool = True
    user: str = ""
    is_archived: bool = False

    @property
    def prefix(self) -> str:
        """How scopes about it begin."""
        return {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}[self.sort]


@dataclass
class Call:
    """One request to a method: its decoded arguments, and what it got (``status`` 0: the connection was cut)."""

    method: str
    arguments: dict[str, Any]
    headers: dict[str, str]
    at: float
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return bool(self.answer.get("ok"))


@dataclass
class Posted:
    """A message as it stands now; ``edits`` are the texts and blocks it had before, oldest first.

    ``only_for`` is the one person who sees it; ``streaming`` that more may be appended; ``appended`` what each call of
    a stream brought, ``arguments`` what the message was made with.
    """

    channel: str
    ts: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str = ""
    user: str = ""
    bot_id: str = ""
    metadata: dict[str, Any] | None = None
    only_for: str = ""
    edits: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)
    deleted: bool = False
    streaming: bool = False
    streamed: bool = False
    appended: list[str] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """Every text in it, blocks included: what a reader or a search finds."""
        return "\n".join([self.text, *_texts(self.blocks)])

    def shown(self, team: str, metadata: bool = False) -> dict[str, Any]:
        """The message as Slack's methods give it."""
        body: dict[str, Any] = {"type": "message", "ts": self.ts, "text": self.text, "team": team, "user": self.user}
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": APP, "bot_profile": {"id": self.bot_id, "app_id": APP}}
        if self.edits:
            body["edited"] = {"user": self.user, "ts": self.ts}
        if metadata and self.metadata:
            body["metadata"] = self.metadata
        return body


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for key, one in value.items() if key != "text" for text in _texts(one)]


class World:
    """One workspace, and everything that happened in it.  ``lock`` is held while anything changes."""

    def __init__(self, *, team_id: str, bot_token: str, app_token: str, signing_secret: str, streams: bool) -> None:
        self.lock = threading.RLock()
        self.team_id, self.bot_id, self.bot_user, self.app_id = team_id, BOT, BOT_USER, APP
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.scopes: set[str] = set(ALL_SCOPES)
        self.app_scopes: set[str] = {"connections:write"}
        self.streams = streams
        self.url = "https://team.slack.example/"
        self.api_url = ""
        self.users = {ASKER: "asker", COLLEAGUE: "colleague", BOT_USER: "hojokin"}
        self.channels = {one.id: one for one in _channels()}
        self.calls: list[Call] = []
        self.messages: dict[str, list[Posted]] = defaultdict(list)
        self.ephemerals: list[Posted] = []
        self.views: list[dict[str, Any]] = []
        self.statuses: list[dict[str, Any]] = []
        self.prompts: list[dict[str, Any]] = []
        self.titles: list[dict[str, Any]] = []
        #: What was asked of a method before the time that its 429 gave was over.
        self.impatient: list[Call] = []
        self.response_urls: dict[str, dict[str, Any]] = {}
        self.tickets: Counter[str] = Counter()
        self._count = itertools.count(1)

    def now(self) -> str:
        """A ``ts`` that no other message has."""
        with self.lock:
            return f"{int(time.time())}.{next(self._count):06d}"

    def number(self, prefix: str) -> str:
        """An id that nothing else has."""
        with self.lock:
            return f"{prefix}{next(self._count):09d}"

    def find(self, channel: str, ts: str) -> Posted | None:
        """The message, unless it was deleted."""
        return next((one for one in self.messages[channel] if one.ts == ts and not one.deleted), None)

    def thread(self, channel: str, ts: str) -> list[Posted]:
        """A thread's messages as they stand, its first included."""
        return [one for one in self.messages[channel] if ts in (one.ts, one.thread_ts) and not one.deleted]

    def told(self, channel: str = "") -> list[Posted]:
        """What the bot has said and not deleted, in the order of beginning."""
        every = self.messages[channel] if channel else [one for some in self.messages.values() for one in some]
        return sorted((one for one in every if one.bot_id == self.bot_id and not one.deleted), key=lambda one: one.ts)

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [one for one in list(self.calls) if one.method == method]

    def says(self, text: str, channel: str = CHANNEL, user: str = ASKER, thread_ts: str = "", **more: Any) -> Posted:
        """Somebody writes a message; no event is sent of it."""
        with self.lock:
            said = Posted(channel, self.now(), text, thread_ts=thread_ts, user=user, **more)
            self.messages[channel].append(said)
            return said

    def add(self, channel: Channel) -> Channel:
        """One more conversation."""
        self.channels[channel.id] = channel
        return channel

    def environment(self) -> dict[str, str]:
        """The environment in which a process of the assistant talks to this Slack."""
        return {
            "ASSISTANT_SLACK_BOT_TOKEN": self.bot_token,
            "ASSISTANT_SLACK_APP_TOKEN": self.app_token,
            "ASSISTANT_SLACK_SIGNING_SECRET": self.signing_secret,
            "ASSISTANT_SLACK_API_URL": self.api_url,
        }


def _channels() -> list[Channel]:
    return [
        Channel(CHANNEL, "general"),
        Channel(PRIVATE, "kakushi", "private"),
        Channel(HANDOVER, "soudan"),
        Channel(ELSEWHERE, "elsewhere", is_member=False),
        Channel(DIRECT, "", "im", user=ASKER),
        Channel(COLLEAGUES_DIRECT, "", "im", user=COLLEAGUE),
        Channel(GROUP, "mpdm", "mpim"),
    ]
