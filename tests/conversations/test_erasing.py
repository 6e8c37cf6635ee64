"""What was deleted is in none of an SQLite database's files any more."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversations import Store, erasing, new_id
from assistant.conversations.engines import make_engine

from .keeping import answer, at_once, opened


def held(folder: Path, *words: str) -> set[str]:
    """Those of the words that stand in a file of the folder."""
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return {word for word in words if word.encode() in content}


def fill(store: Store, names: list[str], rng: random.Random) -> None:
    """Conversations of several turns, of short and of long answers, each holding its own name everywhere."""
    turns = [name for name in names for _ in range(3)]
    rng.shuffle(turns)
    for name in turns:
        store.begin(name)
        answer_id = new_id()
        words = f"答え {name} " + f"あ{name}い" * rng.choice((1, 30, 600))
        store.keep(name, f"質問 {name}", answer(words), answer_id)
        store.rate(answer_id, "up", f"一言 {name}")


@pytest.mark.parametrize("seed", range(3))
def test_no_byte_of_a_deleted_conversation_is_left(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    names = [f"canary{rng.getrandbits(64):016x}" for _ in range(40)]
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as store:
        fill(store, names, rng)
        assert held(tmp_path, *names) == set(names)
        gone = rng.sample(names, 25)
        for name in gone:
            assert store.delete(name)
        assert held(tmp_path, *names) == set(names) - set(gone)
        fill(store, names[:5], rng)
        for name in names:
            store.delete(name)
        assert held(tmp_path, *names) == set()
    assert held(tmp_path, *names) == set()


def test_no_byte_of_what_was_replaced_or_dropped_is_left(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as store:
        store.begin("a")
        store.keep("a", "質問", answer(), "id")
        store.rate("id", "up", "firstcomment")
        store.rate("id", "down", "secondcomment")
        store.delete("a")
        assert held(tmp_path, "firstcomment", "secondcomment") == set()


def test_a_reader_makes_it_wait_and_the_next_purge_makes_up_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "PATIENCE", 0.05)
    path = tmp_path / "kept.sqlite3"
    with opened(f"sqlite:///{path}") as store:
        store.begin("canary")
        store.keep("canary", "質問 canary", answer(), "id")
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM messages").fetchone() == (2,)
            assert store.delete("canary")
            assert store.said("canary") is None
            assert held(tmp_path, "canary") == {"canary"}
            reader.execute("ROLLBACK")
        store.purge()
        assert held(tmp_path, "canary") == set()


def test_deletions_at_once_while_others_write(tmp_path: Path) -> None:
    names = [f"canary{number:04}" for number in range(24)]

    def one(number: int) -> None:
        fill(store, [names[number]], random.Random(number))
        if number % 2:
            assert store.delete(names[number])

    with opened(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as store:
        at_once(one, len(names))
        store.purge()
        assert held(tmp_path, *names) == set(names[::2])


def test_an_engine_writes_over_what_it_deletes(tmp_path: Path) -> None:
    from sqlalchemy.engine import make_url

    engine = make_engine(make_url(f"sqlite:///{tmp_path / 'x.sqlite3'}"))
    with engine.connect() as connection:
        asked = ("secure_delete", "foreign_keys", "temp_store", "synchronous")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == [1, 1, 2, 1]
    engine.dispose()
