"""``POST /v1/check`` over real HTTP: the command line's findings, and what a check may cost."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import browsed
import httpx
import pytest
from hosting import hosted, wait_for

from api.app import create_app
from api.checking import MAX_FIGURES, PIECE, figure_count
from api.routes.checking import AT_ONCE, FEW_FACTS, MANY, WAITING
from api.schemas.browse import MOST_FACTS, FindingTold
from api.schemas.checking import MAX_TEXT
from assistant.check import Finding
from assistant.figures import find_figures
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


@pytest.mark.parametrize("program", ["事業", "支援", "補助"])
def test_a_name_that_fits_many_programs_verifies_nothing(client, program):
    found = check(client, "補助率は1/2です。予算は774万2千円です。", program=program)
    assert [(one["status"], one["facts"]) for one in found] == [("unsupported", [])] * 2


class Wide:
    """A desk whose findings name very many facts."""

    def __init__(self, assistant) -> None:
        self.index = assistant.index
        self.facts = tuple(self.index.facts(kind="budget"))[:200]

    def check(self, text, *, program=None):
        places = (figure.start for figure in find_figures(text))
        return [Finding("1円", "money", "contradicted", 1, at, at + 2, None, self.facts) for at in places]


@pytest.fixture(scope="module")
def wide(assistant):
    with (
        hosted(create_app(Wide(assistant))) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
    ):
        yield client


def test_a_finding_names_no_more_facts_than_anybody_reads(wide):
    assert len(check(wide, "予算は1円です。")[0]["facts"]) == MOST_FACTS


@pytest.mark.parametrize(("figures", "most"), [(MANY, MOST_FACTS), (MANY + 1, FEW_FACTS)])
def test_many_findings_name_few_facts_each(wide, figures, most):
    found = check(wide, "予算は1円です。" * figures)
    assert len(found) == figures
    assert max(len(one["facts"]) for one in found) == most


def test_a_small_request_has_no_huge_reply(wide):
    body = {"text": "2/3、" * 539}
    with wide.stream("POST", "/v1/check", json=body, headers={"Accept-Encoding": "gzip"}) as reply:
        sent = b"".join(reply.iter_raw())
        assert (reply.status_code, reply.headers["content-encoding"]) == (200, "gzip")
        assert reply.headers["vary"] == "Accept-Encoding"
    plain = wide.post("/v1/check", json=body, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(plain.content) < 2_000_000
    assert len(sent) < len(plain.content) / 10


class Held:
    """A desk whose checks wait."""

    def __init__(self, assistant) -> None:
        self.index = assistant.index
        self.hold = threading.Event()
        self.begun = 0

    def check(self, text, *, program=None):
        self.begun += 1
        self.hold.wait(20)
        return []


def test_more_texts_than_may_wait_are_sent_away(assistant):
    desk = Held(assistant)
    with (
        hosted(create_app(desk)) as url,
        httpx.Client(base_url=url, timeout=30, trust_env=False, limits=httpx.Limits(max_connections=100)) as client,
        ThreadPoolExecutor(AT_ONCE + WAITING + 5) as pool,
    ):
        sent = [pool.submit(client.post, "/v1/check", json={"text": "1円"}) for _ in range(AT_ONCE + WAITING + 5)]
        wait_for(lambda: sum(one.done() for one in sent) == 5)
        refused = [one.result() for one in sent if one.done()]
        assert {(one.status_code, error_of(one)["code"]) for one in refused} == {(429, "busy")}
        assert all(int(one.headers["retry-after"]) >= 1 for one in refused)
        assert desk.begun == AT_ONCE
        desk.hold.set()
        assert sorted(one.result().status_code for one in sent) == [200] * (AT_ONCE + WAITING) + [429] * 5


@pytest.mark.parametrize("text", ["", "1円", "1円、" * 3000, "昼食は850円、夕食は1,200円。", "二億三千万円と3/4と10%"])
def test_figures_are_counted_to_just_above_the_limit(text):
    assert figure_count(text) == min(len(list(find_figures(text))), MAX_FIGURES + 1)
