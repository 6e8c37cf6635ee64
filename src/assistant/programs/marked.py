"""A heading without its number, and that number in one form: 「⑧…」, 「Ⅴ　…」, 「施策1-1 …」, 「柱２ …」."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..tokens import fold

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_ASCII_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMBER = rf"[0-9０-９]+(?:[-－‐.．][0-9０-９]+)*|[{_CIRCLED}]|[{_ROMAN}]|(?<![A-Za-zＡ-Ｚ])[IVX]{{1,4}}(?![A-Za-z])"
_ORDERED = "重点施策|重点項目|重点|基本施策|基本目標|基本方針|方針|施策|政策|目標|戦略|柱|取組|項目|章|節|パート"
_HEAD = re.compile(
    rf"^[\s　・*＊■◆○●◎〇▼]*(?:(?P<word>{_ORDERED})[\s　]*)?(?:第[\s　]*)?[（(〔]?(?P<number>{_NUMBER})[）)〕]?"
    r"(?:[\s　]*(?:章|節))?(?=[\s　.．、:：\u3040-\u30ff\u3400-\u9fff「]|$)[\s　.．、:：]*"
)
_SAID = re.compile(
    rf"(?P<chapter>第[\s　]*[0-9０-９]+[\s　]*[章節])"
    rf"|(?:(?P<word>{_ORDERED})[\s　]*)[（(]?(?P<number>{_NUMBER})[）)]?(?![0-9０-９]|[年月日円万億千人社者件％%])"
    rf"|(?P<alone>[{_CIRCLED}]|[{_ROMAN}])"
    rf"|(?:^|(?<=[\s　「『の]))(?P<latin>[IVX]{{1,4}})(?=[\s　.．のはで、」』])"
)
_BRACKET = re.compile(r"[（(〔［\[][^（）()〔〕［］\[\]]*[）)〕］\]][\s　。]*$")
_AMOUNT = re.compile(r"[\s　][0-9０-９,，.億万千百]+円.*$")
_SET_OFF = "　 ・*＊■◆○●◎:：。"
_DIGITS = "0123456789０１２３４５６７８９"
Mark = tuple[str, str]  # what is counted (柱, 施策; empty when nothing is said), its number; circled as ○8, roman as Ⅴ


@lru_cache(20_000)  # of every heading, for every question
def bare_heading(text: str) -> str:
    """A heading's words alone: no number, bullet, amount or remark in brackets at its end."""
    plain = _AMOUNT.sub("", text.strip())
    match = _head(plain)
    plain = plain[match.end() :] if match and plain[match.end() :].strip() else plain
    words = _BRACKET.sub("", plain).strip(_SET_OFF) or plain.strip(f"{_SET_OFF}（）()〔〕［］[]")
    return re.sub(r"[\s　]+", " ", words)


def heading_mark(text: str) -> Mark | None:
    """The number before a heading; None when it has none."""
    match = _head(text.strip())
    if match is None:
        return None
    return ("章" if "章" in match[0] else match["word"] or "", _number(match["number"]))


def _head(text: str) -> re.Match[str] | None:
    """The number at the start; a plain one stands apart from what follows (21世紀 is a word)."""
    match = _HEAD.match(text)
    if match and not match["word"] and match["number"][-1] in _DIGITS and "章" not in match[0] and "節" not in match[0]:
        return match if not re.match(r"\w", text[match.end("number") :]) else None
    return match


def marks_said(text: str) -> list[tuple[Mark, int, int]]:
    """The numbers of headings that a question says, each with where it stands."""
    found = []
    for match in _SAID.finditer(text):
        number = match["number"] or match["alone"] or match["latin"]
        if match["chapter"]:
            found.append((("章", re.sub(r"\D", "", unicodedata.normalize("NFKC", match["chapter"]))), *match.span()))
        else:
            found.append(((match["word"] or "", _number(number)), *match.span()))
    return found


def same_mark(said: Mark, printed: Mark) -> bool:
    """Whether a number that was said is the one printed; 「基本方針3」 may be printed ③, and 「3」 only 施策3."""
    word, number = said
    bare = printed[1].lstrip("○")
    if word and printed[0]:
        return word == printed[0] and number.lstrip("○") == bare
    if number == printed[1]:
        return bool(word or printed[0]) or not number.isdigit()
    return bool(word) and number.lstrip("○") == bare


def _number(text: str) -> str:
    if text in _CIRCLED:
        return f"○{_CIRCLED.index(text) + 1}"
    if text in _ROMAN:
        return _ROMAN[_ROMAN.index(text)]
    plain = unicodedata.normalize("NFKC", text)
    if plain in _ASCII_ROMAN:
        return _ROMAN[_ASCII_ROMAN.index(plain)]
    return re.sub(r"[-－‐.．]", "-", plain)


def same_heading(one: str, other: str) -> bool:
    """Whether two headings say the same but for numbers, width and blanks."""
    return fold(bare_heading(one)) == fold(bare_heading(other))
