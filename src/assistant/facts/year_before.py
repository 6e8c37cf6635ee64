"""Last year's amount in brackets behind this year's: bare, 「126,000千円（84,500）」, or with a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ..figures import fiscal_year, read_cell
from ..layout import Line
from ..records import Fact, FactKind, Figure, FigureKind
from .make import Say

_BARE = re.compile(
    r"[\s　*]*[(（〔［\[【][\s　]*"
    r"(?P<amount>[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]{1,3})?)[\s　]*[)）〕］\]】]"
)
_GROUPED = re.compile(r"[,，.．]")
_MARKED = re.compile(r"[\s　]*[)）〕］\]】][\s　*]*(?P<mark>[※＊*][\s　]?[0-9０-９]{1,2}|[(（]注[0-9０-９]{1,2}[)）])")
_NOTE = re.compile(
    r"^[\s　（(]*(?P<mark>[※＊*][\s　]?[0-9０-９]{1,2}|注[0-9０-９]{1,2})[)）.．：:]?[\s　]*(?P<says>.+)$"
)
_HELD = re.compile(
    r"(?:[(（〔［\[【][\s　]*[)）〕］\]】]|(?:括弧|かっこ|カッコ)書?き?)内?[^。]{0,10}?は、?"
    r"(?P<year>(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}[\s　]?年度)(?P<of>[^。、]{0,16})"
)
Said = list[tuple[Figure, Say]]
_SUPPLEMENT, _FIRST = "補正予算", "当初予算"


def bare_before(raw: str, figure: Figure, *, told: bool) -> Figure | None:
    """The bare amount in the bracket right behind ``figure``, in its unit.

    Where no note says what brackets hold (``told``) a short number may count anything.
    """
    found = _BARE.match(raw, figure.end)
    if found is None or figure.unit in (None, "円") or not (told or _GROUPED.search(found["amount"])):
        return None
    before = read_cell(found["amount"], figure.unit)
    if before is None or before.yen is None:
        return None
    return replace(before, start=found.start("amount"), end=found.end("amount"))


def parts_before(text: str, said: Said) -> Said:
    """The figures of an item; what stands in the bracket behind an amount of the budget is last year's of the same."""
    result: Said = []
    for figure, say in said:
        before, told = result[-1] if result else (None, None)
        if before and told and told.kind is FactKind.BREAKDOWN and _encloses(text, before, figure):
            say = replace(told, kind=FactKind.BUDGET_PREVIOUS, item="前年度", flags=())
        result.append((figure, say))
        bare = bare_before(text, figure, told=True) if say.kind is FactKind.BREAKDOWN else None
        if bare is not None and not any(other.start == bare.start for other, _ in said):
            result.append((bare, replace(say, kind=FactKind.BUDGET_PREVIOUS, item="前年度", flags=())))
    return result


def _encloses(text: str, figure: Figure, other: Figure) -> bool:
    opened = re.fullmatch(r"[\s　]*[(（][\s　]*", text[figure.end : other.start])
    alone = other.kind is FigureKind.MONEY and re.match(r"[\s　]*[)）]", text[other.end :])
    return bool(opened and alone)


def of_the_note(lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """The facts; an amount of last year whose bracket has a mark is of the year that the mark's note says."""
    marked = [_mark_behind(lines, fact) for fact in facts]
    if not any(marked):
        return list(facts)
    return [
        _of(fact, _note(lines, mark, fact.line_start)) if mark else fact
        for fact, mark in zip(facts, marked, strict=True)
    ]


def _mark_behind(lines: Sequence[Line], fact: Fact) -> str | None:
    if fact.kind is not FactKind.BUDGET_PREVIOUS or lines[fact.line_start - 1].tabular:
        return None
    start = int(fact.fact_id.rsplit(":", 1)[1])
    found = _MARKED.match(lines[fact.line_start - 1].raw, start + len(fact.text))
    return _plain(found["mark"]) if found else None


def _note(lines: Sequence[Line], mark: str, line: int) -> re.Match[str] | None:
    """What the first note below ``line`` with this mark says that brackets hold."""
    notes = (_NOTE.match(other.raw) for other in lines[line:])
    note = next((found for found in notes if found and _plain(found["mark"]) == mark), None)
    return _HELD.search(note["says"]) if note else None


def _of(fact: Fact, held: re.Match[str] | None) -> Fact:
    year = fiscal_year(held["year"]) if held else None
    if held is None or year is None:
        return fact
    stage = _SUPPLEMENT if "補正" in held["of"] else _FIRST if "当初" in held["of"] else fact.stage
    if stage == _SUPPLEMENT:
        return replace(
            fact, kind=FactKind.BUDGET, item=None, condition=f"{_SUPPLEMENT}額", fiscal_year=year, stage=stage
        )
    return replace(fact, fiscal_year=year, stage=stage)


def _plain(mark: str) -> str:
    return re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", mark)).replace("*", "※")
