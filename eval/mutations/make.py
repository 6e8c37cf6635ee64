"""Misprints of a document, each with what its facts must say afterwards."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ingest import Reading
from assistant.records import FigureKind

from .amounts import plain
from .facts import Place, Stated, places, printing

DIGIT, UNIT, COLUMN = "digit", "unit", "column"
TABLE_UNITS = {"千円": "百万円", "百万円": "千円", "万円": "億円", "億円": "百万円", "円": "千円"}
TEXT_UNITS = {"万円": "千円", "億円": "万円", "千円": "円", "百万円": "千円"}  # less, so that a part stays one
WORTH = {"円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, "億円": 10**8}
LARGEST = {"/": 1.0, "割": 10.0, "%": 100.0}  # what a share of a cost may come to

_CAPTION = re.compile(r"[(（](?:単位\s*[:：]\s*)?(百万円|千円|万円|億円|円)[)）]")
_BARE = re.compile(r"[▲△-]?\s?\d[\d,]*(?:\.\d+)?")
_WITH_UNIT = re.compile(r"(\d[\d,.]*)(百万円|千円|万円|億円)")
_CELL = re.compile(r"[^\t|]+")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One line printed otherwise.  ``changes`` are the facts that must change, each before and after."""

    document: str
    sort: str
    line: int
    before: str
    after: str
    text: str  # the line as it is read now
    changes: tuple[tuple[Stated, Stated], ...]


