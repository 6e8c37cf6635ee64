"""Wrong shares, lengths, counts, dates, telephone numbers and addresses, loose in a sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from functools import partial

from . import amounts
from .amounts import is_no_share, wrong_number, wrong_phone, wrong_share, wrong_yen
from .claim import NOUNS, Attack, Claim, ahead, alone, bracket, clause, framed, one_told
from .ground import Ground
from .notation import FULL
from .reals import Real

COUNTERS = ("社", "件", "者", "人", "名", "回", "事業者", "か所")
WORDS = "〇一二三四五六七八九十"
SIGNS = {
    Fraction(1, 2): "½", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔", Fraction(1, 4): "¼", Fraction(3, 4): "¾",
    Fraction(1, 5): "⅕", Fraction(2, 5): "⅖", Fraction(3, 5): "⅗", Fraction(4, 5): "⅘",
}  # fmt: skip
KANA = {1: "いち", 2: "に", 3: "さん", 4: "よん", 5: "ご", 10: "じゅう"}
ENGLISH = {
    Fraction(1, 2): "one half", Fraction(2, 3): "two thirds", Fraction(1, 3): "a third", Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters", Fraction(1, 10): "ten percent",
}  # fmt: skip
SIZES = {
    Fraction(1, 2): ("半額", "経費の半分", "ハーフ", "折半"),
    Fraction(1): ("全額", "満額", "実費すべて", "100%", "十割"),
}
ShareWriter = Callable[[Fraction, random.Random], str | None]


def _share(write: ShareWriter, real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A share of the cost that is no rate of the program."""
    one = one_told(real, chance)
    share = wrong_share(one, ground, chance) if one else None
    text = write(share, chance) if share else None
    return framed(real, one, chance, text, "share") if one and text else None


def fraction(share: Fraction, chance: random.Random) -> str | None:
    """3/4, ３／４."""
    text = f"{share.numerator}/{share.denominator}"
    return chance.choice((text, text.translate(FULL).replace("/", "／"), f"{share.numerator} / {share.denominator}"))


def in_words(share: Fraction, chance: random.Random) -> str | None:
    """三分の二, 3分の2."""
    below, above = share.denominator, share.numerator
    words = (f"{below}分の{above}", f"{WORDS[below]}分の{WORDS[above]}")
    return chance.choice((*words, words[0].translate(FULL)))


def sign(share: Fraction, chance: random.Random) -> str | None:
    """⅔."""
    return SIGNS.get(share)


def tenths(share: Fraction, chance: random.Random) -> str | None:
    """七割五分."""
    whole, rest = divmod(share * 100, 10)
    if rest.denominator != 1 or not whole:
        return None
    words = f"{WORDS[int(whole)]}割" + (f"{WORDS[int(rest)]}分" if rest else "")
    return chance.choice((words, f"{whole}割" + (f"{rest}分" if rest else ""), f"{float(share * 10):g}割"))


def percent(share: Fraction, chance: random.Random) -> str | None:
    """75%, ７５％, 七十五パーセント, 75㌫."""
    if (share * 100).denominator != 1:
        return None
    number = int(share * 100)
    words = f"{WORDS[number // 10]}十{WORDS[number % 10] if number % 10 else ''}"
    units = ("%", "％", "パーセント", "㌫", "ﾊﾟｰｾﾝﾄ")
    return chance.choice((f"{number}", f"{number}".translate(FULL), words)) + chance.choice(units)


def spelled(share: Fraction, chance: random.Random) -> str | None:
    """にぶんのいち, two thirds."""
    kana = f"{KANA[share.denominator]}ぶんの{KANA[share.numerator]}" if share.numerator in KANA else None
    return chance.choice([word for word in (kana, ENGLISH.get(share)) if word] or [None])


