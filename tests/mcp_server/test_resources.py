"""The resources: the documents as printed, line by line, and passages in their place."""

import json
from types import SimpleNamespace

import pytest
from mcp.shared.exceptions import MCPError

from api.mcp_server import resources
from api.mcp_server.addresses import DOCUMENTS, document_uri, lines_uri, passage_uri

from . import talking

desk = talking.desk


def read(desk, uri, mode="legacy"):
    """A resource's value."""
    result = talking.talked(talking.here(desk), lambda client: client.read_resource(uri), mode)
    (content,) = result.contents
    assert content.uri == uri
    assert content.mime_type == "application/json"
    return json.loads(content.text)


def refused(desk, uri, mode="legacy"):
    async def talk(client):
        with pytest.raises(MCPError) as caught:
            await client.read_resource(uri)
        assert await client.read_resource(DOCUMENTS)  # the session goes on
        return caught.value

    return talking.talked(talking.here(desk), talk, mode)


def test_every_document_is_listed(desk):
    listed = talking.talked(talking.here(desk), lambda client: client.list_resources()).resources
    assert [one.uri for one in listed] == [DOCUMENTS, *map(document_uri, desk.index.documents)]
    for one, document in zip(listed[1:], desk.index.documents.values(), strict=True):
        assert one.title == document.title
        assert document.fiscal_year in one.description
        assert f"{len(document.lines)}行" in one.description


def test_the_templates(desk):
    listed = talking.talked(talking.here(desk), lambda client: client.list_resource_templates()).resource_templates
    assert [one.uri_template for one in listed] == [
        "assistant://documents/{id}",
        "assistant://documents/{id}/lines/{start}-{end}",
        "assistant://passages/{id}",
    ]


def test_a_long_list_comes_in_pages(desk, monkeypatch):
    monkeypatch.setattr(resources, "PAGE", 2)

    async def talk(client):
        found, cursor = [], None
        while True:
            page = await client.list_resources(cursor=cursor)
            found += [one.uri for one in page.resources]
            cursor = page.next_cursor
            if cursor is None:
                break
        for odd in ("x", "-1", "99", "１", "9" * 30):
            with pytest.raises(MCPError, match="no such page") as caught:
                await client.list_resources(cursor=odd)
            assert caught.value.code == -32602
        return found

    assert talking.talked(talking.here(desk), talk) == [DOCUMENTS, *map(document_uri, desk.index.documents)]


@pytest.mark.parametrize("mode", talking.MODES)
def test_the_list_and_each_document(desk, mode):
    listed = read(desk, DOCUMENTS, mode)["documents"]
    assert [one["id"] for one in listed] == [*desk.index.documents]
    for one in listed:
        told = read(desk, one["uri"], mode)
        document = desk.index.documents[one["id"]]
        assert [line["text"] for line in told["lines"]] == [*document.lines]
        assert [line["number"] for line in told["lines"]] == [*range(1, len(document.lines) + 1)]
        assert {name: told[name] for name in one if name != "uri"} == {k: v for k, v in one.items() if k != "uri"}
        assert "next" not in told


def test_lines_of_a_document(desk):
    told = read(desk, lines_uri("meti-r02", 47, 49))
    assert told["lines"] == [
        {"number": number, "text": desk.index.documents["meti-r02"].lines[number - 1]} for number in (47, 48, 49)
    ]
    count = len(desk.index.documents["meti-r02"].lines)
    assert read(desk, lines_uri("meti-r02", count, 10**8))["line_end"] == count


def test_a_long_document_is_read_on(desk, monkeypatch):
    monkeypatch.setattr(resources, "MOST_LINES", 250)
    seen, uri = [], document_uri("meti-r02")
    while uri:
        told = read(desk, uri)
        seen += [line["text"] for line in told["lines"]]
        uri = told.get("next")
    assert seen == [*desk.index.documents["meti-r02"].lines]


def test_every_cited_passage_shows_its_quote(desk, assistant):
    for question in ("事業承継補助金の補助率は?", "融資の限度額は?"):
        for citation in assistant.ask(question).citations:
            told = read(desk, passage_uri(citation.passage_id))
            lines = {line["number"]: line["text"] for line in told["lines"]}
            quoted = "\n".join(lines[number] for number in range(citation.line_start, citation.line_end + 1))
            assert citation.quote in quoted
            assert told["document"] == citation.document


@pytest.mark.parametrize(
    ("uri", "word"),
    [
        ("assistant://documents/nix", "no such document"),
        ("assistant://documents/..%2f..%2fetc%2fpasswd", "no such document"),
        ("assistant://documents/meti-r02/lines/0-1", "no such lines"),
        ("assistant://documents/meti-r02/lines/9-2", "no such lines"),
        ("assistant://documents/meti-r02/lines/99999-99999", "no such lines"),
        ("assistant://documents/nix/lines/1-2", "no such document"),
        ("assistant://passages/1", "no such passage"),
        ("assistant://passages/-0", "no such passage"),
        ("assistant://other", "no such resource"),
        ("file:///etc/passwd", "no such resource"),
    ],
)
def test_what_is_not_there_is_not_found(desk, uri, word):
    error = refused(desk, uri)
    assert error.code == -32002
    assert word in error.message
    assert error.data == {"uri": uri}
    assert refused(desk, uri, "auto").code == -32602


def test_a_defect_tells_nothing_of_its_cause(desk, monkeypatch, caplog):
    def fail(*_):
        raise ValueError("秘密")

    monkeypatch.setattr("api.mcp_server.server.content_of", fail)

    async def talk(client):
        with pytest.raises(MCPError, match="incident number") as caught:
            await client.read_resource(DOCUMENTS)
        return caught.value

    assert "秘密" not in talking.talked(talking.here(desk), talk).message
    assert "incident" in caplog.text


def test_an_empty_document_has_no_lines():
    document = SimpleNamespace(id="leer", lines=())
    index = SimpleNamespace(documents={"leer": document}, keep=lambda *_: SimpleNamespace(document=lambda _: {}))
    assert json.loads(resources.content_of(document_uri("leer"), index)) == {
        "line_start": 1,
        "line_end": 0,
        "lines": [],
    }
