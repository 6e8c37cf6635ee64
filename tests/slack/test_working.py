"""Hands: jobs are taken at once, kept, given back, tried again, and left when the process ends."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from api.slack import working
from api.slack.calling import SlackBusy, SlackRefused
from api.slack.progress import is_unsure
from api.slack.working import Hands, Held, Lost, pause_of
from assistant.conversations import Job, Store, StoreUnavailable

from .queue import Remembered


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    monkeypatch.setattr(working, "POLL", 0.02)
    monkeypatch.setattr(working, "PAUSES", (0.02, 0.03))
    monkeypatch.setattr(working, "AWAY", 0.05)
    monkeypatch.setattr(working, "AFTER", 0.2)


@pytest.fixture
def queue() -> Remembered:
    """An empty queue."""
    return Remembered()


def until(true: Callable[[], object], timeout: float = 5.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + timeout
    while not true():
        assert time.monotonic() < end, "not so in time"
        time.sleep(0.005)


def fill(queue: Remembered, many: int, lane: str = "") -> None:
    """Put so many jobs, each in a lane of its own or all in one."""
    for number in range(many):
        queue.put(f"j{number}", lane or f"l{number}", "ask", "{}")


def test_every_job_is_done_once_and_at_most_so_many_at_a_time(queue: Remembered) -> None:
    done: Counter[str] = Counter()
    most, now, lock = [0], [0], threading.Lock()

    def do(job: Job, held: Held) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
            done[job.id] += 1

    fill(queue, 40)
    with Hands(queue, do, most=4):
        until(lambda: not queue.waiting())
    assert set(done.values()) == {1}
    assert len(done) == 40
    assert most[0] == 4


def test_jobs_of_a_lane_are_done_one_after_the_other(queue: Remembered) -> None:
    order: list[str] = []
    fill(queue, 5, lane="thread")

    def do(job: Job, held: Held) -> None:
        order.append(job.id)
        time.sleep(0.01)
        order.append(job.id)

    with Hands(queue, do):
        until(lambda: not queue.waiting())
    assert order == [one for number in range(5) for one in (f"j{number}",) * 2]


def test_a_new_job_is_begun_at_once_when_it_is_told(queue: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "POLL", 30.0)
    begun = threading.Event()
    with Hands(queue, lambda job, held: begun.set()) as hands:
        time.sleep(0.05)
        fill(queue, 1)
        hands.wake()
        assert begun.wait(1)
        until(lambda: not hands.running)


def test_jobs_of_other_processes_are_seen_by_looking(queue: Remembered) -> None:
    with Hands(queue, lambda job, held: None):
        time.sleep(0.05)
        fill(queue, 1)
        until(lambda: not queue.waiting())


def test_what_fails_is_tried_three_times_with_what_it_had_noted(
    queue: Remembered, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[tuple[str, int, bool]] = []

    def do(job: Job, held: Held) -> None:
        seen.append((job.progress, held.tries, held.is_last))
        held.note(f"step {len(seen)}")
        raise ValueError("ここに質問の文")

    fill(queue, 1)
    with caplog.at_level(logging.ERROR), Hands(queue, do):
        until(lambda: not queue.waiting())
    assert seen == [("", 0, False), ("step 1", 1, False), ("step 2", 2, True)]
    assert "質問の文" not in "".join(record.getMessage() for record in caplog.records)


def test_slack_being_busy_is_no_failure_and_waits_as_long_as_it_says(queue: Remembered) -> None:
    at: list[float] = []

    def do(job: Job, held: Held) -> None:
        at.append(time.monotonic())
        assert held.tries == 0
        if len(at) < 6:
            raise SlackBusy(0.06, is_undone=True)

    fill(queue, 1)
    with Hands(queue, do):
        until(lambda: not queue.waiting())
    assert len(at) == 6
    assert all(after - before >= 0.06 for before, after in itertools.pairwise(at))


def test_without_a_word_of_slack_pauses_grow() -> None:
    pauses = [pause_of(SlackBusy(), attempts) for attempts in (1, 2, 5, 50)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == working.LONGEST_PAUSE
    assert pause_of(SlackBusy(7.5), 9) == 7.5


def test_a_lost_job_is_seen_by_its_note_and_by_the_heartbeat(queue: Remembered) -> None:
    begun, noted = threading.Event(), []

    def do(job: Job, held: Held) -> None:
        held.note("a")
        begun.set()
        assert held.gone.wait(5)
        assert held.is_lost
        with pytest.raises(Lost):
            held.note("b")
        noted.append(job.id)
        raise Lost

    fill(queue, 1)
    with Hands(queue, do, lease=0.09):
        assert begun.wait(5)
        queue.lose("j0")
        until(lambda: noted)
    assert queue.rows["j0"].job.progress == "0 a"
    assert (queue.rows["j0"].owner, queue.rows["j0"].is_done) == ("another", False)


def test_a_long_job_is_kept_by_the_heartbeat(queue: Remembered) -> None:
    done = []

    def do(job: Job, held: Held) -> None:
        time.sleep(0.4)
        held.note("still mine")
        done.append(job.id)

    fill(queue, 1)
    with Hands(queue, do, lease=0.1), Hands(queue, do, lease=0.1):
        until(lambda: not queue.waiting())
    assert done == ["j0"]
    assert queue.renewed >= 3


def test_a_job_whose_time_ran_out_with_us_is_not_begun_a_second_time(queue: Remembered) -> None:
    begun, go = [], threading.Event()

    def do(job: Job, held: Held) -> None:
        begun.append(job.id)
        assert go.wait(5)
        held.note("still mine")

    fill(queue, 1)
    with Hands(queue, do, lease=100) as hands:
        until(lambda: begun)
        queue.ahead = 1000  # as after a long stop of the process
        hands.wake()
        until(lambda: queue.rows["j0"].job.attempts == 2)
        time.sleep(0.05)
        go.set()
        until(lambda: not queue.waiting())
    assert begun == ["j0"]


def test_a_database_that_is_away_stops_nothing_for_good(queue: Remembered) -> None:
    done = []
    fill(queue, 3)
    queue.away = True

    def do(job: Job, held: Held) -> None:
        done.append(job.id)
        if len(done) == 1:
            raise StoreUnavailable("away")

    with Hands(queue, do):
        time.sleep(0.1)
        assert done == []
        queue.away = False
        until(lambda: not queue.waiting())
    assert sorted(done) in (["j0", "j0", "j1", "j2"], ["j0", "j1", "j1", "j2"], ["j0", "j1", "j2", "j2"])


def test_a_job_whose_end_could_not_be_written_is_taken_again(queue: Remembered) -> None:
    seen = []

    def do(job: Job, held: Held) -> None:
        seen.append(job.progress)
        if len(seen) == 1:
            held.note("told")
            queue.away = True

    fill(queue, 1)
    with Hands(queue, do, lease=0.1):
        until(lambda: seen)
        time.sleep(0.05)
        queue.away = False
        queue.ahead = 60
        until(lambda: not queue.waiting())
    assert seen == ["", "told"]


def test_what_is_a_day_old_is_given_up(queue: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "TOO_OLD", -1)
    fill(queue, 1)
    with Hands(queue, lambda job, held: pytest.fail("done")):
        until(lambda: not queue.waiting())


def test_the_end_waits_for_what_is_nearly_done_and_leaves_the_rest(queue: Remembered) -> None:
    ended = []

    def do(job: Job, held: Held) -> None:
        if job.id == "j0":
            time.sleep(0.1)
            ended.append("in time")
        else:
            held.gone.wait(10)
            ended.append("left")
            raise Lost

    fill(queue, 2)
    hands = Hands(queue, do)
    with hands:
        until(lambda: hands.running == 2)
        hands.close(grace=0.3)
        hands.close()
    assert ended == ["in time", "left"]
    assert queue.rows["j0"].is_done
    assert (queue.rows["j1"].owner, queue.rows["j1"].due) == ("", 0.0)


def test_two_starts_are_two_owners(queue: Remembered) -> None:
    assert Hands(queue, lambda job, held: None).owner != Hands(queue, lambda job, held: None).owner


def test_it_goes_with_the_store(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    done = []
    for number in range(10):
        store.jobs.put(f"j{number}", "lane", "ask", "{}")
    with Hands(store.jobs, lambda job, held: done.append(job.id)), Hands(store.jobs, lambda job, held: done.append("")):
        until(lambda: not store.jobs.waiting())
    assert len(done) == 10
    store.close()


def test_a_job_that_could_not_be_closed_is_taken_up_again(monkeypatch: pytest.MonkeyPatch, queue: Remembered) -> None:
    """Its time is renewed with that of the others: it would stand still for as long as one of them runs."""
    done: Counter[str] = Counter()
    hold = threading.Event()
    finish, away = queue.finish, itertools.count()

    def once_away(job_id: str, owner: str) -> bool:
        if job_id == "j0" and next(away) == 0:
            raise StoreUnavailable("away")
        return finish(job_id, owner)

    monkeypatch.setattr(queue, "finish", once_away)
    fill(queue, 2)

    def do(job: Job, held: Held) -> None:
        done[job.id] += 1
        if job.id == "j1":
            hold.wait(20)

    with Hands(queue, do, lease=0.3):
        until(lambda: done["j0"] == 2 and queue.waiting() == 1)
        hold.set()


@pytest.mark.parametrize(
    ("progress", "unsure"),
    [("", False), ("{}", False), ('{"1": {}}', True), ('{"1": {"ts": "1"}}', False), ('{"1": {"how": "stream"}}', True),
     ("[]", False), ("{", False), ('{"private1": {"done": true}}', False), ('{"private1": {}}', True)],
)  # fmt: skip
def test_a_post_without_its_ts_is_unsure(progress: str, unsure: bool) -> None:
    assert is_unsure(progress) is unsure


def test_what_may_still_arrive_is_not_looked_for_at_once(monkeypatch: pytest.MonkeyPatch, queue: Remembered) -> None:
    """A post that took too long, and one that is under way when the process ends."""
    monkeypatch.setattr(working, "UNSURE", 0.4)
    begun: list[float] = []

    def do(job: Job, held: Held) -> None:
        begun.append(time.monotonic())
        if len(begun) == 1:
            held.note('{"1": {}}')
            raise SlackBusy(is_late=True)

    fill(queue, 1)
    with Hands(queue, do):
        until(lambda: not queue.waiting())
    assert begun[1] - begun[0] >= 0.4

    hold, noted = threading.Event(), threading.Event()

    def post(job: Job, held: Held) -> None:
        held.note('{"1": {}}')
        noted.set()
        hold.wait(20)

    queue.put("posting", "own", "ask", "{}")
    with Hands(queue, post) as hands:
        assert noted.wait(5)
        hands.close(grace=0.1)
    assert queue.take("next", 1.0) is None
    until(lambda: queue.take("next", 1.0) is not None)
    hold.set()


def test_a_refused_token_costs_no_question(monkeypatch: pytest.MonkeyPatch, queue: Remembered) -> None:
    monkeypatch.setattr(working, "REFUSED", 0.02)
    tried = itertools.count(1)

    def do(job: Job, held: Held) -> None:
        if next(tried) < 10:
            raise SlackRefused("token_revoked")

    fill(queue, 1)
    with Hands(queue, do):
        until(lambda: not queue.waiting())
    assert next(tried) == 11
