"""How many requests a client, and all of them together, may make in a time.

The windows are the ``limits`` library's fixed ones: two numbers a client, and the time to wait that is told is the
time after which there is room again.  Its own memory storage is not used: it walks over every client it knows in a
thread, again and again while requests come, and forgets none before its window ends.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from assistant.errors import SettingsError

MOST = 100_000  # clients that are remembered at once
ROOMY = 10  # times as many requests for what costs little
Clock = Callable[[], float]


class Windows(Storage):
    """Counts in windows of time, at most ``most`` of them: the one that was opened first goes first.

    It is used by the event loop alone, so it has no lock.  ``clock`` is in seconds and never goes back.
    """

    STORAGE_SCHEME = None

    def __init__(self, *, most: int = MOST, clock: Clock = time.monotonic) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._windows: OrderedDict[str, tuple[int, float]] = OrderedDict()  # count, end

    def __len__(self) -> int:
        return len(self._windows)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong in the storage itself: nothing that it would name."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds to a count; opens a window of ``expiry`` seconds where there is none.  Gives the count."""
        count, end = self._open(key)
        if not count:
            self._windows.pop(key, None)  # the new window takes the newest place
            end = self._clock() + expiry
            self._make_room()
        self._windows[key] = (count + amount, end)
        return count + amount

    def get(self, key: str) -> int:
        """The count of the open window, 0 where there is none."""
        return self._open(key)[0]

    def get_expiry(self, key: str) -> float:
        """When the window ends, on the storage's clock; now where there is none."""
        return self._open(key)[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forgets every window; gives how many there were."""
        count = len(self._windows)
        self._windows.clear()
        return count

    def clear(self, key: str) -> None:
        """Forgets one window."""
        self._windows.pop(key, None)

    def _open(self, key: str) -> tuple[int, float]:
        """Count and end of the window that is open."""
        now = self._clock()
        count, end = self._windows.get(key, (0, now))
        return (count, end) if end > now else (0, now)

    def _make_room(self) -> None:
        now = self._clock()
        while self._windows:
            _, end = next(iter(self._windows.values()))
            if end > now and len(self._windows) < self._most:
                return
            self._windows.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that was reached: whose (``client``, ``total``), and the whole seconds until there is room again."""

    whose: str
    seconds: int


class Rates:
    """The limits of each client and of all together; empty notation is no limit.

    The total is counted apart from the clients: however many of those come and go, they cannot push it out.
    """

    def __init__(self, per_client: str, total: str, *, most: int = MOST, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._clients = FixedWindowRateLimiter(Windows(most=most, clock=clock))
        self._everybody = FixedWindowRateLimiter(Windows(clock=clock))
        clients = items_of(per_client, "ASSISTANT_RATE_PER_CLIENT")
        everybody = items_of(total, "ASSISTANT_RATE_TOTAL")
        self._narrow = (clients, everybody)
        self._wide = (widened(clients), widened(everybody))

    def exceeded(self, group: str, *, roomy: bool = False) -> Exceeded | None:
        """Counts a request of a client; the limit that it goes beyond.

        A request that its client's own limit refuses is not counted on the total, so one client alone uses up no more
        of it than its share.  ``roomy`` is for what costs little: it is counted apart, and may be asked more often.
        """
        clients, everybody = self._wide if roomy else self._narrow
        wait = self._beyond(self._clients, clients, group)
        if wait is not None:
            return Exceeded("client", wait)
        wait = self._beyond(self._everybody, everybody, "all")
        return None if wait is None else Exceeded("total", wait)

    def _beyond(self, limiter: FixedWindowRateLimiter, items: Sequence[RateLimitItem], group: str) -> int | None:
        """Counts on each limit up to the first that is reached; the seconds until that one has room again."""
        for item in items:
            if not limiter.hit(item, group):
                return max(1, math.ceil(limiter.storage.get_expiry(item.key_for(group)) - self._clock()))
        return None


def widened(items: Sequence[RateLimitItem]) -> tuple[RateLimitItem, ...]:
    """The same limits with more room, counted apart."""
    return tuple(type(item)(item.amount * ROOMY, item.multiples, namespace="roomy") for item in items)


def items_of(text: str, setting: str) -> Sequence[RateLimitItem]:
    """The limits of a notation such as ``60/minute; 1000/day``.  Raises SettingsError."""
    if not text.strip():
        return ()
    try:
        items = parse_many(text)
    except ValueError:
        items = []
    if not items or any(item.amount < 1 or item.multiples < 1 for item in items):
        raise SettingsError(
            f"{setting}: {text!r} is not a rate.",
            hint="Write it as 60/minute or 10/second; 1000/day, or leave it empty.",
        )
    return items
