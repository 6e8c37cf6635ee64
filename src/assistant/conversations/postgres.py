"""PostgreSQL through psycopg.  Imported only where it is used, as the package is an extra."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import RV, PQGen
from sqlalchemy.engine import URL


class Bounded(psycopg.Connection[Any]):
    """A connection that never waits longer than ``patience`` seconds for the server.

    The server's own statement_timeout cannot hold when the server is stopped or the network is silent.
    """

    patience = 10.0

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """As psycopg's; a connection that was waited for in vain is closed, as nobody knows what state it is in."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except errors.OperationalError:
            if timeout is None and self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def connect_arguments(url: URL, *, connect: int, statement: float) -> dict[str, Any]:
    """libpq's parameters: those of the address, and bounds in seconds where the address states none."""
    stated = url.translate_connect_args(username="user", database="dbname")
    limit = int(statement * 1000)
    bounds = {
        "connect_timeout": connect,
        "tcp_user_timeout": limit,
        "keepalives_idle": 30,
        "application_name": "assistant",
    }
    query = {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    own = f"-c statement_timeout={limit} -c idle_in_transaction_session_timeout={2 * limit}"
    return {**bounds, **stated, **query, "options": f"{own} {query.get('options', '')}".strip()}


def connected(arguments: dict[str, Any], patience: float) -> Bounded:
    """A new connection."""
    connection = Bounded.connect(**arguments)
    connection.patience = patience
    return connection
