"""How long, how often and how much a model may be called; every limit ends in a fault that names it."""

import contextvars
import logging
import threading
import time

import pytest

from assistant.errors import ModelFault
from assistant.generate.breaker import Breaker
from assistant.generate.budget import Budget
from assistant.generate.leash import Calls, Leash, Limits
from assistant.generate.messages import Message, Piece

ASKED = (Message("system", "規則"), Message("user", "補助率は？"))
QUICK = Limits(first_token=0.5, stall=0.4, whole=1.0, at_once=4)
TEXT = ("補助率は", "{{F1}}です[1]。")

SCRIPTS = []


class Script:
    """A model that does with each call what the next line of its script says: pieces, seconds of silence, faults."""

    def __init__(self, *lines):
        SCRIPTS.append(self)
        self.lines = lines
        self.calls = 0
        self.closed = threading.Event()

    def __call__(self, messages):
        line = self.lines[min(self.calls, len(self.lines) - 1)]
        self.calls += 1
        try:
            for step in line:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    self.closed.wait(step)
                else:
                    yield step if isinstance(step, Piece) else Piece(step)
        finally:
            self.closed.set()


class Clock:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture(autouse=True)
def nothing_runs_on():
    """Every silence ends with its test, and so does every thread."""
    yield
    for model in SCRIPTS:
        model.closed.set()
    SCRIPTS.clear()
    assert gone()


def leash(model, limits=QUICK, **others):
    return Leash(model, limits, sleep=lambda seconds: None, **others)


def said(held, calls=None, **others):
    """The text of a reply and the sort of fault it ended with."""
    read = []
    try:
        read.extend(held.reply(ASKED, calls or Calls(), **others))
    except ModelFault as error:
        return "".join(read), error.sort
    return "".join(read), None


def threads():
    return [one for one in threading.enumerate() if one.name == "language model"]


def gone(seconds=5.0):
    end = time.monotonic() + seconds
    while threads() and time.monotonic() < end:
        time.sleep(0.01)
    return not threads()


def test_a_reply_comes_piece_by_piece():
    assert list(leash(Script(TEXT)).reply(ASKED, Calls())) == list(TEXT)


def test_how_calls_ended_is_counted():
    held = leash(Script(TEXT, (ModelFault("cut"),), TEXT))
    for _ in range(3):
        said(held)
    assert held.outcomes == {"whole": 2, "cut": 1}


def test_a_call_is_made_when_the_first_piece_is_asked_for():
    model = Script(TEXT)
    reply = leash(model).reply(ASKED, Calls())
    assert model.calls == 0
    next(reply)
    assert model.calls == 1


@pytest.mark.parametrize(
    ("line", "text", "sort"),
    [
        ((5.0, "遅い"), "", "slow"),
        (("補助率は", 5.0), "補助率は", "stalled"),
        ((0.05, *(step for _ in range(40) for step in ("は", 0.05))), None, "late"),
        (("補助率は。", *(step for _ in range(40) for step in ("は", 0.05))), None, "late"),
        ((), "", "empty"),
        ((" ", "\n"), " \n", "empty"),
        ((Piece("", 12),), "", "empty"),
        (("あ" * 20_000, "い"), "あ" * 20_000, "too_long"),
        (("あ" * 20_001,), "", "too_long"),
        (("補助率は", ModelFault("cut")), "補助率は", "cut"),
        (("補助率は", ModelFault("slow")), "補助率は", "stalled"),
        ((ModelFault("garbled"),), "", "garbled"),
        ((KeyError("choices"),), "", "garbled"),
        ((ModelFault("unauthorized"),), "", "unauthorized"),
        ((ModelFault("misused"),), "", "misused"),
    ],
)
def test_a_fault_ends_the_reply(line, text, sort):
    model = Script(line)
    read, seen = said(leash(model))
    assert seen == sort
    assert text is None or read == text
    assert model.calls == 1


def test_a_pause_shorter_than_a_stall_is_none():
    assert said(leash(Script((0.05, "補助率は", 0.03, "1/2。", 0.03, "終わり。")))) == ("補助率は1/2。終わり。", None)


def test_pieces_without_text_are_no_reply_yet():
    assert said(leash(Script(tuple(step for _ in range(40) for step in (Piece(""), 0.02))))) == ("", "slow")


