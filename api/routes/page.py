"""The page and its files."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from ..gate.headers import CONTENT_SECURITY_POLICY

STATIC = Path(__file__).parents[1] / "static"


def add_page(app: FastAPI) -> None:
    """``GET /`` and ``/static/…``; a browser that has a file is told so (304)."""
    files = Files(directory=STATIC)

    @app.head("/", include_in_schema=False)
    @app.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    app.mount("/static", files, name="static")


class Files(StaticFiles):
    """Files, the pages among them under the policy of pages.

    A 304 has no content type that would tell a page from other files, and browsers take its headers for those of the
    page that they hold.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or that the client has it; 404 and 405 as errors."""
        response = await super().get_response(path, scope)
        if path.endswith(".html"):
            response.headers["content-security-policy"] = CONTENT_SECURITY_POLICY
        return response
