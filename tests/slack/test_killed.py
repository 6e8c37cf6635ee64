"""kill -9 again and again: each of a hundred questions has its one answer, all parts of it, and nothing beside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from api.chat import reply_of
from api.slack.blocks import Message, answer_messages
from api.slack.tasks import Ask, Place, conversation_of
from api.slack.telling import mark_of
from assistant.conversations import Kept, Store

from .doing import LINKS, Office
from .fake import fake_slack
from .nursery import script_of

ROOT = Path(__file__).parents[2]
JOBS, KILLS = 100, 40


@pytest.mark.parametrize(("streams", "seed"), [(True, "1"), pytest.param(False, "2", marks=pytest.mark.slow)])
def test_each_question_is_answered_once(tmp_path: Path, streams: bool, seed: str) -> None:
    database = f"sqlite:///{tmp_path / 'c.sqlite'}"
    store = Store.open(database)
    with fake_slack(streams=streams) as fake:
        for method in ("chat.postMessage", "chat.startStream", "chat.stopStream"):
            fake.delay(method, 0.1)  # many die between a call and the note of what became of it
        office = Office(fake, store)
        places = {}
        for number in range(JOBS):
            question = f"問{number}"
            place = office.said(question)
            places[office.put(Ask(place, question))] = place
        killed = nursed(database, fake.api_url, fake.bot_token, seed)
        assert store.jobs.waiting() == 0
        told = fake.told()
        assert killed >= KILLS // 2
        most = 0
        for job, place in places.items():
            own = [one for one in told if one.thread_ts == place.thread]
            parts = expected(store, place)
            marks = Counter(mark_of({"metadata": one.metadata}) for one in own)
            assert marks == Counter((job, part) for part in range(1, len(parts) + 1))
            ordered = sorted(own, key=lambda one: mark_of({"metadata": one.metadata}) or ("", 0))
            assert [one.blocks for one in ordered] == [list(one.blocks) for one in parts]
            assert not any(one.streaming for one in own)
            most = max(most, len(parts))
        assert {one.thread_ts for one in told} == {place.thread for place in places.values()}
        assert most > 1
    store.close()


def expected(store: Store, place: Place) -> list[Message]:
    """The messages of the one answer that a thread's conversation has."""
    conversation = conversation_of(place)
    asked, told = store.said(conversation) or ()
    assert told.answer is not None
    assert told.answer.text == script_of(asked.content).text
    reply = reply_of(Kept(told.answer_id or "", told.answer), conversation)
    return answer_messages(reply, LINKS, can_hand_over=True)


def nursed(*given: str) -> int:
    """Workers are killed until all is done; gives how many were."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.slack.nursery", *given, str(KILLS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout)
