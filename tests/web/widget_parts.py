"""The widget's modules in a browser page of nothing else, so that one of them can be called alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from api.widget.bundle import FOLDER

DATA = Path(__file__).parents[1] / "data" / "widget"
HOME = "http://parts.example/"  # answered from the folder: nothing is listened to


def table(name: str) -> Any:
    """A table of cases."""
    return json.loads((DATA / name).read_text("utf-8"))


def fulfil(route: Route) -> None:
    """A module, or the empty page."""
    name = route.request.url.removeprefix(HOME)
    if name:
        route.fulfill(content_type="text/javascript", body=(FOLDER / name).read_text("utf-8"))
    else:
        route.fulfill(content_type="text/html", body="<!doctype html><title>parts</title>")


@contextmanager
def parts_page(browser: Browser) -> Iterator[Page]:
    """A page from which modules can be imported by their file names."""
    context = browser.new_context()
    page = context.new_page()
    page.route(f"{HOME}**", fulfil)
    page.goto(HOME)
    yield page
    context.close()


def call(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Run ``body`` with the module as ``m`` and ``argument`` as ``x``; gives what it returns."""
    return page.evaluate(f"async (x) => {{ const m = await import('{HOME}{module}'); {body} }}", argument)
