"""Deeds: what is asked, checked, shared, rated and handed over, and what is heard where."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.slack import showing, working
from api.slack.blocks import notes
from api.slack.deeds import BROKEN
from api.slack.deeds.asking import UNREADABLE, UNREADY
from api.slack.deeds.handing import ALREADY
from api.slack.deeds.small import NOT_THERE
from api.slack.tasks import Ask, Check, HandOver, Place, Rate, Share, Welcome, conversation_of, hashed
from assistant.check import Finding
from assistant.conversations import Store
from assistant.errors import IndexMissing, QuestionError

from .doing import Office, Script
from .fake import fake_slack
from .fake_records import ASKER, CHANNEL, COLLEAGUE, DIRECT, ELSEWHERE, HANDOVER, PRIVATE, TEAM, Posted

LONG = "あ" * 2001


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    for name, seconds in (("QUICK", 0.05), ("EVERY", 0.05), ("FLOW", 0.03)):
        monkeypatch.setattr(showing, name, seconds)
    monkeypatch.setattr(working, "POLL", 0.02)
    monkeypatch.setattr(working, "PAUSES", (0.01, 0.01))


class Clock:
    """The store's."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return working.time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    """A clock that a test moves."""
    return Clock()


@pytest.fixture(params=[True, False], ids=["streams", "edits"])
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A workspace with and without streams."""
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}", now=clock)
    with fake_slack(streams=request.param) as fake:
        yield Office(fake, store)
    store.close()


def turns(office: Office, at: int = -1) -> list[str]:
    """What the desk was told of before a question."""
    return [one.content for one in office.desk.asked[at][1]]


def button(message: Posted, action: str) -> str:
    """The value of a button."""
    found = [one for block in message.blocks for one in block.get("elements", []) if one.get("action_id") == action]
    return str(found[0]["value"])


def test_a_mention_is_answered_in_its_thread(office: Office) -> None:
    place = office.said("補助率は?")
    office.do(Ask(place, "補助率は?"))
    (told,) = office.told()
    assert told.thread_ts == place.thread
    assert "「補助率は?」への答えです。" in told.whole


def test_slow_and_quick_answers_end_with_the_same_blocks(office: Office) -> None:
    sentences = tuple(f"{number}番目の文です。" for number in range(6))
    seen = []
    for pause in (0.0, 0.06):
        office.desk.scripts["概要は?"] = Script(sentences, pause, taken_back=("撤回する文。",) if pause else ())
        place = office.said("概要は?")
        office.do(Ask(place, "概要は?"))
        seen.append([one for one in office.told() if one.thread_ts == place.thread])
    (at_once,), (slowly,) = seen
    assert blocks_of(at_once) == blocks_of(slowly)
    assert slowly.edits
    assert "撤回する文" not in slowly.whole
    assert slowly.streamed == office.fake.streams


def blocks_of(message: Posted) -> str:
    """Its blocks, with the ids of conversation and answer left out."""
    text = json.dumps(message.blocks, ensure_ascii=False)
    for name in {one.strip('"\\ :') for one in text.replace(",", " ").replace(":", " ").split()}:
        if name.startswith("slack-") or (len(name) == 32 and name.isalnum()):
            text = text.replace(name, "…")
    return text


@pytest.mark.parametrize(("question", "told"), [("", notes.usage()), (" \n", notes.usage()), (LONG, notes.too_long())])
def test_what_is_no_question_is_told_how_to_ask(office: Office, question: str, told: Any) -> None:
    office.do(Ask(office.said("?"), question))
    assert [one.text for one in office.told()] == [told.text]
    assert office.desk.asked == []


@pytest.mark.parametrize(
    ("fault", "why"), [(IndexMissing("no index"), UNREADY), (QuestionError("no question"), UNREADABLE)]
)
def test_an_error_of_the_desk_is_told_in_plain_words(office: Office, fault: Exception, why: str) -> None:
    office.desk.scripts["問"] = Script(fault=fault)
    office.do(Ask(office.said("問"), "問"))
    assert [one.text for one in office.told()] == [notes.failed(why).text]


def test_a_defect_is_tried_again_and_told_once(office: Office) -> None:
    office.desk.scripts["問"] = Script(fault=RuntimeError("defect"))
    office.do(Ask(office.said("問"), "問"), Ask(office.alone(), "問"))
    assert len(office.desk.asked) == 6
    assert [one.text for one in (*office.told(), *office.fake.ephemerals)] == [notes.failed(BROKEN).text] * 2


def test_the_thread_is_its_conversation(office: Office) -> None:
    first = office.said("事業承継の補助率は?")
    office.do(Ask(first, "事業承継の補助率は?"))
    office.do(Ask(office.said("上限は?", thread=first.ts), "上限は?"))
    assert turns(office) == ["事業承継の補助率は?", "「事業承継の補助率は?」への答えです。"]
    office.do(Ask(office.said("期限は?", thread=first.ts), "期限は?"))
    assert len(turns(office)) == 4


def test_what_people_said_before_counts_also_for_later_questions(office: Office) -> None:
    root = office.said("事業承継補助金について相談です")
    office.said("わたしも知りたいです", thread=root.ts, user=COLLEAGUE)
    asked = office.said("<@U0FAKEBOT01> 補助率は?", thread=root.ts)
    office.said("あとから来た話", thread=root.ts, user=COLLEAGUE)
    office.do(Ask(asked, "補助率は?"))
    before = ["事業承継補助金について相談です", "わたしも知りたいです"]
    assert turns(office) == before
    again = office.said("上限は?", thread=root.ts)
    office.do(Ask(again, "上限は?"))
    assert turns(office) == [*before, "補助率は?", "「補助率は?」への答えです。"]
    fresh = Office(office.fake, office.store)  # another process, which has not read the thread
    fresh._count = iter([99])
    fresh.do(Ask(office.said("期限は?", thread=root.ts), "期限は?"))
    assert [one.content for one in fresh.desk.asked[-1][1]][:2] == before


def test_a_thread_that_cannot_be_read_now_holds_up_only_its_first_question(office: Office) -> None:
    root = office.said("事業承継補助金について相談です")
    office.fake.fail("conversations.replies")
    office.do(Ask(office.said("補助率は?", thread=root.ts), "補助率は?"))
    assert turns(office) == ["事業承継補助金について相談です"]
    fresh = Office(office.fake, office.store)
    office.fake.limit("conversations.replies", after=0, retry_after=60)
    fresh._count = iter([99])
    fresh.do(Ask(office.said("上限は?", thread=root.ts), "上限は?"))
    assert turns(fresh) == ["補助率は?", "「補助率は?」への答えです。"]


def test_a_direct_message_goes_on_for_half_an_hour(office: Office, clock: Clock) -> None:
    for question in ("事業承継の補助率は?", "上限は?"):
        office.do(Ask(office.said(question, DIRECT), question))
    assert turns(office) == ["事業承継の補助率は?", "「事業承継の補助率は?」への答えです。"]
    clock.ahead = 1801
    office.do(Ask(office.said("創業は?", DIRECT), "創業は?"))
    assert turns(office) == []
    office.do(Ask(office.said("期限は?", DIRECT), "期限は?"))
    assert turns(office) == ["創業は?", "「創業は?」への答えです。"]


def test_a_thread_below_a_direct_message_starts_with_what_was_said_until_then(office: Office) -> None:
    office.do(Ask(office.said("事業承継の補助率は?", DIRECT), "事業承継の補助率は?"))
    second = office.said("上限は?", DIRECT)
    office.do(Ask(second, "上限は?"))
    office.do(Ask(office.said("創業は?", DIRECT), "創業は?"))
    for question in ("窓口は?", "電話は?"):
        office.do(Ask(office.said(question, DIRECT, thread=second.ts), question))
        assert turns(office)[:4] == [
            "事業承継の補助率は?",
            "「事業承継の補助率は?」への答えです。",
            "上限は?",
            "「上限は?」への答えです。",
        ]
        assert "創業は?" not in turns(office)


def test_a_place_never_hears_another(office: Office) -> None:
    """The same person: in a direct message, a channel, a private channel and by a command; buttons of one elsewhere."""
    secret = "合併の相談です、まだ秘密の"
    office.do(Ask(office.said(secret, DIRECT), secret))
    direct = hashed("direct", TEAM, DIRECT)
    alone = office.alone()
    office.do(Ask(alone, secret))
    own = office.fake.ephemerals[-1]
    private = json.loads(button(own, "share"))["conversation"]
    for conversation in ("", direct, private):
        for channel in (CHANNEL, PRIVATE):
            place = office.said("つづきは?", channel)
            office.do(Ask(place, "つづきは?", echo=True, conversation=conversation))
            assert turns(office) == []
            office.do(HandOver(place, conversation))
        office.do(Ask(replace(office.alone(), user=COLLEAGUE), "つづきは?", conversation=conversation))
        assert turns(office) == []
    office.do(Ask(office.alone(), "つづきは?", conversation=private))
    assert turns(office)[0] == secret
    everywhere = [one.whole for channel in (CHANNEL, PRIVATE, HANDOVER) for one in office.told(channel)]
    assert everywhere
    assert not any(secret in one for one in everywhere)


def test_a_command_is_answered_to_its_asker_alone_and_each_is_a_conversation(office: Office) -> None:
    office.do(Ask(office.alone(), "補助率は?"))
    office.do(Ask(office.alone(), "上限は?"))
    assert office.told() == []
    assert [one.only_for for one in office.fake.ephemerals] == [ASKER] * 2
    assert turns(office) == []
    assert [call.arguments["replace_original"] for call in office.fake.called("response_url")] == [True, True]


def test_an_address_that_is_used_up_does_not_lose_the_answer(office: Office) -> None:
    place = office.alone()
    office.fake.response_urls.clear()
    office.do(Ask(place, "補助率は?"))
    assert [one.only_for for one in office.fake.ephemerals] == [ASKER]


def test_a_shared_answer_is_told_with_who_shared_it(office: Office) -> None:
    office.do(Ask(office.alone(), "補助率は?"))
    value = json.loads(button(office.fake.ephemerals[-1], "share"))
    place = office.alone()
    office.do(Share(place, value["conversation"], value["answer_id"]))
    told = "\n".join(one.whole + json.dumps(one.blocks) for one in office.told())
    assert "「補助率は?」への答えです。" in told
    assert ASKER in told
    assert office.fake.ephemerals[-1].text == notes.shared().text
    office.do(Share(office.alone(), value["conversation"], "unknown"))
    office.do(Share(replace(office.alone(), user=COLLEAGUE), value["conversation"], value["answer_id"]))
    assert [one.text for one in office.fake.ephemerals[-2:]] == [notes.failed(NOT_THERE).text] * 2


def test_a_rating_is_kept_and_thanked_for(office: Office) -> None:
    place = office.said("補助率は?")
    office.do(Ask(place, "補助率は?"))
    said = office.store.said(conversation_of(place))
    assert said is not None
    answer_id = said[-1].answer_id or ""
    office.do(Rate(place, answer_id, "up"))
    assert office.store.rate(answer_id, "down")
    assert [(one.text, one.only_for) for one in office.fake.ephemerals] == [(notes.rated().text, ASKER)]
    assert len(office.told()) == 1
    office.do(Rate(office.alone(), "unknown", "up"))
    assert len(office.fake.ephemerals) == 1


def test_a_conversation_is_handed_over_once(office: Office) -> None:
    place = office.said("補助率は?")
    conversation = conversation_of(place)
    office.do(Ask(place, "補助率は?"))
    office.do(HandOver(place, conversation))
    (handed,) = office.told(HANDOVER)
    assert "補助率は?" in handed.whole
    assert place.thread.replace(".", "") in json.dumps(handed.blocks)
    office.do(HandOver(place, conversation))
    assert len(office.told(HANDOVER)) == 1
    assert [one.text for one in office.told()[1:]] == [notes.handed_over().text, notes.failed(ALREADY).text]
    office.do(Ask(office.said("上限は?", thread=place.ts), "上限は?"), HandOver(place, conversation))
    assert len(office.told(HANDOVER)) == 2


def test_a_text_is_checked_for_its_asker_or_in_its_thread(office: Office) -> None:
    office.do(Check(office.alone(), "補助率は2/3です。"), Check(office.said("貼った文"), "補助率は2/3です。"))
    assert len(office.fake.ephemerals) == 1
    assert len(office.told()) == 1
    office.do(Check(office.alone(), "1円" * 3000), Check(office.alone(), "あ" * 20_001), Check(office.alone(), " "))
    refused = [one.text for one in office.fake.ephemerals[1:]]
    assert ["数字が多すぎます" in refused[0], "長すぎます" in refused[1]] == [True, True]
    assert refused[2] == notes.usage().text


def test_many_figures_are_told_where_the_bot_is_no_member(office: Office) -> None:
    """Slack takes five messages at the address of a shortcut, and elsewhere the bot cannot tell anybody."""
    text = "検査文 = NAMEの予算は1億円です。"
    office.desk.findings = [Finding("1億円", "money", "unsupported", 1, 13, 16, None, ())] * 1000
    office.do(Check(office.alone(ELSEWHERE), text))
    assert 1 <= len(office.fake.ephemerals) <= 4
    assert "表示していません" in json.dumps(office.fake.ephemerals[-1].blocks, ensure_ascii=False)
    assert office.fake.called("chat.postEphemeral") == []


@pytest.mark.parametrize("thread", ["", "1700000000.000001"])
def test_what_may_be_asked_is_suggested(office: Office, thread: str) -> None:
    place = Place(TEAM, DIRECT, ASKER, thread=thread, is_direct=True)
    office.do(Welcome(place))
    (set_,) = office.fake.prompts
    assert [one["title"] for one in set_["prompts"]] == [title for title, _ in notes.PROMPTS]
    assert set_.get("thread_ts", "") == thread
    office.fake.refuse("assistant.threads.setSuggestedPrompts", "missing_scope")
    office.do(Welcome(place))


def test_an_old_slack_that_has_hardly_any_method_gets_answers(office: Office) -> None:
    for method in ("assistant.threads.setStatus", "conversations.replies", "chat.getPermalink", "chat.startStream"):
        office.fake.fail(method, 1000, 404)
    office.desk.scripts["概要は?"] = Script(("一文目。", "二文目。"), 0.1)
    root = office.said("相談です")
    office.do(Ask(office.said("概要は?", thread=root.ts), "概要は?"))
    assert "二文目。" in office.told()[0].whole
    office.do(HandOver(root, conversation_of(root)))
    assert len(office.told(HANDOVER)) == 1


def test_a_long_pause_of_slack_gives_the_job_back_and_the_answer_is_not_made_anew(office: Office) -> None:
    office.fake.limit("chat.postMessage", after=0, retry_after=4)
    job = office.put(Ask(office.said("補助率は?"), "補助率は?"))
    with office.working():
        office.fake.until(lambda: office.fake.called("chat.postMessage"))
        office.fake.limit("chat.postMessage", after=99, retry_after=4)
        office.fake.until(lambda: not office.store.jobs.waiting(), 10)
    first, second = office.fake.called("chat.postMessage")
    assert second.at - first.at >= 4
    assert len(office.told()) == len(office.desk.asked) == 1
    assert job


def test_a_job_of_another_program_is_left_out(office: Office) -> None:
    for kind, body in (("newer", "{}"), ("ask", "{"), ("ask", "[]")):
        office.store.jobs.put(f"odd-{kind}-{body}", "lane", kind, body)
    office.do()
    assert office.fake.calls == []


def test_two_processes_answer_each_question_once(office: Office, tmp_path: Path) -> None:
    other = Office(office.fake, Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}"))
    places = [office.said(f"問{number}") for number in range(30)]
    for number, place in enumerate(places):
        office.put(Ask(place, f"問{number}"))
    with other.working():
        office.do()
    assert len(office.desk.asked) + len(other.desk.asked) == 30
    assert [len([one for one in office.told() if one.thread_ts == place.ts]) for place in places] == [1] * 30
    other.store.close()


def test_whoever_lost_the_job_tells_nothing_more(office: Office, tmp_path: Path) -> None:
    office.desk.scripts["問"] = Script(("一文目。", "二文目。"), 0.3)
    job = office.put(Ask(office.said("問"), "問"))
    with office.working(lease=0.2):
        office.fake.until(lambda: office.desk.asked)
        with sqlite3.connect(tmp_path / "c.sqlite", timeout=5) as file:
            file.execute("UPDATE jobs SET owner = 'another', due = due + 60000 WHERE id = ?", (job,))
        file.close()
        working.time.sleep(1.0)
    assert office.told() == []
    assert office.store.jobs.waiting() == 1
