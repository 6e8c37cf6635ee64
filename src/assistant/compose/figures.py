"""Sentences that tell figures: one for each program, 枠 and kind, its conditions side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..figures import same_value
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import PREVIOUS
from ..understand import wanted
from ..values import as_figure
from .context import parts_of
from .labels import called, fact_label, kind_label, where_from
from .quoting import is_told_by_its_line, quoted_sentences
from .select import own_parts, stated

MOST = 12  # figures in one sentence; more are left to the sources
FUNDING = (FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL)
_COMPUTED = re.compile(r"（[^（）]*）$")  # what a check computed stands in no document: it is reported, not told
_NUMBERED = re.compile(r"\([0-9]+\)＝")  # what the number of a condition stands for
# words that may mean either: 限度額 of a subsidy or a loan, 期間 of a loan or a program
_FAMILIES = (
    {FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LIMIT_ADDITION},
    {FactKind.LOAN_TERM, FactKind.PERIOD},
    {FactKind.COUNT, FactKind.TARGET},
    set(FUNDING),
)

Group = tuple[str | None, str]  # subprogram, label


def figure_sentences(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """Sentences with the facts of one program that a query asks for, then what of it is not stated."""
    kinds = kinds_of(query, last_year)
    facts = stated(query, program, index, kinds)
    if query.open_amount and not query.kinds:
        facts = _first_kind((*kinds, FactKind.BREAKDOWN), _of_the_whole(query, program, facts))
    if FactKind.SUBSIDY_LIMIT in kinds and {fact.kind for fact in facts} == {FactKind.LIMIT_ADDITION}:
        facts = []  # by how much a limit rises is not the limit
    facts = facts + _rates_beside(facts, index)
    sentences = sentences_of(query, program, index, facts)
    if sentences and not last_year:
        sentences += _not_stated(query, program, {fact.kind for fact in facts})
    return sentences


def _rates_beside(facts: list[Fact], index: Index) -> list[Fact]:
    """The rates printed on the line of a limit that is told: what is paid is the lesser of the two."""
    if any(fact.kind is FactKind.SUBSIDY_RATE for fact in facts):
        return []
    limits = {
        (fact.line_start, fact.subprogram, fact.condition) for fact in facts if fact.kind is FactKind.SUBSIDY_LIMIT
    }
    programs = dict.fromkeys(fact.program_id for fact in facts)
    every = (fact for program in programs for fact in index.facts_of(program))
    return [
        fact
        for fact in every
        if fact.kind is FactKind.SUBSIDY_RATE and (fact.line_start, fact.subprogram, fact.condition) in limits
    ]


def sentences_of(query: Query, program: Program, index: Index, facts: list[Fact]) -> list[DraftSentence]:
    """Sentences that tell these facts, in the order the question asks for their kinds."""
    region = index.documents[program.document].region
    kinds = (*kinds_of(query, False), *dict.fromkeys(fact.kind for fact in facts))
    sentences: list[DraftSentence] = []
    for group in _in_asked_order(tuple(dict.fromkeys(kinds)), facts):
        if group[0].kind in FUNDING:
            whole = [fact for fact in index.facts_of(program.id) if fact.kind in FUNDING]
            sentences.append(_funding(program, region, group, whole, first=not sentences))
        elif quoted := [fact for fact in group if is_told_by_its_line(fact)]:
            told = quoted_sentences(program, quoted, index, first=not sentences)
            others = [fact for fact in group if fact not in quoted] or ([] if told else group)
            sentences += [*told, *_sentences(program, region, others, first=not (sentences or told))]
        else:
            sentences += _sentences(program, region, group, first=not sentences)
    return sentences


def kinds_of(query: Query, last_year: bool) -> tuple[FactKind, ...]:
    """The kinds to look for; of a year that stands as last year's in a later document, those of last year."""
    kinds = wanted(query)
    if not last_year:
        return kinds
    return tuple(dict.fromkeys(other for kind in kinds for other in PREVIOUS.get(kind, (kind,))))


def _of_the_whole(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """「いくら」 of a program of many parts is not the limit of one of them."""
    limits = {fact.subprogram for fact in facts if fact.kind in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)}
    whole = any(fact.kind is FactKind.BUDGET and not fact.subprogram for fact in facts)
    if not whole or own_parts(query, program) or None in limits or len(limits) >= len(parts_of(program)):
        return facts
    return [fact for fact in facts if fact.subprogram is None]


def _first_kind(kinds: tuple[FactKind, ...], facts: list[Fact]) -> list[Fact]:
    """「いくら」: what the program pays, else what it lends, else its budget."""
    for kind in kinds:
        found = [fact for fact in facts if fact.kind is kind]
        if found:
            return found
    return []


def _in_asked_order(kinds: tuple[FactKind, ...], facts: list[Fact]) -> list[list[Fact]]:
    """Facts by kind in the order asked; the sources of money make one group."""
    groups: dict[str, list[Fact]] = {}
    for kind in kinds:
        key = "funding" if kind in FUNDING else kind.value
        groups.setdefault(key, []).extend(fact for fact in facts if fact.kind is kind)
    return [once(group) for group in groups.values() if group]


