"""``assistant mcp --http``: the same over streamable HTTP, and who is let in."""

import asyncio
import http.client
import json
import shutil
import signal
from urllib.parse import urlsplit

import pytest

from api.mcp_server.over_http import MAX_BODY, forms, guard_of
from assistant.errors import SettingsError
from assistant.index.files import replace_text
from assistant.index.manifest import CURRENT
from assistant.settings import Settings
from eval.load.swaps import twins

from . import talking

BODY = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": talking.INITIALIZE}
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
SETTINGS = {"ASSISTANT_MCP_HOSTS": "mcp.example", "ASSISTANT_ALLOWED_ORIGINS": "https://shop.example"}


@pytest.fixture(scope="module")
def url(index_dir):
    with talking.served(index_dir, **SETTINGS) as (found, _):
        yield found


def sent(url, method="POST", path="/mcp", body=None, **headers):
    """A raw request's status and body; ``{port}`` in a header is the server's."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
    given = {name: value.format(port=where.port) for name, value in headers.items()}
    try:
        content = body if isinstance(body, bytes) else json.dumps(body or BODY).encode()
        connection.request(method, path, content if method == "POST" else None, HEADERS | given)
        reply = connection.getresponse()
        return reply.status, reply.read() if method != "GET" or path != "/mcp" or reply.status != 200 else b""
    finally:
        connection.close()


@pytest.mark.parametrize("mode", talking.MODES)
def test_a_client_s_session(url, assistant, mode):
    async def talk(client):
        question = {"question": "事業承継補助金の補助率は?"}
        told = await client.call_tool("ask", question)
        assert told.structured_content["text"] == assistant.ask(**question).text
        assert len((await client.list_tools()).tools) == 4
        assert len((await client.list_resource_templates()).resource_templates) == 3
        for one in (await client.list_resources()).resources:
            assert json.loads((await client.read_resource(one.uri)).contents[0].text)
        for name, arguments in (
            ("find_programs", {"query": "融資"}),
            ("lookup_facts", {}),
            ("check_text", {"text": "1円"}),
        ):
            assert not (await client.call_tool(name, arguments)).is_error
        assert (await client.call_tool("ask", {"question": ""})).is_error
        many = await asyncio.gather(*(client.call_tool("ask", question) for _ in range(20)))
        assert {one.structured_content["text"] for one in many} == {told.structured_content["text"]}

    talking.talked(url, talk, mode)
    talking.talked(url, talk, mode)  # a session ends, and another begins


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "[::1]:{port}"}, 200),
        ({"Host": "mcp.example"}, 200),
        ({"Host": "mcp.example:8443"}, 200),
        ({"Host": "MCP.Example"}, 200),
        ({"Host": "LOCALHOST:{port}"}, 200),
        ({"Origin": "https://MCP.example"}, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "https://shop.example"}, 200),
        ({"Origin": "https://mcp.example"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "mcp.example.evil.example"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://shop.example.evil.example"}, 403),
        ({"Origin": "http://shop.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
)
@pytest.mark.parametrize("version", [None, "2026-07-28"])
def test_who_is_let_in(url, headers, status, version):
    more = {} if version is None else {"MCP-Protocol-Version": version}
    found, _ = sent(url, **headers, **more)
    assert found == status or (version is not None and status == 200 and found == 400)  # there is no handshake any more


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_every_method_is_guarded(url, method):
    assert sent(url, method, Host="evil.example")[0] == 421
    assert sent(url, method, Origin="http://evil.example")[0] == 403


def test_bodies_have_a_limit(url):
    assert sent(url, body=b" " * (MAX_BODY + 1))[0] == 413
    assert sent(url, body=b"{")[0] == 400
    assert sent(url, body=b"[]")[0] == 400


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b"{}", b"3", b"null", b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]',
     b'{"jsonrpc": "2.0", "id": null, "method": "tools/list"}', b'{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}',
     b'{"jsonrpc": "2.0", "id": true, "method": "ping"}', b"[" * 5_000],
)  # fmt: skip
def test_what_is_no_message_is_told_so_in_a_line(url, body):
    status, reply = sent(url, body=body)
    told = json.loads(reply)
    assert (status, told["id"]) == (400, None)
    assert told["error"]["code"] in (-32700, -32600)
    assert "\n" not in told["error"]["message"]
    assert "pydantic" not in told["error"]["message"]
    assert sent(url, body=body, Host="evil.example")[0] == 421


def test_half_a_character_is_refused(url):
    call = {"name": "ask", "arguments": {"question": "\ud800補助率は?"}, "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }}  # fmt: skip
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    more = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "ask"}
    status, told = sent(url, body=body, **more)
    assert status == 200
    assert json.loads(told)["result"]["isError"] is True
    assert "control character U+D800" in told.decode()
    assert sent(url, body={**body, "id": "\ud800"}, **more)[0] < 500
    assert sent(url)[0] == 200


def test_health_and_other_addresses(url):
    assert sent(url, "GET", "/healthz") == (200, b'{"status":"ok"}')
    assert sent(url, "GET", "/v1/facts")[0] == 404


def test_an_ended_session_is_known_no_more(url):
    assert sent(url, **{"Mcp-Session-Id": "0" * 32})[0] == 404


def test_a_newer_index_is_seen_by_a_running_session(index_dir, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(index_dir, folder)
    later, _ = twins(folder)
    question = {"question": "事業承継補助金の補助率は?"}
    with talking.served(folder, ASSISTANT_SWAP_SECONDS="0") as (url, process):

        async def talk(client):
            before = await client.call_tool("ask", question)
            replace_text(folder / CURRENT, later + "\n")
            process.send_signal(signal.SIGHUP)
            told = await asyncio.to_thread(process.stderr.readline)  # nothing is said of what goes well
            return before, told, await client.call_tool("ask", question)

        (folder / "builds" / later / "manifest.json").write_text("{}")
        before, told, again = talking.talked(url, talk)
        assert b"is still served" in told
        assert again.structured_content == before.structured_content


def test_sigterm_ends_it_while_clients_listen(index_dir):
    with talking.served(index_dir) as (url, process):
        where = urlsplit(url)
        begun = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        begun.request("POST", "/mcp", json.dumps(BODY), HEADERS)
        session = begun.getresponse().getheader("Mcp-Session-Id")
        assert session
        listening = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        listening.request("GET", "/mcp", headers={**HEADERS, "Mcp-Session-Id": session})
        assert listening.getresponse().status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        begun.close()
        listening.close()


def guard(host="127.0.0.1", port=8000, **changes):
    return guard_of(Settings(**changes), (host,), port)


def test_hosts_and_origins_of_the_settings():
    found = guard(mcp_hosts="mcp.example, other.example:9", allowed_origins="https://shop.example:444")
    assert found.allowed_hosts == [
        "127.0.0.1:8000", "localhost:8000", "[::1]:8000", "mcp.example", "mcp.example:*", "other.example:9",
    ]  # fmt: skip
    assert "https://shop.example:444" in found.allowed_origins
    assert "http://127.0.0.1:8000" in found.allowed_origins
    assert "localhost" in guard(port=80).allowed_hosts
    assert "10.0.0.5:8000" in guard("10.0.0.5").allowed_hosts
    assert {"http:*", "https:*"} <= set(guard(allowed_origins="*").allowed_origins)
    with pytest.raises(SettingsError, match="ASSISTANT_ALLOWED_ORIGINS"):
        guard(allowed_origins="shop.example")


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.example", ("a.example", "a.example:*")), ("a.example:1", ("a.example:1",)), ("[::2]", ("[::2]", "[::2]:*"))],
)
def test_a_host_without_a_port_has_any(name, told):
    assert forms(name) == told


@pytest.mark.parametrize("name", ["https://mcp.example/", "*", "mcp.example/x", "mcp.example:http", "[::1", "日本"])
def test_what_is_no_host_is_no_setting(name):
    with pytest.raises(SettingsError, match="ASSISTANT_MCP_HOSTS"):
        guard(mcp_hosts=f"mcp.example,{name}")


def test_hosts_are_compared_in_small_letters():
    assert {"mcp.example", "mcp.example:*"} <= set(guard(mcp_hosts="MCP.Example").allowed_hosts)
