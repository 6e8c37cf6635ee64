"""What every reply says to a browser: policies, what may be kept, encryption."""

import pytest

from api.gate.headers import CONTENT_SECURITY_POLICY, INERT
from gate import gated

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def server():
    with gated.behind() as served:
        yield served


@pytest.mark.parametrize(
    ("method", "path", "status", "cache", "policy"),
    [
        ("GET", "/", 200, "no-cache", CONTENT_SECURITY_POLICY),
        ("GET", "/v1/facts", 200, "no-store", INERT),
        ("GET", "/healthz", 200, "no-store", INERT),
        ("GET", "/metrics", 200, "no-store", INERT),
        ("GET", "/nothing", 404, "no-store", INERT),
        ("POST", "/healthz", 405, "no-store", INERT),
        ("DELETE", "/v1/conversations/c", 204, "no-store", INERT),
        ("POST", "/v1/chat", 422, "no-store", INERT),
        ("TRACE", "/v1/chat", 405, "no-store", INERT),
    ],
)
def test_every_reply(server, method, path, status, cache, policy):
    reply = server.client.request(method, path)
    assert reply.status_code == status
    assert reply.headers["cache-control"] == cache
    assert reply.headers["content-security-policy"] == policy
    assert EVERYWHERE.items() <= reply.headers.items()
    assert "camera=()" in reply.headers["permissions-policy"]
    assert "strict-transport-security" not in reply.headers


def test_a_defect_and_a_refusal_have_them_too(server):
    for reply in (server.chat("break"), server.chat(Origin="https://evil.example")):
        assert reply.status_code in (500, 403)
        assert EVERYWHERE.items() <= reply.headers.items()


def test_the_policy_of_pages_lets_in_nothing_from_elsewhere():
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["form-action"] == rules["base-uri"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "img-src")} == {"'self'"}


def test_encryption_is_asked_for_where_a_proxy_has_it(server):
    reply = server.client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert reply.headers["strict-transport-security"].startswith("max-age=")
    assert "strict-transport-security" not in server.client.get("/").headers
