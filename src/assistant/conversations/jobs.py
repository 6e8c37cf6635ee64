"""Jobs that outlive the process that took them on."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from . import job_rows
from .access import Access, Clock
from .hiding import storable
from .tables import LONGEST_ID

KNOWN_DAYS = 7  # the id of a job that is done stays known, so that it is not done again
AWAITED_DAYS = 1  # nobody waits for an answer any longer
BATCH = 200  # jobs that are dropped in one transaction, so that others can write in between
_DAY = 24 * 60 * 60

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is to be done once.

    ``id`` is that of what made it: delivered again it is the same job.  The jobs of a ``lane`` are done one after the
    other.  ``progress`` is how far an earlier owner came, empty at first; ``attempts`` counts the times it was taken,
    this one included; ``created`` is in seconds since 1970.
    """

    id: str
    lane: str
    kind: str
    body: str
    progress: str
    attempts: int
    created: int


class Jobs:
    """What is to be done, in the database of the conversations.

    Every method is one transaction, may be called from many threads and processes at once, and raises StoreUnavailable
    when the database cannot be used.  A job is its owner's until another takes it, given back or finished: an owner who
    is late by less than that loses nothing.  An id, lane or owner of more than 128 characters, or of some that no
    database takes, is kept and given as its hash; either form names it.  ``body`` and ``progress`` are kept as they
    are, not masked, until the job is finished.
    """

    def __init__(self, access: Access, now: Clock) -> None:
        self._access = access
        self._now = now

    def put(self, job_id: str, lane: str, kind: str, body: str) -> bool:
        """Keep a job, to be done after those of its lane; False when one of this id was put before, done or not."""
        values: dict[str, str | int] = {"id": _key(job_id), "lane": _key(lane), "kind": kind, "body": storable(body)}
        at = self._now()
        values |= {"progress": "", "attempts": 0, "due": _milliseconds(at), "created": int(at)}
        with self._access.writing() as file:
            return job_rows.put(file, values)

    def take(self, owner: str, seconds: float) -> Job | None:
        """The oldest job that is due, its lane free, now ``owner``'s for so many seconds; None when there is none.

        A job whose time with another owner has run out is due again.
        """
        with self._access.reading() as file:  # who finds nothing to do holds up nobody who writes
            if not job_rows.is_due(file, _milliseconds(self._now())):
                return None
        with self._access.writing() as file:
            at = self._now()
            row = job_rows.take(file, _key(owner), _milliseconds(at), _milliseconds(at + seconds))
        return Job(row.id, row.lane, row.kind, row.body, row.progress, row.attempts, row.created) if row else None

    def renew(self, owner: str, seconds: float) -> frozenset[str]:
        """Every job that the owner has stays his for so many seconds from now; gives their ids."""
        with self._access.writing() as file:
            own = job_rows.of_owner(file, _key(owner))
            due = _milliseconds(self._now() + seconds)
            job_rows.change_all(file, [row.number for row in own], due=due)
        return frozenset(row.id for row in own)

    def note(self, job_id: str, owner: str, progress: str) -> bool:
        """Keep how far a job is; False when it is no longer the owner's, and then it must do nothing more."""
        with self._access.writing() as file:
            return job_rows.change(file, _key(job_id), _key(owner), progress=storable(progress))

    def later(self, job_id: str, owner: str, seconds: float) -> bool:
        """Give a job back; it is due in so many seconds.  False when it was no longer the owner's."""
        with self._access.writing() as file:
            due = _milliseconds(self._now() + seconds)
            return job_rows.change(file, _key(job_id), _key(owner), owner=None, due=due)

    def finish(self, job_id: str, owner: str) -> bool:
        """The job is done, or given up: what it held is forgotten, its id stays known.  False when not the owner's."""
        with self._access.writing() as file:
            done = job_rows.finish(file, _key(job_id), _key(owner), int(self._now()))
        if done:
            self._access.owe()  # the next purge has the bytes leave the files: that costs too much for each job
        return done

    def release(self, owner: str) -> int:
        """Everything that an owner has is due at once, as if its time had run out; gives how many."""
        with self._access.writing() as file:
            own = job_rows.of_owner(file, _key(owner))
            job_rows.change_all(file, [row.number for row in own], owner=None, due=_milliseconds(self._now()))
        return len(own)

    def waiting(self) -> int:
        """How many jobs are not done."""
        with self._access.reading() as file:
            return job_rows.waiting(file)

    def purge(self, at: float) -> int:
        """Give up, as of a time in seconds since 1970, what nobody waits for any more; gives how many jobs.

        What was done is forgotten after ``KNOWN_DAYS``, its id included.
        """
        old, unawaited = int(at) - KNOWN_DAYS * _DAY, int(at) - AWAITED_DAYS * _DAY
        self._in_batches(lambda file: job_rows.drop(file, old, BATCH))
        given_up = self._in_batches(lambda file: job_rows.give_up(file, unawaited, int(at), BATCH))
        if given_up:
            log.warning("%d jobs were not done within %d day and are given up", given_up, AWAITED_DAYS)
            self._access.owe()
        return given_up

    def _in_batches(self, work: Callable[[Connection], int]) -> int:
        total, count = 0, BATCH
        while count == BATCH:
            with self._access.writing() as file:
                count = work(file)
            total += count
        return total


def _milliseconds(at: float) -> int:
    return round(at * 1000)


def _key(name: str) -> str:
    """A name as the database takes it.  Of a key it is the key itself."""
    if len(name) <= LONGEST_ID and storable(name) == name:
        return name
    return "sha256-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
