"""The programs that a question sets side by side: those it names, and those that pieces of it describe.

A piece is a program when it says a name, a stretch of one, or all that one name says; else it is looked for like a
question of its own.  What is not found is told, never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..figures import find_figures, year_number
from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import FactKind, FigureKind, Program, Query
from ..retrieve import odds, retrieve
from ..tokens import nouns, tokens
from ..understand import Mention, Vocabulary, understand
from ..understand.places import places_of, regions_in
from ..understand.reckoning import Piece, bare, pieces_of
from ..values.reckoning import BUDGETS
from .office_rows import is_office, office_row

_WHOLE = re.compile(r"^(?:関連|関係)?の?(?:当初|補正)?(?:予算|事業費)?額?の?(?:総合計|合計|総額|総計|全体|トータル)")
MOST = 8  # programs reckoned with; a question that lists more means a set
CLEAR = 0.5  # odds by the best: a described program stands clear of those below
_SHORTEST = 3  # characters of a name that say it
SURE = 0.6  # how likely a described program must be meant
_RUN = 6  # letters in a row of a name that hardly anything else bears
_FEWEST = 4  # characters that describe a program where no region is said


@dataclass(frozen=True, slots=True)
class Operand:
    """A program with the words that say it; ``sure`` when they say its name or a stretch of it."""

    program: Program
    query: Query
    sure: bool = True
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Operands:
    """The programs found, and the words of those that were not."""

    found: tuple[Operand, ...]
    missing: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # where nothing was found that the question may mean
    either: tuple[tuple[str, tuple[Program, ...]], ...] = ()  # of a region, those of which one may be meant

    @property
    def whole(self) -> bool:
        """Whether all that the question sets side by side was found."""
        return not (self.missing or self.regions or self.either)


def vocabulary_of(index: Index) -> Vocabulary:
    """The names of an index, read when they are first asked for."""
    homes = {document.id: document.region for document in index.documents.values()}
    return index.keep(
        vocabulary_of, lambda: Vocabulary(index.programs.values(), places_of(index.documents.values()), homes)
    )


def operands_of(query: Query, index: Index) -> Operands | None:
    """The programs that a question sets side by side; None when it does not tell which, or only one."""
    known = vocabulary_of(index)
    mentions = [one for one in known.mentions(query.question) if not set(one.programs) <= set(query.denied)]
    spans = [(one.start, one.end) for one in mentions]
    for fine in (False, True):
        said = pieces_of(query.question, spans, fine=fine)
        if _sets_regions_apart(said.pieces, query, index) and (found := _in_each_region(query, index)):
            return found
        found = _resolved(list(said.pieces), said.many, query, index)
        if found is not None:
            return found
    return _in_each_region(query, index) or _of_mentions(mentions, said.pieces, query, index) or _of_turns(query, index)


def _of_mentions(mentions: list[Mention], pieces: tuple[Piece, ...], query: Query, index: Index) -> Operands | None:
    """The names that a question says, where no marks set them apart: 「AはBより高い?」."""
    said = [Piece(query.question[one.start : one.end], one.start, one.end, True) for one in mentions]
    meant = [one for one in pieces if _means_something(one, index)]
    if len(said) != 2 or len(meant) > 2 or query.operation in ("each", "sum"):
        return None
    return _resolved(said, None, query, index)


def _of_turns(query: Query, index: Index) -> Operands | None:
    """Programs of earlier turns: 「両方足すと?」; and one name in several documents."""
    held = documents_of(query, index) & _of_years(query.question, index)
    programs = [index.programs[one] for one in query.named if query.carried or index.programs[one].document in held]
    rows = query.carried and query.operation in ("share", "ratio")  # 「それは…課の予算の何%」
    programs = programs if rows else [one for one in programs if one.role == "program"] or programs
    names = {match_form(one.program) for one in programs}
    homes = {one.document for one in programs}
    carried = query.carried and len(names) == len(programs)
    many = pieces_of(query.question).many  # 「…事業、ふたつ合わせて」: as many as bear the stem of a name
    carried = carried or (query.operation == "sum" and many == len(programs) == len(names) and len(homes) == 1)
    alike = len(names) == 1 and len(homes) == len(programs) and query.operation in ("compare", "difference")
    if 2 <= len(programs) <= MOST and (carried or alike):
        own = replace(query, fiscal_year=None, stage=None)
        return Operands(tuple(Operand(one, replace(own, named=(one.id,))) for one in programs))
    return None


def _of_years(question: str, index: Index) -> set[str]:
    """The documents of the years that a question says, when it says several."""
    figures = [figure for figure in find_figures(question) if figure.kind is FigureKind.YEAR]
    years = {year_number(figure.text) for figure in figures}
    return {one.id for one in index.documents.values() if len(years) < 2 or year_number(one.fiscal_year) in years}


# ---- pieces


def _resolved(pieces: list[Piece], many: int | None, query: Query, index: Index) -> Operands | None:
    """The pieces as programs, when enough of them are; words before and behind a list are no part of it."""
    pieces = [one for one in pieces if _means_something(one, index) or _WHOLE.match(query.question[one.end :])]
    if len(pieces) < 2 or len(pieces) > MOST + 4:
        return None
    listed_with_stage = [one for one in _joined(pieces) if understand(one.text, vocabulary_of(index)).stage]
    if listed_with_stage:
        query = replace(query, stage=None)  # that of one of them alone
    found = [_operand(piece, before, query, index) for before, piece in zip([None, *pieces], pieces, strict=False)]
    homes = {one.program.document for one in found if one is not None and one.sure}
    found = [one or _at_home(piece, homes, query, index) for one, piece in zip(found, pieces, strict=True)]
    if any(
        one is None and understand(piece.text, vocabulary_of(index)).named
        for one, piece in zip(found, pieces, strict=True)
    ):
        return None  # a name that several documents have is not missing
    first, last = _list_of(pieces, found, many)
    listed = list(zip(pieces[first:last], found[first:last], strict=True))
    hits = [one for _, one in listed if one is not None]
    missing = tuple(piece.text for piece, one in listed if one is None)
    if len(hits) == 1 and hits[0].sure and len(missing) == 1 and reads_as_name(missing[0]):
        return Operands(tuple(hits), missing)  # one of a sum is not left out in silence
    if len(hits) < 2 or len({one.program.id for one in hits}) < len(hits):
        return None
    if (many and len(hits) + len(missing) != many) or len(missing) * 2 > len(hits):
        return None
    joined = any(piece.joined for piece in pieces[first:last])
    if not (joined or many) and not all(one.sure for one in hits):
        return None  # sentences of a story, not a list
    homes = {index.programs[one].document for one in query.named}
    if len(homes) == 1 and not query.regions and any(one.program.document not in homes for one in hits if not one.sure):
        return None  # what is described beside a name is of its document
    return Operands(tuple(hits), missing)


def only_named(operands: Operands) -> Operands:
    """Where some are named and others only described, those described count as not found: a sum is sure or none."""
    named = tuple(one for one in operands.found if one.sure)
    described = [one for one in operands.found if not one.sure]
    if not named or not described or not all(reads_as_name(one.query.question) for one in described):
        return operands
    return Operands(named, (*operands.missing, *(one.query.question for one in described)))


def _at_home(piece: Piece, homes: set[str], query: Query, index: Index) -> Operand | None:
    """The program of a name that several documents have, in a document that the others of the list stand in."""
    own = understand(piece.text, vocabulary_of(index))
    programs = [index.programs[one] for one in own.named if index.programs[one].document in homes]
    if len(programs) != 1:
        return None
    return Operand(programs[0], asking(own, query, programs[0]), True, piece.start, piece.end)


def reads_as_name(text: str) -> bool:
    """Whether words end as the name of a program does."""
    return bare(text) != text and len(bare(text)) >= _SHORTEST


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Those that 「と」 joins to the one before or behind."""
    return [
        piece
        for piece, after in zip(pieces, [*pieces[1:], None], strict=True)
        if piece.joined or (after is not None and after.joined)
    ]


