"""Kept answers: the same events to whoever asks the same, made once, never a half one, never another's."""

import datetime as dt
import itertools
import threading
from dataclasses import replace

import pytest
from hosting import wait_for

from api.answers_kept import LONGEST, STAYS, AnswersKept, Asking
from assistant.records import Answer, Sentence, Stage, Turn

DAY = dt.date(2026, 11, 20)
ASKING = Asking("補助率は?", (Turn("user", "前の質問"),), "秋田県", "令和4年度", DAY)


class Maker:
    """Makes an answer of three events; each making is counted."""

    def __init__(self, error: Exception | None = None) -> None:
        self.made = 0
        self.closed = 0
        self.error = error
        self.hold: threading.Event | None = None

    def __call__(self):
        self.made += 1
        return self._events(self.made)

    def _events(self, number: int):
        try:
            yield Stage("understand")
            if self.hold is not None:
                self.hold.wait(20)
            if self.error is not None:
                raise self.error
            yield Sentence(f"答え{number}")
            yield Answer("補助率は?", "answered", None, f"答え{number}")
        finally:
            self.closed += 1


def told(kept: AnswersKept, make: Maker, asking: Asking = ASKING) -> list:
    return list(kept.events(asking, make))


def test_the_same_question_has_the_same_events():
    kept, make = AnswersKept(), Maker()
    first = told(kept, make)
    again = kept.events(replace(ASKING), make)
    assert again.is_at_hand
    assert list(again) == first
    assert len(first) == 3
    assert (make.made, kept.made, kept.found) == (1, 1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"question": "補助率は？"},
        {"history": ()},
        {"history": (Turn("assistant", "前の質問"),)},
        {"region": None},
        {"fiscal_year": None},
        {"today": dt.date(2026, 11, 21)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_whatever_differs_makes_another_answer(other):
    kept, make = AnswersKept(), Maker()
    assert told(kept, make) != told(kept, make, replace(ASKING, **other))
    assert make.made == 2


def test_many_at_once_have_one_answer_made():
    kept, make = AnswersKept(), Maker()
    make.hold = threading.Event()
    found = []
    threads = [threading.Thread(target=lambda: found.append(told(kept, make))) for _ in range(20)]
    for thread in threads:
        thread.start()
    wait_for(lambda: kept.found + kept.made == 20)
    make.hold.set()
    for thread in threads:
        thread.join(20)
    assert len(found) == 20
    assert all(events == found[0] for events in found)
    assert make.made == 1


def test_an_error_reaches_everybody_and_is_not_kept():
    kept, make = AnswersKept(), Maker(ZeroDivisionError())
    readers = [kept.events(ASKING, make) for _ in range(3)]
    for reader in readers:
        assert next(reader) == Stage("understand")
        with pytest.raises(ZeroDivisionError):
            next(reader)
        reader.close()
    make.error = None
    assert told(kept, make)[-1].text == "答え2"


def test_a_question_that_cannot_be_read_is_not_kept():
    kept = AnswersKept()

    def refuse():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        kept.events(ASKING, refuse)
    assert told(kept, Maker())[-1].text == "答え1"


def test_an_answer_that_everybody_left_is_given_up():
    kept, make = AnswersKept(), Maker()
    one, two = kept.events(ASKING, make), kept.events(ASKING, make)
    next(one)
    one.close()
    assert make.closed == 0
    assert len(list(two)) == 3  # who stays reads on
    other = replace(ASKING, question="別の質問")
    three = kept.events(other, make)
    next(three)
    three.close()  # at once, not when nobody remembers it
    assert make.closed == 2
    assert told(kept, make, other)[-1].text == "答え3"


def test_the_longest_unused_goes_first():
    kept, make = AnswersKept(most=2), Maker()
    questions = [replace(ASKING, question=str(number)) for number in range(3)]
    told(kept, make, questions[0])
    told(kept, make, questions[1])
    told(kept, make, questions[0])
    told(kept, make, questions[2])
    assert told(kept, make, questions[0])[-1].text == "答え1"
    assert told(kept, make, questions[1])[-1].text == "答え4"


def test_room_is_bounded():
    kept, make = AnswersKept(room=100), Maker()
    for number in range(50):
        told(kept, make, replace(ASKING, question=str(number) * 10))
    assert sum(len(one.question) for one in kept._kept) <= 100
    assert kept._size <= 100


def test_what_is_hardly_asked_again_is_not_kept():
    kept, make = AnswersKept(), Maker()
    long = replace(ASKING, question="あ" * (LONGEST + 1))
    assert told(kept, make, long) != told(kept, make, long)


PERSONAL = "電話は090-1234-5678です"


@pytest.mark.parametrize(
    "held",
    [{"question": PERSONAL}, {"history": (Turn("user", PERSONAL),)}, {"region": PERSONAL}, {"fiscal_year": PERSONAL}],
    ids=lambda held: next(iter(held)),
)
def test_what_holds_personal_data_is_not_kept(held):
    kept, make = AnswersKept(), Maker()
    asking = replace(ASKING, **held)
    assert told(kept, make, asking) != told(kept, make, asking)
    assert (len(kept._kept), kept._size, make.made) == (0, 0, 2)


def test_nothing_is_kept_for_long():
    now = [1000.0]
    kept, make = AnswersKept(now=lambda: now[0]), Maker()
    first = told(kept, make)
    now[0] += STAYS
    assert told(kept, make) == first  # being asked again does not make it younger
    under_way = kept.events(replace(ASKING, question="途中"), make)
    next(under_way)
    now[0] += 1
    assert told(kept, make, replace(ASKING, question="別の質問")) != first
    assert [one.question for one in kept._kept] == ["途中", "別の質問"]
    now[0] += STAYS + 1
    kept.forget()
    assert (len(kept._kept), kept._size) == (0, 0)
    assert len(list(under_way)) == 2  # who reads it reads on
    assert (len(kept._kept), kept._size) == (0, 0)


def test_nothing_grows_under_many_threads():
    kept, make = AnswersKept(most=5), Maker()
    wrong = []

    def ask(seed: int) -> None:
        for number in range(200):
            events = kept.events(replace(ASKING, question=str((seed * number) % 11)), make)
            some = list(itertools.islice(events, number % 4))
            events.close()
            if number % 4 == 3 and not isinstance(some[-1], Answer):
                wrong.append(some)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    assert len(kept._kept) <= 5
    assert kept._size == sum(one.size for one in kept._kept.values())
