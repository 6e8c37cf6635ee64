"""Is it up, can it answer, how is it doing."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from assistant.errors import AssistantError

from ..problems import Problem
from ..schemas import Health
from .replies import errors


def add_operations(app: FastAPI, version: str, ready: Callable[[], object] | None) -> None:
    """The routes for whoever runs the server; ``ready`` raises an AssistantError while it cannot answer."""

    @app.head("/healthz", include_in_schema=False)
    @app.get("/healthz", tags=["operations"])
    async def healthz() -> Health:
        """200 as long as the process serves; it waits for no thread."""
        return Health(status="ok", version=version)

    @app.head("/readyz", include_in_schema=False)
    @app.get("/readyz", responses=errors(503), tags=["operations"])
    def readyz() -> Health:
        """200 when questions can be answered, 503 (for load balancers) while they cannot."""
        try:
            if ready is not None:
                ready()
        except AssistantError as error:
            raise Problem(503, error.code, error.message, error.hint) from error
        return Health(status="ready", version=version)
