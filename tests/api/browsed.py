"""A server of the whole corpus, and one of documents with odd names and hostile lines.

A test module takes a fixture from here by name: ``client = browsed.client``.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hosting import hosted

from api.app import create_app
from assistant.chain import Assistant
from assistant.ingest import build

ODD = ("令和5年度_予算.案", "a..b%2Fc?d#e&f+g'\"<b>", "=cmd")
TEXT = """# 令和5年度 架空県 当初予算の概要

事業名\t予算額
=HYPERLINK補助事業\t1,234千円

## 空き店舗対策事業 5,000千円
- 補助率 1/2以内
- 限度額 ▲3,000千円
"""


@contextlib.contextmanager
def served(assistant: Assistant) -> Iterator[httpx.Client]:
    """A client of a server in front of ``assistant``."""
    with (
        hosted(create_app(assistant)) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[httpx.Client]:
    """The corpus."""
    with served(assistant) as made:
        yield made


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Documents whose names are made to break addresses, files and spreadsheets."""
    folder: Path = tmp_path_factory.mktemp("odd")
    (folder / "corpus").mkdir()
    for name in ODD:
        (folder / "corpus" / f"{name}.md").write_text(TEXT, encoding="utf-8")
    build(folder / "corpus", folder / "index")
    assistant = Assistant.open(folder / "index")
    with served(assistant) as made:
        yield made
    assistant.index.close()


def error_of(reply: httpx.Response) -> dict:
    """The error of a reply, which must have the one shape."""
    assert reply.headers["content-type"] == "application/json"
    body = reply.json()
    assert list(body) == ["error"]
    assert sorted(body["error"]) == ["code", "hint", "message"]
    assert all(isinstance(text, str) and text and "\n" not in text for text in body["error"].values())
    return body["error"]
