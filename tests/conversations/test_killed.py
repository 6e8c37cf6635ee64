"""A process that is killed while it writes leaves whole turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import databases

from .keeping import opened, rows, talk

url = databases.url
KILLS = 2

WRITES = """
import itertools, os, sys, threading
sys.path.insert(0, sys.argv[2])
from assistant.conversations import Store, new_id
from conversations.keeping import answer
store = Store.open(sys.argv[1])
def write(name):
    for number in itertools.count():
        store.begin(name)
        store.keep(name, f"{name} {number}", answer(f"{name} {number}" + "あ" * 3000), new_id(), str(number))
        os.write(1, b"kept\\n")  # in one piece
for name in "abc":
    threading.Thread(target=write, args=(sys.argv[3] + name,)).start()
"""


def test_a_process_that_is_killed_leaves_whole_turns(url: str) -> None:
    tests = str(Path(__file__).parents[1])
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITES, url, tests, str(kill)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            for _ in range(5 + 3 * kill):
                assert writer.stdout.readline() == b"kept\n"
            writer.kill()
        with opened(url) as kept:
            said = [kept.said(f"{kill}{name}") or () for name in "abc"]
            assert sum(map(len, said)) >= 2 * (5 + 3 * kill)
            for one in said:
                assert len(one) % 2 == 0
                assert all(turn.answer for turn in one[1::2])
                assert [turn.content for turn in one[::2]] == [turn.content.rstrip("あ") for turn in one[1::2]]
            talk(kept, f"{kill}a", "続き")
    assert {row["role"] for row in rows(url, "messages")} == {"user", "assistant"}
