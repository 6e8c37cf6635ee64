"""Records in one SQLite file: a table a record, a column a field, in the order they were given.

The columns follow :mod:`assistant.records`, so a field that is added there needs nothing here.
Tuples are JSON; everything else is SQLite's own.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from urllib.parse import quote

from ..records import AskedAs, Check, Document, Fact, FactKind, Passage, Program

Record = TypeVar("Record")

TABLES: dict[type, str] = {
    Document: "documents",
    Program: "programs",
    Passage: "passages",
    Fact: "facts",
    Check: "checks",
    AskedAs: "asked",
}
_UNIQUE = {"documents": "id", "programs": "id", "passages": "id", "facts": "fact_id"}
_INDEXES = (
    ("passages", "program_id"),
    ("programs", "document"),
    ("facts", "program_id"),
    ("facts", "document, kind"),
    ("facts", "kind"),
)


def write_store(path: Path, records: dict[type, Sequence[Any]]) -> None:
    """Writes every record into a new file.  Raises sqlite3.Error for two records of one id."""
    with closing(sqlite3.connect(path)) as database, database:
        for kind, table in TABLES.items():
            names = [field.name for field in fields(kind)]
            columns = ", ".join(f"{name} UNIQUE" if _UNIQUE.get(table) == name else name for name in names)
            database.execute(f"CREATE TABLE {table} (position INTEGER PRIMARY KEY, {columns})")
            marks = ", ".join("?" * (len(names) + 1))
            rows = (_row(position, record) for position, record in enumerate(records.get(kind, ())))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for table, columns in _INDEXES:
            database.execute(f"CREATE INDEX {table}_{columns.replace(', ', '_')} ON {table} ({columns})")


class Store:
    """Reads the file of :func:`write_store`.  Safe for many threads: each call borrows a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        self._idle: deque[sqlite3.Connection] = deque()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self.close = weakref.finalize(self, _close_all, self._all)

    def select(self, kind: type[Record], /, **wanted: str | None) -> list[Record]:
        """The records of a kind whose columns equal what is wanted (None: any), in the order they were given."""
        given = {name: value for name, value in wanted.items() if value is not None}
        where = " AND ".join(f"{name} = ?" for name in given) or "1"
        query = f"SELECT * FROM {TABLES[kind]} WHERE {where} ORDER BY position"
        with self._connection() as database:
            rows = database.execute(query, tuple(given.values())).fetchall()
        readers = _readers(kind)
        return [kind(*(read(value) for read, value in zip(readers, row[1:], strict=True))) for row in rows]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            database = self._idle.pop()
        except IndexError:  # every open connection is in use
            database = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            with self._guard:
                self._all.append(database)
        try:
            yield database
        finally:
            self._idle.append(database)


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def _row(position: int, record: Any) -> tuple[Any, ...]:
    return (position, *(_plain(getattr(record, field.name)) for field in fields(record)))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.value if isinstance(value, StrEnum) else value


def _readers(kind: type) -> tuple[Callable[[Any], Any], ...]:
    """How each column of a record becomes its field again, from the field's annotation."""
    hints = get_type_hints(kind)
    return tuple(_reader(hints[field.name]) for field in fields(kind))


def _reader(hint: Any) -> Callable[[Any], Any]:
    if hint is FactKind:
        return FactKind
    if hint is bool:
        return bool
    if getattr(hint, "__origin__", None) is tuple:
        return lambda value: _tuples(json.loads(value))
    return lambda value: value


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
