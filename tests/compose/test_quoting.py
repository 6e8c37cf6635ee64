"""Figures that only their own line explains are quoted, and the guard lets the quotes through."""

import pytest

from assistant.compose.quoting import is_told_by_its_line, quoted_sentences
from assistant.records import Draft, FactKind
from assistant.verify import verify


def facts_of(assistant, name: str, kind: FactKind):
    program = next(one for one in assistant.index.programs.values() if one.program == name)
    return program, [fact for fact in assistant.index.facts_of(program.id) if fact.kind is kind]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("事業承継・世代交代集中支援事業", "10年"),
        ("中小企業再生支援・事業引継ぎ支援事業", "3年"),
        ("ものづくり・商業・サービス高度連携促進事業費", "2/3"),
        ("中小企業連携組織対策推進事業", "110%"),
    ],
)
def test_a_quote_tells_the_figure(assistant, name, text):
    program, facts = facts_of(assistant, name, FactKind.OTHER)
    (fact,) = [fact for fact in facts if fact.text == text]
    assert is_told_by_its_line(fact)
    (sentence,) = quoted_sentences(program, [fact], assistant.index, first=True)
    (place, quote) = sentence.quotes[0]
    assert quote in assistant.index.passages[place].text
    answer = verify("いくつですか", Draft("answered", None, (sentence,)), assistant.index)
    assert answer.status == "answered"
    assert text in {figure.text for figure in answer.figures}


def test_a_line_is_quoted_once(assistant):
    program, facts = facts_of(assistant, "ものづくり・商業・サービス高度連携促進事業費", FactKind.OTHER)
    same = [fact for fact in facts if fact.line_start == facts[1].line_start]
    assert len(same) > 1
    assert len(quoted_sentences(program, same, assistant.index, first=True)) == 1


def test_a_bare_cell_is_not_quoted(assistant):
    _, facts = facts_of(assistant, "IoT・AI導入促進", FactKind.BUDGET)
    assert not any(map(is_told_by_its_line, facts))


def test_every_other_figure_of_the_corpus_is_quoted_exactly_or_not_at_all(assistant):
    for fact in assistant.index.facts(kind=FactKind.OTHER):
        program = assistant.index.programs[fact.program_id]
        for sentence in quoted_sentences(program, [fact], assistant.index, first=True):
            for place, quote in sentence.quotes:
                assert fact.text in quote
                assert any(quote in line for line in assistant.index.documents[fact.document].lines)
                assert assistant.index.passages[place].program_id == fact.program_id
