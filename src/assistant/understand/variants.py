"""Programs that share a name but for what stands in brackets: which one a question means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..lexicon import table
from ..programs.names import match_form
from ..records import Program
from ..tokens import short_words
from .denied import denied_things

ENOUGH = 0.5  # share of a bracket's letters that must be said, unless one of its own words is
_BRACKET = re.compile(r"^(?P<base>.{4,}?)[\s　]*[(（](?P<inner>[^()（）]{2,40})[)）]$")
# 「…補助の事業費と増設分の事業費」: what is asked of the name alone is asked of its variant again
_OF_BOTH = re.compile(
    r" の(?P<what>事業費|予算額?|額|当初予算|金額|補助率|上限額?|限度額)(?:と|、|および)、?[^、。?]{2,16}の(?P=what)"
)
_SEPARATELY = re.compile(r"別に|別々|それぞれ|両方|[二2２]つとも|どちらも|どっちも")


@dataclass(frozen=True, slots=True)
class _Row:
    program: str
    inner: str | None  # what stands in its brackets
    forms: frozenset[str]  # the telling words of it


@dataclass(frozen=True, slots=True)
class Variants:
    """Rows of one document by the name they share, as compared."""

    groups: dict[str, tuple[_Row, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, programs: Iterable[Program]) -> Variants:
        """The groups of two rows or more, at least one of them with brackets."""
        found: dict[tuple[str, str], dict[str, _Row]] = defaultdict(dict)
        for program in programs:
            if program.role != "program":
                continue
            match = _BRACKET.match(program.program)
            name = match["base"] if match else program.program
            inner = match["inner"] if match else None
            row = _Row(program.id, inner, _telling(inner or ""))
            found[(program.document, match_form(name))][program.id] = row
        groups: dict[str, list[_Row]] = defaultdict(list)
        for (_, base), rows in found.items():
            if len(rows) > 1 and any(row.inner for row in rows.values()):
                groups[base] += rows.values()
        return cls({base: tuple(rows) for base, rows in groups.items()})

    def chosen(self, programs: tuple[str, ...], outside: str) -> tuple[str, ...]:
        """Of the programs that a name may mean, those that the rest of the question tells; all when it does not."""
        rows = next((group for group in self.groups.values() if any(row.program in programs for row in group)), ())
        if not rows:
            return programs
        if _bare_meant(outside):
            bare = tuple(row.program for row in rows if row.inner is None)
            return bare or programs
        plain = match_form(outside)
        refused = _refused(rows, outside)
        open_rows = [row for row in rows if row.inner and row.program not in refused]
        scores = {row.program: _said(row, open_rows, plain) for row in open_rows}
        best = max(scores.values(), default=0.0)
        if best > 0 and _SEPARATELY.search(outside):
            return tuple(row.program for row in rows if row.inner is None or scores.get(row.program, 0) > 0)
        first = [program for program, score in scores.items() if score == best]
        if best > 0 and len(first) == 1:
            bare = tuple(row.program for row in rows if row.inner is None)
            return (*bare, first[0]) if bare and _OF_BOTH.search(outside) else (first[0],)
        left = tuple(row.program for row in rows if row.program not in refused)
        if len(left) < len(rows) and left:
            return left
        return programs


def said_of_variant(name: str, plain: str, question: str) -> bool:
    """Whether a question says anything of the brackets that a name has beside a plain one; so of any other name."""
    match = _BRACKET.match(name)
    if match is None or match_form(match["base"]) != match_form(plain):
        return True
    spoken = {word.form for word in short_words(match_form(question))}
    return bool(_telling(match["inner"]) & spoken) or match_form(match["inner"]) in match_form(question)


def _telling(inner: str) -> frozenset[str]:
    lists = table("spellings")["names"]
    vague = {*lists["kinds"], "実施", "分", "等"}
    return frozenset(word.form for word in short_words(inner) if not word.dropped and word.form not in vague)


def _bare_meant(text: str) -> bool:
    """「カッコの付かないほう」: the row without brackets."""
    pattern = "|".join(table("spellings")["names"]["bare"])
    return bool(re.search(pattern, text))


def _refused(rows: Iterable[_Row], text: str) -> set[str]:
    """The rows whose brackets hold what a text denies: 「人材育成じゃない方」."""
    things = [match_form(thing) for thing in denied_things(text)]
    return {row.program for row in rows if row.inner and any(one in match_form(row.inner) for one in things if one)}


def _said(row: _Row, rows: list[_Row], plain: str) -> float:
    """How much of a bracket a question says: 1 for all of it, less for its own words, 0 for too little."""
    inner = match_form(row.inner or "")
    if inner in plain or re.sub(r"(分|等)$", "", inner) in plain:
        return 1.0 + len(inner) / 100
    spoken = {word.form for word in short_words(plain) if not word.dropped}
    others = {form for other in rows if other is not row for form in other.forms}
    said = row.forms & spoken
    if not said - others:
        return 0.0
    share = len("".join(said)) / max(len("".join(row.forms)), 1)
    return share if share >= ENOUGH or any(len(form) > 1 for form in said - others) else 0.0
