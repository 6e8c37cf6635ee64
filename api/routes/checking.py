"""``POST /v1/check``: the figures of a text that somebody wrote."""

from __future__ import annotations

import gzip
from dataclasses import replace

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response

from assistant.public import finding_json

from ..browsing import compact
from ..browsing_replies import JSON, LEVEL, SMALL, takes_gzip
from ..checking import check_bounds
from ..desk import Desk
from ..problems import Problem
from ..schemas.browse import MOST_FACTS, FindingsTold
from ..schemas.checking import CheckRequest
from .replies import POSTED, errors

AT_ONCE = 2  # checks reckon from end to end: more of them at once take no less time, and hold up the answers
WAITING = 20  # more than that wait longer than a client does
RETRY_AFTER = 5  # seconds, in which some of those are done
MANY = 100  # findings of one text; with more of them each …
FEW_FACTS = 5  # … names no more facts than these: the reply would be thousands of times the request


def add_checking(app: FastAPI, desk: Desk) -> None:
    """The checking route, with threads of its own: other routes never wait for a check."""
    limiter = CapacityLimiter(AT_ONCE)
    inside = 0  # the limiter's own count lags behind: a task is counted a moment after it has come

    @app.post("/v1/check", response_model=FindingsTold, responses=errors(*POSTED, 409), tags=["check"])
    async def check(body: CheckRequest, request: Request) -> Response:
        """Checks each figure of a text against the fact table: verified, contradicted or unsupported."""
        nonlocal inside
        if inside >= AT_ONCE + WAITING:
            raise busy()
        packs = takes_gzip(", ".join(request.headers.getlist("accept-encoding")))
        inside += 1
        try:
            return await to_thread.run_sync(checked, body, desk, packs, limiter=limiter)
        finally:
            inside -= 1


def checked(body: CheckRequest, desk: Desk, packs: bool) -> Response:
    """The reply, packed if the client takes that; it takes up to about a second and belongs into a thread."""
    check_bounds(body.text, body.program, desk.index)
    findings = desk.check(body.text, program=body.program)
    most = FEW_FACTS if len(findings) > MANY else MOST_FACTS
    shown = (replace(finding, facts=finding.facts[:most]) for finding in findings)
    content = compact({"findings": [finding_json(finding) for finding in shown]}).encode()
    headers = {"vary": "Accept-Encoding"}
    if packs and len(content) > SMALL:
        content = gzip.compress(content, LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(content, headers=headers, media_type=JSON)


def busy() -> Problem:
    """429: more texts wait than can be checked within reason."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    return Problem(429, "busy", "Too many texts wait to be checked.", "Send it again in a few seconds.", headers)
