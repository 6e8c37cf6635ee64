"""The arithmetic that documents offer about themselves, recomputed here from the facts alone."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from invented import read

from assistant.ingest import Reading, read_document
from assistant.records import Check, Fact, FactKind

FUNDS = (FactKind.BUDGET, FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL)


def amounts(
    reading: Reading, kind: FactKind, *, first: int, last: int, flag: str | None, without: str = ""
) -> list[int]:
    """The amounts of rows ``first`` to ``last``: those with ``flag``, or those of programs when it is None."""
    sums = {"subtotal", "total", "department"}
    return [
        fact.yen or 0
        for fact in reading.facts
        if fact.kind is kind and first <= fact.line_start <= last and (not without or without not in fact.flags)
        and (flag in fact.flags if flag else not sums & set(fact.flags))
    ]  # fmt: skip


def sum_rows(reading: Reading) -> list[tuple[int, str]]:
    """Line and label of each subtotal and total."""
    return sorted(
        (fact.line_start, fact.program)
        for fact in reading.facts
        if fact.kind is FactKind.BUDGET and {"subtotal", "total"} & set(fact.flags)
    )


def relisted(reading: Reading) -> list[Fact]:
    return [fact for fact in reading.facts if fact.kind is FactKind.BUDGET and "再掲" in fact.flags]


@pytest.mark.parametrize("kind", FUNDS)
def test_aomori_adds_up_to_every_subtotal_and_to_the_total(readings: dict[str, Reading], kind: FactKind) -> None:
    reading = readings["aomori-r05"]
    rows = sum_rows(reading)
    first, added, checked = 1, 0, 0
    for line, label in rows:
        printed = sum(
            amounts(reading, kind, first=line, last=line, flag="subtotal" if "合計" not in label else "total")
        )
        own = sum(amounts(reading, kind, first=first, last=line, flag=None, without="再掲"))
        whole = sum(amounts(reading, kind, first=first, last=line, flag=None))
        if label == "合計":
            assert printed == added
        elif label == "小計":
            assert printed == own
            added += own
            following = next((name for number, name in rows if number == line + 1), "")
            first = first if "再掲" in following else line + 1
        else:
            assert printed == whole
            first = line + 1
        checked += 1
    assert checked == 14


def test_aomori_has_107_programs_15_relisted_rows_and_its_total(readings: dict[str, Reading]) -> None:
    reading = readings["aomori-r05"]
    assert sum(program.role == "program" for program in reading.programs) == 107
    assert len(relisted(reading)) == 15
    totals = {fact.kind: fact.text for fact in reading.facts if "total" in fact.flags}
    assert [totals[kind] for kind in FUNDS] == ["17,154,177", "2,749,115", "11,535,484", "2,869,578"]
    assert sum(amounts(reading, FactKind.BUDGET, first=1, last=164, flag=None, without="再掲")) == 17_154_177_000


def test_every_row_of_aomori_is_the_sum_of_its_funds(readings: dict[str, Reading]) -> None:
    by_line: dict[int, dict[FactKind, int]] = {}
    for fact in readings["aomori-r05"].facts:
        if fact.kind in FUNDS:
            by_line.setdefault(fact.line_start, {})[fact.kind] = fact.yen or 0
    assert len(by_line) == 107 + 15 + 14
    for row in by_line.values():
        assert row[FactKind.BUDGET] == sum(row.get(kind, 0) for kind in FUNDS[1:])


def test_kagoshimas_fifteen_budgets_add_up(readings: dict[str, Reading]) -> None:
    reading = readings["kagoshima-r06"]
    listed = amounts(reading, FactKind.BUDGET, first=1, last=22, flag=None)
    assert (len(listed), sum(listed)) == (15, 1_202_792_000)
    assert amounts(reading, FactKind.BUDGET, first=23, last=23, flag="total") == [1_202_792_000]


def test_yamagatas_departments_and_growth_rates_recompute(readings: dict[str, Reading]) -> None:
    reading = readings["yamagata-r02"]
    for kind in (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED):
        general = sum(amounts(reading, kind, first=17, last=22, flag="department"))
        special = sum(amounts(reading, kind, first=24, last=25, flag="department"))
        assert amounts(reading, kind, first=23, last=26, flag="subtotal") == [general, special]
        assert amounts(reading, kind, first=27, last=27, flag="total") == [general + special]
    rates = 0
    for line in range(17, 28):
        row = [fact for fact in reading.facts if fact.line_start == line]
        now, before, revised = (fact.yen or 0 for fact in row[:3])
        for fact, base in zip(row[3:], (before, revised), strict=True):
            assert fact.kind is FactKind.BUDGET_CHANGE
            assert fact.number == pytest.approx((now - base) / base * 100, abs=0.0501)
            rates += 1
    assert rates == 22


def test_nothing_in_the_corpus_is_broken(readings: dict[str, Reading]) -> None:
    assert [check for reading in readings.values() for check in reading.checks if not check.holds] == []
    assert sum(len(reading.checks) for reading in readings.values()) > 250


def broken(reading: Reading) -> list[Check]:
    return [check for check in reading.checks if not check.holds]


def _mutated(reading: Reading, random_: random.Random) -> tuple[Reading, int, int]:
    """The document with one digit of one grouped amount of a table changed, and where."""
    document = reading.document
    places = [
        (number, match.start() + offset)
        for number, line in enumerate(document.lines)
        if "\t" in line
        for match in re.finditer(r"(?<=\t)\d{1,3}(?:,\d{3})+(?=\t|$)", line)
        for offset, letter in enumerate(match.group())
        if letter.isdigit()
    ]
    number, column = random_.choice(places)
    line = document.lines[number]
    digit = random_.choice([digit for digit in "123456789" if digit != line[column]])
    lines = list(document.lines)
    lines[number] = line[:column] + digit + line[column + 1 :]
    return read_document(replace(document, lines=tuple(lines))), number + 1, column


@pytest.mark.parametrize("name", ["aomori-r05", "kagoshima-r06", "yamagata-r02"])
def test_a_changed_digit_changes_the_facts_and_breaks_a_check(readings: dict[str, Reading], name: str) -> None:
    """Nothing is served from anywhere but the document; what no sum covers may go unnoticed."""
    random_ = random.Random(5)
    noticed = 0
    for _ in range(12):
        mutated, line, column = _mutated(readings[name], random_)
        here = [fact for fact in mutated.facts if fact.line_start == line]
        before = [fact for fact in readings[name].facts if fact.line_start == line]
        assert [fact.text for fact in here] != [fact.text for fact in before], (line, column)
        assert sorted(fact.yen or 0 for fact in here) != sorted(fact.yen or 0 for fact in before)
        noticed += bool(broken(mutated))
        if broken(mutated):
            assert any("suspect" in fact.flags and fact.note for fact in mutated.facts)
    assert noticed >= (12 if name != "yamagata-r02" else 4)


TABLE = "（単位：千円）\n事業名\t予算額\t前年度予算額\t増減率（％）\n{rows}"


def test_a_broken_sum_flags_the_figures_it_speaks_of_and_no_others() -> None:
    rows = "窓口事業\t100\t80\t25.0\n相談事業\t50\t40\t25.0\n合計\t151\t120\t25.0"
    reading = read(TABLE.format(rows=rows))
    names = [(check.name, check.line_start) for check in broken(reading)]
    assert names == [("合計（予算額）", 5), ("増減率", 5)]
    suspects = [(fact.text, fact.kind.value) for fact in reading.facts if "suspect" in fact.flags]
    assert suspects == [("151", "budget"), ("25.0", "budget_change")]
    assert "足し上げ 150,000円、表示 151,000円" in (reading.facts[-3].note or "")


def test_growth_may_count_from_a_hundred() -> None:
    reading = read(
        "（単位：千円）\n事業名\t予算額\t前年度予算額\t前年度比\n窓口事業\t112\t100\t112.0\n相談事業\t50\t50\t100.0"
    )
    assert [(check.name, check.holds) for check in reading.checks] == [("増減率", True)] * 2


def test_a_sum_over_a_page_break_is_one_sum() -> None:
    head = "事業名\t予算額（千円）\n"
    reading = read(f"{head}窓口事業\t100\n\n- 2 -\n\n{head}相談事業\t50\n合計\t150")
    assert [(check.name, check.holds) for check in reading.checks] == [("合計（予算額）", True)]


def test_a_subtotal_may_sum_up_subtotals() -> None:
    head = "（単位：千円）\n事業名\t本年度\t前年度\n"
    rows = "窓口事業\t100\t90\n商工課　小計\t100\t90\n相談事業\t50\t40\n交流事業\t20\t10\n観光課　小計\t70\t50\n"
    more = "朝市事業\t30\t20\n水産課　小計\t30\t20\n柱２　計\t30\t20\n"
    text = f"{head}{rows}柱１　計\t{{sum}}\t140\n{more}合計\t200\t160"
    assert broken(read(text.format(sum=170))) == []
    assert [check.line_start for check in broken(read(text.format(sum=180)))] == [8]


def test_the_same_budget_in_two_places_is_compared_as_far_as_it_is_printed() -> None:
    text = "- 窓口事業\n{amount}\n\n事業名\t予算額（千円）\n窓口事業\t12,345"
    assert broken(read(text.format(amount="12,345千円"))) == []
    assert broken(read(text.format(amount="1,234万円"))) == []
    (check,) = broken(read(text.format(amount="12,355千円")))
    assert (check.name, check.line_start, check.line_end) == ("同じ額の記載", 1 + 1, 5)
    assert all("suspect" in fact.flags for fact in read(text.format(amount="12,355千円")).facts)


def test_named_parts_add_up_to_their_row() -> None:
    row = "事業名\t予算額\t概要\n窓口事業\t500千円\t①相談 300千円 ②出張 {last}千円"
    assert [(check.name, check.holds) for check in read(row.format(last=200)).checks] == []
    row = row.replace("①相談", "①相談対応").replace("②出張", "②出張対応")
    assert [(check.name, check.holds) for check in read(row.format(last=200)).checks] == [("内訳＝計", True)]
    assert [(check.name, check.holds) for check in read(row.format(last=201)).checks] == [("内訳＝計", False)]


def test_a_broken_sum_speaks_of_its_own_year() -> None:
    head = "（単位：千円）\n事業名\t令和5年度\t令和6年度計画額\n"
    reading = read(f"{head}窓口事業\t100\t110\n相談事業\t50\t60\n合計\t160\t170")
    flagged = {fact.text for fact in reading.facts if "suspect" in fact.flags}
    assert ([check.holds for check in reading.checks], flagged) == ([False, True], {"160"})