def digits(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """One digit of an amount, a rate or a percentage, of every fact in turn; a figure of the same length stays."""
    for place in places(reading):
        old = place.fact.text
        if place.shape not in (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT) or not plain(old):
            continue
        if texts := [text for text in _one_digit_apart(old) if _may_stand(text, place.fact)]:
            new = chance.choice(texts)
            if (expected := printing(place.fact, new)) is not None:
                yield _printed(reading, DIGIT, place, new, expected)


def units(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """The unit of a caption or of a header, and the unit of an amount in text."""
    found = places(reading)
    yield from _captions(reading, found)
    for place in found:
        simple = _WITH_UNIT.fullmatch(place.fact.text)
        if place.shape is FigureKind.MONEY and simple:
            unit = TEXT_UNITS[simple.group(2)]
            new = simple.group(1) + unit
            if (expected := printing(place.fact, new)) is not None:
                yield _printed(reading, UNIT, place, new, replace(expected, unit=unit))


def columns(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """Two cells of one row that hold different amounts."""
    rows: dict[int, list[Place]] = defaultdict(list)
    for place in places(reading):
        if place.shape is FigureKind.MONEY and _BARE.fullmatch(place.fact.text) and _fills_cell(reading, place):
            rows[place.fact.line].append(place)
    for row in rows.values():
        for left, right in itertools.combinations(row, 2):
            if left.fact.text != right.fact.text and left.fact.unit == right.fact.unit:
                mutation = _swapped(reading, left, right)
                if mutation is not None:
                    yield mutation


SORTS: dict[str, Callable[[Reading, random.Random], Iterator[Mutation]]] = {
    DIGIT: digits,
    UNIT: units,
    COLUMN: columns,
}


def draw(readings: Sequence[Reading], count: int, seed: int) -> list[Mutation]:
    """Different mutations, the sorts in turn and the documents of a sort evenly; fewer when there are no more."""
    chance = random.Random(seed)
    queues = {sort: [_shuffled(list(make(one, chance)), chance) for one in readings] for sort, make in SORTS.items()}
    drawn: dict[tuple[str, int, str], Mutation] = {}
    while len(drawn) < count and any(map(any, queues.values())):
        for sort in SORTS:
            filled = [queue for queue in queues[sort] if queue]
            if filled and len(drawn) < count:
                mutation = chance.choice(filled).pop()
                drawn[mutation.document, mutation.line, mutation.text] = mutation
        if not any(queues[DIGIT]):
            queues[DIGIT] = [_shuffled(_fresh(one, chance, drawn), chance) for one in readings]
    return list(drawn.values())


def _fresh(reading: Reading, chance: random.Random, drawn: dict[tuple[str, int, str], Mutation]) -> list[Mutation]:
    """Another digit of each figure, where that was not drawn yet."""
    return [one for one in digits(reading, chance) if (one.document, one.line, one.text) not in drawn]


def _shuffled(mutations: list[Mutation], chance: random.Random) -> list[Mutation]:
    chance.shuffle(mutations)
    return mutations


def _one_digit_apart(text: str) -> Iterator[str]:
    for at, letter in enumerate(text):
        if letter.isdecimal():
            zero = ord(letter) - unicodedata.decimal(letter)  # a full-width digit stays one
            yield from (
                text[:at] + chr(zero + digit) + text[at + 1 :] for digit in range(10) if chr(zero + digit) != letter
            )


def _may_stand(text: str, fact: Stated) -> bool:
    """Whether a figure can be printed so: no zero in front, no share of nothing or of more than everything."""
    flat = unicodedata.normalize("NFKC", text)
    value = plain(flat)
    if not value or re.search(r"(?<![\d,.])0[\d,]", flat) or re.search(r"(?<![\d,.])0(?:[百千万億円]|$)", flat):
        return False
    if "/" in flat:
        return 0 < value < 1
    sign = next((sign for sign in LARGEST if sign in flat), None)
    return sign is None or fact.kind != "subsidy_rate" or value <= LARGEST[sign]


def _printed(reading: Reading, sort: str, place: Place, new: str, expected: Stated) -> Mutation:
    fact = place.fact
    line = reading.document.lines[fact.line - 1]
    text = line[: place.start] + new + line[place.end :]
    return Mutation(reading.document.id, sort, fact.line, fact.text, new, text, ((fact, expected),))


def _captions(reading: Reading, found: Sequence[Place]) -> Iterator[Mutation]:
    """A unit in brackets governs the bare amounts below it, as far as the next one."""
    lines = reading.document.lines
    printed = {place.fact.line for place in found}
    captions = [
        (number, list(_CAPTION.finditer(line))) for number, line in enumerate(lines, 1) if number not in printed
    ]
    captions = [(number, stated) for number, stated in captions if stated]
    numbers = [number for number, _ in captions] + [len(lines) + 1]
    for (number, stated), end in zip(captions, numbers[1:], strict=True):
        old = stated[0].group(1)
        governed = [place.fact for place in found if number < place.fact.line < end and _takes(place, old)]
        if len(stated) == 1 and governed:
            new = TABLE_UNITS[old]
            changes = [(fact, printing(fact, fact.text, WORTH[new] / WORTH[old])) for fact in governed]
            known = tuple((fact, replace(after, unit=new)) for fact, after in changes if after is not None)
            text = lines[number - 1][: stated[0].start(1)] + new + lines[number - 1][stated[0].end(1) :]
            yield Mutation(reading.document.id, UNIT, number, f"({old})", f"({new})", text, known)


def _takes(place: Place, unit: str) -> bool:
    return place.shape is FigureKind.MONEY and place.fact.unit == unit and bool(_BARE.fullmatch(place.fact.text))


def _fills_cell(reading: Reading, place: Place) -> bool:
    line = reading.document.lines[place.fact.line - 1]
    cells = (cell.group() for cell in _CELL.finditer(line) if cell.start() <= place.start < cell.end())
    return ("\t" in line or "|" in line) and next(cells, "").strip() == place.fact.text


def _swapped(reading: Reading, left: Place, right: Place) -> Mutation | None:
    line = reading.document.lines[left.fact.line - 1]
    one, other = left.fact, right.fact
    after = printing(one, other.text), printing(other, one.text)
    if after[0] is None or after[1] is None:
        return None
    text = line[: left.start] + other.text + line[left.end : right.start] + one.text + line[right.end :]
    changes = ((one, after[0]), (other, after[1]))
    before, now = f"{one.text} … {other.text}", f"{other.text} … {one.text}"
    return Mutation(reading.document.id, COLUMN, one.line, before, now, text, changes)
