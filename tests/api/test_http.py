"""The JSON API over real HTTP: answers, conversations, every error path, headers, OpenAPI."""

import dataclasses
import json
import logging
import threading

import httpx
import pytest
import serving
from hosting import wait_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.gate.headers import CONTENT_SECURITY_POLICY, INERT
from api.schemas import ChatReply
from api.web import MAX_BODY
from assistant.records import Answer, Turn, to_json

server = serving.server
RATE = "空き店舗の改装に使える補助率は？"
BAD = serving.table("bad_requests.json")


def error_of(reply: httpx.Response) -> dict:
    """The error of a reply, which must have the one shape."""
    body = reply.json()
    assert list(body) == ["error"]
    assert sorted(body["error"]) == ["code", "hint", "message"]
    assert all(isinstance(text, str) and text and "\n" not in text for text in body["error"].values())
    assert reply.headers["content-type"] == "application/json"
    return body["error"]


def post(server, content: bytes, content_type: str = "application/json") -> httpx.Response:
    return server.client.post("/v1/chat", content=content, headers={"Content-Type": content_type})


# ---- answers ----


@pytest.mark.parametrize("question", sorted(serving.KNOWN))
def test_the_reply_is_the_answer_and_two_ids(server, question):
    reply = server.chat(question)
    expected = to_json(serving.KNOWN[question])
    for figure in expected["figures"]:
        figure["number"] = figure["number"] and round(figure["number"], 4)
    ids = {name: reply.pop(name) for name in ("conversation_id", "answer_id")}
    assert reply == expected
    assert all(len(value) == 32 for value in ids.values())


def test_numbers_have_four_decimals(server):
    assert [figure["number"] for figure in server.chat(RATE)["figures"]] == [0.6667, 0.5, None]


def test_japanese_goes_out_as_itself(server):
    assert "補助率".encode() in post(server, json.dumps({"question": RATE}).encode()).content


def test_the_wire_model_has_every_field_of_an_answer():
    names = [field.name for field in dataclasses.fields(Answer)]
    assert list(ChatReply.model_fields) == [*names, "conversation_id", "answer_id"]


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ({}, (None, None)),
        ({"region": "秋田県", "fiscal_year": "令和4年度"}, ("秋田県", "令和4年度")),
        ({"region": " ", "fiscal_year": ""}, (None, None)),
        ({"region": None, "unknown": 1}, (None, None)),
    ],
)
def test_filters_reach_the_answerer(server, sent, heard):
    server.chat(RATE, **sent)
    assert server.answerer.asked[-1][2:] == heard


@pytest.mark.parametrize("question", ["a", "あ" * 2000, "一行目\n二行目\tタブ", "𠮷野家は？", "👩‍🌾の支援は？"])
def test_what_may_be_asked(server, question):
    assert server.chat(f"  {question}　")["question"] == question


# ---- conversations ----


