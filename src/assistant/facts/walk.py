"""A page, an entry or a section line by line: its head, its sections, its lists and the tables that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ..figures import find_figures, read_cell
from ..layout import Label, Line, bare_amounts, read_label
from ..layout.labels import known_labels, plain
from ..lexicon import table
from ..programs import Part, TableReading
from ..programs.amounts import AmountLine, field_label, read_amount_line
from ..programs.cut import cut_bracket
from ..programs.dated_items import dated_item
from ..programs.names import LEADING_NUMBERS, name_key
from ..records import Fact, FactKind, Figure, FigureKind
from .amount_below import of_item_above
from .chains import chained_lines
from .classify import Context, classify, is_fund
from .conditions import behind
from .dated_heads import grown_by, is_broken_head, of_a_year
from .examples import likened
from .funds_behind import fund_behind
from .grids import grid_facts
from .incase import in_their_case
from .item_cases import with_items
from .lettered import is_lettered
from .make import Say, Source
from .mentions import with_parts
from .neighbours import by_the_one_before
from .nested import case_of, opens_list, said_above
from .prose import INLINE_NUMBER, Unit, columns_of, piece_facts, pieces_of
from .scopes import NUMBERED, SAMPLE, Scope, line_title
from .siblings import CEILINGS, grown, label_cue, label_kind, last_year_say, of_last_year
from .worked import with_results
from .year_before import bare_before

_OFFICE = re.compile(r"(課|室|局|部|班|係|グループ|センター|協会|公社|機構|団|庁)$")
_SMALL = re.compile(r"[\s　]*[（(〔［\[【][\s　]*(?P<amount>[0-9０-９]{1,3})[\s　]*[)）〕］\]】]")
_YEAR_BEFORE = re.compile(r"(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度?)?[^\s　、，（(]{0,8}[：:][\s　]*$")
_YEAR_IN_BRACKET = re.compile(
    r"[（(〔［\[][\s　]*(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度?)?(?:当初|補正)?(?:予算)?額?[\s　]*$"
)
_OF_SEVERAL = re.compile(
    r"(?:[0-9０-９二三四五]つの|両|全ての?|すべての)(?:資金|制度|補助金|事業)(?:を|の)(?:合わせ|合計|合算|通算)"
)
_TERMS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.COUNT)
_OPEN_BRACKET = re.compile(r"[（(〔［\[][^（()）〔〕［］\[\]]*$")


def part_facts(source: Source, grids: Sequence[TableReading]) -> list[Fact]:
    """Facts of a page, an entry or a section line, with those of ``grids``, the tables inside it."""
    part = source.part
    by_line = {reading.table.line_start: reading for reading in grids}
    chained = chained_lines(source)
    scope = Scope()
    section = _rate_above(part) if part.form == "section" else ""
    unit = Unit(said=section)
    opened: Line | None = None
    facts: list[Fact] = []
    office = ""
    for line in source.layout.lines[part.line_start - 1 : part.line_end]:
        if line.number in by_line:
            facts += grid_facts(source, by_line[line.number], scope.subprogram)
        if line.blank or line.tabular:
            unit = _fresh(unit, section)
            scope.enter_blank()
            continue
        if line.number in chained:
            facts += chained[line.number]
            unit = _fresh(unit, section)
            continue
        if _OF_SEVERAL.search(line.body):
            continue  # what several programs have together is none's own
        label = read_label(line)
        if opened and line.indent <= opened.indent:
            opened = None
        if label and not line.marker("-", "・"):
            scope.enter_label(label.role)
            section = f"{label.name}：\n" if label.name in _attribute_names() else ""
            unit = Unit(said=section, body=True)
        elif line.marker("#"):
            section = _titled(line)
            unit = _fresh(unit, section)
        elif scope.role == "target" and line.marker("※") and source.layout.lines[line.number - 2].blank:
            scope.role = "condition"  # a footnote below the aims is no aim
        elif scope.role == "target" and _begins_field(line):  # 「補助率　1/2」 below the aims is no aim
            scope.role, unit = "condition", Unit(body=True)
        elif opened and line.markers:
            unit = _under_field(opened, line)
        elif _starts_unit(line, label):
            unit = _fresh(unit, section)
        if opens_list(source.layout.lines, line):
            opened = line
        facts += of_item_above(source, line, list(_line_facts(source, line, scope, unit, office)))
        office = _office_of(line) or office
    facts = with_results(source, likened(facts))
    lines = source.layout.lines[part.line_start - 1 : part.line_end]
    return with_items(lines, in_their_case(lines, with_parts(lines, facts)))


def _rate_above(part: Part) -> str:
    """The heading 「信用保証料率（年）」 of a section says what the bare rates below it are."""
    for title in reversed(part.section):
        name = plain(re.sub(r"[（(][^（）()]*[)）]$", "", title))
        if name in _attribute_names() and name.endswith("率"):
            return f"{name}：\n"
    return ""


def _starts_unit(line: Line, label: Label | None) -> bool:
    if line.body.startswith("【"):
        return False
    if SAMPLE.match(line.body):
        return True  # what is said above a worked example says nothing of its figures
    marked = bool(line.markers and not line.marker("※"))
    field = field_label(line.body)  # 「融資期間　　10年以内」; 「設備資金　10年以内」 is a case of the field above
    named = label is not None or (field is not None and not field.endswith("資金"))
    return marked or named or bool(re.match(r"^[^。]{1,14}[：:]", line.body))


def _begins_field(line: Line) -> bool:
    """Whether a line begins with the label of a field that says for whom a program is or what it grants."""
    field = field_label(line.body) if not line.marker("※") else None
    return field is not None and known_labels().get(field, "condition") not in ("target", "aim", "link", "contact")


def _fresh(unit: Unit, section: str) -> Unit:
    """A new unit; under a label such as 【補助率】 it starts with that label."""
    return Unit(said=section, body=unit.body, field=bool(section))


@cache
def _attribute_names() -> frozenset[str]:
    """Labels that say what the figures below them are."""
    return frozenset(plain(word) for cue in table("cues")["cue"] for word in cue.get("words", ()))


def _under_field(opened: Line, line: Line) -> Unit:
    """Under 「補助率：」 an item 「離島の事業者：10/10」 is a case of it."""
    return Unit(said=said_above(opened, line), carried=case_of(line), body=True, field=True)


def _office_of(line: Line) -> str:
    """The office a line names, for a telephone printed below it."""
    body = re.sub(r"[（(].*$", "", LEADING_NUMBERS.sub("", line.body)).strip()
    return body if _OFFICE.search(body) else ""


def _line_facts(source: Source, line: Line, scope: Scope, unit: Unit, office: str) -> Iterator[Fact]:
    part = source.part
    scope.enter_line(line)
    if part.title_line is not None and scope.role == "head" and not unit.body:
        head = _head_facts(source, line, unit, scope.subprogram)
        yield from head
        unit.last = next((fact.kind for fact in reversed(head) if fact.yen is not None), unit.last)
        if head or (line.number <= part.title_line and dated_item(line.body) is None):
            return
    unit.body = unit.body or part.form == "entry"
    numbered = next((marker for marker in line.markers if marker.kind in NUMBERED), None)
    if numbered:
        text = _first_item(line.body)
        chapter = line_title(line, text) is None
        scope.enter_marker(numbered.kind, text, numbered.number, chapter=chapter)
    scope.enter_titles(line)
    start = line.begin or _begin(line)
    columns = columns_of(line.number, line.raw, start) if scope.side else []
    beside = bool(scope.side) and len(columns) == len(scope.side)
    for place, piece in enumerate(columns if beside else pieces_of(line.number, line.raw, start)):
        if scope.side:
            scope.at_side = scope.side[place] if beside else None
        within = scope.subprogram
        found = list(piece_facts(source, piece, scope, unit, office))
        yield from found
        _enter_found(line, scope, found, within)


def _titled(line: Line) -> str:
    """「## １　予算額」 over running text says what the amounts below it are, as a label 【予算額】 does."""
    cue = label_cue(plain(line.body)) if plain(line.body) in _attribute_names() else None
    return f"{plain(line.body)}：\n" if cue and cue.kind is FactKind.BUDGET else ""


