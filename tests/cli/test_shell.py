"""The program as a shell sees it: exit status, encodings, pipes, what is imported, and a server over real HTTP."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from assistant.cli.serving import listen
from cli import running
from eval.suite.case import read_cases

run = running.run
served = running.served
program = running.program


Q = "事業承継で使える補助率は?"
HEAVY = ("torch", "transformers", "sentence_transformers", "spacy", "openai", "langchain_openai")


def test_answers_abstentions_and_errors(program):
    answered = program("ask", Q)
    assert (answered.status, answered.err) == (0, "")
    assert "2/3" in answered.out
    assert program("ask", "沖縄県の補助率は?").status == 0
    assert program("ask", "").error
    assert program("ask").status == 2


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_japanese_prints_in_any_locale(program, locale):
    ran = program("ask", Q, LC_ALL=locale, LANG=locale)
    assert (ran.status, ran.err) == (0, "")
    assert "事業承継補助金" in ran.out
    assert "?" not in ran.out.replace(Q, "")


@pytest.mark.parametrize(
    "args",
    [["facts", "--format", "jsonl"], ["facts", "--format", "csv"], ["facts"], ["programs", "--format", "jsonl"]],
    ids=str,
)
def test_a_reader_that_goes_away_is_no_error(index_dir, args):
    command = [sys.executable, "-m", "assistant", *args]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=running.environment(index_dir)
    ) as process:
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(20)


def test_no_model_library_is_imported_for_an_answer(index_dir):
    code = (
        "import sys; from assistant.cli import main; sys.argv = ['assistant', 'ask', sys.argv[1]]\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, Q], capture_output=True, env=running.environment(index_dir), timeout=60, check=True
    )
    out = done.stdout.decode("utf-8").splitlines()
    assert "2/3" in out[0]
    assert out[-1] == "[]"


def test_standard_input_is_read(program):
    ran = program("check", "--json", stdin="信用補完対策費の予算は5億円です。".encode())
    assert [one["status"] for one in json.loads(ran.out)] == ["contradicted"]
    assert program("figures", stdin=b"\xff").error


@pytest.mark.slow
def test_an_answer_is_the_same_in_every_process(index_dir, tmp_path):
    """Sets have another order in each process: no answer may depend on it."""
    asked = tmp_path / "asked.jsonl"
    cases = [one.case for one in read_cases(split="tune")][::6] + [
        one.case for one in read_cases() if not one.case.documents
    ]
    lines = [{"id": case.id, "question": case.question, "history": list(case.history)} for case in cases]
    asked.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    said = set()
    for seed in ("1", "2", "3"):
        environment = {**running.environment(index_dir), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "assistant", "batch", str(asked)]
        said.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(said) == 1


# ---- serve ----


@pytest.fixture(scope="module")
def client(index_dir) -> Iterator[httpx.Client]:
    with served(index_dir) as (url, _), httpx.Client(base_url=url, timeout=20, trust_env=False) as opened:
        for _ in range(200):
            with contextlib.suppress(httpx.ConnectError):
                opened.get("/healthz")
                break
            time.sleep(0.05)
        yield opened


def test_the_address_is_printed(index_dir):
    with served(index_dir) as (url, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]*", url)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert b"Traceback" not in process.stderr.read()
        process.wait(20)


def test_a_reply_is_sent_at_once_on_a_connection_that_is_kept():
    """Nagle's algorithm is off on what is accepted: with it, every second reply would wait for an acknowledgement."""

    async def accepted_without_delay() -> int:
        delays: asyncio.Queue[int] = asyncio.Queue()

        def on_connection(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            delays.put_nowait(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(on_connection, sock=listen("127.0.0.1", 0)) as server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            found = await delays.get()
            writer.close()
            return found

    assert asyncio.run(accepted_without_delay())


def test_chat_over_http_is_the_command_lines_answer(client, program):
    reply = client.post("/v1/chat", json={"question": Q}).json()
    answer = json.loads(program("ask", Q, "--json").out)
    assert {name: reply[name] for name in answer} == answer


def test_a_conversation_over_http(client):
    first = client.post("/v1/chat", json={"question": "離職者等再就職訓練事業の予算は"}).json()
    second = client.post("/v1/chat", json={"question": "財源は？", "conversation_id": first["conversation_id"]}).json()
    assert [figure["yen"] for figure in second["figures"]] == [363_014_000]
    fresh = client.post("/v1/chat", json={"question": "財源は？"}).json()
    assert fresh["figures"] == []


def test_region_and_year_over_http(client):
    asked = {"question": "補助率は?", "region": "沖縄県"}
    assert client.post("/v1/chat", json=asked).json()["reason"] == "not_in_corpus"


def test_bad_questions_over_http(client):
    for question in ("", "あ" * 100_000):
        reply = client.post("/v1/chat", json={"question": question})
        assert 400 <= reply.status_code < 500
        assert sorted(reply.json()["error"]) == ["code", "hint", "message"]
    assert client.post("/v1/chat", json={"question": "🤖"}).status_code == 200


def test_the_page_and_health_over_http(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert "<html" in client.get("/").text


def test_the_answer_is_streamed_over_http(client):
    reply = client.post("/v1/chat", json={"question": Q}, headers={"Accept": "text/event-stream"})
    events = [block.split("\n") for block in reply.text.split("\n\n")[:-1]]
    assert [name.removeprefix("event: ") for name, _ in events][:3] == ["stage"] * 3
    told = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in events]
    assert told[-1][0] == "answer"
    assert "".join(data["text"] for name, data in told if name == "sentence") == told[-1][1]["text"]


@pytest.mark.slow
def test_a_model_that_fails_is_a_line_on_stderr_and_the_composed_answer_stands(index_dir, program, tmp_path):
    with (
        served(index_dir, **no_model(tmp_path)) as (url, process),
        httpx.Client(base_url=url, timeout=20, trust_env=False) as client,
    ):
        reply = client.post("/v1/chat", json={"question": Q}).json()
        assert client.post("/v1/chat", json={"question": Q}, headers={"Accept": "text/event-stream"}).status_code == 200
        process.send_signal(signal.SIGTERM)
        lines = process.stderr.read().decode("utf-8").splitlines()
        process.wait(20)
    answer = json.loads(program("ask", Q, "--json").out)
    assert {name: reply[name] for name in answer} == answer
    assert reply["mode"] == "extractive"
    lines = [line for line in lines if " api.access: " not in line]
    assert lines
    assert all(re.match(r"[-0-9]+ [:,0-9]+ WARNING assistant\.generate\b.*: ", line) for line in lines), lines
    assert not any(word in line for line in lines for word in (Q, "事業承継"))


def no_model(folder) -> dict[str, str]:
    """A language model is configured, and nothing answers at its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {
        "ASSISTANT_LLM": "openai:none",
        "ASSISTANT_LLM_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "ASSISTANT_DATA": str(folder),
    }


def test_a_model_that_fails_changes_nothing_that_ask_prints(program, tmp_path):
    plain = program("ask", Q)
    assert program("ask", Q, **no_model(tmp_path)) == plain
    assert (plain.status, plain.err) == (0, "")


def test_a_taken_port_is_one_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        error = run("serve", "--port", port).error
    assert port in error
    assert "--port" in error
