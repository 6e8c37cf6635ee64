"""A wrong sum of money in every disguise: a writer takes yen and gives the words, or None when they do not suit."""

from __future__ import annotations

import random
from collections.abc import Callable

from assistant.figures import plain_yen

Writer = Callable[[int, random.Random], str | None]

STEPS = ((10**8, "億"), (10**4, "万"), (1, ""))
FULL = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
FORMAL = str.maketrans("一二三四五六七八九十百千万", "壱弐参肆伍陸漆捌玖拾陌阡萬")
SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡", "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹")
CIRCLED = ("⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈")
RAISED = ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉")
SUZHOU = "〇〡〢〣〤〥〦〧〨〩"
HIDDEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u034f")
MARKS = ("\u0332", "\u0305", "\u20dd", "\u0301", "\u0489")
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
LETTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
PARENTHESISED, ENCIRCLED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
LOOKALIKE = (str.maketrans("0158", "OlSB"), str.maketrans("0134", "ОІЗЧ"), str.maketrans("05", "〇Ｓ"))
ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIGNS = ("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊", "🀆🀇🀈🀉🀊🀋🀌🀍🀎🀏", "⚅⚀⚁⚂⚃⚄⚅⚀⚁⚂", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "ОІЗЧБЯДЖЦЪ")
OTHER_TONGUES = (
    "cinq millions de yens", "cinq cent mille", "fünf Millionen", "cinco millones", "오백만 엔",
    "пять миллионов", "पचास लाख", "viginti", "gohyakuman en", "go-hyaku-man yen", "wu bai wan",
    "cincuenta mil",
)  # fmt: skip
SYLLABLES = ("いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう", "じゅう")


def japanese(yen: int, chance: random.Random) -> str | None:
    """1,945万4千円."""
    return plain_yen(yen)


def printed(yen: int, chance: random.Random) -> str | None:
    """19,454,000円, 19,454千円 or 500万円."""
    units = [
        (scale, unit)
        for scale, unit in ((1, "円"), (1000, "千円"), (10**4, "万円"), (10**6, "百万円"))
        if yen % scale == 0
    ]
    scale, unit = chance.choice(units)
    return f"{yen // scale:,}{unit}"


def full_width(yen: int, chance: random.Random) -> str | None:
    """１９，４５４千円."""
    text = printed(yen, chance)
    return text and text.translate(FULL)


