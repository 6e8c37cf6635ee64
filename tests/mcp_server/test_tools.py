"""The tools: what models see of them, what they give, and what they refuse."""

import asyncio
import json
import threading
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest

from api.answers_kept import AnswersKept
from api.mcp_server.failing import BUSY
from api.schemas import rounded
from assistant.errors import AssistantError
from assistant.public import fact_json, finding_json, program_json
from assistant.records import to_json

from . import talking

desk = talking.desk
REFUSED = json.loads((Path(__file__).parents[1] / "data/mcp_server/refused.json").read_text("utf-8"))
QUESTIONS = ("事業承継補助金の補助率は?", "融資の限度額は?", "宇宙旅行の補助金は?", "ありがとう", "予算の合計は?")
TEXT = "事業承継補助金の補助率は、原則枠が2/3です。\n予算は99億円です。原則枠は1/2です。"


class Front:
    """A desk that does one thing otherwise."""

    def __init__(self, desk, **changes):
        self._desk = desk
        self.__dict__.update(changes)

    def __getattr__(self, name):
        return getattr(self._desk, name)


@pytest.fixture(scope="module")
def tools(desk):
    return {tool.name: tool for tool in talking.talked(talking.here(desk), lambda one: one.list_tools()).tools}


def test_there_are_four_that_only_read(tools):
    assert [*tools] == ["ask", "find_programs", "lookup_facts", "check_text"]
    for tool in tools.values():
        told = tool.annotations
        assert (told.read_only_hint, told.open_world_hint, told.idempotent_hint) == (True, False, True)
        assert any(letter > "ぁ" for letter in tool.description)
        assert "documents" in tool.description.lower() or "document" in tool.description


@pytest.mark.parametrize("part", ["input_schema", "output_schema"])
def test_schemas_are_json_schema(tools, part):
    for tool in tools.values():
        schema = getattr(tool, part)
        jsonschema_rs.meta.validate(schema)
        assert schema["type"] == "object"
        if part == "input_schema":
            assert schema["additionalProperties"] is False
            assert all(field["description"] for field in schema["properties"].values())


def fits(tools, name, result):
    assert not result.is_error, result.content
    jsonschema_rs.validate(tools[name].output_schema, result.structured_content)
    assert result.content[0].text
    return result.structured_content


