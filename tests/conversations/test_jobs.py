"""Jobs are kept until they are done, each done by one owner at a time, those of a lane one after the other."""

from __future__ import annotations

import datetime as dt
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import databases
import pytest
from sqlalchemy import event, insert

from api.slack.queueing import Queue
from assistant.conversations import Job, Store, jobs
from assistant.conversations.jobs import AWAITED_DAYS, KNOWN_DAYS, Jobs
from assistant.conversations.tables import jobs as table

from .keeping import Clock, opened, rows, talk
from .test_erasing import held

url = databases.url
LEASE = 30.0
AT = 1_800_000_000


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    with opened(url, now=clock) as made:
        yield made


@pytest.fixture
def queue(store: Store) -> Queue:
    return store.jobs


def put(queue: Queue, *ids: str, lane: str = "lane") -> None:
    for one in ids:
        assert queue.put(one, lane, "ask", f"body of {one}")


def taken(queue: Queue, owner: str = "me", seconds: float = LEASE) -> str | None:
    job = queue.take(owner, seconds)
    return None if job is None else job.id


# ---- put and take ----


def test_a_job_is_handed_out_as_it_was_put(queue: Queue) -> None:
    body = '{"question": "「商店街」の補助率は? <@U1> 090-1234-5678"}'
    assert queue.take("me", LEASE) is None
    assert queue.put("Ev1", "C1:1.2", "ask", body)
    assert queue.waiting() == 1
    assert queue.take("me", LEASE) == Job("Ev1", "C1:1.2", "ask", body, "", 1, AT)
    assert queue.take("me", LEASE) is None
    assert queue.waiting() == 1


def test_what_is_put_again_is_the_same_job(queue: Queue) -> None:
    put(queue, "a")
    assert not queue.put("a", "another lane", "check", "another body")
    assert taken(queue) == "a"
    assert not queue.put("a", "lane", "ask", "while it is done")
    assert queue.finish("a", "me")
    assert not queue.put("a", "lane", "ask", "after it was done")
    assert queue.waiting() == 0
    assert taken(queue) is None


def test_the_jobs_of_a_lane_are_done_one_after_the_other(queue: Queue) -> None:
    put(queue, "a1", "a2", lane="a")
    put(queue, "b1", lane="b")
    put(queue, "a3", lane="a")
    assert [taken(queue), taken(queue, "other"), taken(queue)] == ["a1", "b1", None]
    assert queue.finish("b1", "other")
    assert taken(queue) is None
    for done, following in (("a1", "a2"), ("a2", "a3"), ("a3", None)):
        assert queue.finish(done, "me")
        assert taken(queue) == following
    assert queue.waiting() == 0


@pytest.mark.parametrize(
    "name",
    ["", "x" * 128, "x" * 129, "質" * 129, "x" * 100_000, "nul \0", "half \ud83d", "sha256-" + "0" * 64, "'; --"],
    ids=lambda name: f"{len(name)} characters, {name[:4]!a}",
)
def test_any_name_will_do(queue: Queue, name: str) -> None:
    assert queue.put(name, name, "ask", "body")
    assert queue.put(name + "!", name, "ask", "the next one")
    assert not queue.put(name, name, "ask", "body")
    job = queue.take(name, LEASE)
    assert job is not None
    assert len(job.id) <= 128
    assert (job.id == name) == (len(name) <= 128 and "\0" not in name and "\ud83d" not in name)
    assert not queue.put(job.id, name, "ask", "what was given names it too")
    assert queue.renew(name, LEASE) == {job.id}
    assert queue.note(name, name, "1")
    assert queue.note(job.id, name, "2")
    assert queue.finish(job.id, name)
    assert not queue.put(name, name, "ask", "body")
    following = queue.take(name, LEASE)
    assert following is not None
    assert following.body == "the next one"


def test_any_text_can_be_kept(queue: Queue) -> None:
    body = "a\0b\ud83d" + "あ" * 500_000
    assert queue.put("a", "lane", "ask", body)
    job = queue.take("me", 0)
    assert job is not None
    assert job.body == "a\ufffdb?" + "あ" * 500_000
    assert queue.note("a", "me", body)
    again = queue.take("me", LEASE)
    assert again is not None
    assert (again.progress, again.attempts) == (job.body, 2)


# ---- whose it is ----


