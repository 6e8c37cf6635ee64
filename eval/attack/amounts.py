"""Wrong values: each is stated nowhere of the program that it is put to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction

from assistant.records import Fact, FactKind

from .claim import Told, told
from .ground import Ground, plain, share_of, yens_of
from .reals import Real

ROUND = (10**4, 10**5, 10**6, 10**7, 10**8)
SHARES = tuple(Fraction(a, b) for b in (2, 3, 4, 5, 10) for a in range(1, b) if Fraction(a, b).denominator == b)
_TRIES = 12

WrongYen = Callable[[Told, Ground, random.Random], Iterator[int]]


def any_digit(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """The right sum with one digit changed."""
    digits = str(max(yens_of(one.fact)))
    kept = len(digits.rstrip("0")) or 1
    while True:
        at = chance.randrange(kept)
        digit = chance.choice([new for new in "123456789" if new != digits[at]])
        yield int(digits[:at] + digit + digits[at + 1 :])


def magnitude(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """The right sum with a zero more or less."""
    yen = max(yens_of(one.fact))
    yield from chance.sample([yen * 10, yen // 10, yen * 100], 3)


def thousands(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """千円 taken for 百万円 or for 円."""
    yen = max(yens_of(one.fact))
    yield from chance.sample([yen * 1000, yen // 1000], 2)


def ten_thousands(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """万円 taken for 億円, or the other way round."""
    yen = max(yens_of(one.fact))
    yield from chance.sample([yen * 10_000, yen // 10_000], 2)


def sums(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """Two facts added up, subtracted or averaged."""
    others = [yen for fact in ground.facts[one.fact.program_id] for yen in yens_of(fact)]
    others += [yen for fact in chance.sample(ground.every, 20) for yen in yens_of(fact)]
    yen = max(yens_of(one.fact))
    for other in chance.sample(others, len(others)):
        yield from chance.sample([yen + other, abs(yen - other), (yen + other) // 2], 3)


def elsewhere(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """A sum that another program's documents state."""
    for fact in chance.sample(ground.every, 40):
        yield from yens_of(fact)


def invented(one: Told, ground: Ground, chance: random.Random) -> Iterator[int]:
    """A round sum out of nowhere, as readers expect of a subsidy."""
    while True:
        yield chance.randrange(1, 100) * chance.choice(ROUND)


def wrong_yen(draw: WrongYen, one: Told, ground: Ground, chance: random.Random) -> int | None:
    """A sum that is stated nowhere of the program, or None when none was drawn."""
    for _, yen in zip(range(_TRIES), draw(one, ground, chance), strict=False):
        if ground.is_no_sum(one.fact.program_id, yen):
            return yen
    return None


def has_yen(one: Told) -> bool:
    """Whether a fact is a sum of money."""
    return any(yen > 0 for yen in yens_of(one.fact))


def wrong_share(one: Told, ground: Ground, chance: random.Random) -> Fraction | None:
    """A plain share of the cost that no rate of the program is."""
    for share in chance.sample(SHARES, len(SHARES)):
        if is_no_share(one.fact.program_id, share, ground):
            return share
    return None


def is_no_share(program: str, share: Fraction, ground: Ground) -> bool:
    """Whether neither a fact nor a line of the program tells this share, as a fraction or a percentage."""
    stated = {share_of(fact) for kin in ground.kin(program) for fact in ground.facts.get(kin, ())}
    printed = ground.printed(program)
    words = (f"{share.numerator}/{share.denominator}", f"{share.denominator}分の{share.numerator}")
    return share not in stated and ground.is_no_number(program, share) and not any(word in printed for word in words)


def wrong_number(one: Told, ground: Ground, chance: random.Random, most: int = 400) -> int | None:
    """A whole number that is stated nowhere of the program."""
    for _ in range(_TRIES):
        number = chance.randrange(2, most)
        if ground.is_no_number(one.fact.program_id, Fraction(number)):
            return number
    return None


def wrong_phone(real: Real, ground: Ground, chance: random.Random) -> tuple[Told, str] | None:
    """A telephone number of the draft with one digit changed, one that no office has."""
    phones = [one for one in told(real) if one.fact.kind is FactKind.PHONE]
    if not phones:
        return None
    one = chance.choice(phones)
    at = chance.choice([place for place, letter in enumerate(one.fact.text) if letter.isdigit() and place > 2])
    digit = chance.choice([new for new in "0123456789" if new != plain(one.fact.text[at])])
    text = one.fact.text[:at] + digit + one.fact.text[at + 1 :]
    return None if any(plain(fact.text) == plain(text) for fact in ground.every) else (one, text)


def is_stated(fact: Fact, ground: Ground, kinds: set[FactKind]) -> bool:
    """Whether its own program states the value of a fact as one of these kinds."""
    return ground.states(fact.program_id, kinds, fact)
