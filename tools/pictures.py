"""Take the pictures of the docs: ``python -m tools.pictures [NAME …]`` writes ``docs/pictures/NAME.png``, or all.

The real assistant answers on the index of ``corpus/`` (built in a temporary folder), on a day that stands still, in the
system's Chromium; what the pictures show is what visitors see.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from assistant.ingest import build
from tools import slack_pictures

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
TODAY = "2026-11-20"
LARGEST = 200_000  # bytes: a page with all of them stays light
COLOURS = 256
TIMEOUT = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE = {"viewport": {"width": 1280, "height": 800}}
TALL = {"viewport": {"width": 1280, "height": 1120}}
MESSAGES = {"viewport": {"width": 760, "height": 560}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}

RATE = "事業承継補助金の補助率は？"
BUDGET = "鹿児島県の商店街向けの事業と予算額は？"


@dataclass(frozen=True)
class Picture:
    """One picture: where it begins, what is done there, and the browser's window."""

    address: str
    do: Callable[[Page], None]
    window: dict[str, Any] = field(default_factory=lambda: WIDE)


def chat(page: Page, mode: str = "full") -> Locator:
    """The widget of a mode."""
    return page.locator(f"support-assistant[mode={mode}]")


def ask(widget: Locator, question: str) -> None:
    """Ask and wait for the whole answer."""
    widget.locator("[part~=question]").fill(question)
    widget.locator("[part~=send]").click()
    expect(widget.locator(".message").last).to_have_attribute("data-state", "done", timeout=TIMEOUT)


def cite(widget: Locator, marker: int) -> None:
    """Open a source by its chip."""
    widget.locator(f".text .citation[data-marker='{marker}']").last.click()


def desktop(page: Page) -> None:
    """An answer, its source beside it."""
    ask(chat(page), RATE)
    cite(chat(page), 1)
    expect(page.locator("#side mark").first).to_be_in_viewport()


def card(page: Page) -> None:
    """What a figure is."""
    ask(chat(page), BUDGET)
    chat(page).locator(".text .figure").first.click()
    expect(chat(page).locator("[part~=card]")).to_be_visible()


def phone(page: Page) -> None:
    """An answer on a phone."""
    ask(chat(page), RATE)


def viewer(page: Page) -> None:
    """A document at a shared line, with a word looked for."""
    expect(page.locator("#side select").first).to_be_enabled(timeout=TIMEOUT)
    page.get_by_label("資料内を検索").fill("商店街")
    expect(page.locator("#side .cited").first).to_be_in_viewport(timeout=TIMEOUT)


def facts(page: Page) -> None:
    """The fact browser's list."""
    expect(page.locator("#side tbody tr").first).to_be_visible(timeout=TIMEOUT)


def chart(page: Page) -> None:
    """The fact browser's chart."""
    expect(page.locator("#side .results")).not_to_be_empty(timeout=TIMEOUT)
    expect(page.locator("#side [aria-busy=true]")).to_have_count(0)


def floating(page: Page) -> None:
    """The widget over a site of its host, a source opened in it."""
    widget = chat(page, "floating")
    widget.locator("[part~=launcher]").click()
    ask(widget, RATE)
    cite(widget, 1)
    expect(widget.locator("[part~=mark]").first).to_be_visible()


def answered(page: Page) -> None:
    """The widget over a site whose style sheet spares nothing."""
    widget = chat(page, "floating")
    widget.locator("[part~=launcher]").click()
    ask(widget, RATE)


PICTURES = {
    "desktop": Picture("/", desktop),
    "dark": Picture("/", card, {**WIDE, "color_scheme": "dark"}),
    "phone": Picture("/", phone, PHONE),
    "viewer": Picture("/#/documents/kagoshima-r06/33-33", viewer, TALL),
    "facts": Picture("/#/facts?region=山形県&kind=budget&sort=-yen", facts, TALL),
    "chart": Picture("/#/facts?view=chart&document=kagoshima-r06", chart, TALL),
    "widget": Picture("/static/demo.html", floating),
    "widget-hostile-site": Picture("/static/demo-hostile.html", answered),
    "slack-answer": Picture("about:blank", slack_pictures.answer, MESSAGES),
    "slack-list": Picture("about:blank", slack_pictures.several, {"viewport": {"width": 760, "height": 760}}),
    "slack-check": Picture("about:blank", slack_pictures.check, {"viewport": {"width": 760, "height": 640}}),
    "slack-handover": Picture("about:blank", slack_pictures.handover, MESSAGES),
}


def main(names: list[str]) -> int:
    """Takes the named pictures; the exit status is 1 when one is too large."""
    wanted = {name: PICTURES[name] for name in names or PICTURES}
    FOLDER.mkdir(parents=True, exist_ok=True)
    large = 0
    with served() as url, browsing() as browser:
        for name, picture in wanted.items():
            path = FOLDER / f"{name}.png"
            path.write_bytes(small(taken(browser, url, picture)))
            large += path.stat().st_size > LARGEST
            print(f"{path.relative_to(ROOT)} {path.stat().st_size / 1000:.0f} kB")
    return int(large > 0)


def taken(browser: Browser, url: str, picture: Picture) -> bytes:
    """The picture as PNG, nothing on it moving or blinking."""
    context = browser.new_context(locale="ja-JP", reduced_motion="reduce", **picture.window)
    try:
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.goto(url + picture.address if picture.address.startswith("/") else picture.address)
        picture.do(page)
        page.mouse.move(0, 0)  # nothing lies under the pointer
        page.evaluate("document.fonts.ready")
        return page.screenshot(animations="disabled", caret="hide")
    finally:
        context.close()


def small(png: bytes) -> bytes:
    """The same picture in a palette."""
    packed = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(packed, "PNG", optimize=True)
    return packed.getvalue()


@contextmanager
def served() -> Iterator[str]:
    """``assistant serve`` on an index and with data of its own, until the block ends; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(ROOT / "corpus", index)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        own = {"ASSISTANT_INDEX": str(index), "ASSISTANT_DATA": f"{folder}/data", "ASSISTANT_TODAY": TODAY}
        command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
        with subprocess.Popen(
            command, cwd=ROOT, env={**kept, **own}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            try:
                assert server.stdout is not None
                yield server.stdout.readline().strip()
            finally:
                server.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    """The system's browser, else the one that Playwright has brought."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--hide-scrollbars"])
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
