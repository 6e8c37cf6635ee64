"""The tables are made and brought up to date by migrations alone, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import databases
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import Engine

from assistant.conversations import Job, StoreNewer, migrating
from assistant.conversations.addresses import read_address
from assistant.conversations.engines import make_engine, write_ahead
from assistant.conversations.migrating import VERSION_TABLE, migrate, scripts
from assistant.conversations.tables import metadata

from .keeping import QUESTION, opened, rows, talk

url = databases.url

REVISIONS = [script.revision for script in reversed(list(scripts().walk_revisions()))]

#: Rows as a program of that revision wrote them; a new revision gets an entry with a row for each table it adds.
ADDED: dict[str, dict[str, list[dict[str, Any]]]] = {
    "0001": {
        "conversations": [{"id": "old", "created": 1, "used": 2}],
        "messages": [
            {"conversation": "old", "number": 1, "role": "user", "content": "前の質問", "at": 1},
            {
                "conversation": "old",
                "number": 2,
                "role": "assistant",
                "content": "前の答え",
                "at": 2,
                "answer_id": "old1",
                "key": "k",
                "answer": '{"question":"前の質問","status":"answered","reason":null,"text":"前の答え"}',
            },
        ],
        "feedback": [{"answer_id": "old1", "conversation": "old", "rating": "up", "comment": "一言", "at": 3}],
    },
    "0002": {
        "jobs": [
            {"number": 7, "id": "Ev1", "lane": "C1", "kind": "ask", "body": "{}", "progress": "half"}
            | {"attempts": 1, "due": 5, "owner": "gone", "created": 4},
            {"number": 8, "id": "Ev2", "lane": "", "kind": "ask", "body": "", "progress": "", "attempts": 1}
            | {"due": 5, "created": 4, "done": 6},
        ],
    },
}


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = make_engine(read_address(url))
    if engine.dialect.name == "sqlite":
        write_ahead(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def version(connection: Connection) -> str:
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one()


def write(connection: Connection, revision: str) -> None:
    """Every row that a program of that revision wrote."""
    for one in REVISIONS[: REVISIONS.index(revision) + 1]:
        for table, written in ADDED[one].items():
            for row in written:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def back(engine: Engine, target: str) -> None:
    """Takes the newer revisions back."""

    def steps(revision: Any, _: MigrationContext) -> Any:
        return scripts()._downgrade_revs(target, revision)

    with engine.begin() as connection, EnvironmentContext(Config(), scripts(), fn=steps) as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE, transactional_ddl=True)
        environment.run_migrations()


def test_revisions_are_one_line() -> None:
    assert len(scripts().get_heads()) == 1
    assert set(ADDED) == set(REVISIONS), "rows of the new revision are missing in ADDED"


def test_the_tables_and_the_migrations_agree(url: str) -> None:
    with engine_of(url) as engine:
        migrate(engine)
        with engine.connect() as connection:
            options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, metadata) == []


def test_constraints_are_named_alike(url: str) -> None:
    """What ``compare_metadata`` does not look at: primary keys, names, what a deletion takes along."""

    def constraints(engine: Engine) -> dict[str, Any]:
        seen = inspect(engine)
        return {
            name: (seen.get_pk_constraint(name), seen.get_foreign_keys(name), sorted_by_name(seen, name))
            for name in metadata.tables
        }

    def sorted_by_name(seen: Any, name: str) -> list[Any]:
        return sorted(seen.get_unique_constraints(name), key=lambda one: one["name"])

    with engine_of(url) as engine:
        migrate(engine)
        migrated = constraints(engine)
        with engine.begin() as connection:
            metadata.drop_all(connection)
            metadata.create_all(connection)
        assert constraints(engine) == migrated


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_was_kept_stays(url: str, revision: str) -> None:
    with engine_of(url) as engine:
        migrate(engine, revision)
        with engine.begin() as connection:
            assert version(connection) == revision
            write(connection, revision)
    with opened(url) as kept:
        asked, told = kept.said("old") or ()
        assert (asked.content, told.content, told.answer_id) == ("前の質問", "前の答え", "old1")
        assert told.answer is not None
        assert told.answer.text == "前の答え"
        assert kept.answered("old", "k")
        talk(kept, "old", QUESTION)
        assert kept.delete("old")
    assert rows(url, "feedback") == []
    with engine_of(url) as engine, engine.connect() as connection:
        assert version(connection) == REVISIONS[-1]


def test_jobs_that_were_kept_stay(url: str) -> None:
    with engine_of(url) as engine:
        migrate(engine, "0002")
        with engine.begin() as connection:
            write(connection, "0002")
    with opened(url) as kept:
        assert kept.jobs.take("me", 1) == Job("Ev1", "C1", "ask", "{}", "half", 2, 4)
        assert not kept.jobs.put("Ev2", "C1", "ask", "{}")


def test_the_way_back(url: str) -> None:
    """A database goes from the first revision to the newest and back, and what the older ones wrote stays."""
    with engine_of(url) as engine:
        migrate(engine, REVISIONS[0])
        with engine.begin() as connection:
            write(connection, REVISIONS[0])
        names = set(inspect(engine).get_table_names())
        migrate(engine)
        back(engine, REVISIONS[0])
        assert set(inspect(engine).get_table_names()) == names
        with engine.connect() as connection:
            assert version(connection) == REVISIONS[0]
    with opened(url) as kept:
        assert len(kept.said("old") or ()) == 2
        assert kept.jobs.put("Ev1", "C1", "ask", "{}")


def test_opening_again_changes_nothing(url: str) -> None:
    with opened(url) as first:
        talk(first, "a", QUESTION)
        with opened(url) as second:
            assert len(second.said("a") or ()) == 2


def test_a_database_of_a_newer_program_is_left_alone(url: str) -> None:
    with opened(url) as kept:
        talk(kept, "a", QUESTION)
    engine = create_engine(read_address(url))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreNewer) as raised, opened(url):
        pass
    assert "\n" not in str(raised.value)
    assert "newer" in raised.value.message
    assert len(rows(url, "messages")) == 2


def test_a_migration_that_fails_leaves_nothing_half_done(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrating._upgrade

    def fails(*arguments: Any) -> None:
        real(*arguments)
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", fails)
        with pytest.raises(ZeroDivisionError), opened(url):
            pass
    with engine_of(url) as engine:
        assert inspect(engine).get_table_names() == []
    with opened(url) as kept:
        talk(kept, "a", QUESTION)


OPENS = """
import sys
from assistant.conversations import Store
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(sys.argv[1])
store.begin("of process " + sys.argv[2])
store.close()
"""


def test_several_processes_start_at_once(url: str) -> None:
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen([sys.executable, "-c", OPENS, url, str(number)], stdin=pipe, stdout=pipe, stderr=pipe)
        for number in range(3)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write(b"\n")
        one.stdin.flush()
    told = [one.communicate(timeout=60)[1].decode() for one in started]
    assert [one.returncode for one in started] == [0] * len(started), told
    assert len(rows(url, "conversations")) == len(started)


def test_other_programs_may_keep_theirs_in_the_same_database(url: str) -> None:
    with engine_of(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('of another')"))
    with opened(url) as kept:
        talk(kept, "a", QUESTION)
    assert rows(url, "alembic_version") == [{"version_num": "of another"}]