@pytest.mark.parametrize("seconds", [0.001, 0.25, 1, 30, 3600.5])
def test_a_job_whose_time_has_run_out_is_due_again(queue: Queue, clock: Clock, seconds: float) -> None:
    put(queue, "a", "b")
    assert taken(queue, "gone", seconds) == "a"
    assert queue.note("a", "gone", "half of it")
    clock.at += seconds - 0.001
    assert taken(queue) is None or seconds == 0.001
    clock.at += 0.001
    job = queue.take("me", LEASE) or Job("a", "lane", "ask", "body of a", "half of it", 2, AT)
    assert job == Job("a", "lane", "ask", "body of a", "half of it", 2, AT)
    assert not queue.note("a", "gone", "more")
    assert not queue.later("a", "gone", 1)
    assert not queue.finish("a", "gone")
    assert queue.renew("gone", LEASE) == frozenset()
    assert queue.release("gone") == 0
    assert queue.finish("a", "me")
    assert not queue.finish("a", "me")
    assert taken(queue) == "b"


def test_who_is_late_keeps_what_nobody_took(queue: Queue, clock: Clock) -> None:
    put(queue, "a")
    taken(queue, "me", 1)
    clock.at += 5
    assert queue.note("a", "me", "half of it")
    assert queue.renew("me", LEASE) == {"a"}
    assert taken(queue, "other") is None
    assert queue.finish("a", "me")


def test_renewed_jobs_stay_their_owners(queue: Queue, clock: Clock) -> None:
    for one in "abc":
        put(queue, one, lane=one)
    assert [taken(queue), taken(queue, "other"), taken(queue)] == ["a", "b", "c"]
    for _ in range(5):
        clock.at += LEASE - 1
        assert queue.renew("me", LEASE) == {"a", "c"}
    assert taken(queue, "third") == "b"
    assert taken(queue, "third") is None
    assert queue.finish("a", "me")
    assert queue.renew("me", LEASE) == {"c"}
    assert queue.renew("nobody", LEASE) == frozenset()


def test_later_is_not_before_its_time_and_holds_its_lane(queue: Queue, clock: Clock) -> None:
    put(queue, "a", "a2")
    put(queue, "b", lane="b")
    assert taken(queue) == "a"
    assert queue.note("a", "me", "asked to wait")
    assert queue.later("a", "me", 10.5)
    assert not queue.note("a", "me", "it was given back")
    assert not queue.later("a", "me", 1)
    assert not queue.finish("a", "me")
    assert [taken(queue), taken(queue)] == ["b", None]
    clock.at += 10.4
    assert taken(queue) is None
    clock.at += 0.1
    job = queue.take("me", LEASE)
    assert job is not None
    assert (job.id, job.progress, job.attempts) == ("a", "asked to wait", 2)


def test_what_is_released_is_due_at_once(queue: Queue) -> None:
    for one in "abc":
        put(queue, one, lane=one)
    assert [taken(queue), taken(queue, "other"), taken(queue)] == ["a", "b", "c"]
    assert queue.note("a", "me", "half of it")
    assert queue.release("me") == 2
    assert queue.release("me") == 0
    assert not queue.finish("a", "me")
    job = queue.take("third", LEASE)
    assert job is not None
    assert (job.id, job.progress, job.attempts) == ("a", "half of it", 2)
    assert [taken(queue), taken(queue)] == ["c", None]
    assert queue.finish("b", "other")


def test_what_is_not_there_is_nobodys(queue: Queue) -> None:
    put(queue, "waits")
    for one in ("waits", "unknown"):
        assert not queue.note(one, "me", "")
        assert not queue.later(one, "me", 0)
        assert not queue.finish(one, "me")
    assert queue.waiting() == 1


# ---- how long ----


def test_a_finished_job_holds_nothing_but_its_id(queue: Queue, url: str) -> None:
    assert queue.put("a", "channel of somebody", "ask", "question of somebody")
    taken(queue)
    queue.note("a", "me", "answer to somebody")
    assert queue.finish("a", "me")
    (row,) = rows(url, "jobs")
    assert (row["id"], row["done"], row["owner"]) == ("a", AT, None)
    assert "somebody" not in str(row)


