"""Which programs a name means that is given beside a text to be checked."""

import pytest

from assistant.check import programs_meant
from assistant.figures import year_meant


def meant(assistant, name):
    found = programs_meant(name, assistant.index, assistant.vocabulary)
    return {assistant.index.programs[one].program for one in found.programs}, found


@pytest.mark.parametrize(
    "name",
    [
        "信用補完対策費",
        " 信用補完対策費 ",
        "「信用補完対策費」",
        "山形県の信用補完対策費",
        "信用補完対策費（山形県）",
        "信用補完",
        "信用補完対策費について",
    ],
)
def test_one_name_is_meant_however_it_is_written(assistant, name):
    assert meant(assistant, name)[0] == {"信用補完対策費"}
    assert [one.status for one in assistant.check("予算は546,621千円です。", program=name)] == ["verified"]


@pytest.mark.parametrize(
    "name", ["架空の事業", "青森県の信用補完対策費", "大阪府の信用補完対策費", "信用補完対策費XYZ特別編"]
)
def test_a_name_of_nothing_means_nothing(assistant, name):
    found = meant(assistant, name)[1]
    assert (found.programs, found.names) == ((), ())
    assert {one.status for one in assistant.check("予算は546,621千円、補助率は1/2です。", program=name)} == {
        "unsupported"
    }


@pytest.mark.parametrize("name", ["事業", "支援", "対策費", "補助"])
def test_a_name_of_many_means_none_of_them(assistant, name):
    found = meant(assistant, name)[1]
    assert found.programs == ()
    assert len(found.names) > 1
    text = "予算は546,621千円、補助率は1/2、上限は50万円です。"
    assert {one.status for one in assistant.check(text, program=name)} == {"unsupported"}


def test_a_part_is_meant_with_its_program(assistant):
    names, found = meant(assistant, "事業承継補助金")
    assert names == {"事業承継・世代交代集中支援事業"}
    assert found.part == "事業承継補助金"


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("2020", "令和2年度"),
        ("２０２０", "令和2年度"),
        ("令和2", "令和2年度"),
        ("R2", "令和2年度"),
        ("令和2年", "令和2年度"),
        ("2020年度", "令和2年度"),
        ("FY2020", "令和2年度"),
        ("令和元", "令和元年度"),
        ("banana", None),
        ("2", None),
        ("", None),
    ],
)
def test_a_year_is_read_as_people_write_it(said, year):
    assert year_meant(said) == year


@pytest.mark.parametrize("said", ["2020", "令和2", "令和2年", "２０２０"])
def test_a_surface_s_year_is_that_of_the_documents(assistant, said):
    for question in ("信用補完対策費の予算は?", "事業承継補助金の補助率は?", "予算は?"):
        assert assistant.ask(question, fiscal_year=said) == assistant.ask(question, fiscal_year="令和2年度")


@pytest.mark.parametrize(
    "given",
    [
        {"region": "Gunma"},
        {"region": "1"},
        {"region": "信用補完対策費"},
        {"fiscal_year": "banana"},
        {"fiscal_year": "信用補完"},
    ],
)
def test_what_is_no_region_or_year_is_told_with_what_there_is(assistant, given):
    answer = assistant.ask("信用補完対策費の予算は?", **given)
    assert (answer.status, answer.reason) == ("abstained", "not_in_corpus")
    assert answer.text.startswith("ご指定の")
    assert "山形県（令和2年度）" in answer.text


def test_a_region_without_its_last_character_is_that_region(assistant):
    question = "信用補完対策費の予算は?"
    assert assistant.ask(question, region="山形") == assistant.ask(question, region="山形県")
