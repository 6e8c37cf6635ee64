"""Where conversations are kept: the setting read as the address of a database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ..errors import SettingsError
from ..settings import Settings

FILE = "conversations.sqlite3"
NAME = "ASSISTANT_DATABASE_URL"
POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_HINT = f"Set {NAME} to postgresql://user:password@host/database or to sqlite:///folder/file.sqlite3."


def address(settings: Settings) -> str:
    """What ``ASSISTANT_DATABASE_URL`` says, or the file in the data folder."""
    stated = settings.database_url.get_secret_value().strip()
    return stated or file_address(settings.data / FILE)


def file_address(path: Path) -> str:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def read_address(text: str) -> URL:
    """The address as SQLAlchemy's, its driver chosen.

    ``database`` is None for SQLite without a file.  Raises SettingsError; the address is never repeated, as it may
    hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingsError(f"{NAME} is no address of a database.", hint=_HINT) from None
    if url.drivername in POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        if url.host or url.query:
            raise SettingsError(f"{NAME}: an SQLite address is a path and nothing else.", hint=_HINT)
        return URL.create("sqlite", database=None if url.database in (None, "", ":memory:") else url.database)
    raise SettingsError(f"{NAME} names a kind of database that is not supported.", hint=_HINT)
