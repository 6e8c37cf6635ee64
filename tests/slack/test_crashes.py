"""Every deed, ended at each of its steps and taken up by the next owner, is told once."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.slack.calling import Slack
from api.slack.showing import Showing
from api.slack.tasks import Ask, Check, HandOver, Share, Task, conversation_of
from api.slack.working import Held
from assistant.conversations import Store

from .doing import Office, Script
from .fake import fake_slack
from .fake_records import CHANNEL, HANDOVER
from .test_deeds import button


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A workspace."""
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with fake_slack() as fake:
        yield Office(fake, store)
    store.close()


class Killed(BaseException):
    """The process ends here."""


class Steps:
    """Ends the process before or after the call or note of a number."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0
        self._count = itertools.count(1)
        monkeypatch.setattr(Showing, "_set_status", lambda showing: None)  # in a thread that ends by itself
        for owner, name in ((Slack, "call"), (Slack, "respond"), (Held, "note")):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def until(self, step: int) -> None:
        """From now on, and up to that step."""
        self.at, self._count = step, itertools.count(1)

    def _step(self) -> None:
        if next(self._count) == self.at:
            raise Killed

    def _counted(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def with_crashes(*given: Any, **named: Any) -> Any:
            self._step()
            result = do(*given, **named)
            self._step()
            return result

        return with_crashes


def asked(office: Office) -> Task:
    """A question whose answer has several parts."""
    lines = tuple(f"{at}行目です。" + "資料の言葉が続きます。" * 8 + "\n" for at in range(120))
    office.desk.scripts["概要は?"] = Script(lines)
    return Ask(office.said("概要は?"), "概要は?")


def checked(office: Office) -> Task:
    """A text that was pasted into a channel."""
    return Check(office.said("貼った文"), "補助率は2/3です。")


def handed(office: Office) -> Task:
    """A conversation that was held."""
    place = office.said("補助率は?")
    office.do(Ask(place, "補助率は?"))
    return HandOver(place, conversation_of(place))


def shared(office: Office) -> Task:
    """An answer that only its asker has seen."""
    office.do(Ask(office.alone(), "補助率は?"))
    value = json.loads(button(office.fake.ephemerals[-1], "share"))
    return Share(office.alone(), value["conversation"], value["answer_id"])


def seen(office: Office, since: str) -> Counter[str]:
    """What was told after a moment, but for who it was told for."""
    told = [one for channel in (CHANNEL, HANDOVER) for one in office.told(channel) if one.ts > since]
    return Counter(f"{one.channel} {one.text}" for one in told)


@pytest.mark.parametrize("begin", [asked, checked, handed, shared])
def test_whatever_step_it_ends_at_it_is_told_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, begin: Callable[[Office], Task]
) -> None:
    steps = Steps(monkeypatch)
    whole: Counter[str] | None = None
    for step in itertools.chain([0], itertools.count(1)):  # the first time it is not ended at all
        steps.until(0)
        task = begin(office)
        since = office.fake.now()
        office.put(task, f"job {step}")
        steps.until(step)
        is_ended = ended(office)
        steps.until(0)
        if is_ended:
            assert not ended(office)
        told = seen(office, since)
        whole = whole or told
        assert told == whole, step
        if step and not is_ended:
            break
    assert step > 4


def ended(office: Office) -> bool:
    """The job is done by the next owner; whether he was ended."""
    job = office.store.jobs.take("owner", 0)
    assert job is not None
    held = Held(office.store.jobs, job, "owner")
    try:
        office.deeds(job, held)
    except Killed:
        return True
    office.store.jobs.finish(job.id, "owner")
    return False
