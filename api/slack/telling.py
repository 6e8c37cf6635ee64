"""How messages reach Slack exactly once.

Every message that we post carries the job and the part that it is (Slack's message metadata), and a job's progress
keeps of each part that it is about to be posted, then its ``ts``.  Whoever takes up a job whose owner died in between
looks for the message where it would stand; found, it is edited to what it must say, else it is posted.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .blocks import Message
from .calling import BARE, MISSING, PLAIN, TOKEN_REFUSED, Body, Bot, Slack, SlackBusy, SlackRefused
from .progress import State, read, text_of
from .tasks import Place
from .working import Held

EVENT = "hojokin_reply"
PAGE = 200  # messages that Slack gives at once
PAGES = 20  # at most so many are looked through
LOOKS = 6  # times that a job looks for what may be there; then it is posted: twice is better than never
TRIES = 3  # times that a job tries the address that came with what was asked
#: Slack does not take the blocks; the text alone is better than no answer.
BLOCKS_REFUSED = frozenset(
    ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "block_mismatch"]
)
#: The thread is not there; beside it is better than nowhere.
THREAD_REFUSED = frozenset(["thread_not_found", "invalid_thread_ts", "cannot_reply_to_message"])
#: The message is there no more, or can no longer be edited.
GONE = frozenset(["message_not_found", "cant_update_message", "edit_window_closed"])
#: Nobody may write in that channel, or we may not.
SHUT = frozenset(["channel_not_found", "not_in_channel", "is_archived", "restricted_action", "user_not_in_channel"])
#: Whatever a message holds, Slack does not take it.
FIRM = MISSING | TOKEN_REFUSED | GONE | SHUT


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel, or a thread of it."""

    channel: str
    thread: str = ""
    since: str = ""  # what we post there comes after this ts


