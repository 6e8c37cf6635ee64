"""What is done for each kind of job, and told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from assistant.conversations import Job, Store, StoreUnavailable
from assistant.errors import AssistantError

from ...chat import Chat
from ...desk import Desk
from ..blocks import notes
from ..calling import Bot, Slack, SlackBusy
from ..links import Links
from ..tasks import Ask, Check, HandOver, Rate, Share, Task, Welcome, task_of
from ..telling import Progress
from ..working import Held, Lost
from .asking import ask
from .before import Before
from .checking import check
from .handing import hand_over
from .room import Room
from .small import rate, share, welcome

__all__ = ["Deeds"]

BROKEN = "お答えできませんでした。しばらくしてから、もう一度お試しください。"
_OF: dict[type[Any], Callable[[Room, Any, Progress], None]] = {
    Ask: ask,
    Check: check,
    Share: share,
    Rate: rate,
    HandOver: hand_over,
    Welcome: welcome,
}

log = logging.getLogger(__name__)


class Deeds:
    """Does jobs.  Called for one that an earlier owner began it goes on where that one's notes end.

    ``handover`` is the channel that a conversation is handed to; empty: none is.
    """

    def __init__(
        self,
        chat: Chat,
        desk: Desk,
        store: Store,
        client: WebClient | Slack,
        *,
        bot: Bot,
        links: Links,
        handover: str = "",
    ) -> None:
        slack = client if isinstance(client, Slack) else Slack(client)
        self._room = Room(chat, desk, store, slack, bot, links, handover, Before(store, slack, bot))

    def __call__(self, job: Job, held: Held) -> None:
        """Do a job.  Raises Lost, SlackBusy and StoreUnavailable for one that is to be gone on with.

        Other errors are defects: the last time it is tried, the asker is told that it failed instead.
        """
        try:
            task = task_of(job.kind, job.body)
        except ValueError:
            log.warning("a job of the kind %s cannot be read and is left out", job.kind[:40])
            return
        progress = Progress(held)
        try:
            _OF[type(task)](self._room, task, progress)
        except (Lost, SlackBusy, StoreUnavailable):
            raise
        except Exception as error:
            if not held.is_last:
                raise
            log.error("a job of the kind %s is given up", job.kind, exc_info=error)
            self._tell_failure(task, progress)

    def _tell_failure(self, task: Task, progress: Progress) -> None:
        """Tell the asker, once, that there is no answer."""
        if isinstance(task, (Rate, Welcome)):
            return
        try:
            self._room.tell_instead(task.place, progress, notes.failed(BROKEN))
        except (Lost, SlackBusy, StoreUnavailable):
            raise
        except AssistantError as error:
            log.warning("nor can its asker be told", exc_info=error)
