"""The year, the source of money and the program that only the conversation tells."""

from __future__ import annotations

import pytest

from assistant.records import FactKind, Query
from assistant.understand.ground import Heard, Home, Names
from assistant.understand.placing import of_the_office_there, placed
from assistant.understand.pointing import pointing_of, source_said

K = FactKind


class Office(Names):
    def home(self, program: str) -> Home:
        return Home("青嶺県", "令和8年度")

    def row_said(self, program: str, text: str) -> str | None:
        return "row" if "商工課" in text else None

    def short_said(self, program: str, text: str, *, beside: bool) -> str | None:
        return "equipment" if text.startswith("設備のびる") else None


def read(text: str) -> Query:
    return Query(text, "open")


GROUND = Office(read)
BUDGET, LAST, COUNT = (K.BUDGET,), (K.BUDGET_PREVIOUS,), (K.COUNT,)
YEARS: list[tuple[str, Query, tuple[FactKind, ...], str | None, str | None]] = [
    ("いや、その一年前の", Query("予算は?", "figure", kinds=BUDGET), LAST, None, None),
    ("その前の年は?", Query("去年は?", "figure", kinds=LAST), BUDGET, "令和6年度", None),
    ("その一つ前の年度だと?", Query("何件?", "figure", kinds=COUNT, fiscal_year="令和7年度"), COUNT, None, "令和6年度"),
    ("前の年は?", Query("何件?", "figure", kinds=COUNT), COUNT, None, "令和7年度"),
    ("前は?", Query("率は?", "figure", kinds=(K.SUBSIDY_RATE,)), (K.SUBSIDY_RATE,), None, "令和7年度"),
    ("おととしは?", Query("何件?", "figure", kinds=COUNT, figure_year="令和7年度"), COUNT, None, "令和6年度"),
    ("翌年は?", Query("何件?", "figure", kinds=COUNT, figure_year="令和6年度"), (), "令和7年度", None),
]


@pytest.mark.parametrize(("said", "earlier", "kinds", "year", "figure_year"), YEARS)
def test_the_year_of_a_turn(said, earlier, kinds, year, figure_year):
    pointing = pointing_of(said)
    found = placed(pointing, read(pointing.said), [Heard(earlier, ("one",))], GROUND)
    assert (found.kinds, found.fiscal_year, found.figure_year) == (kinds, year, figure_year)


SOURCES = [
    ("一般は?", "funding_general"),
    ("国は?", "funding_national"),
    ("県債は", "funding_other"),
    ("予算は?", None),
]


@pytest.mark.parametrize(("said", "kind"), SOURCES)
def test_a_source_by_a_short_name(said, kind):
    assert source_said(said) == kind
    national = Query("国庫は?", "figure", kinds=(K.FUNDING_NATIONAL,))
    found = placed(pointing_of(said), read(said), [Heard(national, ("one",))], GROUND)
    assert found.kinds == ((FactKind(kind),) if kind else ())


def test_the_office_or_the_program_of_a_turn():
    topic = Heard(Query("予算は?", "figure"), ("one",))
    office = Query("担当は商工課ですよね", "where", named=("row",))
    assert of_the_office_there(office, pointing_of(office.question), topic, GROUND).named == ()
    short = read("設備のびるの方は?")
    assert of_the_office_there(short, pointing_of(short.question), topic, GROUND).named == ("equipment",)
    assert of_the_office_there(read("期間は?"), pointing_of("期間は?"), topic, GROUND).named == ()
