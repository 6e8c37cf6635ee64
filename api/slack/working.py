"""Hands for the queue: threads that take jobs, keep them while they work, and give back what cannot be done now.

A job is one owner's for some seconds and is kept by a heartbeat.  Whoever works on it says so before every step that
others see (:meth:`Held.note`), and does nothing more once the job is another's: killed at any moment, a job is taken up
by the next owner where its notes end.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from assistant.conversations import Job, StoreUnavailable

from .calling import TIMEOUT, TOKEN_REFUSED, SlackBusy, SlackRefused
from .progress import is_unsure
from .queueing import Queue

MOST = 64  # jobs at once: many wait for Slack, and as many for a language model as it takes calls at once
LEASE = 12.0  # seconds that a job stays with a process that is heard of no more; longer than a call of Slack takes
POLL = 0.5  # seconds between looks for what other processes were told
GRACE = 4.0  # seconds that what runs has when the process is to end
AFTER = 1.0  # seconds in which what is still running then sees that it is over
TRIES = 3
PAUSES = (2.0, 10.0)  # seconds before the second try, and before the third
UNSURE = TIMEOUT + 2.0  # seconds until a post that was on its way is surely there, or not
REFUSED = 60.0  # seconds until a token that was refused is tried again
AWAY = 2.0  # seconds until a database that was away is tried again
LONGEST_PAUSE = 60.0
TAKES = 100  # times that a job is taken: one that ends its process each time must not do so for ever
TOO_OLD = 86_400  # seconds after which nobody waits for an answer any more

log = logging.getLogger(__name__)


class Lost(Exception):
    """The job is another's now: nothing more may be done for it."""


class Held:
    """A job while it is ours.  May be used from several threads."""

    def __init__(self, queue: Queue, taken: Job, owner: str) -> None:
        tries, _, progress = taken.progress.partition(" ")
        self.tries = int(tries) if tries.isdigit() else 0
        self.job = replace(taken, progress=progress)
        self.gone = threading.Event()  # set once the job is lost, or is to be left
        self._queue = queue
        self._owner = owner
        self._progress = progress

    @property
    def is_lost(self) -> bool:
        """Whether it is known to be no longer ours."""
        return self.gone.is_set()

    @property
    def is_unsure(self) -> bool:
        """Whether something was about to be posted of which nobody knows yet whether it was."""
        return is_unsure(self._progress)

    @property
    def is_last(self) -> bool:
        """Whether it is not tried again when it fails now."""
        return self.tries + 1 >= TRIES

    def note(self, progress: str) -> None:
        """Keep how far it is.  Raises Lost when it is no longer ours, StoreUnavailable when nobody can tell."""
        self._progress = progress
        self._write()

    def failed(self) -> None:
        """Count a try that failed.  Raises as :meth:`note`."""
        self.tries += 1
        self._write()

    def _write(self) -> None:
        if self.gone.is_set() or not self._queue.note(self.job.id, self._owner, f"{self.tries} {self._progress}"):
            self.gone.set()
            raise Lost


