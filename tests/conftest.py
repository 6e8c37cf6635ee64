"""The one conftest: what more than one room's tests need."""

from __future__ import annotations

import datetime as dt
import resource
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.chain import Assistant
from assistant.documents import read_corpus
from assistant.ingest import Reading, build, read_document

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parents[1] / "corpus"
settings.register_profile("no clock", deadline=None)  # a busy machine is no fault of the program
settings.load_profile("no clock")
# Servers, browsers and databases of a whole run hold more files than some systems allow at first.
_, MOST_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES if 0 < MOST_FILES < 65_536 else 65_536, MOST_FILES))
TODAY = dt.date(2026, 11, 20)  # 今年度 is 令和8年度


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Half a character that a test has logged or printed cannot be told from one process to another."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "replace").decode("utf-8")) for name, text in report.sections]
    return report


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the tables of cases."""
    return DATA


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published index of the corpus; tests read it and never write there."""
    folder = tmp_path_factory.mktemp("published") / "index"
    build(CORPUS, folder)
    return folder


@pytest.fixture(scope="session")
def assistant(index_dir: Path) -> Iterator[Assistant]:
    """The assistant on that index, on a day that stands still."""
    opened = Assistant.open(index_dir, today=lambda: TODAY)
    yield opened
    opened.index.close()


@pytest.fixture(scope="session")
def readings() -> dict[str, Reading]:
    """Every document of the corpus read once, by its id."""
    return {document.id: read_document(document) for document in read_corpus(CORPUS).documents}