@pytest.mark.parametrize("mode", talking.MODES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_contract_s(desk, assistant, tools, question, mode):
    result = talking.called(desk, "ask", mode, question=question)
    answer = assistant.ask(question)
    answer = replace(answer, figures=tuple(map(rounded, answer.figures)))
    assert fits(tools, "ask", result) == to_json(answer)
    text = result.content[0].text
    assert text.startswith(answer.text)
    for citation in answer.citations:
        assert citation.title in text
        assert all(line in text for line in citation.quote.split("\n"))
        assert f"assistant://passages/{citation.passage_id}" in text
    assert all(notice in text for notice in answer.notices)


def test_a_follow_up_is_understood_by_its_history(desk, tools):
    history = [
        {"role": "user", "content": "事業承継・世代交代集中支援事業の予算は?"},
        {"role": "assistant", "content": "…"},
    ]
    told = fits(tools, "ask", talking.called(desk, "ask", question="補助率は?", history=history))
    assert told["citations"][0]["program"] == "事業承継・世代交代集中支援事業"
    again = talking.called(desk, "ask", question="補助率は?", history=["事業承継・世代交代集中支援事業の予算は?"])
    assert again.structured_content == told


def test_the_region_and_the_year_are_handed_on(desk, tools):
    told = fits(tools, "ask", talking.called(desk, "ask", question="融資の限度額は?", region="山形県"))
    assert {one["region"] for one in told["citations"]} <= {"山形県"}
    told = fits(tools, "ask", talking.called(desk, "ask", question="予算の合計は?", fiscal_year="令和5年度", region=""))
    assert {one["fiscal_year"] for one in told["citations"]} <= {"令和5年度"}


def test_programs_are_found_best_first(desk, assistant, tools):
    query = "事業承継で使える補助金"
    told = fits(tools, "find_programs", talking.called(desk, "find_programs", query=query, limit=5))
    nearest = assistant.explain(query).retrieval.nearest
    assert told["programs"][0]["program"] == nearest[0].program.program
    assert told["total"] >= len(told["programs"]) == 5
    for one in told["programs"]:
        assert one["why"]
        assert one["where"]["lines"] == (
            f"assistant://documents/{one['document']}/lines/{one['line_start']}-{one['line_end']}"
        )


def test_a_query_stays_within_its_filters(desk, tools):
    told = fits(tools, "find_programs", talking.called(desk, "find_programs", query="融資", document="yamagata-r02"))
    assert {one["document"] for one in told["programs"]} == {"yamagata-r02"}
    told = fits(tools, "find_programs", talking.called(desk, "find_programs", query="融資", region="青森"))
    assert {one["where"]["region"] for one in told["programs"]} == {"青森県"}


def test_without_a_query_the_programs_are_listed(desk, tools):
    told = fits(tools, "find_programs", talking.called(desk, "find_programs", document="meti-r02", limit=50))
    every = [one for one in desk.index.programs.values() if one.document == "meti-r02" and one.role == "program"]
    assert told["total"] == len(every)
    for one, program in zip(told["programs"], every, strict=True):
        assert {name: one[name] for name in program_json(program)} == json.loads(json.dumps(program_json(program)))
        assert one["why"] is None


@pytest.mark.parametrize(
    ("tool", "arguments", "word"),
    [
        ("find_programs", {"document": "nix"}, "meti-r02"),
        ("find_programs", {"region": "沖縄県"}, "青森県"),
        ("find_programs", {"query": "融資", "region": "沖縄県"}, "青森県"),
        ("lookup_facts", {"document": "nix"}, "meti-r02"),
        ("lookup_facts", {"fiscal_year": "1999"}, "令和2年度"),
        ("lookup_facts", {"program": "火星移住"}, "条件"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(desk, tools, tool, arguments, word):
    result = talking.called(desk, tool, **arguments)
    told = fits(tools, tool, result)
    assert told["total"] == 0
    assert word in told["note"]
    assert told["note"] in result.content[0].text


def test_facts_are_those_of_the_index(desk, tools):
    told = fits(tools, "lookup_facts", talking.called(desk, "lookup_facts", kind="subsidy_rate", limit=200))
    facts = [json.loads(json.dumps(fact_json(fact))) for fact in desk.index.facts(kind="subsidy_rate")]
    assert told == {"facts": facts, "total": len(facts), "next_offset": None, "note": None}
    for one in told["facts"]:
        lines = desk.index.documents[one["document"]].lines[one["line_start"] - 1 : one["line_end"]]
        assert one["quote"] in "\n".join(lines)


def test_facts_come_in_pages(desk, tools):
    seen, offset = [], 0
    while offset is not None:
        found = talking.called(desk, "lookup_facts", document="meti-r02", limit=50, offset=offset)
        told = fits(tools, "lookup_facts", found)
        seen += told["facts"]
        offset = told["next_offset"]
    assert len(seen) == told["total"] == len([*desk.index.facts(document="meti-r02")])


@pytest.mark.parametrize("year", ["令和2年度", "R2", "2020年度", "令和２年度", "2020", "２０２０", "令和2", "令和2年"])
def test_a_year_is_read_as_people_write_it(desk, tools, year):
    told = fits(tools, "lookup_facts", talking.called(desk, "lookup_facts", fiscal_year=year, region="国", limit=1))
    assert told["facts"][0]["document"] == "meti-r02"


def test_an_unknown_kind_is_told_the_known_ones(desk):
    result = talking.called(desk, "lookup_facts", kind="補助率")
    assert result.is_error
    assert "'subsidy_rate'" in result.content[0].text
    assert "補助率" not in result.content[0].text


def test_a_text_is_checked(desk, tools):
    result = talking.called(desk, "check_text", text=TEXT, program="")
    told = fits(tools, "check_text", result)
    assert told["findings"] == json.loads(json.dumps([finding_json(one) for one in desk.check(TEXT)]))
    assert told["counts"]["contradicted"] >= 1
    assert sum(told["counts"].values()) == len(told["findings"])
    assert "正しくは" in result.content[0].text
    nothing = fits(tools, "check_text", talking.called(desk, "check_text", text="数字はない。"))
    assert nothing == {"findings": [], "counts": {"verified": 0, "contradicted": 0, "unsupported": 0}}


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("火星移住", "No program is called so. find_programs lists them."),
        ("事業", "The name fits "),
        ("補助", "Write one's whole name; find_programs lists them."),
    ],
)
def test_a_text_is_of_one_program_that_there_is(desk, program, words):
    result = talking.called(desk, "check_text", text="補助率は1/2です。", program=program)
    assert result.is_error
    assert words in result.content[0].text
    assert "\n" not in result.content[0].text


def test_a_name_may_come_with_its_region_and_in_brackets(desk, tools):
    for name in ("信用補完対策費", "「信用補完対策費」", "山形県の信用補完対策費", "信用補完対策費（山形県）"):
        result = talking.called(desk, "check_text", text="予算は546,621千円です。", program=name)
        assert fits(tools, "check_text", result)["counts"]["verified"] == 1
    assert talking.called(desk, "check_text", text="予算は1円です。", program="青森県の信用補完対策費").is_error


@pytest.mark.parametrize("limit", [5.0, 5])
def test_a_whole_number_is_one(desk, tools, limit):
    assert len(fits(tools, "lookup_facts", talking.called(desk, "lookup_facts", limit=limit))["facts"]) == 5


@pytest.mark.parametrize("limit", [5.5, "5", True, 1e300])
def test_what_is_no_whole_number_is_refused(desk, limit):
    assert talking.called(desk, "lookup_facts", limit=limit).is_error


@pytest.mark.parametrize("filters", [{"region": "Gunma"}, {"fiscal_year": "banana"}, {"region": "事業承継補助金"}])
def test_an_answer_says_which_regions_and_years_there_are(desk, tools, filters):
    told = fits(tools, "ask", talking.called(desk, "ask", question="事業承継補助金の補助率は?", **filters))
    assert (told["status"], told["reason"]) == ("abstained", "not_in_corpus")
    assert told["text"].startswith("ご指定の")
    assert "山形県（令和2年度）" in told["text"]


def test_what_does_not_fit_is_refused_and_the_session_goes_on(desk):
    async def talk(client):
        told = [await client.call_tool(name, arguments) for name, arguments, _ in REFUSED]
        long = await client.call_tool("check_text", {"text": "あ" * 20_001})
        many = await client.call_tool("check_text", {"text": "1円 " * 2_500})
        asked = await client.call_tool("ask", {"question": "あ" * 2_001})
        assert not (await client.call_tool("ask", {"question": QUESTIONS[0]})).is_error
        return told, long, many, asked

    told, *bounded = talking.talked(talking.here(desk), talk)
    assert [(one.is_error, one.content[0].text, one.structured_content) for one in told] == [
        (True, line, None) for *_, line in REFUSED
    ]
    for one, word in zip(bounded, ("20000", "2,000 figures", "2000"), strict=True):
        assert one.is_error
        assert word in one.content[0].text
        assert "\n" not in one.content[0].text


@pytest.mark.parametrize("mode", talking.MODES)
def test_an_unknown_tool_is_an_error_of_the_protocol(desk, mode):
    async def talk(client):
        with pytest.raises(Exception, match=r"There is no such tool\. There are ask, find_programs"):
            await client.session.call_tool("delete_everything", {})
        return await client.call_tool("ask", {"question": QUESTIONS[0]})

    assert not talking.talked(talking.here(desk), talk, mode).is_error


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (AssistantError("The store is away.", hint="Ask later."), "The store is away. Ask later."),
        (ValueError("秘密の質問"), "The server has a defect. Tell its operator this incident number: "),
    ],
)
def test_a_failure_is_one_line_without_its_cause(desk, caplog, error, line):
    def stream(*_, **__):
        raise error

    result = talking.called(Front(desk, stream=stream), "ask", question="補助率は?")
    assert result.is_error
    assert result.content[0].text.startswith(line)
    assert "秘密" not in result.content[0].text
    assert "\n" not in result.content[0].text
    assert ("tool ask" in caplog.text) == isinstance(error, ValueError)


