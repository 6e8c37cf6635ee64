"""A model that keeps failing is left alone for a while (a circuit breaker, after M. Nygard, "Release It!", 2007)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from .faults import fault

FAULTS = 5  # in a row
REST = 30.0  # seconds that it is left alone at first; each failed probe doubles them
LONGEST = 300.0
#: Outcomes that tell nothing of the server: the asker left, or no request was made.
SILENT = frozenset({"left", "budget", "crowded", "allowance"})
#: Outcomes by which the server answered, whatever it said.
ANSWERED = frozenset({"whole", "misused"})
#: Faults that only another setting mends.
WRONG_SETTINGS = frozenset({"unauthorized", "forbidden", "unknown_model"})


class Breaker:
    """Lets calls through while the model works, none while it rests, and one alone to see whether it works again.

    Safe for threads.  ``clock`` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._round = 0  # a call that began before the last change tells nothing of now
        self._row = 0
        self._rest = REST
        self._until: float | None = None  # None: closed
        self._probing = False

    def enter(self) -> int:
        """Leave for one call: hand the number to :meth:`told` with its outcome.  Raises ModelFault("open")."""
        with self._lock:
            if self._until is not None:
                if self._probing or self._clock() < self._until:
                    raise fault("open")
                self._probing = True
            return self._round

    def told(self, entered: int, outcome: str) -> None:
        """How a call went: ``whole``, ``left`` (nobody waits for it any more) or a fault's sort."""
        with self._lock:
            if entered != self._round:
                return
            if outcome in SILENT:
                self._probing = False
            elif outcome in ANSWERED:
                self._close()
            else:
                self._failed(outcome)

    def _close(self) -> None:
        if self._until is not None:
            self._round += 1
        self._row, self._rest, self._until, self._probing = 0, REST, None, False

    def _failed(self, sort: str) -> None:
        self._row += 1
        if self._until is not None:
            self._rest = min(2 * self._rest, LONGEST)
        elif self._row < FAULTS and sort not in WRONG_SETTINGS:
            return
        self._round += 1
        self._until, self._probing = self._clock() + self._rest, False