class Progress:
    """How far a job is, by part, kept with the job.  Safe for several threads."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._lock = threading.Lock()
        self._parts: dict[str, State] = read(held.job.progress)

    def of(self, name: str) -> State | None:
        """What is known of a part; None when it was not begun."""
        with self._lock:
            state = self._parts.get(name)
            return None if state is None else dict(state)

    def note(self, name: str, state: State | None) -> None:
        """Keep what is known of a part, None that it was not begun.  Raises Lost and StoreUnavailable."""
        with self._lock:
            if state is None:
                self._parts.pop(name, None)
            else:
                self._parts[name] = state
            self.held.note(text_of(self._parts))


class Telling:
    """Tells a job's messages in one spot.

    ``label`` tells the spots of one job apart; ``payload`` is what the metadata says beside the job and the part.

    Methods raise Lost, SlackBusy, SlackRefused and StoreUnavailable; called again, also by the job's next owner, they
    go on where they were.
    """

    def __init__(
        self, slack: Slack, bot: Bot, progress: Progress, spot: Spot, label: str = "", payload: Body | None = None
    ) -> None:
        self.slack = slack
        self.spot = spot
        self._bot = bot
        self._progress = progress
        self._label = label
        self._payload = payload or {}

    def tell(self, messages: Sequence[Message]) -> list[str]:
        """Every message as a part of its own, in their order; gives each one's ``ts``."""
        return [self.part(number, message) for number, message in enumerate(messages, 1)]

    def part(self, number: int, message: Message) -> str:
        """One message, posted or edited to what it must say; gives its ``ts``."""
        state = self.state(number)
        if state is None:
            return self.post(number, message, is_whole=True)
        if state.get("done"):
            return str(state["ts"])
        state = state if state.get("ts") else self._found(number, state, message)
        if state is None or not self._edited(number, state, message):
            return self.post(number, message, is_whole=True)
        self._note(number, {**state, "done": True})
        return str(state["ts"])

    def state(self, number: int) -> State | None:
        """What is known of a part."""
        return self._progress.of(f"{self._label}{number}")

    def post(self, number: int, message: Message, *, is_whole: bool = False) -> str:
        """Post a part that is not there; ``is_whole`` when it is not to be edited any more."""
        with self.begun(number, {}):
            body = {"thread_ts": self.spot.thread} if self.spot.thread else {}
            ts = self._sent("chat.postMessage", message, number, **body, **BARE)
        self._note(number, {"ts": ts, "done": True} if is_whole else {"ts": ts})
        return ts

    @contextlib.contextmanager
    def begun(self, number: int, state: State) -> Iterator[None]:
        """Around the call that posts a part: it is kept that it may be there, unless Slack says that it is not."""
        self._note(number, state)
        try:
            yield
        except SlackRefused:
            self._note(number, None)
            raise
        except SlackBusy as busy:
            if busy.is_undone:
                self._note(number, None)
            raise

    def noted(self, number: int, state: State) -> None:
        """Keep what became of a part that was posted otherwise."""
        self._note(number, state)

    def edit(self, number: int, ts: str, message: Message) -> None:
        """Change a part that is there, for a while."""
        self._sent("chat.update", message, number, ts=ts, **PLAIN)

    def _edited(self, number: int, state: State, message: Message) -> bool:
        """Whether the part could be edited; a stream is ended before."""
        ts = str(state["ts"])
        if state.get("how") == "stream":
            with contextlib.suppress(SlackRefused):  # it has ended
                self.slack.call("chat.stopStream", channel=self.spot.channel, ts=ts)
        try:
            self._sent("chat.update", message, number, ts=ts, **PLAIN)
        except SlackRefused as refused:
            if refused.error not in GONE | MISSING:
                raise
            self.slack.note_refusal("chat.update", refused)
            if state.get("same"):
                return True
            self.slack.attempt("chat.delete", channel=self.spot.channel, ts=ts)  # its beginning, above the whole of it
            return False
        return True

    def _sent(self, method: str, message: Message, number: int, **body: Any) -> str:
        """Send a message; gives its ``ts``."""
        body |= {"channel": self.spot.channel, "text": message.text, "blocks": list(message.blocks)}
        said = sent(self.slack, method, {**body, "metadata": self._mark(number)})
        return str(said.get("ts") or body.get("ts") or "")

    def _note(self, number: int, state: State | None) -> None:
        self._progress.note(f"{self._label}{number}", state)

    def _mark(self, number: int) -> Body:
        payload = {**self._payload, "job": self._progress.held.job.id, "part": number}
        return {"event_type": EVENT, "event_payload": payload}

    def _found(self, number: int, state: State, message: Message) -> State | None:
        """The part that an earlier owner may have posted.

        Slack takes no metadata for a stream while it runs: one of ours without any, in the thread of a job that has
        begun one, is that stream.  (The jobs of a thread are done one after the other.)  Where metadata is not given,
        a message that says the same is the part.
        """
        is_stream = state.get("how") == "stream"
        try:
            mine = [one for one in self._messages(is_stream) if self._is_ours(one)]
        except SlackBusy:
            if self._progress.held.job.attempts <= LOOKS:
                raise
            return None
        marked = [one for one in mine if mark_of(one) == (self._progress.held.job.id, number)]
        marked.sort(key=lambda one: one.get("text") != message.text)  # it may stand below one that could not be edited
        bare = [one for one in mine if not one.get("metadata")]
        if not is_stream:
            bare = [one for one in bare if one.get("text") == message.text]
        found = marked[:1] or bare[-1:]
        return {**state, "ts": found[0]["ts"], "same": found[0].get("text") == message.text} if found else None

    def _is_ours(self, message: Body) -> bool:
        if moment(message.get("ts")) <= moment(self.spot.since):
            return False
        known = [one for one in (message.get("bot_id"), message.get("user")) if one]
        ours = {self._bot.bot_id, self._bot.user} - {""}
        return not ours or any(one in ours for one in known)

    def _messages(self, is_stream: bool) -> Sequence[Body]:
        """What stands in the spot since the job began, as far as Slack lets us look.

        Where there is no such thread a message may have been posted beside it; a stream never is.
        """
        where: dict[str, Any] = {
            "channel": self.spot.channel,
            **({"oldest": self.spot.since} if self.spot.since else {}),
        }
        if self.spot.thread:
            found = list(messages(self.slack, "conversations.replies", ts=self.spot.thread, **where))
            if found or is_stream:
                return found
        return list(messages(self.slack, "conversations.history", **where))


def sent(slack: Slack, method: str, body: Body) -> Body:
    """What Slack says to a message; one that it does not take is sent with less in it, while that may help.

    Raises SlackRefused and SlackBusy.
    """
    while True:
        try:
            return slack.call(method, **body)
        except SlackRefused as refused:
            less = without(body, refused.error)
            if less is None:
                raise
            body = less


