"""What the figure right before makes of this one: 「年1.65％。前年度は年1.45％」, 「900万円（うち運転資金 700万円）」.

Each rule needs a figure before of the same form in the same piece of text, and words between that say how they go
together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import previous_year, year_number
from ..records import FactKind, Figure, FigureKind
from .aims import stood_at
from .grants import asks
from .make import Say

_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_POOL)
_CHARGED = (
    FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT,
    FactKind.LOAN_POOL, FactKind.COUNT, FactKind.TARGET, FactKind.OTHER,
)  # fmt: skip
_LAST_YEAR = re.compile(
    r"(?:[（(。、][\s　]*|^)(?:前年度|昨年度)(?:は|が|の)?[、：:\s　]*(?:延べ|年率?|約|最大|最高|上限)*[\s　]*$"
)
_WITHIN = re.compile(
    r"(?:以内|まで)?[\s　]*[（(、，,]?[\s　]*(?P<case>うち[、\s　]?[^。、（）()0-9０-９]{2,20}?)"
    r"(?:は|について(?:は)?|：|:)?[\s　]*"
    r"(?:最大|上限)?[\s　]*"
)
_CAPS = ("まで", "以内", "上限", "最大", "限度", "を上限", "を限度", "が上限", "が限度")
_OPENED = re.compile(r"(?:以内|まで)?[^（()）。、]{0,6}[（(](?:(?!経費|単価|投資)[^（()）。])*")
_TOGETHER = re.compile(r"[（(、][^（()）。、]{0,12}[、\s　]?(?:最大|最高|上限|合計|合わせて)で?は?[\s　\n]*$")


def by_the_one_before(text: str, figure: Figure, say: Say, before: list[tuple[Figure, Say]], year: str) -> Say | None:
    """What the figure before says of this one; None where it says nothing.  ``year`` is the document's."""
    if not before:
        return None
    other, told = before[-1]
    between = text[other.end : figure.start]
    if figure.kind is other.kind and _LAST_YEAR.search(between) and not asks(figure, text[figure.end :]):
        return _last_year(say, told, year)
    if told.kind is FactKind.TARGET and figure.kind is other.kind and (once := stood_at(between, year)):
        return replace(say, kind=FactKind.OTHER, item=told.item, fiscal_year=once)
    within = _WITHIN.fullmatch(between)
    if within and figure.kind is other.kind is FigureKind.MONEY and told.kind in _LIMITS and not asks(figure, ""):
        return replace(say, kind=told.kind, item=None, subprogram=told.subprogram, condition=within["case"])
    share = _capped(text, figure, say, before)
    if share is not None:
        return replace(say, kind=FactKind.SUBSIDY_LIMIT, item=None, condition=say.condition or share.condition)
    return None


def _last_year(say: Say, told: Say, year: str) -> Say | None:
    """Last year's amount of a budget is the budget before; of a rate or a count it is the same, of that year."""
    own = told.fiscal_year or year
    before = previous_year(own) if year_number(own) is not None else None
    if told.kind is FactKind.BUDGET:
        return replace(say, kind=FactKind.BUDGET_PREVIOUS, item="前年度", condition=told.condition, fiscal_year=before)
    if told.kind not in _CHARGED:
        return None
    return replace(say, kind=told.kind, item=told.item, condition="前年度", fiscal_year=before)


def _capped(text: str, figure: Figure, say: Say, before: list[tuple[Figure, Say]]) -> Say | None:
    """「掛金の20％（加入後12か月間、1人あたり年2万4千円まで）」: the share that is paid up to so much."""
    if figure.kind is not FigureKind.MONEY or say.kind is not FactKind.OTHER or figure.bound not in _CAPS:
        return None
    share = next(((other, told) for other, told in reversed(before) if told.kind is FactKind.SUBSIDY_RATE), None)
    return share[1] if share and _OPENED.fullmatch(text[share[0].end : figure.start]) else None


def is_most_of_all(left: str) -> bool:
    """「…を加算（併用可、最大100万円）」: the most that the additions come to is no addition."""
    return _TOGETHER.search(left) is not None