class Hands:
    """At most ``most`` jobs of a queue at once, each done by ``do`` in a thread of its own; works inside ``with``.

    ``do`` may be called again for a job that an earlier owner began, and for one that failed.  What it raises: Lost
    leaves the job, SlackBusy gives it back for that long, StoreUnavailable for a moment; anything else is a failure,
    and after ``TRIES`` of them the job is given up.
    """

    def __init__(
        self, queue: Queue, do: Callable[[Job, Held], None], *, most: int = MOST, lease: float = LEASE
    ) -> None:
        self.owner = secrets.token_hex(12)  # a new one for every start: what an earlier one had is not ours
        self._queue = queue
        self._do = do
        self._most = most
        self._lease = lease
        self._lock = threading.Lock()
        self._held: dict[str, tuple[Held, threading.Thread]] = {}
        self._woken = threading.Event()
        self._ends = threading.Event()  # no job is taken any more
        self._over = threading.Event()  # none is kept any more
        self._threads = [
            threading.Thread(target=task, name=f"slack-{task.__name__.strip('_')}", daemon=True)
            for task in (self._take_on, self._keep)
        ]

    def wake(self) -> None:
        """There is a new job: look at once."""
        self._woken.set()

    @property
    def running(self) -> int:
        """How many jobs are being done."""
        with self._lock:
            return len(self._held)

    def __enter__(self) -> Hands:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self, grace: float = GRACE) -> None:
        """Take no more, wait for what runs, leave the rest to others; a second time it does nothing."""
        if self._over.is_set():
            return
        self._ends.set()
        self._woken.set()
        self._threads[0].join(grace)
        self._wait(grace)
        for held, _ in self._now_held():
            held.gone.set()
        self._wait(AFTER)
        self._over.set()
        with contextlib.suppress(StoreUnavailable):
            for held, _ in self._now_held():
                if held.is_unsure:  # its post may still be on its way: whoever looks for it at once would not find it
                    self._give_back(held, UNSURE)
            self._queue.release(self.owner)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        for _, thread in self._now_held():
            thread.join(max(0.0, until - time.monotonic()))

    def _now_held(self) -> list[tuple[Held, threading.Thread]]:
        with self._lock:
            return list(self._held.values())

    def _take_on(self) -> None:
        """The thread that takes jobs."""
        while not self._ends.is_set():
            self._woken.clear()
            if self.running >= self._most or not self._took():
                self._woken.wait(POLL)

    def _took(self) -> bool:
        """Whether there was a job to be taken."""
        try:
            job = self._queue.take(self.owner, self._lease)
        except StoreUnavailable:
            log.warning("the database of what is to be done is away")
            self._ends.wait(AWAY)
            return False
        except Exception as error:
            log.error("no job can be taken", exc_info=error)
            self._ends.wait(AWAY)
            return False
        if job is None:
            return False
        with self._lock:
            earlier = self._held.get(job.id)
        if earlier is not None:  # our heart was late, and nobody else was there: it goes on as it was
            self._retake(earlier[0])
            return True
        held = Held(self._queue, job, self.owner)
        thread = threading.Thread(target=self._work, args=(held,), name=f"slack-{job.kind}", daemon=True)
        with self._lock:
            self._held[job.id] = held, thread
        try:
            thread.start()
        except RuntimeError:  # the machine gives no more threads
            self._drop(held)
            self._give_back(held, AWAY)
            return False
        return True

    def _retake(self, held: Held) -> None:
        """A job that a thread of ours has not left is not done by a second one."""
        if held.gone.is_set():
            with contextlib.suppress(StoreUnavailable):
                self._give_back(held, AWAY)

    def _keep(self) -> None:
        """The thread that keeps what is held, and sees what is not any more."""
        strays: frozenset[str] = frozenset()
        while not self._over.wait(self._lease / 3):
            before = self._now_held()
            if not before:
                strays = frozenset()
                continue
            try:
                ours = self._queue.renew(self.owner, self._lease)
                strays = self._left(ours, strays)
            except Exception:  # a database that is away: whether a job is still ours is asked before each step
                log.warning("jobs could not be kept: the database is away")
                continue
            for held, _ in before:
                if held.job.id not in ours:
                    held.gone.set()

    def _left(self, ours: frozenset[str], before: frozenset[str]) -> frozenset[str]:
        """What is ours and nobody works on: it could not be closed.  Seen twice, it is given back, to be taken anew."""
        with self._lock:
            strays = ours - self._held.keys()
        for job_id in strays & before:
            self._queue.later(job_id, self.owner, 0.0)
        return strays - before

    def _work(self, held: Held) -> None:
        try:
            self._done(held)
        except Exception as error:  # the queue itself: the job's time runs out, and it is taken again
            log.warning("a job of the kind %s could not be closed", held.job.kind, exc_info=error)
        finally:
            self._drop(held)
            self._woken.set()

    def _drop(self, held: Held) -> None:
        with self._lock:
            self._held.pop(held.job.id, None)

    def _done(self, held: Held) -> None:
        job = held.job
        if time.time() - job.created > TOO_OLD or job.attempts > TAKES:
            log.warning("a job of the kind %s is too old, or was begun too often, and is given up", job.kind)
        else:
            try:
                self._do(job, held)
            except Lost:
                return
            except SlackBusy as busy:
                pause = pause_of(busy, job.attempts)
                self._give_back(held, max(pause, UNSURE) if busy.is_late and held.is_unsure else pause)
                return
            except StoreUnavailable:
                self._give_back(held, AWAY)
                return
            except Exception as error:
                if isinstance(error, SlackRefused) and error.error in TOKEN_REFUSED:
                    log.error("Slack refuses the bot's token: assistant slack --check")
                    self._give_back(held, REFUSED)  # somebody will set another
                    return
                log.error("a job of the kind %s failed", job.kind, exc_info=error)
                if not held.is_last:
                    self._try_again(held)
                    return
        self._queue.finish(job.id, self.owner)

    def _try_again(self, held: Held) -> None:
        with contextlib.suppress(Lost):
            held.failed()
            self._give_back(held, PAUSES[min(held.tries, len(PAUSES)) - 1])

    def _give_back(self, held: Held, seconds: float) -> None:
        self._queue.later(held.job.id, self.owner, seconds)


def pause_of(busy: SlackBusy, attempts: int) -> float:
    """How long a job waits for Slack: as long as it says, else longer each time."""
    return min(LONGEST_PAUSE, 1.5**attempts) if busy.retry_after is None else busy.retry_after
