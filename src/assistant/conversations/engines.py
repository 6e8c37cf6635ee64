"""Connections: an engine for either database, with every wait bounded."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import OperationalError

from ..errors import MissingExtra, SettingsError

#: Connections of a process.  More threads than that share them: each use takes some milliseconds, and two or three
#: processes stay below the 100 connections that PostgreSQL gives by default.
POOL = 16
MORE = 16
WAIT = 5.0  # seconds: for a free connection, for others who write, for a statement
CONNECT = 3  # seconds until PostgreSQL has taken a connection
PAUSE = 0.01  # seconds between two tries where SQLite does not wait itself
READING = "reading"  # the execution option of a connection that only reads

_POOL: dict[str, Any] = {
    "pool_size": POOL,
    "max_overflow": MORE,
    "pool_timeout": WAIT,
    "pool_use_lifo": True,
    "hide_parameters": True,  # the text of an error must not hold what somebody said
}
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",  # a commit outlives the process; at a power cut the last ones may be lost, whole
    "PRAGMA secure_delete = ON",  # what is deleted is written over
    "PRAGMA temp_store = MEMORY",  # no copy in a temporary file
)


def make_engine(url: URL) -> Engine:
    """An engine for ``url`` as :func:`~assistant.conversations.addresses.read_address` gives it."""
    return _sqlite(url) if url.drivername == "sqlite" else _postgres(url)


def is_sqlite(engine: Engine) -> bool:
    """Whether it is the embedded database."""
    return engine.dialect.name == "sqlite"


def reading(engine: Engine) -> Engine:
    """The same connections for single statements that only read: no lock, no transaction where none is needed."""
    if is_sqlite(engine):
        return engine.execution_options(**{READING: True})
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _postgres(url: URL) -> Engine:
    try:
        from .postgres import connect_arguments, connected
    except ImportError:
        raise MissingExtra(
            "ASSISTANT_DATABASE_URL needs psycopg, which is not installed.",
            hint="Run .venv/bin/pip install -e '.[postgres]' in the project's folder.",
        ) from None
    arguments = connect_arguments(url, connect=CONNECT, statement=WAIT)
    return create_engine(
        url, creator=lambda: connected(arguments, 2 * WAIT), pool_pre_ping=True, pool_recycle=1800, **_POOL
    )


def _sqlite(url: URL) -> Engine:
    assert url.database is not None
    make_private(Path(url.database))
    engine = create_engine(url, connect_args={"timeout": WAIT}, **_POOL)
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def write_ahead(engine: Engine) -> None:
    """Turns an SQLite file to write-ahead logging, where readers and a writer do not wait for each other; it stays so.

    While others open the same new file SQLite says at once that it is locked, whatever its timeout.
    """
    until = time.monotonic() + WAIT
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        while True:
            try:
                cursor.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= until:
                    raise OperationalError("PRAGMA journal_mode", None, error) from None
                time.sleep(PAUSE)


def make_private(path: Path) -> None:
    """The file, readable by its owner alone, before SQLite makes it readable by everybody."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}.", hint="Set ASSISTANT_DATA to a folder that can be."
        ) from None


def _connected(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begun(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that reads first could not get it any more."""
    only_reads = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
