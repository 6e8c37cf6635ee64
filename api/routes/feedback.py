"""``POST /v1/feedback``: how an answer was found."""

from __future__ import annotations

from fastapi import FastAPI

from ..memory import Conversations


def add_feedback(app: FastAPI, conversations: Conversations) -> None:
    """The feedback route."""
