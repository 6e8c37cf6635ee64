"""Whole questions through the chain: answers, abstentions, wrong premises, conversations, threads, LangChain."""

import concurrent.futures
import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest
from conftest import CORPUS
from langchain_core.runnables import Runnable
from verify.checker import faults, value_of

from assistant.chain import Asked, Assistant
from assistant.errors import IndexDamaged, IndexMissing, QuestionError
from assistant.records import Answer, Turn, to_json

_DATA = Path(__file__).parent / "data" / "query"


def table(name: str) -> list[dict]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)


QUESTIONS = table("answers.jsonl")
ABSTENTIONS = table("abstentions.json")
PREMISES = table("premises.json")
CONVERSATIONS = table("conversations.json")


def plain(value: object) -> object:
    """A value of the table in the form of ``value_of``."""
    return tuple(value) if isinstance(value, list) else value


def told(answer: Answer) -> list[tuple[str, object]]:
    return [(figure.kind, value_of(figure)) for figure in answer.figures]


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case["q"])
def test_a_direct_question(assistant, case):
    answer = assistant.ask(case["q"])
    assert (answer.status, answer.reason, answer.mode) == ("answered", None, "extractive")
    assert faults(answer, assistant.index, CORPUS) == []
    assert {citation.document for citation in answer.citations} == {case["document"]}
    expected = {(kind, plain(value)) for kind, value, *_ in case["figures"]}
    assert set(told(answer)) >= expected if case.get("loose") else set(told(answer)) == expected
    for expectation in case["figures"]:
        assert any(_is(figure, answer, *expectation) for figure in answer.figures), expectation
    assert all(word in answer.text for word in case.get("says", []))
    assert not any(word in answer.text for word in case.get("not", []))


def _is(figure, answer: Answer, kind: str, value: object, lines: int | list[int], condition: str | None = None) -> bool:
    citation = answer.citations[figure.marker - 1]
    return (
        (figure.kind, value_of(figure)) == (kind, plain(value))
        and citation.line_start in (lines if isinstance(lines, list) else [lines])
        and condition in (None, figure.condition)
    )


def test_the_table_covers_the_corpus(assistant):
    assert len({case["q"] for case in QUESTIONS}) >= 40
    assert {case["document"] for case in QUESTIONS} == set(assistant.index.documents)
    kinds = {kind for case in QUESTIONS for kind, *_ in case["figures"]}
    assert len(kinds) >= 15


@pytest.mark.parametrize("case", ABSTENTIONS, ids=lambda case: case["q"])
def test_an_abstention_says_why(assistant, case):
    answer = assistant.ask(case["q"])
    assert faults(answer, assistant.index, CORPUS) == []
    assert (answer.status == "abstained", answer.reason) == (case["reason"] is not None, case["reason"]) or (
        case["reason"] is None and answer.status in ("clarify", "abstained")
    )
    assert all(figure.kind == "phone" for figure in answer.figures)  # it may say whom to ask
    assert answer.text
    assert all(word in answer.text for word in case.get("says", []))


@pytest.mark.parametrize("case", PREMISES, ids=lambda case: case["q"])
def test_a_premise_is_confirmed_or_corrected_first(assistant, case):
    answer = assistant.ask(case["q"])
    assert answer.status == "answered"
    assert faults(answer, assistant.index, CORPUS, case["q"]) == []
    assert set(told(answer)) == {(kind, plain(value)) for kind, value in case["figures"]}
    assert answer.text.startswith("はい" if case["right"] else "いいえ")
    if not case["right"]:
        assert case["said"] in answer.text[:40]


