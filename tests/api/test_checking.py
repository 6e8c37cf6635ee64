"""``POST /v1/check`` over real HTTP: the command line's findings, and what a check may cost."""

import json

import browsed
import pytest

from api.checking import MAX_FIGURES, PIECE, figure_count
from api.schemas.browse import MOST_FACTS, FindingTold
from api.schemas.checking import MAX_TEXT
from assistant.public import finding_json

client, error_of = browsed.client, browsed.error_of
TEXT = """事業承継補助金の補助率は、原則枠が2/3です。
ベンチャー型事業承継・生産性向上枠は2/3です。
昼食は850円でした。"""


def check(client, text: str, **fields: object) -> list[dict]:
    reply = client.post("/v1/check", json={"text": text, **fields})
    assert reply.status_code == 200, reply.text
    assert list(reply.json()) == ["findings"]
    return reply.json()["findings"]


def test_findings_are_the_command_lines(client, assistant):
    assert check(client, TEXT) == [finding_json(finding) for finding in assistant.check(TEXT)]
    assert [one["status"] for one in check(client, TEXT)] == ["contradicted", "verified", "unsupported"]


def test_the_right_figure_comes_with_its_source(client):
    wrong = check(client, TEXT)[0]
    assert (wrong["text"], wrong["line"], TEXT[wrong["start"] : wrong["end"]]) == ("2/3", 1, "2/3")
    assert [fact["text"] for fact in wrong["facts"]] == ["1/2"]
    assert list(wrong) == list(FindingTold.model_fields)
    FindingTold.model_validate(wrong)


def test_a_program_may_be_named_beside_the_text(client, assistant):
    text = "補助率は原則枠で1/2です。"
    assert check(client, text, program="事業承継補助金")[0]["status"] == "verified"
    for blank in (None, "", " 　"):
        assert check(client, text, program=blank) == [finding_json(one) for one in assistant.check(text)]


@pytest.mark.parametrize(
    "text", ["", " ", "数値のない文章です。", "\n\n", "。" * MAX_TEXT, "あ" * MAX_TEXT, "1" * MAX_TEXT]
)
def test_a_text_without_figures_has_no_findings(client, text):
    assert check(client, text) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "あ" * (MAX_TEXT + 1)}, 422, "text_too_long"),
        ({"text": "1円" * (MAX_FIGURES + 1)}, 422, "too_many_figures"),
        ({"text": "予算1円。" * 1900, "program": "業"}, 422, "program_too_wide"),
        ({"text": "1円", "program": "あ" * 201}, 422, "invalid_request"),
        ({"text": "1円\u0000"}, 422, "not_text"),
        ({"text": "1円", "program": "\u001b"}, 422, "not_text"),
        ({"text": None}, 422, "invalid_request"),
        ({"text": ["1円"]}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
        ([], 422, "invalid_request"),
    ],
)
def test_what_is_not_checked(client, body, status, code):
    reply = client.post(
        "/v1/check", content=json.dumps(body, ensure_ascii=False), headers={"Content-Type": "application/json"}
    )
    assert (reply.status_code, error_of(reply)["code"]) == (status, code)


def test_a_text_that_is_too_long_says_by_how_much(client):
    reply = client.post("/v1/check", json={"text": "a" * (MAX_TEXT + 5)})
    assert "20,005" in error_of(reply)["message"]
    assert "20,000" in error_of(reply)["message"]


def test_as_many_figures_as_may_be_are_checked(client):
    assert len(check(client, "1円。" * (MAX_FIGURES - PIECE // 100))) == MAX_FIGURES - PIECE // 100


def test_a_finding_names_no_more_facts_than_anybody_reads(client, assistant):
    text = "予算は1円です。"
    assert len(assistant.check(text, program="事業")[0].facts) > MOST_FACTS
    assert len(check(client, text, program="事業")[0]["facts"]) == MOST_FACTS


@pytest.mark.parametrize("text", ["", "1円", "1円、" * 3000, "昼食は850円、夕食は1,200円。", "二億三千万円と3/4と10%"])
def test_figures_are_counted_to_just_above_the_limit(text):
    from assistant.figures import find_figures

    assert figure_count(text) == min(len(list(find_figures(text))), MAX_FIGURES + 1)
