"""Telephone numbers: of departments that a page numbers like the parts they look after, the one of the part asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..index import Index
from ..records import Fact, FactKind, Program
from ..tokens import fold
from .choice import Candidate, meant, score
from .context import is_fax, parts_of, said_of_parts
from .heard import Heard

_NUMBER = re.compile(r"^[\s\-*#|]*[(（]?(?P<number>[1-9１-９]|[①-⑨])(?:[.．)）、]|(?<=[①-⑨]))\s*(?P<rest>\S.*)$")
_SAID = re.compile(r"[(（](?P<number>[1-9])[)）](?:の|は)|(?<![0-9])(?P<place>[1-9])(?:番(?!号)|つ目)|(?P<ring>[①-⑨])")
_ASKS_FAX = re.compile(r"fax|ファクス|ファックス|ファクシミリ", re.IGNORECASE)


def asked_phones(heard: Heard, program: Program, facts: list[Fact], index: Index) -> list[Fact]:
    """The facts without telephone numbers that another part's department has, or that are of a fax machine."""
    phones = [fact for fact in facts if fact.kind is FactKind.PHONE]
    if len(phones) < 2:
        return facts
    if not _ASKS_FAX.search(heard.plain):
        out = [fact for fact in phones if is_fax(fact)]
        facts = [fact for fact in facts if fact not in out or len(out) == len(phones)]
    numbers = dict(_numbered(program, [fact for fact in phones if not fact.subprogram], index))
    if len(set(numbers.values())) < 2:
        return facts
    asked = _asked_number(heard, program, index)
    kept = {key for key, number in numbers.items() if number == asked}
    return [fact for fact in facts if fact.fact_id not in numbers or not kept or fact.fact_id in kept]


def _numbered(program: Program, phones: Sequence[Fact], index: Index) -> Iterator[tuple[str, str]]:
    """Facts and the number that stands before the office of each."""
    lines = list(_lines(program, index))
    for fact in phones:
        for number, rest in lines:
            if fact.item and rest.startswith(fold(fact.item)):
                yield fact.fact_id, number


def _lines(program: Program, index: Index) -> Iterator[tuple[str, str]]:
    for passage in index.passages_of(program.id):
        for line in passage.text.splitlines():
            if match := _NUMBER.match(line):
                yield _plain(match["number"]), fold(match["rest"])


def _plain(number: str) -> str:
    return str(ord(number) - ord("①") + 1) if number in "①②③④⑤⑥⑦⑧⑨" else fold(number)


def _asked_number(heard: Heard, program: Program, index: Index) -> str | None:
    """The number that a question says, or that of the part which it names or describes."""
    if said := _SAID.search(heard.plain):
        return said["number"] or said["place"] or _plain(said["ring"])
    parts = parts_of(program)
    if len(parts) < 2:
        return None
    told = said_of_parts(program, index)
    chosen = meant(score(heard, [Candidate(part, part, told[part]) for part in parts], index))
    if len(chosen) != 1:
        return None
    name = fold(str(chosen[0]))
    return next((number for number, rest in _lines(program, index) if rest.startswith(name)), None)
