"""A queue in memory that can be away, whose clock a test moves."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from assistant.conversations import Job, StoreUnavailable


@dataclass
class Row:
    """A job with whose it is and until when."""

    job: Job
    due: float = 0.0
    owner: str = ""
    is_done: bool = False


class Remembered:
    """As :class:`api.slack.queueing.Queue` says; ``away`` makes every method fail as a lost database does."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.away = False
        self.ahead = 0.0  # seconds by which the clock was moved
        self.renewed = 0
        self._lock = threading.Lock()

    def put(self, job_id: str, lane: str, kind: str, body: str) -> bool:
        """Keep a job."""
        with self._entered():
            if job_id in self.rows:
                return False
            self.rows[job_id] = Row(Job(job_id, lane, kind, body, "", 0, int(time.time())))
            return True

    def take(self, owner: str, seconds: float) -> Job | None:
        """The oldest job that is due."""
        with self._entered():
            lanes: set[str] = set()
            for row in self.rows.values():
                if row.is_done:
                    continue
                if row.job.lane not in lanes and row.due <= self._now():
                    row.job = replace(row.job, attempts=row.job.attempts + 1)
                    row.owner, row.due = owner, self._now() + seconds
                    return row.job
                lanes.add(row.job.lane)
            return None

    def renew(self, owner: str, seconds: float) -> frozenset[str]:
        """Every job of an owner is his for longer."""
        with self._entered():
            self.renewed += 1
            own = [row for row in self.rows.values() if row.owner == owner and not row.is_done]
            for row in own:
                row.due = self._now() + seconds
            return frozenset(row.job.id for row in own)

    def note(self, job_id: str, owner: str, progress: str) -> bool:
        """Keep how far a job is."""
        with self._entered():
            row = self._of(job_id, owner)
            if row is not None:
                row.job = replace(row.job, progress=progress)
            return row is not None

    def later(self, job_id: str, owner: str, seconds: float) -> bool:
        """Give a job back."""
        with self._entered():
            row = self._of(job_id, owner)
            if row is not None:
                row.owner, row.due = "", self._now() + seconds
            return row is not None

    def finish(self, job_id: str, owner: str) -> bool:
        """The job is done."""
        with self._entered():
            row = self._of(job_id, owner)
            if row is not None:
                row.is_done = True
            return row is not None

    def release(self, owner: str) -> int:
        """Everything of an owner is due."""
        with self._entered():
            own = [row for row in self.rows.values() if row.owner == owner and not row.is_done]
            for row in own:
                row.owner, row.due = "", 0.0
            return len(own)

    def waiting(self) -> int:
        """How many are not done."""
        with self._entered():
            return sum(not row.is_done for row in self.rows.values())

    def lose(self, job_id: str) -> None:
        """Somebody else has the job from now on."""
        self.rows[job_id].owner = "another"
        self.rows[job_id].due = self._now() + 3600

    def _of(self, job_id: str, owner: str) -> Row | None:
        row = self.rows.get(job_id)
        return row if row is not None and row.owner == owner and not row.is_done else None

    def _now(self) -> float:
        return time.monotonic() + self.ahead

    def _entered(self) -> threading.Lock:
        if self.away:
            raise StoreUnavailable("The database is away.")
        return self._lock
