"""A visit of a page, watched: at its end nothing may have run, gone out or been complained of that should not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route

#: Everything that a payload could do and a page must not: it runs before any script of the page, in every frame.
WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")

#: The addresses that pages of the application ask for.
OWN = re.compile(
    r"/(|widget\.js|static/[\w./-]+|v1/(chat|feedback|check|facts|programs|documents)|v1/(conversations|documents|passages)/[^/?]*)"
    r"(\?[^#]*)?(#.*)?"
)
TIMEOUT = 15_000


@dataclass
class Visit:
    """One browser context with one page, and what was seen of it."""

    page: Page
    context: BrowserContext
    own: list[str]  # the origins that may be asked
    complaints: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # what no page may do: it cannot be forgiven
    asked: list[str] = field(default_factory=list)  # every address that was asked for

    def forgive(self, pattern: str) -> None:
        """The console may have said this, and must have."""
        left = [line for line in self.complaints if not re.search(pattern, line)]
        assert len(left) < len(self.complaints), f"nothing said {pattern!r}: {self.complaints}"
        self.complaints[:] = left

    def check(self) -> None:
        """Nothing ran, nothing went out, nothing was complained of."""
        strangers = [address for address in self.asked if not self.expected(address)]
        assert not self.seen, f"it ran, or is there: {self.seen[:20]}"
        assert not strangers, f"asked for: {strangers[:20]}"
        assert not self.complaints, f"the console says: {self.complaints[:20]}"

    def expected(self, address: str) -> bool:
        """Whether a page of ours asks for such an address."""
        for origin in self.own:
            if address.startswith(origin):
                return bool(OWN.fullmatch(address[len(origin) :])) or address[len(origin) :].startswith("/host/")
        return False


@contextmanager
def visiting(browser: Browser, url: str, *own: str, watch: bool = True, **options: Any) -> Iterator[Visit]:
    """Open ``url``; only its origin and ``own`` may be asked for anything.  ``options`` go to the context."""
    origin = "/".join(url.split("/")[:3])
    context = browser.new_context(
        **{"locale": "ja-JP", "viewport": {"width": 1280, "height": 800}, "base_url": origin, **options}
    )
    try:
        context.set_default_timeout(TIMEOUT)
        visit = Visit(context.new_page(), context, [origin, *own])
        attend(visit)
        if watch:
            context.expose_binding("reportSeen", lambda source, what: visit.seen.append(str(what)))
            context.add_init_script(WATCH)
        context.route(lambda address: not visit.expected(address), refuse)
        visit.page.goto(url)
        yield visit
        if watch and not visit.page.is_closed():
            visit.seen += visit.page.evaluate("watched.changes()")
        visit.check()
    finally:
        context.close()


def refuse(route: Route) -> None:
    """An address that nobody should ask for: it is on the list by now."""
    route.abort()


def attend(visit: Visit) -> None:
    """Write down what happens on every page of the visit."""
    context = visit.context
    context.on("request", lambda request: visit.asked.append(request.url))
    context.on(
        "console", lambda line: visit.complaints.append(line.text) if line.type in ("error", "warning") else None
    )
    context.on("weberror", lambda error: visit.complaints.append(str(error.error)))
    context.on("dialog", lambda dialog: (visit.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    context.on("page", lambda page: visit.seen.append(f"window: {page.url}") if page is not visit.page else None)
    visit.page.on("websocket", lambda socket: visit.seen.append(f"websocket: {socket.url}"))
    visit.page.on("download", lambda download: visit.asked.append(download.url))
