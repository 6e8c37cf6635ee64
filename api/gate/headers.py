"""The headers that every reply has: what a browser may do with it, and whether it may be kept."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

#: For pages: everything from this server, no inline code, no string that becomes code, in nobody's frame.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

#: For all that is no page: should a browser ever show it as one, it does nothing.
INERT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

HSTS = "max-age=31536000"  # this name alone: its neighbours below the same domain may not be ours


def add_headers(scope: Scope, reply: MutableHeaders) -> None:
    """Add the headers of a reply; what its route has set itself is left alone."""
    kind, path = reply.get("content-type"), scope["path"]
    if kind is not None:  # a 304 has no content: a browser would put its policy in place of the kept page's own
        page = kind.startswith("text/html")
        reply.setdefault("content-security-policy", CONTENT_SECURITY_POLICY if page else INERT)
    for name, value in SECURITY_HEADERS.items():
        reply.setdefault(name, value)
    if scope["scheme"] == "https":  # a trusted proxy says so where encryption ends before us
        reply.setdefault("strict-transport-security", HSTS)
    reply.setdefault("cache-control", cache_rule(path))


def cache_rule(path: str) -> str:
    """Answers are never kept; the page's files are kept but asked about each time."""
    return "no-cache" if path == "/" or path.startswith("/static/") else "no-store"
