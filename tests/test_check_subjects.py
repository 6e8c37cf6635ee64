"""Which program a figure of a text is of: pairs of programs, and names that no document has, in what people write."""

from random import Random

import pytest

from assistant.figures import find_figures
from assistant.records import FactKind

_CALLED = {
    FactKind.BUDGET: "予算額",
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.SUBSIDY_LIMIT: "補助上限額",
    FactKind.LOAN_LIMIT: "融資限度額",
}
_FORMS = [
    "{a}の{k}は{x}、{b}の{k}は{y}です。",
    "{a}が{x}で、{b}が{y}です。",
    "・{a}：{x}\n・{b}：{y}",
    "{a}　{k}{x}\n{b}　{k}{y}",
    "事業名\t{k}\n{a}\t{x}\n{b}\t{y}",
    "|事業|{k}|\n|---|---|\n|{a}|{x}|\n|{b}|{y}|",
    "{k}は{x}（{a}）、{y}（{b}）です。",
    "{k}{x}の{a}と、{k}{y}の{b}があります。",
    "{a}と{b}の{k}はそれぞれ{x}と{y}です。",
    "{a}（{k}{x}）と{b}（{k}{y}）をご案内します。",
    "■{a}\n{k}：{x}\n■{b}\n{k}：{y}",
    "「{a}」の{k}が{x}であるのに対し、「{b}」は{y}となっています。",
]
_PAIRED = ("{a}、{b}の{k}は、順に{x}、{y}です。", "{a}と{b}があります。{k}は前者が{x}、後者が{y}です。")
_STRANGERS = (
    "持続化補助金",
    "マル経融資",
    "ものづくり補助金",
    "移住促進",
    "労働政策課",
    "国内販路型",
    "市の空き店舗対策",
)


@pytest.fixture(scope="module")
def pairs(readings):
    """Facts of two programs that differ, with their kind: of every document, in a fixed order."""
    plain = [
        fact
        for reading in readings.values()
        for fact in reading.facts
        if fact.kind in _CALLED and fact.stage != "概算要求" and not (fact.subprogram or fact.condition)
        and not {"example", "suspect"} & set(fact.flags) and "（" not in fact.program
    ]  # fmt: skip
    stated = [fact for fact in plain if [one.text for one in find_figures(_said(fact))] == [_said(fact)]]
    values = {}
    for fact in stated:
        values.setdefault(fact.program, set()).add((fact.kind, fact.yen, fact.number))
    single = [fact for fact in stated if sum(kind is fact.kind for kind, *_ in values[fact.program]) == 1]
    random, found = Random(8), []
    while len(found) < 20:
        one, other = random.sample(single, 2)
        apart = one.program not in other.program and other.program not in one.program
        if one.kind is other.kind and apart and (one.yen, one.number) != (other.yen, other.number):
            found.append((one, other))
    return found


def _said(fact):
    return fact.text if not fact.unit or fact.unit in fact.text else fact.text + fact.unit


def _statuses(assistant, form, names, figures, kind):
    text = form.format(a=names[0], b=names[1], x=figures[0], y=figures[1], k=_CALLED[kind])
    return text, [finding.status for finding in assistant.check(text)]


@pytest.mark.parametrize("form", [*_FORMS, *_PAIRED])
def test_two_programs_keep_their_figures_apart(assistant, pairs, form):
    for one, other in pairs:
        names, figures = (one.program, other.program), (_said(one), _said(other))
        text, right = _statuses(assistant, form, names, figures, one.kind)
        assert "contradicted" not in right, text
        text, swapped = _statuses(assistant, form, names, figures[::-1], one.kind)
        assert "verified" not in swapped, text


@pytest.mark.parametrize("stranger", _STRANGERS)
@pytest.mark.parametrize("form", _FORMS)
def test_a_stranger_has_no_figure(assistant, pairs, form, stranger):
    for one, other in pairs[:6]:
        for said in (_said(one), _said(other)):
            names, figures = (one.program, stranger), (_said(one), said)
            text, status = _statuses(assistant, form, names, figures, one.kind)
            assert status[1:] == ["unsupported"], text
            assert status[0] != "contradicted", text
