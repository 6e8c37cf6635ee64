"""The stretches of a question, each bound to the region, the year and the brackets nearest to it, and what it says.

A stretch says a thing by a name, or by words that one name alone holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..placenames import NATION
from ..programs.names import match_form
from ..records import FactKind, Program, Query
from ..understand import understand
from ..understand.reckoning import Piece, bare, stretches_of
from .office_rows import office_row
from .operands import Operand, asking, by_stretch, by_words, documents_of, named_one, vocabulary_of, whole_of

_OWN = 10  # letters of a name that is hardly said of anything else
_LONG = 6  # letters of a name that say it, be they nouns or not


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the question with what is bound to it, and the thing that it says by itself."""

    piece: Piece
    own: Query  # what it says read alone
    region: str | None
    content: bool  # it says more than where and when
    thing: Operand | None = None
    named: bool = False  # by a name that it says
    place: str = ""  # the words that say where: 「地域産業省」


def read_stretches(query: Query, index: Index, fine: bool) -> list[Stretch]:
    """The stretches of a question, each with its region; words in brackets go with what they stand behind."""
    known = vocabulary_of(index)
    spans = known.find(query.question)[2]
    held = {document.region for document in index.documents.values()}
    read: list[Stretch] = []
    pieces = stretches_of(query.question, spans, fine=fine).pieces
    listed = {
        place
        for place in range(1, len(pieces))
        if pieces[place].inside and pieces[place - 1].inside and pieces[place].joined
    }
    for place, piece in enumerate(pieces):
        own = understand(piece.text, known)
        region = _region(own, query)
        content = _has_content(own) or (piece.inside and len(match_form(piece.text)) >= _LONG and not own.regions)
        one = Stretch(piece, own, region, content, place=piece.text if region else "")
        if region and one.content and region not in held:
            one = replace(one, region=None)  # 「東京の商談会」 is none of its programs
        if place in listed or place + 1 in listed:  # 「創業の二つ（AとB）」
            before = next((other.region for other in reversed(read) if other.region), None)
            read.append(replace(one, region=region or before))
        elif piece.inside and read and _takes(read[-1], one):
            read[-1] = _with_brackets(read[-1], one, query, index)
        else:
            read.append(one)
    read = _with_regions(read, query, index)
    first = next((place for place, one in enumerate(read) if one.region), len(read))
    return [_elsewhere(_resolved(one, query, index), place < first, query, index) for place, one in enumerate(read)]


def cuts_finer(query: Query, index: Index) -> bool:
    """Whether a question has joints that only a finer reading cuts at."""
    spans = vocabulary_of(index).find(query.question)[2]
    return stretches_of(query.question, spans, fine=True) != stretches_of(query.question, spans)


def _elsewhere(one: Stretch, ahead: bool, query: Query, index: Index) -> Stretch:
    """「小口資金の限度額と、山形の…」: a name said ahead of the region of another thing may be of elsewhere."""
    if one.thing is not None or not ahead or one.region or len(one.own.named) != 1 or len(query.regions) != 1:
        return one
    program = index.programs[one.own.named[0]]
    parts = tuple(name for name in one.own.subprograms if name in program.subprograms)
    return replace(one, thing=operand_for(program, one, query, parts, sure=True), named=True)


def _region(own: Query, query: Query) -> str | None:
    """The one region that a stretch says, of those the question asks of; not the nation as the one that pays."""
    if len(own.regions) != 1 or own.regions[0] not in query.regions:
        return None
    return None if own.regions[0] == NATION and FactKind.FUNDING_NATIONAL in query.kinds else own.regions[0]


def _with_regions(read: list[Stretch], query: Query, index: Index) -> list[Stretch]:
    """With the regions that a question says where no stretch is left of it: 「大きいのは潮路県と青嶺県どっち」."""
    said = {one.region for one in read}
    if len(query.regions) < 2 or not read:
        return read
    own = replace(read[0].own, words=(), terms=(), named=(), subprograms=(), fiscal_year=None, stage=None)
    for region in query.regions:
        if region in said or (region == NATION and FactKind.FUNDING_NATIONAL in query.kinds):
            continue
        words = [word for word, held in vocabulary_of(index).places if held == region and word in query.question]
        word = next(iter(words), "")
        at = query.question.find(word or region.rstrip("都道府県市区町村"))
        at = at if at >= 0 else len(query.question)  # one of all that are held
        read = [*read, Stretch(Piece(region, at, at), own, region, False, place=region)]
    return sorted(read, key=lambda one: one.piece.start)


def _has_content(own: Query) -> bool:
    empty = table("reckoning")["pieces"]["empty"]
    return bool(own.named or own.unknown_name or [word for word in own.words if word not in empty])


def _takes(before: Stretch, inner: Stretch) -> bool:
    """Whether words in brackets tell more of what stands before them: where, when, which."""
    if not inner.content:
        return before.region in (None, inner.region)
    return not inner.region and (before.content or before.region is not None)


def _with_brackets(before: Stretch, inner: Stretch, query: Query, index: Index) -> Stretch:
    """A stretch with what stands in brackets behind it: 「DX推進（総合的支援体制）」, 「群馬（事業承継支援）」."""
    year, stage = before.own.fiscal_year or inner.own.fiscal_year, before.own.stage or inner.own.stage
    region, place = before.region or inner.region, before.place or inner.place
    bound = replace(before, region=region, place=place, own=replace(before.own, fiscal_year=year, stage=stage))
    if not inner.content:
        return bound
    joined = before.piece.joined
    alone = replace(inner, piece=replace(inner.piece, joined=joined), region=region, place=place)
    alone = replace(alone, own=replace(inner.own, fiscal_year=year, stage=stage))
    if not before.content:
        return alone
    text = f"{before.piece.text}（{inner.piece.text}）"
    whole = replace(understand(text, vocabulary_of(index)), fiscal_year=year, stage=stage)
    both = replace(bound, piece=replace(before.piece, text=text, end=inner.piece.end), own=whole)
    for one in (both, bound, alone):
        if _resolved(one, query, index).thing is not None:
            return one
    return both


