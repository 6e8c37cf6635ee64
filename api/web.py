"""How the surface is set: one frozen record, made from the settings by whoever serves it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import Settings

MAX_BODY = 128 * 1024


@dataclass(frozen=True, slots=True)
class Web:
    """The limits and the neighbours of the surface.

    ``max_body`` is in bytes; ``chats`` answers are made at once while at most ``waiting`` more wait; on a stream
    something comes at least every ``ping`` seconds.  Rates are limits' notation (``60/minute``), empty for none.
    """

    max_body: int = MAX_BODY
    chats: int = 64
    waiting: int = 512
    ping: float = 10.0  # proxies cut a connection on which nothing comes, some after 15 s
    allowed_origins: tuple[str, ...] = ()
    rate_per_client: str = ""
    rate_total: str = ""
    rate_exempt: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Web:
        """What the environment says."""
        return cls(
            chats=settings.chats,
            waiting=settings.waiting,
            allowed_origins=listed(settings.allowed_origins),
            rate_per_client=settings.rate_per_client,
            rate_total=settings.rate_total,
            rate_exempt=listed(settings.rate_exempt),
        )


def listed(text: str) -> tuple[str, ...]:
    """The parts of a setting that holds several, apart by commas or blanks."""
    return tuple(part for part in text.replace(",", " ").split() if part)
