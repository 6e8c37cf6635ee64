"""A thread that drops what was kept long enough, for as long as a server runs."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .faults import StoreUnavailable
from .store import Store

EVERY = dt.timedelta(minutes=10)  # what an erasure could not finish waits no longer either
ENDING = 10.0  # seconds for a purge under way

log = logging.getLogger(__name__)


@contextmanager
def keep_tidy(store: Store, every: dt.timedelta = EVERY) -> Iterator[None]:
    """Purge at once and then ``every`` so often, until the block ends."""
    ended = threading.Event()
    thread = threading.Thread(target=_tidy, args=(store, every, ended), name="tidy", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(ENDING)


def _tidy(store: Store, every: dt.timedelta, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            dropped = store.purge()
        except StoreUnavailable:
            dropped = 0  # the store has said why in the log; the next time will do
        if dropped:
            log.info("%d conversations were kept long enough and are gone", dropped)
        ended.wait(every.total_seconds())
