"""A model that keeps failing is left alone, and asked again one call at a time."""

import threading

import pytest

from assistant.errors import ModelFault
from assistant.generate.breaker import FAULTS, LONGEST, REST, Breaker
from assistant.generate.faults import MEANING


class Clock:
    """Seconds that only a test turns."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def fail(breaker, times=1, sort="server"):
    for _ in range(times):
        breaker.told(breaker.enter(), sort)


def is_open(breaker):
    try:
        breaker.told(breaker.enter(), "left")
    except ModelFault as error:
        return error.sort == "open"
    return False


def test_it_opens_after_five_faults_in_a_row(breaker):
    fail(breaker, FAULTS - 1)
    assert not is_open(breaker)
    fail(breaker)
    assert is_open(breaker)


def test_a_reply_begins_the_row_anew(breaker):
    fail(breaker, FAULTS - 1)
    breaker.told(breaker.enter(), "whole")
    fail(breaker, FAULTS - 1)
    assert not is_open(breaker)


@pytest.mark.parametrize("sort", ["unauthorized", "forbidden", "unknown_model"])
def test_wrong_settings_open_it_at_once(breaker, sort):
    fail(breaker, 1, sort)
    assert is_open(breaker)


@pytest.mark.parametrize("sort", ["misused", "budget", "crowded", "allowance", "left", "whole"])
def test_what_tells_nothing_of_the_server_does_not_open_it(breaker, sort):
    fail(breaker, 20, sort)
    assert not is_open(breaker)


@pytest.mark.parametrize("sort", sorted(MEANING.keys() - {"misused", "budget", "crowded", "allowance", "left", "open"}))
def test_every_other_fault_opens_it(breaker, sort):
    with pytest.raises(ModelFault, match="left alone"):
        fail(breaker, FAULTS + 1, sort)


def test_one_probe_goes_through_after_a_rest(breaker, clock):
    fail(breaker, FAULTS)
    clock.now += REST - 0.1
    assert is_open(breaker)
    clock.now += 0.2
    probe = breaker.enter()
    assert is_open(breaker)
    breaker.told(probe, "whole")
    assert not is_open(breaker)


def test_each_failed_probe_doubles_the_rest_up_to_five_minutes(breaker, clock):
    fail(breaker, FAULTS)
    rests = []
    for _ in range(6):
        began = clock.now
        while is_open(breaker):
            clock.now += 1
        rests.append(clock.now - began)
        fail(breaker)
    assert rests == [30, 60, 120, 240, LONGEST, LONGEST]


def test_a_probe_that_nobody_waited_for_tells_nothing(breaker, clock):
    fail(breaker, FAULTS)
    clock.now += REST
    breaker.told(breaker.enter(), "left")
    probe = breaker.enter()
    breaker.told(probe, "whole")
    assert not is_open(breaker)


def test_after_it_closed_the_rest_is_short_again(breaker, clock):
    fail(breaker, FAULTS)
    clock.now += REST
    fail(breaker)
    clock.now += 2 * REST
    breaker.told(breaker.enter(), "whole")
    fail(breaker, FAULTS)
    clock.now += REST
    assert not is_open(breaker)


def test_a_call_from_before_tells_nothing_of_now(breaker, clock):
    old = [breaker.enter() for _ in range(10)]
    for entered in old:
        breaker.told(entered, "slow")
    clock.now += REST + 1
    breaker.told(old[0], "slow")
    assert not is_open(breaker)
    fail(breaker)
    breaker.told(old[1], "whole")
    assert is_open(breaker)


def test_only_one_of_many_threads_probes(breaker, clock):
    fail(breaker, FAULTS)
    clock.now += REST
    through = []
    start = threading.Barrier(16)

    def enter():
        start.wait()
        try:
            through.append(breaker.enter())
        except ModelFault:
            return

    threads = [threading.Thread(target=enter) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(through) == 1
