"""The things a question asks about, wherever it speaks of them: programs, parts of them, funds, offices, totals.

Nothing need join them.  Each stretch of the question is bound to the region, the year and the brackets nearest to it,
and is a thing when it says a name or all that one name says; where several regions are spoken of, each has its own,
else the like of what the question describes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from ..index import Index
from ..programs.names import match_form
from ..records import Program, Query
from ..understand.reckoning import bare, says, stretches_of
from .in_regions import described_in, in_regions
from .operands import MOST, Operand, Operands, asking, reads_as_name
from .stretches import Stretch, cuts_finer, key_of, operand_for, read_stretches

KEPT = 64  # questions whose things are kept: they are asked for at several stages of one answer
_LONG_ENOUGH = 5  # letters of a shared name that say it
_LISTS = ("sum", "each", "compare", "difference")


def things_of(query: Query, index: Index) -> Operands | None:
    """Two or more things that a question asks about, each bound to its region; None when it does not tell which."""
    read = index.keep(things_of, lambda: lru_cache(KEPT)(partial(_things_of, index)))
    return read(query)


def _things_of(index: Index, query: Query) -> Operands | None:
    variants = variants_of(query, index)
    if variants is not None:
        return variants
    stretches: list[Stretch] = []
    for fine in (False, True):
        if not fine or cuts_finer(query, index):
            stretches = read_stretches(query, index, fine)
        regions = dict.fromkeys(one.region for one in stretches if one.region)
        found = in_regions(stretches, query, index) if len(regions) > 1 else None
        found = found or _in_list(stretches, query, index) or (_led(stretches, query, index) if fine else None)
        if found is not None:
            return replace(found, found=tuple(_alone(one, found, query) for one in found.found))
    return None


def _alone(thing: Operand, things: Operands, query: Query) -> Operand:
    """A thing asked about without the words that say the others: they choose none of its cases."""
    if thing.query.question != query.question:
        return thing
    text = query.question
    for other in sorted(things.found, key=lambda one: -one.start):
        if other is not thing and (other.end <= thing.start or thing.end <= other.start):
            text = f"{text[: other.start]}、{text[other.end :]}"
    return replace(thing, query=replace(thing.query, question=text))


# ---- a list


def _in_list(stretches: Sequence[Stretch], query: Query, index: Index) -> Operands | None:
    """The things that a question says by their names, and those of a list that are not found."""
    said: list[Operand] = []
    missing: list[str] = []
    places: list[int] = []  # of the things
    open_ones: list[int] = []  # of what is joined to one, and says none
    met = {place: one.thing for place, one in enumerate(stretches) if one.thing is not None}
    for place, one in enumerate(stretches):
        behind = place + 1 if _joined_behind(stretches, place) else None
        before = place - 1 if one.piece.joined else None
        beside = [met[other] for other in (before, behind) if other is not None and other in met]
        in_list = bool(beside)
        thing = one.thing or _sibling(one, beside, query)
        if thing is None and one.content and in_list and query.operation and (name := _name_of(one, query)):
            thing = _beside(one, query, index)
            missing += [] if thing else [name]
        elif thing is None and one.content and in_list:
            open_ones.append(place)
        if thing is not None:
            met[place] = thing
        if thing is not None and (one.named or in_list or thing.query.subprograms or not thing.sure):
            said.append(thing)
            places.append(place)
    things = list({key_of(one): one for one in said}.values())
    parted = {one.program.id for one in things if one.query.subprograms}
    things = [one for one in things if one.query.subprograms or one.program.id not in parted]
    if query.operation == "sum" and len({one.program.role for one in things}) > 1:
        return None  # a sum's row holds the others
    if len(things) == 1 and things[0].sure and missing and query.operation:
        return Operands(tuple(things), tuple(missing))  # the other one is said not to be found
    if not 2 <= len(things) <= MOST or not any(one.sure for one in things):
        return None
    if open_ones and len({one.program.id for one in things}) == 1:
        return None  # another case of the same program
    inner = [stretches[place] for place in range(places[0], places[-1]) if place not in places]
    between = [one for one in inner if one.thing is None and one.content]
    if query.operation in ("sum", "ratio", "share") and (open_ones or len(between) > len(missing)):
        return None  # a part of what is to be reckoned may be meant by it
    parts = {part for one in things for part in one.query.subprograms}
    if query.operation == "sum" and parts and not {*query.subprograms, *filter(None, [query.unknown_part])} <= parts:
        return None  # a part that is said would be left out
    many = stretches_of(query.question).many
    if many and query.operation in ("sum", "compare", "difference") and len(things) + len(missing) != many:
        return None
    return Operands(tuple(things), tuple(missing))


def _led(stretches: Sequence[Stretch], query: Query, index: Index) -> Operands | None:
    """「氷河期世代向けの、交通費・検定手数料」: a list of which each is described with the words before it."""
    region = query.regions[0] if len(query.regions) == 1 else None
    first = next((place for place, one in enumerate(stretches) if _joined_behind(stretches, place)), 0)
    rows = [one for one in stretches[first:] if one is stretches[first] or one.piece.joined]
    lead = [one.piece.text for one in stretches[:first] if one.content]
    if region is None or not lead or not 2 <= len(rows) <= MOST or query.operation not in _LISTS:
        return None
    found: list[Operand] = []
    for one in rows:
        text = one.piece.text.strip("「」『』")
        program = one.thing.program if one.thing else described_in(f"{lead[-1]}、{text}", region, query, index)
        if program is None or not _bears(program, text):
            return None
        found.append(operand_for(program, one, query, sure=False))
    many = stretches_of(query.question).many
    clear = len({one.program.id for one in found}) == len(found) and many in (None, len(found))
    return Operands(tuple(found)) if clear else None


def _name_of(one: Stretch, query: Query) -> str:
    """What reads as a name in a stretch, with the word for its sort that was cut off with what is asked of it."""
    behind = re.match(r"(?:推進|支援|対策)?(?:事業費?|補助金?|資金|制度|助成金?)", query.question[one.piece.end :])
    return one.piece.text + (behind[0] if behind else "") if behind or reads_as_name(one.piece.text) else ""


def _bears(program: Program, text: str) -> bool:
    """Whether a program's name holds a stretch's telling words."""
    name = match_form(program.program)
    return any(match_form(word) in name for word in re.findall("[一-龠々]{2,}|[ァ-ヶー]{2,}|[A-Za-z]{2,}", text))


def _sibling(one: Stretch, beside: Sequence[Operand], query: Query) -> Operand | None:
    """The part beside a part: 「事業承継補助金とトライアル」."""
    said = match_form(bare(one.piece.text.strip("「」『』")))
    for other in beside:
        parts = [part for part in other.program.subprograms if said in match_form(part)]
        if other.query.subprograms and len(said) >= 2 and len(parts) == 1 and parts[0] not in other.query.subprograms:
            return operand_for(other.program, one, query, (parts[0],), sure=True)
    return None


def _joined_behind(stretches: Sequence[Stretch], place: int) -> Sequence[Stretch]:
    behind = stretches[place + 1 : place + 2]
    return behind if behind and behind[0].piece.joined else ()


def _beside(one: Stretch, query: Query, index: Index) -> Operand | None:
    """What is described beside a thing that is named: 「物産展の開催費から…推進費を引くと」."""
    region = one.region or (query.regions[0] if len(query.regions) == 1 else None)
    program = described_in(one.piece.text, region, query, index) if region else None
    return operand_for(program, one, query, sure=False) if program else None


# ---- names that differ by their brackets


def variants_of(query: Query, index: Index) -> Operands | None:
    """「普通のと起業支援事業分」: the rows of one document whose names differ by their brackets alone."""
    if query.operation not in (*_LISTS, "ratio") and not says(query.question, "of_variants"):
        return None
    for name in query.named:
        rows = _rows_of_name(index.programs[name], index)
        said = match_form(query.question)
        spoken = [row for row in rows if (inner := _bracketed(row)) and match_form(inner) in said]
        spoken = spoken if len(spoken) == len(rows) else _spoken_in_part(rows, query) or spoken
        whole = len(rows) - len(spoken) == 1 and (says(query.question, "of_variants") or _base_apart(rows, query))
        if len(spoken) > 1 and (not whole or stretches_of(query.question).many == len(spoken)):
            rows = spoken
        if len(rows) > 1 and (len(spoken) == len(rows) or (spoken and whole)):
            own = replace(query, fiscal_year=None, stage=None)
            others = [
                index.programs[one] for one in query.named if index.programs[one] not in _rows_of_name(rows[0], index)
            ]
            rows = [*rows, *(one for one in others if one.role == "program")]  # 「二つの訓練校事業と…事業」
            return Operands(tuple(Operand(row, asking(own, query, row)) for row in rows))
    return _all_named(query, index)


def _all_named(query: Query, index: Index) -> Operands | None:
    """「2本、育てるほうと相談のほうで大きいのは」: all rows of a name that are meant, their brackets described."""
    rows = [index.programs[name] for name in query.named]
    alike = {(row.document, _base(row)) for row in rows if _bracketed(row)}
    if query.operation != "compare" or not 2 <= len(rows) <= MOST or len(alike) != 1 or query.subprograms:
        return None
    if not all(_bracketed(row) for row in rows):
        return None
    own = replace(query, fiscal_year=None, stage=None)
    return Operands(tuple(Operand(row, asking(own, query, row)) for row in rows))


def _spoken_in_part(rows: Sequence[Program], query: Query) -> list[Program]:
    """「人材のぶんと総合的支援体制のぶん」: rows of whose brackets a piece of the question says some, no other's."""
    found: dict[str, Program] = {}
    base = _base(rows[0]) if rows else ""
    for piece in stretches_of(query.question).pieces:
        said = match_form(bare(re.sub(r"の?(?:ぶん|分|ほう|方|やつ|もの)(?:を|と|も)?$", "", piece.text))).replace(
            base, ""
        )
        for words in dict.fromkeys([said, *said.split("の")]):
            held = [row for row in rows if len(words) > 1 and _is_within(words, match_form(_bracketed(row)))]
            if len(held) == 1 and not (base and words in base):
                found[held[0].id] = held[0]
    return [row for row in rows if row.id in found] if len(found) > 1 else []


