"""``assistant mcp`` on stdin and stdout, as a client starts it: its own program, spoken to in lines."""

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import time

import pytest

from assistant.index.files import replace_text
from assistant.index.manifest import CURRENT
from eval.load.swaps import twins

from . import talking

GARBAGE = (
    b"\n",
    b"hello\n",
    b"{\n",
    b"\xff\xfe\x00\n",
    b"[]\n",
    b"null\n",
    b'{"jsonrpc": "2.0"}\n',
    b'{"jsonrpc": "2.0", "id": 7, "method": 5}\n',
    b'{"jsonrpc": "2.0", "id": 8, "method": "tools/call",'
    b' "params": {"name": "ask", "arguments": {"question": "\\ud800"}}}\n',
    b'{"jsonrpc": "2.0", "id": true, "method": 1}\n',
    b'{"a":' * 5000 + b"\n",
    b"x" * 5_000_000 + b"\n",
)


@pytest.fixture(scope="module")
def pipe(index_dir):
    with talking.piped(index_dir, ASSISTANT_SWAP_SECONDS="0") as opened:
        yield opened


@pytest.mark.parametrize("mode", talking.MODES)
def test_a_client_s_session(index_dir, assistant, mode):
    async def talk(client):
        assert "never invent" in client.instructions.replace("never invents", "never invent")
        assert client.server_info.name == "assistant"
        names = [tool.name for tool in (await client.list_tools()).tools]
        question = {"question": "事業承継補助金の補助率は?"}
        told = await client.call_tool("ask", question)
        assert told.structured_content["text"] == assistant.ask(**question).text
        for name in names[1:]:
            arguments = {"text": "補助率は1/2です。"} if name == "check_text" else {"limit": 2}
            assert not (await client.call_tool(name, arguments)).is_error
        for one in (await client.list_resources()).resources:
            assert json.loads((await client.read_resource(one.uri)).contents[0].text)
        many = await asyncio.gather(*(client.call_tool("ask", question) for _ in range(20)))
        assert {one.structured_content["text"] for one in many} == {told.structured_content["text"]}
        assert (await client.call_tool("ask", {})).is_error
        return time.monotonic()

    end = talking.talked(talking.program(index_dir), talk, mode)
    assert time.monotonic() - end < 60


def test_garbage_is_answered_and_does_no_harm(pipe):
    pipe.send(*GARBAGE)
    pipe.request("after", "ping")
    told = []
    while (message := pipe.hear()).get("id") != "after":
        told.append((message.get("id"), message["error"]["code"]))
    assert message["result"] == {}
    assert told == [
        (None, -32700),
        (None, -32700),
        (None, -32700),
        (None, -32600),
        (None, -32600),
        (None, -32600),
        (7, -32600),
        (8, -32600),
        (None, -32600),
        (None, -32700),
        (None, -32600),
    ]


def test_a_cancelled_request_is_not_answered(pipe):
    text = "事業承継補助金の補助率は2/3、上限は100万円です。\n" * 600
    pipe.request("slow", "tools/call", name="check_text", arguments={"text": text})
    pipe.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "slow"}})
    pipe.request("next", "tools/call", name="check_text", arguments={"text": "1円"})
    assert pipe.hear()["id"] == "next"


def test_an_unknown_method_is_an_error(pipe):
    pipe.request("odd", "tools/delete")
    message = pipe.hear()
    assert (message["id"], message["error"]["code"]) == ("odd", -32601)


def test_what_is_logged_and_printed_does_not_reach_stdout(index_dir, tmp_path):
    """A damaged newer build is warned of while questions are answered."""
    folder = tmp_path / "index"
    shutil.copytree(index_dir, folder)
    later, _ = twins(folder)
    (folder / "builds" / later / "manifest.json").write_text("{}")
    with talking.piped(folder, ASSISTANT_SWAP_SECONDS="0.05") as pipe:
        replace_text(folder / CURRENT, later + "\n")
        assert b"WARNING" in pipe.process.stderr.readline()
        pipe.request(1, "ping")
        assert pipe.hear() == {"jsonrpc": "2.0", "id": 1, "result": {}}


@pytest.mark.slow
def test_a_newer_index_is_seen_by_a_running_session(index_dir, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(index_dir, folder)
    with talking.piped(folder, ASSISTANT_SWAP_SECONDS="0.05") as pipe:
        rest = tmp_path / "rest"
        shutil.copytree(talking.ROOT / "corpus", rest, ignore=shutil.ignore_patterns("asked", "manifest.toml"))
        for one in [*rest.iterdir()][1:]:
            one.unlink()
        (kept,) = rest.iterdir()
        built = subprocess.run(
            [sys.executable, "-m", "assistant", "build", "--corpus", str(rest), "--index", str(folder)],
            env=talking.child_environment(folder), capture_output=True, check=False,
        )  # fmt: skip
        assert built.returncode == 0, built.stderr
        end = time.monotonic() + 60
        names = []
        while names != [kept.stem] and time.monotonic() < end:
            time.sleep(0.05)
            pipe.request(1, "resources/list")
            names = [one["name"] for one in pipe.hear()["result"]["resources"][1:]]
        assert names == [kept.stem]


def test_questions_that_were_piped_in_are_answered_before_the_end(index_dir):
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": talking.INITIALIZE},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call",
         "params": {"name": "ask", "arguments": {"question": "事業承継補助金の補助率は?"}}},
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "mcp", "--transport", "stdio"],
        input="\n".join(map(json.dumps, lines)).encode(),  # without a line end
        capture_output=True, env=talking.child_environment(index_dir), timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["id"] == 1
    assert second["result"]["structuredContent"]["status"] == "answered"
    assert second["result"]["structuredContent"]["reason"] is None


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(index_dir, signum):
    with talking.piped(index_dir) as pipe:
        pipe.process.send_signal(signum)
        assert pipe.process.wait(30) == 0
        assert pipe.process.stdout.read() == b""
        assert pipe.process.stderr.read() == b""


def test_the_end_of_stdin_ends_it(index_dir):
    with talking.piped(index_dir) as pipe:
        pipe.process.stdin.close()
        assert pipe.process.wait(30) == 0
        assert pipe.process.stderr.read() == b""


def test_a_client_that_reads_no_more_ends_it(index_dir):
    with talking.piped(index_dir) as pipe:
        pipe.process.stdout.close()
        pipe.request(1, "ping")
        assert pipe.process.wait(30) == 0
        assert pipe.process.stderr.read() == b""
        pipe.process.stdin.close()
