"""Facts of running text: a piece of a line, with what the pieces before it said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..figures import find_figures
from ..layout import bare_amounts, with_unit
from ..layout.lines import CIRCLED
from ..programs.amounts import AmountLine
from ..records import Fact, FactKind, Figure, FigureKind
from .aims import year_of_aim
from .bracketed import broken_each, for_each_alike, of_funds
from .cased import case_of_field, say_case
from .changes import changed
from .classify import GRANTED, Context, classify
from .compared import compared
from .conditions import brackets_in
from .divided import divided
from .enumerated import enumerated
from .flows import flowing, is_scheme
from .funds import with_pools
from .grants import bare_each, whole_shares
from .in_turn import in_turn
from .item_sums import item_sums, with_products
from .lettered import lettered
from .listed_budgets import budgets_of_parts
from .make import Say, Source
from .named_amounts import headed_part, named_amount, named_part, say_named, terms_inside
from .neighbours import by_the_one_before
from .notes import added, starred
from .opened import inside_still, left_open
from .other_cases import other_cases
from .scopes import GAP, Scope
from .sentences import begun_above, ended_below
from .siblings import (
    CEILINGS,
    alternative,
    excepted,
    goes_on,
    grown,
    how_long,
    in_rate_field,
    label_kind,
    last_year_say,
    multiplied,
    noted,
    of_last_year,
    of_year,
    share_cue,
    spelled_out,
    tiered,
    within,
)
from .year_before import parts_before

MEMORY = 600  # characters before a figure that may still speak of it
_PART_NAME = (
    r"(?:事業|事業費|補助金|助成金|支援金|奨励金|交付金|給付金|枠|型|制度|資金|コース|融資|プログラム|支援|補助|助成)"
)
_YEARLY = (
    FactKind.BUDGET_REVISED,
    FactKind.COUNT,
    FactKind.OTHER,
    FactKind.LOAN_POOL,
    FactKind.SUBSIDY_LIMIT,
    FactKind.SUBSIDY_RATE,
)
_AIMED = (FactKind.TARGET, FactKind.COUNT, FactKind.OTHER)
_SUBJECT = re.compile(rf"^[-*+・\s　]*「(?P<name>[^」]{{2,38}}{_PART_NAME})」(?:は|では)")
_PLACES = re.compile(
    r"^(?P<name>[^\s　（）()、。：:「」0-9０-９]{4,30})[（(][0-9０-９]{1,3}[\s　]?[かカヶヵケ箇]所[)）]$"
)  # 「相談センター（3箇所）」 names what stands at so many places
INLINE_NUMBER = re.compile(r"(?<=[\s　]{2})(?=[(（][0-9０-９]{1,2}[)）][^\s　(（、,])")
_SEGMENT = re.compile(
    rf"(?<![～〜~])(?=[{CIRCLED}](?![～〜~のとをがはにでも、・又及]))|(?=[\s　]・)|(?=[\s　]※)|{INLINE_NUMBER.pattern}"
)
# an item of a list, or a leaflet's field: 「保証料補助　信用保証料の2分の1」
_LISTED = re.compile(r"[-*+・○－−]|[^\s　：:]{3,12}(?:補助|助成|補給)[\s　：:]")
_FOR_EACH = re.compile(
    r"(?:につき|に対し|当たり|あたり|当り)?[\s　、]{0,3}(?:最大|上限|年額|月額|約)?[\s　]?[0-9０-９]"
)
_FORMER_CALL = re.compile(r"[（(][\s　]*前回(?:公募|募集)?(?:時|分)?の?(?:予算額?)?[\s　：:]*$")
_BORNE = re.compile(r"(?:以内|程度|相当額?)?[\s　]*(?:を|の|が)?[\s　]*(?:自己|ご|利用者|本人|企業|事業者|申請者)?負担")
_CONTINUES = re.compile(r"^[\s　]*(?:また|なお|ただし|さらに|加えて)[、，]")
_NUMBERED = re.compile(r"^[(（](?P<number>[0-9０-９]{1,2})[)）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one raw line with one place in the page: text == raw[start:start + len(text)]."""

    line: int
    start: int
    text: str


