"""Which programs an answer in words is about, where retrieval's first one is not all that is asked of.

Two things asked side by side (「…のほうと…のほう、それぞれ」) are two programs; a term that one page alone explains
(後継者人材バンク) is asked of that page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..index import Index
from ..lexicon import table
from ..records import Hit, Program, Query
from ..tokens import fold, nouns, tokens
from .focus import several

_TERM = re.compile(r"[一-龠々ァ-ヶーA-Za-z]{5,}")
_AND = re.compile(r"[、,。?？]|(?:の)?(?:ほう|方)?と(?!い|し|か|き|こ|は|も)|ほう|それぞれ")
_PHRASE = re.compile(r"[「『\"“]([^「」『』\"“”]{2,24})[」』\"”]")
_DEEP = re.compile(r"[一-龠々ァ-ヶーa-z]{6,}|[一-龠々ァ-ヶー]{2,}[a-z]{2,}|(?<![a-z])[a-z]{3,5}(?![a-z])")
_MIXED = re.compile(r"(?=[一-龠々]*[ァ-ヶ])(?=[ァ-ヶー]*[一-龠々])[一-龠々ァ-ヶー]{5,}")  # 世耕プラン
_LETTERS = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-ZＡ-Ｚ]{3,6}(?![A-Za-zＡ-Ｚａ-ｚ])")  # GNCJ
_ENOUGH = 0.8  # of a clause's words stand in the name


def meant(query: Query, told: tuple[Hit, ...], found: tuple[Hit, ...], index: Index) -> tuple[Hit, ...]:
    """The programs to tell of: those told anyway, or those that the question's clauses or a term of it name.

    ``found`` are all that retrieval found.
    """
    if several(query.question) and len(told) < 2:
        pair = _side_by_side(query, found, index)
        if len(pair) > 1:
            return pair
    if not query.named and told:
        page = _page_of_term(query, told[0], index)
        if page is not None:
            return (page,)
    return told


def _side_by_side(query: Query, hits: tuple[Hit, ...], index: Index) -> tuple[Hit, ...]:
    named = {one: index.programs[one] for one in query.named if one in index.programs}
    plain = query.question
    for program in named.values():
        for name in sorted((program.program, *program.aliases), key=len, reverse=True):
            plain = plain.replace(name, "、")
    filler = frozenset(table("questions")["filler"]["words"])
    naming = nouns(query.question)
    context: set[str] = set()
    found: dict[str, Program] = dict(named)
    documents = {one.document for one in named.values()}
    for clause in _AND.split(plain):
        words = {word for word in tokens(clause) if word in naming and word not in filler and len(word) > 1}
        likely = [hit.program for hit in hits]
        best = None
        for pool in (likely, _held(query, index)) if len(words) > 1 else ():
            best = best or _by_name(clause, words, context, pool, documents, index)
        if best is not None:
            found.setdefault(best.id, best)
            documents = documents or {best.document}
        else:
            context |= words
    scores = {hit.program.id: hit for hit in hits}
    ordered = sorted(found.values(), key=lambda one: _place(one, query))
    return tuple(scores.get(one.id) or Hit(one, index.passages_of(one.id), 0.0) for one in ordered)


def _place(program: Program, query: Query) -> int:
    """Where a question comes to a program: in the order of its words."""
    asked = list(dict.fromkeys(tokens(query.question)))
    own = set(tokens(program.program))
    return next((place for place, word in enumerate(asked) if word in own and len(word) > 1), len(asked))


def _by_name(
    clause: str, words: set[str], context: set[str], pool: Sequence[Program], documents: set[str], index: Index
) -> Program | None:
    """The one program whose name holds nearly all of a clause's words; among several the one that its context names."""
    rarity = index.rarity(sorted(words))
    whole = sum(rarity.get(word, 5.0) for word in words)
    fit = []
    for program in pool:
        if documents and program.document not in documents:
            continue
        own = set(tokens(" ".join((program.program, *program.aliases))))
        share = sum(rarity.get(word, 5.0) for word in words & own) / whole if whole else 0.0
        if share >= _ENOUGH:
            fit.append((share, len(context & own), _common(fold(clause), fold(program.program)), program))
    fit.sort(key=lambda one: one[:3], reverse=True)
    if not fit or (len(fit) > 1 and fit[0][:3] == fit[1][:3]):
        return None
    return fit[0][3]


def _common(one: str, other: str) -> int:
    """The length of the longest piece that two texts share."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size


def _page_of_term(query: Query, told: Hit, index: Index) -> Hit | None:
    """The one program whose page says a long word of the question that the program found does not say."""
    for term in dict.fromkeys(map(fold, _TERM.findall(query.question))):
        if term in index.said_of(told.program.id):
            continue
        holders = [one for one in _held(query, index) if term in index.said_of(one.id)]
        if len(holders) == 1:
            return Hit(holders[0], index.passages_of(holders[0].id), told.score)
    return None


def page_of_phrase(query: Query, index: Index) -> Hit | None:
    """The program whose text alone says a term of the question, where no program is found surely enough by the rest.

    「地域PF」って誰が作っているものですか, 承継コーディネーターは何人: a term stands deep in one program's text.
    """
    if query.unknown_part or query.towns:
        return None
    held = _held(query, index)
    plain = fold(query.question)
    letters = map(fold, _LETTERS.findall(query.question))
    phrases = map(fold, _PHRASE.findall(query.question))
    for term in dict.fromkeys((*phrases, *_DEEP.findall(plain), *_MIXED.findall(plain), *letters)):
        holders = [one for one in held if term in index.said_of(one.id)]
        if len(holders) == 1:
            return Hit(holders[0], index.passages_of(holders[0].id), 1.0)
    return None


def page_of_letters(query: Query, found: tuple[Hit, ...], index: Index) -> Hit | None:
    """The program that alone prints an abbreviation of the question, where the one that was found does not: GNCJ."""
    if query.named or query.carried or query.towns or not found:
        return None
    for term in dict.fromkeys(map(fold, _LETTERS.findall(query.question))):
        if any(term in index.said_of(hit.program.id) for hit in found[:1]):
            return None
        holders = [one for one in _held(query, index) if term in index.said_of(one.id)]
        if len(holders) == 1:
            return Hit(holders[0], index.passages_of(holders[0].id), 1.0)
    return None


def _held(query: Query, index: Index) -> Sequence[Program]:
    regions = {one.id: one.region for one in index.documents.values()}
    return [
        one
        for one in index.programs.values()
        if one.role == "program" and (not query.regions or regions[one.document] in query.regions)
    ]