def test_no_byte_of_a_finished_job_is_left(tmp_path: Path) -> None:
    rng = random.Random(7)
    words = [f"canary{rng.getrandbits(64):016x}" for _ in range(30)]
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as store:
        for number, word in enumerate(words):
            assert store.jobs.put(str(number), word, "ask", f"質問 {word}" * rng.choice((1, 40, 900)))
        assert held(tmp_path, *words) == set(words)
        for number, word in enumerate(words[:20]):
            assert taken(store.jobs) == str(number)
            assert store.jobs.note(str(number), "me", f"途中 {word}")
            assert store.jobs.finish(str(number), "me")
        store.purge()
        assert held(tmp_path, *words) == set(words[20:])


def test_an_id_stays_known_for_some_days(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 3)
    queue = store.jobs
    put(queue, *"abcdefg")
    while (one := taken(queue)) is not None:
        queue.finish(one, "me")
    clock.forward(dt.timedelta(days=KNOWN_DAYS))
    store.purge()
    assert not queue.put("a", "lane", "ask", "")
    clock.at += 1
    assert store.purge() == 0  # of conversations
    put(queue, *"abcdefg")


@pytest.mark.parametrize("days", [1, 400])
def test_the_retention_of_conversations_is_not_that_of_jobs(url: str, clock: Clock, days: int) -> None:
    with opened(url, now=clock, retention=dt.timedelta(days=days)) as store:
        put(store.jobs, "a")
        taken(store.jobs)
        assert store.jobs.finish("a", "me")
        talk(store, "c", "質問")
        clock.forward(dt.timedelta(days=3))
        assert store.purge() == (days == 1)
        assert not store.jobs.put("a", "lane", "ask", "")
        clock.forward(dt.timedelta(days=KNOWN_DAYS))
        store.purge()
        assert store.jobs.put("a", "lane", "ask", "")


def test_what_nobody_waits_for_is_given_up(
    store: Store, clock: Clock, url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    queue = store.jobs
    put(queue, "a", "b", "c")
    put(queue, "d", lane="d")
    taken(queue)
    clock.forward(dt.timedelta(days=AWAITED_DAYS))
    put(queue, "new")
    with caplog.at_level(logging.INFO):
        assert store.purge() == 0
        assert queue.waiting() == 5
        assert "given up" not in caplog.text
        clock.at += 1
        store.purge()
    assert "4 jobs" in caplog.text
    assert "body of" not in caplog.text + str([row for row in rows(url, "jobs") if row["done"]])
    assert not queue.note("a", "me", "too late")
    assert not queue.finish("a", "me")
    assert not queue.put("a", "lane", "ask", "delivered once more")
    assert taken(queue) == "new"
    assert taken(queue) is None


def test_jobs_outlive_the_store_that_took_them(url: str, clock: Clock) -> None:
    with opened(url, now=clock) as before:
        put(before.jobs, "a", "b")
        assert taken(before.jobs, "gone") == "a"
        assert before.jobs.note("a", "gone", "half of it")
    with opened(url, now=clock) as after:
        assert after.jobs.waiting() == 2
        assert taken(after.jobs) is None
        clock.at += LEASE
        job = after.jobs.take("me", LEASE)
        assert job is not None
        assert (job.id, job.progress) == ("a", "half of it")


def test_the_queue_lives_without_its_store() -> None:
    def queue_alone() -> Jobs:
        return Store.open("sqlite://").jobs

    queue = queue_alone()
    put(queue, "a")
    assert taken(queue) == "a"


# ---- many ----


@pytest.mark.parametrize("lanes", [1, 1000])
def test_many_jobs_are_read_through_an_index(tmp_path: Path, lanes: int) -> None:
    """Counted in steps of SQLite's machine, not in time: as many as what waits asks for, whatever was done before."""
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as store:
        same = {"kind": "ask", "progress": "", "attempts": 0, "created": AT}
        waits = [same | {"id": f"w{n}", "lane": str(n % lanes), "body": "x" * 300, "due": 0} for n in range(1000)]
        done = [same | {"id": f"d{n}", "lane": "", "body": "", "due": 0, "done": AT} for n in range(10_000)]
        with store._writing() as file:
            file.execute(insert(table), done)
            file.execute(insert(table), waits)
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1

        event.listen(store._access._engine, "checkout", lambda connection, *_: connection.set_progress_handler(step, 1))
        assert taken(store.jobs) == "w0"
        assert 0 < steps < 40_000
        steps = 0
        put(store.jobs, "a", lane="0")
        assert steps < 1_000
        steps = 0
        assert taken(store.jobs) == (None if lanes == 1 else "w1")
        assert 0 < steps < 40_000