@dataclass
class Unit:
    """A line and the lines that go on with it: cues and bracketed cases carry over from one to the next."""

    said: str = ""  # the end of the unit's text before the current piece
    carried: str | None = None  # 【ものづくり】 that still holds
    field: bool = False  # it stands under an open field, 「補助率：」, which says what its figures are
    body: bool = False  # the part's head is over
    cell: bool = False  # it is a table's cell, whose amounts are no budget
    last: FactKind | None = None  # what the amount before is
    part: str | None = None  # the part that the sentence before speaks of
    share: FactKind | None = None  # what the share before is
    open: Say | None = None  # what was said last in a bracket that is still open
    limit: FactKind | None = None  # the limit whose cases stand one on each line


def pieces_of(line: int, raw: str, start: int) -> list[Piece]:
    """A raw line cut before each inline ①, ・ and ※ that stands behind a space."""
    cuts = [start, *(match.start() for match in _SEGMENT.finditer(raw) if match.start() > start), len(raw)]
    return [Piece(line, a, raw[a:b]) for a, b in pairwise(cuts) if raw[a:b].strip()]


def columns_of(line: int, raw: str, start: int) -> list[Piece]:
    """A raw line of two columns cut at the wide gap between them."""
    cuts = [start, *(match.end() for match in GAP.finditer(raw) if match.start() > start), len(raw)]
    return [Piece(line, a, raw[a:b]) for a, b in pairwise(cuts) if raw[a:b].strip()]


def cell_facts(source: Source, line: int, start: int, text: str) -> list[Fact]:
    """Facts of the words in one table cell, which has its own ①②③."""
    scope = Scope(role="content")
    unit = Unit(cell=True)
    facts: list[Fact] = []
    for piece in pieces_of(line, source.raw(line)[: start + len(text)], start):
        facts += piece_facts(source, piece, scope, unit)
    return facts


def piece_facts(source: Source, piece: Piece, scope: Scope, unit: Unit, office: str = "") -> Iterator[Fact]:
    """Facts of one piece; the unit remembers what was said for the pieces after it."""
    body = piece.text.strip()
    if re.match(rf"[{CIRCLED}]", body):
        scope.enter_marker("①", body[1:].strip())
    numbered = _NUMBERED.match(body) if source.raw(piece.line)[: piece.start].strip() and not unit.cell else None
    if numbered and not scope.side:
        scope.enter_marker("(n)", body[numbered.end() :].strip(), int(numbered["number"]))
    stated = None if unit.cell else source.layout.lines[piece.line - 1].unit
    named = None if unit.field else named_amount(with_unit(body, stated), scope)
    subject = _SUBJECT.match(body) or _PLACES.match(body)
    several = scope.several(body)
    within = None if not unit.cell and is_scheme(source.raw(piece.line)) else scope.subprogram
    part = None if several else subject["name"] if subject else within or scope.numbered(body)
    if subject:
        unit.part = subject["name"]
    elif unit.part and _CONTINUES.match(body):
        part = unit.part
    else:
        unit.part = None
    if named and terms_inside(body, named):
        part = named.name
    elif part is None and not unit.field and (unit.cell or _LISTED.match(body)):
        part = named_part(body, source.program.program)
    if part is None and not unit.cell:
        part = headed_part(body)
    place = Context(
        scope.role, part, _example(source, scope), source.part.form,
        carried=unit.carried, office=office, program=source.program.program, cell=unit.cell,
    )  # fmt: skip
    told = share_cue(piece.text, _said(source, piece, place, scope, unit, named))
    told = divided(piece.text, budgets_of_parts(piece.text, in_turn(piece.text, told, part)))
    told = changed(piece.text, told, source.layout.document.fiscal_year)
    told = with_pools(piece.text, other_cases(piece.text, told), source.program.program)
    told = for_each_alike(piece.text, of_funds(piece.text, told, source.program.program))
    told = lettered(piece.text, told)
    told = parts_before(piece.text, told) if source.brackets_before and not unit.cell else told
    told = with_products(piece.text, told) if not unit.cell else told
    told = told if unit.cell else item_sums(source.layout.lines[piece.line - 1], source.part, piece.text, told)
    for figure, say in flowing(piece.text, enumerated(piece.text, told)):
        if several and say.kind in GRANTED and several not in (say.condition or ""):
            say = replace(say, condition=f"{several} {say.condition}" if say.condition else several)
        moved = replace(figure, start=figure.start + piece.start, end=figure.end + piece.start)
        yield source.fact(
            moved, piece.line, starred(source.raw(piece.line), piece.start, moved, say, scope, piece.line)
        )
    brackets = brackets_in(piece.text)
    unit.carried = brackets[-1] if brackets else unit.carried
    unit.said = (unit.said + piece.text + "\n")[-MEMORY:]


