"""Answers in the document's own words: what a program is, whom it is for, what it pays for, where to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..index import Index
from ..programs.names import match_form
from ..records import DraftSentence, Fact, FactKind, Hit, Program, Query
from ..tokens import fold
from .every import gathered
from .focus import Focus, asks, asks_also, asks_number, beside_office, foci_of, focus
from .labels import called, fact_label
from .offices import counters, flagged, marks, offices, parts, quoted, section, source
from .preamble import preamble
from .select import own_parts
from .telling import BROAD, ROOM, Ranked, all_of, best, in_order, rank
from .units import Unit, printed_as, units_of

SCARCE = frozenset({"fee"})  # what is told only where the document speaks of it
NARROW = frozenset({"fee", "source", "flow"})  # what only a piece that speaks of it tells
_OPEN = frozenset({"activity", "aim", "change"})  # what any description tells something of
_TOLD = (FactKind.BUDGET, FactKind.LOAN_LIMIT, FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT)  # the first is told
_COUNTED = frozenset({FactKind.COUNT, FactKind.TARGET})
_TERM = re.compile(r"[一-龠々ァ-ヶーa-z0-9]{5,}")  # that the documents name something by
FEW = 4  # pieces of a program of which little is said: nothing nearer is printed
_BRIEF = 80  # characters of all that is said of a program, told whole
_NAMED = 5  # letters of a name that a question says


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences, and whether they hold what was asked for or only what is nearest to it."""

    sentences: tuple[DraftSentence, ...]
    answers: bool = True
    found: bool = True  # what was asked for, not only what is nearest to it


def tell(query: Query, hit: Hit, index: Index) -> Told:
    """What a question asks of a program, in the program's own words; nothing when nothing of it is printed."""
    question = own_question(query, hit, index)
    if asks(question, "section") and (found := section(hit, index)):
        return Told(tuple(found))
    if asks(question, "marks") and (found := flagged(question, hit, index) or marks(question, hit, index)):
        return Told(tuple(found))
    if asks(question, "types") and (found := parts(question, hit, index)):
        return Told(tuple(found))
    wanted = foci_of(question)
    office = asks(question, "office")
    if office or (query.intent == "where" and not asks(query.question, "office")):
        return _offices(query, hit, index, beside_office(question) if office else [])
    if query.intent == "who" and not wanted:
        wanted = [focus("person")]
    return _described(query, hit, index, wanted)


def tell_first(query: Query, hit: Hit, index: Index) -> list[DraftSentence]:
    """What words answer although a figure seems to be asked for: what it costs the user, which 枠 there are."""
    question = own_question(query, hit, index)
    if set(query.kinds) <= _COUNTED and query.kinds and asks(question, "types"):
        return parts(question, hit, index)
    whom = set(query.kinds) == {FactKind.PHONE} and asks(question, "office") and not asks_number(question)
    if whom and (also := counters(hit, index)):
        return [*offices(hit, index), *also]
    if not asks_also(question, "fee") or asks(question, "office"):
        return []
    told = _described(query, hit, index, [focus("fee")])
    return list(told.sentences) if told.answers else []


def without_name(question: str, program: Program) -> str:
    """A question without the program's name, or the longest piece of it that it says: a name asks for nothing."""
    plain = fold(question)
    names = sorted({fold(name) for name in (program.program, *program.aliases)}, key=len, reverse=True)
    for name in names:
        piece = SequenceMatcher(None, plain, name, autojunk=False).find_longest_match()
        if piece.size >= min(_NAMED, len(name)):
            plain = f"{plain[: piece.a]}、{plain[piece.a + piece.size :]}"
    return plain


def own_question(query: Query, hit: Hit, index: Index) -> str:
    """A question without the program's name and the terms that it prints: 「DX推進相談窓口」 asks for no office."""
    said = index.said_of(hit.program.id)
    plain = without_name(query.question, hit.program)
    return _TERM.sub(lambda term: "〓" if term[0] in said else term[0], plain)


# ---- sentences


def _offices(query: Query, hit: Hit, index: Index, wanted: Sequence[Focus]) -> Told:
    found = [*offices(hit, index), *counters(hit, index)]
    scarce = all(one.name in SCARCE for one in wanted)
    also = _described(query, hit, index, wanted) if wanted else Told(())
    if not (scarce or (also.answers and also.found)):
        also = Told(())
    if not found:
        text = f"{called(hit.program)}の担当課や窓口の名前は、資料に記載がありません。"
        return Told((DraftSentence(text), *also.sentences), answers=False)
    return Told((*found, *also.sentences))


def _described(query: Query, hit: Hit, index: Index, wanted: Sequence[Focus]) -> Told:
    units = units_of(hit.program, index)
    scarce = bool(wanted) and all(one.name in SCARCE for one in wanted)
    chosen: list[Unit] = []
    told: list[Focus] = []
    for one in wanted:
        ranked = rank(query, hit.program, units, one, index)
        picked = gathered(query.question, _of_focus(ranked, one), ranked)
        if picked:
            told.append(one)
            chosen += [unit for unit in picked if unit not in chosen]
    if scarce:
        return Told((_sentence(query, hit, in_order(chosen), told, index),)) if chosen else Told((), answers=False)
    if chosen:
        return Told((_sentence(query, hit, _fitting(chosen), told, index),))
    ranked = rank(query, hit.program, units, None, index)
    if not any(one.unit.form != "head" for one in ranked):
        return _row_only(hit, index, wanted)
    missing = bool(wanted)
    picked = gathered(query.question, all_of(ranked) or best(ranked), ranked)
    sentence = _sentence(query, hit, _fitting(picked), told, index, missing=missing)
    whole = len(units) <= FEW and set(picked) >= {one.unit for one in ranked if one.unit.form != "head"}
    return Told((sentence,), found=whole or not missing)


