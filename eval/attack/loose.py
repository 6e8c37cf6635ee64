"""Wrong sums of money loose in the words of a sentence, beside its slots or in their place."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from functools import partial

from assistant.figures import plain_yen

from . import amounts
from .amounts import WrongYen, has_yen, wrong_yen
from .claim import Attack, Claim, framed, one_told, spoken
from .ground import Ground, yens_of
from .notation import WRITERS, Writer, japanese, printed, vague
from .reals import Real

MULTIPLES = ("二倍", "倍", "2倍", "倍額", "数倍", "ダブル", "十倍", "トリプル", "3ばい")
NOTHING = ("ゼロ", "無料", "無利子", "無償", "０円", "ゼロ円", "無利息", "零", "皆無")


def _sum(draw: WrongYen, write: Writer, real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A sum that the program does not have, written in one way, anywhere in a true sentence."""
    one = one_told(real, chance, has_yen if draw is not amounts.invented else lambda _: True)
    yen = wrong_yen(draw, one, ground, chance) if one else None
    text = write(yen, chance) if yen else None
    return framed(real, one, chance, text, "money") if one and text else None


def magnitudes(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """数百万円 where the program has no sum of that many digits."""
    one = one_told(real, chance)
    yen = wrong_yen(amounts.invented, one, ground, chance) if one else None
    text = vague(yen, chance) if yen else None
    if one is None or yen is None or text is None:
        return None
    lengths = {len(str(value)) for fact in ground.facts[one.fact.program_id] for value in yens_of(fact)}
    return None if len(str(yen)) in lengths else framed(real, one, chance, text, "money")


def ranges(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A range of which one end is wrong, the other perhaps right."""
    one = one_told(real, chance, has_yen)
    yen = wrong_yen(amounts.invented, one, ground, chance) if one else None
    if one is None or yen is None:
        return None
    low, high = sorted((yen, max(yens_of(one.fact))))
    joint = chance.choice(("～", "から", "〜", "-", "ないし", " to "))
    return framed(real, one, chance, f"{plain_yen(low)}{joint}{plain_yen(high)}", "money")


def multiples(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A sum told as the multiple of the right one."""
    one = one_told(real, chance, has_yen)
    if one is None or not ground.says_nothing_of(one.fact.program_id, "倍"):
        return None
    if not wrong_yen(amounts.magnitude, one, ground, chance):
        return None
    return framed(real, one, chance, chance.choice(MULTIPLES), "money")


def nothing(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Nothing to pay, in a word, for a program that says no such thing."""
    one = one_told(real, chance)
    words = [word for word in NOTHING if one and ground.says_nothing_of(one.fact.program_id, word)]
    if one is None or not words or not ground.is_no_number(one.fact.program_id, Fraction(0)):
        return None
    return framed(real, one, chance, chance.choice(words), "money")


def earlier_turn(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A figure of an earlier answer about another program."""
    one = one_told(real, chance)
    other = chance.choice(ground.every)
    if one is None or not yens_of(other):
        return None
    if any(not ground.is_no_sum(one.fact.program_id, yen) for yen in yens_of(other)):
        return None
    said = chance.choice(("", "先ほどの", "前にお答えした", "同じく"))
    return framed(real, one, chance, f"{said}{spoken(other)}", "money")


def abstaining(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A figure in an answer that says it knows none."""
    one = one_told(real, chance)
    yen = wrong_yen(amounts.invented, one, ground, chance) if one else None
    text = chance.choice(list(WRITERS.values()))(yen, chance) if yen else None
    if one is None or text is None:
        return None
    claim = framed(real, one, chance, text, "money")
    draft = replace(claim.draft, status=chance.choice(("abstained", "clarify")), reason="not_stated")
    return replace(claim, draft=draft)


LOOSE: dict[str, Attack] = {
    "another digit": partial(_sum, amounts.any_digit, japanese),
    "another digit, as printed": partial(_sum, amounts.any_digit, printed),
    "a zero more or less": partial(_sum, amounts.magnitude, printed),
    "千円 taken for 百万円 or 円": partial(_sum, amounts.thousands, printed),
    "万円 taken for 億円": partial(_sum, amounts.ten_thousands, japanese),
    "two facts added up": partial(_sum, amounts.sums, japanese),
    "a sum of another program": partial(_sum, amounts.elsewhere, japanese),
    **{name: partial(_sum, amounts.invented, write) for name, write in WRITERS.items()},
    "a unit without a number (数百万円)": magnitudes,
    "a range with a wrong end": ranges,
    "a multiple (倍)": multiples,
    "無料, ゼロ, 無利子": nothing,
    "a figure of an earlier answer": earlier_turn,
    "a figure in an abstention": abstaining,
}