@pytest.mark.parametrize("case", CONVERSATIONS, ids=lambda case: " / ".join(case["turns"]))
def test_a_conversation(assistant, case):
    history: list[Turn] = []
    for question in case["turns"]:
        answer = assistant.ask(question, history=history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    assert faults(answer, assistant.index, CORPUS) == []
    assert {citation.document for citation in answer.citations} == {case["document"]}
    assert set(told(answer)) == {(kind, plain(value)) for kind, value in case["figures"]}


def test_what_a_program_is_is_quoted(assistant):
    answer = assistant.ask("デジタル戦略推進事業（DX推進アドバイザー相談事業）はどんな制度ですか？")
    assert faults(answer, assistant.index, CORPUS) == []
    assert answer.status == "answered"
    assert "DX推進相談窓口" in answer.text


def test_whom_a_program_is_for_is_quoted(assistant):
    answer = assistant.ask("サービス業生産性向上・販路開拓支援事業の対象者は？")
    assert faults(answer, assistant.index, CORPUS) == []
    assert "県内サービス業者" in answer.text


def test_who_runs_a_program_is_quoted(assistant):
    answer = assistant.ask("山形県の信用補完対策費の担当課は？")
    assert faults(answer, assistant.index, CORPUS) == []
    assert "中小企業振興課" in answer.text


@pytest.mark.parametrize(
    "question", ["青森県の補助金の一覧", "鹿児島県にはどんな補助金がありますか", "山形県の融資の一覧を見せて"]
)
def test_a_list_cites_each_line(assistant, question):
    answer = assistant.ask(question)
    assert faults(answer, assistant.index, CORPUS) == []
    assert answer.status in ("answered", "clarify", "abstained")
    assert len({citation.region for citation in answer.citations}) <= 1


# ---- year, stage, unit and notation travel with the figure ----


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("事業承継補助金の補助率は", ("令和2年度", "概算要求")),
        ("信用補完対策費の予算は", ("令和2年度", "当初予算")),
        ("IoT・AI導入促進の予算は", ("令和元年度", "当初予算")),
        ("離職者等再就職訓練事業の予算は", ("令和5年度", "施策一覧")),
        ("診断助言事業の補助率は", ("令和6年度", "推進計画")),
    ],
)
def test_year_and_stage_are_said(assistant, question, notice):
    answer = assistant.ask(question)
    assert any(all(word in one for word in notice) for one in answer.notices)
    assert all(word in answer.text for word in notice)
    assert {(citation.fiscal_year, citation.stage) for citation in answer.citations} == {notice}


def test_a_request_is_not_called_a_budget(assistant):
    text = assistant.ask("事業承継・世代交代集中支援事業の予算は？").text
    assert "概算要求額" in text
    assert "当初予算" not in text


def test_a_misprint_is_shown_as_printed_and_said(assistant):
    answer = assistant.ask("創業・再チャレンジ支援資金の融資限度額は？")
    assert "1千万～4千5百円" in answer.text
    assert "疑い" in answer.text


# ---- what the surface knows of the asker ----


def test_the_surfaces_region_and_year_hold_where_the_question_names_none(assistant):
    answer = assistant.ask("中小企業振興課の予算は", region="山形県", fiscal_year="令和2年度")
    assert ("budget", 60_705_971_000) in told(answer)
    assert assistant.ask("信用補完対策費の予算は", region="群馬県").reason == "not_in_corpus"
    assert assistant.ask("信用補完対策費の予算は", region="沖縄県").reason == "not_in_corpus"
    assert assistant.ask("信用補完対策費の予算は", fiscal_year="令和7年度").reason == "not_in_corpus"


def test_the_question_wins_over_the_surface(assistant):
    answer = assistant.ask("山形県の信用補完対策費の予算は", region="群馬県")
    assert told(answer) == [("budget", 546_621_000)]


def test_this_year_is_reckoned_from_the_clock(index_dir):
    then = Assistant.open(index_dir, today=lambda: dt.date(2020, 4, 1))
    assert told(then.ask("今年度の信用補完対策費の予算は")) == [("budget", 546_621_000)]
    assert then.ask("来年度の信用補完対策費の補助率は").reason == "not_in_corpus"
    then.index.close()


# ---- what cannot be read, and what is strange ----


