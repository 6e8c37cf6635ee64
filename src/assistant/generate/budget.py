"""How many tokens a conversation and a day have used, kept in a small SQLite file that outlives the process.

Tokens are reserved before a call by an estimate and settled after it by what the server told, so that calls at once
cannot pass the limit together.  A process that dies in between leaves its reservation counted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .faults import fault
from .messages import Message

FILE = "tokens.sqlite3"
WAIT = 1.0  # seconds for another process to finish writing
PAUSE = 0.01  # seconds between two tries where SQLite does not wait itself
KEPT = dt.timedelta(days=30)
OVERHEAD = 16  # tokens that a message costs beside its text
_TABLE = """
CREATE TABLE IF NOT EXISTS used (
    whose TEXT NOT NULL,
    day TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (whose, day)
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO used VALUES (?, ?, max(0, ?))
ON CONFLICT (whose, day) DO UPDATE SET tokens = max(0, tokens + ?)
"""
_DAY = ""  # whose tokens a day's own row counts: everybody's
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Tokens set aside for a call: on which day and for which conversation (hashed, empty for none)."""

    tokens: int
    day: str
    conversation: str


def estimate(messages: Sequence[Message]) -> int:
    """Tokens of a request at most: one a character, which Japanese text stays below with every common tokenizer."""
    return sum(len(message.content) + OVERHEAD for message in messages)


class Budget:
    """Counts tokens in ``folder``; a limit of 0 is none, and without any limit no file is made.

    Safe for threads and processes: each use is a transaction on a connection of its own.
    """

    def __init__(
        self, folder: Path, *, conversation: int, day: int, today: Callable[[], dt.date] = dt.date.today
    ) -> None:
        self._path = folder / FILE
        self._conversation = conversation
        self._day = day
        self._today = today

    def reserve(self, tokens: int, conversation: str | None = None) -> Reserved:
        """Sets tokens aside.  Raises ModelFault("budget") when a limit would be passed or the file cannot be used."""
        day = self._today()
        whose = hashlib.sha256(conversation.encode("utf-8", "surrogatepass")).hexdigest() if conversation else ""
        reserved = Reserved(tokens, day.isoformat(), whose)
        if not (self._day or self._conversation):
            return reserved
        try:
            with self._writing() as file:
                self._check(file, reserved)
                _prune(file, day)
                _add(file, reserved, tokens)
        except (sqlite3.Error, OSError, OverflowError) as error:
            log.warning("The tokens of the language model cannot be counted in %s: %s", self._path, error)
            raise fault("budget") from None
        return reserved

    def settle(self, reserved: Reserved, tokens: int) -> None:
        """What the call really used takes the place of what was set aside.  Never raises."""
        if not (self._day or self._conversation) or tokens == reserved.tokens:
            return
        try:
            with self._writing() as file:
                _add(file, reserved, tokens - reserved.tokens)
        except (sqlite3.Error, OSError, OverflowError) as error:
            log.warning("The tokens of the language model cannot be counted in %s: %s", self._path, error)

    def used(self, conversation: str | None = None) -> int:
        """Tokens used today, or by a conversation so far."""
        whose = hashlib.sha256(conversation.encode()).hexdigest() if conversation else _DAY
        with self._writing() as file:
            return _used(file, whose, "" if conversation else self._today().isoformat())

    def _check(self, file: sqlite3.Connection, reserved: Reserved) -> None:
        if self._day and _used(file, _DAY, reserved.day) + reserved.tokens > self._day:
            raise fault("budget")
        whose = reserved.conversation
        if self._conversation and whose and _used(file, whose, "") + reserved.tokens > self._conversation:
            raise fault("budget")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes in."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)) as file:
            _begin(file)
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")


def _begin(file: sqlite3.Connection) -> None:
    """Begins a transaction.

    Where another process makes the file, or is the last to leave it, SQLite says at once that it is locked, whatever
    its timeout: then this waits itself.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = NORMAL")
            file.execute("BEGIN IMMEDIATE")
            file.execute(_TABLE)
            return
        except sqlite3.OperationalError as error:
            if file.in_transaction:
                file.execute("ROLLBACK")
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            time.sleep(PAUSE)


def _used(file: sqlite3.Connection, whose: str, day: str) -> int:
    """Tokens of somebody on a day, or on all days for an empty one."""
    where, values = ("whose = ? AND day = ?", (whose, day)) if day else ("whose = ?", (whose,))
    return int(file.execute(f"SELECT coalesce(sum(tokens), 0) FROM used WHERE {where}", values).fetchone()[0])


def _add(file: sqlite3.Connection, reserved: Reserved, tokens: int) -> None:
    for whose in dict.fromkeys((_DAY, reserved.conversation)):
        file.execute(_ADD, (whose, reserved.day, tokens, tokens))


def _prune(file: sqlite3.Connection, day: dt.date) -> None:
    """On the first call of a day, what is older than 30 days goes."""
    if not _used(file, _DAY, day.isoformat()):
        file.execute("DELETE FROM used WHERE day < ?", ((day - KEPT).isoformat(),))
