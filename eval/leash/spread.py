"""Replies told in several processes, each with a world of its own; what comes out does not depend on how many."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from .world import World, world

BATCH = 20  # replies that a process tells at a time
EMPTY = 50  # batches in a row without one: no question suits any more
T = TypeVar("T")
_HERE: list[World] = []
_KEPT = ExitStack()


def spread(
    index: Path, cases: Path | None, teller: Callable[[World, int, int], T | None], seed: int, processes: int
) -> Generator[T, None, None]:
    """What a teller (a function of a module) makes of the numbers from 0 on, in their order; close it to end it."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _opened, (index, cases)) as pool:
        batches = (range(start, start + BATCH) for start in itertools.count(0, BATCH))
        waiting: list[Future[list[T]]] = []
        for _ in range(processes * 2):
            waiting.append(pool.submit(_batch, teller, next(batches), seed))
        empty = 0
        try:
            while empty < EMPTY:
                done = waiting.pop(0).result()
                waiting.append(pool.submit(_batch, teller, next(batches), seed))
                empty = 0 if done else empty + 1
                yield from done
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _opened(index: Path, cases: Path | None) -> None:
    _HERE.append(_KEPT.enter_context(world(index, cases)))


def _batch(teller: Callable[[World, int, int], T | None], numbers: range, seed: int) -> list[T]:
    made = (teller(_HERE[0], number, seed) for number in numbers)
    return [one for one in made if one is not None]
