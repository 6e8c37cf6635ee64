"""The turnstile: few inside at once, nobody stuck behind who stays, places given back once."""

import threading
import time

from hosting import wait_for

from api.turnstile import Turnstile

LONG = 60.0


def visitors(turnstile: Turnstile, count: int, stay) -> tuple[list[int], list[threading.Thread]]:
    """So many threads that enter and stay as long as ``stay()`` takes; gives how many were inside at each entry."""
    inside: list[int] = []
    now = [0]
    lock = threading.Lock()

    def visit() -> None:
        with turnstile.enter():
            with lock:
                now[0] += 1
                inside.append(now[0])
            stay()
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=visit) for _ in range(count)]
    for thread in threads:
        thread.start()
    return inside, threads


def test_few_are_inside_at_once_and_all_get_in():
    inside, threads = visitors(Turnstile(2, LONG), 20, lambda: time.sleep(0.01))
    for thread in threads:
        thread.join(20)
    assert len(inside) == 20
    assert max(inside) <= 2


def test_who_stays_does_not_hold_up_the_others():
    stay = threading.Event()
    inside, threads = visitors(Turnstile(1, 0.01), 10, lambda: stay.wait(20))
    wait_for(lambda: len(inside) == 10)
    stay.set()
    for thread in threads:
        thread.join(20)


def test_who_leaves_early_makes_room_once():
    turnstile = Turnstile(1, LONG)
    with turnstile.enter() as place:
        place.leave()
        place.leave()
        with turnstile.enter():
            place.leave()  # the place is another's now
            inside, threads = visitors(turnstile, 1, lambda: None)
            time.sleep(0.05)
            assert inside == []
    threads[0].join(20)
    assert inside == [1]


def test_an_error_gives_the_place_back():
    turnstile = Turnstile(1, LONG)
    for _ in range(3):
        try:
            with turnstile.enter():
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