def _list_of(pieces: list[Piece], found: list[Operand | None], many: int | None) -> tuple[int, int]:
    """Where the list begins and ends: at the first and the last piece that says a name, or is joined by 「と」."""
    joined = _joined(pieces)
    marks = [place for place, one in enumerate(found) if (one is not None and one.sure) or pieces[place] in joined]
    if not marks:
        marks = [place for place, one in enumerate(found) if one is not None]
    if not marks:
        return 0, 0
    first, last = marks[0], marks[-1] + 1
    if many and last - first > many:  # 「職業訓練、Aの分とBの分では」: what stands before them says what they are
        first = last - many
    elif many and last - first < many:
        first = max(0, last - many)
    return first, last


def _means_something(piece: Piece, index: Index) -> bool:
    query = understand(piece.text, vocabulary_of(index))
    words = [word for word in query.words if word not in table("reckoning")["pieces"]["empty"]]
    return bool(query.named or words or query.unknown_name)


def _operand(piece: Piece, before: Piece | None, query: Query, index: Index) -> Operand | None:
    """The program of one piece: in the region that it says, else in the question's one region, else anywhere."""
    own = understand(piece.text, vocabulary_of(index))
    regions = own.regions or (query.regions if len(query.regions) == 1 else ())
    year, stage = own.fiscal_year or query.fiscal_year, own.stage or query.stage
    own = replace(own, regions=regions, fiscal_year=year, stage=stage)
    texts = [piece.text]
    head, joint, _ = (before.text if before else "").rpartition("の")
    if joint and piece.joined and "の" not in piece.text:  # 「企業誘致の連携強化と活動促進」
        texts.append(head + piece.text)
    texts += _shorter(piece.text)
    if (whole := whole_of(piece, own, query, index)) is not None:
        return Operand(whole, asking(own, query, whole), True, piece.start, piece.end)
    for text in texts:
        program = named_one(own, index) or by_stretch(text, own, index) or by_words(text, own, index)
        if program is not None:
            return Operand(program, asking(own, query, program), True, piece.start, piece.end)
    if is_office(piece.text):  # it describes no program
        row = office_row(piece.text, documents_of(own, index), index)
        return Operand(row, asking(own, query, row), True, piece.start, piece.end) if row else None
    program = _described(own, query, index) or (by_words(piece.text, own, index, 1) if own.regions else None)
    sure = program is not None and _bears_run(piece.text, program, own, index)
    return Operand(program, asking(own, query, program), sure, piece.start, piece.end) if program else None


