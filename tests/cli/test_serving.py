"""The server as an operator has it: several processes, a new index by signal, an end in order."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from hosting import wait_for

from assistant.index.files import replace_text
from assistant.index.manifest import CURRENT
from cli import running
from eval.load.server import command
from eval.load.swaps import builds_of, twins

served = running.served


Q = "事業承継で使える補助率は?"
EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture
def data(tmp_path) -> dict[str, str]:
    """A data folder of the test's own."""
    return {"ASSISTANT_DATA": str(tmp_path / "data")}


def workers_of(process: subprocess.Popen) -> list[int]:
    """The ids of a server's workers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = []
    for child in map(int, children):
        with contextlib.suppress(OSError):
            found += [child] if "spawn_main" in command(child) else []
    return found


def is_alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def answers(url: str, times: int = 4) -> bool:
    """Whether so many new connections are answered."""
    for _ in range(times):
        reply = httpx.post(f"{url}/v1/chat", json={"question": Q}, timeout=60, trust_env=False)
        assert reply.json()["status"] == "answered"
    return True


def test_two_workers_answer_and_one_that_dies_is_replaced(index_dir, data):
    with served(index_dir, "--workers", "2", **data) as (url, process):
        assert url.startswith("http://127.0.0.1:")
        first = workers_of(process)
        assert len(first) == 2
        assert answers(url)
        os.kill(first[0], signal.SIGKILL)
        wait_for(lambda: len(workers_of(process)) == 2 and first[0] not in workers_of(process), 30)
        assert answers(url)
        last = workers_of(process)
        process.send_signal(signal.SIGTERM)
        lines = process.stderr.read().decode().splitlines()
        assert process.wait(30) == 0
        assert not any(map(is_alive, last))
    assert len([line for line in lines if "has died" in line]) == 1
    assert not any("Traceback" in line for line in lines)


def test_workers_end_when_their_parent_is_killed(index_dir, data):
    with served(index_dir, "--workers", "2", **data) as (url, process):
        workers = workers_of(process)
        assert answers(url, 1)
        process.kill()
        wait_for(lambda: not any(map(is_alive, workers)), 30)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_cannot_answer_does_not_start(tmp_path, data, workers):
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--workers", workers]
    environment = running.environment(tmp_path / "nothing", **data)
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == b""
    assert [line[:11] for line in done.stderr.decode().splitlines()] == ["assistant: "]


@pytest.mark.parametrize("count", [1, 2])
def test_a_new_index_stands_after_a_signal(index_dir, data, tmp_path, count):
    own = tmp_path / "index"
    shutil.copytree(index_dir, own)
    later, _ = twins(own)
    with served(own, "--workers", str(count), ASSISTANT_SWAP_SECONDS="0", **data) as (url, process):
        assert answers(url)
        replace_text(own / CURRENT, later + "\n")
        process.send_signal(signal.SIGHUP)
        readers = workers_of(process) or [process.pid]
        assert len(readers) == count
        wait_for(lambda: all(builds_of(one) == {later} or later in builds_of(one) for one in readers), 30)
        assert answers(url)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.mark.parametrize("headers", [{}, EVENTS], ids=["whole", "streamed"])
def test_what_waits_for_a_model_is_told_that_the_server_ends(index_dir, data, headers):
    with running.silent_model() as (model, calls), served(index_dir, **data, **model) as (url, process):
        replies = []

        def ask() -> None:
            replies.append(
                httpx.post(f"{url}/v1/chat", json={"question": Q}, headers=headers, timeout=60, trust_env=False)
            )

        asking = threading.Thread(target=ask)
        asking.start()
        wait_for(lambda: len(calls) > 0, 30)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        asking.join(30)
        assert process.wait(30) == 0
        assert time.monotonic() - began < 30  # the model would be waited for twice as long
        errors = process.stderr.read().decode()
    (reply,) = replies
    assert reply.status_code == (200 if headers else 503)
    assert json.loads(reply.text.rstrip().rpartition("data: ")[2])["error"]["code"] == "ending"
    assert "Traceback" not in errors


def test_a_signal_before_it_serves_ends_it(index_dir, data):
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    environment = running.environment(index_dir, **data)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert running.read_line(process.stdout, 120).startswith("http://")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