@pytest.mark.parametrize("mode", talking.MODES)
def test_a_cancelled_request_stops_its_answer(desk, mode):
    began, ended = threading.Event(), threading.Event()

    def stream(*_, gone, **__):
        began.set()
        while not gone():
            threading.Event().wait(0.01)
        ended.set()
        yield from ()

    async def talk(client):
        asking = asyncio.create_task(client.call_tool("ask", {"question": "遅い質問"}))
        assert await asyncio.to_thread(began.wait, 60)
        await client.call_tool("lookup_facts", {"limit": 1})  # nobody else waits for it
        asking.cancel()
        assert await asyncio.to_thread(ended.wait, 60)
        assert not (await client.call_tool("check_text", {"text": "1円"})).is_error

    talking.talked(talking.here(Front(desk, stream=stream)), talk, mode)


def test_twenty_calls_at_once(desk, monkeypatch):
    monkeypatch.setattr(AnswersKept, "events", lambda self, asking, make: make())

    async def talk(client):
        return await asyncio.gather(*(client.call_tool("ask", {"question": one}) for one in QUESTIONS * 4))

    told = [one.structured_content for one in talking.talked(talking.here(desk), talk)]
    assert told == told[:5] * 4
    assert [one["question"] for one in told[:5]] == [*QUESTIONS]


def test_too_many_at_once_are_told_to_come_back(desk):
    free = threading.Event()

    def check(*_, **__):
        free.wait(30)
        return []

    async def talk(client):
        calls = [asyncio.create_task(client.call_tool("check_text", {"text": "1円"})) for _ in range(30)]
        while sum(one.done() for one in calls) < 8:  # 2 are checked at once, 20 more wait
            await asyncio.sleep(0.01)
        free.set()
        return await asyncio.gather(*calls)

    told = talking.talked(talking.here(Front(desk, check=check)), talk)
    assert {one.content[0].text for one in told if one.is_error} == {BUSY}
    assert sum(one.is_error for one in told) == 8
