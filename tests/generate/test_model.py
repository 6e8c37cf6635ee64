"""A model behind LangChain over real HTTP, against a server on loopback: what is asked, what comes, how it fails."""

import datetime as dt
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from assistant.errors import MissingExtra, ModelFault, SettingsError
from assistant.generate import Calls, make_leash
from assistant.generate.faults import MEANING, fault, fault_of
from assistant.generate.messages import Message, Piece
from assistant.generate.model import make_model
from assistant.settings import Settings
from eval.leash.server import HANG, Reply, event, failure, served

ASKED = (Message("system", "規則"), Message("user", "補助率は？"))
TEXT = ("補助率は", "{{F1}}です[1]。")


@pytest.fixture(autouse=True)
def no_keys_around(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("ASSISTANT_", "OPENAI_", "ANTHROPIC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def settings(url="", tmp_path="", **others):
    told = {"llm": "openai:stand-in", "llm_base_url": url, "llm_first_token": 1.0, "llm_stall": 1.0, "llm_timeout": 3}
    return Settings(**{**told, **({"data": tmp_path} if tmp_path else {}), **others})


def reply_of(reply, **others):
    """The pieces of one reply, the sort of the fault, and the request."""
    pieces = []
    with served(lambda body, number: reply) as server:
        try:
            pieces.extend(make_model(settings(server.url, **others))(ASKED))
        except ModelFault as error:
            return pieces, error, server
        return pieces, None, server


def test_pieces_come_as_the_server_sends_them_and_usage_last():
    pieces, error, _ = reply_of(Reply(TEXT, usage=(812, 9)))
    assert error is None
    assert pieces == [Piece(TEXT[0]), Piece(TEXT[1]), Piece("", 821)]


def test_a_piece_comes_before_the_next_one_is_sent():
    with served(lambda body, number: Reply(TEXT, between=HANG)) as server:
        reply = make_model(settings(server.url))(ASKED)
        assert next(reply) == Piece(TEXT[0])
        reply.close()


def test_the_request_is_a_chat_completion_with_nothing_but_the_messages():
    _, _, server = reply_of(Reply(TEXT), llm_api_key="sk-of-mine", llm_max_tokens=77)
    (body,) = server.requests
    assert body.pop("messages") == [{"role": "system", "content": "規則"}, {"role": "user", "content": "補助率は？"}]
    assert body.pop("max_completion_tokens") == 77
    assert body == {
        "model": "stand-in",
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.0,
    }
    assert server.headers[0]["authorization"] == "Bearer sk-of-mine"


def test_a_model_that_takes_no_temperature_is_sent_none():
    _, _, server = reply_of(Reply(TEXT), llm_temperature=-1)
    assert "temperature" not in server.requests[0]


def test_the_provider_has_its_own_variables(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    _, _, server = reply_of(Reply(TEXT))
    assert server.headers[0]["authorization"] == "Bearer sk-of-the-environment"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"])
def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    pieces, error, _ = reply_of(Reply(TEXT))
    assert (len(pieces), error) == (2, None)


SENT = b"".join(event({"content": piece}) for piece in TEXT)
CUT_IN_A_LETTER = SENT.rindex("で".encode()) + 1


@pytest.mark.parametrize(
    ("reply", "sort", "pieces"),
    [
        (failure(401, "Incorrect API key provided: sk-1234"), "unauthorized", 0),
        (failure(403, "no"), "forbidden", 0),
        (failure(404, "no such model", "model_not_found"), "unknown_model", 0),
        (failure(400, "no such model", "model_not_found"), "unknown_model", 0),
        (failure(400, "temperature"), "misused", 0),
        (failure(422, "what"), "misused", 0),
        (failure(413, "too large"), "misused", 0),
        (failure(429, "slow down"), "busy", 0),
        (failure(500, "oh"), "server", 0),
        (failure(503, "oh"), "server", 0),
        (failure(529, "overloaded"), "server", 0),
        (Reply(status=307, headers={"Location": "/v1/elsewhere"}, raw=b""), "misused", 0),
        (Reply(status=502, raw=b"<html>Bad gateway</html>", kind="text/html"), "server", 0),
        (Reply(TEXT, before=HANG), "slow", 0),
        (Reply(TEXT, between=HANG), "slow", 1),  # the leash calls it stalled
        (Reply(TEXT, cut=0), "cut", 0),
        (Reply(raw=SENT, cut=CUT_IN_A_LETTER), "cut", 1),
        (Reply(TEXT, finish=None, done=False), "cut", 2),
        (Reply(raw=b'data: {"choices": [{"delta\n\n'), "garbled", 0),
        (Reply(raw=b"data: [1, 2]\n\n"), "garbled", 0),
        (Reply(raw=b'data: {"choices": 5}\n\n'), "garbled", 0),
        (Reply(raw=b"\xff\xfe\xff\xfe"), "garbled", 0),
        (Reply(raw=b"data: \xff\xfe\n\n"), "garbled", 0),
        (Reply(raw=b"<html>welcome</html>", kind="text/html"), "garbled", 0),
        (Reply(raw=b""), "garbled", 0),
        (Reply(TEXT, headers={"Content-Encoding": "gzip"}), "garbled", 0),
        (Reply(raw=b'data: {"error": {"message": "out of memory"}}\n\n'), "server", 0),
        (Reply(raw=b'data: {"error": {"message": "slow down", "code": 429}}\n\n'), "busy", 0),
        (Reply(raw=itertools.repeat(b"x" * 65_536, 160)), "too_long", 0),
        (Reply(raw=itertools.chain((b"data: ",), itertools.repeat(b"x" * 65_536, 160))), "too_long", 0),
        (Reply(status=400, raw=itertools.repeat(b"x" * 65_536, 160)), "too_long", 0),
        (Reply(raw=itertools.repeat(b": still here\n\n", 1000), between=0.05), "late", 0),
    ],
)
def test_every_fault_has_its_name(reply, sort, pieces):
    began = time.monotonic()
    read, error, server = reply_of(reply, llm_timeout=1.0)
    assert error.sort == sort
    assert len(read) == pieces
    assert len(server.requests) == 1
    assert time.monotonic() - began < 5
    assert "sk-1234" not in str(error)


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        model = make_model(settings(f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
        with pytest.raises(ModelFault) as refused:
            list(model(ASKED))
    assert refused.value.sort == "refused"


NOW = dt.datetime(2026, 11, 20, 12, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "2"}, 2),
        ({"retry-after": "0.5"}, 0.5),
        ({"Retry-After": "-3"}, 0),
        ({"Retry-After": "Fri, 20 Nov 2026 12:00:07 GMT"}, 7),
        ({"Retry-After": "Fri, 20 Nov 2026 11:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "2", "Retry-After-Ms": "150"}, 0.15),
    ],
)
def test_how_long_a_server_asks_to_wait(headers, seconds):
    error = RuntimeError("busy")
    error.status_code = 429
    error.response = SimpleNamespace(headers=headers)
    assert fault_of(error, now=NOW).retry_after == seconds


def test_the_wait_comes_through_the_provider():
    _, error, _ = reply_of(failure(429, "slow down", headers={"Retry-After": "7"}))
    assert error.retry_after == 7


class ClientError(Exception):
    """As botocore's: what it tells is in a dict."""

    def __init__(self, status, headers=()):
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": dict(headers)}}
        super().__init__("An error occurred")


class EndpointConnectionError(Exception):
    """As botocore's."""


class ReadTimeoutError(Exception):
    """As urllib3's."""


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "sort"),
    [
        (ClientError(403), "forbidden"),
        (ClientError(429, {"retry-after": "1"}), "busy"),
        (ClientError(503), "server"),
        (EndpointConnectionError(), "refused"),
        (caused(RuntimeError("wrapped"), ConnectionRefusedError()), "refused"),
        (ReadTimeoutError(), "slow"),
        (TimeoutError(), "slow"),
        (ConnectionResetError(), "cut"),
        (ValueError("no JSON"), "garbled"),
        (caused(RuntimeError("wrapped"), fault("too_long")), "too_long"),
    ],
)
def test_other_libraries_errors_are_read_too(error, sort):
    assert fault_of(error).sort == sort


def test_every_sort_has_a_meaning_of_one_line():
    assert all("\n" not in str(fault(sort)) for sort in MEANING)


def test_no_model_without_a_setting():
    assert make_model(Settings(llm="")) is None
    assert make_model(Settings(llm="  ")) is None
    assert make_leash(Settings(llm="")) is None


@pytest.mark.parametrize(
    "told",
    [
        {"llm": "gpt-5.1"},
        {"llm": "openai:"},
        {"llm": ":gpt-5.1"},
        {"llm": "nobody:model"},
        {"llm": "openai:model"},  # no key anywhere
        {"llm": "anthropic:model"},
        {"llm": "openai:model", "llm_base_url": "127.0.0.1:8000"},
        {"llm": "openai:model", "llm_base_url": "file:///etc/passwd"},
        {"llm": "openai:model", "llm_base_url": "http://"},
        {"llm": "openai:model", "llm_base_url": "http://127.0.0.1:99999999"},
        {"llm": "openai:model", "llm_api_key": "鍵"},
        {"llm": "openai:model", "llm_api_key": "two\nlines"},
    ],
)
def test_settings_that_no_model_can_be_made_from(told):
    with pytest.raises(SettingsError) as refused:
        make_model(Settings(**told))
    assert "ASSISTANT_LLM" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_key_is_in_no_message():
    with pytest.raises(SettingsError) as refused:
        make_model(Settings(llm="nobody:model", llm_api_key="sk-1234"))
    assert "sk-1234" not in str(refused.value)


@pytest.mark.parametrize(
    ("llm", "line"),
    [
        ("anthropic:claude", ".venv/bin/pip install -e '.[anthropic]'"),
        ("ollama:qwen3:8b", ".venv/bin/pip install -e '.[ollama]'"),
        ("bedrock_converse:anthropic.claude-v1:0", ".venv/bin/pip install -e '.[aws]'"),
        ("bedrock-converse:anthropic.claude-v1:0", ".venv/bin/pip install -e '.[aws]'"),
        ("bedrock:anthropic.claude-v1:0", ".venv/bin/pip install -e '.[aws]'"),
        ("mistralai:some", ".venv/bin/pip install langchain-mistralai"),
    ],
)
def test_a_missing_package_comes_with_its_install_line(monkeypatch, llm, line):
    for name in ("langchain_anthropic", "langchain_ollama", "langchain_aws", "langchain_mistralai", "botocore.config"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra) as missing:
        make_model(Settings(llm=llm, llm_api_key="key"))
    assert line in str(missing.value)


def test_azure_has_its_own_address(monkeypatch):
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    pieces, error, server = reply_of(Reply(TEXT), llm="azure_openai:deployed", llm_api_key="key")
    assert (len(pieces), error) == (2, None)
    assert server.headers[0]["api-key"] == "key"


def test_langchain_is_imported_only_for_a_model():
    code = (
        "import sys, assistant.generate as room; from assistant.settings import Settings;"
        "room.make_leash(Settings(llm=''));"
        "print([name for name in ('langchain', 'langchain_core', 'langchain_openai', 'openai') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def open_ends():
    """Threads that read a reply; connections are counted where they end, at the server."""
    return sum(thread.name == "language model" for thread in threading.enumerate())


def test_two_hundred_abandoned_calls_leave_nothing_behind(tmp_path):
    with served(lambda body, number: Reply(itertools.repeat("は", 500), between=0.02)) as server:
        leash = make_leash(settings(server.url, tmp_path, llm_at_once=20, llm_first_token=5, llm_timeout=30))
        for _ in range(10):
            replies = [leash.reply(ASKED, Calls()) for _ in range(20)]
            for reply in replies:
                assert next(reply) == "は"
            for reply in replies:
                reply.close()
            wait_for(lambda: not open_ends())
        assert len(server.requests) == 200
        wait_for(lambda: server.open == 0)


def test_hanging_calls_end_on_their_own(tmp_path):
    with served(lambda body, number: Reply(TEXT, between=HANG)) as server:
        leash = make_leash(settings(server.url, tmp_path))
        for _ in range(5):
            reply = leash.reply(ASKED, Calls())
            assert next(reply) == TEXT[0]
            reply.close()
        wait_for(lambda: not open_ends() and server.open == 0)


def wait_for(done, seconds=10.0):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