def without(body: Body, error: str) -> Body | None:
    """A message without what Slack may have refused in it; None when that would not help."""
    if error in FIRM:
        return None
    names = ["blocks", "metadata"]
    if error in THREAD_REFUSED:
        names = ["thread_ts"]
    elif error in BLOCKS_REFUSED:
        names = ["blocks"]
    elif "metadata" in error:
        names = ["metadata"]
    less = {name: value for name, value in body.items() if name not in names}
    return less if len(less) < len(body) else None


def messages(slack: Slack, method: str, *, pages: int = PAGES, **body: Any) -> Iterator[Body]:
    """The messages that a method gives, over its first ``pages``, with their metadata; none where it is missing.

    Raises SlackBusy.
    """
    cursor: str | None = None
    for _ in range(pages):
        if not slack.may_have(method):
            return
        more = {"cursor": cursor} if cursor else {}
        try:
            said = slack.call(method, limit=PAGE, include_all_metadata=True, **body, **more)
        except SlackRefused as refused:
            slack.note_refusal(method, refused)
            return
        yield from (one for one in said.get("messages") or () if isinstance(one, dict))
        cursor = (said.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def moment(ts: object) -> float:
    """A message's ``ts`` as seconds since 1970; 0 for what is none."""
    try:
        return float(str(ts))
    except ValueError:
        return 0.0


def mark_of(message: Body) -> tuple[str, int] | None:
    """The job and the part that one of our messages says it is; None when it says none."""
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT:
        return None
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict) or not isinstance(payload.get("job"), str):
        return None
    try:
        return payload["job"], int(payload.get("part", 1))
    except (TypeError, ValueError):
        return None


class Whispering:
    """Tells a job's messages to the asker alone, at the address that came with what was asked.

    Nobody can look for such a message: one whose sending broke off is sent again, the first in the place of what stands
    there.  ``is_open``: the whole channel is told at that address, and in no other way.
    """

    def __init__(
        self,
        slack: Slack,
        progress: Progress,
        place: Place,
        *,
        replaces: bool = False,
        label: str = "",
        is_open: bool = False,
    ) -> None:
        self._slack = slack
        self._progress = progress
        self._place = place
        self._replaces = replaces
        self._label = label
        self._is_open = is_open

    def tell(self, messages: Sequence[Message]) -> None:
        """Every message as a part of its own.  Raises as :class:`Telling` does."""
        for number, message in enumerate(messages, 1):
            name = f"{self._label}private{number}"
            if (self._progress.of(name) or {}).get("done"):
                continue
            self._progress.note(name, {})
            self._send(message, replaces=self._replaces and number == 1)
            self._progress.note(name, {"done": True})

    def _send(self, message: Message, *, replaces: bool) -> None:
        if self._place.response_url and self._responded(message, replaces=replaces):
            return
        if self._is_open:
            raise SlackRefused("expired_url", "response_url")
        place = self._place
        body: Body = {"channel": place.channel, "text": message.text, "blocks": list(message.blocks), **PLAIN}
        body |= {"thread_ts": place.thread} if place.thread else {}
        try:
            sent(self._slack, "chat.postEphemeral", {**body, "user": place.user})
        except SlackRefused as refused:
            if refused.error in TOKEN_REFUSED or not place.is_private:
                raise
            # We are not in the channel, or cannot do that; what somebody is told in person nobody else sees either.
            body.pop("thread_ts", None)
            with contextlib.suppress(SlackRefused):
                sent(self._slack, "chat.postMessage", {**body, "channel": place.user, **BARE})
                return
            raise

    def _responded(self, message: Message, *, replaces: bool) -> bool:
        """Whether the address that came with what was asked has taken it: it is good for half an hour and five."""
        seen_by = "in_channel" if self._is_open else "ephemeral"
        body: Body = {"response_type": seen_by, "replace_original": replaces, "text": message.text}
        body |= {"blocks": list(message.blocks), "unfurl_links": False, "unfurl_media": False}
        try:
            self._slack.respond(self._place.response_url, body)
        except SlackRefused:
            return False
        except SlackBusy:
            if self._progress.held.job.attempts <= TRIES:
                raise
            return False
        return True
