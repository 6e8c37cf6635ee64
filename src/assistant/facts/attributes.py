"""Figures of a cell whose heading says what they are: 補助率, 融資期間, 保証料率 …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..columns import Column
from ..figures import find_figures, money_unit, read_cell
from ..layout import Cell
from ..layout.lines import CIRCLED
from ..records import LOWERED, Fact, FactKind, Figure, FigureKind
from .bare import bare_amounts, without_per
from .cell_cases import borne_wholly, grace_months, is_each, paid_by, step_case, whole_of, within_case
from .cell_lists import begins_item, enter_item, numbers_items
from .cell_years import of_its_year
from .classify import Context, classify
from .conditions import behind, condition_of, item_of
from .framed_cases import framed_case, own_funds
from .grants import bare_each
from .make import Say, Source
from .marked import without_mark
from .mixed import is_discount, is_paid, kinds_in, rate_of
from .prose import MEMORY, Unit, cell_facts, piece_facts, pieces_of
from .scopes import Scope
from .sized import sized_lines

_NAMED_CASE = re.compile(
    rf"(?:^|[{CIRCLED}、，,；;／/（(\s　])"
    r"(?P<case>[国県市]|第[0-9０-９一二三四五]{1,2}[期回次]|"
    r"[^\s　①-⑳、，,。；;：:／/（）()\d※]{2,16}(?<![はがをにで約額]))"
    r"(?:[\s　：:]+|(?<=[枠型]))$"
)
_PROVISO = re.compile(r"ただし、?(?P<case>[^。]{2,60}?)(?:[年月]率?)?[\s　]*$")
_GROUP = re.compile(
    r"(?P<case>(?:[(（][0-9０-９]{1,2}[)）][、,，・]?){1,9}(?:に該当する(?:方|者|場合|もの))?|(?:[一-龥々ァ-ヶー]{2,8}の?)?(?:合計|総額))"
    r"(?:は|で|には)?[\s　：:]*(?:[年月])?$"
)
_SHARE = re.compile(r"(?P<case>(?:うち)?[^\s　（(）)、。]{0,8}(?:補助|補給|負担))[\s　：:]*$")
_FLOOR = re.compile(r"下限(?:額|は|：|:)*[\s　]*$")
_CEILINGS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_CUT = re.compile(r"\s*(?:程度|以内)?(?:割引|割り引)")
_RATES = (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_CHARGES = {FactKind.GUARANTEE_RATE: "保証料率", FactKind.LOAN_RATE: "利率"}
_FITTING: dict[FactKind, tuple[str, ...]] = {
    FactKind.SUBSIDY_RATE: ("rate", "percent"),
    FactKind.SUBSIDY_LIMIT: ("money",),
    FactKind.LOAN_LIMIT: ("money",),
    FactKind.LOAN_POOL: ("money",),
    FactKind.LOAN_RATE: ("percent",),
    FactKind.LOAN_TERM: ("duration",),
    FactKind.GUARANTEE_RATE: ("percent", "rate"),
    FactKind.BREAKDOWN: ("money",),
    FactKind.OTHER: ("money",),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a cell tells of its figures."""

    kind: FactKind
    subprogram: str | None = None
    condition: str | None = None
    column: Column | None = None
    loose: bool = False  # bare numbers between words are amounts too

    @property
    def unit(self) -> str | None:
        """The unit of a bare number below this heading."""
        return self.column.unit if self.column else None

    @property
    def is_loose(self) -> bool:
        """A header that states its own unit speaks of the bare numbers between words as well."""
        return self.loose or (self.column is not None and money_unit(self.column.header) is not None)

    @property
    def item(self) -> str | None:
        """A grace period has no kind of its own."""
        header = re.sub(r"[（(][^（）()]*[)）]", "", self.column.header) if self.column else ""
        return "据置期間" if "据置" in header else None

    @property
    def has_grace(self) -> bool:
        """Whether the header says that brackets hold the grace period: 融資期間（うち据置期間）."""
        return bool(self.column and re.search(r"[（(][^（()）]*据置[^（()）]*[)）]", self.column.header))


