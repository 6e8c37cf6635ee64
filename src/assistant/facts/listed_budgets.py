"""「予算額は、利子補給 4,260万円、保証料補助 3億円です」: the budgets of a program's parts, listed in one sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from ..layout.roles import source_role
from ..records import FactKind, Figure, FigureKind
from .make import Say
from .siblings import label_kind

_NAME = r"(?P<name>[^\s　、，,。：:（()）「」0-9０-９はをがで]{2,24})(?:分)?(?:に|が|は|：|:)?[\s　]*(?:約)?$"
_FIRST = re.compile(rf"予算(?:額|案|規模)?は、?[\s　]*{_NAME}")
_NEXT = re.compile(rf"^[\s　]*(?:、|，|,|と|及び|並びに)[\s　]*{_NAME}")
_NO_NAME = re.compile(r"総額|合計|合わせて|併せて|前年|当初|補正|年度|最大|総計|全体")


def budgets_of_parts(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """What is said of the figures of a piece, each amount of such a list being the budget of the part before it."""
    run: list[tuple[int, str]] = []
    runs: list[list[tuple[int, str]]] = []
    end = 0
    for place, (figure, _) in enumerate(said):
        pattern = _NEXT if run else _FIRST
        found = pattern.search(text[end : figure.start]) if figure.kind is FigureKind.MONEY else None
        name = found["name"] if found and _is_part(found["name"]) else None
        if name is None:
            runs, run = [*runs, run], []
            found = _FIRST.search(text[end : figure.start]) if figure.kind is FigureKind.MONEY else None
            name = found["name"] if found and _is_part(found["name"]) else None
        run = [*run, (place, name)] if name else run
        end = figure.end
    result = list(said)
    for place, name in (each for part in (*runs, run) if len(part) > 1 for each in part):
        say = replace(result[place][1], kind=FactKind.BUDGET, subprogram=name, item="予算額", condition=None)
        result[place] = (result[place][0], say)
    return result


def _is_part(name: str) -> bool:
    known = label_kind(name) in (None, FactKind.BREAKDOWN)
    return known and source_role(name) is None and not _NO_NAME.search(name)
