"""Stages that a tracer sees: LangSmith and OpenTelemetry by environment alone, or a caller's own callbacks.

A stage that runs as a ``Runnable`` is a run of the trace, nested in what called it; a language model that is called in
it is nested in turn.  Without a tracer nothing is recorded and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from langchain_core.runnables import RunnableConfig, RunnableLambda

Given = TypeVar("Given")
Told = TypeVar("Told")


def traced(name: str, function: Callable[[Given], Told]) -> Callable[[Given], Told]:
    """A function whose calls are runs of that name, for a stage that is called outside a chain."""
    stage = RunnableLambda(function, name=name)

    def called(given: Given) -> Told:
        return stage.invoke(given)

    return called


def telling(
    name: str, events: Callable[[Given], Iterator[Told]]
) -> Callable[[Given, RunnableConfig | None], Iterator[Told]]:
    """A generator function whose whole course is one run of that name; what it calls meanwhile is nested in it.

    Its output in the trace is the last thing it told.  Closing the iterator closes the generator, and the run ends.
    """

    def one(given: Given) -> Iterator[Told]:  # a generator function by its form, whatever ``events`` is
        yield from events(given)

    stage = RunnableLambda(one, name=name)

    def told(given: Given, config: RunnableConfig | None = None) -> Iterator[Told]:
        return stage.stream(given, config)

    return told
