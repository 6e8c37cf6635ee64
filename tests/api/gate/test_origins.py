"""Pages of other sites: the list, what a browser is told, what is refused; in a real browser too."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browsing import a_browser
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from api.gate.origins import Origins, origin_of
from assistant.errors import SettingsError
from gate import gated

DATA = Path(__file__).parents[2] / "data" / "api"
CASES = json.loads((DATA / "gate_origins.json").read_text(encoding="utf-8"))
LISTED = ("https://shop.example", "http://127.0.0.1:8080")
SHOP = {"Origin": "https://shop.example"}
EVIL = {"Origin": "https://evil.example"}
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


# ---- the list ----


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        ("HTTPS://Shop.Example:8443", "https://shop.example:8443"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("*", "*"),
    ],
)
def test_entries(text, origin):
    assert origin_of(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        "shop.example",
        "https://shop.example/",
        "https://",
        "https://*.example",
        "ftp://shop.example",
        "null",
        "https://" + "a@shop.example",
        "https://shop.example:99999",
        "https://shop.example:0",
        "https://例え.example",
        "https://shop.example\nx",
        "http://[::1",
    ],
)
def test_an_entry_that_no_browser_sends_is_named(text):
    with pytest.raises(SettingsError, match="ASSISTANT_ALLOWED_ORIGINS"):
        Origins([text])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_is_foreign(case):
    sent = {"host": "help.example", **case["send"]}
    assert Origins(LISTED).foreign(Headers(sent)) is case["foreign"]
    assert not Origins(["*"]).foreign(Headers(sent))


latin = st.text(st.characters(max_codepoint=255), max_size=40)


@given(st.dictionaries(st.sampled_from(["origin", "host", "x-forwarded-host", "sec-fetch-site"]), latin))
def test_any_headers_are_read(sent):
    foreign = Origins(LISTED).foreign(Headers(sent))
    assert foreign in (True, False)
    if sent.get("sec-fetch-site", "").strip() not in ("same-origin", "none", "") and "origin" in sent:
        assert foreign is (sent["origin"].strip().lower() not in LISTED)


@given(st.text(max_size=40) | latin.map("https://{}".format))
def test_any_entry_is_taken_or_named(text):
    with contextlib.suppress(SettingsError):
        assert origin_of(text) == origin_of(origin_of(text))


def test_two_origins_are_nobodys():
    sent = [(b"host", b"help.example"), (b"origin", b"https://shop.example"), (b"origin", b"https://shop.example")]
    assert Origins(LISTED).foreign(Headers(raw=sent))


# ---- over HTTP ----


@pytest.fixture(scope="module")
def server():
    with gated.behind(allowed_origins=LISTED) as served:
        yield served


@pytest.fixture(scope="module")
def closed():
    with gated.behind() as served:
        yield served


def cors(reply) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name.startswith("access-control-")}


def test_a_listed_page_may_ask_and_read(server):
    first = server.client.options("/v1/chat", headers={**SHOP, **ASKS})
    assert (first.status_code, first.content) == (204, b"")
    assert first.headers["access-control-allow-origin"] == "https://shop.example"
    assert "POST" in first.headers["access-control-allow-methods"]
    assert "Idempotency-Key" in first.headers["access-control-allow-headers"]
    reply = server.chat(**SHOP)
    assert reply.status_code == 200
    assert cors(reply) == {
        "access-control-allow-origin": "https://shop.example",
        "access-control-expose-headers": "Retry-After, X-Request-ID",
    }
    assert reply.headers["vary"] == "Origin"


@pytest.mark.parametrize(("question", "status"), [("break", 500), ("unreadable", 422)], ids=["a defect", "a question"])
def test_a_listed_page_may_read_errors_too(server, question, status):
    reply = server.chat(question, **SHOP)
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (status, "https://shop.example")
    assert server.client.post("/v1/chat", content=b"{", headers=SHOP).headers["access-control-allow-origin"]
    assert server.client.get("/v1/nothing", headers=SHOP).headers["access-control-allow-origin"]


def test_a_foreign_page_gets_nothing_done(server):
    before = server.figure('assistant_http_requests_total{method="POST",route="/v1/chat",status="2xx"}')
    for headers in (
        EVIL,
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {**SHOP, "Origin": "https://shop.example.evil.example"},
    ):
        for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
            reply = server.client.post(
                "/v1/chat", content=b'{"question": "q"}', headers={**headers, "Content-Type": content_type}
            )
            assert (reply.status_code, reply.json()["error"]["code"]) == (403, "origin_not_allowed")
            assert cors(reply) == {}
            assert reply.headers["content-security-policy"]
    assert server.client.delete("/v1/conversations/c", headers=EVIL).status_code == 403
    first = server.client.options("/v1/chat", headers={**EVIL, **ASKS})
    assert (first.status_code, cors(first)) == (403, {})
    assert server.figure('assistant_http_requests_total{method="POST",route="/v1/chat",status="2xx"}') == before
    assert server.figure('assistant_http_refused_total{reason="origin"}') == 14


def test_a_foreign_page_may_not_read(server):
    reply = server.client.get("/v1/facts", headers=EVIL)
    assert (reply.status_code, cors(reply)) == (200, {})
    assert reply.headers["vary"] == "Origin"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/healthz", "/", "/openapi.json"])
def test_operations_and_pages_are_nobody_elses(server, path):
    assert cors(server.client.get(path, headers=SHOP)) == {}


def test_by_default_nobody_is_listed(closed):
    assert closed.chat(**SHOP).status_code == 403
    own = closed.url
    assert closed.chat(Origin=own).status_code == 200
    assert closed.chat(Origin=own.replace("http:", "https:")).status_code == 200
    assert cors(closed.chat(Origin=own)) == {}
    assert closed.chat().status_code == 200


def test_any_site_when_the_operator_says_so():
    with gated.behind(allowed_origins=("*",)) as server:
        for headers in (EVIL, {"Origin": "null"}, {}):
            reply = server.chat(**headers)
            assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (200, "*")
            assert "access-control-allow-credentials" not in reply.headers


def test_a_listed_page_is_told_when_it_asks_too_often():
    with gated.behind(allowed_origins=LISTED, **gated.RATES) as server:
        replies = [server.chat(**SHOP) for _ in range(6)]
        assert replies[-1].status_code == 429
        assert replies[-1].headers["access-control-allow-origin"] == "https://shop.example"
        assert "Retry-After" in replies[-1].headers["access-control-expose-headers"]


# ---- in a browser ----


class Site(BaseHTTPRequestHandler):
    """An empty page of another site."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>site</title>")

    def log_message(self, *args: object) -> None:
        """Nothing on stderr."""


ASK = """async ([url, type]) => {
    const options = {method: 'POST', headers: {'Content-Type': type}, body: '{"question": "q"}'};
    if (type === 'text/plain') options.mode = 'no-cors';
    else options.headers['X-Request-ID'] = 'mine';
    try {
        const reply = await fetch(url + '/v1/chat', options);
        return [reply.type, reply.status, reply.headers.get('X-Request-ID')];
    } catch (error) { return [error.name]; }
}"""


def test_a_browser_obeys(closed):
    """The same page asks a server that has it on its list, and one that has not."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{site.server_port}"
        with gated.behind(allowed_origins=(address,)) as listed, a_browser() as browser:
            page = browser.new_page()
            page.goto(address)
            assert page.evaluate(ASK, [listed.url, "application/json"]) == ["cors", 200, "mine"]
            assert page.evaluate(ASK, [closed.url, "application/json"]) == ["TypeError"]
            refused = 'assistant_http_refused_total{reason="origin"}'
            before = closed.figure(refused)
            assert page.evaluate(ASK, [closed.url, "text/plain"]) == ["TypeError"]
            assert closed.figure(refused) == before + 1  # the browser sent it without asking, and it was not answered
        site.shutdown()
