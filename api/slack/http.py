"""Requests of Slack over HTTP: verified, and acknowledged as soon as what they ask is kept.

::

    /slack/events, /slack/commands, /slack/interactions ─verifying─▶ inbox (threads) ─▶ 200
                                                        └▶ 401      └▶ 503: Slack sends it again

All three take the same: which of them an app is told matters to nobody but its operator.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI, Request, Response
from slack_bolt import App, BoltResponse
from starlette.requests import ClientDisconnect

from assistant import __version__

from ..gate import Gate, add_gate
from ..problems import Problem, add_handlers
from ..routes.operations import add_operations
from ..web import Web
from .bodies import read_body
from .inbox import received
from .verifying import Verifier

PATHS = ("/slack/events", "/slack/commands", "/slack/interactions")
MAX_BODY = 1024 * 1024  # bytes
THREADS = 8  # requests that are kept at once …
WAITING = 256  # … and those that may wait for it; Slack sends again what is turned away
PATIENCE = 2.5  # seconds; Slack itself gives up after 3
SOON = {"Retry-After": "1"}


class Desk:
    """Takes requests in threads, so that the event loop goes on; nobody waits longer than Slack does."""

    def __init__(
        self, inbox: App, *, threads: int = THREADS, waiting: int = WAITING, patience: float = PATIENCE
    ) -> None:
        self._inbox = inbox
        self._most = threads + waiting
        self._patience = patience
        self._here = 0  # touched by the event loop alone
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="slack-inbox")

    async def take(self, raw: bytes) -> BoltResponse:
        """The reply to a body that is Slack's.  Raises the Problems 400 and 503."""
        if self._here >= self._most:
            raise busy()
        self._here += 1
        taking = asyncio.get_running_loop().run_in_executor(self._threads, self._take, raw)
        taking.add_done_callback(self._leave)
        try:
            # The thread ends what it does in any case: a job that it keeps late is the same when it comes again.
            return await asyncio.wait_for(asyncio.shield(taking), self._patience)
        except TimeoutError:
            raise busy() from None

    def close(self) -> None:
        """Takes no more; waits for what is being kept."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _take(self, raw: bytes) -> BoltResponse:
        body = read_body(raw)
        if body is None:
            raise Problem(400, "malformed_body", "The body cannot be read.", "Slack sends JSON, or a form.")
        return received(self._inbox, body)

    def _leave(self, taken: asyncio.Future[BoltResponse]) -> None:
        self._here -= 1
        if not taken.cancelled():
            taken.exception()  # whoever waited may have gone


def busy() -> Problem:
    """503: what could not be kept in time."""
    return Problem(503, "busy", "The request could not be kept in time.", "Send it again.", SOON)


def create_slack_app(
    inbox: App,
    verifier: Verifier,
    *,
    web: Web | None = None,
    ready: Callable[[], object] | None = None,
    waiting: Callable[[], int] | None = None,
    version: str = __version__,
) -> FastAPI:
    """The application.

    ``ready`` raises an AssistantError while nothing can be kept or answered; ``waiting`` gives how many jobs are not
    done.  ``app.state.gate`` is its gate, with the counters; whoever serves closes ``app.state.desk``.
    """
    desk = Desk(inbox)

    app = FastAPI(title="Slack", version=version, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.desk = desk
    near = () if web is None else web.rate_exempt
    gate = add_gate(app, Web(max_body=MAX_BODY, rate_exempt=near))  # no rates: all of Slack comes from a few addresses
    add_handlers(app)
    add_receiving(app, desk, verifier, gate)
    add_operations(app, version, ready, gate=gate)
    if waiting is not None:
        gate.metrics.watch_jobs(waiting)
    return app


def add_receiving(app: FastAPI, desk: Desk, verifier: Verifier, gate: Gate) -> None:
    """The routes that Slack calls."""

    async def receive(request: Request) -> Response:
        """What Slack tells: an event, a command, a button."""
        try:
            raw = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        if not verifier.check(request.headers.items(), raw):
            gate.metrics.refused("signature")
            raise Problem(
                401,
                "signature",
                "The request does not bear Slack's signature, or is not from just now.",
                "See whether ASSISTANT_SLACK_SIGNING_SECRET is the app's, and whether the clock is right.",
            )
        return response_of(await desk.take(raw))

    for path in PATHS:
        app.post(path, response_class=Response, tags=["slack"], operation_id=path.rpartition("/")[2])(receive)


def response_of(reply: BoltResponse) -> Response:
    """Bolt's reply as the framework's.  Raises a Problem for one that has no body but its status."""
    headers = {name: str(values[0]) for name, values in reply.headers.items() if values and name != "set-cookie"}
    if reply.status == 503:
        raise Problem(503, "store_unavailable", "The request could not be kept.", "Send it again.", pause(headers))
    if reply.status >= 400:
        raise Problem(500, "internal", "The server has a defect.", "Its operator finds it in the log.")
    return Response(reply.body, reply.status, headers)


def pause(headers: dict[str, str]) -> dict[str, str]:
    """When to come back."""
    return {"Retry-After": headers.get("retry-after", SOON["Retry-After"])}
