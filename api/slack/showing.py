"""An answer while it comes about: a status at once, then its sentences in Slack's own stream or in an edited message.

All of it can be done without, so nothing of it raises: what Slack refuses or asks a pause for is left out, and the
final edit (:meth:`Telling.part`) says what the answer says.  It runs in a thread of its own, so that an answer is never
kept waiting by Slack.
"""

from __future__ import annotations

import re
import threading
import time
from types import TracebackType
from typing import Any

from .blocks import Message
from .blocks.escaping import literal, mrkdwn, shortened
from .calling import SlackBusy, SlackRefused
from .telling import Telling
from .working import Lost

QUICK = 0.8  # seconds in which a whole answer comes that is told in one piece
EVERY = 1.5  # seconds between edits of a message: Slack takes about one a second
FLOW = 0.4  # seconds between pieces of a stream
PATIENCE = 3.0  # seconds without a word after which somebody who sees no status is told that it will come
COURTESY = 1.0  # seconds that an answer waits for the status that was set before it
PART = 1  # the part of the answer that is shown
SHOWN = 2900  # characters of an answer that comes about: a text block takes 3,000
NOTIFIED = 700  # characters of a notification: escaped they are at most 3,500
PIECE = 2_000  # characters of a piece: Slack takes 12,000, and each may be escaped
STREAMED = 11_000  # characters of an answer that are streamed
STATUS = "が資料を調べています…"  # follows the bot's name


class Showing:
    """Shows what is said while a block runs; at its end nothing of it runs on, but a status that Slack is slow to set.

    ``recipient`` is the workspace and the user that a stream is for.
    """

    def __init__(self, telling: Telling, recipient: tuple[str, str], waiting: Message) -> None:
        self._telling = telling
        self._recipient = recipient
        self._waiting = waiting
        self._changed = threading.Condition()
        self._begun = 0.0
        self._text = ""
        self._is_over = False
        self._has_status = False
        self._shown = ""  # of the answer
        self._ts = ""
        self._way = ""  # stream, edit
        self._not_before = 0.0
        self._is_left = False  # nobody waits for the status any more
        self._thread = threading.Thread(target=self._run, name="slack-showing", daemon=True)
        self._status = threading.Thread(target=self._set_status, name="slack-status", daemon=True)
        self.lost: Lost | None = None

    def __enter__(self) -> Showing:
        self._begun = time.monotonic()
        self._status.start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()
        self._status.join(max(0.0, self._begun + COURTESY - time.monotonic()))
        self._is_left = True

    def say(self, sentence: str) -> None:
        """One more sentence of the answer."""
        with self._changed:
            self._text += sentence
            self._changed.notify()

    def take_back(self) -> None:
        """The sentences so far are not the answer's."""
        with self._changed:
            self._text = ""

    def _run(self) -> None:
        begun = self._begun
        self._sleep_until(begun + QUICK)
        while not self._is_over:
            try:
                self._show(begun)
            except Lost as lost:
                self.lost = lost
                return
            except (SlackRefused, SlackBusy) as error:
                self._pause(error)
            except Exception:  # the database is away: the answer itself will see
                self._not_before = time.monotonic() + PATIENCE
            self._sleep_until(max(self._not_before, time.monotonic() + (FLOW if self._way == "stream" else EVERY)))

    def _sleep_until(self, moment: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over, max(0.0, moment - time.monotonic()))

    def _set_status(self) -> None:
        """In a thread of its own: where Slack does not answer, neither sentences nor the answer wait for it."""
        spot = self._telling.spot
        if spot.thread and self._telling.state(PART) is None:
            body = {"channel_id": spot.channel, "thread_ts": spot.thread, "status": STATUS}
            slack = self._telling.slack
            self._has_status = slack.attempt("assistant.threads.setStatus", **body) is not None
            if self._is_left and self._has_status:  # it came after the answer, which would have taken it away
                slack.attempt("assistant.threads.setStatus", **{**body, "status": ""})

    def _show(self, begun: float) -> None:
        text = self._text
        if not self._way:
            self._begin(text, is_long=time.monotonic() - begun > PATIENCE)
        elif self._way == "stream":
            self._flow(text)
        elif text and text != self._shown:
            self._telling.edit(PART, self._ts, shown(text))
            self._shown = text

    def _begin(self, text: str, *, is_long: bool) -> None:
        state = self._telling.state(PART)
        if state is not None:  # an earlier owner has begun it: it is edited once, to the whole answer
            return
        if not self._telling.slack.may_have("chat.update"):  # what is posted now would stand so for ever
            return
        if text and self._streams(text):
            return
        if text or (is_long and not self._has_status):
            self._ts = self._telling.post(PART, shown(text) if text else self._waiting)
            self._way, self._shown = "edit", text

    def _streams(self, text: str) -> bool:
        """Whether Slack's own stream was begun."""
        telling, spot = self._telling, self._telling.spot
        if not spot.thread or not telling.slack.may_have("chat.startStream"):
            return False
        names = zip(("recipient_team_id", "recipient_user_id"), self._recipient, strict=True)
        recipient = {name: value for name, value in names if value}
        first = text[:PIECE]
        body: dict[str, Any] = {"channel": spot.channel, "thread_ts": spot.thread, "markdown_text": as_markdown(first)}
        try:
            with telling.begun(PART, {"how": "stream"}):
                said = telling.slack.call("chat.startStream", **body, **recipient)
        except SlackRefused as refused:
            telling.slack.note_refusal("chat.startStream", refused)
            return False
        self._ts = str(said.get("ts") or "")
        telling.noted(PART, {"how": "stream", "ts": self._ts})
        self._way, self._shown = "stream", first
        return True

    def _flow(self, text: str) -> None:
        """Append what is new; sentences that were taken back stay until the whole answer takes their place."""
        text = text[: min(STREAMED, len(self._shown) + PIECE)]
        if len(text) > len(self._shown) and text.startswith(self._shown):
            new = as_markdown(text[len(self._shown) :])
            self._telling.slack.call(
                "chat.appendStream", channel=self._telling.spot.channel, ts=self._ts, markdown_text=new
            )
            self._shown = text

    def _pause(self, error: SlackRefused | SlackBusy) -> None:
        """After a fault: as long as Slack says; where it refuses, until the answer is there."""
        wait = (error.retry_after or PATIENCE) if isinstance(error, SlackBusy) else 3600.0
        self._not_before = time.monotonic() + wait


def shown(text: str) -> Message:
    """An answer that comes about, where nothing is read as a link, a mention or a format."""
    cut = shortened(literal(text).strip(), SHOWN) or "…"
    block = {"type": "section", "text": {"type": "plain_text", "text": cut, "emoji": False}}
    return Message(mrkdwn(shortened(cut, NOTIFIED)), (block,))


def as_markdown(text: str) -> str:
    """Text as the markdown of a stream that reads as itself: no link, no mention, no format."""
    return re.sub(r"([\\`*_~|#\[\]])", r"\\\1", mrkdwn(text))
