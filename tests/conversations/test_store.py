"""Conversations and feedback, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Iterator

import databases
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversations import Kept, Said, Store, new_id, store
from assistant.conversations.records import answer_of, answer_text
from assistant.settings import Settings

from .keeping import QUESTION, Clock, answer, at_once, opened, rows, talk

url = databases.url
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(url: str, clock: Clock) -> Iterator[Store]:
    with opened(url, retention=30 * DAY, now=clock) as made:
        yield made


# ---- what was said ----


def test_a_conversation_remembers(kept: Store) -> None:
    assert kept.said("a") is None
    assert kept.begin("a") == ()
    assert kept.said("a") == ()
    assert kept.keep("a", QUESTION, answer(), "id1") == Kept("id1", answer())
    assert kept.begin("a") == (Said("user", QUESTION), Said("assistant", answer().text, "id1"))
    assert kept.said("a") == (Said("user", QUESTION), Said("assistant", answer().text, "id1", answer()))
    assert kept.begin("b") == ()


def test_each_message_tells_when_it_was_said(kept: Store, clock: Clock) -> None:
    talk(kept, "a", QUESTION)
    clock.forward(dt.timedelta(hours=1.5))
    talk(kept, "a", "また質問")
    times = [1_800_000_000] * 2 + [1_800_005_400] * 2
    assert [one.at for one in kept.begin("a")] == [one.at for one in kept.said("a") or ()] == times


def test_the_last_messages_are_read_without_opening_anything(kept: Store) -> None:
    assert kept.last("a") is None
    assert kept.said("a") is None
    assert kept.begin("a") == kept.last("a") == ()
    talk(kept, "a", QUESTION)
    assert kept.last("a") == kept.begin("a")


def test_the_next_question_is_read_with_the_last_messages(kept: Store) -> None:
    talk(kept, "a", *(f"質問その{number}" for number in range(30)))
    said = kept.begin("a")
    assert len(said) == store.HISTORY
    assert [one.content for one in said[::2]] == [f"質問その{number}" for number in range(20, 30)]
    assert len(kept.said("a") or ()) == 60


def test_a_conversation_keeps_so_many_messages(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MESSAGES", 6)
    first, *_, last = talk(kept, "a", *(f"質問その{number}" for number in range(9)))
    said = kept.said("a") or ()
    assert [one.content for one in said[::2]] == ["質問その6", "質問その7", "質問その8"]
    assert kept.rate(last, "up")
    assert not kept.rate(first, "up")


def test_an_answer_comes_back_as_it_was(kept: Store) -> None:
    kept.begin("a")
    kept.keep("a", QUESTION, answer(), "id1", "key1")
    again = kept.answered("a", "key1")
    assert again == Kept("id1", answer())
    assert again is not None
    assert answer_text(again.answer) == answer_text(answer())


def test_a_field_of_another_version_does_no_harm() -> None:
    assert answer_of(answer_text(answer()).replace('{"question"', '{"newer":[1],"question"', 1)) == answer()


@pytest.mark.parametrize("odd", ["\0", "\ud800", "😀", "'; DROP TABLE messages; --", "%s :x ?", "あ" * 20_000, ""])
def test_any_text_can_be_kept(kept: Store, odd: str) -> None:
    (answer_id,) = talk(kept, "odd", odd)
    assert kept.rate(answer_id, "down", odd)
    (asked, *_) = kept.said("odd") or ()
    assert asked.content == odd.replace("\0", "\ufffd").replace("\ud800", "?")


# ---- deletion ----


def test_deletion_takes_everything(kept: Store, url: str) -> None:
    (answer_id,) = talk(kept, "a", "消す質問")
    (other,) = talk(kept, "b", "残る質問")
    assert kept.rate(answer_id, "up", "消す一言")
    assert kept.rate(other, 3)
    assert kept.delete("a")
    assert not kept.delete("a")
    assert kept.said("a") is None
    assert not kept.rate(answer_id, "up")
    assert {row["id"] for row in rows(url, "conversations")} == {"b"}
    assert {row["conversation"] for row in rows(url, "messages")} == {"b"}
    assert [(row["answer_id"], row["rating"]) for row in rows(url, "feedback")] == [(other, "3")]


def test_an_answer_under_way_does_not_bring_a_deleted_conversation_back(kept: Store, url: str) -> None:
    kept.begin("a")
    assert kept.delete("a")
    assert kept.keep("a", QUESTION, answer(), new_id(), "key") is None
    assert kept.keep("never begun", QUESTION, answer(), new_id()) is None
    assert rows(url, "conversations") == rows(url, "messages") == []


def test_deletion_while_answers_come_leaves_nothing(kept: Store, url: str) -> None:
    def one(number: int) -> None:
        name = f"conversation {number % 4}"
        for _ in range(6):
            if number < 4:
                kept.delete(name)
            else:
                kept.begin(name)
                kept.keep(name, QUESTION, answer(), new_id())

    at_once(one, 16)
    for number in range(4):
        kept.delete(f"conversation {number}")
    assert rows(url, "conversations") == rows(url, "messages") == []


# ---- the same request again ----


def test_a_key_has_one_answer(kept: Store) -> None:
    kept.begin("a")
    assert kept.answered("a", "key") is None
    first = kept.keep("a", QUESTION, answer("一つ目。"), "id1", "key")
    assert kept.keep("a", QUESTION, answer("二つ目。"), "id2", "key") == first == kept.answered("a", "key")
    assert len(kept.said("a") or ()) == 2
    kept.begin("b")  # a key is the conversation's own
    assert kept.answered("b", "key") is None
    assert kept.keep("b", QUESTION, answer(), "id3", "key") == Kept("id3", answer())


@pytest.mark.parametrize("question", [QUESTION, "電話は090-1234-5678です。補助率は?", "a\0b"])
def test_an_answer_under_a_key_knows_its_question(kept: Store, question: str) -> None:
    talk(kept, "a", "先の質問", key="earlier")
    talk(kept, "a", question, key="key")
    again = kept.answered("a", "key")
    assert again is not None
    assert again.is_of(question)
    assert not again.is_of("先の質問")
    earlier = kept.answered("a", "earlier")
    assert earlier is not None
    assert earlier.is_of("先の質問")
    assert Kept("id", answer()).is_of(question)  # one that was just kept


def test_one_key_at_once_keeps_one_answer(kept: Store) -> None:
    kept.begin("a")
    given: list[Kept | None] = []
    at_once(lambda number: given.append(kept.keep("a", QUESTION, answer(f"{number}。"), f"id{number}", "key")), 12)
    assert len({one.answer_id for one in given if one}) == 1
    assert None not in given
    assert len(kept.said("a") or ()) == 2


# ---- many at once ----


def test_turns_stay_in_whole_pairs(kept: Store, url: str) -> None:
    def one(number: int) -> None:
        for turn in range(5):
            kept.begin("shared")
            question = f"{number}の{turn}"
            kept.keep("shared", question, answer(question), new_id())

    with opened(url) as other:  # as another process would
        at_once(one, 16)
        said = other.said("shared") or ()
    assert len(said) == 160
    assert all(one.role == "user" for one in said[::2])
    assert [one.content for one in said[::2]] == [one.content for one in said[1::2]]


def test_conversations_that_begin_at_once_do_not_mix(kept: Store) -> None:
    at_once(lambda number: [talk(kept, f"c{number % 20}", f"質問 {number % 20}") for _ in range(2)], 80)
    for number in range(20):
        said = kept.said(f"c{number}") or ()
        assert len(said) == 16
        assert {one.content for one in said[::2]} == {f"質問 {number}"}


def test_more_threads_than_connections(kept: Store) -> None:
    at_once(lambda number: talk(kept, new_id(), "質問", "次の質問"), 100)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["begin", "keep", "again", "delete"]), st.sampled_from("abc")), max_size=25))
def test_it_is_what_a_plain_dictionary_is(kept: Store, steps: list[tuple[str, str]]) -> None:
    run, plain = new_id(), dict[str, list[str]]()
    for number, (step, letter) in enumerate(steps):
        name = f"{run}{letter}"
        if step == "begin":
            kept.begin(name)
            plain.setdefault(name, [])
        elif step == "delete":
            assert kept.delete(name) == (plain.pop(name, None) is not None)
        else:
            key = "the same" if step == "again" else str(number)
            known = name in plain and kept.answered(name, key) is not None
            stored = kept.keep(name, f"質問 {number}", answer(), new_id(), key)
            assert (stored is not None) == (name in plain)
            if name in plain and not known:
                plain[name].append(f"質問 {number}")
    for letter in "abc":
        said = kept.said(f"{run}{letter}")
        assert (None if said is None else [one.content for one in said[::2]]) == plain.get(f"{run}{letter}")


# ---- feedback ----


def test_rating_again_replaces(kept: Store, url: str, clock: Clock) -> None:
    (answer_id,) = talk(kept, "a", QUESTION)
    assert not kept.rate("unknown", "up")
    for given_rating, comment in (("up", None), (-1, "違う"), ("down", "090-1234-5678に連絡を。予算は1,234千円")):
        clock.forward(DAY)
        assert kept.rate(answer_id, given_rating, comment)
    (row,) = rows(url, "feedback")
    assert row == {
        "answer_id": answer_id,
        "conversation": "a",
        "rating": "down",
        "comment": "［電話番号］に連絡を。予算は1,234千円",
        "at": int(clock()),
    }


def test_a_rating_without_a_comment_takes_none_back(kept: Store, url: str) -> None:
    (answer_id,) = talk(kept, "a", QUESTION)
    for rating, comment in (("down", "限度額も"), ("up", None)):
        assert kept.rate(answer_id, rating, comment)
    (row,) = rows(url, "feedback")
    assert (row["rating"], row["comment"]) == ("up", "限度額も")


def test_ratings_at_once_leave_one(kept: Store, url: str) -> None:
    (answer_id,) = talk(kept, "a", QUESTION)
    at_once(lambda number: kept.rate(answer_id, number % 6, "一言"), 24)
    assert len(rows(url, "feedback")) == 1


def test_a_rating_and_a_deletion_at_once(kept: Store, url: str) -> None:
    ids = [talk(kept, f"c{number}", QUESTION)[0] for number in range(12)]
    at_once(lambda number: kept.delete(f"c{number // 2}") if number % 2 else kept.rate(ids[number // 2], "up"), 24)
    assert rows(url, "feedback") == rows(url, "conversations") == []


# ---- retention ----


def test_what_is_unused_for_long_is_dropped(kept: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BATCH", 3)
    for number in range(10):
        talk(kept, f"old {number}", QUESTION)
    clock.forward(20 * DAY)
    talk(kept, "old 3", "また来ました")
    talk(kept, "new", QUESTION)
    clock.forward(11 * DAY)
    assert kept.purge() == 9
    assert kept.purge() == 0
    assert kept.said("old 1") is None
    assert len(kept.said("old 3") or ()) == 4
    later = dt.datetime.fromtimestamp(clock(), dt.UTC) + 40 * DAY
    assert kept.purge(later) == 2


def test_without_a_retention_nothing_is_dropped(url: str, clock: Clock) -> None:
    with opened(url, now=clock) as kept:
        talk(kept, "a", QUESTION)
        clock.forward(100_000 * DAY)
        assert kept.purge() == 0
        assert kept.said("a")


def test_purges_and_questions_at_once(url: str, clock: Clock) -> None:
    with opened(url, retention=DAY, now=clock) as one, opened(url, retention=DAY, now=clock) as other:
        for number in range(60):
            talk(one, f"old {number}", QUESTION)
        clock.forward(2 * DAY)
        dropped: list[int] = []
        lock = threading.Lock()

        def work(number: int) -> None:
            if number % 2:
                talk(random.choice((one, other)), f"new {number}", QUESTION)
            else:
                count = (one, other)[number // 2 % 2].purge()
                with lock:
                    dropped.append(count)

        at_once(work, 12)
        assert sum(dropped) == 60
        assert {row["id"] for row in rows(url, "conversations")} == {f"new {number}" for number in range(1, 12, 2)}


# ---- where it is ----


def test_the_settings_name_the_store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_DATABASE_URL", raising=False)
    settings_here = Settings(data=tmp_path / "folder" / "data", retention_days=0)
    made = Store.of(settings_here)
    talk(made, "a", QUESTION)
    made.close()
    assert (settings_here.data / "conversations.sqlite3").stat().st_mode & 0o077 == 0  # its owner's alone
    with opened(f"sqlite:///{settings_here.data / 'conversations.sqlite3'}") as again:
        assert len(again.said("a") or ()) == 2


def test_a_store_without_a_place_goes_when_it_is_closed() -> None:
    one, other = Store.open("sqlite://"), Store.open("sqlite://")
    talk(one, "a", QUESTION)
    assert other.said("a") is None
    one.close()
    one.close()
    other.close()


def test_ids_cannot_be_guessed() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(bytes.fromhex(one)) == 16 for one in ids)
