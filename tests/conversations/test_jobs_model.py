"""Whatever is done with jobs in whatever order, the queue is as a list of them would be."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Literal

import databases
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import delete

from assistant.conversations import Job, Store
from assistant.conversations.jobs import AWAITED_DAYS, KNOWN_DAYS
from assistant.conversations.tables import jobs

from .keeping import Clock

IDS = st.sampled_from(["a", "b", "c", "d", "e", "長い" * 100])
LANES = st.sampled_from(["one", "other"])
OWNERS = st.sampled_from(["me", "you"])
SECONDS = st.sampled_from([0.0, 0.5, 10.0, 60.0])
TEXTS = st.sampled_from(["", "some", "もっと"])
DAY = 24 * 60 * 60


@dataclass
class Kept:
    """A job as it should be."""

    id: str
    lane: str
    body: str
    created: float
    due: float
    progress: str = ""
    attempts: int = 0
    owner: str | None = None
    done: float | None = None


class Queues(RuleBasedStateMachine):
    """The queue and the list that it should be like."""

    kind: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.store = Store.open(_url(self.kind), now=self.clock)
        with self.store._writing() as file:
            file.execute(delete(jobs))
        self.queue = self.store.jobs
        self.kept: list[Kept] = []
        self.names: dict[str, str] = {}  # an id as it is given, where that is another

    def teardown(self) -> None:
        self.store.close()

    @property
    def undone(self) -> list[Kept]:
        return [one for one in self.kept if one.done is None]

    def owned(self, job_id: str, owner: str) -> Kept | None:
        return next((one for one in self.undone if (one.id, one.owner) == (job_id, owner)), None)

    @rule(job_id=IDS, lane=LANES, body=TEXTS)
    def put(self, job_id: str, lane: str, body: str) -> None:
        is_new = all(one.id != job_id for one in self.kept)
        assert self.queue.put(job_id, lane, "ask", body) == is_new
        if is_new:
            self.kept.append(Kept(job_id, lane, body, self.clock(), self.clock()))

    @rule(owner=OWNERS, seconds=SECONDS)
    def take(self, owner: str, seconds: float) -> None:
        firsts = {one.lane: one for one in reversed(self.undone)}
        due = [one for one in self.undone if firsts[one.lane] is one and one.due <= self.clock()]
        job = self.queue.take(owner, seconds)
        if not due:
            assert job is None
            return
        one = due[0]
        one.owner, one.due, one.attempts = owner, self.clock() + seconds, one.attempts + 1
        assert job is not None
        named = self.names.setdefault(one.id, job.id if len(one.id) > 128 else one.id)
        assert job == Job(named, one.lane, "ask", one.body, one.progress, one.attempts, int(one.created))

    @rule(owner=OWNERS, seconds=SECONDS)
    def renew(self, owner: str, seconds: float) -> None:
        own = [one for one in self.undone if one.owner == owner]
        assert self.queue.renew(owner, seconds) == {self.names[one.id] for one in own}
        for one in own:
            one.due = self.clock() + seconds

    @rule(job_id=IDS, owner=OWNERS, progress=TEXTS)
    def note(self, job_id: str, owner: str, progress: str) -> None:
        one = self.owned(job_id, owner)
        assert self.queue.note(job_id, owner, progress) == (one is not None)
        if one:
            one.progress = progress

    @rule(job_id=IDS, owner=OWNERS, seconds=SECONDS)
    def later(self, job_id: str, owner: str, seconds: float) -> None:
        one = self.owned(job_id, owner)
        assert self.queue.later(job_id, owner, seconds) == (one is not None)
        if one:
            one.owner, one.due = None, self.clock() + seconds

    @rule(job_id=IDS, owner=OWNERS)
    def finish(self, job_id: str, owner: str) -> None:
        one = self.owned(job_id, owner)
        assert self.queue.finish(job_id, owner) == (one is not None)
        if one:
            one.done = self.clock()

    @rule(owner=OWNERS)
    def release(self, owner: str) -> None:
        own = [one for one in self.undone if one.owner == owner]
        assert self.queue.release(owner) == len(own)
        for one in own:
            one.owner, one.due = None, self.clock()

    @rule(seconds=st.sampled_from([0.5, 10.0, DAY, DAY * KNOWN_DAYS]))
    def wait(self, seconds: float) -> None:
        self.clock.forward(dt.timedelta(seconds=seconds))

    @rule()
    def purge(self) -> None:
        now = int(self.clock())
        self.store.purge()
        self.kept = [one for one in self.kept if one.done is None or int(one.done) >= now - KNOWN_DAYS * DAY]
        for one in self.undone:
            if int(one.created) < now - AWAITED_DAYS * DAY:
                one.done = now

    @invariant()
    def as_many_wait(self) -> None:
        assert self.queue.waiting() == len(self.undone)


class QueuesOfPostgres(Queues):
    """The same, on the other database."""

    kind = "postgresql"


@functools.cache
def _url(kind: str) -> str:
    return "sqlite://" if kind == "sqlite" else databases.server().database()


TestQueues = Queues.TestCase
TestQueues.settings = settings(max_examples=40, stateful_step_count=40)
TestQueuesOfPostgres = QueuesOfPostgres.TestCase
TestQueuesOfPostgres.settings = settings(max_examples=25, stateful_step_count=40)
