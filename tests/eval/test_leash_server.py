"""The stand-in for a language model sends exactly what it is told, byte by byte; and the runs against it can fail."""

import http.client
import json
import time
from urllib.parse import urlsplit

import pytest

from eval.leash.broken import DOWN_CALLS, FAULTS, Trial, down, holds, questions, run_faults, table
from eval.leash.server import HANG, Reply, event, failure, served, system_message, user_message

ASKED = {"model": "m", "messages": [{"role": "system", "content": "規則"}, {"role": "user", "content": "補助率は？"}]}


def post(url, body, path="/chat/completions", seconds=5):
    """Status, headers and the chunks as they came in."""
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.netloc, timeout=seconds)
    try:
        connection.request("POST", at.path + path, json.dumps(body), {"Authorization": "Bearer k"})
        answer = connection.getresponse()
        chunks = []
        while chunk := answer.read1(1 << 20):
            chunks.append(chunk)
        return answer.status, dict(answer.getheaders()), chunks
    finally:
        connection.close()


def ask(reply, streamed=True):
    with served(lambda body, number: reply) as server:
        return post(server.url, {**ASKED, "stream": streamed})


def test_each_piece_is_one_event_and_one_write():
    status, headers, chunks = ask(Reply(("補助", "率"), usage=(3, 2), between=0.01))
    assert (status, headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
    told = b"".join(chunks).decode().split("\n\n")
    assert told[-2:] == ["data: [DONE]", ""]
    events = [json.loads(one.removeprefix("data: ")) for one in told[:-2]]
    assert [one["choices"][0]["delta"].get("content") for one in events[:3]] == ["補助", "率", None]
    assert events[2]["choices"][0]["finish_reason"] == "stop"
    assert (events[3]["choices"], events[3]["usage"]["total_tokens"]) == ([], 5)


def test_without_stream_it_is_one_object():
    status, headers, chunks = ask(Reply(("補助", "率"), usage=(3, 2)), streamed=False)
    told = json.loads(b"".join(chunks))
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert told["choices"][0]["message"]["content"] == "補助率"
    assert told["usage"] == {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}


def test_raw_bytes_are_sent_in_their_own_cuts():
    sent = event({"content": "補助率"})
    cut = sent.index("助".encode()) + 1
    _, _, chunks = ask(Reply(raw=(sent[:cut], sent[cut:]), between=0.05))
    assert chunks == [sent[:cut], sent[cut:]]


def test_a_connection_is_dropped_after_so_many_bytes():
    with pytest.raises(http.client.IncompleteRead):
        ask(Reply(raw=b"0123456789", cut=4))


def test_an_error_has_its_status_and_headers():
    status, headers, chunks = ask(failure(429, "slow down", "rate_limit", {"Retry-After": "7"}))
    assert (status, headers["Retry-After"]) == (429, "7")
    assert json.loads(chunks[0])["error"]["message"] == "slow down"


def test_another_path_is_not_found():
    with served(lambda body, number: Reply()) as server:
        assert post(server.url, ASKED, "/completions")[0] == 404


def test_what_was_asked_is_kept():
    with served(lambda body, number: Reply((f"{number}", user_message(body)))) as server:
        answers = [json.loads(b"".join(post(server.url, ASKED)[2])) for _ in range(2)]
    assert [one["choices"][0]["message"]["content"] for one in answers] == ["0補助率は？", "1補助率は？"]
    assert server.requests == [ASKED, ASKED]
    assert server.headers[0]["authorization"] == "Bearer k"
    assert server.times[0] <= server.times[1]
    assert system_message(server.requests[0]) == "規則"


def test_a_hang_ends_when_the_client_leaves():
    with served(lambda body, number: Reply(before=HANG)) as server:
        with pytest.raises(TimeoutError):
            post(server.url, ASKED, seconds=0.2)
        end = time.monotonic() + 5
        while server.open and time.monotonic() < end:
            time.sleep(0.01)
        assert server.open == 0


def test_and_when_the_block_ends():
    began = time.monotonic()
    with served(lambda body, number: Reply(before=HANG)) as server, pytest.raises(TimeoutError):
        post(server.url, ASKED, seconds=0.1)
    assert time.monotonic() - began < 5


def test_there_are_eleven_faults():
    assert len(FAULTS) == 11


@pytest.mark.parametrize("sort", ["refused", "busy", "server", "slow", "stalled", "cut", "garbled", "empty"])
def test_ten_minutes_without_a_model_cost_few_calls(sort):
    assert 0 < down(sort=sort) <= DOWN_CALLS


def test_a_model_that_works_is_called_for_every_question():
    assert down(10, 5, sort="misused") == 50


RIGHT = {"status": "answered", "mode": "extractive", "citations": 1, "seconds": 8.2, "calls": 1}


@pytest.mark.parametrize(
    ("wrong", "good"),
    [
        ({}, True),
        ({"calls": 2}, True),
        ({"status": "abstained"}, False),
        ({"mode": "llm"}, False),
        ({"citations": 0}, False),
        ({"seconds": 15.1}, False),
        ({"calls": 3}, False),
        ({"calls": 0}, False),
    ],
)
def test_a_run_holds_when_every_question_was_asked_and_answered(wrong, good):
    trials = [Trial("500", "補助率は？", **{**RIGHT, **told}, sorts=("server",)) for told in ({}, wrong)]
    assert holds(trials) == good
    assert ("100%" in table(trials)) == good


def test_no_run_holds_nothing():
    assert not holds([])


def test_whole_answers_while_the_model_fails(assistant):
    trials = run_faults(assistant.index, each=1, only=("500", "cut mid-token", "empty"))
    assert [trial.fault for trial in trials] == ["500", "cut mid-token", "empty"]
    assert holds(trials)


def test_the_questions_are_such_as_a_model_is_asked(assistant):
    assert len(set(questions(assistant.index, 3))) == 3