def _begin(line: Line) -> int:
    """Where a line's words begin: the number of a chapter, 「## ３　枠の内容」, counts nothing."""
    chapter = line.marker("#") and line.marker("n", "n.")
    at = line.raw.find(line.body) if chapter and line.body else -1
    return at if at >= 0 else len(line.raw) - len(line.raw.lstrip())


def _enter_found(line: Line, scope: Scope, found: list[Fact], within: str | None) -> None:
    """What an item of a list with its amount, in the part ``within``, makes of the lines below and beside it."""
    if not found or not (line.markers or is_lettered(line.body)):
        return
    costs = any(fact.kind is FactKind.BREAKDOWN for fact in found)
    if found[0].subprogram and found[0].subprogram != within:
        scope.enter_item(line.indent, found[0].subprogram)
    if costs:
        scope.priced = line.indent
    elif scope.priced != line.indent and any(
        fact.kind is FactKind.SUBSIDY_LIMIT and fact.per and _unlabelled(fact) for fact in found
    ):
        scope.paid = line.indent


def _unlabelled(fact: Fact) -> bool:
    """「単身での移住 60万円」 has no label such as 上限額: what stands beside it in the list is paid as well."""
    return fact.item is None or label_kind(fact.item) is None


def _first_item(body: str) -> str:
    """What stands before a second number on the line: 「委託 12億円　　（２）補助 9億円」."""
    return INLINE_NUMBER.split(body, maxsplit=1)[0]


