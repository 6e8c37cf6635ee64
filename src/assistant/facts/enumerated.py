"""Cases listed with their figures: 「県内 5万円、県外 15万円」, 「上限額：設備枠 200万円、実証枠 1,000万円」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import FactKind, Figure
from .make import Say
from .siblings import SHARED, label_kind

_WORD = r"(?P<name>[一-龥々ァ-ヶーＡ-Ｚ]{2,12}?(?<![率額度限]))[\s　]*"
_FIRST = re.compile(rf"(?:^|[、，,／/：:（(\s　はが]){_WORD}$")
_LISTED = re.compile(
    rf"(?:以内|まで|程度|定額)?[\s　]*(?:[（(][^（()）、，]{{0,16}}[)）]|[)）])?[\s　]*[、，,／/\s　]+{_WORD}"
)
_BEHIND = re.compile(r"[\s　]*(?:以内|まで)?[（(](?P<name>[一-龥々ァ-ヶー]{2,8})[)）](?=[、，,／/。\s　]|$)")
_INSIDE = re.compile(r"(?:以内|まで)?[\s　]*[（(](?:上限|最大|限度)額?[はの：:\s　]*")  # 「定額（上限15万円）」
_ONLY = re.compile(
    r"^[\s　・\-*]*[^。：:、（(]{2,14}[：:][\s　]*(?P<name>[一-龥々ァ-ヶーＡ-Ｚ]{2,12}(?<![率額度限]))[\s　]+$"
)
_PART = re.compile(r"(?:枠|型|類型|コース|タイプ)$")
_TAX = re.compile(r"^税(?:抜き?|込み?|別)$")


def enumerated(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """The figures of a piece; short words, each right before or behind one of several of a kind, are their cases.

    The name of a 枠 is the part that the figure is of.
    """
    before, behind = _before(text, said), _behind(text, said)
    names = before if sum(name is not None for name in before) >= sum(name is not None for name in behind) else behind
    result = list(said)
    for place, name in enumerate(names):
        near = [p for p in (place - 1, place + 1) if 0 <= p < len(names) and names[p] not in (None, name)]
        near += [p for p in (place - 2, place + 2) if 0 <= p < len(names) and names[p] not in (None, name)]
        if name and any(_alike(said[p][1].kind, said[place][1].kind) for p in near):
            result[place] = (said[place][0], _of(said[place][1], name))
    return _cased(text, result) if len(said) == 1 else result


def _alike(one: FactKind, other: FactKind) -> bool:
    return one is other or {one, other} <= {FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT}


def _cased(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """「補助率：設備更新 2分の1」: what is set off behind the label of the only share is its case."""
    figure, say = said[0]
    found = _ONLY.match(text[: figure.start]) if say.kind is FactKind.SUBSIDY_RATE and not say.condition else None
    return [(figure, _of(say, found["name"]))] if found and _fits(say, found["name"]) else said


def _of(say: Say, name: str) -> Say:
    meant = say.condition if say.condition and _TAX.match(say.condition) else None
    if _PART.search(name) and say.subprogram is None:
        return replace(say, subprogram=name, condition=meant)
    return replace(say, condition=f"{name}、{meant}" if meant else name)


def _before(text: str, said: list[tuple[Figure, Say]]) -> list[str | None]:
    names: list[str | None] = []
    end = 0
    for figure, say in said:
        found = _LISTED.fullmatch(text[end : figure.start]) if end else _FIRST.search(text[: figure.start])
        name = found["name"] if found and _fits(say, found["name"]) else None
        if name is None and names and names[-1] and _INSIDE.fullmatch(text[end : figure.start]):
            name = names[-1] if say.kind in SHARED and not say.condition else None
        names.append(name)
        end = figure.end
    return names


def _behind(text: str, said: list[tuple[Figure, Say]]) -> list[str | None]:
    """「20万円（県外）、100万円（県内）」."""
    found = [_BEHIND.match(text, figure.end) for figure, _ in said]
    return [
        each["name"] if each and _fits(say, each["name"]) and not _TAX.match(each["name"]) else None
        for each, (_, say) in zip(found, said, strict=True)
    ]


def _fits(say: Say, name: str) -> bool:
    """A name that is no label of its figure, where no other case is told of it."""
    part = _PART.search(name) is not None
    counted = part and say.kind is FactKind.COUNT
    free = say.condition in (None, name) or _TAX.match(say.condition) is not None
    return free and label_kind(name) is None and (counted or say.kind in SHARED)
