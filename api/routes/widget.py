"""``GET /widget.js``: the widget, one file for any site."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import Response

from ..accepting import weighed
from ..widget.bundle import bundle

HEADERS = {
    "cache-control": "no-cache",  # kept, and asked about each time: a new version is there at once
    "access-control-allow-origin": "*",  # a script for anyone: for `crossorigin` and `integrity` on its tag
    "cross-origin-resource-policy": "cross-origin",
    "vary": "Accept-Encoding",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A script as it goes out, plain or with gzip, each under a tag of its own."""

    body: bytes
    zipped: bytes
    tag: str

    @classmethod
    def of(cls, script: str) -> Packed:
        """Pack a script."""
        body = script.encode()
        return cls(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:24])

    def response(self, request: Request) -> Response:
        """The script, or 304 when the client has it."""
        zipped = takes_gzip(request.headers.get("accept-encoding", ""))
        tag = f'"{self.tag}-gzip"' if zipped else f'"{self.tag}"'
        headers = {**HEADERS, "etag": tag, **({"content-encoding": "gzip"} if zipped else {})}
        if holds(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers={**HEADERS, "etag": tag})
        body = self.zipped if zipped else self.body
        return Response(body, headers=headers, media_type="text/javascript")


def takes_gzip(accept: str) -> bool:
    """Whether an Accept-Encoding header lets gzip through (RFC 9110, 12.5.3)."""
    ranges = dict(parsed for one in accept.lower().split(",") if (parsed := weighed(one)) is not None)
    return ranges.get("gzip", ranges.get("*", 0.0)) > 0


def holds(none_match: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag; a proxy may have made it a weak one."""
    known = [one.strip().removeprefix("W/") for one in none_match.split(",")]
    return tag in known or known == ["*"]


def add_widget(app: FastAPI) -> None:
    """The widget route."""
    packed = Packed.of(bundle())

    @app.head("/widget.js", include_in_schema=False)
    @app.get("/widget.js", include_in_schema=False)
    async def widget(request: Request) -> Response:
        return packed.response(request)
