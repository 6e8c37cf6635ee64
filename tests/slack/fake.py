"""A Slack on loopback: its methods over HTTP, Socket Mode over a WebSocket, and a workspace that remembers everything.

::

    with fake_slack(streams=False) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        client.chat_postMessage(channel=CHANNEL, text="…")
        assert slack.told(CHANNEL)[0].text == "…"
        status, _headers, _body = slack.send("http://127.0.0.1:8000", slack.event_mention("事業承継の補助率は？"))
        ack = slack.deliver("slash_commands", slack.slash_command("創業の支援は？"))
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from .fake_bodies import PATH, Bodies, Body
from .fake_records import TEAM
from .fake_server import Server, Trouble

BOT_TOKEN = "xoxb-fake-bot-token"
APP_TOKEN = "xapp-1-fake-app-token"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Ack:
    """The acknowledgement of an envelope: what it carried, and after how many seconds it came."""

    envelope_id: str
    payload: dict[str, Any] | None
    seconds: float


class FakeSlack(Bodies):
    """What a test holds: the workspace's records, what is to go wrong, and ways to send."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.server = Server(self)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = 0

    # ---- what is to go wrong

    def limit(self, method: str, after: int, retry_after: int = 1) -> None:
        """After so many calls the next gets 429, and so does each until ``retry_after`` seconds are over; and again."""
        trouble = self._trouble(method)
        trouble.after, trouble.retry_after, trouble.counted, trouble.closed_until = after, retry_after, 0, 0.0

    def delay(self, method: str, seconds: float) -> None:
        """The method takes so long, before it does its work."""
        self._trouble(method).delay = seconds

    def drop(self, method: str, times: int = 1) -> None:
        """The next calls are done, but the connection breaks instead of an answer."""
        self._trouble(method).cuts = times

    def fail(self, method: str, times: int = 1, status: int = 500) -> None:
        """The next calls do nothing and get that HTTP status."""
        trouble = self._trouble(method)
        trouble.failures, trouble.failure = times, status

    def refuse(self, method: str, error: str, times: int = 1_000_000) -> None:
        """The next calls do nothing and get ``{"ok": false, "error": …}``; none any more: ``times=0``."""
        trouble = self._trouble(method)
        trouble.refusals, trouble.refusal = times, error

    # ---- sending over HTTP

    def send(
        self,
        base: str,
        payload: Body | bytes,
        *,
        path: str = PATH,
        headers: dict[str, str] | None = None,
        timeout: float = 10.0,
        **signing: Any,
    ) -> tuple[int, dict[str, str], bytes]:
        """POST a signed delivery to the assistant at ``base``; ``headers`` replace those of :meth:`signed`."""
        data = self.encode(payload)[0] if isinstance(payload, dict) else payload
        sent = self.signed(payload, path=path, **signing) if headers is None else headers
        at = urlsplit(base)
        connection = HTTPConnection(at.hostname or "", at.port or 80, timeout=timeout)
        try:
            connection.request("POST", path, data, sent)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    # ---- sending over Socket Mode

    def deliver(
        self,
        kind: str,
        payload: Body,
        *,
        wait: float = 5.0,
        retry: int = 0,
        reason: str = "timeout",
        connection: int | None = None,
    ) -> Ack:
        """Send to one of the open connections, the next at each call, and wait for the acknowledgement.

        ``kind`` is events_api, slash_commands or interactive.  Delivering the same payload again is a redelivery
        (``retry`` counts them).  TimeoutError when none acknowledges in ``wait`` seconds, or none is connected;
        ConnectionResetError when the connection ends before it does.
        """
        again = {"retry_attempt": retry, "retry_reason": reason if retry else ""} if kind == "events_api" else {}
        envelope = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload, **again}
        envelope["accepts_response_payload"] = kind != "events_api"
        with self.lock:
            self._turn += 1
            index = self._turn if connection is None else connection
        begun = time.perf_counter()
        frame = self._run(self.server.sent(envelope, wait, index))
        return Ack(envelope["envelope_id"], frame.get("payload"), time.perf_counter() - begun)

    @property
    def connections(self) -> int:
        """How many WebSockets are open, and were not asked to go."""
        return len(self.server.open())

    def connected(self, many: int = 1, timeout: float = 10.0) -> None:
        """Wait until so many WebSockets are open.  TimeoutError when they are not."""
        self.until(lambda: self.connections >= many, timeout)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be made anew (or ``warning``, ``link_disabled``); it stays open meanwhile."""
        self._run(self.server.told({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}}))

    def close_sockets(self) -> None:
        """Every WebSocket is closed at once."""
        self._run(self.server.closed())

    # ---- waiting

    def until(self, true: Callable[[], Any], timeout: float = 10.0) -> None:
        """Wait until something is so.  TimeoutError when it is not in time."""
        end = time.monotonic() + timeout
        while not true():
            if time.monotonic() > end:
                raise TimeoutError(f"not so after {timeout} s; {len(self.calls)} calls: {self._summary()}")
            time.sleep(0.01)

    def _summary(self) -> str:
        return ", ".join(f"{one.method} {one.answer.get('error', one.status)}" for one in self.calls[-10:])

    def _trouble(self, method: str) -> Trouble:
        with self.lock:
            return self.server.troubles.setdefault(method, Trouble())

    def _run(self, work: Any) -> Any:
        assert self._loop is not None, "the server runs only inside `with fake_slack()`"
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _serve(self, server: uvicorn.Server, listening: socket.socket) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await server.serve(sockets=[listening])

        asyncio.run(serve())


@contextmanager
def fake_slack(
    *,
    streams: bool = True,
    team_id: str = TEAM,
    bot_token: str = BOT_TOKEN,
    app_token: str = APP_TOKEN,
    signing_secret: str = SIGNING_SECRET,
    scopes: set[str] | None = None,
    app_scopes: set[str] | None = None,
    ping: float = 20.0,
) -> Iterator[FakeSlack]:
    """A Slack that listens on a free port of loopback until the block ends.

    ``streams``: whether it has chat.startStream and its like.  ``scopes``: those of the bot (default: all);
    ``app_scopes``: those of the app's token.  ``ping``: seconds between the pings of its WebSockets.
    """
    slack = FakeSlack(
        team_id=team_id, bot_token=bot_token, app_token=app_token, signing_secret=signing_secret, streams=streams
    )
    slack.scopes = slack.scopes if scopes is None else set(scopes)
    slack.app_scopes = slack.app_scopes if app_scopes is None else set(app_scopes)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        slack.api_url = f"http://127.0.0.1:{listening.getsockname()[1]}/api/"
        config = uvicorn.Config(
            slack.server.app,
            ws="websockets-sansio",  # "websockets" warns that it will go away, and warnings are errors
            ws_ping_interval=ping,
            log_config=None,
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=slack._serve, args=(server, listening), name="fake-slack", daemon=True)
        thread.start()
        try:
            slack.until(lambda: server.started)
            yield slack
        finally:
            server.should_exit = True
            thread.join(10)
