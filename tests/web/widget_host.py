"""A site that embeds the widget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, Request

from .chat import Chat
from .site import Talking

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
META = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
PAGE = '<!doctype html><html lang="ja"><head>{meta}<title>h</title>{head}</head><body>{body}</body></html>'
TAG = '<script src="/widget.js"></script>'
INLINE = f"<support-assistant></support-assistant>{TAG}"


@dataclass
class Host:
    """A site that embeds the widget, under a policy that allows a script and a connection and nothing else."""

    page: Page
    url: str

    def open(self, body: str, head: str = "", path: str = "host") -> Chat:
        """A page of the site."""
        text = PAGE.format(meta=META, head=head, body=body)
        headers = {"content-security-policy": POLICY}
        reply = {"content_type": "text/html", "headers": headers, "body": text}
        self.page.route(f"{self.url}/{path}", lambda route: route.fulfill(**reply))
        self.page.goto(f"{self.url}/{path}")
        return Chat(self.page, self.page.locator("support-assistant").first)


@contextmanager
def at_host(browser: Browser, talk: Talking, **options: Any) -> Iterator[Host]:
    """A site of its own storage; at the end its console must be clean.  ``options`` go to the context."""
    context = browser.new_context(**{"locale": "ja-JP", **options})
    page = context.new_page()
    page.set_default_timeout(15_000)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    talk.desk.gate.clear()
    yield Host(page, talk.url)
    context.close()
    assert [line for line in said if "Failed to load resource" not in line] == []


def sent(page: Page) -> list[dict[str, Any]]:
    """From now on: what is posted to the chat, each with its key."""
    posted: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/v1/chat"):
            posted.append({**json.loads(request.post_data or "{}"), "key": request.headers["idempotency-key"]})

    page.on("request", note)
    return posted


def spoken(chat: Chat) -> list[str]:
    """What a screen reader was told since the last question."""
    return chat.part("status").locator("p").all_text_contents()