def test_a_slow_asker_is_no_stall():
    reply = leash(Script(TEXT)).reply(ASKED, Calls())
    read = [next(reply)]
    time.sleep(2 * QUICK.stall)
    assert [*read, *reply] == list(TEXT)


@pytest.mark.parametrize("sort", ["refused", "busy", "server"])
def test_a_fault_that_passes_is_tried_once_more(sort):
    model = Script((ModelFault(sort),), TEXT)
    assert said(leash(model)) == ("".join(TEXT), None)
    assert model.calls == 2


@pytest.mark.parametrize("sort", ["refused", "busy", "server"])
def test_and_no_more_than_once(sort):
    model = Script((ModelFault(sort),))
    assert said(leash(model)) == ("", sort)
    assert model.calls == 2


def test_nothing_is_tried_again_after_a_piece():
    model = Script(("補助率は", ModelFault("server")), TEXT)
    assert said(leash(model)) == ("補助率は", "server")
    assert model.calls == 1


@pytest.mark.parametrize(("asks", "waits"), [(None, 0.3), (0.0, 0.0), (2.0, 2.0), (2.1, None), (30.0, None)])
def test_a_server_may_ask_to_wait_for_two_seconds(asks, waits):
    clock, model = Clock(), Script((ModelFault("busy", retry_after=asks),), TEXT)
    held = Leash(model, breaker=Breaker(clock), clock=clock, sleep=clock.sleep)
    assert said(held)[1] == ("busy" if waits is None else None)
    assert (model.calls, clock.now) == ((1, 0.0) if waits is None else (2, waits))


def test_a_second_try_must_have_time_left():
    clock, model = Clock(), Script((ModelFault("server"),), TEXT)
    calls = Calls()
    calls.began = -12.0  # the question began twelve seconds ago and gives up after thirteen
    assert said(Leash(model, clock=clock, sleep=clock.sleep), calls) == ("", "server")
    assert model.calls == 1


def test_a_question_has_two_calls():
    model, calls = Script(TEXT), Calls()
    held = leash(model)
    assert [said(held, calls)[1] for _ in range(3)] == [None, None, "allowance"]
    assert model.calls == 2


def test_a_second_use_has_no_retry_left():
    model, calls = Script(TEXT, (ModelFault("server"),)), Calls()
    held = leash(model)
    assert [said(held, calls)[1] for _ in range(2)] == [None, "server"]
    assert model.calls == 2


@pytest.mark.parametrize(("sort", "again"), [("slow", "slow"), ("unauthorized", "unauthorized"), ("garbled", None)])
def test_after_a_fault_the_question_makes_no_other_call(sort, again):
    model, calls = Script((ModelFault(sort),), TEXT), Calls()
    held = leash(model)
    assert said(held, calls)[1] == sort
    assert said(held, calls)[1] == again
    assert model.calls == (1 if again else 2)


def test_a_question_gives_up_while_nothing_usable_came():
    limits = Limits(first_token=2, stall=5, whole=60)
    calls = Calls()
    calls.began = time.monotonic() - limits.question + 0.6
    began = time.monotonic()
    assert said(leash(Script(("補助率は", 30.0)), limits), calls) == ("補助率は", "late")
    assert time.monotonic() - began < 3


def test_a_whole_sentence_gives_the_reply_its_whole_time():
    limits = Limits(first_token=2, stall=5, whole=60)
    calls = Calls()
    calls.began = time.monotonic() - limits.question + 0.6
    model = Script(("補助率は1/2。", 0.8, "終わり。"))
    assert said(leash(model, limits), calls) == ("補助率は1/2。終わり。", None)


def test_too_many_calls_at_once_are_refused_at_once():
    model = Script(("補助率は", 5.0))
    held = leash(model, Limits(first_token=5, stall=5, at_once=2))
    replies = [held.reply(ASKED, Calls()) for _ in range(2)]
    for reply in replies:
        next(reply)
    began = time.monotonic()
    assert said(held) == ("", "crowded")
    assert time.monotonic() - began < 1
    for reply in replies:
        reply.close()
    model.closed.set()
    assert gone()
    assert said(held)[0] == "補助率は"


def test_a_call_that_was_left_ends_at_its_next_piece():
    model = Script(("補助率は", *(step for _ in range(1000) for step in ("は", 0.01))))
    reply = leash(model).reply(ASKED, Calls())
    next(reply)
    reply.close()
    assert model.closed.wait(2)
    assert gone()


