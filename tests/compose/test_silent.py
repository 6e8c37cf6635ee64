"""A part that states nothing of what is asked is not answered with the figure of the part beside it."""

import csv
from pathlib import Path

import pytest
from offices import few_offices

from assistant.compose.heard import hear
from assistant.compose.silent import are_silent, is_case_of, own_words, unsaid
from assistant.records import FactKind, Query

LINES = Path("tests/data/query/silent.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
FEW = ("accounts", "blocks", "onepagers", "pageslides", "portfolio", "priorities")
RATE = (FactKind.SUBSIDY_RATE,)


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """An assistant on a few invented documents of other offices."""
    opened = few_offices(tmp_path_factory.mktemp("samples"), FEW)
    yield opened
    opened.index.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_no_figure_of_the_part_beside_it(assistant, samples, row):
    answer = (assistant if row["documents"] == "corpus" else samples).ask(row["question"])
    assert (answer.reason or answer.status) == row["outcome"]
    assert row["says"] in answer.text
    assert row["never"] not in answer.text


def heard(question: str, *names: str):
    return hear(Query(question, "figure"), names)


@pytest.mark.parametrize(
    ("question", "silent", "stating", "kinds", "found"),
    [
        ("後継者塾の補助率は", ["後継者塾の開催"], ["設備投資の補助"], RATE, True),
        ("塾と設備の補助率は", ["後継者塾の開催"], ["設備投資の補助"], RATE, False),  # both are spoken of
        ("補助率は", ["後継者塾の開催"], ["設備投資の補助"], RATE, False),
        ("後継者塾の電話は", ["後継者塾の開催"], ["設備投資の補助"], (FactKind.PHONE,), False),
        ("省力化の一般型の補助率は", ["省力化枠（一般型）"], ["省力化枠"], RATE, False),  # a case of it
        ("工房を継ぐ補助金の補助率は", ["工房継業補助金"], ["通常類型", "Ｕターン類型"], RATE, False),
        ("アーカイブの補助率は", ["技術記録アーカイブの構築"], ["通常類型", "Ｕターン類型"], RATE, True),
        ("塾に出て、設備投資の補助率は", ["後継者塾の開催"], ["設備投資の補助"], RATE, False),
        ("塾を出てから機械を入れたい、補助率は", ["後継者塾の開催"], ["設備投資の補助"], RATE, False),
    ],
)
def test_whether_a_part_is_silent(question, silent, stating, kinds, found):
    said = dict.fromkeys([*silent, *stating], "")
    assert are_silent(heard(question), silent, stating, said, kinds, ()) is found


def test_no_part_is_silent_where_none_is_described():
    assert not are_silent(heard("塾の補助率は"), [], ["設備投資の補助"], {"設備投資の補助": ""}, RATE, ())


def test_own_words_count_less_behind_a_name():
    said = {"後継者塾の開催": "経営者を招く", "設備投資の補助": "機械の更新"}
    words = own_words(heard("塾で経営者の話を聞く"), ["後継者塾の開催"], ["設備投資の補助"], said, ())
    assert words["塾"] == 1.0
    assert {much for word, much in words.items() if word != "塾"} == {0.5}


def test_what_another_word_may_stand_for_is_not_said():
    assert "設備" in unsaid(heard("機械を入れたい"))
    assert "設備" not in unsaid(heard("設備の機械を入れたい"))


@pytest.mark.parametrize(
    ("part", "other", "found"),
    [("省力化枠", "省力化枠（一般型）", True), ("ＤＸ枠", "DX枠", True), ("省力化枠", "脱炭素枠", False)],
)
def test_cases_of_one_part(part, other, found):
    assert is_case_of(part, other) is found
