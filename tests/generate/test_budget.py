"""Tokens are counted for each conversation and day, and the count outlives the process."""

import datetime as dt
import logging
import multiprocessing
import sqlite3
import threading

import pytest

from assistant.errors import ModelFault
from assistant.generate.budget import FILE, Budget, estimate
from assistant.generate.messages import Message


class Day:
    """A date that only a test turns."""

    def __init__(self):
        self.now = dt.date(2026, 11, 20)

    def __call__(self):
        return self.now


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def budget(tmp_path, day):
    return Budget(tmp_path / "data", conversation=100, day=250, today=day)


def refused(budget, tokens, conversation=None):
    try:
        budget.settle(budget.reserve(tokens, conversation), 0)
    except ModelFault as error:
        return error.sort == "budget"
    return False


def test_a_letter_is_a_token_at_most():
    assert estimate([Message("system", "規則"), Message("user", "補助率は？")]) >= 7


def test_no_file_before_the_first_call(tmp_path, budget):
    assert list(tmp_path.iterdir()) == []
    budget.reserve(1)
    assert (tmp_path / "data" / FILE).exists()


def test_without_limits_there_is_no_file(tmp_path):
    budget = Budget(tmp_path / "data", conversation=0, day=0)
    budget.settle(budget.reserve(10**9, "a"), 10**9)
    assert list(tmp_path.iterdir()) == []


def test_what_was_used_takes_the_place_of_what_was_set_aside(budget):
    reserved = budget.reserve(90, "a")
    assert (budget.used("a"), budget.used()) == (90, 90)
    budget.settle(reserved, 30)
    assert (budget.used("a"), budget.used()) == (30, 30)


def test_a_conversation_has_its_limit(budget):
    budget.reserve(90, "a")
    assert refused(budget, 11, "a")
    assert not refused(budget, 10, "a")
    assert not refused(budget, 100, "b")


def test_a_day_has_its_limit_and_the_next_one_its_own(budget, day):
    for conversation in "ab":
        budget.reserve(100, conversation)
    assert refused(budget, 51, "c")
    assert refused(budget, 51)
    day.now += dt.timedelta(days=1)
    assert not refused(budget, 100, "c")


def test_a_conversation_that_goes_on_the_next_day_keeps_its_count(budget, day):
    budget.reserve(90, "a")
    day.now += dt.timedelta(days=1)
    assert refused(budget, 11, "a")


def test_a_call_over_midnight_is_settled_on_its_day(budget, day):
    reserved = budget.reserve(90, "a")
    day.now += dt.timedelta(days=1)
    budget.settle(reserved, 40)
    assert (budget.used("a"), budget.used()) == (40, 0)


def test_the_count_outlives_the_process(tmp_path, budget, day):
    budget.reserve(90, "a")
    again = Budget(tmp_path / "data", conversation=100, day=250, today=day)
    assert again.used("a") == 90
    assert refused(again, 11, "a")


def test_what_is_older_than_a_month_goes(tmp_path, budget, day):
    budget.reserve(90, "a")
    day.now += dt.timedelta(days=31)
    budget.reserve(1, "b")
    assert budget.used("a") == 0
    with sqlite3.connect(tmp_path / "data" / FILE) as file:
        assert file.execute("SELECT count(*) FROM used").fetchone() == (2,)
    file.close()


def test_a_conversation_is_kept_without_its_name(tmp_path, budget):
    budget.reserve(1, "conversation-of-somebody")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"conversation-of-somebody" not in kept


def test_calls_at_once_cannot_pass_a_limit_together(budget):
    let = []
    start = threading.Barrier(8)

    def reserve():
        start.wait()
        try:
            let.append(budget.reserve(30, "a"))
        except ModelFault:
            return

    threads = [threading.Thread(target=reserve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let) == 3
    assert budget.used("a") == 90


def add(folder, times):
    budget = Budget(folder, conversation=0, day=10**9)
    for _ in range(times):
        budget.reserve(1)


def test_processes_count_together(tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add, args=(tmp_path, 50)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert Budget(tmp_path, conversation=0, day=10**9).used() == 100


def broken(folder):
    (folder / FILE).write_bytes(b"this is no database at all, whatever its name says" * 100)


def a_folder_of_its_name(folder):
    (folder / FILE).mkdir()


@pytest.mark.parametrize("spoil", [broken, a_folder_of_its_name])
def test_a_file_that_cannot_be_used_is_a_fault_and_one_line(tmp_path, caplog, spoil):
    spoil(tmp_path)
    budget = Budget(tmp_path, conversation=100, day=100)
    with caplog.at_level(logging.WARNING):
        assert refused(budget, 1)
    assert len(caplog.messages) == 1
    assert FILE in caplog.messages[0]
    assert "\n" not in caplog.messages[0]


def test_a_data_folder_that_is_a_file_is_a_fault(tmp_path):
    (tmp_path / "data").write_text("")
    assert refused(Budget(tmp_path / "data", conversation=100, day=100), 1)


def test_a_locked_file_is_a_fault_in_time(tmp_path, budget, monkeypatch):
    monkeypatch.setattr("assistant.generate.budget.WAIT", 0.05)
    reserved = budget.reserve(10)
    other = sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert refused(budget, 1)
        budget.settle(reserved, 5)  # nothing is raised: the answer is already there
    finally:
        other.close()
    assert budget.used() == 10
