"""The fact table over real HTTP: the command line's facts, filtered, sorted, in every form."""

import csv
import gzip
import io
import json
from concurrent.futures import ThreadPoolExecutor

import browsed
import pytest
import serving

from api.browsing import amount
from api.browsing_csv import cell
from assistant.public import FACT_FIELDS, fact_json, program_json
from assistant.records import FactKind

client, odd = browsed.client, browsed.odd


@pytest.fixture(scope="module")
def every(assistant):
    """All facts as the command line prints them."""
    return [fact_json(fact) for fact in assistant.index.facts()]


def facts(client, **query) -> list[dict]:
    """The facts of a query, which must also be counted right."""
    reply = client.get("/v1/facts", params=query).json()
    assert list(reply) == ["facts", "total"]
    assert reply["total"] == len(reply["facts"])
    return reply["facts"]


def test_all_facts_in_the_command_lines_form_and_order(client, every):
    assert facts(client) == every
    assert list(every[0]) == list(FACT_FIELDS)


@pytest.mark.parametrize(("query", "fields"), serving.table("browse_filters.json"))
def test_filters(client, every, query, fields):
    expected = [fact for fact in every if all(fact[name] in values for name, values in fields.items())]
    assert facts(client, **query) == expected
    assert expected or query == {"document": "nothing"}


def test_regions_are_those_of_the_documents(client, assistant, every):
    regions = {one.id: one.region for one in assistant.index.documents.values()}
    for region in sorted(set(regions.values())):
        expected = [fact for fact in every if regions[fact["document"]] == region]
        assert facts(client, region=region) == expected != []
    assert len(facts(client, region=sorted(set(regions.values())))) == len(every)
    assert facts(client, region="どこか") == []


def test_flags(client, every):
    assert facts(client, flag="再掲") == [fact for fact in every if "再掲" in fact["flags"]]
    both = facts(client, flag=["example", "suspect"])
    assert both == [fact for fact in every if {"example", "suspect"} & set(fact["flags"])] != []


@pytest.mark.parametrize("text", ["事業承継", "ＩＴ", "it", "融資 制度", "小計", "ものづくり補助金", "存在しない事業"])
def test_names_and_aliases_are_found_as_the_command_line_finds_them(client, assistant, text):
    assert facts(client, program=text) == [fact_json(fact) for fact in assistant.index.facts(program=text)]


def test_several_names_are_any_of_them(client):
    one, other = (
        {fact["fact_id"] for fact in facts(client, program=text)} for text in ("事業承継補助", "県中小企業融資")
    )
    both = facts(client, program=["事業承継補助", "県中小企業融資"])
    assert {fact["fact_id"] for fact in both} == one | other


def test_programs_are_the_command_lines(client, assistant):
    expected = [program_json(one) for one in assistant.index.programs.values() if one.role == "program"]
    reply = client.get("/v1/programs").json()
    assert reply == {"programs": expected, "total": len(expected)}
    some = client.get("/v1/programs", params={"region": "国", "program": "事業", "limit": 3, "offset": 1}).json()
    like = [one for one in expected if one["document"] == "meti-r02" and "事業" in one["program"]]
    assert some["programs"] == like[1:4]
    lines = client.get("/v1/programs", params={"format": "jsonl"}).text.splitlines()
    assert [json.loads(line) for line in lines] == expected


# ---- order and pages ----


def test_by_amount_and_what_has_none_last(client, assistant):
    amounts = {fact.fact_id: amount(fact) for fact in assistant.index.facts()}
    for sort, down in (("yen", False), ("-yen", True)):
        found = [amounts[fact["fact_id"]] for fact in facts(client, sort=sort)]
        priced = [yen for yen in found if yen is not None]
        assert found == sorted(priced, reverse=down) + [None] * (len(found) - len(priced))
    assert None in amounts.values()


@pytest.mark.parametrize("column", ["program", "kind"])
def test_by_name(client, every, column):
    assert facts(client, sort=column) == sorted(every, key=lambda fact: fact[column])
    assert facts(client, sort=f"-{column}") == sorted(every, key=lambda fact: fact[column], reverse=True)


def test_the_documents_order_backwards(client, every):
    assert facts(client, sort="document") == every
    assert facts(client, sort="-document") == every[::-1]


def test_pages_make_the_whole(client, every):
    pages = [client.get("/v1/facts", params={"limit": 100, "offset": at}).json() for at in range(0, 1100, 100)]
    assert [fact for page in pages for fact in page["facts"]] == every
    assert {page["total"] for page in pages} == {len(every)}
    assert client.get("/v1/facts", params={"limit": 0}).json() == {"facts": [], "total": len(every)}


