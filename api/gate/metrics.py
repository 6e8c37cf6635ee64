"""What the server counts, for Prometheus.  Each application has a registry of its own.

Labels have few values, all of them written in this program: routes as templates, statuses as classes, never anything
that a client sent.

With several worker processes (``PROMETHEUS_MULTIPROC_DIR`` names a folder of theirs before they start) whichever of
them is asked tells the sums of them all; what it is asked for at that moment (the index, its exchanges, calls of a
model) is its own, and the figures of the process (memory, files) are left out.  Without that folder each process tells
its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assistant.index import Index

from ..sharing import FOLDER
from .watching import CallsCollector, IndexCollector, JobsCollector, StandingCollector, State

OTHER = "other"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STATUSES = frozenset({"answered", "clarify", "abstained"})
REASONS = frozenset({"none", "not_in_corpus", "not_stated", "out_of_scope", "unverified"})
MODES = frozenset({"extractive", "llm"})


class Metrics:
    """The counters of one application.  Every method may be called from many threads at once."""

    def __init__(self) -> None:
        self.shared = FOLDER in os.environ
        self._own = CollectorRegistry()
        if not self.shared:
            ProcessCollector(registry=self._own)
        self._local: list[Collector] = []
        self._running: Callable[[], float] = nothing
        self._waiting: Callable[[], float] = nothing
        self._requests = self._counter("http_requests", "Requests", "method", "route", "status")
        self._seconds = self._histogram("http_request_seconds", "Time until a reply was whole", "route")
        self._first_byte = self._histogram("http_first_byte_seconds", "Time until a reply's first byte", "route")
        self._refused = self._counter("http_refused", "Requests refused at the gate", "reason")
        self._open = self._gauge("streams_open", "Streams of events that are open")
        self._streams = self._counter("streams", "Streams of events that have ended", "ended")
        self._answers = self._counter("answers", "Answers made", "status", "reason", "mode")
        self._chats = self._gauge("chats_running", "Answers that are being made")
        self._queue = self._gauge("chats_waiting", "Questions that wait for their turn")
        self._problems = self._counter("problems", "Requests that failed for the server's reasons", "code")

    def request(self, method: str, route: str, status: int, seconds: float, first_byte: float | None) -> None:
        """A request has ended; times are in seconds."""
        self._requests.labels(method, route, f"{status // 100}xx" if status else "none").inc()
        self._seconds.labels(route).observe(seconds)
        if first_byte is not None:
            self._first_byte.labels(route).observe(first_byte)
        self._look()

    def refused(self, reason: str) -> None:
        """A request was refused at the gate; ``reason`` is a name of this program's."""
        self._refused.labels(reason).inc()

    def stream_opened(self) -> None:
        """A stream of events has begun."""
        self._open.inc()

    def stream_ended(self, how: str) -> None:
        """It has ended: ``done``, ``gone`` (the client left), ``error`` or ``cut`` (the server stopped)."""
        self._open.dec()
        self._streams.labels(how).inc()

    def answered(self, status: str, reason: str | None, mode: str) -> None:
        """An answer was made; the arguments are the Answer's fields."""
        reason = reason or "none"
        self._answers.labels(known(status, STATUSES), known(reason, REASONS), known(mode, MODES)).inc()

    def problem(self, code: str) -> None:
        """A request failed, its stream perhaps begun; ``code`` is the error's, ``internal`` for a defect."""
        self._problems.labels(code).inc()

    def watch(self, running: Callable[[], float], waiting: Callable[[], float]) -> None:
        """Where to ask how many answers are being made and how many questions wait."""
        self._running, self._waiting = running, waiting

    def watch_index(self, current: Callable[[], Index]) -> None:
        """Where to ask for the index that answers come from now."""
        self._local.append(IndexCollector(current))

    def watch_standing(self, state: Callable[[], State]) -> None:
        """Where to ask how exchanges of the index went, and how many answers were given again."""
        self._local.append(StandingCollector(state))

    def watch_calls(self, outcomes: Callable[[], Mapping[str, int]]) -> None:
        """Where to ask how many calls of the language model ended how; the names are this program's."""
        self._local.append(CallsCollector(outcomes))

    def watch_jobs(self, waiting: Callable[[], int]) -> None:
        """Where to ask how many jobs are not done, of all processes that share a database."""
        self._local.append(JobsCollector(waiting))

    def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        self._look()
        registry = CollectorRegistry()
        if self.shared:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        else:
            registry.register(self._own)
        for collector in self._local:
            registry.register(collector)
        return generate_latest(registry)

    def _look(self) -> None:
        # Not asked for by the page alone: with several processes, another one's page shows what was set here last.
        self._chats.set(self._running())
        self._queue.set(self._waiting())

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"assistant_{name}", meaning, labels, registry=self._own)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"assistant_{name}", meaning, registry=self._own, multiprocess_mode="livesum")

    def _histogram(self, name: str, meaning: str, *labels: str) -> Histogram:
        return Histogram(f"assistant_{name}", meaning, labels, registry=self._own, buckets=SECONDS)


def known(value: str, values: frozenset[str]) -> str:
    """A label that is one of a few, whatever comes."""
    return value if value in values else OTHER


def nothing() -> float:
    """The count of what nobody counts."""
    return 0
