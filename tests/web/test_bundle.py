"""The widget's script: one file, small enough, packed and tagged, whole or not at all."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hosting import hosted

from api.routes.widget import add_widget, holds, takes_gzip
from api.widget import bundle as parts

LIMIT = 30_000  # bytes, with gzip
LINES = 400
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.cssText|cookie|localStorage"
)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    app = FastAPI()
    add_widget(app)
    with hosted(app) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def modules(**changed: str) -> dict[str, str]:
    sources = {"embed.js": 'import { one } from "./a.js";\none();\n', "a.js": "export function one() {}\n"}
    return sources | {name.replace("_js", ".js"): text for name, text in changed.items()}


def test_it_is_small():
    assert len(gzip.compress(parts.bundle().encode(), 9)) < LIMIT


def test_its_parts_are_small_and_put_nothing_in_as_markup():
    for path in sorted([*parts.FOLDER.glob("*.js"), *parts.FOLDER.glob("*.css")]):
        text = path.read_text("utf-8")
        assert text.count("\n") <= LINES, path.name
        assert not FORBIDDEN.findall(text), path.name
        assert max(map(len, text.splitlines())) <= 250, path.name


def test_nothing_of_it_stands_in_the_page_s_own_scope():
    script = parts.bundle()
    assert script.startswith('(() => {\n"use strict";\n')
    assert script.endswith("})();\n")
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def test_it_names_no_address_but_that_of_svg():
    assert set(re.findall(r"https?://[\w./]+", parts.bundle())) == {"http://www.w3.org/2000/svg"}


def test_a_browser_without_light_dark_gets_every_light_value():
    css = parts.FOLDER.joinpath("theme.css").read_text("utf-8")
    fallback = css.partition("@supports not")[2].partition("@supports")[0]
    both = re.findall(rf"(--[\w-]+): var\(({PREFIX}-[\w-]+), light-dark\((#\w+), #\w+\)\)", css)
    assert re.findall(rf"(--[\w-]+): var\(({PREFIX}-[\w-]+), (#\w+)\)", fallback) == both
    assert len(both) == 16


def test_every_style_sheet_is_in_it():
    assert set(parts.SHEETS) == {path.name for path in parts.FOLDER.glob("*.css")}


def test_it_is_made_from_any_folder(tmp_path: Path):
    code = "from api.widget.bundle import bundle; print(len(bundle()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(parts.bundle())


def test_parts_stand_after_what_they_import():
    order = parts.in_order(
        modules(
            embed_js='import { two } from "./b.js";\n', b_js='import { one } from "./a.js";\nexport const two = 2;\n'
        )
    )
    assert order == ["a.js", "b.js", "embed.js"]


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (
            modules(
                a_js='import { two } from "./b.js";\nexport function one() {}\n',
                b_js='import { one } from "./a.js";\nexport const two = 2;\n',
            ),
            "circle",
        ),
        (modules(a_js="function one() {}\n"), "does not export"),
        (modules(embed_js='import { one } from "./c.js";\n'), "does not export"),
        (modules(embed_js='import { one } from "./a.js";\nconst one = 2;\n'), "both declare one"),
        (modules(b_js="export const two = 2;\n"), "Nothing imports b.js"),
    ],
    ids=["circle", "not exported", "no such part", "one name twice", "left over"],
)
def test_parts_that_do_not_fit_are_named(sources, told):
    with pytest.raises(parts.BundleError, match=told):
        parts.in_order(sources)


@pytest.mark.parametrize("line", ["export default 3;\n", 'import * as all from "./a.js";\n', "export { one };\n"])
def test_other_forms_of_import_and_export_are_refused(line):
    with pytest.raises(parts.BundleError, match="form"):
        parts.bare(line)


def test_strings_keep_their_slashes_and_blanks():
    assert (
        parts.bare('// gone\n  const a = "http://example.com  y"; // stays\n')
        == 'const a = "http://example.com  y"; // stays\n'
    )


# ---- how it is served ----


def test_it_is_a_script_for_any_site(client):
    reply = client.get("/widget.js", headers={"accept-encoding": "identity"})
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in reply.headers
    assert reply.text == parts.bundle()


def test_it_goes_out_packed_to_whoever_can_unpack_it(client):
    reply = client.get("/widget.js", headers={"accept-encoding": "gzip, br"})
    assert reply.headers["content-encoding"] == "gzip"
    assert int(reply.headers["content-length"]) < LIMIT
    assert reply.text == parts.bundle()


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_whoever_has_it_is_told_so(client, encoding):
    tag = client.get("/widget.js", headers={"accept-encoding": encoding}).headers["etag"]
    again = client.get("/widget.js", headers={"accept-encoding": encoding, "if-none-match": f'"old", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_plain_and_packed_have_tags_of_their_own(client):
    tags = {client.get("/widget.js", headers={"accept-encoding": one}).headers["etag"] for one in ("gzip", "identity")}
    assert len(tags) == 2


def test_a_head_tells_the_same_without_the_body(client):
    reply = client.head("/widget.js")
    assert reply.status_code == 200
    assert reply.content == b""
    assert reply.headers["etag"]


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("br", False),
        ("gzip;q=0, *", False),
        ("gzip;q=x", False),
    ],
)
def test_what_encodings_a_client_takes(header, takes):
    assert takes_gzip(header) is takes


@pytest.mark.parametrize(
    ("header", "held"),
    [("", False), ('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"ab"', False), ("a", False)],
)
def test_what_tags_a_client_holds(header, held):
    assert holds(header, '"a"') is held


# ---- what is written about it ----

PAGE = (Path(__file__).parents[2] / "docs" / "widget.md").read_text("utf-8")
NAMES = re.compile(r"`(-?-?[a-z][\w-]*)`")
PREFIX = "--support-assistant"


def source(suffix: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(parts.FOLDER.glob(f"*{suffix}")))


def test_every_property_is_described_and_every_described_one_exists():
    used = set(re.findall(rf"var\(({PREFIX}-[\w-]+)", source(".css")))
    described = {
        name if name.startswith("--") else PREFIX + name for name in NAMES.findall(PAGE) if name.startswith("-")
    }
    assert used == described


def test_every_part_is_described_and_every_described_one_exists():
    named = re.findall(
        r'part: (?:[\w ]+\? )?"([^"$]+)"(?: : "([^"]+)")?|(?:button|outsideLink)\(\s*"([\w-]+)"', source(".js")
    )
    made = {part for names in named for name in names for part in name.split()}
    made |= {
        "message-user",
        "message-assistant",
        "message-failed",
        "thumb-up",
        "thumb-down",
        "message",
        "suggestion",
        "example",
    }
    states = {"streaming", "done", "failed", "stopped"}
    section = PAGE.partition("## Parts")[2].partition("| where")[2]
    described = {name for name in NAMES.findall(section) if not name.startswith("data-")} - states
    assert made == described


def test_every_attribute_is_described():
    listed = re.search(r"ATTRIBUTES = \[(.*?)\]", source(".js"))
    assert listed
    for name in [*re.findall(r'"(\w+)"', listed[1]), "theme"]:
        assert f"| `{name}` |" in PAGE, name
