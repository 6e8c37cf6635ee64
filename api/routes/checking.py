"""``POST /v1/check``: the figures of a text that somebody wrote."""

from __future__ import annotations

from fastapi import FastAPI

from ..desk import Desk


def add_checking(app: FastAPI, desk: Desk) -> None:
    """The checking route."""