def attribute_facts(source: Source, cell: Cell, line: int, heading: Heading) -> list[Fact]:
    """A fact for each figure of the cell; one that does not fit the heading is what its own words say."""
    sizes = [
        (number, rest, replace(heading, condition=_both(heading.condition, size)))
        for number, rest, size in sized_lines(cell, line)
    ]
    if sizes:
        return [fact for number, rest, of_size in sizes for fact in attribute_facts(source, rest, number, of_size)]
    whole = read_cell(without_mark(cell.text), heading.unit)
    facts: list[Fact] = []
    previous = stated = 0
    carried: str | None = None
    for figure in [whole] if whole is not None else _figures(cell.text, heading):
        since = cell.text[previous : figure.start]
        if is_each(figure, cell.text[figure.end :]):
            continue
        # 「7年以内（うち据置期間1年以内）」: the condition of the figure before still holds
        bracketed = heading.has_grace and re.search(r"[（(][^（()）]*$", since) is not None
        inner = ("うち" in since and "いずれも" not in since) or bracketed
        found = _clause(cell.text[stated : figure.start]) or framed_case(cell.text[stated : figure.start])
        found = found or own_funds(since, cell.text[figure.end :]) or condition_of(since, None) or _numbered(since)
        found = found or (condition_of(_left(cell.text, figure), None) if inner else _case(since))
        found = step_case(since) or within_case(since, figure) or found
        found = None if found == heading.subprogram else found and _closed(found)
        say = _say(cell.text, figure, since, heading, source.program.program)
        if say is None:
            continue
        say = of_its_year(say, cell.text[: figure.start], source.layout.document.fiscal_year)
        condition = _both(heading.condition, say.condition or found or (carried if inner else None))
        condition = condition or behind(cell.text[figure.end :])
        carried = found or carried
        previous = figure.end
        stated = figure.end if say.kind is heading.kind else stated
        if figure.kind in (FigureKind.PERCENT, FigureKind.MONEY) and figure.per is None and heading.column:
            each = bare_each(since) if figure.kind is FigureKind.MONEY and not bracketed else None
            figure = replace(figure, per=each or heading.column.per)
        facts += fact_at(source, cell, line, figure, replace(say, condition=condition))
    return facts


def _both(above: str | None, own: str | None) -> str | None:
    """For whom the row holds, and the case that the cell itself names: 「51人以上、1,500万円を超える部分」."""
    own = re.sub(r"(?:に?は|では)$", "", own) if own else None
    if not above or not own or above in own or own in above:
        return own or above
    return f"{above}、{own}"


def _figures(text: str, heading: Heading) -> list[Figure]:
    """The figures of a text; where bare numbers are amounts, those too, per 月 in 「月額 150」."""
    figures = find_figures(text)
    if heading.has_grace:
        figures = sorted([*figures, *grace_months(text, figures)], key=lambda figure: figure.start)
    if heading.kind in _RATES:
        figures = sorted([*figures, *borne_wholly(text, figures)], key=lambda figure: figure.start)
    if not heading.is_loose or heading.unit is None:
        return figures
    return sorted([*figures, *bare_amounts(text, heading.unit, figures)], key=lambda figure: figure.start)


def _left(text: str, figure: Figure) -> str:
    """What a cell says before a figure, as far as it may still speak of it."""
    return text[max(0, figure.start - MEMORY) : figure.start]


def _closed(case: str) -> str:
    """Without a bracket that the case opens and does not close: 「（(2)に該当する方は0.1%」."""
    return case[1:] if case.startswith("（") and "）" not in case else case


def _clause(since: str) -> str | None:
    """「ただし、当初3年間は利子補給により年0.3%」: what ただし limits holds in that case only."""
    match = _PROVISO.search(re.sub(r"\s*\n\s*", "", since[since.rindex("ただし") :])) if "ただし" in since else None
    return match["case"] if match else None


