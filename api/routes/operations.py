"""Is it up, can it answer, how is it doing."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import Field

from assistant.errors import AssistantError

from ..desk import Desk
from ..gate import Gate
from ..problems import Problem, problem_of_status
from ..schemas import Health
from .replies import errors

SOON = {"Retry-After": "2"}


class Readiness(Health):
    """The server's state, and what it answers from."""

    index: str | None = Field(None, description="name of the build that answers come from")


def add_operations(
    app: FastAPI,
    version: str,
    ready: Callable[[], object] | None,
    *,
    desk: Desk | None = None,
    gate: Gate | None = None,
) -> None:
    """The routes for whoever runs the server; ``ready`` raises an AssistantError while it cannot answer."""

    @app.head("/healthz", include_in_schema=False)
    @app.get("/healthz", tags=["operations"])
    async def healthz() -> Health:
        """200 as long as the process serves; it waits for no thread."""
        return Health(status="ok", version=version)

    @app.head("/readyz", include_in_schema=False)
    @app.get("/readyz", responses=errors(503), tags=["operations"])
    def readyz() -> Readiness:
        """200 when questions can be answered, 503 (for load balancers) while they cannot or the server is going."""
        if gate is not None and gate.draining:
            raise Problem(503, "stopping", "The server is going.", "Ask another one.", SOON)
        try:
            if ready is not None:
                ready()
            build = None if desk is None else desk.index.path.name
        except AssistantError as error:
            raise Problem(503, error.code, error.message, error.hint, SOON) from error
        return Readiness(status="ready", version=version, index=build)

    if gate is not None:
        if desk is not None:
            gate.metrics.watch_index(lambda: desk.index)
        add_metrics(app, gate)


def add_metrics(app: FastAPI, gate: Gate) -> None:
    """``GET /metrics``, for this machine and the exempt networks: what a server does is nobody else's business."""

    @app.head("/metrics", include_in_schema=False)
    @app.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}, **errors(404)},
        tags=["operations"],
    )
    def metrics(request: Request) -> Response:
        """The server's figures in Prometheus' text format.

        404 for clients that are neither on this machine nor in `ASSISTANT_RATE_EXEMPT`.
        """
        if not gate.admits(request.scope):
            raise problem_of_status(404)
        return Response(gate.metrics.page(), media_type=CONTENT_TYPE_LATEST)
