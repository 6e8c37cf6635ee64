"""What ``/openapi.json`` promises: every route told of, every error, examples that fit their own schemas."""

import json

import browsed
import jsonschema_rs
import pytest

from api.describing import table
from api.schemas import narrowing

client = browsed.client


@pytest.fixture(scope="module")
def schema(client):
    return client.get("/openapi.json").json()


def operations(schema: dict) -> dict[str, dict]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    }


def test_every_route_is_told_of_and_no_other(schema):
    measured = "GET /metrics"  # only where a gate counts
    assert sorted({*operations(schema), measured}) == sorted(table("operations"))


def test_every_route_has_a_name_a_summary_and_a_known_tag(schema):
    tags = [tag["name"] for tag in schema["tags"]]
    told = operations(schema)
    assert len({operation["operationId"] for operation in told.values()}) == len(told)
    for name, operation in told.items():
        assert operation["summary"] == table("operations")[name]["summary"]
        assert operation["description"]
        assert set(operation["tags"]) <= set(tags)
    assert all(tag["description"] for tag in schema["tags"])
    assert "servers" not in schema


def test_every_error_has_the_one_shape_and_an_example(schema):
    for name, operation in operations(schema).items():
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert response["description"]
                content = response["content"]["application/json"]
                assert content["schema"]["$ref"].endswith("/ErrorReply"), (name, status)
                assert list(content["example"]["error"]) == ["code", "message", "hint"]
            if status in ("429", "503") and name != "GET /readyz":
                assert "Retry-After" in response["headers"], (name, status)


STATUSES = {
    "POST /v1/chat": {"200", "400", "403", "408", "409", "413", "422", "429", "500", "503"},
    "POST /v1/check": {"200", "400", "403", "408", "409", "413", "422", "429", "500"},
    "POST /v1/feedback": {"200", "400", "403", "404", "408", "413", "422", "429", "500", "503"},
    "DELETE /v1/conversations/{conversation_id}": {"204", "403", "404", "422", "429", "500", "503"},
    "GET /v1/facts": {"200", "304", "422", "429", "500"},
    "GET /v1/programs": {"200", "304", "422", "429", "500"},
    "GET /v1/documents": {"200", "304", "429", "500"},
    "GET /v1/documents/{document_id}": {"200", "304", "404", "422", "429", "500"},
    "GET /v1/passages/{passage_id}": {"200", "304", "404", "422", "429", "500"},
}


@pytest.mark.parametrize("name", STATUSES)
def test_the_statuses_of_a_route(schema, name):
    assert set(operations(schema)[name]["responses"]) == STATUSES[name]


def pairs(schema: dict):
    """Every example of a body with the schema that it must fit."""
    for name, operation in operations(schema).items():
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for body in (*bodies, *operation["responses"].values()):
            for media_type, content in body.get("content", {}).items():
                examples = [one["value"] for one in content.get("examples", {}).values()]
                for example in (*examples, *([content["example"]] if "example" in content else [])):
                    yield name, media_type, content["schema"], example


def test_every_example_fits_its_schema(schema):
    seen = 0
    for name, media_type, of, example in pairs(schema):
        whole = {**of, "components": schema["components"]}
        faults = [str(fault.message) for fault in jsonschema_rs.validator_for(whole).iter_errors(example)]
        assert not faults, (name, media_type, faults)
        seen += 1
    assert seen > 50


def test_each_route_with_a_body_shows_one_and_each_reply_of_the_api_too(schema):
    for name, operation in operations(schema).items():
        if "requestBody" in operation:
            assert operation["requestBody"]["content"]["application/json"]["examples"], name
        ok = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        if operation["tags"] != ["operations"] and "conversation" not in name:
            assert ok["examples"], name


def test_lines_of_an_example_are_facts_too(schema):
    content = operations(schema)["GET /v1/facts"]["responses"]["200"]["content"]
    lines = content["application/x-ndjson"]["examples"]["a fact a line"]["value"].splitlines()
    assert [json.loads(line) for line in lines] == content["application/json"]["examples"]["two facts"]["value"][
        "facts"
    ]


@pytest.mark.parametrize("name", ["ChatReply", "Citation", "AnswerFigure", "ErrorBody"])
def test_every_field_is_explained(schema, name):
    fields = schema["components"]["schemas"][name]["properties"]
    told = table("fields")[name]
    assert set(told) <= set(fields)
    unexplained = {field for field, of in fields.items() if "description" not in of} - {"question", "reason"}
    assert not unexplained


def test_the_kinds_and_the_limits_stand_in_the_schema(schema):
    parameters = {one["name"]: one for one in operations(schema)["GET /v1/facts"]["parameters"]}
    names = [
        "document",
        "program",
        "region",
        "fiscal_year",
        "stage",
        "limit",
        "offset",
        "kind",
        "flag",
        "sort",
        "format",
    ]
    assert sorted(parameters) == sorted(names)
    assert parameters["program"]["schema"]["maxItems"] == narrowing.MAX_WORDS
    assert "subsidy_rate" in schema["components"]["schemas"]["FactKind"]["enum"]
    lines = {one["name"] for one in operations(schema)["GET /v1/documents/{document_id}"]["parameters"]}
    assert lines == {"document_id", "from", "to"}