def kanji(yen: int, chance: random.Random) -> str | None:
    """千九百四十五万四千円."""
    words = "".join(_below(yen // step % 10_000) + name for step, name in STEPS if yen // step % 10_000)
    return f"{words}円" if yen < 10**12 else None


def _below(number: int) -> str:
    words = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("" if digit == 1 and name else "〇一二三四五六七八九"[digit]) + name
    return words


def positional(yen: int, chance: random.Random) -> str | None:
    """一九四五四千円."""
    text = printed(yen, chance)
    return text and text.replace(",", "").translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def formal(yen: int, chance: random.Random) -> str | None:
    """壱阡九百萬円, the numerals of deeds."""
    text = kanji(yen, chance)
    return text and chance.choice((text.translate(FORMAL), f"金{text.translate(FORMAL).replace('円', '圓')}也"))


def mixed(yen: int, chance: random.Random) -> str | None:
    """1億5千万円."""
    words = "".join(_thousands(yen // step % 10_000) + name for step, name in STEPS if yen // step % 10_000)
    return f"{words}円" if yen < 10**12 else None


def _thousands(number: int) -> str:
    if number >= 1000 and number % 1000 == 0:
        return f"{number // 1000}千"
    return f"{number // 100}百" if number >= 100 and number % 100 == 0 else str(number)


def blanks(yen: int, chance: random.Random) -> str | None:
    """5 0 0 万円."""
    text = printed(yen, chance)
    return text and chance.choice((" ", "　", "\u2009", "・", "_")).join(text)


def hidden(yen: int, chance: random.Random) -> str | None:
    """Digits with characters of no width between them."""
    text = chance.choice((printed, japanese))(yen, chance)
    return text and chance.choice(HIDDEN).join(text)


def marked(yen: int, chance: random.Random) -> str | None:
    """Digits with combining marks over them."""
    text = printed(yen, chance)
    mark = chance.choice(MARKS)
    return text and "".join(letter + mark if letter.isdigit() else letter for letter in text)


def reversed_(yen: int, chance: random.Random) -> str | None:
    """Digits printed backwards between marks that turn the direction of reading."""
    text = printed(yen, chance)
    digits = text.rstrip("円千百万億") if text else ""
    start, end = chance.choice((("\u202e", "\u202c"), ("\u2067", "\u2069")))
    return text and f"{start}{digits[::-1]}{end}{text[len(digits) :]}"


def _in(digits: str, yen: int, chance: random.Random) -> str | None:
    text = printed(yen, chance)
    return text and text.replace(",", "").translate(str.maketrans("0123456789", digits))


def circled(yen: int, chance: random.Random) -> str | None:
    """⑤⓪⓪万円."""
    return _in(chance.choice(CIRCLED), yen, chance)


def raised(yen: int, chance: random.Random) -> str | None:
    """⁵⁰⁰万円."""
    return _in(chance.choice(RAISED), yen, chance)


def scripts(yen: int, chance: random.Random) -> str | None:
    """٥٠٠万円 and the digits of other scripts."""
    return _in(chance.choice(SCRIPTS), yen, chance)


def suzhou(yen: int, chance: random.Random) -> str | None:
    """〥〇〇万円."""
    return _in(SUZHOU, yen, chance)


def keycaps(yen: int, chance: random.Random) -> str | None:
    """5️⃣0️⃣0️⃣万円."""
    text = printed(yen, chance)
    return text and "".join(f"{letter}\ufe0f\u20e3" if letter.isdigit() else letter for letter in text.replace(",", ""))


def lookalike(yen: int, chance: random.Random) -> str | None:
    """5OO万円, lO億円: letters that look like digits."""
    table = chance.choice(LOOKALIKE)
    text = printed(yen, chance)
    return text.translate(table) if text and text.translate(table) != text else None


def few(yen: int, units: tuple[tuple[int, str], ...]) -> tuple[int, str] | None:
    """A sum as one to ten of a unit, when it is."""
    return next(((yen // scale, unit) for scale, unit in units if yen % scale == 0 and 1 <= yen // scale <= 10), None)


_BIG = ((10**8, "億円"), (10**6, "百万円"), (10**7, "千万円"), (10**4, "万円"))


def roman(yen: int, chance: random.Random) -> str | None:
    """Ⅴ百万円."""
    found = few(yen, _BIG)
    return found and chance.choice((ROMAN, LETTERS))[found[0] - 1] + found[1]


def enclosed(yen: int, chance: random.Random) -> str | None:
    """㊄百万円."""
    found = few(yen, _BIG)
    return found and chance.choice((PARENTHESISED, ENCIRCLED))[found[0] - 1] + found[1]


def english(yen: int, chance: random.Random) -> str | None:
    """five million yen, JPY 5M."""
    found = few(yen, ((10**6, "million"), (10**9, "billion"), (10**3, "thousand")))
    if found is None:
        return None
    number, unit = found
    return chance.choice(
        (f"{number} {unit} yen", f"{ENGLISH[number - 1]} {unit} yen", f"JPY {number}{unit[0].upper()}",
         f"{ENGLISH[number - 1].upper()} {unit.upper()}円", f"{ENGLISH[number - 1]}-{unit}-yen")
    )  # fmt: skip


def syllables(yen: int, chance: random.Random) -> str | None:
    """ごひゃくまんえん, and in half-width katakana."""
    found = few(yen, ((10**8, "おくえん"), (10**7, "せんまんえん"), (10**6, "ひゃくまんえん"), (10**4, "まんえん")))
    if found is None:
        return None
    text = SYLLABLES[found[0] - 1] + found[1]
    return chance.choice(
        (text, _katakana(text), _katakana(text).translate(_HALF), f"{SYLLABLES[found[0] - 1]}{found[1][:-2]}円")
    )


def _katakana(text: str) -> str:
    return "".join(chr(ord(letter) + 0x60) for letter in text)


_HALF = str.maketrans(
    {
        "ゴ": "ｺﾞ", "ヒ": "ﾋ", "ャ": "ｬ", "ク": "ｸ", "マ": "ﾏ", "ン": "ﾝ", "エ": "ｴ", "オ": "ｵ", "セ": "ｾ", "イ": "ｲ",
        "チ": "ﾁ", "ニ": "ﾆ", "サ": "ｻ", "ヨ": "ﾖ", "ロ": "ﾛ", "ナ": "ﾅ", "ハ": "ﾊ", "キ": "ｷ", "ュ": "ｭ", "ウ": "ｳ",
        "ジ": "ｼﾞ",
    }
)  # fmt: skip


def point(yen: int, chance: random.Random) -> str | None:
    """１．５億円, 0.5百万円."""
    scale, unit = chance.choice(((10**8, "億円"), (10**6, "百万円"), (10**4, "万円")))
    tenths = yen * 10 // scale
    if yen * 10 % scale or tenths % 10 == 0:
        return None
    return chance.choice(
        (f"{tenths / 10}{unit}", f"{tenths / 10}{unit}".translate(FULL), f"{tenths // 10}・{tenths % 10}{unit}")
    )


def unitless(yen: int, chance: random.Random) -> str | None:
    """A number alone: 5,000,000."""
    return chance.choice((f"{yen:,}", str(yen), f"{yen:,}".translate(FULL), f"{yen:,}-", f"{yen / 10**6:g}"))


def vague(yen: int, chance: random.Random) -> str | None:
    """数百万円: a unit without a number."""
    if yen >= 10**9 or yen < 10**5:
        return None
    name = {6: "十万円", 7: "百万円", 8: "千万円", 9: "億円"}[len(str(yen))]
    return chance.choice(("数", "何", "幾")) + name


def foreign(yen: int, chance: random.Random) -> str | None:
    """$5,000 and other money."""
    number = f"{yen // 1000:,}"
    return (
        chance.choice((f"${number}", f"{number}ドル", f"{number}ユーロ", f"€{number}", f"{number}元"))
        if yen >= 1000
        else None
    )


def signs(yen: int, chance: random.Random) -> str | None:
    """⠼⠑⠚⠚, ⚄⚀: digits as Braille, dice and tiles."""
    digits = str(yen)[: chance.randrange(1, 4)]
    table = chance.choice(SIGNS)
    return digits.translate(str.maketrans("0123456789", table)) + chance.choice(("", "万円", "円"))


def tongues(yen: int, chance: random.Random) -> str | None:
    """cinq millions de yens, 오백만 엔 and words of other languages."""
    return chance.choice(OTHER_TONGUES)


def coded(yen: int, chance: random.Random) -> str | None:
    """Digits behind markup, escapes or powers of ten."""
    digits = str(yen)
    head = digits.rstrip("0")
    zeros = len(digits) - len(head)
    words = (
        "".join(f"&#{ord(letter)};" for letter in f"{yen}円"),
        "".join(f"\\u{ord(letter):04x}" for letter in f"{yen}円"),
        f"<b>{digits[0]}</b>{digits[1:]}円",
        f"**{digits[0]}**{digits[1:]}円",
        f"0x{yen:X}円",
        f"{head}e{zeros}円",
        f"{head}×10の{zeros}乗円",
    )
    return chance.choice(words)


def hedged(yen: int, chance: random.Random) -> str | None:
    """約500万円, 最大500万円."""
    word = chance.choice(("約", "最大", "およそ", "最大で", "おおむね", "少なくとも"))
    return word + plain_yen(yen) + chance.choice(("", "程度", "以内", "前後", "ほど"))


WRITERS: dict[str, Writer] = {
    "an invented sum in 億, 万 and 千": japanese,
    "half-width digits": printed,
    "full-width digits": full_width,
    "number kanji (五百万円)": kanji,
    "kanji in the place of digits (五〇〇万円)": positional,
    "numerals of deeds (伍百萬圓)": formal,
    "digits and number kanji mixed (5百万円)": mixed,
    "digits split by blanks or dots": blanks,
    "digits split by characters of no width": hidden,
    "digits under combining marks": marked,
    "digits turned round by direction marks": reversed_,
    "circled digits": circled,
    "superscripts and subscripts": raised,
    "digits of other scripts": scripts,
    "Suzhou numerals": suzhou,
    "keycap emoji": keycaps,
    "letters that look like digits": lookalike,
    "Roman numerals": roman,
    "enclosed kanji (㊄百万円)": enclosed,
    "English words": english,
    "kana (ごひゃくまんえん, ｺﾞﾋｬｸﾏﾝｴﾝ)": syllables,
    "decimals (１．５億円)": point,
    "a number without a unit": unitless,
    "foreign money": foreign,
    "markup, escapes and powers": coded,
    "Braille, dice and other signs": signs,
    "other languages (cinq millions)": tongues,
    "a sum with 約, 最大 or 程度": hedged,
}
