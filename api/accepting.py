"""What form of reply a client asks for in its ``Accept`` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

EVENTS = "text/event-stream"
JSON = "application/json"


def wants_events(accept: str) -> bool:
    """Whether the header puts a stream of events before JSON.

    JSON is the default: it is sent unless the stream has the higher weight or, at the same weight, the closer name
    (``text/event-stream, */*``).
    """
    ranges = [parsed for one in accept.lower().split(",") if (parsed := weighed(one)) is not None]
    events = liking(EVENTS, ranges)
    return events[0] > 0 and events > liking(JSON, ranges)


def weighed(media_range: str) -> tuple[str, float] | None:
    """``text/*;q=0.5`` → (``text/*``, 0.5); None for a weight that is no number from 0 to 1."""
    name, *parameters = (part.strip() for part in media_range.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            weight = number(value.strip())
            return None if weight is None else (name, weight)
    return name, 1.0


def number(text: str) -> float | None:
    """A weight: 0, 1 or up to three decimals between them."""
    whole, _, decimals = text.partition(".")
    digits = whole + decimals
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 4:
        return None
    value = float(text)
    return value if value <= 1 else None


def liking(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """A type's weight by the closest range that holds it, and how close that is: 2 its name, 1 its kind, 0 ``*/*``."""
    kind = media_type.partition("/")[0]
    weights = dict(ranges)
    for closeness, name in ((2, media_type), (1, f"{kind}/*"), (0, "*/*")):
        if name in weights:
            return weights[name], closeness
    return 0.0, 0
