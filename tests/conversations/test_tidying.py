"""The thread that drops what was kept long enough."""

from __future__ import annotations

import datetime as dt
import threading

from hosting import wait_for

from assistant.conversations import StoreUnavailable, keep_tidy

from .keeping import QUESTION, opened, talk

OFTEN = dt.timedelta(milliseconds=5)
SELDOM = dt.timedelta(hours=1)


class Fails:
    """A store that cannot be reached the first times."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.purges = 0

    def purge(self) -> int:
        if self.left:
            self.left -= 1
            raise StoreUnavailable("away")
        self.purges += 1
        return 1


def tidying() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "tidy"]


def test_it_purges_at_once_and_ends_with_the_block() -> None:
    at = 1_800_000_000.0
    with opened("sqlite://", retention=dt.timedelta(days=1), now=lambda: at) as store:
        talk(store, "old", QUESTION)
        at += 100_000
        talk(store, "new", QUESTION)
        with keep_tidy(store, every=SELDOM):
            assert len(tidying()) == 1
            wait_for(lambda: store.said("old") is None)
        assert not tidying()
        assert store.said("new")


def test_it_goes_on_after_an_error_and_comes_again() -> None:
    store = Fails(3)
    with keep_tidy(store, every=OFTEN):  # type: ignore[arg-type]
        wait_for(lambda: store.purges >= 3)
    assert not tidying()
