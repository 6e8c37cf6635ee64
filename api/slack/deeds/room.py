"""What every deed has at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversations import Store

from ...chat import Chat
from ...desk import Desk
from ..blocks import Message
from ..calling import Body, Bot, Slack
from ..links import Links
from ..tasks import Place
from ..telling import Progress, Spot, Telling, Whispering
from .before import Before

EARLIER = 300  # seconds by which Slack's clock may be behind ours


@dataclass(frozen=True, slots=True)
class Room:
    """Where answers come from, where conversations are kept, and where it is told."""

    chat: Chat
    desk: Desk
    store: Store
    slack: Slack
    bot: Bot
    links: Links
    handover: str
    before: Before

    def telling(
        self,
        progress: Progress,
        channel: str,
        thread: str = "",
        *,
        since: str = "",
        label: str = "",
        payload: Body | None = None,
    ) -> Telling:
        """Tells in a channel, or in a thread of it; what the job posts there comes after ``since``."""
        began = f"{progress.held.job.created - EARLIER}.000000"
        return Telling(self.slack, self.bot, progress, Spot(channel, thread, since or began), label, payload)

    def reply(self, place: Place, progress: Progress, label: str = "") -> Telling:
        """Tells in the thread of what was said."""
        return self.telling(progress, place.channel, place.thread, since=place.ts, label=label)

    def whisper(
        self, place: Place, progress: Progress, *, replaces: bool = False, label: str = "", is_open: bool = False
    ) -> Whispering:
        """Tells the asker alone; ``is_open``: the channel, at the address that only the asker has."""
        return Whispering(self.slack, progress, place, replaces=replaces, label=label, is_open=is_open)

    def tell(self, place: Place, progress: Progress, messages: Sequence[Message], *, replaces: bool = True) -> None:
        """Tell where the reply goes."""
        if place.is_private:
            self.whisper(place, progress, replaces=replaces).tell(messages)
        else:
            self.reply(place, progress).tell(messages)

    def tell_instead(self, place: Place, progress: Progress, message: Message) -> None:
        """Tell in the place of a reply that may have begun; below it where its beginning is told."""
        if place.is_private:
            self.whisper(place, progress, label="instead").tell([message])
            return
        begun = self.reply(place, progress)
        state = begun.state(1)
        has_begun = state is not None and bool(state.get("done"))
        (self.reply(place, progress, "instead") if has_begun else begun).part(1, message)