# ---- what a stretch says by itself


def _resolved(one: Stretch, query: Query, index: Index) -> Stretch:
    """A stretch with the thing that its own words say."""
    text = one.piece.text.strip("「」『』〜~…")
    if not one.content and len(match_form(text)) < _LONG:
        return one
    regions = (one.region,) if one.region else (query.regions if len(query.regions) == 1 else ())
    own = replace(one.own, regions=regions, fiscal_year=None, stage=None)
    program = whole_of(one.piece, own, query, index)
    if program is None and own.named:
        program = named_one(here_of(own, one, index), index)
        if program is None and not one.region and len(own.named) == 1 and len(match_form(text)) >= _OWN:
            program = index.programs[own.named[0]]  # a name of its own, elsewhere than what stands beside it
    heading = program is not None and program.role != "program" and program.id in own.named
    if heading and _goes_on(one.piece.text, index):
        return one  # 「…支援の章に並ぶA」: the heading is not what is meant
    said = program is not None
    part: tuple[str, ...] = ()
    if program is None and not own.named:
        program = office_row(text, documents_of(own, index), index) or _only_so(text, own, index)
    if program is None and not own.named:
        program, part = _only_part(text, own, index)
    if program is None:
        return one
    own_name = match_form(program.program)
    parts = part or tuple(name for name in own.subprograms if name in program.subprograms)
    parts = tuple(name for name in parts if match_form(name) != own_name)
    return replace(one, thing=operand_for(program, one, query, parts, sure=True), named=said)


def _goes_on(text: str, index: Index) -> bool:
    """Whether something is named behind a name: 「…支援の章に並ぶネットワーク強化」."""
    known = vocabulary_of(index)
    spans = known.find(text)[2]
    own = understand(f"、{text[spans[-1][1] :]}", known) if spans else None
    general = {*table("spellings")["names"]["vague"], *table("spellings")["names"]["kinds"]}
    general |= set(table("reckoning")["pieces"]["empty"])
    return own is not None and any(word not in general for word in own.words)


def operand_for(program: Program, one: Stretch, query: Query, parts: tuple[str, ...] = (), *, sure: bool) -> Operand:
    """A program as the thing that a stretch says, asked about with the year and stage that stand with it."""
    asked = asking(one.own, query, program)
    asked = replace(asked, fiscal_year=one.own.fiscal_year, stage=one.own.stage, subprograms=parts)
    return Operand(program, asked, sure, one.piece.start, one.piece.end)


def here_of(own: Query, one: Stretch, index: Index) -> Query:
    """Of a name that several documents have, those of the office, else of the year, that the stretch says."""
    named = own.named
    homes = {name: index.documents[index.programs[name].document] for name in named}
    year = year_number(one.own.fiscal_year or "")
    office = {name for name, home in homes.items() if any(word in one.place for word in home.publisher.split())}
    named = tuple(name for name in named if name in office) or named
    dated = {name for name, home in homes.items() if year is not None and year_number(home.fiscal_year) == year}
    named = tuple(name for name in named if name in dated) or named
    return replace(own, named=named)


def _only_so(text: str, own: Query, index: Index) -> Program | None:
    """The one program that a stretch can mean by its words, where these are no general ones."""
    general = {*table("spellings")["names"]["vague"], *table("spellings")["names"]["kinds"]}
    telling = [word for word in own.words if word not in general]
    if re.search("[課室部局係]$", text):
        return None  # an office has a row of its own, or none
    if len(match_form(text)) >= _LONG and (found := by_stretch(text, own, index)):
        return found
    if not telling or not re.search("[一-龠ァ-ヶA-Za-z]", text):
        return None
    many = 1 if own.regions and len(telling) > 1 else 2
    for said in dict.fromkeys((text, _long(text))):
        program = by_stretch(said, own, index) or by_words(said, own, index, many)
        if program is not None:
            return program
    return None


def _long(text: str) -> str:
    """A text with its acronyms written out: 「DX推進」."""
    for long, short in table("spellings")["acronyms"].items():
        if long not in text:
            text = re.sub(rf"(?<![A-Za-z]){re.escape(short)}(?![A-Za-z])", long, text)
    return text


def _only_part(text: str, own: Query, index: Index) -> tuple[Program | None, tuple[str, ...]]:
    """The one 枠 or fund of whose name a stretch is a piece: 「成長企業応援」 of 成長企業応援資金."""
    text = own.placeless.strip() or text
    for said in dict.fromkeys(match_form(bare(words)) for words in (text, text.partition("は")[0])):
        found = [
            (program, part)
            for program in (index.programs.values() if len(said) >= _LONG and own.regions else ())
            if program.role == "program" and index.documents[program.document].region in own.regions
            for part in program.subprograms
            if match_form(part).startswith(said)
        ]
        if len(found) == 1:
            return found[0][0], (found[0][1],)
    return None, ()


def key_of(thing: Operand) -> tuple[str, tuple[str, ...]]:
    """What makes two things one: the program and the parts that are meant."""
    return thing.program.id, thing.query.subprograms
