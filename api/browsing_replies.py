"""Browsing replies: known to the client already (304), packed, and asked about again each time."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from fastapi import Request, Response

from assistant import __version__
from assistant.index import Index

from .accepting import weighed

JSON = "application/json"
JSONL = "application/x-ndjson"
CSV = "text/csv"  # the framework adds the charset
SMALL = 1000  # bytes that are not worth packing
LEVEL = 5


def reply(
    request: Request, index: Index, query: str, make: Callable[[], bytes], *, kind: str = JSON, name: str | None = None
) -> Response:
    """The reply to ``query``, made only when the client does not have it already.

    A build never changes, so its name and the query tell the content.  ``name`` makes it a file to be saved.
    """
    tag = etag(index, f"{request.url.path} {query}")
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "Accept-Encoding"}
    if knows(request.headers.getlist("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    if name is not None:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    content = make()
    if len(content) > SMALL and takes_gzip(", ".join(request.headers.getlist("accept-encoding"))):
        content = gzip.compress(content, LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(content, headers=headers, media_type=kind)


def etag(index: Index, query: str) -> str:
    """A weak tag: the same content is sent packed or not."""
    said = f"{__version__}\n{index.path.name}\n{query}"
    return f'W/"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]}"'


def knows(held: list[str], tag: str) -> bool:
    """Whether ``If-None-Match`` names the tag (RFC 9110, 13.1.2: compared without regard to weakness)."""
    tags = {one.strip().removeprefix("W/") for header in held for one in header.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags


def takes_gzip(accept: str) -> bool:
    """Whether a client's ``Accept-Encoding`` allows gzip; one that says nothing gets plain bytes."""
    weights = dict(one for part in accept.lower().split(",") if (one := weighed(part)) is not None)
    return weights.get("gzip", weights.get("*", 0.0)) > 0
