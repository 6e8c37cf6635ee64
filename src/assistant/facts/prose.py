"""Facts of running text: pages, entries and the words in a table's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..figures import find_figures
from ..layout import Label, Layout, Line, Table, read_label
from ..layout.lines import CIRCLED
from ..programs import Part
from ..programs.names import LEADING_NUMBERS
from ..programs.amounts import AmountLine, read_amount_line
from ..records import Fact, FactKind, Figure, FigureKind, Program
from .classify import Context, classify
from .conditions import brackets_in
from .cues import nearest_cue
from .make import Say, make_fact
from .scopes import Scope

_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_SUBJECT = re.compile(r"^[-*+・\s　]*「(?P<name>[^」]{4,40})」[はで]")
_SEGMENT = re.compile(rf"(?=[{CIRCLED}])|(?=[\s　]・)|(?=[\s　]※)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one raw line with one place in the page: text == raw[start:end]."""

    line: int
    start: int
    text: str


@dataclass
class Unit:
    """A line and the lines that go on with it: cues and bracketed cases carry over from one to the next."""

    said: str = ""  # text of the unit before the current piece
    carried: str | None = None  # 【ものづくり】 that still holds
    body: bool = False  # the part's head is over


def prose_facts(layout: Layout, part: Part, program: Program, tables: tuple[Table, ...]) -> list[Fact]:
    """Facts of a page, an entry or a section line, outside the tables that stand in it."""
    scope = Scope()
    unit = Unit()
    facts: list[Fact] = []
    office = ""
    tabular = {number for table in tables for number in range(table.line_start, table.line_end + 1)}
    for line in layout.lines[part.line_start - 1 : part.line_end]:
        if line.blank or line.number in tabular or line.tabular:
            unit = Unit(body=unit.body)
            continue
        label = read_label(line)
        if label:
            scope.enter_label(label.role)
            unit = Unit(body=True)
        if _starts_unit(line, label):
            unit = Unit(body=unit.body)
        facts += _line_facts(layout, part, program, line, scope, unit, office)
        office = _office_of(line) or office
    return facts


def _starts_unit(line: Line, label: Label | None) -> bool:
    if line.body.startswith("【"):
        return False
    return bool(line.markers and not line.marker("※")) or label is not None or bool(re.match(r"^[^。]{1,14}[：:]", line.body))


def _office_of(line: Line) -> str:
    """The office a line names, for a telephone printed below it."""
    body = re.sub(r"[（(].*$", "", LEADING_NUMBERS.sub("", line.body)).strip()
    return body if re.search(r"(課|室|局|部|班|係|グループ|センター|協会|公社|機構|団|庁)$", body) else ""


def _line_facts(
    layout: Layout, part: Part, program: Program, line: Line, scope: Scope, unit: Unit, office: str
) -> Iterator[Fact]:
    scope.enter_line(line)
    if part.title_line is not None and scope.role == "head" and not unit.body:
        head = _head_facts(layout, part, program, line, unit)
        yield from head
        if head or line.number <= part.title_line:
            return
    unit.body = unit.body or part.form == "entry"
    start = len(line.raw) - len(line.raw.lstrip())
    numbered = next((marker for marker in line.markers if marker.kind in ("(n)", "n.", "n", "①")), None)
    if numbered:
        scope.enter_marker(numbered.kind, line.body)
    pieces = _pieces(line.number, line.raw, start)
    for piece in pieces:
        yield from piece_facts(layout, part, program, piece, scope, unit, office)


def _head_facts(layout: Layout, part: Part, program: Program, line: Line, unit: Unit) -> list[Fact]:
    """The budget in a program's head; an amount in brackets behind it is last year's."""
    found = read_amount_line(line.body)
    figures = [figure for figure in find_figures(line.raw) if figure.kind is FigureKind.MONEY]
    if not figures or found is None or (found.name and line.number != part.title_line):
        return []
    say = Say(_label_kind(found), item=found.label or None, flags=_head_flags(line.raw, found))
    facts = [make_fact(layout, part, program, figures[0], line.number, say)]
    for figure in figures[1:]:
        bracketed = re.search(r"[（(][^（()）]*$", line.raw[: figure.start].replace("*", "")) is not None
        previous = bracketed and say.kind is FactKind.BUDGET and part.form == "page"
        kind = FactKind.BUDGET_PREVIOUS if previous else FactKind.OTHER
        facts.append(_tail_fact(layout, part, program, line, figure, kind, unit))
    return facts


def _tail_fact(
    layout: Layout, part: Part, program: Program, line: Line, figure: Figure, kind: FactKind, unit: Unit
) -> Fact:
    """A further amount on a head line: last year's in brackets, or what its own cue says (新規融資枠 750億円)."""
    if kind is FactKind.OTHER:
        left = unit.said + line.raw[: figure.start]
        context = Context("content", None, None, part.form, since=left)
        return make_fact(layout, part, program, figure, line.number, classify(line.raw, figure, context, left) or Say(kind))
    return make_fact(layout, part, program, figure, line.number, Say(kind, item="前年度"))


