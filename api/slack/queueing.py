"""What is to be done, and what the surface needs of whoever keeps it."""

from __future__ import annotations

from typing import Protocol

from assistant.conversations import Job


class Queue(Protocol):
    """Jobs that outlive the process.  Every method may be called from many threads and processes at once.

    Raises StoreUnavailable when the database cannot be used.
    """

    def put(self, job_id: str, lane: str, kind: str, body: str) -> bool:
        """Keep a job, to be done after those of its lane; False when one of this id was put before, done or not."""

    def take(self, owner: str, seconds: float) -> Job | None:
        """The oldest job that is due, its lane free, now ``owner``'s for so many seconds; None when there is none.

        A job whose time with another owner has run out is due again.
        """

    def renew(self, owner: str, seconds: float) -> frozenset[str]:
        """Every job that the owner has stays his for so many seconds from now; gives their ids."""

    def note(self, job_id: str, owner: str, progress: str) -> bool:
        """Keep how far a job is; False when it is no longer the owner's, and then it must do nothing more."""

    def later(self, job_id: str, owner: str, seconds: float) -> bool:
        """Give a job back; it is due in so many seconds.  False when it was no longer the owner's."""

    def finish(self, job_id: str, owner: str) -> bool:
        """The job is done, or given up: what it held is forgotten, its id stays known.  False when not the owner's."""

    def release(self, owner: str) -> int:
        """Everything that an owner has is due at once, as if its time had run out; gives how many."""

    def waiting(self) -> int:
        """How many jobs are not done."""
