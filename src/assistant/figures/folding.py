"""One character for one: full-width forms become their plain ones and every offset stays.

Unicode's own compatibility folding must not be used on a whole text: it turns ``①50万円`` into ``150万円``.
"""

from __future__ import annotations

import unicodedata


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # ！ to ～
    # Text taken out of PDF files often holds radicals (⽇, ⼈) in place of the ideographs that they look like.
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    table |= dict.fromkeys(map(ord, "〜∼〰"), "~")
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
    table |= dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\u202f"), " ")
    table |= dict.fromkeys(map(ord, "⁄∕"), "/")
    return table | {ord("￥"): "¥", ord("﹪"): "%"}


_TABLE = _table()
_URL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'*+,;=%")
_MAIL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._+%")


def fold(text: str) -> str:
    """``text`` with plain digits, letters, signs and spaces; same length, same offsets."""
    return text.translate(_TABLE)


def hide_addresses(text: str, folded: str) -> str:
    """``folded`` with its web and mail addresses blanked out, as digits in them are no figures.

    Addresses are looked for in the printed ``text``: a full-width bracket or digit ends one.
    """
    if "://" not in text and "www." not in text and "@" not in text:
        return folded
    letters = list(folded)
    for mark, left, right in (("://", _MAIL, _URL), ("www.", frozenset[str](), _URL), ("@", _MAIL, _MAIL)):
        at = text.find(mark)
        while at >= 0:
            start, end = _grow(text, at, at + len(mark), left, right)
            if mark != "@" or _is_mail(text[start:at], text[at + 1 : end]):
                letters[start:end] = "\0" * (end - start)
            at = text.find(mark, end)
    return "".join(letters)


def _is_mail(name: str, host: str) -> bool:
    # 「@500円」 is a price for each, not an address.
    return bool(name) and "." in host and any(char.isalpha() for char in host)


def _grow(text: str, start: int, end: int, left: frozenset[str], right: frozenset[str]) -> tuple[int, int]:
    while start > 0 and text[start - 1] in left:
        start -= 1
    while end < len(text) and text[end] in right:
        end += 1
    return start, end
