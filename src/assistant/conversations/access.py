"""How the rooms of the store come to the database: to read, to write, and to have what was deleted leave the files."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

from sqlalchemy import Connection
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from .engines import WAIT, is_sqlite, reading
from .erasing import erase
from .faults import StoreUnavailable, unavailable

Clock = Callable[[], float]  # seconds since 1970


class Access:
    """The connections of a process to one database; ``end`` is called when nobody uses them any more."""

    def __init__(self, engine: Engine, end: Callable[[], object]) -> None:
        self._engine = engine
        self._reader = reading(engine)
        # In one process threads queue here: SQLite's own way is to try again after a pause, where the unlucky starve.
        self._pen = threading.Lock() if is_sqlite(engine) else None
        # Whether deleted bytes may still stand in the write-ahead log: a process before this one may have been killed.
        self._owing = self._pen is not None
        self._end = weakref.finalize(self, end)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for one statement that only reads.  Raises StoreUnavailable."""
        with named(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, committed at the end.  Raises StoreUnavailable, or IntegrityError."""
        with named(), _held(self._pen) if self._pen else nullcontext(), self._engine.begin() as connection:
            yield connection

    def owe(self) -> None:
        """Something was deleted: the next :meth:`repay` has its bytes leave the files."""
        self._owing = self._pen is not None

    def repay(self) -> None:
        """What was deleted leaves the files of an SQLite database too; what has to wait stays owed."""
        if self._pen is None or not self._owing:
            return
        with suppress(StoreUnavailable), named(), _held(self._pen):  # what was to be deleted is deleted
            self._owing = not erase(self._engine)

    def close(self) -> None:
        """End every connection."""
        self._end()


@contextmanager
def named() -> Iterator[None]:
    """A database that cannot be used, as the error that surfaces know."""
    try:
        yield
    except IntegrityError:
        raise  # a row that contradicts another is no failure of the database
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise unavailable(error) from None


@contextmanager
def _held(pen: threading.Lock) -> Iterator[None]:
    if not pen.acquire(timeout=WAIT):
        raise unavailable()
    try:
        yield
    finally:
        pen.release()