def _of_focus(ranked: Sequence[Ranked], asked: Focus) -> list[Unit]:
    """What tells of one thing that is asked for: what the document calls so, else the best that a cue is found in."""
    if not any(one.tells for one in ranked):
        return []
    if asked.name in NARROW:
        return best([one for one in ranked if one.tells])
    top = ranked[0]
    short = all_of(ranked)
    if short is not None and sum(len(unit.text) for unit in short) <= _BRIEF and top.unit in short:
        return short
    labelled = [one for one in ranked if one.labelled and one.score >= 0.5 * top.score]
    if labelled and asked.name not in BROAD:
        return in_order([*best(labelled), *([top.unit] if not top.labelled and top.unit.form != "head" else [])])
    whole = all_of(ranked)
    if whole is not None and top.unit in whole:
        return whole
    chosen = best(ranked)
    first = next(one for one in ranked if one.tells)
    return chosen if first.unit in chosen or first.score < 0.6 * top.score else in_order([*chosen[:2], first.unit])


def _fitting(units: Sequence[Unit]) -> list[Unit]:
    """As many of the pieces as there is room for, in printed order; always one."""
    kept: list[Unit] = []
    for unit in units:
        if kept and sum(len(one.text) for one in kept) + len(unit.text) > 1.3 * ROOM:
            continue
        kept.append(unit)
    return in_order(kept)


def _sentence(
    query: Query, hit: Hit, units: Sequence[Unit], told: Sequence[Focus], index: Index, *, missing: bool = False
) -> DraftSentence:
    part = _part(query, hit.program, units, index)
    name = called(hit.program, quoted(part[1]) if part else None)
    words = "".join(f"「{quoted(unit.text)}」" for unit in units)
    quotes = [(unit.passage, unit.quote) for unit in units]
    if len(told) == 1 and told[0].name == "person" and len(units) == 1 and units[0].label in told[0].labels:
        text = f"{name}の対象は{words}です。"
    elif told:
        lead = "と".join(dict.fromkeys(one.lead for one in told))
        text = f"{name}の{lead}について、次の記載があります。{words}"
    elif missing:
        text = f"{name}について、お尋ねの点に直接触れた記載は見当たりませんが、次の記載があります。{words}"
    else:
        text = f"{name}は次のように説明されています。{words}"
    return DraftSentence(f"{source(hit, index)}{text}", quotes=(*([part] if part else []), *quotes))


def _part(query: Query, program: Program, units: Sequence[Unit], index: Index) -> tuple[int, str] | None:
    """The part of the program that a question names and the pieces stand in, as printed above them."""
    if asks(query.question, "name") and (heads := {unit.heads[-1:] for unit in units}) and len(heads) == 1:
        for passage in index.passages_of(program.id):
            for head in next(iter(heads)):
                bare = head.strip("（）()【】〔〕 　")
                if passage.id == units[0].passage and match_form(bare) != match_form(program.program):
                    return (passage.id, printed) if (printed := printed_as(bare, passage.text)) else None
    for name in own_parts(query, program):
        under = [unit for unit in units if any(fold(name) in fold(head) for head in unit.heads)]
        if under and len(under) == len(units) and match_form(name) != match_form(program.program):
            for passage in index.passages_of(program.id):
                if passage.id == under[0].passage and (printed := printed_as(name, passage.text)):
                    return passage.id, printed
    return None


def _is_plain(fact: Fact, kind: FactKind) -> bool:
    """Whether a fact can be told without a case."""
    return fact.kind is kind and not (fact.condition or fact.subprogram or "example" in fact.flags)


def _row_only(hit: Hit, index: Index, wanted: Sequence[Focus]) -> Told:
    """A row that only names a program: where it stands, its amount, its office, and that nothing else is said.

    A name may tell what is asked for: 「…協会補助…」.
    """
    prose = preamble(hit, index) if wanted else None
    if prose and any(one.cues.search(fold(prose[0])) for one in wanted):
        return Told((prose[1],))
    found = section(hit, index)
    figure = next((one for kind in _TOLD for one in index.facts_of(hit.program.id) if _is_plain(one, kind)), None)
    if figure:
        text = f"{source(hit, index)}{called(hit.program)}の{fact_label(figure)}は{{0}}です。"
        found.append(DraftSentence(text, (figure,)))
    found += offices(hit, index)
    missing = "と".join(dict.fromkeys(one.lead for one in wanted if one.name not in _OPEN)) or "内容の説明"
    found.append(DraftSentence(f"{called(hit.program)}の{missing}は、資料に記載がありません。"))
    named = any(one.cues.search(fold(hit.program.program)) for one in wanted)
    closed = any(one.name not in _OPEN for one in wanted)
    return Told(tuple(found), answers=named or not closed)
