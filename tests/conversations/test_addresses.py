"""Which addresses of a database are taken, and that a wrong one is told without its password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.conversations import Store
from assistant.conversations.addresses import address, read_address
from assistant.errors import MissingExtra, SettingsError
from assistant.settings import Settings

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+psycopg://h:5433/d?sslmode=require", "postgresql+psycopg://h:5433/d?sslmode=require"),
        ("postgresql://u@/d?host=/var/run/postgresql", "postgresql+psycopg://u@/d?host=%2Fvar%2Frun%2Fpostgresql"),
        ("sqlite:///folder/file.sqlite3", "sqlite:///folder/file.sqlite3"),
        ("sqlite:////folder/file.sqlite3", "sqlite:////folder/file.sqlite3"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite://"),
    ],
)
def test_what_is_taken(stated: str, read: str) -> None:
    assert read_address(stated).render_as_string(hide_password=False) == read


@pytest.mark.parametrize(
    "stated",
    [
        f"mysql://u:{SECRET}@h/d",
        f"postgresql+psycopg2://u:{SECRET}@h/d",
        f"postgresql+asyncpg://u:{SECRET}@h/d",
        f"{SECRET}://h/d",
        f"u:{SECRET}@h/d",
        f"postgresql://u:{SECRET}@h:port/d",
        f"sqlite://{SECRET}/d",
        f"sqlite:///file?key={SECRET}",
        f"file.sqlite3 {SECRET}",
        "://",
        "sqlite",
    ],
)
def test_what_is_not_taken_is_told_in_a_line_without_a_secret(stated: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Store.open(stated)
    told = str(raised.value)
    assert told.startswith("ASSISTANT_DATABASE_URL")
    assert "postgresql://user" in told
    assert "\n" not in told
    assert SECRET not in told
    assert raised.value.__cause__ is None


def test_the_setting_or_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_DATABASE_URL", raising=False)
    folder = Path("folder") / "a b?#%"
    assert read_address(address(Settings(data=folder))).database == str(folder / "conversations.sqlite3")
    assert address(Settings(database_url=SecretStr(" postgres://h/d "))) == "postgres://h/d"


@pytest.mark.parametrize("folder", ["a b", "何か", "100%", "q?a=b", "#1"])
def test_any_folder_can_hold_the_file(tmp_path: Path, folder: str) -> None:
    Store.of(Settings(data=tmp_path / folder, database_url=SecretStr(""))).close()
    assert [path.name for path in (tmp_path / folder).iterdir()] == ["conversations.sqlite3"]


def test_without_the_driver_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "assistant.conversations.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra) as raised:
        Store.open(f"postgresql://u:{SECRET}@h/d")
    assert "pip install -e '.[postgres]'" in raised.value.hint
    assert SECRET not in str(raised.value)
