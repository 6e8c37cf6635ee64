"""What the documents hold: documents, programs, facts, passages."""

from __future__ import annotations

from fastapi import FastAPI

from ..desk import Desk


def add_browse(app: FastAPI, desk: Desk) -> None:
    """The browsing routes."""