def _example(source: Source, scope: Scope) -> str | None:
    """The case of a worked example; a line below 「計算例」 that is in no program is one without a name."""
    return "" if scope.example is None and "example" in source.part.flags else scope.example


def _said(
    source: Source, piece: Piece, place: Context, scope: Scope, unit: Unit, named: AmountLine | None
) -> list[tuple[Figure, Say]]:
    """Each figure of the piece with what is said of it by its own words and by the figures before it."""
    text = piece.text
    said: list[tuple[Figure, Say]] = []
    bare = unit.cell and not re.match(rf"[\s　]*[{CIRCLED}・]", text)  # a cell's words without the mark of a list
    unit_here = source.layout.lines[piece.line - 1].unit
    printed = [*find_figures(text), *whole_shares(text), *(() if unit.cell else bare_amounts(text, unit_here))]
    found = sorted(printed, key=lambda figure: figure.start)
    figures = [_with_each(unit.said.rpartition("\n")[0].rpartition("\n")[2], text, figure) for figure in found]
    budgets = _compared(source, piece, figures, unit)
    cased = None if unit.cell else case_of_field(text, unit.limit)
    unit.limit = cased[0] if cased else None
    for figure in figures:
        if _is_each(figure, text[figure.end :]):
            continue
        if figure.start in budgets:
            said.append(budgets[figure.start])
            _remember(unit, *said[-1])
            continue
        place = replace(place, since=_since(unit, text, said, figure), case=_case(said))
        left = (unit.said + text[max(0, figure.start - MEMORY) : figure.start])[-MEMORY:]
        right = text[figure.end : figure.end + MEMORY]
        say = say_named(named, figure, right, scope, cell=bare) or classify(figure, place, left, right)
        if say is not None:
            say = _by_neighbours(source, text, figure, _resumed(source, figure, say), said, unit)
            if say.fiscal_year is None and say.kind in _AIMED:
                say = replace(say, fiscal_year=year_of_aim(left))
            if say.fiscal_year is None and say.kind in _YEARLY:
                say = replace(say, fiscal_year=of_year(left.rpartition("。")[2].rpartition("\n")[2]))
            say = say_case(text, figure, say, cased, place.subprogram, place.program) if cased else say
            say = inside_still(text, figure, say, unit.open)
            said.append((figure, added(scope, figure, say)))
            _remember(unit, *said[-1])
    unit.open = left_open(text, said)
    return said


def _compared(source: Source, piece: Piece, figures: list[Figure], unit: Unit) -> dict[int, tuple[Figure, Say]]:
    if unit.cell or unit.field:
        return {}
    before = unit.said.rpartition("。")[2].replace("\n", "")
    raw, lines = source.raw(piece.line), source.layout.lines
    if not before and source.part.form == "section" and not raw[: piece.start].strip():
        before = begun_above(lines, piece.line)
    after = "" if raw[piece.start + len(piece.text) :].strip() else ended_below(lines, piece.line)
    year = source.layout.document.fiscal_year
    return compared(before, piece.text, figures, source.program.program, year, after)


def _telling(said: list[tuple[Figure, Say]]) -> tuple[Figure, Say] | None:
    return next((each for each in reversed(said) if each[1].kind is not FactKind.OTHER), None)


def _case(said: list[tuple[Figure, Say]]) -> str | None:
    told = _telling(said)
    return told[1].condition if told else None


def _since(unit: Unit, text: str, said: list[tuple[Figure, Say]], figure: Figure) -> str:
    """What stands between the last figure of a kind and this one."""
    told = _telling(said)
    if told is None:
        return ("" if unit.field else unit.said) + text[max(0, figure.start - MEMORY) : figure.start]
    return text[max(told[0].end, figure.start - MEMORY) : figure.start]


