"""Each kind of message against its golden payload, and against what Slack takes."""

from __future__ import annotations

import pytest

from .golden import FOLDER, path, printed
from .limits import faults
from .rendered import shown
from .told import ASKER, every

ALL = every()


@pytest.mark.parametrize("name", ALL)
def test_a_payload_is_as_it_was(name: str) -> None:
    assert printed(ALL[name]) == path(name).read_text("utf-8"), "python -m tests.slack.blocks.golden --write"


def test_no_golden_payload_is_left_over() -> None:
    assert {one.stem for one in FOLDER.glob("*.json")} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_slack_takes_each_message(name: str) -> None:
    assert [faults(one) for one in ALL[name]] == [[] for _ in ALL[name]]


@pytest.mark.parametrize("name", ALL)
def test_each_calls_nobody_but_the_one_who_asks_for_people(name: str) -> None:
    mentions = [who for one in ALL[name] for who in shown(one).mentions]
    wanted = [str({"type": "user", "user_id": ASKER})] if name == "hand_over" else []
    assert mentions == wanted
    assert not any(shown(one).disguised() for one in ALL[name])
