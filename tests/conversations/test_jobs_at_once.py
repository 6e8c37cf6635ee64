"""Many threads and several processes put, take and die; each job is done by one of them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise

import databases
import pytest

from assistant.conversations import Store

from .keeping import at_once, opened, rows

url = databases.url
HARD = 120  # seconds; a test that waits longer hangs
JOBS = 500
LANES = 40
KILLS = 6

#: Tells of each job when it was taken and when it was about to be finished, on a clock that all processes share.
WORKS = """
import os, random, sys, threading, time
from assistant.conversations import Store
address, name, puts, jobs, lanes, lease, threads = sys.argv[1:4] + [int(one) for one in sys.argv[4:]]
store = Store.open(address)
queue = store.jobs
def tell(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # in one piece
def put(seed):
    ids = list(range(jobs))
    random.Random(seed).shuffle(ids)
    tell("put", sum(queue.put(f"job{one}", f"lane{one % lanes}", "ask", "body") for one in ids))
def work(owner):
    while threading.main_thread().is_alive() and not ended.is_set():
        job = queue.take(owner, lease / 1000)
        if job is None:
            time.sleep(0.005)
            continue
        took = time.monotonic_ns()
        queue.note(job.id, owner, "x")
        time.sleep(random.random() / 200)
        before = time.monotonic_ns()
        if queue.finish(job.id, owner):
            tell("done", job.id, job.lane, took, before, job.attempts)
ended = threading.Event()
working = [threading.Thread(target=work, args=(f"{name} {number}",)) for number in range(threads)]
putting = [threading.Thread(target=put, args=(f"{name} {number}",)) for number in range(int(puts))]
for one in working + putting:
    one.start()
for one in putting:
    one.join()
tell("ready")
while queue.waiting():
    time.sleep(0.02)
ended.set()
for one in working:
    one.join()
store.close()
"""


def started(url: str, name: str, *, puts: int, jobs: int, lanes: int, lease: int, threads: int) -> subprocess.Popen:
    """A process that puts every job so many times and works on whatever is there; ``lease`` in milliseconds."""
    numbers = [str(one) for one in (puts, jobs, lanes, lease, threads)]
    return subprocess.Popen([sys.executable, "-c", WORKS, url, name, *numbers], stdout=subprocess.PIPE, text=True)


def told(text: str, first: str) -> list[list[str]]:
    return [line.split()[1:] for line in text.splitlines() if line.split()[0] == first]


@pytest.mark.timeout(HARD)
def test_two_processes_do_what_is_put_four_times_once(url: str) -> None:
    with opened(url):
        pass
    both = [started(url, name, puts=2, jobs=JOBS, lanes=LANES, lease=60_000, threads=4) for name in "ab"]
    text = "".join(one.communicate(timeout=HARD)[0] for one in both)
    assert [one.returncode for one in both] == [0, 0]
    assert sum(int(count) for (count,) in told(text, "put")) == JOBS
    done = told(text, "done")
    assert Counter(one[0] for one in done) == dict.fromkeys((f"job{n}" for n in range(JOBS)), 1)
    assert {one[-1] for one in done} == {"1"}
    in_turn(url, done)


def in_turn(url: str, done: list[list[str]]) -> None:
    """The jobs of a lane were done in the order of their numbers, each begun after the one before."""
    numbers = {row["id"]: row["number"] for row in rows(url, "jobs")}
    lanes = defaultdict(list)
    for job_id, lane, took, before, _ in done:
        lanes[lane].append((numbers[job_id], int(took), int(before)))
    for one in lanes.values():
        for (_, _, finished), (_, began, _) in pairwise(sorted(one)):
            assert finished < began


@pytest.mark.timeout(HARD)
def test_what_killed_processes_had_is_done_by_others(url: str) -> None:
    """Whoever finishes a job is its only owner; killed right after, nobody hears of it and nobody does it again."""
    rng = random.Random(url)
    jobs, threads = 120, 3
    with opened(url) as store:
        for one in range(jobs):
            assert store.jobs.put(f"job{one}", f"lane{one % 12}", "ask", "body")
    text = ""
    for kill in range(KILLS):
        running = started(url, f"killed{kill}", puts=0, jobs=jobs, lanes=12, lease=400, threads=threads)
        with running as worker:
            assert worker.stdout is not None
            for _ in range(rng.randint(4, 12)):
                text += worker.stdout.readline()
            worker.kill()
            text += worker.stdout.read()
    text += started(url, "last", puts=0, jobs=jobs, lanes=12, lease=400, threads=threads).communicate(timeout=HARD)[0]
    done = Counter(one[0] for one in told(text, "done"))
    assert set(done.values()) == {1}
    assert jobs - KILLS * threads <= len(done) <= jobs
    assert all(row["done"] and not row["body"] for row in rows(url, "jobs"))
    assert any(row["attempts"] > 1 for row in rows(url, "jobs"))


def test_threads_never_share_a_job(url: str) -> None:
    with opened(url) as one, opened(url) as other:
        stores = (one, other)
        had: list[str] = []

        def work(number: int) -> None:
            queue = stores[number % 2].jobs
            rng = random.Random(number)
            for job in rng.sample(range(60), 60):
                queue.put(f"job{job}", f"lane{job}", "ask", "")
            while job := queue.take(f"owner{number}", 60):
                had.append(job.id)

        at_once(work, 8)
        assert sorted(had) == sorted(f"job{n}" for n in range(60))
        released = [stores[number % 2].jobs.release(f"owner{number}") for number in range(8)]
        assert sum(released) == 60


def test_renewing_releasing_and_purging_at_once(url: str) -> None:
    """Whoever locks several rows does so in one order: none waits for another that waits for him."""
    with opened(url) as store:
        for number in range(40):
            store.jobs.put(f"job{number}", f"lane{number}", "ask", "")
        while store.jobs.take("me", 60):
            pass

        def work(number: int) -> None:
            for _ in range(10):
                _uses(store)[number % 4]()

        at_once(work, 8)
        assert store.jobs.waiting() == 40


def _uses(store: Store) -> tuple:
    queue = store.jobs
    return (
        lambda: queue.renew("me", 60),
        lambda: queue.release("me"),
        lambda: [queue.take("me", 60) for _ in range(5)],
        lambda: store.purge(),
    )