def _head_flags(raw: str, found: AmountLine | None) -> tuple[str, ...]:
    flags = list(found.flags) if found else []
    if re.search(r"円\**\s*の一部", raw):
        flags.append("の一部")
    if re.search(r"[（(]新規[)）]", raw) and "新規" not in flags:
        flags.append("新規")
    return tuple(flags)


def _label_kind(found: AmountLine | None) -> FactKind:
    if found and found.label:
        from_label = classify_label(found.label)
        if from_label:
            return from_label
    return FactKind.BUDGET


def classify_label(label: str) -> FactKind | None:
    """The kind that a printed label such as 融資限度額 stands for."""
    cue = nearest_cue(label, "", find_figures("1円")[0])
    return cue.kind if cue else None


def _moved(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)


def _pieces(line: int, raw: str, start: int) -> list[Piece]:
    """A raw line cut before each inline ①, ・ and ※ that stands behind a space."""
    cuts = [start, *(match.start() for match in _SEGMENT.finditer(raw) if match.start() > start), len(raw)]
    return [Piece(line, a, raw[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if raw[a:b].strip()]


def cell_facts(layout: Layout, part: Part, program: Program, line: int, start: int, text: str) -> list[Fact]:
    """Facts of the words in one table cell, which has its own ①②③."""
    scope = Scope(role="content")
    unit = Unit()
    facts: list[Fact] = []
    for piece in _pieces(line, layout.document.lines[line - 1][: start + len(text)], start):
        facts += piece_facts(layout, part, program, piece, scope, unit, "")
    return facts


def piece_facts(
    layout: Layout, part: Part, program: Program, piece: Piece, scope: Scope, unit: Unit, office: str
) -> Iterator[Fact]:
    """Facts of one piece; the unit remembers what was said for the pieces after it."""
    body = piece.text.strip()
    inline = re.match(rf"[{CIRCLED}]", body)
    if inline:
        scope.enter_marker("①", body[1:].strip())
    named = _named_amount(body, scope)
    subject = _SUBJECT.match(body)
    subprogram = subject["name"] if subject else scope.subprogram
    said: list[tuple[Figure, Say]] = []
    previous = 0
    for figure in find_figures(piece.text):
        left = unit.said + piece.text[: figure.start]
        since = (unit.said if previous == 0 else "") + piece.text[previous : figure.start]
        context = Context(scope.role, subprogram, scope.example, part.form, since, unit.carried, office)
        shifted = _moved(figure, len(unit.said))
        say = _say_named(named, figure, scope) or classify(unit.said + piece.text, shifted, context, left)
        if say is not None:
            said.append((figure, _resumed(part, figure, say)))
            previous = previous if say.kind is FactKind.OTHER else figure.end
    for figure, say in share_cue(piece.text, said):
        yield make_fact(layout, part, program, _moved(figure, piece.start), piece.line, say)
    brackets = brackets_in(piece.text)
    unit.carried = brackets[-1] if brackets else unit.carried
    unit.said += piece.text + "\n"


def _resumed(part: Part, figure: Figure, say: Say) -> Say:
    """An amount behind the break of an entry is what the entry's label, before the break, calls it."""
    if part.more and part.label and figure.kind is FigureKind.MONEY and say.kind is FactKind.OTHER:
        return replace(say, kind=classify_label(part.label) or say.kind)
    return say


def share_cue(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """「総額で9,750万円、単年度で4,500万円を超えない範囲」: amounts joined by 、 share what is said behind the last."""
    result = list(said)
    for place in range(len(said) - 2, -1, -1):
        (figure, say), (other, theirs) = result[place], result[place + 1]
        between = text[figure.end : other.start]
        joined = re.fullmatch(r"[、，,][^。、，]{0,14}", between)
        if say.kind is FactKind.OTHER and figure.kind is other.kind and joined and theirs.kind in _LIMITS:
            result[place] = (figure, replace(say, kind=theirs.kind))
    return result


def _named_amount(body: str, scope: Scope) -> AmountLine | None:
    """「導入支援 13,706千円」 inside a program: an amount of its breakdown, with its name."""
    text = re.sub(rf"^([-*+・{CIRCLED}]|[(（]?[0-9０-９]{{1,2}}[)）.．]?[\s　])[\s　]*", "", body)
    found = read_amount_line(text)
    if found is None or not found.name or found.figure is None or scope.example or "】" in found.name:
        return None
    return found


def _say_named(named: AmountLine | None, figure: Figure, scope: Scope) -> Say | None:
    if named is None or figure.kind is not FigureKind.MONEY or named.figure is None:
        return None
    if figure.text != named.figure.text or (named.label and classify_label(named.label) is not FactKind.BREAKDOWN):
        return None
    flags = (*named.flags,)
    return Say(FactKind.BREAKDOWN, subprogram=named.name, item=named.name, flags=flags)
