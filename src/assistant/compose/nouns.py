"""Quantities that no kind of fact is, asked for by what documents call them: 受講料, 総事業費, 使用料, 売上高.

They are told from facts that the document itself calls so, and from nothing else: a budget is no fee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, Hit, Query
from ..tokens import fold, search_form
from ..understand.asked import asked_kinds
from .context import beside
from .figures import figure_sentences, sentences_of
from .labels import called
from .words import without_name
from .years import of_asked_year

K = FactKind
_UNNAMED = (K.OTHER, K.COUNT, K.TARGET)  # kinds whose name says nothing of what a figure is
_PAID = (K.SUBSIDY_RATE, K.SUBSIDY_LIMIT)
_SHORTEST = 2  # letters of what a document calls a figure
_FEE = re.compile(r"[一-龠ァ-ヶー]{1,8}[料代額]")  # a case that names a quantity: 小間料
_WHOLE_COST = "総事業費"  # a word for a budget, unless the document sets it beside the year's


@dataclass(frozen=True, slots=True)
class _Noun:
    """A quantity that is asked for: what it is called, and the words that ask for it."""

    forms: tuple[str, ...]
    start: int
    end: int


def noun_sentences(query: Query, hit: Hit, index: Index) -> list[DraftSentence]:
    """What is stated of the quantities that a question asks for by name, then of the kinds that it asks for beside.

    [] when it asks for none, or when nothing that it asks for is stated.
    """
    plain = search_form(without_name(query.question, hit.program))
    nouns = list(_asked(plain, hit, index))
    home = hit.program.fiscal_year
    every = of_asked_year(query.question, query.figure_year, home, index.facts_of(hit.program.id))
    facts = [[fact for fact in every if _is_called(fact, noun)] for noun in nouns]
    told = list(dict.fromkeys(fact for found in facts for fact in found))
    if not nouns or (not told and not _kinds_beside(plain, nouns)):
        return []
    sentences = sentences_of(replace(query, kinds=(), open_amount=False), hit.program, index, told) if told else []
    kinds = _kinds_beside(plain, nouns)
    if kinds:
        asked = replace(query, kinds=kinds, open_amount=False)
        sentences += figure_sentences(asked, hit.program, index, last_year=False)
    if not any(one.facts or one.quotes for one in sentences):
        return []
    missing = [noun.forms[0] for noun, found in zip(nouns, facts, strict=True) if not found]
    return sentences + [_not_stated(hit, word) for word in missing if not _is_printed(word, hit, index)]


def _asked(plain: str, hit: Hit, index: Index) -> Iterator[_Noun]:
    """The quantities that a question asks for: those of the list, and what its program calls its own figures."""
    for match in _strange().finditer(plain):
        if not _is_paid_for(forms_of(match["word"]), hit, index):
            yield _Noun(forms_of(match["word"]), match.start("word"), match.end())
    others = [one for one in index.facts_of(hit.program.id) if one.kind is K.OTHER and "example" not in one.flags]
    own = {fold(fact.item or "") for fact in others}
    own |= {fold(fact.condition) for fact in others if fact.condition and _FEE.fullmatch(fact.condition)}
    for item in sorted(own, key=len, reverse=True):
        if len(item) < _SHORTEST or item in _listed() or (asked_kinds(item).kinds and item != _WHOLE_COST):
            continue
        for match in re.finditer(re.escape(item) + _asks(), plain):
            yield _Noun((item,), match.start(), match.end())


def _is_paid_for(forms: tuple[str, ...], hit: Hit, index: Index) -> bool:
    """Whether a quantity is what a program pays for: 「家賃は月いくら」 asks for the limit of 店舗賃借料."""
    paid = (fact for fact in index.facts_of(hit.program.id) if fact.kind in _PAID)
    return any(form in fold(f"{fact.subprogram or ''}{fact.condition or ''}") for fact in paid for form in forms)


def _kinds_beside(plain: str, nouns: list[_Noun]) -> tuple[FactKind, ...]:
    """The kinds that the rest of the question asks for."""
    for noun in sorted(nouns, key=lambda one: one.start, reverse=True):
        plain = f"{plain[: noun.start]}〓、{plain[noun.end :].removeprefix('と')}"
    return asked_kinds(plain).kinds


def _is_called(fact: Fact, noun: _Noun) -> bool:
    if fact.kind not in _UNNAMED:
        return False
    said = fold(f"{fact.item or ''}{fact.condition or ''}{beside(fact) if fact.kind is K.OTHER else ''}")
    return any(form in said for form in noun.forms)


def _is_printed(word: str, hit: Hit, index: Index) -> bool:
    return any(form in fold(page.text) for page in index.passages_of(hit.program.id) for form in forms_of(word))


def _not_stated(hit: Hit, word: str) -> DraftSentence:
    return DraftSentence(f"{called(hit.program)}の{word}は、収録した資料に記載がありません。")


@lru_cache(10_000)
def forms_of(word: str) -> tuple[str, ...]:
    """A quantity's name and what documents and askers call it as well, folded."""
    alike = next((names for names in table("questions")["strange"]["alike"] if word in names), ())
    return tuple(fold(name) for name in dict.fromkeys((word, *alike)))


@cache
def _listed() -> frozenset[str]:
    rules = table("questions")["strange"]
    return frozenset(map(fold, (*rules["words"], *(name for names in rules["alike"] for name in names))))


def _asks() -> str:
    return str(table("questions")["strange"]["asks"])


@cache
def _strange() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _listed()), key=len, reverse=True))
    return re.compile(rf"(?P<word>{words}){_asks()}")
