"""Whether words hold anything like a quantity: digits of any script, numerals, units, shares, foreign words.

The parser of the documents reads what documents print.  What somebody writes to say a figure without being seen is
wider, so here nothing is read: whatever looks like a quantity is refused.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..lexicon import table

_NUMERAL = re.compile(
    r"[〇一二三四五六七八九十百千万億兆壱壹弌弐貳貮弍參肆捌玖廿卅卌陌佰阡仟萬圓零漆]"
    r"|[参伍陸拾](?=[ 十百千万億兆円割倍])"
)
_UNIT = re.compile(
    r"円(?![滑卓形満熟陣柱盤環弧筒周高安])|[¥$€£₩₿%‰‱℃°]|ドル|ユーロ|ポンド|ウォン|人民元|パーセント|パーミル"
    r"|ポイント(?=[増減上下引高低の分])|割(?![合り当引増高安烹愛])|倍|分の|銭(?!湯)"
    r"|(?<![複多少件人社者回度])数(?=[割社件者人名回年日月週倍個ヶか])"
)
# letters and signs of a Japanese text; any other may be a digit in disguise (Braille, dice, Cyrillic letters)
_WRITTEN = re.compile(
    r"[ -~\n\t\u3000-\u3020\u3030-\u303fぁ-ゟ゠-ヿ\u3400-\u9fff\uf900-\ufaff！-｠｡-ﾟ‐‑–—―‘’“”…‥※→←↑↓"
    r"○●◎□■◇◆△▲▽▼☆★✓▪•·〓′″×÷±−〜￥￢\u3099\u309a]*"
)
_VOICED = "\u3099\u309a"  # marks that make か into が
_LATIN = re.compile(r"[A-Za-z]+")
_ROMAN = re.compile(r"[IVXLCDM]+|[ivxlcdm]+")
_ADDRESS = re.compile(r"://|www\.|[a-z0-9._-]@[a-z0-9]|\.(?:jp|com|org|net)(?![a-z])")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LARGE = "じゅう|ひゃく|びゃく|ぴゃく|せん|ぜん|まん|おく|ちょう"
_ONES = "いち|に|さん|よん|し|ご|ろく|なな|しち|はち|きゅう|く"
_KANA = re.compile(
    rf"(?:{_LARGE})+(?:えん|円)|(?:ひゃく|びゃく|せん|じゅう)まん|ぶんの|ぱーせんと|ねんかん|かげつ"
    rf"|(?:{_ONES}|きゅう)わり|ばい(?=で|に|の|を|が|と|、|。|）|$)"
)
_SPELLED = re.compile(
    rf"(?:^|[はがをも、(:・ ])(?=[ぁ-ん]*?(?:{_LARGE}))(?:{_ONES}|じっ|{_LARGE}){{2,}}"
    r"(?=で|、|。|の|を|が|まで|と|に|\)|$)"
)


def is_free_of_quantities(text: str, own: str = "") -> bool:
    """Whether nothing in a text looks like a quantity; words of shares (無利子) may stand that ``own`` prints too.

    Signs that nobody sees (of no width, or turning the direction of reading) are refused with it.
    """
    if not _WRITTEN.fullmatch(text) or not all(map(_is_plain, text)):
        return False
    plain = unicodedata.normalize("NFKC", text)
    if not all(_is_word(word, own) for word in _LATIN.findall(plain)):
        return False
    plain = plain.lower()
    if _ADDRESS.search(plain) or _NUMERAL.search(_harmless().sub("〓", plain)) or _UNIT.search(plain):
        return False
    if any(word in plain and word not in own for word in table("guard")["shares"]["words"]):
        return False
    spoken = plain.translate(_TO_HIRAGANA)
    return not (_KANA.search(spoken) or _SPELLED.search(spoken))


def _is_word(word: str, own: str) -> bool:
    """A Latin word that is no numeral: an acronym (DX, SDGs), or one that ``own`` prints too."""
    latin = table("guard")["latin"]
    if word.lower() in latin["numbers"]:
        return False
    if word in own or word in latin["known"]:
        return True
    return not _ROMAN.fullmatch(word) and not re.search(r"[a-z]{3}", word)


@cache
def _is_plain(letter: str) -> bool:
    """No digit of any script, no sign without a shape of its own."""
    return letter in "\n\t" or letter in _VOICED or unicodedata.category(letter)[0] not in "CNM"


@cache
def _harmless() -> re.Pattern[str]:
    words = (*table("guard")["numerals"]["harmless"], *table("guard")["numerals"]["places"])
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