def test_a_conversation_remembers(server):
    first = server.chat(RATE)
    second = server.chat("家賃も対象になりますか？", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["answer_id"] != first["answer_id"]
    assert server.answerer.asked[-1][1] == (Turn("user", RATE), Turn("assistant", first["text"]))
    turns = server.client.get(f"/v1/conversations/{first['conversation_id']}").json()["turns"]
    assert [turn["role"] for turn in turns] == ["user", "assistant"] * 2
    assert [turn["answer_id"] for turn in turns] == [None, first["answer_id"], None, second["answer_id"]]


def test_conversations_do_not_mix(server):
    server.chat(RATE, conversation_id="one")
    server.chat(RATE, conversation_id="two")
    assert server.answerer.asked[-1][1] == ()


def test_a_clients_own_id_is_taken(server):
    assert server.chat(RATE, conversation_id="C024:1699.0042")["conversation_id"] == "C024:1699.0042"
    assert server.client.get("/v1/conversations/C024:1699.0042").status_code == 200


def test_a_clients_own_history_goes_first(server):
    server.chat(RATE, conversation_id="own-history")
    history = ["先の質問", {"role": "assistant", "content": "先の答え"}]
    server.chat(RATE, conversation_id="own-history", history=history)
    assert server.answerer.asked[-1][1] == (Turn("user", "先の質問"), Turn("assistant", "先の答え"))


def test_deletion_is_real(server):
    made = server.chat(RATE)["conversation_id"]
    gone = server.client.delete(f"/v1/conversations/{made}")
    assert (gone.status_code, gone.content) == (204, b"")
    for reply in (server.client.get(f"/v1/conversations/{made}"), server.client.delete(f"/v1/conversations/{made}")):
        assert (reply.status_code, error_of(reply)["code"]) == (404, "no_conversation")
    server.chat(RATE, conversation_id=made)
    assert server.answerer.asked[-1][1] == ()


def test_an_answer_under_way_does_not_bring_a_deleted_conversation_back(server):
    server.answerer.hold.clear()
    asking = threading.Thread(target=server.chat, args=("待って",), kwargs={"conversation_id": "deleted-meanwhile"})
    asking.start()
    wait_for(lambda: server.answerer.asked[-1][0] == "待って")
    assert server.client.get("/healthz").status_code == 200  # a slow answer holds nobody else up
    assert server.client.delete("/v1/conversations/deleted-meanwhile").status_code == 204
    server.answerer.hold.set()
    asking.join(10)
    assert server.client.get("/v1/conversations/deleted-meanwhile").status_code == 404


def test_many_at_once(server):
    replies: list[dict] = []
    threads = [threading.Thread(target=lambda: replies.append(server.chat(RATE))) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({reply["conversation_id"] for reply in replies}) == 30


# ---- errors ----


def content_of(case: dict) -> bytes:
    """A bad request's body; long ones are written as a repetition."""
    if "repeat" in case:
        piece, times = case["repeat"]
        return (piece * times).encode()
    if "repeat_question" in case:
        piece, times = case["repeat_question"]
        return json.dumps({"question": piece * times}).encode()
    return json.dumps(case["json"]).encode() if "json" in case else case["body"].encode()


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_bad_requests(server, case):
    reply = post(server, content_of(case), case.get("type", "application/json"))
    assert (reply.status_code, error_of(reply)["code"]) == (case["status"], case["code"])


def test_bytes_that_are_not_utf8(server):
    assert error_of(post(server, b'{"question": "\xff\xfe"}'))["code"] == "malformed_json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1", 404),
        ("POST", "/v1/chat/", 404),
        ("GET", "/docs", 404),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/static/..%2fapp.py", 404),
        ("GET", "/static/%00", 404),
        ("GET", "/v1/conversations/unknown", 404),
        ("GET", "/v1/conversations/%00", 422),
        ("DELETE", "/v1/conversations/%20", 422),
        ("GET", "/v1/chat", 405),
        ("PUT", "/v1/chat", 405),
        ("POST", "/", 405),
        ("POST", "/healthz", 405),
        ("PUT", "/static/chat.js", 405),
        ("PATCH", "/v1/conversations/unknown", 405),
    ],
)
def test_wrong_addresses_and_methods(server, method, path, status):
    reply = server.client.request(method, path)
    assert reply.status_code == status
    error_of(reply)
    assert all(reply.headers[name] for name in ("content-security-policy", "x-content-type-options"))


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/chat", "POST"),
        ("/v1/conversations/x", "DELETE, GET"),
        ("/healthz", "GET, HEAD"),
        ("/", "GET, HEAD"),
        ("/static/chat.js", "GET, HEAD"),
    ],
)
def test_a_wrong_method_names_the_right_ones(server, path, methods):
    assert server.client.options(path).headers["allow"] == methods


def padded(size: int) -> bytes:
    """A valid request of exactly ``size`` bytes."""
    body = json.dumps({"question": RATE, "padding": ""}, ensure_ascii=False).encode()
    return body.replace(b'""', b'"' + b"x" * (size - len(body)) + b'"')


def in_pieces(content: bytes):
    """The same body without a stated length."""
    for start in range(0, len(content), 10_000):
        yield content[start : start + 10_000]


@pytest.mark.parametrize("wrap", [bytes, in_pieces], ids=["length stated", "chunked"])
@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 200), (MAX_BODY + 1, 413), (3_000_000, 413)])
def test_the_body_limit(server, wrap, size, status):
    reply = server.client.post("/v1/chat", content=wrap(padded(size)), headers={"Content-Type": "application/json"})
    assert reply.status_code == status
    if status == 413:
        assert error_of(reply)["code"] == "too_large"
        assert reply.headers["content-security-policy"] == INERT