# ---- forms ----


def test_a_fact_a_line(client, every):
    reply = client.get("/v1/facts", params={"format": "jsonl", "document": "meti-r02"})
    assert reply.headers["content-type"] == "application/x-ndjson"
    found = [json.loads(line) for line in reply.content.decode().split("\n")[:-1]]
    assert found == [fact for fact in every if fact["document"] == "meti-r02"]


def test_a_file_for_spreadsheets(client, every):
    reply = client.get("/v1/facts", params={"format": "csv", "sort": "kind"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="facts.csv"'
    assert reply.content.startswith(b"\xef\xbb\xbffact_id,document,program,")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(FACT_FIELDS)
    ordered = sorted(every, key=lambda fact: fact["kind"])
    assert [row["fact_id"] for row in rows] == [fact["fact_id"] for fact in ordered]
    assert [row["text"] for row in rows] == [fact["text"] for fact in ordered]  # no printed figure is touched
    assert [row["yen"] for row in rows] == ["" if fact["yen"] is None else str(fact["yen"]) for fact in ordered]
    assert [row["quote"].removeprefix("'") for row in rows] == [fact["quote"].removeprefix("'") for fact in ordered]


@pytest.mark.parametrize(("value", "written"), serving.table("browse_cells.json"))
def test_no_cell_is_a_formula(value, written):
    assert cell(value) == written


def test_a_hostile_document_writes_no_formula(odd):
    text = odd.get("/v1/facts", params={"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["program"] for row in rows} >= {"'=HYPERLINK補助事業"}
    assert {row["text"] for row in rows} >= {"▲3,000千円", "1,234千円"}
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value and not is_number(value))


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# ---- caching and packing ----


def test_what_is_known_is_not_sent_again(client):
    for address in ("/v1/facts", "/v1/facts?kind=budget", "/v1/programs", "/v1/documents", "/v1/documents/meti-r02"):
        first = client.get(address)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        for held in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = client.get(address, headers={"If-None-Match": held})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(address, headers={"If-None-Match": '"other"'}).content == first.content


def test_each_query_and_build_has_its_own_tag(client, odd):
    queries = ["", "?kind=budget", "?kind=phone", "?limit=1", "?format=csv", "?format=jsonl", "?sort=yen"]
    tags = {one.get(f"/v1/facts{query}").headers["etag"] for one in (client, odd) for query in queries}
    tags |= {client.get(f"/v1/documents/meti-r02?from={line}").headers["etag"] for line in (2, 3)}
    assert len(tags) == 2 * len(queries) + 2
    same = {client.get(f"/v1/facts{query}").headers["etag"] for query in ("", "?program=", "?offset=0&x=1")}
    assert len(same) == 1


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=x", False),
        ("", False),
    ],
)
def test_long_replies_are_packed_for_those_who_can(client, accepted, packed):
    with client.stream("GET", "/v1/facts", headers={"Accept-Encoding": accepted}) as reply:
        raw = b"".join(reply.iter_raw())
    assert (reply.headers.get("content-encoding") == "gzip") is packed
    assert reply.headers["vary"] == "Accept-Encoding"
    plain = client.get("/v1/facts").content
    assert (gzip.decompress(raw) if packed else raw) == plain
    if packed:
        assert len(raw) < len(plain) / 5


def test_many_at_once_get_the_same(client, every):
    queries = [{}, {"format": "csv"}, {"sort": "-yen"}, {"kind": "budget"}] * 5
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda query: client.get("/v1/facts", params=query), queries))
    assert {reply.status_code for reply in replies} == {200}
    for at in range(4):
        assert len({reply.content for reply in replies[at::4]}) == 1


def test_the_models_of_openapi_have_the_fields_that_are_sent(client, assistant):
    from api.schemas import browse

    sent = {
        browse.FactTold: next(fact_json(fact) for fact in assistant.index.facts()),
        browse.ProgramTold: client.get("/v1/programs").json()["programs"][0],
        browse.DocumentTold: client.get("/v1/documents").json()["documents"][0],
        browse.DocumentLines: client.get("/v1/documents/meti-r02").json(),
        browse.PassageTold: client.get(f"/v1/passages/{next(iter(assistant.index.passages))}").json(),
    }
    for model, record in sent.items():
        assert list(model.model_fields) == list(record)
        model.model_validate(record)
    assert {kind.value for kind in FactKind} >= {fact["kind"] for fact in facts(client)}
