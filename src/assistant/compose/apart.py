"""Parts and cases of one program that a question describes side by side: 「現地に出る型と全国展開の型では?」.

Each piece of the question is heard like a question of its own; a piece that leaves several figures chooses none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import Fact, FactKind, Program, Query
from ..understand import understand
from ..understand.reckoning import Piece, pieces_of
from .figures import once
from .operands import is_stretch_of, vocabulary_of
from .select import stated

_ASIDE = re.compile(
    r"[^。、,?？\s]*(?:使わ|し|で|じゃ|では|受け)ない[^。、,?？]*|[^。、,?？\s]*(?:なし|抜き|以外)[^。、,?？]*"
)
_MARK = re.compile(r"^\(([0-9])\)$")
_MEANS = re.compile(r"\(([0-9])\)＝([^、]*(?:、(?!\()[^、]*)*)")


def described_apart(
    query: Query, program: Program, kinds: tuple[FactKind, ...], facts: list[Fact], index: Index
) -> list[Fact]:
    """The figures of the pieces of a question's list: one of each kind for each piece; [] when a piece has none."""
    known = vocabulary_of(index)
    spans = [(one.start, one.end) for one in known.mentions(query.question)]
    for fine in (False, True):
        pieces = _listed(list(pieces_of(query.question, spans, fine=fine).pieces))
        if any(is_stretch_of(one.text, program, query, index) for one in pieces):
            return []  # 「IoT・AIとロボット」: programs, no parts of one
        if not 2 <= len(pieces) <= 4:
            continue
        found: list[Fact] = []
        for kind in kinds:
            same = [fact for fact in facts if fact.kind is kind]
            chosen = [_chosen(piece, query, program, same, index) for piece in pieces] if len(same) > 1 else []
            clear = [fact for fact in chosen if fact is not None]
            if len(clear) == len(pieces) and len({fact.fact_id for fact in clear}) == len(pieces):
                found += with_those_described(query, program, clear, same, index)
        if found:
            return found
    return []


def with_those_described(
    query: Query, program: Program, chosen: list[Fact], facts: list[Fact], index: Index
) -> list[Fact]:
    """Figures of the parts that a question names, with those that other pieces of it describe."""
    known = vocabulary_of(index)
    spans = [(one.start, one.end) for one in known.mentions(query.question)]
    found = {fact.fact_id: fact for fact in chosen}
    for piece in pieces_of(query.question, spans).pieces if len(chosen) > 1 else ():
        if understand(piece.text, known).words and (fact := _chosen(piece, query, program, facts, index)):
            found.setdefault(fact.fact_id, fact)
    return list(found.values()) if len(found) < len(once(facts)) or len(found) == len(chosen) + 1 else chosen


def described_behind(query: Query, program: Program, facts: list[Fact], index: Index) -> Fact | None:
    """「…事業のうち、人を育てる分は何%?」: the one figure that is described behind the program's name."""
    known = vocabulary_of(index)
    said = [one for one in known.mentions(query.question) if program.id in one.programs]
    if not said:
        return None
    spans = [(one.start, one.end) for one in said]
    pieces = [one for one in pieces_of(query.question, spans).pieces if one.start >= said[-1].end]
    found = [_chosen(piece, query, program, facts, index) for piece in pieces]
    clear = {fact.fact_id: fact for fact in found if fact is not None}
    return next(iter(clear.values())) if len(clear) == 1 else None


def _listed(pieces: list[Piece]) -> list[Piece]:
    """Those that 「と」 and the like join; behind the last of them no other stands in the list."""
    places = range(len(pieces))
    return [pieces[at] for at in places if pieces[at].joined or (at + 1 in places and pieces[at + 1].joined)]


def _names_another(piece: Piece, program: Program, query: Query, index: Index) -> bool:
    """Whether a piece says a program, or a region, that is not this one's."""
    own = understand(piece.text, vocabulary_of(index))
    elsewhere = set(own.regions) & set(query.regions) - {index.documents[program.document].region}
    return bool(own.named and program.id not in own.named) or bool(elsewhere)


def _chosen(piece: Piece, query: Query, program: Program, facts: list[Fact], index: Index) -> Fact | None:
    """The one figure of a kind that a piece describes; None when it leaves none or several."""
    marked = _by_meaning(piece.text, query, facts)
    if marked is not None or _names_another(piece, program, query, index):
        return marked
    aside = [match[0] for match in _ASIDE.finditer(query.question) if match.start() >= piece.end]
    own = understand("、".join((piece.text, *aside)), vocabulary_of(index))
    parts = tuple(part for part in own.subprograms if part in program.subprograms)
    shared = tuple(part for part in query.subprograms if part in program.subprograms and len(query.subprograms) == 1)
    if parts == () and shared and {fact.subprogram for fact in facts} > set(shared):
        inside = [fact for fact in facts if fact.subprogram in shared]
        parts = shared if len(inside) > 1 and shared[0] not in piece.text else ()
        facts = inside if parts else facts
    own = replace(
        own, kinds=(facts[0].kind,), named=(program.id,), subprograms=parts, open_amount=False, operation=None,
        unknown_part=None, unknown_name=None, unknown_kind=None, fiscal_year=None, stage=None,
    )  # fmt: skip
    every = {fact.fact_id for fact in facts}
    found = once([fact for fact in stated(own, program, index, own.kinds) if fact.fact_id in every])
    if len(found) == 1 and len(once(facts)) > 1 and _is_told(found[0]):
        return found[0]
    return None


def _is_told(fact: Fact) -> bool:
    """Whether something sets a figure apart that can be told with it."""
    return bool(fact.condition or fact.subprogram or (fact.kind is FactKind.BREAKDOWN and fact.item))


def _by_meaning(text: str, query: Query, facts: list[Fact]) -> Fact | None:
    """The figure of a numbered case whose meaning a piece says: (1)＝…計画に基づいて事業を営むとき."""
    said = _bigrams(text)
    scores: list[tuple[float, Fact]] = []
    for fact in facts:
        mark = _MARK.match(fact.condition or "")
        means = dict(_MEANS.findall(fact.note or "")) if mark else {}
        if mark and mark[1] in means and (not query.subprograms or fact.subprogram in query.subprograms):
            scores.append((len(said & _bigrams(means[mark[1]])) / max(len(said), 1), fact))
    scores.sort(key=lambda one: -one[0])
    if len(scores) > 1 and scores[0][0] >= 0.4 and scores[1][0] <= scores[0][0] * 0.6:  # half of its words, and clear
        return scores[0][1]
    return None


def _bigrams(text: str) -> set[str]:
    kept = re.sub(r"[^一-龠々ァ-ヶーA-Za-z]", " ", text)
    return {word[place : place + 2] for word in kept.split() for place in range(len(word) - 1)}
