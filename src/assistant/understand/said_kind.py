"""The kind of figure that a short turn asks for by a word of its own: 「補正は?」, 「新規の枠は?」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import FactKind, Query
from .ground import Ground, Heard
from .pointing import Pointing

_POOL = re.compile(
    r"^(?:その|で、)?(?:新規|新た|新しく|融資|貸[しす]?出?す?し?|貸付|総|全体|預託)?[^、。?？]{0,4}枠(?:は|って|だと|の額|も|[?？]|$)"
)
_REVISED = re.compile(
    r"^(?:その|で、)?(?:[0-9０-９一二三四五六七八九十]+月)?補正(?:予算)?(?:額|分|の額|後)?(?:は|って|だと|も|の(?:ほう|方|分))"
)
_MORE = re.compile(
    r"(?:いくら|なんぼ|どれ(?:だけ|くらい|ぐらい|ほど)|何円|何万円?)[^。?？]{0,6}(?:増え|ふえ|上が|あが|足|加|上乗|乗)"
)
_YEARS = re.compile(r"前年|去年|昨年|年度|予算|前の年")


def with_kind_said(alone: Query, pointing: Pointing, topic: Heard | None, ground: Ground) -> Query:
    """A turn without a name, with the kind that the program spoken of states and that its words mean of it."""
    if topic is None or not topic.told or alone.named:
        return alone
    kind = _meant(alone, pointing, topic.told[0], ground)
    if kind is None:
        return alone
    return replace(alone, kinds=(kind,), words=(), open_amount=False, operation=None, intent="figure")


def _meant(alone: Query, pointing: Pointing, program: str, ground: Ground) -> FactKind | None:
    silent = not alone.kinds and not alone.unknown_part
    if silent and _POOL.search(pointing.said) and not ground.parts_said(program, pointing.said):
        return _stated(FactKind.LOAN_POOL, alone, program, ground)
    if not alone.kinds and _REVISED.search(pointing.said):
        return _stated(FactKind.BUDGET_REVISED, alone, program, ground) or FactKind.BUDGET
    grows = alone.kinds in ((), (FactKind.BUDGET_CHANGE,)) and _MORE.search(pointing.said)
    if grows and (alone.case or pointing.case) and not _YEARS.search(pointing.said):
        return _stated(FactKind.LIMIT_ADDITION, alone, program, ground)
    return None


def _stated(kind: FactKind, alone: Query, program: str, ground: Ground) -> FactKind | None:
    return kind if ground.states(program, replace(alone, kinds=(kind,), figure_year=None)) else None
