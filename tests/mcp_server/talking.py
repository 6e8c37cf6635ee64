"""Clients of the MCP server: the library's own, and raw lines.

A test module takes the fixtures from here by name: ``desk = talking.desk``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.running import environment, read_line
from conftest import TODAY
from mcp import Client, StdioServerParameters

from api.mcp_server.server import make_server
from api.standing import Standing
from assistant.chain import Assistant
from assistant.settings import Settings

ROOT = Path(__file__).parents[2]
MODES = ("legacy", "auto")  # the protocol until 2025-11-25, with a handshake, and the newer one
START = 120.0
INITIALIZE = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


@pytest.fixture(scope="session")
def desk(index_dir) -> Standing:
    """What stands on the corpus' index."""
    return Standing(index_dir, lambda: Assistant.open(index_dir, today=lambda: TODAY), today=lambda: TODAY)


def talked(
    server: Any, talk: Callable[[Client], Awaitable[Any]], mode: str = "legacy", seconds: float = 120, **changes: Any
) -> Any:
    """What ``talk`` returns of a client's session with a server, an address or a program."""

    async def session() -> Any:
        async with asyncio.timeout(seconds), Client(server, mode=mode, **changes) as client:
            return await talk(client)

    return asyncio.run(session())


def here(desk: Any) -> Any:
    """The server in front of a desk, in this process."""
    return make_server(desk, Settings())


def called(desk: Any, tool: str, mode: str = "legacy", **arguments: Any) -> Any:
    """A tool's result."""
    return talked(here(desk), lambda client: client.call_tool(tool, arguments), mode)


def child_environment(index: Path, **changes: str) -> dict[str, str]:
    """As commands have it, with this checkout's own modules whatever is installed."""
    return {**environment(index, **changes), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def program(index: Path, **changes: str) -> StdioServerParameters:
    """The program that a client starts."""
    return StdioServerParameters(
        command=sys.executable, args=["-m", "assistant", "mcp"], env=child_environment(index, **changes)
    )


class Pipe:
    """A session of raw lines with ``assistant mcp``."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def send(self, *lines: bytes | dict[str, Any]) -> None:
        """Lines as they are, and messages."""
        for line in lines:
            self.process.stdin.write(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self, seconds: float = 60) -> dict[str, Any]:
        """The next line, which is a message."""
        message = json.loads(read_line(self.process.stdout, seconds))
        assert message["jsonrpc"] == "2.0"
        return message

    def request(self, number: int | str, method: str, **params: Any) -> None:
        """A request."""
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    def begin(self) -> None:
        """The handshake."""
        self.request(0, "initialize", **INITIALIZE)
        assert self.hear(START)["result"]["serverInfo"]["name"] == "assistant"
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})


@contextlib.contextmanager
def piped(index: Path, **changes: str) -> Iterator[Pipe]:
    """A session that has begun."""
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "mcp"],
        bufsize=0,  # a line that waits in a buffer could not be polled for
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=child_environment(index, **changes),
    ) as process:  # fmt: skip
        try:
            pipe = Pipe(process)
            pipe.begin()
            yield pipe
        finally:
            process.kill()


@contextlib.contextmanager
def served(index: Path, *args: str, **changes: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server over HTTP by its address and its process."""
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "mcp", "--http", "--port", "0", *args],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=child_environment(index, **changes),
    ) as process:  # fmt: skip
        try:
            url = read_line(process.stdout, START)
            assert url.endswith("/mcp"), process.stderr.read().decode("utf-8")
            yield url, process
        finally:
            process.kill()
