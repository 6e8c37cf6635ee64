"""An inbox in front of a queue in memory, and requests as Slack makes them."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App
from slack_sdk import WebClient

from api.slack.calling import Bot
from api.slack.inbox import make_inbox
from api.slack.tasks import Task, task_of
from assistant.conversations import Job, StoreUnavailable

DATA = Path(__file__).parents[1] / "data" / "slack"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = Bot(team="T1", user="UBOT", bot_id="BBOT", name="hojokin")
HOOK = "https://hooks.slack.com/commands/T1/1/x"


def table(name: str) -> Any:
    """A table of cases."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@dataclass
class Shelf:
    """A queue in memory: what was put stays known; ``away`` is a database that cannot be reached."""

    jobs: dict[str, Job] = field(default_factory=dict)
    puts: int = 0
    away: bool = False
    broken: Exception | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, job_id: str, lane: str, kind: str, body: str) -> bool:
        if self.broken is not None:
            raise self.broken
        if self.away:
            raise StoreUnavailable("The database is away.")
        with self.lock:
            self.puts += 1
            is_new = job_id not in self.jobs
            self.jobs.setdefault(job_id, Job(job_id, lane, kind, body, "", 0, 0))
            return is_new

    def take(self, owner: str, seconds: float) -> Job | None:
        return None

    def renew(self, owner: str, seconds: float) -> frozenset[str]:
        return frozenset()

    def note(self, job_id: str, owner: str, progress: str) -> bool:
        return True

    def later(self, job_id: str, owner: str, seconds: float) -> bool:
        return True

    def finish(self, job_id: str, owner: str) -> bool:
        return self.jobs.pop(job_id, None) is not None

    def release(self, owner: str) -> int:
        return 0

    def waiting(self) -> int:
        if self.away:
            raise StoreUnavailable("The database is away.")
        return len(self.jobs)

    @property
    def tasks(self) -> list[Task]:
        """What is to be done, in the order in which it came."""
        return [task_of(job.kind, job.body) for job in self.jobs.values()]


@dataclass
class Bell:
    """Counts how often it is rung."""

    rung: int = 0

    def __call__(self) -> None:
        self.rung += 1


def inbox(queue: Shelf, bell: Bell | None = None, *, bot: Bot = BOT, teams: frozenset[str] = frozenset()) -> App:
    """An inbox whose client can reach nobody."""
    client = WebClient("xoxb-none", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    return make_inbox(client, queue, bot, teams, bell or Bell())


def event(event_id: str = "Ev1", *, home: str = "T1", body: Mapping[str, Any] | None = None, **inner: Any) -> dict:
    """An event's body; a mention unless told otherwise."""
    own = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": "<@UBOT> 補助率は?", **inner}
    kept = {name: value for name, value in own.items() if value is not None}
    outer = {"type": "event_callback", "team_id": home, "api_app_id": "A1", "event_id": event_id, "event_time": 1}
    return {**outer, "event": kept, **(body or {})}


def written(text: str = "補助率は?", **inner: Any) -> dict:
    """A direct message's body."""
    own = {"type": "message", "channel": "D1", "channel_type": "im", "text": text, **inner}
    return event(**own)


def command(text: str = "補助率は?", **changes: str) -> dict:
    """A slash command's form."""
    own = {"command": "/hojokin", "text": text, "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    return {**own, "response_url": HOOK, "trigger_id": "1.2.3", **changes}


def press(action_id: str, value: str = "", **changes: Any) -> dict:
    """A button's payload, below a message in a channel's thread."""
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "channel": {"id": "C1"},
        "message": {"ts": "1.2", "thread_ts": "1.1"},
        "container": {"type": "message", "message_ts": "1.2", "thread_ts": "1.1", "channel_id": "C1"},
        "response_url": HOOK,
        "trigger_id": "9.9.9",
        "actions": [{"action_id": action_id, "type": "button", "value": value}],
        **changes,
    }


def shortcut(**changes: Any) -> dict:
    """The message shortcut's payload."""
    given = press("none")
    del given["actions"], given["container"]
    return {**given, "type": "message_action", "callback_id": "check_amounts", **changes}


def encoded(body: dict) -> tuple[bytes, str]:
    """A body as Slack sends it, with its content type."""
    if "command" in body or "ssl_check" in body:
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    sent = json.dumps(body).encode()
    if body.get("type") in ("block_actions", "message_action"):
        return urlencode({"payload": sent.decode()}).encode(), "application/x-www-form-urlencoded"
    return sent, "application/json"


def signed(raw: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