def test_a_body_where_none_is_read(server):
    reply = server.client.request("GET", "/healthz", content=b"x" * (MAX_BODY + 1))
    assert error_of(reply)["code"] == "too_large"


def test_a_defect_shows_nothing_of_itself(server, caplog):
    with caplog.at_level(logging.ERROR, logger="api.problems"):
        reply = server.client.post("/v1/chat", json={"question": "壊れる"})
    assert reply.status_code == 500
    error = error_of(reply)
    assert error["code"] == "internal"
    assert reply.headers["content-security-policy"] == INERT
    assert not any(word in reply.text for word in (serving.SECRET, "ZeroDivision", "Traceback", ".py"))
    incident = error["hint"].rstrip(".").split()[-1]
    assert incident == reply.headers["x-request-id"]
    assert incident in caplog.text
    assert "ZeroDivision" in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "question": st.text(max_size=30) | json_values,
        "conversation_id": st.text(max_size=10) | json_values,
        "region": json_values,
        "fiscal_year": json_values,
        "history": st.lists(st.text(max_size=5), max_size=3) | json_values,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=fields | json_values)
def test_any_json_is_answered_or_refused_in_the_one_shape(server, body):
    reply = post(server, json.dumps(body).encode())
    assert reply.status_code in (200, 422)
    if reply.status_code == 422:
        error_of(reply)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60))
def test_any_bytes_are_refused_in_the_one_shape(server, content):
    reply = post(server, content)
    assert reply.status_code in (400, 422)
    error_of(reply)


# ---- operations, headers, the page's files ----


def test_health(server):
    assert server.client.get("/healthz").json() == {"status": "ok", "version": "9.9"}
    assert server.client.get("/readyz").json() == {"status": "ready", "version": "9.9", "index": "no-build"}
    assert b"assistant_http_requests_total" in server.client.get("/metrics").content
    assert [server.client.head(path).status_code for path in ("/", "/healthz", "/readyz")] == [200, 200, 200]


def test_not_ready_is_said(server):
    server.answerer.ready = False
    reply = server.client.get("/readyz")
    server.answerer.ready = True
    assert (reply.status_code, error_of(reply)["code"]) == (503, "index_missing")
    assert server.client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/static/chat.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/static/chat.css", "text/css; charset=utf-8", "no-cache"),
        ("/static/icon.svg", "image/svg+xml", "no-cache"),
        ("/healthz", "application/json", "no-store"),
        ("/openapi.json", "application/json", "no-store"),
    ],
)
def test_headers(server, path, kind, cache):
    headers = server.client.get(path).headers
    assert headers["content-type"] == kind
    assert headers["cache-control"] == cache
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == (CONTENT_SECURITY_POLICY if path == "/" else INERT)


def test_unchanged_files_are_not_sent_again(server):
    tag = server.client.get("/static/chat.js").headers["etag"]
    assert server.client.get("/static/chat.js", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_takes_nothing_from_elsewhere(server):
    for path in ("/", "/static/chat.js", "/static/chat.css"):
        text = server.client.get(path).text
        assert "://" not in text
        assert "innerHTML" not in text
        assert "style=" not in text


ROUTES = """
POST /v1/chat · GET /v1/conversations/{conversation_id} · DELETE /v1/conversations/{conversation_id} ·
POST /v1/feedback · POST /v1/check · GET /v1/facts · GET /v1/programs · GET /v1/documents ·
GET /v1/documents/{document_id} · GET /v1/passages/{passage_id} · GET /healthz · GET /readyz · GET /metrics
"""


def operations(server) -> dict[str, dict]:
    """What OpenAPI says, by method and address."""
    paths = server.client.get("/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}": told for path, item in paths.items() for method, told in item.items()}


def test_openapi_has_every_route(server):
    assert sorted(operations(server)) == sorted(" ".join(ROUTES.split()).split(" · "))


def test_openapi_declares_every_error(server):
    for name, operation in operations(server).items():
        statuses = set(operation["responses"])
        assert statuses >= ({"500"} if name != "GET /healthz" else {"200"}), name
        assert statuses >= ({"400", "403", "408", "413", "422", "429"} if name.startswith("POST") else set()), name
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert response["content"]["application/json"]["schema"]["$ref"].endswith("/ErrorReply")
