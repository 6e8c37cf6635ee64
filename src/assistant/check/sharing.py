"""A sentence that tells of several names at once (AとBの限度額はそれぞれ1億円と2億円) → one for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..records import Figure, FigureKind
from ..understand import Mention
from .statements import Statement

_JOINT = re.compile(
    r"[」』）)]?[ 　]*(?:と|や|、|,|，|・|＆|&|/|／|及び|および|並びに|ならびに|または|又は|かつ)[ 　]*[「『（(]?"
)
_EACH = re.compile(
    r"(?:は|が|も|を|で|、|：|:)*[ 　]*(?:それぞれ|おのおの|各々|順に|順番に|いずれも順に)(?:が|は|、)*[ 　]*"
)
_ITEM_JOINT = re.compile(r"(?<=」)(?=「)|と|や|、|，|・|及び|および|並びに|ならびに|／")
_FIGURE_JOINT = re.compile(
    r"(?:以内|以下|まで|程度|余り|台)?[ 　]*(?:と|、|,|，|・|／|及び|および|並びに|ならびに|、また)"
    r"[ 　]*(?:約|最大|年)*[ 　]*"
)
_TAIL = re.compile(r"[」』）)]?(?:については|について|に関しては|では|には|の|は|が|も|：|:)[^。0-9０-９＿]{0,20}")
_SUMMED = re.compile(r"合計|合わせ|あわせ|総計|総額|計|両方で|併せ|差|比べ|より|足")
_HIDDEN = "＿"
CASE = "＊"  # before the name of a case, which is no part


def shared(statement: Statement, mentions: Sequence[Mention], figures: Sequence[Figure]) -> list[Statement]:
    """The statement itself, or one for each name that it tells of at once; those that cannot be told apart are open.

    ``mentions`` are the names said, with parts and cases (of no program, their name as ``subprogram``).
    """
    told = [one for one in figures if one.kind is not FigureKind.YEAR]
    each = _EACH.search(statement.said)
    if each and (behind := [one for one in told if one.start >= each.end()]):
        return _each(statement, mentions, told, behind, each)
    group = _group(statement.said, mentions, told)
    if not group:
        return [statement]
    behind = [one for one in told if one.start >= group[-1].end]
    until = next((one.start for one in mentions if one.start >= group[-1].end), len(statement.said))
    own = [one for one in behind if one.start < until]
    rest = [one for one in told if one not in own]
    kinds = Counter(one.kind for one in own)
    spans = [(one.start, one.end) for one in group]
    head, tail = statement.said[: spans[0][0]], (spans[-1][1], own[0].start)
    alike = len(kinds) == 1 and len(own) == len(group) and _in_row(statement.said, own)
    if alike:
        parts = [
            _part(statement, (0, len(head)), span, tail, (one.start, one.end))
            for span, one in zip(spans, own, strict=True)
        ]
    elif max(kinds.values()) == 1:
        parts = [_part(statement, (0, len(head)), span, (spans[-1][1], until)) for span in spans]
    else:
        parts = [replace(_part(statement, (0, until)), open=True)]
    if any(one.start < spans[0][0] for one in rest):
        parts = [_part(statement, (0, spans[0][0])), *(_without_head(one, len(head)) for one in parts)]
    if until < len(statement.said):
        parts.append(_part(statement, (until, len(statement.said))))
    return parts


def _without_head(statement: Statement, length: int) -> Statement:
    """A part of a sentence without what stands before the names, which is told by itself."""
    if statement.said and statement.open:
        return Statement(statement.said[length:], statement.places[length:], open=True)
    return Statement(statement.said[length:], statement.places[length:])


def _part(statement: Statement, *spans: tuple[int, int]) -> Statement:
    said = "".join(statement.said[start:end] for start, end in spans)
    return Statement(said, tuple(place for start, end in spans for place in statement.places[start:end]))


def _in_row(said: str, figures: Sequence[Figure]) -> bool:
    pairs = pairwise(figures)
    return all(_FIGURE_JOINT.fullmatch(said, one.end, other.start) for one, other in pairs)


def _group(said: str, mentions: Sequence[Mention], figures: Sequence[Figure]) -> list[Mention]:
    """Two names or more, joined by 「と」 or a comma, of which the next figures are told."""
    group: list[Mention] = []
    for one in mentions:
        joined = group and _JOINT.fullmatch(said, group[-1].end, one.start) and _differ(group[-1], one)
        group = [*group, one] if joined else [one]
        following = [other for other in figures if other.start >= one.end]
        next_name = next((other.start for other in mentions if other.start >= one.end), len(said))
        if len(group) > 1 and following and following[0].start < next_name:
            tail = said[one.end : following[0].start]
            if _TAIL.fullmatch(tail) and not _SUMMED.search(tail):
                return group
    return []


def _differ(one: Mention, other: Mention) -> bool:
    """Whether two names are of different programs, or of two parts or cases of one."""
    if not one.programs or not other.programs:
        sorts = [(name.subprogram or "").startswith(CASE) for name in (one, other)]
        return bool(one.subprogram and other.subprogram) and sorts[0] == sorts[1]
    apart = not set(one.programs) & set(other.programs)
    return apart or bool(one.subprogram and other.subprogram and one.subprogram != other.subprogram)


def _each(
    statement: Statement, mentions: Sequence[Mention], told: list[Figure], behind: list[Figure], each: re.Match[str]
) -> list[Statement]:
    """「AとBの補助率はそれぞれ1/2と2/3」: the first figure is of A, the second of B, where there are as many."""
    said = statement.said
    hidden = "".join(
        _HIDDEN if any(one.start <= at < one.end for one in mentions) else letter
        for at, letter in enumerate(said[: each.start()])
    )
    begin = max((one.end for one in told if one.end <= each.start()), default=0)
    begin = max(begin, hidden.rfind("。") + 1)
    items = _items(hidden, begin)
    own = behind[: len(items)]
    if len(items) < 2 or len(own) < len(items) or not _in_row(said, own) or len({one.kind for one in own}) > 1:
        opened = replace(_part(statement, (begin, len(said))), open=True)
        return [_part(statement, (0, begin)), opened] if begin else [opened]
    more = behind[len(items)] if len(behind) > len(items) else None
    if more and _in_row(said, [own[-1], more]):
        return [replace(statement, open=True)]
    prefix, suffix = (begin, items[0][0]), (items[-1][1], each.start())
    joint = (each.start(), min(each.start() + 1, each.end())) if said[each.start()] in "はがも：:" else (0, 0)
    parts = [_part(statement, (0, begin))] if begin else []
    parts += [
        _part(statement, prefix, item, suffix, joint, (one.start, one.end))
        for item, one in zip(items, own, strict=True)
    ]
    if len(behind) > len(items):
        parts.append(replace(_part(statement, (own[-1].end, len(said))), open=True))
    return parts


def _items(hidden: str, begin: int) -> list[tuple[int, int]]:
    """The names in a row before 「それぞれ」: what the first has before it and the last behind it is common to all."""
    pieces: list[tuple[int, int]] = []
    start = begin
    for match in _ITEM_JOINT.finditer(hidden, begin):
        if match.group() in ("、", "，") and not hidden[start : match.start()].strip():
            continue
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(hidden)))
    pieces = [(one, end) for one, end in pieces if hidden[one:end].strip(" 　")]
    while len(pieces) > 1 and re.search(r"(?:は|では|について|ですが|において)$", hidden[: pieces[0][1]]):
        pieces = pieces[1:]  # 「小口資金は、AとBで」: what the sentence is about
    if len(pieces) < 2:
        return []
    first, last = pieces[0], pieces[-1]
    named = _HIDDEN in hidden[first[0] : first[1]]  # the items are names, perhaps with their regions
    at = hidden.rfind("の", first[0], first[1])
    shared_head = at >= 0 and (not named or _HIDDEN in hidden[first[0] : at])
    pieces[0] = (at + 1, first[1]) if shared_head else first
    since = hidden.rfind(_HIDDEN, last[0], last[1]) + 1 if named else 0
    at = (hidden.rfind if named else hidden.find)("の", max(last[0], since), last[1])
    particle = re.search(rf"(?:は|が|も|で)(?:[^{_HIDDEN}]*)$", hidden[last[0] : last[1]])
    end = at if at >= 0 else last[0] + particle.start() if particle else last[1]
    pieces[-1] = (last[0], end)
    return pieces
