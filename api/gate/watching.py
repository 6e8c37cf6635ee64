"""Figures that are not counted here but asked for when somebody wants to see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assistant.errors import AssistantError
from assistant.index import Index

COUNTED = {"documents": "Documents", "programs": "Programs", "passages": "Passages", "facts": "Facts"}


class State(Protocol):
    """How the exchange of indexes goes, and the answers of the one that stands."""

    @property
    def swaps(self) -> int:
        """Newer indexes that were taken."""

    @property
    def failed(self) -> int:
        """Newer indexes that could not be."""

    @property
    def answers_found(self) -> int:
        """Answers that were given again."""

    @property
    def answers_made(self) -> int:
        """Answers that were worked out."""


class Asked(Collector):
    """A collector whose figures are not known ahead of time."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: names are this program's own and do not clash."""
        return ()


class IndexCollector(Asked):
    """The build that answers come from, when it was made and what it holds."""

    def __init__(self, current: Callable[[], Index]) -> None:
        self._current = current

    def collect(self) -> Iterator[Metric]:
        """One gauge a count; nothing while there is no index."""
        try:
            index = self._current()
        except AssistantError:
            return
        build = GaugeMetricFamily("assistant_index_info", "The build that answers come from", labels=["build"])
        build.add_metric([index.path.name], 1)
        yield build
        made = datetime.fromisoformat(index.manifest.created).timestamp()
        yield GaugeMetricFamily("assistant_index_built_timestamp_seconds", "When it was made", value=made)
        for name, meaning in COUNTED.items():
            if name in index.manifest.counts:
                count = index.manifest.counts[name]
                yield GaugeMetricFamily(f"assistant_index_{name}", f"{meaning} in it", value=count)


class StandingCollector(Asked):
    """Exchanges of the index, and answers that were given again."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Two counters."""
        state = self._state()
        swaps = {"taken": state.swaps, "failed": state.failed}
        yield counter("index_swaps", "Newer indexes that were taken, or could not be", "outcome", swaps)
        answers = {"again": state.answers_found, "made": state.answers_made}
        yield counter("index_answers", "Answers of this build, given again or worked out", "how", answers)


class CallsCollector(Asked):
    """Calls of the language model."""

    def __init__(self, outcomes: Callable[[], Mapping[str, int]]) -> None:
        self._outcomes = outcomes

    def collect(self) -> Iterator[Metric]:
        """One counter."""
        yield counter("model_calls", "Calls of the language model", "outcome", dict(self._outcomes()))


class JobsCollector(Asked):
    """Jobs that are not done."""

    def __init__(self, waiting: Callable[[], int]) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        """One gauge; nothing while the database is away."""
        try:
            waiting = self._waiting()
        except AssistantError:
            return
        yield GaugeMetricFamily("assistant_jobs_waiting", "Jobs that are kept and not done", value=waiting)


def counter(name: str, meaning: str, label: str, counts: Mapping[str, int]) -> CounterMetricFamily:
    """A counter with one label."""
    family = CounterMetricFamily(f"assistant_{name}", meaning, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family
