"""MCP over stdin and stdout: one session, a message a line, ended by the end of stdin or by a signal.

stdout carries the protocol and nothing else: while it is served, whatever else of the process writes there goes to
stderr.  The library's own transport reads and writes in threads that the end of the program waits for, answers nothing
to a line that it cannot read, and drops what is under way when stdin ends; so lines are read and written here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.lowlevel import Server
from mcp.shared.message import SessionMessage
from mcp_types import (
    INVALID_REQUEST,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    RequestId,
    jsonrpc_message_adapter,
)
from pydantic import ValidationError

from .messages import NO_ID, fault_in
from .pipes import TOO_LONG, Lines, Writing

LAST = 30.0  # seconds that what is under way has when stdin has ended: a shell may have piped its questions in


class Session:
    """The messages of one client, between its lines and the server."""

    def __init__(self, lines: Lines, writing: Writing) -> None:
        self._lines = lines
        self._writing = writing
        self._open: set[RequestId] = set()
        self._changed = asyncio.Event()

    async def serve(self, server: Server[Any]) -> None:
        """Until the client's lines end and what it has asked is answered."""
        to_server, read = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        write, from_server = anyio.create_memory_object_stream[SessionMessage](0)
        async with anyio.create_task_group() as group:
            group.start_soon(self._hear, to_server)
            group.start_soon(self._tell, from_server)
            await server.run(read, write, server.create_initialization_options())

    async def _hear(self, to_server: MemoryObjectSendStream[SessionMessage | Exception]) -> None:
        """Lines become messages; what is none is answered with an error, and the session goes on."""
        async with to_server:
            async for line in self._lines:
                message = message_of(line)
                if isinstance(message, JSONRPCError):
                    await self._write(message)
                elif message is not None:
                    self._note(message)
                    await to_server.send(SessionMessage(message))
            await self._answered()

    def _note(self, message: JSONRPCRequest | JSONRPCNotification | JSONRPCResponse) -> None:
        """Which requests still wait for an answer; one that is cancelled gets none."""
        if isinstance(message, JSONRPCRequest):
            self._open.add(message.id)
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._open.discard((message.params or {}).get("requestId", ""))

    async def _answered(self) -> None:
        """Waits until nothing is under way, or long enough."""
        with anyio.move_on_after(LAST):
            while self._open:
                self._changed.clear()
                await self._changed.wait()

    async def _tell(self, from_server: MemoryObjectReceiveStream[SessionMessage]) -> None:
        """The server's messages become lines."""
        async with from_server:
            async for sent in from_server:
                await self._write(sent.message)

    async def _write(self, message: Any) -> None:
        await self._writing.write(message.model_dump_json(by_alias=True, exclude_unset=True).encode() + b"\n")
        if isinstance(message, JSONRPCResponse | JSONRPCError):
            self._open.discard(message.id if message.id is not None else "")
            self._changed.set()


def message_of(line: bytes) -> Any:
    """A line's message; the error that answers it when it is none; None for a blank line."""
    if line is TOO_LONG:
        return refusal(None, INVALID_REQUEST, "The message is longer than this server reads.")
    if not line.strip():
        return None
    try:
        sent = json.loads(line)
    except (ValueError, RecursionError):
        return refusal(None, PARSE_ERROR, "The line is not JSON that can be read: send one JSON-RPC message a line.")
    if (fault := fault_in(sent)) and fault[1] == NO_ID:  # the library takes it for a notification, and is silent
        return refusal(None, *fault)
    try:
        return jsonrpc_message_adapter.validate_json(line, by_name=False)
    except ValidationError:
        pass
    name = sent.get("id") if isinstance(sent, dict) else None
    known = name if type(name) is int or (isinstance(name, str) and name.isprintable()) else None
    return refusal(
        known, INVALID_REQUEST, "The line is no JSON-RPC message, or holds half a character: send one message a line."
    )


def refusal(name: RequestId | None, code: int, why: str) -> JSONRPCError:
    """The error that answers a line."""
    return JSONRPCError(jsonrpc="2.0", id=name, error=ErrorData(code=code, message=why))


async def talk(server: Server[Any], source: int, target: int) -> None:
    """Serve one session on two file descriptors until it ends, or SIGTERM or SIGINT comes."""
    loop = asyncio.get_running_loop()
    with anyio.CancelScope() as scope, ending(loop, scope.cancel):
        writing = Writing(target, scope.cancel)
        try:
            await Session(Lines(source), writing).serve(server)
        finally:
            writing.close()


@contextlib.contextmanager
def ending(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> Iterator[None]:
    """The signals that end a program do it in order."""
    signals = (signal.SIGTERM, signal.SIGINT)
    try:
        for signum in signals:
            loop.add_signal_handler(signum, end)
    except (NotImplementedError, ValueError, RuntimeError):  # not in the main thread, or no such signals here
        yield
        return
    try:
        yield
    finally:
        for signum in signals:
            loop.remove_signal_handler(signum)


@contextlib.contextmanager
def own_stdout() -> Iterator[int]:
    """A descriptor that alone leads to stdout; what anything else prints goes to stderr meanwhile."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        yield kept
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def run(server: Server[Any], target: int) -> None:
    """Serve stdin on ``target`` until the session ends."""
    asyncio.run(talk(server, 0, target))
