"""Documents and passages over real HTTP: the lines as printed, odd names, what is not there."""

from urllib.parse import quote

import browsed
import httpx
import pytest
import serving
from browsed import error_of
from hosting import hosted

from api.app import create_app
from assistant.chain import Assistant
from assistant.index import Index

client, odd = browsed.client, browsed.odd
KEYS = [
    "id", "title", "publisher", "region", "fiscal_year", "stage", "url", "licence", "line_count", "program_count",
    "fact_count",
]  # fmt: skip


def test_every_document_is_listed(client, assistant):
    listed = client.get("/v1/documents").json()["documents"]
    assert [one["id"] for one in listed] == list(assistant.index.documents)
    for one in listed:
        document = assistant.index.documents[one["id"]]
        assert list(one) == KEYS
        assert one["line_count"] == len(document.lines)
        assert one["fact_count"] == len(list(assistant.index.facts(document=one["id"])))
        found = client.get("/v1/programs", params={"document": one["id"]}).json()
        assert one["program_count"] == found["total"] == len(found["programs"]) > 0


def test_a_document_comes_whole(client, assistant):
    for listed in client.get("/v1/documents").json()["documents"]:
        whole = client.get(f"/v1/documents/{listed['id']}").json()
        lines = assistant.index.documents[listed["id"]].lines
        assert whole == {**listed, "line_start": 1, "line_end": len(lines), "lines": list(lines)}


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({"from": 47, "to": 49}, 47, 49),
        ({"from": 600}, 600, 612),
        ({"to": 2}, 1, 2),
        ({"from": 612, "to": 100_000_000}, 612, 612),
    ],
)
def test_some_lines_of_a_document(client, assistant, query, first, last):
    found = client.get("/v1/documents/meti-r02", params=query).json()
    assert (found["line_start"], found["line_end"]) == (first, last)
    assert found["lines"] == list(assistant.index.documents["meti-r02"].lines[first - 1 : last])


def test_every_passage_opens_with_the_lines_around_it(client, assistant):
    passages = sorted(assistant.index.passages.values(), key=lambda one: one.id)
    for passage in passages[::20]:
        found = client.get(f"/v1/passages/{passage.id}", params={"around": 3}).json()
        document = assistant.index.documents[passage.document]
        assert found["passage_id"] == str(passage.id)
        assert (found["document"], found["title"], found["program"]) == (document.id, document.title, passage.program)
        numbers = [line["number"] for line in found["lines"]]
        assert numbers[0] == max(1, passage.line_start - 3)
        assert numbers[-1] == min(len(document.lines), passage.line_end + 3)
        assert all(document.lines[line["number"] - 1] == line["text"] for line in found["lines"])


def test_a_citation_opens_the_passage_that_holds_its_quote(client):
    answer = client.post("/v1/chat", json={"question": "事業承継補助金の補助率は?"}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        found = client.get(f"/v1/passages/{citation['passage_id']}", params={"around": 0}).json()
        lines = {line["number"]: line["text"] for line in found["lines"]}
        cited = [lines[number] for number in range(citation["line_start"], citation["line_end"] + 1)]
        assert citation["quote"] in "\n".join(cited)
        assert all(found[name] == citation[name] for name in ("document", "title", "stage", "fiscal_year", "url"))


@pytest.mark.parametrize("name", browsed.ODD)
def test_odd_names_are_found_by_their_encoded_form(odd, name):
    found = odd.get(f"/v1/documents/{quote(name, safe='')}").json()
    assert (found["id"], found["lines"]) == (name, browsed.TEXT.rstrip("\n").split("\n"))
    facts = odd.get("/v1/facts", params={"document": name}).json()
    assert facts["total"] == found["fact_count"] > 0
    assert {fact["document"] for fact in facts["facts"]} == {name}


@pytest.mark.parametrize(("address", "status", "said"), serving.table("browse_bad.json"))
def test_what_is_not_there_or_cannot_be_read(client, address, status, said):
    reply = client.get(address)
    assert reply.status_code == status
    error = error_of(reply)
    assert said in f"{error['code']} {error['message']}"


@pytest.mark.parametrize("address", ["/v1/facts", "/v1/programs", "/v1/documents", "/v1/documents/meti-r02"])
def test_head_is_get_without_its_body(client, address):
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "cache-control", "content-length"):
        assert head.headers[name] == got.headers[name]
    assert client.post(address).headers["allow"] == "GET, HEAD"


class Counting:
    """A desk that counts how often its build is asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.stream = assistant.stream
        self.check = assistant.check
        self.times = 0

    @property
    def index(self) -> Index:
        self.times += 1
        return self.assistant.index


def test_a_request_takes_the_build_once(assistant):
    """Or a build that is exchanged meanwhile would answer a part of it."""
    desk = Counting(assistant)
    passage = next(iter(assistant.index.passages))
    tables = [f"/v1/facts?format={form}" for form in ("json", "jsonl", "csv")]
    addresses = [*tables, "/v1/programs", "/v1/documents", "/v1/documents/meti-r02", f"/v1/passages/{passage}"]
    with hosted(create_app(desk)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        for address in addresses:
            before = desk.times
            assert client.get(address).status_code == 200
            assert desk.times == before + 1, address
