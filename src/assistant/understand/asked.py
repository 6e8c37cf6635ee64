"""Which figures a question asks for, and what it wants to be told of them (``lexicon/questions.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..lexicon import table
from ..placenames import NATION
from ..records import FactKind
from ..tokens import search_form

K = FactKind
_FUNDING = frozenset({K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL})
_CLOSE = re.compile(r"[。?!\n]")
_PAUSE = re.compile(r"[。?!\n、,]")
# 「R5でいくら? そのうち国費は?」: what an amount asked for beside other kinds is, by those kinds
_BESIDE = (
    ({K.LOAN_RATE, K.LOAN_TERM, K.GUARANTEE_RATE}, K.LOAN_LIMIT),
    ({K.SUBSIDY_RATE, K.LIMIT_ADDITION}, K.SUBSIDY_LIMIT),
    ({*_FUNDING, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE, K.BUDGET_REVISED, K.PERIOD, K.TARGET, K.COUNT}, K.BUDGET),
)
_AMOUNTS = frozenset({K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.LOAN_POOL, K.BUDGET, K.BREAKDOWN})
_LIMITS = frozenset({K.SUBSIDY_LIMIT, K.LOAN_LIMIT})
# 「1件いくら」, 「月なんぼ」: what one gets, never a budget
_FOR_ONE = re.compile(
    r"(?:(?:1|一|ひと)(?:人|り|社|軒|店|件|回|日|月|台|戸|世帯|[かカヶヵケ]月|企業|事業者|年|時間|泊|頭|匹|団体|組合|者)"
    r"|月々?|毎月|月額|日額|年額|[人社件回])(?:に|あたり|当たり|につき)?(?:で|、|は)?$"
)
# in the clause of an amount that is a budget
_OF_A_YEAR = re.compile(r"令和|平成|昭和|年度|予算|\b[rhs][0-9]|20[0-9]{2}")
_ITSELF = re.compile(r"何|なん|いつ|いく|どこ|どれ|どの")  # a word that asks, and needs no 「いくら」 behind it
_LISTED = re.compile(
    r"(?:は(?:同じ|一緒|いっしょ|おんなじ|変わら)|と(?![いしなっも])|や|・|＆|及び|および"
    r"|、(?=[^。、?]{0,10}(?:率|額|数|比|年|期間|割)))"
)
# between things that are asked for together
_AND = re.compile(r"(?:と|や|・|＆|&|及び|および|に加えて?|プラス)、?[^。?!\n、,]{0,12}")
_GOES_ON = re.compile(r"(?:まで|くらい|ぐらい|ほど|もら(?:え|っ)|出|つい)?(?:て|で)(?!す)")  # 「1団体いくらで何割」
# all that is asked of a budget by its change; a rate is the change's
_OF_BUDGETS = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.BUDGET_CHANGE, K.SUBSIDY_RATE})
_BOTH = re.compile(
    r"両方|双方|どちらも|どっちも|両年|並べ|(?:2|二|ふた)つとも|と(?:合わせて|あわせて|一緒に|いっしょに|セットで)"
)
_THIS_YEAR = re.compile(r"要求|当初|(?:今|本|当|新|来)年度?|今回|予算")
# what a weak word of a kind does not yield to when it stands in another clause: 「何年度まであって、R5は幾ら積んでる」
_ALONGSIDE = {
    K.BUDGET: frozenset({K.PERIOD, K.COUNT, K.TARGET, K.PHONE, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE, *_FUNDING}),
    K.PERIOD: frozenset({*K} - {K.PERIOD, K.LOAN_TERM, K.TARGET, K.COUNT}),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """Kinds asked for in the order of the question, words their item must hold, whether it asks 「いくら」 of no
    kind, and the words of the question that ask."""

    kinds: tuple[FactKind, ...]
    items: tuple[str, ...]
    open_amount: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    kinds: tuple[FactKind, ...]
    items: tuple[str, ...] = ()
    unless: frozenset[FactKind] = frozenset()  # kinds that it yields to
    general: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    match: _Match  # what it makes of a place
    word: str = ""  # the pattern itself where it is a plain word: most of them, and most are not said


def asked_kinds(text: str) -> Asking:
    """What a question asks for.

    A word that a longer matching word covers in part does not count: 補助限度額 does not also ask for 限度額.
    """
    plain = _shown(search_form(text))
    kept = _sure(_longest(_found(plain)), plain)
    amounts = [match for match in _open().finditer(plain) if not _covered(match, kept)]
    kinds = dict.fromkeys(kind for one in kept for kind in one.kinds)
    if K.BUDGET_CHANGE in kinds and {*kinds} <= _OF_BUDGETS:
        kinds.pop(K.SUBSIDY_RATE, None)  # 「減り方が大きいのは? 率も」
    if K.BUDGET_PREVIOUS in kinds and K.BUDGET not in kinds and _asks_both_years(kept, plain):
        kinds = {K.BUDGET: None, **kinds}
    apart = next((amount for amount in amounts if kept and _stands_apart(amount, kept, plain)), None)
    if apart and (beside := _beside(apart, kept, plain)):
        kinds = {beside: None, **kinds} if apart.start() < kept[0].start else {**kinds, beside: None}
    items = dict.fromkeys(item for one in kept for item in one.items)
    words = [plain[one.start : one.end] for one in kept] + [match[0] for match in amounts]
    return Asking(tuple(kinds), tuple(items), bool(amounts) and not kinds, tuple(words))


def asked_groups(text: str) -> tuple[tuple[FactKind, ...], ...]:
    """The kinds that each asking word of a question may mean; of words that are sure to ask."""
    plain = _shown(search_form(text))
    kept = _sure(_longest(_found(plain)), plain)
    return tuple(dict.fromkeys(one.kinds for one in kept if one.unless != frozenset(K)))


def asked_apart(text: str) -> tuple[tuple[tuple[FactKind, ...], str], ...]:
    """The kinds that each asking word of a question may mean, with the stretch that asks for them."""
    plain = _shown(search_form(text))
    kept = _sure(_longest(_found(plain)), plain)
    spans = sorted({(one.start, one.end) for one in kept})
    apart = []
    for place, (start, end) in enumerate(spans):
        before = spans[place - 1][1] if place else 0
        after = spans[place + 1][0] if place + 1 < len(spans) else len(plain)
        begins = max((cut.end() for cut in _PAUSE.finditer(plain, before, start)), default=before)
        close = _PAUSE.search(plain, end, after)
        kinds = dict.fromkeys(kind for one in kept if (one.start, one.end) == (start, end) for kind in one.kinds)
        apart.append((tuple(kinds), plain[begins : close.start() if close else after]))
    return tuple(apart)


def asks_a_share_or_amount(text: str) -> bool:
    """「どれだけ持ってくれる」: words that ask for a share and an amount at once, so that either answers."""
    plain = _shown(search_form(text))
    return any({K.SUBSIDY_RATE, K.SUBSIDY_LIMIT} <= set(one.kinds) for one in _longest(_found(plain)))


def _shown(plain: str) -> str:
    """A question without the stretches that only look as if they asked (期間限定, 小規模)."""
    return _hidden().sub(lambda match: "〓" * len(match[0]), plain)


@lru_cache(maxsize=2048)  # each stage asks again
def _found(plain: str) -> tuple[_Match, ...]:
    return tuple(
        replace(one.match, start=place.start(), end=place.end())
        for one in _entries()
        if one.word in plain
        for place in one.pattern.finditer(plain)
        if place.end() > place.start()
    )


def _longest(found: Iterable[_Match]) -> list[_Match]:
    """Matches that do not overlap, longer ones first and general ones last; equal spans stand for several kinds."""
    kept: list[_Match] = []
    for one in sorted(found, key=lambda match: (match.general, match.start - match.end, match.start)):
        spans = ((other.start, other.end) for other in kept)
        if all((one.start, one.end) == span or one.end <= span[0] or span[1] <= one.start for span in spans):
            kept.append(one)
    return sorted(kept, key=lambda match: (match.start, match.end))


def _sure(kept: list[_Match], plain: str) -> list[_Match]:
    """Without words that yield to another of their sentence, and general ones beside a source of money by name."""
    own = [one for one in kept if not one.unless]
    named = [one for one in own if not one.general and set(one.kinds) <= _FUNDING]
    sure = []
    for one in kept:
        if one.general and named:
            continue
        stronger = [other for other in own if one.unless & set(other.kinds)]
        before = [other for other in stronger if other.start < one.end and not _parted(other, one, plain)]
        before = [other for other in before if not set(other.kinds) <= _ALONGSIDE.get(one.kinds[0], frozenset())]
        if _LISTED.match(plain, one.end) and not _ITSELF.search(plain, one.start, one.end):
            before, stronger = [], []  # 「総額と前年度比」
        if not before and not any(_same_clause(one, other, plain) for other in stronger):
            sure.append(one)
    return sure


def _parted(one: _Match, other: _Match, plain: str) -> bool:
    return _CLOSE.search(plain, one.end, max(one.end, other.start)) is not None


def _same_clause(one: _Match, other: _Match, plain: str) -> bool:
    first, last = sorted((one, other), key=lambda match: match.start)
    return _PAUSE.search(plain, first.end, max(first.end, last.start)) is None


def _asks_both_years(kept: list[_Match], plain: str) -> bool:
    """「要求、前の年の分と合わせて両方」: this year's budget beside last year's."""
    for one in sorted(kept, key=lambda match: -match.start):
        plain = f"{plain[: one.start]}、{plain[one.end :]}"
    return bool(_BOTH.search(plain) and _THIS_YEAR.search(plain))


def _covered(match: re.Match[str], kept: list[_Match]) -> bool:
    return any(one.start < match.end() and match.start() < one.end for one in kept)


def _stands_apart(amount: re.Match[str], kept: list[_Match], plain: str) -> bool:
    """Whether 「いくら」 is asked of something else than the kinds that are asked for by name."""
    before = [one for one in kept if one.end <= amount.start()]
    if not before:
        gap = plain[amount.end() : kept[0].start]
        return bool(_PAUSE.search(gap) or _AND.fullmatch(gap) or _GOES_ON.match(gap))
    gap = plain[before[-1].end : amount.start()]
    if _AND.fullmatch(gap):
        return True
    itself = _ITSELF.search(plain, before[-1].start, before[-1].end)
    return bool(itself and (_PAUSE.search(gap) or gap.startswith("で")))


def _beside(amount: re.Match[str], kept: list[_Match], plain: str) -> FactKind | None:
    """The kind of an amount that is asked for beside other kinds."""
    others = {kind for one in kept for kind in one.kinds}
    if _FOR_ONE.search(plain[: amount.start()]):
        return None if others & _LIMITS else K.SUBSIDY_LIMIT
    start = max((place.end() for place in _PAUSE.finditer(plain, 0, amount.start())), default=0)
    close = _PAUSE.search(plain, amount.end())
    if K.BUDGET not in others and _OF_A_YEAR.search(plain, start, close.start() if close else len(plain)):
        return K.BUDGET
    if others & _AMOUNTS:
        return None
    return next((kind for family, kind in _BESIDE if others & family and kind not in others), None)


@cache
def _entries() -> tuple[_Entry, ...]:
    entries = []
    for entry in table("questions")["ask"]:
        kinds = tuple(FactKind(name) for name in entry["kinds"])
        unless = frozenset(K) if entry.get("weak") else frozenset(map(K, entry.get("unless", ())))
        match = _Match(0, 0, kinds, tuple(entry.get("items", ())), unless, entry.get("general", False))
        words = [_of_word(search_form(word)) for word in entry["words"]]
        patterns = (_spelled_out(pattern) for pattern in entry.get("patterns", ()))
        entries += [
            _Entry(re.compile(pattern), match, pattern if re.escape(pattern) == pattern else "")
            for pattern in (*words, *patterns)
        ]
    return tuple(entries)


def _of_word(word: str) -> str:
    """A word as a pattern: 「subsidyrate」 is 「subsidy rate」, and 「tel」 stands in no longer word (satellite)."""
    pattern = re.escape(word).replace("\\ ", " ?")
    return f"(?<![a-z]){pattern}(?![a-z])" if re.fullmatch("[a-z]{1,3}", word) else pattern


def _spelled_out(pattern: str) -> str:
    """A pattern with the pieces that it names (``<how>``) in place."""
    for name, piece in table("questions")["pieces"].items():
        pattern = pattern.replace(f"<{name}>", f"(?:{piece})")
    return pattern


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["hidden"]["patterns"]))


@cache
def _open() -> re.Pattern[str]:
    words = sorted(table("questions")["open_amount"]["words"], key=len, reverse=True)
    return re.compile("|".join((*table("questions")["open_amount"]["patterns"], *map(re.escape, words))))


def without_payer(regions: tuple[str, ...], kinds: tuple[FactKind, ...], named: bool) -> tuple[str, ...]:
    """The regions asked about: 「県の…事業は、国がいくら出してる?」 asks about none of the nation's programs."""
    if K.FUNDING_NATIONAL not in kinds or not (named or len(regions) > 1):
        return regions
    return tuple(region for region in regions if region != NATION)


def intent_of(text: str, asks_figure: bool, has_figure: bool) -> str:
    """figure, check, who, where, list, explain, thanks, greeting; ``open`` when no word of the question tells.

    ``has_figure``: a figure of the question is taken for granted.
    """
    plain = search_form(text)
    if has_figure:
        return "check"
    intents = table("questions")["intents"]
    of_one = asks_figure and re.search(table("questions")["compares"]["not"], plain)
    if not of_one and (any(word in plain for word in intents["aggregate"]) or _compares().search(plain)):
        return "aggregate"
    if asks_figure:
        return "figure"
    for intent in ("list", "where", "who", "explain", "thanks", "greeting"):
        if any(word in plain for word in intents[intent]):
            return intent
    return "open"


@cache
def _compares() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["compares"]["patterns"]))


def intent_words(text: str) -> tuple[str, ...]:
    """The words of a question that tell its intent: they ask, and name nothing."""
    plain = search_form(text)
    found = (word for words in table("questions")["intents"].values() for word in words)
    return tuple(word for word in found if len(word) > 1 and word in plain)
