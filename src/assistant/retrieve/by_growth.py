"""Programs and offices of a set by how many times the budget of the year before theirs is: 「倍以上に増えた課」."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..index import Index
from ..lexicon import compiled, table
from ..records import FactKind, Program
from ..tokens import search_form
from .delimited import Delimited, Holds
from .delimiters import measure_of
from .filters import Unread

GROWN = "前年度からお尋ねの割合まで"
_KANJI = {letter: place for place, letter in enumerate("一二三四五六七八九", 1)}
_Grown = Callable[[Fraction], bool]  # of this year's budget by that of the year before


def read_grown(unread: Unread, index: Index) -> None:
    """「倍以上にふくらんだ」, 「1割以上減った」, 「前年度比が100を下回る」: by the two amounts a row prints."""
    for entry in table("scopes")["grown"]["entries"]:
        match = compiled(entry["words"]).search(unread.text)
        if match is None:
            continue
        grown = _as_said(entry["how"], match.groupdict().get("number"), match.groupdict().get("below") is not None)
        fell = entry["how"].startswith(("less", "half")) or match.groupdict().get("below") is not None
        told = f"{GROWN}{'減った' if fell else '増えた'}"
        unread.take(*match.span(), Delimited(_having(grown, index), (), told))
        return


def _having(grown: _Grown, index: Index) -> Holds:
    return lambda program: _holds(program, grown, index)


def _as_said(how: str, said: str | None, below: bool) -> _Grown:
    number = _number(said)
    if how == "times":
        return lambda ratio: ratio >= (number or 2)
    if how == "half":
        return lambda ratio: ratio * 2 <= 1
    tenths = how.endswith("tenths")
    step = (number or Fraction(0)) / (10 if tenths else 100)
    if how.startswith("of"):  # 「前年度比が95%を下回る」
        return (lambda ratio: ratio < step) if below else (lambda ratio: ratio > step)
    return (lambda ratio: ratio >= 1 + step) if how.startswith("more") else (lambda ratio: ratio <= 1 - step)


def _number(said: str | None) -> Fraction | None:
    plain = search_form(said or "")
    return Fraction(_KANJI[plain]) if plain in _KANJI else Fraction(plain) if plain else None


def _holds(program: Program, grown: _Grown, index: Index) -> bool:
    now, before = (measure_of(program, (kind,), index) for kind in (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS))
    if before is None or not before.yen:
        return False
    if now is None:  # 「－　310　▲310」: it has ended
        change = measure_of(program, (FactKind.BUDGET_CHANGE,), index)
        return change is not None and change.yen == -before.yen and grown(Fraction(0))
    return now.yen is not None and grown(Fraction(now.yen, before.yen))
