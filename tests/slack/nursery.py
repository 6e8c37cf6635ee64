"""Workers that are killed: ``python -m tests.slack.nursery DATABASE API_URL TOKEN SEED KILLS``.

Each works on what is to be done in the database until it gets SIGKILL after a moment chosen by chance; after so many
kills it works to the end itself.  Prints how many were killed while something was left to do.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from api.slack import showing, working
from assistant.conversations import Job, Store

from .doing import Script, Scripted, deeds_of

LEASE = 0.9  # seconds; the calls of a killed worker have long arrived then


class ByHeart(dict[str, Script]):
    """A script for each question, the same in every process: quick ones, slow ones, long ones."""

    def get(self, question: str, default: Script | None = None) -> Script:  # type: ignore[override]
        """The script of 問0, 問1 …"""
        return script_of(question)


def script_of(question: str) -> Script:
    """What is said to 問0, 問1 …"""
    number = int(question.removeprefix("問"))
    lines = 160 if number % 3 == 0 else 3
    sentences = tuple(f"{question}への答えの{at}行目で、" + "資料の言葉が続きます。" * 8 + "\n" for at in range(lines))
    return Script(sentences, 0.05 if number % 2 and lines < 9 else 0.0)


def work(database: str, api_url: str, token: str, begun: int) -> None:
    """Work until nothing is left; a byte goes to the pipe ``begun`` with each job."""
    showing.QUICK, showing.EVERY, showing.FLOW, working.POLL = 0.03, 0.05, 0.03, 0.02
    store = Store.open(database)
    deeds = deeds_of(token, api_url, store, Scripted(ByHeart()))

    def do(job: Job, held: working.Held) -> None:
        os.write(begun, b".")
        deeds(job, held)

    with working.Hands(store.jobs, do, most=8, lease=LEASE):
        while store.jobs.waiting():
            time.sleep(0.02)
    os._exit(0)


def main(database: str, api_url: str, token: str, seed: str, kills: str) -> None:
    """Let workers work, one after the other."""
    chance = random.Random(seed)
    killed = 0
    while killed < int(kills):
        begun, write = os.pipe()
        child = os.fork()
        if not child:
            work(database, api_url, token, write)
        os.close(write)
        os.read(begun, 1)  # until it has begun a job, or has ended
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        os.close(begun)
        if os.WIFEXITED(os.waitpid(child, 0)[1]):  # it had nothing left to do
            break
        killed += 1
    print(killed, flush=True)
    work(database, api_url, token, 2)


if __name__ == "__main__":
    main(*sys.argv[1:])
