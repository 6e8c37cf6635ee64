"""``POST /v1/check``: the figures of a text that somebody wrote."""

from __future__ import annotations

from dataclasses import replace

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Response

from assistant.public import finding_json

from ..browsing import compact
from ..checking import check_bounds
from ..desk import Desk
from ..schemas.browse import MOST_FACTS, FindingsTold
from ..schemas.checking import CheckRequest
from .replies import errors

AT_ONCE = 2  # checks reckon from end to end: more of them at once take no less time, and hold up the answers


def add_checking(app: FastAPI, desk: Desk) -> None:
    """The checking route, with threads of its own: other routes never wait for a check."""
    limiter = CapacityLimiter(AT_ONCE)

    @app.post("/v1/check", response_model=FindingsTold, responses=errors(400, 409, 413, 422, 429), tags=["check"])
    async def check(body: CheckRequest) -> Response:
        """Checks each figure of a text against the fact table: verified, contradicted or unsupported."""
        content = await to_thread.run_sync(checked, body, desk, limiter=limiter)
        return Response(content, media_type="application/json")


def checked(body: CheckRequest, desk: Desk) -> bytes:
    """The reply's bytes; it takes up to about a second and belongs into a thread."""
    check_bounds(body.text, body.program, desk.index)
    findings = desk.check(body.text, program=body.program)
    shown = (replace(finding, facts=finding.facts[:MOST_FACTS]) for finding in findings)
    return compact({"findings": [finding_json(finding) for finding in shown]}).encode()
