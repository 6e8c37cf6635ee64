"""The build that stands: exchanged while it is asked, never for a damaged one, and gone when nobody reads it."""

import gc
import logging
import shutil
import threading
import weakref
from pathlib import Path

import pytest
from conftest import TODAY
from hosting import hosted, wait_for

from api.app import create_app
from api.standing import Lookout, Standing
from assistant.chain import Assistant
from assistant.conversations import Store
from assistant.errors import IndexMissing, QuestionError
from assistant.index.files import replace_text
from assistant.index.manifest import BUILDS, CURRENT, current_name
from assistant.records import Answer, to_json
from eval.load.asked import ask, job_for
from eval.load.streams import bodies
from eval.load.swaps import twins

SWAPS = 4  # a soak run sets more
QUESTIONS = [
    "事業承継で使える補助率は?",
    "離職者等再就職訓練事業の予算は",
    "店を直したい",
    "融資の限度額は?",
    "窓口の電話番号は?",
]


@pytest.fixture
def folder(index_dir, tmp_path) -> Path:
    """An index of its own."""
    own = tmp_path / "index"
    shutil.copytree(index_dir, own)
    return own


def standing_on(folder: Path, **changes) -> Standing:
    return Standing(folder, lambda: Assistant.open(folder, today=lambda: TODAY, **changes), today=lambda: TODAY)


def switch(folder: Path, name: str) -> None:
    replace_text(folder / CURRENT, name + "\n")


def told(standing: Standing, question: str = QUESTIONS[0]) -> Answer:
    *_, answer = standing.stream(question)
    return answer


def test_nothing_happens_while_nothing_is_published(folder):
    standing = standing_on(folder)
    before = standing.index
    assert not standing.look()
    assert standing.index is before
    assert standing.state.swaps == 0


def test_a_newer_build_is_found_and_stands(folder):
    standing = standing_on(folder)
    before = standing.index
    later, earlier = twins(folder)
    answer = told(standing)
    switch(folder, later)
    assert standing.look()
    assert standing.index is not before
    assert standing.state.build == later
    assert told(standing) == answer
    switch(folder, earlier)  # an operator goes back
    assert standing.look()
    assert standing.state.build == earlier
    assert standing.state.swaps == 2


def test_a_kept_answer_is_the_fresh_one_and_goes_with_its_build(folder, assistant):
    standing = standing_on(folder)
    for question in QUESTIONS:
        fresh = [*assistant.stream(question)]
        assert [*standing.stream(question)] == fresh
        again = standing.stream(question)
        assert again.is_at_hand
        assert to_json([*again][-1]) == to_json(fresh[-1])
    assert (standing.state.answers_made, standing.state.answers_found) == (len(QUESTIONS), len(QUESTIONS))
    switch(folder, twins(folder)[0])
    assert standing.look()
    assert (standing.state.answers_made, standing.state.answers_found) == (0, 0)


def test_with_a_model_nothing_is_kept(folder):
    standing = standing_on(folder, leash=object())
    assert not hasattr(standing.stream(QUESTIONS[0]), "is_at_hand")


def test_a_question_that_cannot_be_read_is_refused_before_the_first_event(folder):
    with pytest.raises(QuestionError):
        standing_on(folder).stream("")


def test_what_was_begun_ends_on_its_own_build(folder):
    standing = standing_on(folder)
    later, _ = twins(folder)
    events = standing.stream(QUESTIONS[1])
    next(events)
    old = weakref.ref(standing.index)
    switch(folder, later)
    assert standing.look()
    assert old() is not None
    assert list(events)[-1].status == "answered"
    del events
    standing.look()
    assert old() is None


@pytest.mark.parametrize("harm", ["store.sqlite", "manifest.json", "all", "CURRENT"])
def test_a_damaged_build_changes_nothing_and_is_told_once(folder, harm, caplog):
    standing = standing_on(folder)
    before, answer = standing.index, told(standing)
    later, _ = twins(folder)
    switch(folder, later)
    if harm == "all":
        shutil.rmtree(folder / BUILDS / later)
    elif harm == "CURRENT":
        (folder / CURRENT).write_text("nonsense")
    else:
        (folder / BUILDS / later / harm).write_bytes(b"")
    with caplog.at_level(logging.WARNING, "api.standing"):
        assert not standing.look()
        assert not standing.look()
    assert standing.index is before
    assert told(standing) == answer
    assert len(caplog.records) == 1
    assert "\n" not in caplog.text.strip()
    assert standing.state.failed == 1
    assert standing.state.problem
    assert standing.check_ready().build == before.path.name


def test_a_build_that_cannot_be_read_ahead_changes_nothing(folder, monkeypatch, caplog):
    standing = standing_on(folder)
    before = standing.index
    later, _ = twins(folder)

    def fail(assistant):
        raise ValueError("an odd program")

    monkeypatch.setattr(Assistant, "read_ahead", fail)
    switch(folder, later)
    assert not standing.look()
    assert standing.index is before
    assert (standing.state.failed, standing.state.problem) == (1, "an odd program")
    assert told(standing).status == "answered"
    assert "ValueError" in caplog.text


def test_a_build_that_was_mended_stands_in_the_end(folder, monkeypatch):
    standing = standing_on(folder)
    later, _ = twins(folder)
    kept = folder / "aside"
    (folder / BUILDS / later).rename(kept)
    switch(folder, later)
    assert not standing.look()
    kept.rename(folder / BUILDS / later)
    monkeypatch.setattr("api.standing.RETRY", 0.0)
    assert standing.look()
    assert standing.state.problem is None
    assert standing.state.build == later


def test_without_an_index_nothing_stands(tmp_path):
    with pytest.raises(IndexMissing):
        standing_on(tmp_path)


def test_a_thread_looks_when_it_is_woken_and_ends(folder):
    standing = standing_on(folder)
    lookout = Lookout(standing, 0)
    try:
        switch(folder, twins(folder)[0])
        lookout.wake()
        wait_for(lambda: standing.state.swaps == 1, 30)
    finally:
        lookout.close()
    assert "index" not in {thread.name for thread in threading.enumerate()}


def test_a_thread_looks_by_itself(folder):
    standing = standing_on(folder)
    lookout = Lookout(standing, 0.05)
    try:
        switch(folder, twins(folder)[0])
        wait_for(lambda: standing.state.swaps == 1, 30)
    finally:
        lookout.close()


@pytest.mark.slow
def test_exchanges_under_load_lose_nothing_and_leave_nothing(folder):
    standing = standing_on(folder)
    names = twins(folder)
    seen = []
    ended = threading.Event()
    wrong = []
    with hosted(create_app(standing, conversations=Store.open("sqlite://"))) as url:

        def load() -> None:
            while not ended.is_set():
                wrong.extend(one.wrong for one in ask(job_for(url, bodies(QUESTIONS * 8), 8)).met if one.wrong)

        thread = threading.Thread(target=load)
        thread.start()
        for number in range(SWAPS):
            seen.append(weakref.ref(standing.index))
            switch(folder, names[number % 2])
            assert standing.look()
        ended.set()
        thread.join(60)
    assert wrong == []
    assert standing.state.swaps == SWAPS
    standing.look()
    gc.collect()
    assert [ref() for ref in seen if ref() is not None] == []
    assert current_name(folder) == standing.state.build