def once(facts: list[Fact]) -> list[Fact]:
    """Each value once: a figure printed in two places is told from the place that speaks of it most."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=_second_hand):
        if not any(_says_the_same(fact, other) for other in kept):
            kept.append(fact)
    order = {fact.fact_id: place for place, fact in enumerate(facts)}
    return sorted(kept, key=lambda fact: order[fact.fact_id])


def _second_hand(fact: Fact) -> tuple[bool, bool, bool]:
    """A relisted or partial figure, or one written out in 億 and 万, comes after the table's own."""
    return "再掲" in fact.flags, "の一部" in fact.flags, "億" in fact.text or "万" in fact.text


def _says_the_same(one: Fact, other: Fact) -> bool:
    if (one.kind, one.subprogram, one.condition, one.fiscal_year, one.stage) != (
        other.kind, other.subprogram, other.condition, other.fiscal_year, other.stage,
    ):  # fmt: skip
        return False
    if one.kind is FactKind.PHONE:
        return one.text == other.text
    return same_value(as_figure(one), as_figure(other))


def _sentences(program: Program, region: str, facts: list[Fact], *, first: bool) -> Iterable[DraftSentence]:
    groups: dict[Group, list[Fact]] = {}
    for fact in facts[:MOST]:
        subprogram = None if fact.kind is FactKind.BREAKDOWN else fact.subprogram
        groups.setdefault((subprogram, fact_label(fact)), []).append(fact)
    for (subprogram, label), members in groups.items():
        head = f"{called(program, subprogram)}の{label}は、"
        if first:
            head = f"{where_from(program, region)}の資料では、{head}"
            first = False
        yield _told(head, members)


def _told(head: str, facts: list[Fact]) -> DraftSentence:
    """「補助率は、A枠が{0}、B枠が{1}です」."""
    pieces = []
    before = ""
    for place, fact in enumerate(facts):
        name = _told_of(fact)
        mark = "{" + str(place) + "}"
        pieces.append(f"{name}が{mark}" if name and name != before else mark)
        before = name
    doubts = [_COMPUTED.sub("", fact.note) for fact in facts if fact.note and "suspect" in fact.flags]
    tail = f"（この資料の表記には疑いがあります：{doubts[0]}）" if doubts else ""
    meant = dict.fromkeys(fact.note for fact in facts if fact.note and _NUMBERED.match(fact.note))
    tail += f"（{'、'.join(filter(None, meant))}）" if meant else ""
    parts = "（資料の表記は「…の一部」です）" if any("の一部" in fact.flags for fact in facts) else ""
    return DraftSentence(f"{head}{'、'.join(pieces)}です{parts}{tail}。", tuple(facts))


def _told_of(fact: Fact) -> str:
    """What sets a figure apart from its neighbours: its condition, or what it counts."""
    if fact.kind is FactKind.BREAKDOWN:
        return fact.subprogram or fact.condition or fact.item or ""
    if fact.kind is FactKind.PHONE:
        return fact.item or ""
    if fact.kind is FactKind.BUDGET_CHANGE:
        return fact.condition or (fact.item if fact.yen is None else None) or ""
    if fact.kind in (FactKind.COUNT, FactKind.TARGET):
        return fact.condition or fact.item or ""
    return fact.condition or ""


def _funding(program: Program, region: str, facts: list[Fact], whole: list[Fact], *, first: bool) -> DraftSentence:
    """The sources of money side by side; 全額 when the program has but one."""
    head = f"{where_from(program, region)}の資料では、" if first else ""
    mark = "全額" if len({fact.kind for fact in whole}) == 1 else ""
    pieces = [f"{mark}{_source_of_money(fact)}" + "{" + str(place) + "}" for place, fact in enumerate(facts)]
    return DraftSentence(f"{head}{called(program)}の財源内訳は、{'、'.join(pieces)}です。", tuple(facts))


def _source_of_money(fact: Fact) -> str:
    """「その他（基金繰入金）」: the kind, and what the document calls it where that says more."""
    label = kind_label(fact.kind)
    said = fact.condition if fact.condition and fact.condition not in label else None
    return f"{label}（{said}）" if said else label


def _not_stated(query: Query, program: Program, told: set[FactKind]) -> list[DraftSentence]:
    """Kinds that were asked for in their own words and that the document does not state."""
    missing = [
        kind_label(FactKind(entry["kinds"][0]))
        for entry in table("questions")["ask"]
        if set(map(FactKind, entry["kinds"])) <= set(query.kinds)
        and not set(map(FactKind, entry["kinds"])) & told
        and any(word in query.question for word in entry["words"][:3])  # asked for by its own name
    ]
    if query.subprograms and FactKind.BREAKDOWN in told:
        missing = [label for label in missing if label != kind_label(FactKind.BUDGET)]
    for family in _FAMILIES:
        if family & told:
            missing = [label for label in missing if label not in {kind_label(kind) for kind in family}]
    if not missing:
        return []
    labels = "と".join(dict.fromkeys(missing))
    return [DraftSentence(f"{called(program)}の{labels}は、収録した資料に記載がありません。")]
