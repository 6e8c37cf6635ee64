"""Brings a database up to date, whoever else does the same at the same time.

The migrations are files of this package, run in one transaction that only one process can be in: SQLite's write lock,
or a lock of PostgreSQL that is held until its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import Engine

from .engines import is_sqlite
from .faults import StoreNewer
from .tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "assistant_schema"  # other programs of the same database may have an alembic_version of their own
PATIENCE = 600.0  # seconds that a migration may take
_LOCK = 0x4173_7369_7374  # any number that others hardly choose


def scripts() -> ScriptDirectory:
    """The migrations that this program knows."""
    return ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / "versions")])


def migrate(engine: Engine, target: str = "head") -> None:
    """Brings the database to ``target``, by default the newest revision.

    Raises StoreNewer when it is of a revision that this program does not know.
    """
    script = scripts()
    with engine.begin() as connection, _alone(connection):
        _check(connection, script)
        _upgrade(connection, script, target)


def _check(connection: Connection, script: ScriptDirectory) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    options = {"version_table": VERSION_TABLE}
    if not known.issuperset(MigrationContext.configure(connection, opts=options).get_current_heads()):
        raise StoreNewer(
            "The database of the conversations belongs to a newer version of this program.",
            hint="Install that version again, or name another database in ASSISTANT_DATABASE_URL.",
        )


def _upgrade(connection: Connection, script: ScriptDirectory, target: str) -> None:
    def steps(revision: str | tuple[str, ...], _: MigrationContext) -> list[RevisionStep]:
        return script._upgrade_revs(target, revision)  # type: ignore[arg-type]

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=target) as environment:
        environment.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=VERSION_TABLE,
            transactional_ddl=True,
        )
        environment.run_migrations()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Only one process at a time, for as long as the transaction lasts."""
    if is_sqlite(connection.engine):  # its transaction has the write lock already
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    patience, driver.patience = driver.patience, PATIENCE
    try:
        connection.execute(text(f"SET LOCAL statement_timeout = {int(PATIENCE * 1000)}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield
    finally:
        driver.patience = patience