def _bears_run(text: str, program: Program, own: Query, index: Index) -> bool:
    """Whether a described program's name holds a long run of a piece that no other name holds: 「先端生命科学」."""
    held = documents_of(own, index)
    said = match_form(without_regions(text, own, index))
    name = match_form(program.program)
    runs = [said[at : at + _RUN] for at in range(len(said) - _RUN + 1) if said[at : at + _RUN] in name]
    others = [one for one in index.programs.values() if one.document in held and one.role == "program"]
    names = {match_form(one.program) for one in others} - {name}
    return any(not any(run in other for other in names) for run in runs)


def whole_of(piece: Piece, own: Query, query: Query, index: Index) -> Program | None:
    """「青森県の中小企業振興施策の合計」: a document's row of its whole, where a piece says no more than its title."""
    if len(own.regions) != 1 or own.named or not _WHOLE.match(query.question[piece.end :]):
        return None
    found = []
    for program in index.programs.values():
        document = index.documents[program.document]
        said = set(tokens(f"{document.title}{program.program}{document.publisher}県の産業関連の予算・事業・施策"))
        if program.role == "total" and document.region == own.regions[0] and set(own.words) <= said:
            found += [program] if any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id)) else []
    return found[0] if len(found) == 1 else None


def _shorter(text: str) -> list[str]:
    """A piece up to a bracket or to 「は」, where what is asked of a name begins: 「…事業（国）は令和元年度」."""
    return [text[: match.start()] for match in re.finditer(r"[（(]|(?<=[一-龠ァ-ヶー])は(?=[一-龠A-Za-z0-9])", text)]


def asking(own: Query, query: Query, program: Program) -> Query:
    """The question asked of one program: its own words, the kinds of the whole question."""
    return replace(
        own, kinds=query.kinds, open_amount=query.open_amount, items=query.items, named=(program.id,), intent="figure",
        subprograms=own.subprograms, unknown_name=None, unknown_part=None, unknown_kind=None,
        question=own.question if set(query.kinds) <= BUDGETS else query.question,
    )  # fmt: skip


def documents_of(own: Query, index: Index) -> set[str]:
    """Ids of the documents of the regions that words say; of all when they say none."""
    return {one.id for one in index.documents.values() if not own.regions or one.region in own.regions}


def named_one(own: Query, index: Index) -> Program | None:
    """The program that a piece names, when it is one."""
    held = documents_of(own, index)
    programs = [index.programs[one] for one in own.named if index.programs[one].document in held]
    programs = [one for one in programs if one.role == "program"] or programs
    hits = retrieve(own, index).hits if len(programs) > 1 else ()
    named = {hit.program.id: hit.program for hit in hits if hit.program in programs}
    programs = list(named.values()) or programs
    return programs[0] if len(programs) == 1 else None


def by_stretch(text: str, own: Query, index: Index) -> Program | None:
    """The one program of whose name a piece is a stretch: 「フードセンシング」."""
    said = match_form(bare(without_regions(text, own, index)))
    if len(said) < _SHORTEST:
        return None
    return _only(index, own, lambda name: said in name[0])


def is_stretch_of(text: str, program: Program, query: Query, index: Index) -> bool:
    """Whether words are no more than a stretch of a program's own name."""
    said = match_form(bare(without_regions(text, query, index)))
    return len(said) >= _SHORTEST and any(said in match_form(name) for name in (program.program, *program.aliases))