def _ends_name(part: Part, found: AmountLine) -> bool:
    """Whether an amount's name is the second line of the part's own, with the part's amount."""
    own = found.figure is not None and part.amount == found.figure.yen
    return own and name_key(part.name).endswith(name_key(found.name))


def _head_facts(source: Source, line: Line, unit: Unit, within: str | None) -> list[Fact]:
    """The budget in a program's head; an amount in brackets behind it is last year's, a limit is of the part."""
    part = source.part
    if is_broken_head(source.layout.lines, part, line):
        dated = ((figure, of_a_year(line.raw, figure)) for figure in find_figures(line.raw))
        return [source.fact(figure, line.number, say) for figure, say in dated if say is not None]
    above = source.layout.lines[part.title_line - 1] if part.title_line == line.number - 1 else None
    found = read_amount_line(line.body.removeprefix(cut_bracket(above, line) or ""))
    figures = sorted((*find_figures(line.raw), *bare_amounts(line.raw, line.unit)), key=lambda figure: figure.start)
    first = _place_of(line.raw, found.figure if found else None, figures)
    named, figures = figures[:first], figures[first:]  # figures before the amount are part of the name
    figures += _small_before(source, line, figures[0]) if len(figures) == 1 else []
    if not figures or found is None or (found.name and line.number != part.title_line and not _ends_name(part, found)):
        return []
    cue = label_cue(found.label) if found.label else None
    kind = cue.kind if cue else FactKind.BUDGET
    if kind is FactKind.SUBSIDY_LIMIT and is_fund(source.program.program):
        kind = FactKind.LOAN_LIMIT
    if kind in CEILINGS and _lists_limits(line.raw, figures):
        return []  # 「補助上限額：20万円（県外）、100万円（県内）」 is read as a list of cases
    say = Say(kind, item=found.label or None, flags=_head_flags(line.raw, found))
    say = replace(say, condition=cue.condition, stage=cue.stage) if cue else say
    if say.kind is not FactKind.BUDGET and say.condition is None:
        say = replace(say, subprogram=within, condition=behind(line.raw[figures[0].end :]))
    facts = [_figure_of_terms(source, line, figure) for figure in named if _in_terms(line.raw, figure)]
    facts.append(source.fact(figures[0], line.number, say))
    for last, figure in pairwise(figures):
        if kind is FactKind.BUDGET and (change := grown_by(line.raw, figure)):
            facts.append(source.fact(change[0], line.number, change[1]))
            continue
        opened = _OPEN_BRACKET.search(line.raw[: figure.start].replace("*", ""))
        bracketed = opened is not None and "うち" not in opened.group()
        before = of_last_year(line.raw[: figure.start], kind) if figure.kind is FigureKind.MONEY else None
        fund = fund_behind(line.raw, figure, last.end) if opened and kind is FactKind.BUDGET else None
        if fund and figure.kind is FigureKind.MONEY:
            facts.append(source.fact(figure, line.number, fund))
        elif before:
            say = last_year_say(before, source.layout.document.fiscal_year)
            facts.append(source.fact(figure, line.number, say))
        elif figure.kind is FigureKind.MONEY and _YEAR_BEFORE.search(line.raw[: figure.start]):
            facts.append(source.fact(figure, line.number, Say(FactKind.BUDGET)))
        elif bracketed and figure.kind is FigureKind.MONEY and kind is FactKind.BUDGET and _says_before(source):
            facts.append(source.fact(figure, line.number, Say(FactKind.BUDGET_PREVIOUS, item="前年度")))
        elif figure.kind is FigureKind.MONEY and _YEAR_IN_BRACKET.search(line.raw[: figure.start]):
            facts.append(source.fact(figure, line.number, Say(kind)))
        elif grown(line.raw, figure, [(last, Say(facts[-1].kind))]):
            facts.append(source.fact(figure, line.number, Say(FactKind.BUDGET_CHANGE, item="前年度比")))
        elif figure.kind is not FigureKind.YEAR:
            own = _tail_say(source, line, figure, unit)
            if kind is not FactKind.BUDGET and own.subprogram is None:
                own = replace(own, subprogram=within)
            told = [(figures[0], say)] if figure is figures[1] else []
            year = source.layout.document.fiscal_year
            told_before = by_the_one_before(line.raw, figure, own, told, year)
            facts.append(source.fact(figure, line.number, told_before or own))
    return facts


