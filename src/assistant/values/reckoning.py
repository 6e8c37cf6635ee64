"""Arithmetic on facts: sums, differences, ratios, shares, products and the lesser of two, exact and with a formula.

Amounts are reckoned in yen whatever unit they are printed in; anything else in its own unit.  A result is None where
the operands do not fit: a range, unlike units, one fact twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from ..figures import find_figures, plain_yen
from ..records import LOWERED, RAISED, Computed, Fact, FactKind, Figure
from . import as_figure

K = FactKind
ABOUT = ("約", "程度", "おおむね", "概ね", "余", "ほど")
_OPEN = ("超", "未満", "を超える", "を下回る", "を上回る", "弱")
BUDGETS = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED})
PORTIONS = BUDGETS | {K.BREAKDOWN, K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL}
PAID = frozenset({K.SUBSIDY_LIMIT, K.LIMIT_ADDITION})
RATES = frozenset({K.SUBSIDY_RATE, K.LOAN_RATE, K.GUARANTEE_RATE, K.BUDGET_CHANGE})
COUNTS = frozenset({K.COUNT, K.TARGET, K.OTHER})
_SCALES = (("億円", 10**8), ("百万円", 10**6), ("万円", 10**4), ("千円", 10**3), ("円", 1))


def worth(fact: Fact) -> Fraction | None:
    """The single value of a fact, in yen or in its unit; None for a range, for 定額 and for an open bound."""
    if fact.bound in _OPEN:
        return None
    if fact.yen is not None:
        return Fraction(fact.yen)
    if fact.number is None:
        return None
    return Fraction(as_figure(fact).number or fact.number).limit_denominator(10**6)


def worked_out(how: str, of: Sequence[Fact], said: Sequence[Figure] = ()) -> Fraction | None:
    """What code computes from facts (and figures of the asker); None when it cannot be computed from these.

    A difference is the first less the second, a ratio the first by the second, a share the first in per cent of the
    second; a product multiplies all; the lesser is the least of cost × rate (in whole yen) and the limit; an average
    is the sum by how many there are; ``per`` an amount by a count of the same program.
    """
    if how == "count":
        return Fraction(len(of)) if of and len({fact.program_id for fact in of}) == len(of) and not said else None
    values = [worth(fact) for fact in of]
    known = [value for value in values if value is not None]
    if not of or len(known) < len(of) or len({fact.fact_id for fact in of}) < len(of):
        return None
    if how in ("product", "lesser"):
        return _multiplied(how, of, known, said)
    if how == "per":
        return known[0] / known[1] if not said and _is_per(of) and known[1] > 0 else None
    if said or len(of) < 2 or not _alike(of, how):
        return None
    if how in ("sum", "average"):
        total = sum(known, Fraction(0)) / (len(of) if how == "average" else 1)
        return None if _counts_twice(of) else total
    if how in ("most", "least"):
        return known[0] if known[0] == (max(known) if how == "most" else min(known)) else None
    if len(of) != 2 or (how == "difference" and known[0] < known[1]):
        return None
    if how == "difference":
        return known[0] - known[1]
    if known[1] <= 0 or how not in ("ratio", "share"):
        return None
    if how == "share":
        return known[0] / known[1] * 100 if 0 <= known[0] <= known[1] else None
    return known[0] / known[1]


def _is_per(of: Sequence[Fact]) -> bool:
    """Whether an amount and a count are of one program, its part and its year: 「交付額」 and 「交付件数」."""
    if len(of) != 2 or of[0].yen is None or of[1].yen is not None or of[1].kind not in COUNTS:
        return False
    one, other = of
    alike = (one.program_id, one.fiscal_year) == (other.program_id, other.fiscal_year) and one.per is None
    return alike and one.subprogram == other.subprogram and not (other.unit or "").startswith(("%", "％"))


def _alike(of: Sequence[Fact], how: str) -> bool:
    """Whether facts are of one sort: amounts that go together, or counts of one unit."""
    if len({fact.yen is None for fact in of}) > 1:
        return False
    if _is_stepped(of, how):
        return True
    if len({fact.per for fact in of}) > 1:
        return False
    kinds = {fact.kind for fact in of}
    if of[0].yen is None:
        rates = kinds <= RATES and how in ("difference", "most", "least")
        return len({fact.unit for fact in of}) == 1 and (kinds <= COUNTS or (rates and len(kinds) == 1))
    family = PORTIONS if how == "share" else BUDGETS
    return len(kinds) == 1 or kinds <= family or (how == "sum" and kinds <= PAID)


def _is_stepped(of: Sequence[Fact], how: str) -> bool:
    """Whether a rate of one program goes before what it is raised by (a sum) or lowered by (a difference)."""
    notes = [RAISED] * (len(of) - 1) if how == "sum" else [LOWERED]
    alike = len({(fact.kind, fact.unit) for fact in of}) == 1 and of[0].kind in (K.LOAN_RATE, K.GUARANTEE_RATE)
    steps = [fact.note for fact in of[1:]]
    return how in ("sum", "difference") and alike and of[0].note not in (RAISED, LOWERED) and steps == notes


def _places(fact: Fact) -> int:
    """How many decimals a figure is printed with."""
    return len(fact.text.rpartition(".")[2].rstrip("%％")) if "." in fact.text else 0


def _counts_twice(of: Sequence[Fact]) -> bool:
    """Whether one amount stands among the facts twice: in two rows of the same name."""
    seen = [
        (one.document, one.program, one.kind, one.subprogram, one.condition, one.item, one.fiscal_year, one.yen)
        for one in of
    ]
    return len(set(seen)) < len(seen)


def _multiplied(how: str, of: Sequence[Fact], values: list[Fraction], said: Sequence[Figure]) -> Fraction | None:
    """A limit by a number of those that get it, a cost by a rate, and the lesser of that and the limit."""
    if len({fact.program_id for fact in of}) > 1 or len(said) > 1:
        return None
    kinds = [fact.kind for fact in of]
    if not said:
        fits = how == "product" and len(of) == 2 and kinds[0] in PAID and kinds[1] in COUNTS and of[1].number
        return values[0] * values[1] if fits else None
    if how == "product" and kinds == [K.SUBSIDY_LIMIT] and said[0].number is not None:
        return values[0] * Fraction(said[0].number)
    rate = values[0] / 100 if of[0].unit == "%" else values[0]
    if said[0].yen is None or kinds[0] is not K.SUBSIDY_RATE or not 0 < rate <= 1:
        return None
    paid = Fraction(int(said[0].yen * rate))
    if how == "product":
        return paid if len(of) == 1 else None
    fits = kinds == [K.SUBSIDY_RATE, K.SUBSIDY_LIMIT] and of[1].yen is not None and _one_case(*of)
    return min(paid, values[1]) if fits else None


def _one_case(one: Fact, other: Fact) -> bool:
    """Whether two facts are of one part and case, or one of them holds for all."""
    parts = one.subprogram in (None, other.subprogram) or other.subprogram is None
    return parts and (one.condition in (None, other.condition) or other.condition is None)


def formula(one: Computed) -> str:
    """A computed figure's formula in figures as printed, or in plain yen where they are printed in unlike units."""
    operands = [*_printed(one.of), *(figure.text for figure in one.said)]
    result = find_figures(one.text)[0].text if find_figures(one.text) else one.text
    if one.how == "count":
        return f"{len(one.of)}件を数えて{result}"
    if one.how == "lesser":
        return f"{operands[2]}×{operands[0]}と上限{operands[1]}の小さいほう＝{result}"
    if one.how == "product" and one.said and one.said[0].yen is not None:
        operands.reverse()
    if one.how == "average":
        return f"（{'＋'.join(operands)}）÷{len(one.of)}＝{result}"
    sign = {"sum": "＋", "difference": "－", "ratio": "÷", "share": "÷", "per": "÷", "product": "×"}[one.how]
    return f"{sign.join(operands)}＝{result}"


