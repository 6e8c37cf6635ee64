"""Who is turned away before any work is done: pages of foreign sites, and whoever asks too often."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..problems import Problem
from .access import COSTLY, QUIET
from .addresses import Networks, client_of, group_of
from .metrics import Metrics
from .origins import SAFE, Origins, asks_first, leave
from .rates import Exceeded, Rates


class Refusing:
    """ASGI middleware.  What it refuses it raises as a Problem: the shell around it makes the reply."""

    def __init__(self, app: ASGIApp, *, origins: Origins, rates: Rates, exempt: Networks, metrics: Metrics) -> None:
        self.app = app
        self._origins = origins
        self._rates = rates
        self._exempt = exempt
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange; anything but HTTP goes through as it is."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            first = asks_first(scope, headers)
            if first or scope["method"] not in SAFE:
                self._look_at_origin(headers)
            if first:
                await Response(status_code=204, headers=leave())(scope, receive, send)
                return
            self._look_at_rate(scope)
        await self.app(scope, receive, send)

    def _look_at_origin(self, headers: Headers) -> None:
        if self._origins.foreign(headers):
            self._metrics.refused("origin")
            raise Problem(
                403,
                "origin_not_allowed",
                "Pages of this site may not use this server.",
                "Its operator can add the site to ASSISTANT_ALLOWED_ORIGINS.",
            )

    def _look_at_rate(self, scope: Scope) -> None:
        path = scope["path"]
        if path in QUIET:
            return
        client = client_of(scope)
        if client in self._exempt:
            return
        costly = scope["method"] == "POST" and path in COSTLY
        exceeded = self._rates.exceeded(group_of(client), roomy=not costly)
        if exceeded is not None:
            self._metrics.refused(exceeded.whose)
            raise too_often(exceeded)


def too_often(exceeded: Exceeded) -> Problem:
    """429, with the time after which there is room again."""
    whose = "This client asks" if exceeded.whose == "client" else "All clients together ask"
    wait = f"Wait {exceeded.seconds} s, then send it again."
    headers = {"Retry-After": str(exceeded.seconds)}
    return Problem(429, "rate_limited", f"{whose} more often than this server answers.", wait, headers)