def _is_each(figure: Figure, right: str) -> bool:
    """「1社 20万円」, 「１回３時間まで」, 「1円当たり」: the one for which the next figure holds counts nothing."""
    if figure.kind is FigureKind.MONEY and figure.yen == 1:
        return re.match(r"当たり|あたり|当り|につき", right) is not None
    return figure.kind is FigureKind.COUNT and figure.number == 1 and bool(_FOR_EACH.match(right))


def _with_each(above: str, text: str, figure: Figure) -> Figure:
    """「1人 20万円」: the amount is for each, though no 当たり is printed, or only where the line ``above`` goes on."""
    if figure.kind is not FigureKind.MONEY:
        return figure
    before = text[max(0, figure.start - 24) : figure.start]
    broken = broken_each(above, before) if figure.start <= len(before) else None
    return replace(figure, per=broken or figure.per or bare_each(before))


def _remember(unit: Unit, figure: Figure, say: Say) -> None:
    if figure.kind is FigureKind.MONEY:
        unit.last = say.kind
    elif figure.kind in (FigureKind.RATE, FigureKind.PERCENT):
        unit.share = say.kind if say.kind is FactKind.SUBSIDY_RATE else unit.share


def _by_neighbours(
    source: Source, text: str, figure: Figure, say: Say, before: list[tuple[Figure, Say]], unit: Unit
) -> Say:
    """What the figures before say of this one: the same for another case, or for the year before."""
    left, right = text[max(0, figure.start - MEMORY) : figure.start], text[figure.end : figure.end + MEMORY]
    if figure.kind is FigureKind.MONEY and (kind := of_last_year(left, unit.last)):
        return replace(
            last_year_say(kind, source.layout.document.fiscal_year), subprogram=say.subprogram, flags=say.flags
        )
    if say.kind in (FactKind.LIMIT_ADDITION, FactKind.BUDGET_PREVIOUS):
        return say
    if _BORNE.match(right):
        return say  # 「ただし、大企業は1/2を自己負担とする」 gives nothing
    if say.kind is FactKind.BREAKDOWN and unit.last in (*CEILINGS, FactKind.LOAN_POOL) and (inner := within(left)):
        return replace(say, kind=unit.last or say.kind, subprogram=None, item=None, condition=inner)
    if told_before := by_the_one_before(text, figure, say, before, source.layout.document.fiscal_year):
        return told_before
    if _FORMER_CALL.search(left):
        return replace(say, kind=FactKind.OTHER, condition="前回公募")
    if say.kind in (FactKind.OTHER, FactKind.PERIOD) and (kind := goes_on(text, figure, before)):
        return replace(say, kind=kind, item=None)
    if say.kind is FactKind.OTHER and (case := in_rate_field(text, figure)):
        return replace(say, kind=FactKind.SUBSIDY_RATE, item=None, condition=case)
    if say.kind is FactKind.OTHER and multiplied(figure, before):
        return replace(say, kind=FactKind.BREAKDOWN, item=say.subprogram)
    told = excepted(unit.said + left, figure, unit.last, unit.share, right) if say.kind is FactKind.OTHER else None
    if told:
        return replace(say, kind=told[0], item=None, condition=told[1])
    same, case = alternative(text, figure, right.split("。")[0], before)
    if same is None and say.kind is FactKind.OTHER and (noted(text, figure, unit.share) or tiered(text, figure)):
        same = FactKind.SUBSIDY_RATE
    if say.kind is FactKind.OTHER and (how_long(text, figure, before) or spelled_out(text, figure, before)):
        same = FactKind.PERIOD
    if say.kind is FactKind.OTHER and grown(text, figure, before):
        same = FactKind.BUDGET_CHANGE
    item = say.item if same in (None, say.kind) else None
    return replace(say, kind=same or say.kind, item=item, condition=say.condition or case)


def _resumed(source: Source, figure: Figure, say: Say) -> Say:
    """An amount behind the break of an entry is what the entry's label, before the break, calls it."""
    part = source.part
    if part.more and part.label and figure.kind is FigureKind.MONEY and say.kind is FactKind.OTHER:
        return replace(say, kind=label_kind(part.label) or say.kind, item=part.label)
    return say
