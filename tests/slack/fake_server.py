"""The fake Slack's HTTP methods, the addresses for replies, and the WebSocket, as one ASGI application."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from .fake_blocks import faults
from .fake_methods import called
from .fake_records import Call, Posted, World


@dataclass
class Trouble:
    """What is to go wrong with one method: each is told by the function of ``FakeSlack`` that sets it."""

    delay: float = 0.0
    failures: int = 0
    failure: int = 500
    cuts: int = 0
    refusals: int = 0
    refusal: str = ""
    after: int | None = None
    retry_after: int = 1
    counted: int = 0
    closed_until: float = 0.0


@dataclass
class Line:
    """One open WebSocket, and the acknowledgements that are awaited on it; one that was asked to go gets no more."""

    socket: WebSocket
    leaving: bool = False
    waiting: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)


class Server:
    """Answers for a workspace."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.troubles: dict[str, Trouble] = {}
        self.lines: list[Line] = []
        #: Every frame that came over a WebSocket, in order.
        self.heard: list[dict[str, Any]] = []
        #: Whether answers carry ``x-oauth-scopes``.
        self.tell_scopes = True
        self.app = Starlette(
            routes=[
                Route("/api/{method}", self._method, methods=["GET", "POST"]),
                Route("/response/{key}", self._reply, methods=["POST"]),
                WebSocketRoute("/link/", self._link),
            ]
        )

    async def _method(self, request: Request) -> Response:
        method = request.path_params["method"]
        given, token = await _read(request)
        call = Call(method, given, dict(request.headers), time.time())
        with self.world.lock:
            self.world.calls.append(call)
            trouble = self.troubles.setdefault(method, Trouble())
            early = self._early(trouble, call)
        if early is None:
            await asyncio.sleep(trouble.delay)
            early = self._done(trouble, call, token)
            if early is None:
                return await _cut(request)
        call.status = early.status_code
        return early

    def _early(self, trouble: Trouble, call: Call) -> Response | None:
        """The answer of a method that does nothing: too many requests, or a failure."""
        if trouble.failures > 0:
            trouble.failures -= 1
            return Response("upstream error", trouble.failure)
        if call.at < trouble.closed_until:
            self.world.impatient.append(call)
            return _too_many(trouble)
        trouble.counted += 1
        if trouble.after is not None and trouble.counted > trouble.after:
            trouble.counted, trouble.closed_until = 0, call.at + trouble.retry_after
            return _too_many(trouble)
        return None

    def _done(self, trouble: Trouble, call: Call, token: str) -> Response | None:
        """Do it; None when nobody is to be told."""
        with self.world.lock:
            if trouble.refusals > 0:
                trouble.refusals -= 1
                call.answer = {"ok": False, "error": trouble.refusal}
                return JSONResponse(call.answer)
            call.answer = called(self.world, call.method, token, call.arguments)
            cut = trouble.cuts > 0
            trouble.cuts -= cut
        if cut:
            return None
        known = self.tell_scopes and call.answer.get("error") not in ("not_authed", "invalid_auth", "unknown_method")
        of_app = call.method == "apps.connections.open"
        scopes = ",".join(sorted(self.world.app_scopes if of_app else self.world.scopes))
        return JSONResponse(call.answer, headers={"x-oauth-scopes": scopes} if known else {})

    async def _reply(self, request: Request) -> Response:
        """A POST to a response_url: only one person sees what it says, unless it says otherwise."""
        given, _token = await _read(request)
        call = Call("response_url", given, dict(request.headers), time.time(), 200, {"ok": True})
        with self.world.lock:
            self.world.calls.append(call)
            trouble = self.troubles.setdefault("response_url", Trouble())
            early = self._early(trouble, call)
        if early is not None:
            call.status, call.answer = early.status_code, {"ok": False}
            return early
        await asyncio.sleep(trouble.delay)
        with self.world.lock:
            call.status, call.answer = self._replied(request.path_params["key"], given)
            cut = trouble.cuts > 0
            trouble.cuts -= cut
        if cut:
            return await _cut(request)
        return Response("ok") if call.status == 200 else JSONResponse(call.answer, call.status)

    def _replied(self, key: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        place = self.world.response_urls.get(key)
        if place is None or place["used"] >= 5:
            return 404, {"ok": False, "error": "used_url" if place else "expired_url"}
        place["used"] += 1
        if given.get("blocks") and faults(given["blocks"]):
            return 400, {"ok": False, "error": "invalid_blocks"}
        message: Posted | None = place["message"]
        if given.get("delete_original") and message:
            message.deleted = True
            return 200, {"ok": True}
        if not (given.get("text") or given.get("blocks")):
            return 400, {"ok": False, "error": "no_text"}
        if given.get("replace_original") and message:
            message.edits.append((message.text, message.blocks))
            message.text, message.blocks = given.get("text", ""), given.get("blocks") or []
            return 200, {"ok": True}
        self._written(place, given)
        return 200, {"ok": True}

    def _written(self, place: dict[str, Any], given: dict[str, Any]) -> None:
        world, channel = self.world, place["channel"]
        written = Posted(channel, world.now(), given.get("text", ""), given.get("blocks") or [], arguments=given)
        written.user, written.bot_id = world.bot_user, world.bot_id
        written.thread_ts = str(given.get("thread_ts") or "")
        if given.get("response_type") == "in_channel":
            world.messages[channel].append(written)
        else:
            written.only_for = place["user"]
            world.ephemerals.append(written)

    async def _link(self, socket: WebSocket) -> None:
        if not self.world.tickets[socket.query_params.get("ticket", "")]:
            await socket.close()
            return
        await socket.accept()
        line = Line(socket)
        hello = {"num_connections": len(self.lines) + 1, "connection_info": {"app_id": self.world.app_id}}
        try:
            await socket.send_json({"type": "hello", **hello, "debug_info": {"host": "fake"}})
            self.lines.append(line)
            while True:
                self._heard(line, await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            if line in self.lines:
                self.lines.remove(line)
            for waiting in line.waiting.values():
                waiting.set_exception(ConnectionResetError("the client is gone"))

    def _heard(self, line: Line, text: str) -> None:
        frame = json.loads(text)
        self.heard.append(frame)
        waiting = line.waiting.pop(frame.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(frame)

    async def sent(self, envelope: dict[str, Any], wait: float, index: int = 0) -> dict[str, Any]:
        """Send an envelope over one of the open connections, and give its acknowledgement.

        TimeoutError when there is no connection, or no acknowledgement in so many seconds; ConnectionResetError when
        the connection ends before it.
        """
        async with asyncio.timeout(wait):
            while not (lines := self.open()):
                await asyncio.sleep(0.01)
            line = lines[index % len(lines)]
            waiting = line.waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
            await line.socket.send_json(envelope)
            return await waiting

    def open(self) -> list[Line]:
        """The connections that envelopes are sent over."""
        return [line for line in list(self.lines) if not line.leaving]

    async def told(self, frame: dict[str, Any]) -> None:
        """Send a frame over every open connection; after a farewell nothing else follows."""
        for line in self.open():
            line.leaving = frame["type"] == "disconnect"
            await line.socket.send_json(frame)

    async def closed(self) -> None:
        """Close every WebSocket without a word."""
        for line in list(self.lines):
            await line.socket.close(1011)


async def _read(request: Request) -> tuple[dict[str, Any], str]:
    """A method's arguments, from the query and from a body of either sort, and the token."""
    data = await request.body()
    given: dict[str, Any] = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        given |= json.loads(data or b"{}")
    else:
        given |= {name: _value(name, text) for name, text in parse_qsl(data.decode(), keep_blank_values=True)}
    authorization = request.headers.get("authorization", "")
    token = str(given.pop("token", "") or authorization.removeprefix("Bearer "))
    return {name: _value(name, value) if isinstance(value, str) else value for name, value in given.items()}, token


def _value(name: str, text: str) -> Any:
    """In a form what is no plain value is JSON."""
    if name not in ("blocks", "chunks", "metadata", "prompts", "view", "attachments", "loading_messages"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _too_many(trouble: Trouble) -> Response:
    headers = {"Retry-After": str(trouble.retry_after)}
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)


async def _cut(request: Request) -> Response:
    """Break the connection off: uvicorn's own cycle stands behind ``receive``, and it has the transport."""
    request.receive.__self__.transport.abort()
    await asyncio.sleep(0.01)  # until the loss is known, so that the answer below goes nowhere
    return Response(status_code=500)
