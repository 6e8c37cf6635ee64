"""The conversation store in memory: bounds, order, threads."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from api.memory import MemoryConversations, Said


def said(*words: str) -> tuple[Said, ...]:
    return tuple(Said("user", word) for word in words)


def test_only_the_last_turns_are_kept():
    store = MemoryConversations(turns=3)
    store.begin("a")
    for word in "12345":
        store.add("a", *said(word))
    assert store.begin("a") == said("3", "4", "5")


def test_the_longest_unused_goes_first():
    store = MemoryConversations(conversations=2)
    store.begin("a")
    store.begin("b")
    store.begin("a")
    store.begin("c")
    assert [store.said(name) for name in "abc"] == [(), None, ()]


def test_nothing_is_added_to_what_is_gone():
    store = MemoryConversations()
    store.begin("a")
    assert store.delete("a")
    store.add("a", *said("late"))
    assert store.said("a") is None
    assert not store.delete("a")


def test_messages_added_together_stay_together():
    store = MemoryConversations(turns=10_000)
    store.begin("a")

    def talk(name: str) -> None:
        for _ in range(200):
            store.add("a", *said(name, name))

    threads = [threading.Thread(target=talk, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    words = [message.content for message in store.begin("a")]
    assert len(words) == 3200
    assert words[::2] == words[1::2]


@given(st.lists(st.tuples(st.sampled_from(["begin", "add", "delete"]), st.sampled_from("abcdef")), max_size=60))
def test_it_never_holds_more_than_its_bounds(steps):
    store = MemoryConversations(conversations=3, turns=2)
    for step, name in steps:
        if step == "begin":
            store.begin(name)
        elif step == "add":
            store.add(name, *said("x", "y", "z"))
        else:
            store.delete(name)
    kept = [store.said(name) for name in "abcdef"]
    assert sum(messages is not None for messages in kept) <= 3
    assert all(len(messages) <= 2 for messages in kept if messages is not None)
