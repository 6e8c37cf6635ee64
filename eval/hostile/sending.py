"""One broken request over a socket of its own: what came back, and whether the connection came to its end."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass

from .mutations import Hostile

PATIENCE = 20.0  # seconds for a reply that must come, and for the end of a connection that the client has ended
QUIET = 0.4  # seconds after which a client that may owe something ends its side
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
TRACES = (b"Traceback (most recent", b"site-packages", b'.py", line', b"Exception in ASGI")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a broken request: the statuses of the replies, and what is a defect of the server."""

    hostile: Hostile
    reply: bytes
    hung: bool

    @property
    def statuses(self) -> list[int]:
        """The status of each reply, interim ones left out; none when the connection was cut."""
        return [status for found in STATUS.findall(self.reply) if (status := int(found)) >= 200]

    @property
    def faults(self) -> list[str]:
        """What the server did wrong."""
        found = [f"status {status}" for status in self.statuses if status >= 500]
        found += [f"it shows {trace.decode()!r}" for trace in TRACES if trace in self.reply]
        if self.hung:
            found.append("it hangs")
        elif self.hostile.whole and not self.statuses:
            found.append("no reply")
        return found


def sent(hostile: Hostile, address: tuple[str, int]) -> Outcome:
    """Sends the bytes and reads until the server ends the connection.

    Where a reply must come it is waited for.  Else the client ends its side once nothing comes any more: the server may
    have waited for the rest of a request that is not whole.
    """
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        try:
            connection.sendall(hostile.content)
        except TimeoutError:
            return Outcome(hostile, b"", hung=True)
        except OSError:
            pass  # the server has cut the connection already; its reply may still be there
        reply, ended = read(connection, PATIENCE if hostile.whole else QUIET)
        if not ended and not hostile.whole:
            reply, ended = last_of(connection, reply)
    return Outcome(hostile, reply, hung=not ended)


def last_of(connection: socket.socket, reply: bytes) -> tuple[bytes, bool]:
    """What still comes once the client has ended its side."""
    try:
        connection.shutdown(socket.SHUT_WR)
    except OSError:
        return reply, True
    rest, ended = read(connection, PATIENCE)
    return reply + rest, ended


def read(connection: socket.socket, patience: float) -> tuple[bytes, bool]:
    """What comes until nothing came for ``patience`` seconds, and whether the connection has ended."""
    received = b""
    end = time.monotonic() + PATIENCE
    connection.settimeout(patience)
    while time.monotonic() < end:
        try:
            piece = connection.recv(65_536)
        except TimeoutError:
            return received, False
        except OSError:  # a reset is an end too
            return received, True
        if not piece:
            return received, True
        received += piece
    return received, False
