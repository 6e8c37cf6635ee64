"""Bolt's application: each request becomes a job, kept before it is acknowledged.

Bolt finds out what a request is and which listener it is for; all that is read of it is what
:func:`api.slack.bodies.known` leaves.  Bolt logs whole bodies, so its logger is mute.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from assistant.conversations import StoreUnavailable

from . import listening
from .blocks import notes
from .blocks.message import CHECK_AMOUNTS
from .bodies import Body, known
from .calling import Bot
from .queueing import Queue
from .screening import Screen
from .tasks import body_of

ANY = re.compile("")
log = logging.getLogger(__name__)


def make_inbox(client: WebClient, queue: Queue, bot: Bot, teams: frozenset[str], wake: Callable[[], None]) -> App:
    """What takes requests that are known to be Slack's.

    ``teams`` are the workspaces that may ask (none: the bot's own); ``wake`` is called for each job that is new.
    Requests go in by :func:`received`.
    """
    screen = Screen(bot, teams)

    def screened(body: Body, next: Callable[[], Any], ack: Ack) -> BoltResponse | None:
        return next() if screen.lets_in(body) else ack()

    def own() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=bot.team, bot_user_id=bot.user, bot_id=bot.bot_id)

    app = App(
        name="assistant",
        logger=mute(),
        client=client,
        authorize=own,
        before_authorize=screened,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,  # what arrives here was verified, or came over a socket
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(failed)
    listen(app, Keeper(queue, bot, wake))
    return app


class Keeper:
    """Keeps what a body asks for."""

    def __init__(self, queue: Queue, bot: Bot, wake: Callable[[], None]) -> None:
        self._queue = queue
        self._bot = bot
        self._wake = wake

    def keep(self, read: listening.Reader, body: Body) -> listening.Asked | None:
        """What was asked, kept; None when nothing was.  Raises StoreUnavailable."""
        asked = read(body, self._bot)
        if asked is not None and self._queue.put(asked.id, asked.lane, asked.task.kind, body_of(asked.task)):
            self._wake()
        return asked


def listen(app: App, keeper: Keeper) -> None:
    """Bolt's listeners; those of events are acknowledged by Bolt, when they have ended well."""
    for name, read in (
        ("app_mention", listening.mention),
        ("message", listening.direct),
        ("app_home_opened", listening.opened),
        ("assistant_thread_started", listening.opened),
    ):
        hear(app, keeper, name, read)

    @app.command(ANY)
    def command(body: Body, ack: Ack) -> None:
        asked = keeper.keep(listening.command, body)
        if asked is None or not getattr(asked.task, "question", ""):
            ack()
            return
        note = notes.waiting()
        ack(response_type="ephemeral", text=note.text, blocks=list(note.blocks))

    @app.message_shortcut(CHECK_AMOUNTS)
    def shortcut(body: Body, ack: Ack) -> None:
        keeper.keep(listening.check_amounts, body)
        ack()

    @app.block_action({"action_id": ANY})
    def button(body: Body, ack: Ack) -> None:
        keeper.keep(listening.pressed, body)
        ack()


def hear(app: App, keeper: Keeper, name: str, read: listening.Reader) -> None:
    """Events of one type, whatever their subtype."""
    constraints: dict[str, Any] = {"type": name}

    @app.event(constraints)
    def event(body: Body) -> None:
        keeper.keep(read, body)


def received(app: App, body: object) -> BoltResponse:
    """The reply to a request, given as the JSON or form that it came with.  It never raises.

    200: taken, or nothing that is heard here.  503: it could not be kept, and Slack is to send it again.
    """
    asked = known(body)
    if asked is None or "ssl_check" in asked:
        return BoltResponse(status=200, body="")
    return app.dispatch(BoltRequest(mode="socket_mode", body=asked))


def failed(error: Exception) -> BoltResponse:
    """What Bolt replies when a listener, or Bolt itself, has failed."""
    if isinstance(error, BoltUnhandledRequestError):  # nothing that is listened to
        return BoltResponse(status=200, body="")
    if isinstance(error, StoreUnavailable):
        log.error("a request of Slack could not be kept: the database is away")
        return BoltResponse(status=503, body="", headers={"Retry-After": str(error.retry_after)})
    log.error("a request of Slack could not be kept", exc_info=error)
    return BoltResponse(status=500, body="")


def mute() -> logging.Logger:
    """A logger that says nothing."""
    logger = logging.getLogger(f"{__name__}.bolt")
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    return logger
