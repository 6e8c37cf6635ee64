"""Check digits: which rows of digits are numbers of people and cards."""

from __future__ import annotations


def is_my_number(digits: str) -> bool:
    """Whether twelve digits are a My Number (個人番号) by their last one.

    The formula is that of article 5 of the ministerial ordinance 平成26年総務省令第85号: the check digit is
    11 - (ΣP(n)·Q(n) mod 11) for n = 1 … 11, or 0 where that remainder is 1 or less.  P(n) is the n-th digit from the
    right without the check digit, Q(n) is n + 1 for n ≤ 6 and n - 5 above.
    """
    if len(digits) != 12:
        return False
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:-1]), 1))
    rest = total % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def is_card(digits: str) -> bool:
    """Whether 13 to 19 digits are the number of a payment card: Luhn's sum, and a beginning that cards have.

    Cards begin with 3 to 6, and some with 2221 to 2720; a date or a clock's time written as digits begins otherwise.
    """
    return 13 <= len(digits) <= 19 and _begins_as_card(digits) and _luhn(digits)


def _begins_as_card(digits: str) -> bool:
    return digits[0] in "3456" or (len(digits) == 16 and 2221 <= int(digits[:4]) <= 2720)


def _luhn(digits: str) -> bool:
    """Every second digit from the right doubled (18 counting 1 + 8): the sum is a multiple of ten."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