@pytest.mark.parametrize("question", ["", "   ", "\x00", "\ud800", "\u200b", "あ" * 100_000, "補助率" * 40_000])
def test_what_cannot_be_read_is_a_named_error(assistant, question):
    with pytest.raises(QuestionError) as refused:
        assistant.ask(question)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "question",
    [
        "補\x00助\x1b[31m率は\x07?",
        "How much is the subsidy for robots?",
        "🤖の補助率は?",
        "𠮷野家の補助金",
        "補助率\ud800は",
        "%s {0} {{}} {fact} {9999} [1] [99]",
        "'; DROP TABLE fact; --",
        "<script>alert(1)</script>の補助率",
        "../../etc/passwd の予算",
        "「「「「」」」」",
        "信用補完対策費" * 200,
        "\n".join(["予算"] * 500),
        "令和99999999999999999999年度の予算",
        "9" * 3000,
        "1" * 500 + "億円ですよね",
        "補助率は1/0ですよね",
        "あ" * 4_000,
    ],
)
def test_strange_questions_get_an_honest_answer(assistant, question):
    answer = assistant.ask(question)
    assert answer.status in ("answered", "clarify", "abstained")
    assert faults(answer, assistant.index, CORPUS, question) == []
    json.dumps(to_json(answer), ensure_ascii=False).encode("utf-8")


def test_the_question_is_given_back_as_read(assistant):
    assert assistant.ask("  信用補完対策費の\x00予算は ").question == "信用補完対策費の予算は"


@pytest.mark.parametrize(
    "question", ["信用補完対策費の予算は", "IoT・AI導入促進の予算は?", "企業間連携型の補助上限は?"]
)
def test_suggestions_are_answered(assistant, question):
    for suggestion in assistant.ask(question).suggestions:
        assert assistant.ask(suggestion).status == "answered", suggestion


def test_suggestions_of_an_abstention_are_answered(assistant):
    suggestions = assistant.ask("沖縄県の補助率は?").suggestions
    assert suggestions
    assert all(assistant.ask(suggestion).status == "answered" for suggestion in suggestions)


# ---- one assistant, many threads; no state ----


def test_the_order_of_questions_does_not_matter(assistant):
    questions = [case["q"] for case in QUESTIONS[:25]]
    forward = [assistant.ask(question) for question in questions]
    assert [assistant.ask(question) for question in reversed(questions)] == forward[::-1]


def test_eight_threads_answer_as_one_does(assistant):
    questions = [case["q"] for case in (*QUESTIONS, *ABSTENTIONS)][:50]
    alone = [assistant.ask(question) for question in questions]

    def all_of_them(offset: int) -> list[Answer]:
        order = [(place + offset * 7) % len(questions) for place in range(len(questions))]
        answers = {place: assistant.ask(questions[place]) for place in order}
        return [answers[place] for place in range(len(questions))]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(answers == alone for answers in pool.map(all_of_them, range(8)))


# ---- the LangChain face ----


def test_the_chain_is_a_runnable(assistant):
    assert isinstance(assistant.chain, Runnable)
    asked = [Asked(case["q"]) for case in QUESTIONS[:6]]
    answers = [assistant.ask(one.question) for one in asked]
    assert assistant.chain.batch(asked) == answers
    assert [assistant.chain.invoke(one) for one in asked] == answers
    assert list(assistant.chain.stream(asked[0]))[-1] == answers[0]


def test_the_stages_are_named(assistant):
    names = [node.name for node in assistant.chain.get_graph().nodes.values()]
    assert [name for name in names if name in ("understand", "retrieve", "compose", "verify")] == [
        "understand", "retrieve", "compose", "verify",
    ]  # fmt: skip


def test_records_between_stages_cannot_be_changed(assistant):
    understood = assistant.understand(Asked("信用補完対策費の予算は"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        understood.question = "別の質問"


# ---- opening ----


def test_an_empty_folder_says_what_to_do(tmp_path):
    with pytest.raises(IndexMissing) as missing:
        Assistant.open(tmp_path)
    assert "build" in str(missing.value)
    assert "\n" not in str(missing.value)


def test_a_folder_with_nonsense_is_no_index(tmp_path):
    (tmp_path / "CURRENT").write_text("../../etc\n", encoding="utf-8")
    with pytest.raises((IndexMissing, IndexDamaged)):
        Assistant.open(tmp_path)
