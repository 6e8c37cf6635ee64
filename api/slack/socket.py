"""Requests of Slack over Socket Mode: a WebSocket that we open, so that no address of ours need be known."""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from assistant.errors import AssistantError, SettingsError

from .inbox import received

AT_ONCE = 10  # requests that are kept at once
OPEN = 15.0  # seconds for the first connection
PING = 5.0  # seconds between looks at whether the connection still stands
log = logging.getLogger(__name__)


class Listener(SocketModeHandler):
    """Acknowledges what was kept, and nothing else: Slack sends the rest again."""

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """One request, in a thread of the client's."""
        began = time.time()
        try:
            send_response(client, req, received(self.app, req.payload), began)
        except Exception as error:  # the connection has gone: it comes again on another
            log.warning("a request of Slack's socket was not acknowledged", exc_info=error)


class Curt(logging.Filter):
    """Leaves out what a library puts into its messages: what came over the socket, addresses with tickets in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is cut."""
        record.msg, record.args = re.split(r"[:({]", record.getMessage(), maxsplit=1)[0].strip(), ()
        return True


@contextmanager
def connected(inbox: App, client: WebClient, app_token: str, *, ping: float = PING) -> Iterator[Listener]:
    """A connection that is opened again whenever it breaks, until the block ends.

    Raises SettingsError when Slack refuses the token, and AssistantError when it cannot be reached at all.
    """
    listener = Listener(inbox, app_token, logger=curt(), web_client=client, ping_interval=ping, concurrency=AT_ONCE)
    try:
        connect(listener)
        yield listener
    finally:
        close(listener)


def close(listener: Listener) -> None:
    """Ends the connection and its threads."""
    client = listener.client
    client.closed, client.auto_reconnect_enabled = True, False
    client.current_session_state.terminated = True
    with suppress(OSError, AttributeError):  # else whoever reads is waited for, up to 3 s
        client.current_session.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
    client.message_queue.put(None)  # for whoever waits for the next
    for _ in range(2):  # the client stumbles when the connection ends by itself just then
        try:
            listener.close()  # type: ignore[no-untyped-call]
            return
        except Exception as error:
            log.debug("the socket was not closed at once", exc_info=error)


def connect(listener: Listener) -> None:
    """The first connection.  Raises SettingsError and AssistantError, in one line."""
    try:
        listener.connect()  # type: ignore[no-untyped-call]
        until = time.monotonic() + OPEN
        while not listener.client.is_connected():  # a handshake that fails is only logged, and tried again
            if time.monotonic() > until:
                raise ConnectionError
            time.sleep(0.05)
    except SlackApiError as error:
        data = error.response.data
        why = str(data.get("error", "refused"))[:80] if isinstance(data, dict) else "unreadable"
        raise SettingsError(
            f"Slack refuses to open a socket: {why}.",
            hint="Set ASSISTANT_SLACK_APP_TOKEN to an app-level token (xapp-…) with connections:write.",
        ) from None
    except Exception as error:  # of the network, whatever the library makes of it
        log.debug("no socket", exc_info=error)
        raise AssistantError(
            f"Slack's socket cannot be opened ({type(error).__name__}).",
            hint="See whether ASSISTANT_SLACK_API_URL can be reached.",
        ) from None


def curt() -> logging.Logger:
    """The logger of the client: warnings and worse, without what was told."""
    logger = logging.getLogger(f"{__name__}.client")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(Curt())
    return logger
