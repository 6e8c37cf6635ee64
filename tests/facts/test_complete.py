"""Every figure that the tables and the text of the corpus print is a fact, read here without the extraction's code."""

from __future__ import annotations

from assistant.figures import find_figures, read_cell
from assistant.ingest import Reading
from assistant.records import FigureKind

AMOUNT_UNITS = ("千円", "円")


def lines_of(reading: Reading) -> list[tuple[int, str]]:
    return list(enumerate(reading.document.lines, 1))


def test_every_figure_of_the_text_is_a_fact(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        found = {(fact.line_start, fact.text) for fact in reading.facts}
        for number, line in lines_of(reading):
            for figure in find_figures(line):
                if figure.kind is not FigureKind.YEAR:
                    assert (number, figure.text) in found, (reading.document.id, number, figure.text)


def test_every_grouped_number_of_a_table_is_a_fact(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        for number, line in lines_of(reading):
            if "\t" not in line:
                continue
            printed = [cell.strip() for cell in line.split("\t") if "," in cell and read_cell(cell, "千円")]
            known = [fact.text for fact in reading.facts if fact.line_start == number]
            for text in printed:
                assert printed.count(text) == known.count(text), (reading.document.id, number, text)


def test_no_fact_is_in_two_programs_and_none_is_made_twice(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        assert len({fact.fact_id for fact in reading.facts}) == len(reading.facts)
        places = {program.id: program.places for program in reading.programs}
        for fact in reading.facts:
            assert any(start <= fact.line_start <= end for start, end in places[fact.program_id])


def test_an_amount_of_a_table_is_its_digits_in_thousands(readings: dict[str, Reading]) -> None:
    """The unit of each table of these documents is 千円, and it is applied once."""
    checked = 0
    for reading in readings.values():
        for fact in reading.facts:
            line = reading.document.lines[fact.line_start - 1]
            if "\t" in line and fact.yen is not None and fact.text.replace(",", "").isdigit():
                assert fact.yen == int(fact.text.replace(",", "")) * 1000
                checked += 1
    assert checked > 400
