"""The statements of the jobs, each on a connection that its caller has begun a transaction on.

``now`` and ``due`` are in milliseconds since 1970, ``created``, ``done`` and ``before`` in seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .tables import jobs

_UNDONE = jobs.c.done.is_(None)
#: What a job that is done still tells; the rest of it is forgotten.
_FORGOTTEN: dict[str, Any] = {"lane": "", "body": "", "progress": "", "owner": None}


def put(file: Connection, values: dict[str, str | int]) -> bool:
    """Keep a job; False when there is one of this id."""
    added: sqlite.Insert | postgresql.Insert
    if file.dialect.name == "sqlite":
        added = sqlite.insert(jobs).values(**values).on_conflict_do_nothing()
    else:
        _in_turn(file, str(values["lane"]))
        added = postgresql.insert(jobs).values(**values).on_conflict_do_nothing()
    return file.execute(added.returning(jobs.c.number)).first() is not None


def is_due(file: Connection, now: int) -> bool:
    """Whether there is a job to be taken."""
    return file.execute(_due(select(jobs.c.number), now)).first() is not None


def take(file: Connection, owner: str, now: int, due: int) -> Row[Any] | None:
    """The oldest job that may be taken, as it stands after it was.

    A job that somebody else is taking at the moment is passed over, and its lane with it.  Of a job that somebody else
    has just taken PostgreSQL looks at the new ``due``; that its lane is free stays true, as no job comes before one
    that was put.
    """
    number = file.execute(_due(select(jobs.c.number), now).with_for_update(skip_locked=True)).scalar()
    if number is None:
        return None
    taken = update(jobs).where(jobs.c.number == number)
    return file.execute(
        taken.values(owner=owner, due=due, attempts=jobs.c.attempts + 1).returning(
            jobs.c.id, jobs.c.lane, jobs.c.kind, jobs.c.body, jobs.c.progress, jobs.c.attempts, jobs.c.created
        )
    ).one()


def of_owner(file: Connection, owner: str) -> Sequence[Row[int, str]]:
    """The number and id of each job that somebody has.  Oldest first: who locks several locks them in one order."""
    own = select(jobs.c.number, jobs.c.id).where(_UNDONE, jobs.c.owner == owner)
    return file.execute(own.order_by(jobs.c.number).with_for_update()).all()


def change_all(file: Connection, numbers: Sequence[int], **values: Any) -> None:
    """Change jobs that are locked."""
    file.execute(update(jobs).where(jobs.c.number.in_(numbers)).values(**values))


def change(file: Connection, job_id: str, holder: str, **values: Any) -> bool:
    """Change a job; False when it is not the holder's."""
    own = update(jobs).where(jobs.c.id == job_id, jobs.c.owner == holder, _UNDONE)
    return file.execute(own.values(**values)).rowcount > 0


def finish(file: Connection, job_id: str, owner: str, at: int) -> bool:
    """A job is done; False when it is not the owner's."""
    return change(file, job_id, owner, done=at, **_FORGOTTEN)


def waiting(file: Connection) -> int:
    """How many are not done."""
    return file.execute(select(func.count()).select_from(jobs).where(_UNDONE)).scalar_one()


def give_up(file: Connection, before: int, at: int, most: int) -> int:
    """Jobs that were put before a time and are not done are done now; gives how many."""
    numbers = _some(file, select(jobs.c.number).where(_UNDONE, jobs.c.created < before), most)
    if numbers:
        change_all(file, numbers, done=at, **_FORGOTTEN)
    return len(numbers)


def drop(file: Connection, before: int, most: int) -> int:
    """Forget the ids of jobs that were done before a time; gives how many."""
    numbers = _some(file, select(jobs.c.number).where(jobs.c.done < before), most)
    if numbers:
        file.execute(delete(jobs).where(jobs.c.number.in_(numbers)))
    return len(numbers)


def _due(columns: Select[Any], now: int) -> Select[Any]:
    # The first of the lane, and not "none before it": that PostgreSQL reads as a join, of every job with every other.
    lane = jobs.alias("lane")
    first = select(func.min(lane.c.number)).where(lane.c.lane == jobs.c.lane, lane.c.done.is_(None)).scalar_subquery()
    return columns.where(_UNDONE, jobs.c.due <= now, jobs.c.number == first).order_by(jobs.c.number).limit(1)


def _some(file: Connection, which: Select[Any], most: int) -> Sequence[int]:
    """Those that nobody changes at the moment, locked."""
    return file.execute(which.order_by(jobs.c.number).limit(most).with_for_update(skip_locked=True)).scalars().all()


def _in_turn(file: Connection, lane: str) -> None:
    """In a lane the numbers are given out in the order in which they can be seen, which PostgreSQL does not promise.

    A job that came to be seen behind a later one, already taken, would be taken beside it.
    """
    number = int.from_bytes(hashlib.sha256(lane.encode()).digest()[:8], signed=True)
    file.execute(select(func.pg_advisory_xact_lock(number)))