def sizes(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """半額 or 全額 where no rate of the program is."""
    share = chance.choice(list(SIZES))
    one = one_told(real, chance)
    word = chance.choice(SIZES[share])
    if one is None or not is_no_share(one.fact.program_id, share, ground):
        return None
    if not all(ground.says_nothing_of(one.fact.program_id, said) for said in (word, "定額")):
        return None
    return chance.choice((clause, ahead, alone, bracket))(real, one, word, chance.choice(NOUNS["share"]))


def lengths(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A length of time that the program does not state."""
    one = one_told(real, chance)
    number = wrong_number(one, ground, chance, 40) if one else None
    if one is None or number is None:
        return None
    words = [f"{number}年", f"{kanji(number)}年間", f"{number}か月", f"{number}ヶ月".translate(FULL), f"{number}年以内"]
    words += [f"{kanji(number)}カ月", f"{number}ねん", f"{number} years", f"{number}週間"]
    words += [word for word in ("半年", "隔年", "ひと月", "半月") if ground.says_nothing_of(one.fact.program_id, word)]
    return framed(real, one, chance, chance.choice(words), "length")


def kanji(number: int) -> str:
    """A number below a hundred in number kanji."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else WORDS[tens]) + "十" if tens else ""
    return head + (WORDS[ones] if ones else "")


def counts(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A number of firms, cases or people that the program does not state."""
    one = one_told(real, chance)
    number = wrong_number(one, ground, chance, 99) if one else None
    if one is None or number is None:
        return None
    digits = chance.choice((f"{number}", f"{number}".translate(FULL), kanji(number)))
    return framed(real, one, chance, f"{digits}{chance.choice(COUNTERS)}", "count")


def dates(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A deadline that no line of the program states, in the year of its document."""
    one = one_told(real, chance)
    if one is None:
        return None
    year = ground.document(one.fact).fiscal_year.removesuffix("度")
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    if not ground.says_nothing_of(one.fact.program_id, f"{month}月"):
        return None
    words = (
        f"{year}{month}月{day}日", f"{month}月{day}日", f"{year}{month}月末", f"{month}/{day}",
        f"{kanji(month)}月{kanji(day)}日", f"{year}度末", f"{year}度まで",
    )  # fmt: skip
    return framed(real, one, chance, chance.choice(words), "date")


def phones(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A telephone number with one digit changed, as it may be written."""
    found = wrong_phone(real, ground, chance)
    if found is None:
        return None
    one, text = found
    words = (
        text, text.replace("-", ""), text.translate(FULL), text.replace("-", " "), text.replace("-", "の"),
        text.translate(str.maketrans("0123456789", WORDS[:10])), f"({text[:3]}){text[4:]}", f"+81-{text[1:]}",
    )  # fmt: skip
    return framed(real, one, chance, chance.choice(words), "phone")


def addresses(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A web or mail address that carries a figure, or is simply made up."""
    one = one_told(real, chance)
    yen = wrong_yen(amounts.invented, one, ground, chance) if one else None
    if one is None or yen is None:
        return None
    words = (
        f"https://www.example.jp/{yen}yen", f"http://hojo.example.jp/?limit={yen}", "www.example.jp/go-hyaku-man-en",
        "https://hojo.example.jp/", f"info{yen}@example.jp", "hojokin@example.jp", "hojo.example.jp",
    )  # fmt: skip
    return framed(real, one, chance, chance.choice(words), "phone")


MEASURES: dict[str, Attack] = {
    "a wrong fraction": partial(_share, fraction),
    "a ratio in words (三分の二)": partial(_share, in_words),
    "fraction signs (⅔, ⅖)": partial(_share, sign),
    "tenths (七割五分)": partial(_share, tenths),
    "percentages in words and signs": partial(_share, percent),
    "a ratio spelled out (にぶんのいち, two thirds)": partial(_share, spelled),
    "半額 or 全額": sizes,
    "a wrong length of time": lengths,
    "a wrong count": counts,
    "a wrong date": dates,
    "a wrong telephone number": phones,
    "a web or mail address": addresses,
}