def _place_of(raw: str, amount: Figure | None, figures: Sequence[Figure]) -> int:
    """Where the amount of a head stands among its figures: 「補助金（上限300万円）　5,000千円」 costs 5,000千円."""
    money = [place for place, figure in enumerate(figures) if figure.kind is FigureKind.MONEY]
    same = [place for place in money if amount and figures[place].yen == amount.yen]
    outside = [place for place in same if not _OPEN_BRACKET.search(raw[: figures[place].start])]
    return next(iter([*outside, *money]), len(figures))


def _in_terms(raw: str, figure: Figure) -> bool:
    """Whether a figure before the amount stands in brackets with the terms: 「（1/2以内、上限50万円）　3,000千円」."""
    return figure.kind in _TERMS and _OPEN_BRACKET.search(raw[: figure.start]) is not None


def _figure_of_terms(source: Source, line: Line, figure: Figure) -> Fact:
    return source.fact(figure, line.number, _tail_say(source, line, figure, Unit()))


def _small_before(source: Source, line: Line, figure: Figure) -> list[Figure]:
    """「30,800（0）」, 「1,250（980）」: where brackets hold last year's amount, a short number in them is one."""
    if _says_before(source) and (bare := bare_before(line.raw, figure, told=source.brackets_before)):
        return [bare]
    found = _SMALL.match(line.raw, figure.end) if line.unit and _says_before(source) else None
    small = read_cell(found["amount"], line.unit) if found else None
    return [replace(small, start=found.start("amount"), end=found.end("amount"))] if found and small else []


def _lists_limits(raw: str, figures: Sequence[Figure]) -> bool:
    """Whether several amounts stand on the line outside of brackets."""
    outside = [
        figure
        for figure in figures
        if figure.kind is FigureKind.MONEY and not _OPEN_BRACKET.search(raw[: figure.start])
    ]
    return len(outside) > 1


def _says_before(source: Source) -> bool:
    """A page's head has last year's amount in brackets; a list says so of its brackets somewhere."""
    return source.part.form == "page" or source.brackets_before


def _tail_say(source: Source, line: Line, figure: Figure, unit: Unit) -> Say:
    """A further amount on a head line is what its own cue says: 新規融資枠 750億円."""
    left = unit.said + line.raw[: figure.start]
    context = Context("content", None, None, source.part.form, since=left, program=source.program.program)
    return classify(figure, context, left, line.raw[figure.end :]) or Say(FactKind.OTHER)


def _head_flags(raw: str, found: AmountLine) -> tuple[str, ...]:
    flags = list(found.flags)
    if re.search(r"円\**\s*の一部", raw):
        flags.append("の一部")
    if re.search(r"[（(]新規[)）]", raw) and "新規" not in flags:
        flags.append("新規")
    return tuple(flags)