def _numbered(since: str) -> str | None:
    """「(1)に該当する方 5,000万円」, 「（合計で1億円）」."""
    match = _GROUP.search(since)
    return match["case"] if match else None


def _case(since: str) -> str | None:
    """「①通常枠 1/2」, 「国内出願 30万円」: in such a cell the word set off before a figure is its case."""
    match = _NAMED_CASE.search(without_per(since))
    case = match["case"].lstrip("・･") if match else ""
    return case if case and not kinds_in(case) else None


def fact_at(source: Source, cell: Cell, line: int, figure: Figure, say: Say) -> list[Fact]:
    """The fact of a figure of a cell's text, at its place in the document; none when it is broken over two lines."""
    place = cell.place(figure.start, figure.end, line)
    if place is None:
        return []
    moved = replace(figure, start=place[1], end=place[1] + figure.end - figure.start)
    return [source.fact(moved, place[0], say)]


def worded_facts(source: Source, cell: Cell, line: int, role: str = "content") -> list[Fact]:
    """Facts of the words in a cell of a row that begins on ``line``; what one of its lines says holds for the next.

    ``role`` is that of a section whose words these would be.
    """
    if not cell.stretches and role == "content":
        return cell_facts(source, line, cell.start, cell.text)
    scope = Scope(role=role)
    unit = Unit(cell=True)
    facts: list[Fact] = []
    itemized, opened = role == "content" and numbers_items(cell, line), 0
    for number, start, text in cell.printed(line):
        if itemized:
            opened = enter_item(scope, source.raw(number), start, text, opened)
            unit = Unit(cell=True) if begins_item(text) else unit
        for piece in pieces_of(number, source.raw(number)[: start + len(text)], start):
            facts += piece_facts(source, piece, scope, unit)
    return facts


def _say(text: str, figure: Figure, since: str, heading: Heading, program: str) -> Say | None:
    if figure.text == "全額":
        return Say(FactKind.SUBSIDY_RATE, heading.subprogram, condition=whole_of(heading.kind, text, figure))
    if heading.kind in _CHARGES and figure.kind is FigureKind.RATE and (paid := paid_by(text, figure)):
        return Say(FactKind.SUBSIDY_RATE, heading.subprogram, condition=f"{_CHARGES[heading.kind]}（{paid}）")
    share = _SHARE.search(since)
    if share and heading.kind in _CHARGES and figure.kind in (FigureKind.RATE, FigureKind.PERCENT):
        return Say(FactKind.SUBSIDY_RATE, heading.subprogram, condition=f"{_CHARGES[heading.kind]}の{share['case']}")
    context = Context("content", heading.subprogram, None, "row", since)
    own = classify(figure, context, _left(text, figure), text[figure.end : figure.end + MEMORY])
    header = heading.column.header if heading.column else ""
    if heading.kind is FactKind.SUBSIDY_RATE and is_paid(figure, text) and (own is None or own.kind is FactKind.OTHER):
        return Say(FactKind.SUBSIDY_LIMIT, heading.subprogram)
    if heading.kind is FactKind.SUBSIDY_RATE and is_discount(figure, text):
        return Say(FactKind.OTHER, heading.subprogram, item=item_of(since))
    if own is not None and own.kind is FactKind.OTHER and heading.kind in _CEILINGS and _FLOOR.search(since):
        return Say(FactKind.OTHER, heading.subprogram, item="下限額")
    if figure.kind.value in _FITTING[heading.kind]:
        kind = rate_of(figure, text, header, program) if heading.kind in _RATES else None
        grace = "据置" in since or (heading.has_grace and re.search(r"[（(][^（()）]*$", since))
        item = "据置期間" if grace else heading.item
        note = LOWERED if _CUT.match(text, figure.end) else own.note if own else None
        return Say(kind or heading.kind, heading.subprogram, item=item, note=note)
    return own and Say(own.kind, heading.subprogram, note=own.note)