@pytest.mark.parametrize("before", [(), ("補助率は",)])
def test_an_asker_who_leaves_is_not_waited_for(before):
    model, left = Script((*before, 60.0, "遅い")), threading.Event()
    patient = Limits(first_token=60, stall=60, whole=60)
    calls = Calls(gone=left.is_set)
    threading.Timer(0.2, left.set).start()
    assert said(leash(model, patient), calls) == ("".join(before), "left")
    assert said(leash(model, patient), calls) == ("", "left")
    assert model.calls == 1


def test_no_call_is_made_for_an_asker_who_has_left():
    model = Script(TEXT)
    assert said(leash(model), Calls(gone=lambda: True)) == ("", "left")
    assert model.calls == 0


def test_a_model_is_not_read_far_ahead():
    read = []

    def endless(messages):
        while True:
            read.append(1)
            yield Piece("は")

    reply = leash(endless).reply(ASKED, Calls())
    next(reply)
    time.sleep(0.05)
    assert len(read) < 100
    reply.close()


def test_a_call_belongs_to_the_run_that_it_was_made_in():
    run = contextvars.ContextVar("run", default="none")
    seen = []

    def model(messages):
        seen.append(run.get())
        yield Piece("補助率は1/2。")

    run.set("question")
    said(leash(model))
    assert seen == ["question"]


def test_the_breaker_learns_of_every_call():
    model = Script((ModelFault("slow"),))
    held = leash(model)
    assert [said(held)[1] for _ in range(8)] == ["slow"] * 5 + ["open"] * 3
    assert model.calls == 5


def test_the_first_fault_is_told_when_the_breaker_holds_the_second_try():
    model = Script((ModelFault("server"),))
    held = leash(model)
    assert [said(held)[1] for _ in range(4)] == ["server", "server", "server", "open"]
    assert model.calls == 5


def test_an_asker_who_leaves_early_is_no_fault():
    model = Script(("補助率は", 5.0))
    held = leash(model)
    for _ in range(10):
        reply = held.reply(ASKED, Calls())
        next(reply)
        reply.close()
        model.closed.set()
        assert gone()
    assert said(held)[1] is None


SPENT = 2 + 5 + 2 * 16


@pytest.mark.parametrize(
    ("line", "used"),
    [
        ((*TEXT, Piece("", 21)), 21),  # what the server says
        (TEXT, SPENT + len("".join(TEXT))),  # it says nothing
        ((*TEXT, Piece("", -5)), SPENT + len("".join(TEXT))),  # it says nonsense
        (("補助率は", ModelFault("cut")), SPENT + 4),
        ((Piece("", 50), "補助率は", ModelFault("cut")), 50),
        ((5.0,), SPENT),
        ((ModelFault("unauthorized"),), 0),
        ((ModelFault("refused"),), 0),
    ],
)
def test_a_call_is_charged_what_it_used(tmp_path, line, used):
    budget = Budget(tmp_path, conversation=10_000, day=10_000)
    said(leash(Script(line), budget=budget), conversation="a")
    assert (budget.used("a"), budget.used()) == (used, used)


def test_a_server_that_tells_any_number_uses_up_nobodys_day(tmp_path):
    budget = Budget(tmp_path, conversation=0, day=10**6)
    held = leash(Script((*TEXT, Piece("", 10**30))), budget=budget)
    assert said(held) == ("".join(TEXT), None)
    assert budget.used() < 30_000


def test_without_tokens_no_call_is_made(tmp_path):
    model = Script(TEXT)
    held = leash(model, budget=Budget(tmp_path, conversation=SPENT, day=0))
    assert said(held, conversation="a") == ("", "budget")
    assert said(held) == ("".join(TEXT), None)
    assert model.calls == 1


def test_a_fault_is_one_line_in_the_log_without_the_question(caplog):
    with caplog.at_level(logging.INFO, "assistant.generate"):
        said(leash(Script((ModelFault("server", "The language model was away."),))))
    assert caplog.messages == ["The language model was away."]


def test_many_threads_may_use_one_leash():
    held = Leash(lambda messages: iter([Piece(text) for text in TEXT]), Limits(at_once=16))
    got = []

    def ask():
        got.extend(said(held) for _ in range(20))

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert got == [("".join(TEXT), None)] * 160
