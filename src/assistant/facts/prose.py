"""Facts of running text: a piece of a line, with what the pieces before it said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..figures import find_figures
from ..layout.lines import CIRCLED
from ..lexicon import table
from ..programs.amounts import AmountLine, read_amount_line
from ..records import Fact, FactKind, Figure, FigureKind
from .classify import Context, classify
from .conditions import brackets_in
from .cues import nearest_cue
from .make import Say, Source
from .scopes import Scope

MEMORY = 600  # characters before a figure that may still speak of it
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_PART_NAME = r"(?:事業|事業費|補助金|助成金|支援金|奨励金|交付金|給付金|枠|型|制度|資金|コース|融資|プログラム)"
_SUBJECT = re.compile(rf"^[-*+・\s　]*「(?P<name>[^」]{{2,38}}{_PART_NAME})」(?:は|では)")
_SEGMENT = re.compile(rf"(?=[{CIRCLED}])|(?=[\s　]・)|(?=[\s　]※)")
_ITEM_MARK = re.compile(rf"^([-*+・{CIRCLED}]|[(（]?[0-9０-９]{{1,2}}[)）.．]?[\s　])[\s　]*")


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


def pieces_of(line: int, raw: str, start: int) -> list[Piece]:
    """A raw line cut before each inline ①, ・ and ※ that stands behind a space."""
    cuts = [start, *(match.start() for match in _SEGMENT.finditer(raw) if match.start() > start), len(raw)]
    return [Piece(line, a, raw[a:b]) for a, b in pairwise(cuts) if raw[a:b].strip()]


def cell_facts(source: Source, line: int, start: int, text: str) -> list[Fact]:
    """Facts of the words in one table cell, which has its own ①②③."""
    scope = Scope(role="content")
    unit = Unit()
    facts: list[Fact] = []
    for piece in pieces_of(line, source.raw(line)[: start + len(text)], start):
        facts += piece_facts(source, piece, scope, unit)
    return facts


def piece_facts(source: Source, piece: Piece, scope: Scope, unit: Unit, office: str = "") -> Iterator[Fact]:
    """Facts of one piece; the unit remembers what was said for the pieces after it."""
    body = piece.text.strip()
    if re.match(rf"[{CIRCLED}]", body):
        scope.enter_marker("①", body[1:].strip())
    named = None if unit.field else _named_amount(body, scope)
    subject = _SUBJECT.match(body)
    place = Context(
        scope.role, subject["name"] if subject else scope.subprogram, scope.example, source.part.form,
        carried=unit.carried, office=office,
    )  # fmt: skip
    said: list[tuple[Figure, Say]] = []
    previous = 0
    for figure in find_figures(piece.text):
        before = piece.text[max(0, figure.start - MEMORY) : figure.start]
        left = (unit.said + before)[-MEMORY:] if figure.start < MEMORY else before
        since = (unit.said if previous == 0 and not unit.field else "") + piece.text[
            max(previous, figure.start - MEMORY) : figure.start
        ]
        right = piece.text[figure.end : figure.end + MEMORY]
        say = _say_named(named, figure, scope) or classify(figure, replace(place, since=since), left, right)
        if say is not None:
            said.append((figure, _resumed(source, figure, say)))
            previous = previous if say.kind is FactKind.OTHER else figure.end
    for figure, say in share_cue(piece.text, said):
        moved = replace(figure, start=figure.start + piece.start, end=figure.end + piece.start)
        yield source.fact(moved, piece.line, say)
    brackets = brackets_in(piece.text)
    unit.carried = brackets[-1] if brackets else unit.carried
    unit.said = (unit.said + piece.text + "\n")[-MEMORY:]


def _resumed(source: Source, figure: Figure, say: Say) -> Say:
    """An amount behind the break of an entry is what the entry's label, before the break, calls it."""
    part = source.part
    if part.more and part.label and figure.kind is FigureKind.MONEY and say.kind is FactKind.OTHER:
        return replace(say, kind=label_kind(part.label) or say.kind, item=part.label)
    return say


def share_cue(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """「総額で9,750万円、単年度で4,500万円を超えない範囲」: amounts joined by 、 share what is said behind the last."""
    result = list(said)
    for place in range(len(said) - 2, -1, -1):
        (figure, say), (other, theirs) = result[place], result[place + 1]
        between = text[figure.end : other.start]
        joined = len(between) < 40 and re.fullmatch(r"[、，,][^。、，]{0,14}", between)
        if say.kind is FactKind.OTHER and figure.kind is other.kind and joined and theirs.kind in _LIMITS:
            result[place] = (figure, replace(say, kind=theirs.kind, item=None))
    return result


def label_kind(label: str) -> FactKind | None:
    """The kind of money that a printed label such as 融資限度額 stands for."""
    cue = nearest_cue(label, "", find_figures("1円")[0])
    return cue.kind if cue else None


def _named_amount(body: str, scope: Scope) -> AmountLine | None:
    """「導入支援 13,706千円」 inside a program: an amount of its breakdown, with its name."""
    found = read_amount_line(_ITEM_MARK.sub("", body))
    if found is None or not found.name or found.figure is None or scope.example or "】" in found.name:
        return None
    return found


def _say_named(named: AmountLine | None, figure: Figure, scope: Scope) -> Say | None:
    if named is None or figure.kind is not FigureKind.MONEY or named.figure is None:
        return None
    if figure.text != named.figure.text or (named.label and label_kind(named.label) is not FactKind.BREAKDOWN):
        return None
    generic = named.name in _breakdown_words()  # 「委託料：1,500千円」 is an item of the part it stands in
    return Say(FactKind.BREAKDOWN, scope.subprogram if generic else named.name, item=named.name, flags=named.flags)


def _breakdown_words() -> frozenset[str]:
    return frozenset(word for cue in table("cues")["cue"] if cue["kind"] == "breakdown" for word in cue["words"])
