"""What can go wrong with the store."""

from __future__ import annotations

import logging

from ..errors import AssistantError
from .masking import masked

RETRY_AFTER = 5  # seconds; a server that was started again takes connections about then

log = logging.getLogger(__name__)


class StoreUnavailable(AssistantError):
    """The database cannot be reached, is too busy or refuses; ``retry_after`` is in seconds."""

    code = "store_unavailable"
    retry_after = RETRY_AFTER


class StoreNewer(AssistantError):
    """The database was brought up to date by a newer program than this one."""

    code = "store_newer"


def unavailable(error: Exception | None = None) -> StoreUnavailable:
    """The error for a client; its cause goes to the log, with no value of a statement in it."""
    log.warning("The conversations cannot be kept or read: %s", cause(error))
    return StoreUnavailable("The conversations cannot be reached at the moment.", hint="Try again in a few seconds.")


def cause(error: BaseException | None) -> str:
    """What the driver says, in a line; the lines after the first may hold what was to be stored."""
    if error is None:
        return "others took too long"
    told = getattr(error, "orig", None) or error
    first, _, _ = str(told).strip().partition("\n")
    return masked(f"{type(told).__name__}: {first}"[:300])
