"""Which of a program's facts a question is about: its part, its case, its office, its year.

Right or silent: a part that states nothing of the kind is not answered with its sibling's figures.
"""

from __future__ import annotations

from collections import Counter

from ..index import Index
from ..records import Fact, FactKind, Program, Query
from ..tokens import fold, tokens

#: Kinds of which a program states many unlike figures: the question's own words choose among them.
VARIED = frozenset({FactKind.COUNT, FactKind.TARGET, FactKind.PHONE, FactKind.BREAKDOWN, FactKind.OTHER})
_UNSAID = frozenset({"example"})
_COMMON = frozenset(
    [
        "場合",
        "企業",
        "事業",
        "事業者",
        "中小",
        "以上",
        "以下",
        "受ける",
        "行う",
        "対象",
        "認め",
        "登録",
        "制度",
        "補助",
        "支援",
    ]
)  # words that most conditions share


def stated(query: Query, program: Program, index: Index, kinds: tuple[FactKind, ...]) -> list[Fact]:
    """Facts of these kinds that a program states, of the part, item and case that the question names."""
    if own_parts(query, program) and FactKind.BUDGET in kinds:
        kinds = (*kinds, FactKind.BREAKDOWN)  # the budget of a part is an amount of the program's breakdown
    facts = [fact for fact in index.facts_of(program.id) if fact.kind in kinds and not set(fact.flags) & _UNSAID]
    facts = _of_stage(query, facts)
    facts = _of_item(query, _of_parts(query, program, facts))
    return _of_words(query, program, of_case(query, program, facts))


def own_parts(query: Query, program: Program) -> tuple[str, ...]:
    """The parts of this program that the question names."""
    return tuple(part for part in query.subprograms if part in program.subprograms)


def _of_stage(query: Query, facts: list[Fact]) -> list[Fact]:
    """「補正予算は?」 is not answered with a first budget."""
    if query.stage != "補正予算":
        return facts
    return [fact for fact in facts if "補正" in fact.stage or fact.kind is FactKind.BUDGET_REVISED]


def _of_parts(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """Facts of the 枠 or fund that was named, and those of the whole program that name it or apply to all."""
    parts = own_parts(query, program)
    if not parts:
        return facts
    named = [fold(part) for part in parts]
    return [fact for fact in facts if _is_of(fact, named)]


def _is_of(fact: Fact, named: list[str]) -> bool:
    if fact.subprogram:
        own = fold(fact.subprogram)
        return any(name in own or own in name for name in named)
    if fact.kind in (FactKind.PHONE, FactKind.LIMIT_ADDITION):
        return True  # said of the whole program, for each of its parts
    said = fold(f"{fact.item or ''}{fact.condition or ''}")
    return any(name in said for name in named)


def _of_item(query: Query, facts: list[Fact]) -> list[Fact]:
    """「締切は?」 asks for a period of applying, not for the years a program runs."""
    if not query.items:
        return facts
    said = {fact.fact_id: f"{fact.item or ''}{fact.condition or ''}" for fact in facts}
    return [
        fact
        for fact in facts
        if fact.kind is not FactKind.PERIOD or any(item in said[fact.fact_id] for item in query.items)
    ]


def of_case(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """Facts of the case that the question names, in the document's words or by a word that only that case has."""
    named = _by_own_word(query, program, facts) or _literally(query, facts)
    kinds = {(fact.kind, fact.subprogram) for fact in named}
    return [fact for fact in facts if fact in named or (fact.kind, fact.subprogram) not in kinds]


def _literally(query: Query, facts: list[Fact]) -> list[Fact]:
    asked = fold(query.question)
    return [fact for fact in facts if fact.condition and len(fact.condition) > 2 and fold(fact.condition) in asked]


def _by_own_word(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """A word of the question that stands in one condition and in no other one chooses that condition.

    Words of the program's own names only say which program is meant.
    """
    cases = dict.fromkeys(fact.condition for fact in facts if fact.condition)
    words = {case: set(tokens(case)) - _COMMON for case in cases}
    counts = Counter(word for found in words.values() for word in found)
    names = fold("".join((program.program, *program.aliases, *program.subprograms, *program.section)))
    asked = {word for word in (*query.words, *query.weak) if len(word) > 1 and word not in names}
    chosen = {case for case, found in words.items() if any(counts[word] == 1 for word in found & asked)}
    if query.case:  # 「…の場合」: a condition that shares but a common word with the case asked for is another one
        case_words = {word for word in tokens(query.case) if len(word) > 1} - _COMMON
        chosen = {case for case in chosen if 2 * len(words[case] & case_words) > len(case_words)}
    return [fact for fact in facts if fact.condition in chosen]


def _of_words(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """Among unlike figures (offices, counts, amounts of a breakdown), those that the question's words speak of.

    Of a program that was only described, figures that none of the words speaks of are not told at all.
    """
    names = fold("".join((program.program, *program.aliases, *query.subprograms)))
    words = [word for word in query.words if word not in names]
    if not words:
        return facts
    kept: list[Fact] = []
    for kind in dict.fromkeys(fact.kind for fact in facts):
        same = [fact for fact in facts if fact.kind is kind]
        if kind in VARIED:
            most = max(_speaks(fact, words) for fact in same)
            spoken = [fact for fact in same if most and _speaks(fact, words) == most]
            same = spoken or (same if query.named or query.partly else [])
        kept += same
    return kept


def spoken_of(query: Query, facts: tuple[Fact, ...]) -> int:
    """How many of the question's words the figure that speaks of most of them holds."""
    return max((_speaks(fact, list(query.words)) for fact in facts if fact.kind in query.kinds), default=0)


def _speaks(fact: Fact, words: list[str]) -> int:
    said = fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}")
    return sum(word in said for word in words)
