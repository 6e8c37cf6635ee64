"""Columns of which the cell says what it holds: 補助率・利率等, and a 限度額 of loans and of grants in one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..columns import Column
from ..layout.roles import header_text
from ..lexicon import words
from ..records import Fact, FactKind, Figure, FigureKind
from .classify import is_fund
from .grants import asks, is_fee

_NAMED = (
    (FactKind.SUBSIDY_RATE, re.compile(r"補助率|助成率|補助割合|助成割合|交付率")),
    (FactKind.LOAN_RATE, re.compile(r"利率|金利|利子")),
    (FactKind.GUARANTEE_RATE, re.compile(r"保証料")),
)
#: The last of these words before a percentage says what it is.
_SAYS = re.compile(r"(?P<guarantee>保証料)|(?P<loan>利率|金利|年利|固定|変動)|(?P<subsidy>補助|助成|補給|経費|費用|費)")
_KINDS = {
    "guarantee": FactKind.GUARANTEE_RATE,
    "loan": FactKind.LOAN_RATE,
    "subsidy": FactKind.SUBSIDY_RATE,
}
_FIXED = re.compile(r"[\s　]*(?:[／/][^\s　（(、]{1,6})?[\s　]*[（(]?定額")
_PLAIN_LIMIT = re.compile(r"(?:限度|上限|最高限度|最高)額?等?")
_LOANS = (FactKind.LOAN_RATE, FactKind.LOAN_TERM)
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)


def kinds_in(header: str) -> list[FactKind]:
    """The rates that a header names, in their order: 「補助率・利率等」."""
    plain = re.sub(r"\([^()]*\)", "", header_text(header))
    found = [(match.start(), kind) for kind, pattern in _NAMED if (match := pattern.search(plain))]
    return [kind for _, kind in sorted(found)]


def rate_of(figure: Figure, text: str, header: str, program: str) -> FactKind | None:
    """What a share in the cell ``text`` below ``header`` is; None where the header alone says it."""
    named = kinds_in(header)
    if figure.kind is FigureKind.RATE or (len(named) < 2 and not (is_fund(program) and "等" in header)):
        return None
    said = re.split(r"[。；;]", text[: figure.start])[-1]
    cues = list(_SAYS.finditer(said))
    if cues and cues[-1].lastgroup:
        return _KINDS[cues[-1].lastgroup]
    if FactKind.SUBSIDY_RATE in named:
        return FactKind.LOAN_RATE if figure.per == "年" or is_fund(program) else FactKind.SUBSIDY_RATE
    first = not re.search(r"[0-9０-９]", text[: figure.start])
    return named[0] if first else named[1] if len(named) == 2 else None


@cache
def _fees() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words('grants', 'fee', 'words')))})(?:等)?[のを]?[\s　]*$")


def is_discount(figure: Figure, text: str) -> bool:
    """「使用料の3割を減免」: a fee is lowered, and nothing is paid."""
    lowered = re.match(r"(?:以内|程度)?[\s　]*[をの]?(?:減免|減額|割引|割り引|引き|免除)", text[figure.end :])
    return bool(lowered and _fees().search(text[: figure.start]))


def is_paid(figure: Figure, text: str) -> bool:
    """「1人当たり5万円」, 「4万円/kW（定額）」 below 補助率: a sum that is paid for each, and no fee."""
    if figure.kind is not FigureKind.MONEY or figure.unit not in ("円", "万円"):
        return False
    before, behind = text[: figure.start], text[figure.end :]
    each = figure.per not in (None, "年度", "単年度")
    told = each or bool(_FIXED.match(behind)) or bool(re.search(r"定額[\s　：:]*$", before))
    return told and not asks(figure, behind) and not is_fee(before, behind)


def with_limits(facts: Sequence[Fact], columns: Sequence[Column], places: Sequence[str], program: str) -> list[Fact]:
    """The facts of a row, a limit below a plain 限度額 being of a loan or of a grant as the row's other facts are.

    ``places`` are the ids of the facts that such a column holds.
    """
    told = {fact.kind for fact in facts}
    lent = bool(told & set(_LOANS)) or is_fund(program)
    given = FactKind.SUBSIDY_RATE in told
    if lent is given or not any(is_plain_limit(column) for column in columns):
        return list(facts)
    kind = FactKind.LOAN_LIMIT if lent else FactKind.SUBSIDY_LIMIT
    return [replace(f, kind=kind) if f.fact_id in places and f.kind in _LIMITS else f for f in facts]


def is_plain_limit(column: Column) -> bool:
    """A header that says 限度額 alone, and not of what."""
    return _PLAIN_LIMIT.fullmatch(re.sub(r"\([^()]*\)", "", header_text(column.header))) is not None
