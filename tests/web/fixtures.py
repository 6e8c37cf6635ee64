"""What the tests of pages share; a module takes a fixture from here by name: ``browser = fixtures.browser``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import a_browser
from playwright.sync_api import Browser

from assistant.chain import Assistant
from assistant.index import Index, load, publish

from .answers import SHAPES, shaped
from .foreign import Foreign, foreign_site
from .hostile import hostile_content
from .site import Site, Talking, answering, talking
from .widget_host import Host, at_host


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of this module's own."""
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def talk(assistant: Assistant) -> Iterator[Talking]:
    """The scripted desk on the corpus; it knows an answer of each shape by the shape's name."""
    with talking(assistant.index) as served:
        for shape in SHAPES:
            served.desk.say(shape, shaped(assistant.index, shape))
        yield served


@pytest.fixture
def host(browser: Browser, talk: Talking, request: pytest.FixtureRequest) -> Iterator[Host]:
    """A site that embeds the widget; ``request.param`` holds the context's options."""
    with at_host(browser, talk, **getattr(request, "param", {})) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> Iterator[Site]:
    """The real assistant."""
    with answering(assistant) as served:
        yield served


@pytest.fixture(scope="module")
def foreign() -> Iterator[Foreign]:
    """A site of somebody else."""
    with foreign_site() as served:
        yield served


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A published index whose every text is a payload."""
    folder = tmp_path_factory.mktemp("hostile")
    publish(hostile_content(), folder, corpus_hash="hostile")
    with load(folder) as index:
        yield index
