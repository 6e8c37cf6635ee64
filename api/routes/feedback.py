"""``POST /v1/feedback``: how an answer was found."""

from __future__ import annotations

from typing import Protocol

from fastapi import FastAPI

from ..problems import Problem
from ..schemas.kept import FeedbackReply, FeedbackRequest
from .replies import POSTED, errors


class Rated(Protocol):
    """Whoever keeps ratings.  It is called from many threads at once."""

    def rate(self, answer_id: str, rating: str | int, comment: str | None = None) -> bool:
        """Keep a rating in place of an earlier one, whose comment stays without one; False without an answer."""


def add_feedback(app: FastAPI, kept: Rated) -> None:
    """The feedback route."""

    @app.post("/v1/feedback", responses=errors(*POSTED, 404, 503), tags=["chat"])
    def feedback(body: FeedbackRequest) -> FeedbackReply:
        """Keeps how an answer was found; rating it again replaces the rating, and the comment if one comes with it."""
        if not kept.rate(body.answer_id, body.rating, body.comment):
            raise Problem(
                404, "no_answer", "There is no such answer.", "Rate an answer of a conversation that is still kept."
            )
        return FeedbackReply(answer_id=body.answer_id, rating=body.rating)
