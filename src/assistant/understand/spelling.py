"""One spelling for what a question may write in several: old characters, half-width kana, Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..lexicon import table

_HALF_WIDTH = re.compile(r"[\uff66-\uff9f]+")  # katakana and its voicing marks, composed together
_FISCAL = re.compile(r"(?<![A-Za-z])FY\s*['’]?(20)?(?P<year>[0-9]{2})(?![0-9])(\s*年度?)?", re.IGNORECASE)
# a katakana letter within kanji that looks like one: 小ロ資金, 労働カ, エ場
_LOOKALIKE = re.compile(r"(?<=[一-龠])ロ(?=[一-龠])|(?<=[一-龠])カ(?![ァ-ヶー所月国年条])|(?<![ァ-ヶー])エ(?=[一-龠])")
_LIKE = {"ロ": "口", "カ": "力", "エ": "工"}
_PREFECTURE = r"(?:-?(?:ken|fu|to)\b|\s+pref(?:ecture|\.)?)?"


def respelled(text: str) -> str:
    """A question with each of its words as the documents write it; its figures and names stay as they are.

    ｼｮｳﾃﾝｶﾞｲ → ショウテンガイ, 經濟 → 経済, yamagataの → 山形県の, FY2020のbudget → 2020年度の予算.
    """
    text = _HALF_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), modern(text))
    text = _LOOKALIKE.sub(lambda found: _LIKE[found.group()], text)
    if not re.search("[A-Za-zＡ-Ｚａ-ｚ]{2}", text):
        return text
    text = _FISCAL.sub(lambda found: f"20{found['year']}年度", text)
    return _latin().sub(lambda found: _in_japanese(found.group()), text)


def modern(text: str) -> str:
    """A text with new characters for old ones; its length stays."""
    return text.translate(_characters())


@cache
def _characters() -> dict[int, str]:
    pairs = table("spellings")["characters"]
    return str.maketrans(dict(zip(pairs["old"], pairs["new"], strict=True)))


@cache
def _latin() -> re.Pattern[str]:
    lists = table("spellings")
    words = "|".join(re.escape(word) for word in sorted(lists["english"], key=len, reverse=True))
    places = "|".join(lists["romaji"])
    return re.compile(rf"(?<![A-Za-z])(?:(?:{places}){_PREFECTURE}|(?:{words}))(?![A-Za-z])", re.IGNORECASE)


def _in_japanese(word: str) -> str:
    lists = table("spellings")
    small = word.lower()
    if small in lists["english"]:
        return str(lists["english"][small])
    found = re.match("[a-z]+", small)
    return str(lists["romaji"][found.group()]) if found else word
