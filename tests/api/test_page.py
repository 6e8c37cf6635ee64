"""The files of the page: they are served, hold together, need nothing from elsewhere, and their colours can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import serving

server = serving.server
STATIC = Path(__file__).parents[2] / "api" / "static"
FILES = sorted(path.name for path in STATIC.iterdir())
PAGES = {"/": "index.html", "/static/demo.html": "demo.html", "/static/demo-hostile.html": "demo-hostile.html"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
ELSEWHERE = ("/widget.js",)  # another route's


def read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["/", *(f"/static/{name}" for name in FILES)])
def test_every_file_is_served(server, address):
    reply = server.client.get(address)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(TYPES[Path(PAGES.get(address, address)).suffix])
    assert reply.headers["cache-control"] == "no-cache"
    again = server.client.get(address, headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    if address in PAGES:  # browsers take over what a 304 says
        policy = reply.headers["content-security-policy"]
        assert "require-trusted-types-for 'script'" in policy
        assert again.headers["content-security-policy"] == policy


def test_files_are_counted_together(server):
    for address in ("/static/chat.js", "/static/nothing.js"):
        server.client.get(address)
    page = server.client.get("/metrics").text
    counted = [line for line in page.splitlines() if 'route="/static/{path}"' in line]
    assert any('status="4xx"' in line for line in counted)
    assert 'route="unmatched"' not in page


@pytest.mark.parametrize("name", PAGES.values())
def test_pages_ask_only_for_files_that_are_there(name):
    asked = re.findall(r'(?:src|href)="(/[^"#]+)"', read(name))
    assert asked
    assert {address for address in asked if not (STATIC / address.removeprefix("/static/")).is_file()} <= set(ELSEWHERE)
    assert "http" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', read(name)))


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_modules_import_what_others_export(name):
    for names, source in re.findall(r"^import \{([^}]+)\} from \"\./([\w-]+\.js)\";$", read(name), re.MULTILINE):
        exported = set(re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", read(source), re.MULTILINE))
        assert {one.strip() for one in names.split(",")} <= exported


def test_modules_do_not_import_each_other_in_a_circle():
    imports = {name: set(re.findall(r'from "\./([\w-]+\.js)"', read(name))) for name in FILES if name.endswith(".js")}
    while imports:
        leaves = {name for name, needed in imports.items() if not needed & imports.keys()}
        assert leaves, f"in a circle: {sorted(imports)}"
        imports = {name: needed for name, needed in imports.items() if name not in leaves}


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_read_as_markup_or_code(name):
    text = read(name)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", text
    )
    assert not re.search(r"\sstyle=|\son\w+=\"|<script>|<style", text)  # the policy would refuse them
    assert len(text.splitlines()) <= 400


# ---- contrast, reckoned from the style sheet's own colours ----

GROUNDS = ("ground", "surface")
PAIRS = [
    *[("text", ground, 4.5) for ground in (*GROUNDS, "tint", "cited", "found", "now")],
    *[("muted", ground, 4.5) for ground in (*GROUNDS, "tint", "cited")],
    *[("accent", ground, 4.5) for ground in (*GROUNDS, "tint")],
    *[("warn", ground, 4.5) for ground in GROUNDS],
    *[(tone, f"{tone}-ground", 4.5) for tone in ("asked", "settled", "listed")],
    ("on-accent", "accent", 4.5),
    ("on-mark", "mark", 4.5),
    *[("edge", ground, 3.0) for ground in GROUNDS],
    *[(bar, "surface", 3.0) for bar in ("asked", "settled", "listed")],
    *[("focus", ground, 3.0) for ground in (*GROUNDS, "tint")],
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palettes() -> tuple[dict[str, str], dict[str, str]]:
    """The light and the dark colours, by name."""
    light, dark = read("base.css").split("prefers-color-scheme: dark", 1)
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return dict(named.findall(light)), dict(named.findall(dark))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(theme, front, back, least):
    colours = palettes()[theme]
    brighter, darker = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= least
