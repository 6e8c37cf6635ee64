"""Every figure of the fact table, asked for by its program and kind: the answer holds it, cites it, adds nothing."""

from collections import defaultdict

import pytest
from conftest import CORPUS

from assistant.chain import Assistant
from assistant.ingest import build
from assistant.records import Answer, Fact, FactKind, Program
from verify.checker import faults, value_of

ASKED = {
    FactKind.BUDGET: "予算額",
    FactKind.BUDGET_PREVIOUS: "前年度予算",
    FactKind.BUDGET_REVISED: "現計額",
    FactKind.BUDGET_CHANGE: "増減率",
    FactKind.FUNDING_NATIONAL: "財源内訳",
    FactKind.FUNDING_OTHER: "財源内訳",
    FactKind.FUNDING_GENERAL: "財源内訳",
    FactKind.BREAKDOWN: "内訳",
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.SUBSIDY_LIMIT: "補助上限額",
    FactKind.LIMIT_ADDITION: "補助上限額",
    FactKind.LOAN_LIMIT: "融資限度額",
    FactKind.LOAN_POOL: "融資枠",
    FactKind.LOAN_RATE: "融資利率",
    FactKind.GUARANTEE_RATE: "保証料率",
    FactKind.LOAN_TERM: "融資期間",
    FactKind.TARGET: "成果目標",
    FactKind.COUNT: "件数",
    FactKind.PHONE: "電話番号",
}
Swept = list[tuple[Program, str, list[Fact], Answer]]


def sweep(assistant: Assistant) -> Swept:
    """Each program asked for each kind of figure that it states."""
    found: Swept = []
    for program in assistant.index.programs.values():
        groups: dict[str, list[Fact]] = defaultdict(list)
        for fact in assistant.index.facts_of(program.id):
            if program.role == "program" and fact.kind in ASKED and "example" not in fact.flags:
                groups[ASKED[fact.kind]].append(fact)
        region = assistant.index.documents[program.document].region
        for label, facts in groups.items():
            question = (
                f"「{program.program}」の{label}は?"
                if region == "国"
                else f"{region}の「{program.program}」の{label}は?"
            )
            found.append((program, question, facts, assistant.ask(question)))
    return found


@pytest.fixture(scope="module")
def swept(assistant) -> Swept:
    return sweep(assistant)


@pytest.fixture(scope="module", params=["corpus", "layouts"])
def elsewhere(request, data, tmp_path_factory):
    """The same over documents of other shapes, that the program was not made for, and their folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    documents = data.parent / request.param
    build(documents, folder, fit=False)
    opened = Assistant.open(folder)
    yield opened, documents
    opened.index.close()


def test_the_sweep_is_wide(swept):
    assert len(swept) > 400
    assert len({program.document for program, *_ in swept}) == 5


def test_every_answer_keeps_every_promise(assistant, swept):
    broken = {question: found for _, question, _, answer in swept if (found := faults(answer, assistant.index, CORPUS))}
    assert broken == {}


def test_every_figure_is_told_when_it_is_asked_for(swept):
    untold = []
    for program, question, facts, answer in swept:
        told = {(figure.kind, value_of(figure)) for figure in answer.figures if figure.program == program.program}
        missing = [fact.text for fact in facts if (fact.kind.value, value_of(fact)) not in told]
        untold += [f"{question} {missing}"] if missing and len(facts) <= 12 else []
    assert untold == []


def test_the_figure_is_cited_where_it_stands(swept):
    for program, question, facts, answer in swept:
        if len(facts) == 1 and program.program.count("(") == 0:
            places = {(c.document, line) for c in answer.citations for line in range(c.line_start, c.line_end + 1)}
            same = [figure for figure in answer.figures if value_of(figure) == value_of(facts[0])]
            assert same, question
            assert all(answer.citations[figure.marker - 1].document == program.document for figure in same)
            assert places, question


def test_no_figure_of_another_program_is_told(assistant, swept):
    by_name = defaultdict(set)
    for program in assistant.index.programs.values():
        by_name[program.program].add(program.document)
    for program, question, _, answer in swept:
        others = {figure.program for figure in answer.figures} - {program.program}
        assert not {name for name in others if program.document not in by_name[name]}, question
        assert not others or all(program.program in name or name in program.program for name in others), question


def test_other_documents_keep_the_same_promises(elsewhere):
    assistant, documents = elsewhere
    answers = sweep(assistant)
    assert len(answers) > 20
    broken = {
        question: found for _, question, _, answer in answers if (found := faults(answer, assistant.index, documents))
    }
    assert broken == {}
    assert sum(answer.status == "answered" for *_, answer in answers) >= 0.99 * len(answers)