def by_words(text: str, own: Query, index: Index, many: int = 2) -> Program | None:
    """The one program whose name says all nouns of a piece: 「企業誘致の連携強化」."""
    plain = bare(without_regions(text, own, index))
    naming = nouns(plain)
    said = [word for word in dict.fromkeys(tokens(plain)) if word in naming]
    if len(said) < many:
        return None
    return _only(index, own, lambda name: name[1].issuperset(said))


def without_regions(text: str, own: Query, index: Index) -> str:
    """Words without the regions that they say."""
    return regions_in(text, vocabulary_of(index).places)[1].strip().lstrip("のでは")


def _only(index: Index, own: Query, fits: Callable[[tuple[str, frozenset[str]]], bool]) -> Program | None:
    """The only program that bears a name whose form and words fit; a row that lists it again is no other one."""
    held = documents_of(own, index)
    every = index.keep(_only, lambda: [(one, *_forms(one)) for one in index.programs.values() if one.role == "program"])
    fitting = [(one, inner) for one, names, inner in every if one.document in held and any(map(fits, names))]
    found = [one for one, _ in fitting]
    if len(found) > 1 and len({one.document for one in found}) == 1:  # 「事業（A）」 and 「事業（B）」: the one of A
        found = [one for one, inner in fitting if fits(inner)]
    return found[0] if len(found) == 1 else None


def _forms(one: Program) -> tuple[list[tuple[str, frozenset[str]]], tuple[str, frozenset[str]]]:
    """The form and the words of each of a program's names, and of the brackets that its own ends with."""
    inner = match[1] if (match := re.search(r"[（(]([^()（）]*)[)）]$", one.program)) else ""
    *names, last = [(match_form(name), frozenset(tokens(name))) for name in (one.program, *one.aliases, inner)]
    return names, last


def _described(own: Query, query: Query, index: Index) -> Program | None:
    """The program that a piece describes, when it stands clear of the next one."""
    if not own.words or own.named or own.intent in ("thanks", "greeting"):
        return None
    if not own.regions and len("".join(own.words)) < _FEWEST:
        return None  # a short word alone describes too many
    said = own.search or without_regions(own.question, own, index)
    asked = replace(own, kinds=query.kinds, open_amount=query.open_amount, unknown_name=None, search=said)
    found = retrieve(asked, index)
    hits = [hit for hit in found.hits if hit.program.role == "program"]
    if not hits or found.sure < SURE or (len(hits) > 1 and odds(hits[1], hits[0]) > CLEAR):
        return None
    return hits[0].program


# ---- one description, several regions


def _sets_regions_apart(pieces: tuple[Piece, ...], query: Query, index: Index) -> bool:
    """Whether 「と」 joins mere regions: 「群馬と青森のどっち」."""
    if len(query.regions) < 2:
        return False
    ends = {place for place, one in enumerate(pieces) if one.joined} | {
        place - 1 for place, one in enumerate(pieces) if one.joined
    }
    return any(not _means_something(pieces[place], index) for place in ends)


def _in_each_region(query: Query, index: Index) -> Operands | None:
    """「商店街の補助、群馬と青森のどっち?」: the like of it in each region that is asked for."""
    words = tuple(tokens(said := _description(query, index)))
    if len(query.regions) < 2 or not words:
        return None
    found: dict[str, Operand] = {}
    for region in query.regions:
        own = replace(
            query, regions=(region,), fiscal_year=None, stage=None, towns=(), named=(), search=said, words=words,
        )  # fmt: skip
        program = named_one(replace(own, named=query.named), index) or _described(own, query, index)
        if program is not None:
            found[region] = Operand(program, asking(own, query, program), False)
    missing = tuple(region for region in query.regions if region not in found)
    told = len(found) > 1 or (found and query.operation == "compare")
    return Operands(tuple(found.values()), regions=missing) if told else None


def _description(query: Query, index: Index) -> str:
    """What a question looks for in several regions: its pieces without the regions."""
    known = vocabulary_of(index)
    spans = [(one.start, one.end) for one in known.mentions(query.question)]
    pieces = [one for one in pieces_of(query.question, spans, fine=False).pieces if _means_something(one, index)]
    said = [without_regions(one.text, query, index) for one in pieces]
    return "、".join(dict.fromkeys(filter(None, said)))


def sure_program(query: Query, index: Index) -> Program | None:
    """The one program whose name, or a stretch of it, a question says."""
    known = vocabulary_of(index)
    spans = [(one.start, one.end) for one in known.mentions(query.question)]
    for piece in pieces_of(query.question, spans, fine=False).pieces:
        if _means_something(piece, index):
            one = _operand(piece, None, query, index)
            if one is not None and one.sure:
                return one.program
    return None
