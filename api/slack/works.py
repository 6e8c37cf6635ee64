"""All that stands behind the entrances, opened from the settings: answers, the store, the hands that do the jobs."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from slack_bolt import App

from assistant.cli.logs import show_logs
from assistant.conversations import Store, keep_tidy
from assistant.records import Answer
from assistant.settings import Settings

from ..chat import Chat
from ..served import SWITCH
from ..standing import Lookout, Standing
from ..web import listed
from .calling import identity, make_client
from .deeds import Deeds
from .inbox import make_inbox
from .links import Links
from .socket import connected
from .working import Hands


class Works:
    """Does what Slack asks, while it is open (``with``)."""

    def __init__(self, settings: Settings) -> None:
        """Raises AssistantError when Slack refuses the token, or questions could not be answered."""
        show_logs(settings.log_format)
        sys.setswitchinterval(SWITCH)  # requests are acknowledged by threads among those that make answers
        self.count: Callable[[Answer], object] = lambda _: None  # told of every answer that was made
        self._settings = settings
        self.client = make_client(settings)
        self.bot = identity(self.client)
        self.standing = Standing.of(settings)
        self._open = ExitStack()
        self.store = Store.of(settings)
        self._open.callback(self.store.close)
        chat = Chat(self.standing, self.store, count=lambda answer: self.count(answer))
        self.hands = Hands(self.store.jobs, self._deeds(chat))
        teams = frozenset(listed(settings.slack_workspaces))
        self.inbox: App = make_inbox(self.client, self.store.jobs, self.bot, teams, self.hands.wake)

    def __enter__(self) -> Works:
        """Jobs are done from now on; those that an earlier process left are begun with."""
        self._open.enter_context(keep_tidy(self.store))
        lookout = Lookout(self.standing, self._settings.swap_seconds)
        self._open.callback(lookout.close)
        if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP"):
            self._open.callback(signal.signal, signal.SIGHUP, signal.signal(signal.SIGHUP, lambda *_: lookout.wake()))
        self._open.enter_context(self.hands)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def connect(self) -> None:
        """Open Socket Mode, until all is closed.  Raises AssistantError."""
        token = self._settings.slack_app_token.get_secret_value().strip()
        self._open.enter_context(connected(self.inbox, self.client, token))

    def before_closing(self, act: Callable[[], object]) -> None:
        """What is done first when all is closed."""
        self._open.callback(act)

    def wind_up(self) -> None:
        """The process is to end: no job is taken any more.  May be called from a signal handler."""
        threading.Thread(target=self.hands.close, name="slack-end", daemon=True).start()

    def close(self) -> None:
        """Nothing more comes in, what runs has its time, the rest is left to others; a second time it does nothing."""
        self._open.close()

    def check_ready(self) -> None:
        """Raises AssistantError while nothing can be kept."""
        self.standing.check_ready()
        self.store.jobs.waiting()

    def _deeds(self, chat: Chat) -> Deeds:
        links, handover = Links.of(self._settings), self._settings.slack_handover_channel.strip()
        return Deeds(chat, self.standing, self.store, self.client, bot=self.bot, links=links, handover=handover)
