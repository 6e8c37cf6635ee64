"""The leash that the settings ask for."""

from __future__ import annotations

from ..settings import Settings
from .breaker import Breaker
from .budget import Budget
from .leash import Leash, Limits
from .model import make_model


def make_leash(settings: Settings) -> Leash | None:
    """The configured model on its leash; None when no model is configured.

    Raises SettingsError and MissingExtra as :func:`~assistant.generate.model.make_model` does.  No file is made before
    the first call.
    """
    model = make_model(settings)
    return None if model is None else Leash(model, limits_of(settings), breaker=Breaker(), budget=budget_of(settings))


def limits_of(settings: Settings) -> Limits:
    """How long and how much a call may take."""
    return Limits(
        first_token=settings.llm_first_token,
        stall=settings.llm_stall,
        whole=settings.llm_timeout,
        tokens=settings.llm_max_tokens,
        at_once=settings.llm_at_once,
    )


def budget_of(settings: Settings) -> Budget:
    """The counter of tokens in the data folder."""
    return Budget(
        settings.data,
        conversation=settings.llm_tokens_per_conversation,
        day=settings.llm_tokens_per_day,
    )
