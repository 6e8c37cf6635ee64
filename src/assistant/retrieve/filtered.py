"""The programs of a set that a question tells by one or more plain readings: a mark, a figure, an office, a heading.

It is read before looser readings (:mod:`.scope`): each reading takes its words off the question, and what is left must
be nothing that tells programs apart, or else it tells the set more closely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from ..figures import find_figures
from ..index import Index
from ..lexicon import says_any, table
from ..records import FactKind, Program, Query
from ..tokens import fold, nouns, tokens
from ..understand.places import regions_in
from .by_growth import GROWN, read_grown
from .by_period import read_ending, read_zero
from .closer import closer
from .delimited import Delimited, asked_of, filler, title_of
from .delimiters import by_office, measured_by, name_words
from .filters import (
    Unread,
    of_sort,
    read_family,
    read_figures,
    read_left_out,
    read_marks,
    read_money,
    read_moved,
    read_signs,
    read_uses,
)
from .headings import Heading, is_apart, named_headings
from .scope import Scope, delimit, narrowed, offices_in
from .spoken_set import rank_in, says_how_many
from .sums import is_of_rows
from .ticked import read_ticked, says_ticked
from .told import TOLD, read_told
from .topical import said_in_full

_SET = frozenset({"list", "count", "most", "least", "weak", "moved", "only", "ends", "each"})
_FUNDING = frozenset({FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL})
_RANK = frozenset({"most", "least"})
_LISTS = frozenset({"list", "weak", "ends", "each"})
FEW = 6  # programs of an office that are all listed where none has the topic asked for
KEPT = 64  # questions whose set is kept: it is asked for at several stages of one answer
CLOSER = "お尋ねの語に関係する"


def set_of(query: Query, index: Index, documents: set[str]) -> Scope | None:
    """The set that a question is about; None when it asks about no set, or about one that cannot be told."""
    return filtered(query, index, documents) or delimit(query, index, documents)


def filtered(query: Query, index: Index, documents: set[str]) -> Scope | None:
    """The set that plain readings tell; None where there is none, or where more is said than they read."""
    read = index.keep(filtered, lambda: lru_cache(KEPT)(partial(_filtered, index)))
    return read(query, frozenset(documents))


def _filtered(index: Index, query: Query, held: frozenset[str]) -> Scope | None:
    documents = set(held)
    question = re.sub(table("scopes")["aside"]["pattern"], "", query.question)
    asks = _asked(question)
    if not asks & _SET or asks & _summed(question) or not documents or query.carried:
        return None
    documents = narrowed(query, index, documents)
    if is_of_rows(question, index, documents):
        return None
    question = re.sub(table("scopes")["known"]["pattern"], "", question)
    grows = bool(asks & _RANK) and _ranked_by(question) == (FactKind.BUDGET_CHANGE,)
    offices = _asks_offices(question, asks)
    if offices and asks & _RANK and not grows:
        return None
    programs = of_sort(question, _candidates(index, documents, offices), index)
    unread = _read(question, programs, index, documents, asks)
    if unread.unsure:
        return Scope(asks, (), unmet=True)
    headings = [] if name_words(question) or offices else named_headings(unread.text, index, documents)
    for heading in headings:
        unread.text = unread.text.replace(heading.said, " ") if heading.said else unread.text
    if not (
        _tells(unread, asks) or (headings and asks & _RANK) or (grows and len({one.document for one in programs}) == 1)
    ):
        return None
    if _is_of_one(query, unread, index):
        return None
    members = _members(programs, headings, unread.found)
    left = _left(query, unread, headings, index, {one.document for one in members} or documents)
    plain = any(one.told == TOLD or one.told.startswith(GROWN) for one in unread.found)  # that none does is told
    if not members and asks & {"list", "weak", "count"} and plain:
        return _scope(unread, asks, [], headings)
    of_office = any("担当する" in one.told for one in unread.found)
    kept = closer(left, members, programs, index, topic=unread.text if of_office else None)
    if not kept and members and asks <= _LISTS and of_office:
        return replace(_scope(unread, asks, members if len(members) <= FEW else [], headings), unmet=True)
    return _scope(unread, asks, kept, headings, closer=len(kept) < len(members)) if kept else None


def _summed(question: str) -> set[str]:
    """What is asked of printed sums, and not of what plain readings tell; programs of a mark may be added up."""
    rules = table("scopes")
    if re.search(rules["signs"]["pattern"], question):
        return {"row", "share"}
    marked = says_any(question, rules["marks"]["said"].values())
    return {"row", "share"} if marked and says_how_many(question) else {"row", "share", "sum", "add"}


def _candidates(index: Index, documents: set[str], offices: bool) -> list[Program]:
    if offices:
        return list(offices_in(index, documents))
    programs = [one for one in index.programs.values() if one.document in documents and one.role == "program"]
    return [one for one in programs if not is_apart(one)] or programs


def _tells(unread: Unread, asks: frozenset[str]) -> bool:
    """Whether what was read tells a set; words said of programs alone do not where no list is asked for."""
    found = [one for one in unread.found if not (asks <= {"ends", "difference"} and one.told == TOLD)]
    if asks <= {"each", "difference"}:
        found = [one for one in found if "担当する" in one.told]
    return bool(found)


def _ranked_by(question: str) -> tuple[FactKind, ...]:
    """The kinds by which the most and the least are told: what is said beside them, else anywhere."""
    match = re.search(table("scopes")["rank"]["end"], question)
    if match is None:
        return measured_by(question)
    before = re.split(r"[、。]|の(?:うち|中|なか)", question[: match.start()])[-1]
    beside = before + re.split(r"[、。]", question[match.start() :])[0]
    kinds = measured_by(beside)
    said = kinds != (FactKind.BUDGET,) or re.search(table("scopes")["money"]["words"], beside)
    return kinds if said else measured_by(question)


def _asks_offices(question: str, asks: frozenset[str]) -> bool:
    """Whether the offices themselves are the set, and not the programs that they have."""
    rules = table("scopes")["offices"]
    return re.search(rules["asked"], question) is not None or bool(
        asks & _RANK and re.search(rules["pattern"], question)
    )


def _asked(question: str) -> frozenset[str]:
    """What is asked of the set; how far something grew (「伸び率は何%」) asks for no share and no difference."""
    asks = asked_of(question)
    if says_ticked(question):
        counts = re.search(table("scopes")["ticks"]["count"], question)
        asks = (asks - {"row", "sum", "share"}) | ({"count"} if counts else {"list"})
    if any(re.search(one, question) for one in table("scopes")["ends"]["patterns"]):
        asks |= {"ends"}
    if re.search(table("scopes")["each"]["pattern"], question):
        asks |= {"each"}
    moving = _ranked_by(question) == (FactKind.BUDGET_CHANGE,) or "only" in asks
    return asks - {"share", "row"} if moving or asks & _RANK else asks


def _read(question: str, programs: list[Program], index: Index, documents: set[str], asks: frozenset[str]) -> Unread:
    """What tells programs apart, each reading after the last; offices are no filter of themselves."""
    unread = Unread(question)
    office = by_office(question, index, documents) if all(one.role == "program" for one in programs) else None
    if office is not None:
        unread.found.append(office)
        for said in office.said:
            start = fold(question).find(fold(said)) if said not in question else question.find(said)
            unread.take(start, start + len(said))
    read_marks(unread, programs, index)
    read_left_out(unread, programs, index)
    read_ticked(unread, programs, index, listed=bool(asks & {"list", "count"}))
    read_signs(unread, programs, index)
    read_ending(unread, index)
    read_zero(unread, index)
    if not asks & _RANK:
        read_grown(unread, index)
    read_figures(unread, programs, index)
    if not (asks & _RANK and _orders_by_money(question)):
        read_money(unread, programs, index)
    if not asks & _RANK and not any("前年度" in one.told for one in unread.found):
        read_moved(unread, index)
    read_family(unread, programs)
    read_uses(unread, programs, index)
    read_told(unread, programs, index)
    return unread


def _orders_by_money(question: str) -> bool:
    """Whether a source of money tells the order (「いちばん一般財源を使っている」), and not which are meant."""
    if not set(_ranked_by(question)) & _FUNDING:
        return False
    rank = re.search(table("scopes")["rank"]["end"], question)
    said = [re.search(entry["words"], question) for entry in table("scopes")["money_from"]["entries"]]
    return not any(rank is not None and one is not None and one.end() <= rank.start() for one in said)


def _is_of_one(query: Query, unread: Unread, index: Index) -> bool:
    """Whether a question names a program outside the words that were read: it is about that one."""
    named = [index.programs[one] for one in query.named if index.programs[one].role == "program"]
    left = fold(unread.text)
    return any(said_in_full(query, one) and fold(one.program) in left for one in named)


def _members(programs: Sequence[Program], headings: list[Heading], plain: list[Delimited]) -> list[Program]:
    under = {one.id for heading in headings for one in heading.programs}
    kept = [one for one in programs if (not headings or one.id in under) and all(part.holds(one) for part in plain)]
    return sorted(kept, key=lambda one: (one.document, one.line_start))


def _left(query: Query, unread: Unread, headings: list[Heading], index: Index, documents: set[str]) -> list[str]:
    """The naming words of a question that were not read and that no title holds."""
    text = re.sub(table("scopes")["published"]["pattern"], " ", regions_in(unread.text, ())[1])
    for figure in reversed(find_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    known = {word for one in documents for word in tokens(title_of(index, one))} | filler()
    known |= {word for row in query.regions for word in tokens(row)}
    known |= {word for heading in headings for word in tokens(heading.words)}
    known |= {word for one in unread.found for said in one.said for word in tokens(said)}
    naming = nouns(text)
    left = [word for word in dict.fromkeys(tokens(text)) if word in naming and word not in known and len(word) > 1]
    return [word for word in left if not re.match(r"[\d_ぁ-ん]+$|[0-9.]+$|何", word)]


def _scope(
    unread: Unread, asks: frozenset[str], members: list[Program], headings: list[Heading], *, closer: bool = False
) -> Scope:
    """The set with what is asked of it: kinds and places in an order stand in what no reading took off."""
    plain, kinds = unread.found, _ranked_by(unread.text)
    moved = {"moved"} if any("前年度" in one.told for one in plain) else set()
    asks = (asks - {"weak", "moved", "row", "difference", "only", "ends", "each"}) or frozenset({"list"})
    if asks & _RANK:
        asks -= {"list", "count"}
    else:
        kinds = (FactKind.BUDGET,)
    return Scope(
        asks=asks | moved,
        programs=tuple(members),
        headings=tuple(headings),
        told=tuple(dict.fromkeys([*(one.told for one in plain if one.told), *([CLOSER] if closer else [])])),
        rank=rank_in(unread.text),
        kinds=kinds,
        stated=tuple(one for one in plain if one.states is not None),
        plain=True,
    )
