"""Sites of other people that embed the widget: strict, careless and hostile ones, each on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from .site import served

HOSTILE_CSS = (Path(__file__).parents[1] / "data" / "web" / "hostile.css").read_text("utf-8")

#: What a careless or hostile page does to the names that everybody uses, before the widget is loaded.
POLLUTION = """
Array.prototype.extra = function () { throw new Error("a member of the page's own"); };
Object.prototype.surprise = "everywhere";
String.prototype.format = function () { return "formatted"; };
const realFetch = window.fetch;
window.fetch = function (...args) { window.fetched = true; return realFetch.apply(this, args); };
const realDefine = customElements.define;
customElements.define = function (...args) { window.defined = true; return realDefine.apply(this, args); };
window.name = "support-assistant"; window.state = {}; window.element = 1; window.config = null; window.$ = null;
"""

FILES: Mapping[str, tuple[str, str]] = {
    "/host/hostile.css": (HOSTILE_CSS, "text/css"),
    "/host/pollution.js": (POLLUTION, "text/javascript"),
}


def strict(api: str) -> str:
    """The narrowest policy under which a page may embed the widget of ``api``."""
    return (
        f"default-src 'none'; script-src {api}; connect-src {api}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@dataclass
class Foreign:
    """A site of somebody else; ``pages`` may change while it is served."""

    url: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, name: str, body: str, *, head: str = "", policy: str = "", html: str = 'lang="ja"') -> str:
        """Publish a page; gives its address."""
        begin = f'<!doctype html><html {html} data-foreign><head><meta charset="utf-8"><title>支援センター</title>'
        text = f"{begin}{head}</head><body>{body}</body></html>"
        self.pages[f"/host/{name}"] = (text, {"content-security-policy": policy} if policy else {})
        return f"{self.url}/host/{name}"

    async def respond(self, request: Request) -> Response:
        """A page, a file of the site, or nothing."""
        path = request.url.path
        if path in FILES:
            text, media = FILES[path]
            return PlainTextResponse(text, media_type=media)
        if path in self.pages:
            text, headers = self.pages[path]
            return HTMLResponse(text, headers=headers)
        return PlainTextResponse("nothing here", 404 if path != "/favicon.ico" else 204)


@contextmanager
def foreign_site() -> Iterator[Foreign]:
    """A site without pages yet, served until the block ends."""
    foreign = Foreign()
    with served(Starlette(routes=[Route("/{path:path}", foreign.respond)])) as site:
        foreign.url = site.url
        yield foreign


def embed(api: str, **attributes: str) -> str:
    """The one tag that puts the widget on a page; ``data_title="…"`` becomes ``data-title="…"``."""
    named = {"src": f"{api}/widget.js", **{name.replace("_", "-"): value for name, value in attributes.items()}}
    written = " ".join(f'{name}="{escaped(value)}"' for name, value in named.items())
    return f"<script {written}></script>"


def escaped(value: str) -> str:
    """A text as an attribute's value."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
