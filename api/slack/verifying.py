"""Whether a request comes from Slack: its signature, and that it was made just now."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Mapping

SIGNATURE = "x-slack-signature"
TIMESTAMP = "x-slack-request-timestamp"
VERSION = b"v0"
OLDEST = 300  # seconds that a request may be away from our clock
LONGEST = 12  # digits of a time: beyond them none is near

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


class Verifier:
    """Knows the secret that Slack signs with (https://docs.slack.dev/authentication/verifying-requests-from-slack/)."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        """``now`` gives seconds since 1970.  With an empty secret nothing comes from Slack."""
        self._secret = secret.encode("utf-8", "surrogatepass")
        self._now = now

    def check(self, headers: Headers, body: bytes) -> bool:
        """Whether Slack signed these bytes within the last five minutes; False for whatever cannot be read.

        ``headers`` are names with their values, each name as often as it came: one that came twice is refused, as
        whoever stands in between may have read the other.  It never raises.
        """
        signature, timestamp = only(headers, SIGNATURE), only(headers, TIMESTAMP)
        if not self._secret or signature is None or timestamp is None or not is_time(timestamp):
            return False
        if abs(self._now() - int(timestamp)) > OLDEST or not signature.isascii():
            return False
        return hmac.compare_digest(signature.encode("ascii"), self._signed(timestamp, body))

    def _signed(self, timestamp: str, body: bytes) -> bytes:
        base = b":".join((VERSION, timestamp.encode("ascii"), body))
        return VERSION + b"=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest().encode("ascii")


def is_time(timestamp: str) -> bool:
    """Whether it is seconds since 1970 as Slack writes them: a few plain digits."""
    return timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST


def only(headers: Headers, name: str) -> str | None:
    """The value of a header that came once; None when it is absent, came more often, or is no text."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    found = [value for own, value in pairs if isinstance(own, str) and own.lower() == name]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None
