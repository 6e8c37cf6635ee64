"""Which other sites may use the interface from their pages: those on the list, exactly, and nobody by default.

A browser says in ``Origin`` (and newer ones in ``Sec-Fetch-Site``) which page a request comes from.  Refusing foreign
pages what changes or costs something also covers forms and plain-text posts, for which a browser asks nobody first.
Clients that are no browsers send no ``Origin`` and are not concerned: there is no cookie and no session that a foreign
page could borrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

from assistant.errors import SettingsError

ANY = "*"
SHARED = "/v1/"
SAFE = ("GET", "HEAD", "OPTIONS")
METHODS = "GET, POST, DELETE"
SENT = "Accept, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-ID"
SHOWN = "Retry-After, X-Request-ID"
REMEMBERED = "600"  # seconds that a browser need not ask again
PORTS = {"http": ":80", "https": ":443"}
ORIGIN = re.compile(r"https?://[a-z0-9.\-_]+(:\d{1,5})?|https?://\[[0-9a-f:.]+\](:\d{1,5})?")


class Origins:
    """The list of other sites.  Raises SettingsError for an entry that no browser would send."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        listed = {origin_of(text) for text in allowed}
        self._any = ANY in listed
        self._listed = frozenset(listed)

    def foreign(self, headers: Headers) -> bool:
        """Whether the request comes from a page of another site that is not on the list."""
        origin = sender(headers)
        return origin is not None and not self._any and origin not in self._listed and not own(origin, headers)

    def grant(self, scope: Scope, reply: MutableHeaders) -> None:
        """Add to a reply what lets the page that asked read it; nothing for pages that may not."""
        if not self._listed or not scope["path"].startswith(SHARED):
            return
        origin = sender(Headers(scope=scope))
        if not self._any:
            reply.add_vary_header("Origin")
            if origin is None or origin not in self._listed:
                return
        reply["access-control-allow-origin"] = ANY if self._any else str(origin)
        reply["access-control-expose-headers"] = SHOWN


def asks_first(scope: Scope, headers: Headers) -> bool:
    """Whether a browser asks, before the request itself, if a page of another site may send it."""
    return scope["method"] == "OPTIONS" and "origin" in headers and "access-control-request-method" in headers


def leave() -> dict[str, str]:
    """What a page on the list is told when its browser asks first."""
    return {
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": SENT,
        "access-control-max-age": REMEMBERED,
    }


def sender(headers: Headers) -> str | None:
    """The site that a request says to come from; ``null`` for a page without a site of its own, None without a page."""
    origins = headers.getlist("origin")
    if len(origins) > 1:  # no browser does that: nobody's
        return "null"
    if not origins:
        return "null" if headers.get("sec-fetch-site") in ("cross-site", "same-site") else None
    return origins[0].strip().lower()


def own(origin: str, headers: Headers) -> bool:
    """Whether a site is this server itself.

    A browser's own word counts most: no page can set or change it.  It comes only over https and on the machine
    itself; elsewhere the site is compared with the name that the server was asked by, its scheme left out because
    encryption may end at a proxy.  A proxy that changes ``Host`` tells the name in ``X-Forwarded-Host``.  That one is
    believed from anybody: to set it, a foreign page needs a leave that it does not get.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "none":
        return site == "same-origin"
    scheme, _, authority = origin.partition("://")
    names = (headers.get("host", ""), headers.get("x-forwarded-host", "").split(",")[0])
    return any(authority and authority == bare(name, scheme) for name in names)


def bare(name: str, scheme: str) -> str:
    """A host name in small letters, without the port that goes without saying."""
    return name.strip().lower().removesuffix(PORTS.get(scheme, ""))


def origin_of(text: str) -> str:
    """An entry of the list as a browser sends it.  Raises SettingsError."""
    if text == ANY:
        return ANY
    origin = text.lower()
    try:
        fits = ORIGIN.fullmatch(origin) is not None and urlsplit(origin).port != 0
    except ValueError:
        fits = False
    if not fits:
        raise SettingsError(
            f"ASSISTANT_ALLOWED_ORIGINS: {text!r} is not a site's origin.",
            hint="Write scheme, host and port alone, such as https://shop.example or http://127.0.0.1:8080, or *.",
        )
    return bare(origin, origin.partition("://")[0])