def _printed(of: Sequence[Fact]) -> list[str]:
    """Figures as printed with their unit; amounts of unlike units in plain yen."""
    if any(fact.yen is None for fact in of) or len({fact.unit for fact in of}) == 1:
        return [with_unit(fact) for fact in of]  # 「12,400千円」 and 「27件」
    return [plain_yen(fact.yen or 0) for fact in of]


def with_unit(fact: Fact) -> str:
    """A figure as printed, with its column's unit: 「19,454千円」."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", fact.text))
    return text if not fact.unit or fact.unit[0] in text or not text[-1:].isdigit() else f"{text}{fact.unit}"


def money_text(yen: int, of: Sequence[Fact]) -> str:
    """An amount in the unit of its operands, and in plain yen beside it where that reads more easily."""
    units = {fact.unit for fact in of}
    scale = dict(_SCALES).get(next(iter(units)) or "", 0) if len(units) == 1 else 0
    plain = plain_yen(yen)
    if not scale or any(letter in fact.text for fact in of for letter in "億万" if fact.unit in ("千円", "円")):
        return plain
    amount = Fraction(yen, scale)
    digits = next((places for places in (0, 1, 2, 3) if (amount * 10**places).denominator == 1), None)
    if digits is None or (digits and scale < 10**6):
        return plain
    text = f"{float(amount):,.{digits}f}{next(name for name, size in _SCALES if size == scale)}"
    return text if yen == 0 or scale >= 10**8 or text == plain else f"{text}（{plain}）"


def computed(
    how: str, of: Sequence[Fact], said: Sequence[Figure] = (), *, places: int | None = None
) -> Computed | None:
    """A computed figure with its text; None when it cannot be computed.

    ``places`` are the decimals of a share (1 unless told) or a ratio (2).
    """
    value = worked_out(how, of, said)
    if value is None:
        return None
    if how in ("most", "least"):
        return Computed(how, tuple(of), "", of[0].yen, of[0].number, of[0].unit)  # prints its first operand
    if how in ("share", "ratio"):
        return _rounded(how, of, value, places if places is not None else (1 if how == "share" else 2))
    if how in ("average", "per"):
        return _to_the_yen(how, of, value)
    money = of[0].yen is not None or bool(said and said[0].yen is not None)
    about = "約" if how != "count" and any(fact.bound in ABOUT for fact in of) else ""
    if money and how != "count":
        if value.denominator != 1:
            return None
        yen = int(value)
        return Computed(how, tuple(of), about + money_text(yen, of if not said else ()), yen=yen, said=tuple(said))
    unit = "事業" if how == "count" else of[0].unit or ""
    number = float(value)
    if _is_stepped(of, how):
        return Computed(how, tuple(of), f"{number:,.{max(map(_places, of))}f}{unit}", number=number, unit=unit)
    return Computed(how, tuple(of), f"{about}{number:,g}{unit}", number=number, unit=unit, said=tuple(said))


def is_about(how: str, of: Sequence[Fact], value: Fraction) -> bool:
    """Whether a computed figure is said with 約: an operand is, or it is an amount rounded to the yen."""
    return any(fact.bound in ABOUT for fact in of) or (how in ("average", "per") and value.denominator != 1)


def _to_the_yen(how: str, of: Sequence[Fact], value: Fraction) -> Computed | None:
    """An average or an amount for each, half up to the whole yen; None of what is no money."""
    if of[0].yen is None:
        return None
    yen = int(value * 2 + 1) // 2
    about = "約" if is_about(how, of, value) else ""
    text = money_text(yen, of[:1]) if value.denominator == 1 else plain_yen(yen)
    return Computed(how, tuple(of), about + text, yen)


def _rounded(how: str, of: Sequence[Fact], value: Fraction, places: int) -> Computed:
    """A share or a ratio to some decimals, half up."""
    scaled = int(value * 10**places * 2 + 1) // 2
    number = scaled / 10**places
    unit = "%" if how == "share" else "倍"
    return Computed(how, tuple(of), f"{number:,.{places}f}{unit}", number=number, unit=unit)
