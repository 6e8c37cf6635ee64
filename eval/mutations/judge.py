"""A mutated document read again: what followed the print, what was put right, what the arithmetic noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.ingest import Reading, read_document

from ..texts import folded
from .facts import Stated, stated
from .make import COLUMN, Mutation

FOLLOWED, PUT_RIGHT, LOST = "followed", "put right", "not followed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutation; ``wanted`` and ``read`` are the facts in which the two readings disagree."""

    mutation: Mutation
    outcome: str
    noticed: bool
    wanted: tuple[Stated, ...] = ()
    read: tuple[Stated, ...] = ()


def judge(reading: Reading, mutation: Mutation) -> Verdict:
    """Read the document with one line changed and compare every fact.  ``reading`` is the document as printed."""
    lines = list(reading.document.lines)
    lines[mutation.line - 1] = mutation.text
    again = read_document(replace(reading.document, lines=tuple(lines)))
    before, after = [stated(fact) for fact in reading.facts], [stated(fact) for fact in again.facts]
    noticed = _noticed(reading, again)
    if mutation.sort == COLUMN and Counter(before) == Counter(after):
        return Verdict(mutation, PUT_RIGHT, noticed)
    names = _names(reading)
    wanted, read = (
        Counter(_named(_echoing(fact, mutation), names) for fact in facts)
        for facts in (_changed(before, mutation), after)
    )
    wanted, read = wanted - read, read - wanted
    if not wanted and not read:
        return Verdict(mutation, FOLLOWED, noticed)
    return Verdict(mutation, LOST, noticed, tuple(wanted.elements()), tuple(read.elements()))


def _changed(before: Iterable[Stated], mutation: Mutation) -> list[Stated]:
    """The facts as they must be now."""
    facts = list(before)
    for old, new in mutation.changes:
        facts[facts.index(old)] = new
    return facts


def _echoing(fact: Stated, mutation: Mutation) -> Stated:
    """A fact whose condition or item quotes the changed figure, with the figure as it is printed now."""
    if fact.line != mutation.line or mutation.sort == COLUMN:
        return fact
    condition, item = (
        text.replace(mutation.before, mutation.after) if text else text for text in (fact.condition, fact.item)
    )
    return replace(fact, condition=condition, item=item)


def _names(reading: Reading) -> dict[str, str]:
    """Every name and alias of a program → its name.  Two printed names of one program may part again: what joined
    them, such as one amount in both places, may be what was changed.
    """
    aliases = {folded(alias): program.program for program in reading.programs for alias in program.aliases}
    return aliases | {folded(program.program): program.program for program in reading.programs}


def _named(fact: Stated, names: dict[str, str]) -> Stated:
    return replace(fact, program=names.get(folded(fact.program), fact.program))


def _noticed(reading: Reading, again: Reading) -> bool:
    """Whether arithmetic that held is broken now, or a fact became suspect."""
    held = {(check.name, check.line_start) for check in reading.checks if check.holds}
    broken = {(check.name, check.line_start) for check in again.checks if not check.holds}
    return bool(held & broken or _suspects(again) - _suspects(reading))


def _suspects(reading: Reading) -> set[tuple[int, str]]:
    return {(fact.line_start, fact.kind.value) for fact in reading.facts if "suspect" in fact.flags}
