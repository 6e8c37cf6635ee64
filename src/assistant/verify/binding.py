"""A sentence's words are bound to its facts: program, part, kind, year, stage and region must be theirs.

A true figure under another program's name is as wrong as an invented one.
"""

from __future__ import annotations

import re
from functools import cache

from ..figures import find_figures, year_number
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, FigureKind
from ..tokens import fold
from ..understand.places import places_of, regions_in

NAMED = re.compile(r"「([^「」]+)」")
_BUDGETS = {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE}
_FUNDING = {FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL}


def words_hold(sentence: DraftSentence, index: Index) -> bool:
    """Whether what a sentence says around its figures is what its facts and quotes say."""
    text = _without_spoken(sentence.text, sentence)
    names = [name.replace("『", "「").replace("』", "」") for name in NAMED.findall(sentence.text)]
    if not all(_bound(name, sentence, index) for name in names):
        return False
    if not sentence.facts:
        return not sentence.quotes or _shows_quotes(sentence, names)
    plain = NAMED.sub(" ", text)
    return _years_hold(plain, sentence, index) and _places_hold(plain, sentence, index) and _kinds_hold(plain, sentence)


def _without_spoken(text: str, sentence: DraftSentence) -> str:
    """The sentence without the conditions, items and parts that its facts print themselves."""
    spoken = {
        part for fact in sentence.facts for part in (fact.condition, fact.item, fact.subprogram, fact.note) if part
    }
    for part in sorted(spoken, key=len, reverse=True):
        text = text.replace(part, " ")
    return text


def _bound(name: str, sentence: DraftSentence, index: Index) -> bool:
    """A bracketed name is that of a program or part the facts are of, or words that a quote or fact holds."""
    plain = fold(name)
    programs = {fact.program_id for fact in sentence.facts}
    programs |= {index.passages[place].program_id for place, _ in sentence.quotes if place in index.passages}
    own = [index.programs[one] for one in programs]
    if any(plain in map(fold, (one.program, *one.aliases)) for one in own):
        return True
    parts = [fold(fact.subprogram) for fact in sentence.facts if fact.subprogram]
    said = (
        [*parts]
        + [fold(fact.condition or "") for fact in sentence.facts]
        + [fold(quote) for _, quote in sentence.quotes]
    )
    if any(_inside(plain, one) for one in said):
        return True
    return not (sentence.facts or sentence.quotes)  # a refusal names what it has nothing of


def _inside(name: str, said: str) -> bool:
    return (bool(name) and name in said.replace("「", "").replace("」", "")) or name in said


def _shows_quotes(sentence: DraftSentence, names: list[str]) -> bool:
    """Each quote is shown in the sentence, or prints a name that the sentence shows."""
    shown = [fold(name) for name in names]
    plain = fold(sentence.text.replace("『", "「").replace("』", "」"))
    for _, quote in sentence.quotes:
        if not quote.strip():
            return False
        said = fold(quote.replace("\t", " "))
        if said not in plain and not any(_prints(name, said) for name in shown):
            return False
    return True


def _prints(name: str, line: str) -> bool:
    """A line prints a name, or (shortened, misprinted) at least the start of it."""
    return len(name) >= 2 and (name in line or name[:6] in line)


def _years_hold(text: str, sentence: DraftSentence, index: Index) -> bool:
    held = {year_number(fact.fiscal_year) for fact in sentence.facts}
    held |= {year_number(index.documents[fact.document].fiscal_year) for fact in sentence.facts}
    years = [figure for figure in find_figures(text) if figure.kind is FigureKind.YEAR]
    return all(year_number(figure.text) in held for figure in years)


def _places_hold(text: str, sentence: DraftSentence, index: Index) -> bool:
    held = {index.documents[fact.document].region for fact in sentence.facts}
    return set(regions_in(text, places_of(index.documents.values()))[0]) <= held


def _kinds_hold(text: str, sentence: DraftSentence) -> bool:
    """Words that call a figure something (補助率, 融資限度額 …) must suit some fact, and stages its stage."""
    kinds = {fact.kind for fact in sentence.facts}
    stages = {fact.stage for fact in sentence.facts}
    for label, meant in _labels():
        if label in text:
            text = text.replace(label, " ")
            if not meant & kinds:
                return False
    calls = [stage for stage, label in table("kinds")["stages"].items() if label in sentence.text and stage in label]
    return all(stage in stages or _is_source(sentence.text, stage) for stage in calls)


def _is_source(text: str, stage: str) -> bool:
    return f"{stage}の資料" in text and f"{stage}額" not in text


@cache
def _labels() -> tuple[tuple[str, frozenset[FactKind]], ...]:
    """What each label may be said of, longest label first."""
    found: dict[str, set[FactKind]] = {}
    for name, label in table("kinds")["labels"].items():
        found.setdefault(label, set()).add(FactKind(name))
    for label in {"予算額", "事業費", "現計額", *table("kinds")["stages"].values()}:
        found.setdefault(label, set()).update(_BUDGETS)
    found["財源内訳"] = set(_FUNDING)
    found["内訳"] = {FactKind.BREAKDOWN, *_FUNDING}
    found["据置期間"] = {FactKind.LOAN_TERM}
    for vague in ("その他", "その他の数値", "件数など"):
        found.pop(vague, None)
    longest = sorted(found, key=len, reverse=True)
    return tuple((label, frozenset(found[label])) for label in longest)


def slots_hold(sentence: DraftSentence) -> bool:
    """Whether the slots {0}, {1} … are exactly the facts, and no other brace stands in the text."""
    slots = re.findall(r"\{(\d+)\}", sentence.text)
    if {int(slot) for slot in slots} != set(range(len(sentence.facts))):
        return False
    return not re.search(r"[{}]", re.sub(r"\{\d+\}", "", sentence.text))


def spoken_by(facts: tuple[Fact, ...], quotes: tuple[tuple[int, str], ...]) -> str:
    """All words that facts and quotes bring into a sentence: figures in them may stand outside slots."""
    parts = [part for fact in facts for part in (fact.condition, fact.item, fact.note) if part]
    return "\n".join([*parts, *(quote for _, quote in quotes)])
