"""Limits that are raised by so much: 「賃上げを行う者への補助上限額の引上げ（最大500万円）」."""

from __future__ import annotations

import re

_BY = re.compile(
    r"(?:(?:^|[、。\n・\-])[\s　]*"
    r"(?P<case>[^、。\n（）()・*\s　-][^、。\n（）()]{1,40}?(?:者|企業|団体|組合|法人|場合))"
    r"(?:への|に対する|の|における))?"
    r"(?:補助|助成|交付)?(?:金の?)?(?:上限|限度)額?の(?:引き?上げ|上乗せ|加算)[（(](?:最大|上限|一律)?で?[\s　]*$"
)
_TO = re.compile(r"[\s　]*(?:に|へ|まで|から|→)")


def raised_by(sentence: str, ahead: str) -> re.Match[str] | None:
    """The words that say of an amount right behind them that a limit is raised by it, with the ``case`` they name."""
    return None if _TO.match(ahead) else _BY.search(sentence)
