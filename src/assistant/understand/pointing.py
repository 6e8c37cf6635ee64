"""How a turn of a conversation stands to those before it, by its own words (``lexicon/follow.toml``)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ..lexicon import table

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "ひと": 1, "ふた": 2, "みっ": 3}
#: The flags of a turn, each by the patterns of its name.
_FLAGS = (
    "back",
    "among",
    "earlier",
    "other",
    "bare",
    "like",
    "case",
    "belongs",
    "past",
    "before",
    "clock",
    "after",
    "others",
    "office",
    "nation",
    "prefecture",
    "again",
    "situation",
    "rest",
    "greatest",
    "anew",
)
_THING = r"(?:やつ|もの|のほう|の方|ほう|方|事業|制度|補助金?|資金|融資|話|件|質問|の|(?=[。、?は]|$))"
_COUNTED = re.compile(r"(?P<number>[1-9]|[一二三四五]|ひと|ふた|みっ)(?:つ目|番目|個目|件目|本目|つめ|番めの?)(?!に)")
_FIRST = re.compile(
    rf"(?:最初|はじめ|初め|一番(?:上|はじめ|最初)|いちばん(?:上|最初)|冒頭)の{_THING}|^(?:最初|はじめ)(?:は|に聞いた)"
)
_LAST = re.compile(rf"(?:最後|一番下|いちばん下)の{_THING}")


@dataclass(frozen=True, slots=True)
class Pointing:
    """What the words of a turn say of the turns before.

    ``said`` is the turn without what only begins it and without what it denies.  ``places`` are which of several are
    meant: 0 for the first, -1 for the last.
    """

    said: str
    away: bool = False  # a new topic is announced
    back: bool = False  # 「それ」, 「この事業」
    among: bool = False  # 「そのうち」: out of what was listed
    earlier: bool = False  # 「さっきの」: out of what was spoken of before
    other: bool = False  # 「…のほうは?」: the same question of something else
    bare: bool = False  # 「…は?」: so too, unless it says what is asked
    like: bool = False  # 「同じような事業」
    case: bool = False  # 「女性だといくら上乗せ?」: a case of what was spoken of
    belongs: bool = False  # 「国の補助金なの?」
    past: bool = False  # 「去年は?」
    others: bool = False  # 「他の県は?」
    office: bool = False  # 「担当は商工課ですよね」
    nation: bool = False  # 「国だと?」
    prefecture: bool = False  # 「県のほうは?」
    before: bool = False  # 「その前の年は?」
    clock: bool = False  # 「おととしは?」
    after: bool = False  # 「翌年は?」
    again: bool = False  # 「もう一度教えて」
    situation: bool = False  # 「うちは認定をもう持ってるんだけど」
    rest: bool = False  # 「もう一つの」
    greatest: bool = False  # 「一番多いのは?」
    anew: bool = False  # 「同じ課の他の事業は?」
    mends: bool = False  # 「いや、…」
    places: tuple[int, ...] = ()
    several: int = 0  # how many of those spoken of, 「両方」
    many: int = 0  # … where a turn says it: 「3本で」

    @property
    def place(self) -> int | None:
        """The first of the places."""
        return self.places[0] if self.places else None


def pointing_of(question: str) -> Pointing:
    """How a turn stands to those before it."""
    said, away = _without("away", _without_remarks(question.strip()))
    said, _ = _without("opener", said)
    said, mends = _without("mends", said)
    said, denied = _without_denied(said)
    said = _without("opener", said)[0].strip(" 、。,") or question
    plain = _plain(said)
    places = _places(plain)
    told = {name: bool(_any(name).search(plain)) for name in _FLAGS}
    told["other"] |= mends
    return Pointing(
        said=said if said != question.strip(" 、。,") else question,
        away=away,
        mends=mends or denied,
        places=places,
        several=0 if places else _several(_plain(question)),
        many=_many(_plain(question)),
        **told,
    )


def is_remark(text: str) -> bool:
    """Whether a turn only says something: 「なるほど」, 「それだと仲間が多すぎるなあ」."""
    plain = _plain(text).strip()
    return bool(_any("remark").search(plain)) and not _any("remark", "asks").search(plain)


def asks_otherwise(text: str) -> bool:
    """Whether a turn asks something in words of its own (「どんな人が来る?」), so that no kind is taken over."""
    return bool(_any("otherwise").search(_plain(text)))


def asks_of_it(text: str) -> bool:
    """Whether a turn asks what can be done with something that was spoken of (「3人の会社でも使える?」)."""
    return bool(_any("of_it").search(_plain(text)))


def names_money(text: str) -> bool:
    """Whether a turn speaks of an amount of money by name (「去年の予算は?」)."""
    return bool(_any("money").search(_plain(text)))


def asks_both_years(text: str) -> bool:
    """「予算はいくら? 去年は?」: this year's budget, and then last year's."""
    return bool(_any("both_years").match(_plain(text)))


def source_said(text: str) -> str | None:
    """The source of money that a turn names, and nothing else: 「一般は?」 → ``funding_general``."""
    sources = table("follow")["sources"].items()
    end = r"(?:は|って|だと|なら|も)?[?。、\s]*"
    return next((kind for kind, words in sources if re.fullmatch(rf"(?:うち)?(?:{words}){end}", _plain(text))), None)


def same_year(text: str) -> bool:
    """Whether a turn asks of the year that was spoken of."""
    return bool(_any("same_year").search(_plain(text)))


def _plain(text: str) -> str:
    """A text in one width and small letters, as long as it was."""
    forms = (unicodedata.normalize("NFKC", letter).lower() for letter in text)
    return "".join(form if len(form) == 1 else letter for form, letter in zip(forms, text, strict=True))


def _without_remarks(text: str) -> str:
    """A turn without the sentences before its question that only remark on the answer."""
    sentences = re.findall(r"[^。!！?？]+[。!！?？]*", text)
    while len(sentences) > 1 and is_remark(sentences[0]):
        sentences = sentences[1:]
    return "".join(sentences).strip()


def _without(name: str, text: str) -> tuple[str, bool]:
    """A text without the beginning that a list of patterns knows, and whether it had one."""
    plain = _plain(text)
    match = next((match for pattern in _each(name) if (match := pattern.match(plain)) and match.end()), None)
    return (text[match.end() :], True) if match else (text, False)


def _without_denied(text: str) -> tuple[str, bool]:
    """「ツールではなくて人材のほう」 → 「人材のほう」."""
    words = "|".join(map(re.escape, sorted(table("follow")["negated"]["words"], key=len, reverse=True)))
    match = re.search(rf"[^、。?\s]*?(?:{words})[、\s]*(?=\S)", _plain(text))
    return (text[: match.start()] + text[match.end() :], True) if match else (text, False)


def _places(said: str) -> tuple[int, ...]:
    counted = [match["number"] for match in _COUNTED.finditer(said)]
    if counted:
        return tuple((int(number) if number.isdigit() else _NUMBERS[number]) - 1 for number in counted)
    if "前者" in said or _FIRST.search(said):
        return (0,)
    return (-1,) if "後者" in said or _LAST.search(said) else ()


def _several(plain: str) -> int:
    """How many of the programs spoken of are meant together; 0 for none."""
    several = table("follow")["several"]
    if any(word in plain for word in several["ask_office"]):
        return 0
    reckoned = any(word in plain for word in several["reckoned"])
    return (_many(plain) or 2) if reckoned or any(word in plain for word in several["patterns"]) else 0


def _many(plain: str) -> int:
    """How many things a turn says that there are: 「3本で」; 0 where it does not."""
    return next((count for word, count in table("follow")["several"]["many"].items() if word in plain), 0)


@cache
def _any(name: str, key: str = "patterns") -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("follow")[name][key]))


@cache
def _each(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("follow")[name]["patterns"])