def _base_apart(rows: Sequence[Program], query: Query) -> bool:
    """Whether a piece of the question says but the name that rows share: 「移住支援事業と起業支援事業分」."""
    base = _base(rows[0]) if len(rows) == 2 else ""
    inner = next((match_form(_bracketed(row)) for row in rows if _bracketed(row)), "")
    said = [match_form(piece.text.rpartition("の")[2]) for piece in stretches_of(query.question).pieces]
    return any(len(one) >= _LONG_ENOUGH and one in base and one not in inner for one in said)


def _is_within(words: str, bracket: str) -> bool:
    """Whether a bracket holds words, or the characters of a shortened one in order: 総合支援 of 総合的支援体制."""
    if words in bracket:
        return True
    if not set(words) <= set(bracket):
        return False
    return re.fullmatch("[一-龠々]{4,}", words) is not None and bool(re.search("[一-龠々]?".join(words), bracket))


def _rows_of_name(program: Program, index: Index) -> list[Program]:
    rows = [one for one in index.programs.values() if one.document == program.document and one.role == "program"]
    return [one for one in rows if _base(one) == _base(program)]


def _base(program: Program) -> str:
    return match_form(re.sub(r"[（(][^()（）]*[)）]$", "", program.program))


def _bracketed(program: Program) -> str:
    match = re.search(r"[（(]([^()（）]*)[)）]$", program.program)
    return match[1] if match else ""
