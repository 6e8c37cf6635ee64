"""What an item of a program's list costs, behind what it pays: 「・支給額 1人5万円（上限150万円）　330,000千円」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..layout import Line
from ..programs import Part
from ..programs.names import clean_name, is_name
from ..records import FactKind, Figure, FigureKind
from .make import Say

_BEHIND = re.compile(r"(?:[)）][\s　]+|[ 　]{3,}|　　)$")
_END = re.compile(r"[\s　]*(?:[【〔［\[][^】〕］\]]*[】〕］\]])?[\s　]*$")
_HEAD = re.compile(r"[\s　・\-*]*(?P<name>[^\s　（()）、。：:0-9０-９]{2,20})[\s　]")
_PAID = (FactKind.SUBSIDY_LIMIT, FactKind.OTHER)

Said = list[tuple[Figure, Say]]


def with_products(text: str, said: Said) -> Said:
    """「奨学金返還支援 1人当たり18万円、100人 18,000千円」: what each gets, for how many, and what that comes to."""
    money = [(figure, say) for figure, say in said if figure.kind is FigureKind.MONEY]
    counts = [figure.number or 0 for figure, _ in said if figure.kind is FigureKind.COUNT]
    if len(money) != 2 or len({id(say) for _, say in money}) != 2:
        return said
    (price, paid), (whole, costs) = money
    comes = any(count > 1 and (price.yen or 0) * count == whole.yen for count in counts)
    if not comes or price.per is None or whole.per or paid.kind not in _PAID or costs.kind not in _PAID:
        return said
    head = _HEAD.match(text)
    name = clean_name(head["name"]) if head and not find_figures(head["name"]) else ""
    part = paid.subprogram or (name if is_name(name) else None)
    each = replace(paid, kind=FactKind.SUBSIDY_LIMIT, subprogram=part, item=None)
    total = replace(costs, kind=FactKind.BREAKDOWN, subprogram=part, item=part, condition=None)
    return [(figure, each if figure is price else total if figure is whole else say) for figure, say in said]


def item_sums(line: Line, part: Part, text: str, said: Said) -> Said:
    """The figures of a list's item; the last amount, behind the bracket of its terms or set off by a gap, is a piece of
    the budget.

    It must be larger than all that the item pays and no larger than the program's budget.
    """
    money = [(figure, say) for figure, say in said if figure.kind is FigureKind.MONEY]
    if len(money) < 2 or not line.marker("-", "・", "①", "(n)") or part.amount is None or money[0][1].kind not in _PAID:
        return said
    last, say = money[-1]
    paid = max(figure.yen or 0 for figure, _ in money[:-1])
    outside = _BEHIND.search(text[: last.start]) and _END.match(text, last.end)
    if not outside or say.kind not in _PAID or last.per or not paid < (last.yen or 0) <= part.amount:
        return said
    head = _HEAD.match(text)
    name = clean_name(head["name"]) if head and not find_figures(head["name"]) else ""
    item = name if is_name(name) else None
    told = replace(say, kind=FactKind.BREAKDOWN, item=item, condition=None, note=None)
    return [(figure, told) if figure is last else (figure, other) for figure, other in said]
