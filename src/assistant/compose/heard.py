"""A question, heard for what it says of a program's parts and cases: what is meant, set aside, denied.

The words it is heard by are those of ``lexicon/choice.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from ..figures import find_figures, year_number
from ..lexicon import says_any, table
from ..placenames import NATION
from ..records import FactKind, Figure, FigureKind, Query
from ..tokens import fold, tokens
from ..understand.thesaurus import everyday

_KANJI = re.compile(r"[一-龠々]")
_STRAY = re.compile(r"[\W_ぁ-んa-z]|[0-9]+")
_HIDDEN = "〓"
_NATION = re.compile(rf"(?<![一-龠]){NATION}(?![一-龠と]|が出|が何|は何)")  # not in 外国, nor as one of two
_PIECE = 5  # characters of a shortened name


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question says, in one width and without blanks and its program's full name.

    ``meant`` is the question without what it sets aside, ``affirmed`` also without the clauses that deny.
    ``words`` are its search tokens without those that every question has, ``every`` is all of them, ``naming`` those
    that stand in the program's names too; ``naming_terms`` are the official ``terms`` with those of them,
    ``near`` words of cases that everyday words stand for.  ``aside``
    are those of what it says it does not mean, ``denied`` those of
    clauses that say something is not so.  ``openly`` is the question heard with shortened names of the program in it.
    """

    plain: str
    meant: str
    affirmed: str
    words: tuple[str, ...]
    every: tuple[str, ...]
    naming: frozenset[str]
    terms: tuple[str, ...]
    naming_terms: tuple[str, ...]
    near: frozenset[str]
    aside: frozenset[str]
    denied: frozenset[str]
    figures: tuple[Figure, ...]
    counted: tuple[frozenset[str], ...]
    openly: Heard | None = None

    def says(self, name: str) -> str:
        """What of the question one of a list's patterns matches; "" when none does."""
        match = _any(name).search(self.plain)
        return match[0] if match else ""


def hear(query: Query, names: Iterable[str]) -> Heard:
    """``names`` are hidden, and a long piece of one: they say only which program is meant."""
    known = sorted({fold(name) for name in names} - {""}, key=len, reverse=True)
    return _hear(query.question, query.regions, query.terms, tuple(known))


@lru_cache(maxsize=512)  # each stage asks again
def _hear(question: str, regions: tuple[str, ...], said: tuple[str, ...], known: tuple[str, ...]) -> Heard:
    plain = fold(question)
    for region in regions:
        plain = _NATION.sub("、", plain) if region == NATION else plain.replace(fold(region), "、")
        plain = plain.replace(_short_region(region), "、") if region != NATION else plain
    for name in known:
        plain = plain.replace(name, "、")
    openly = _heard(said, plain, known)
    hidden = plain
    for piece in (_shared(hidden, name) for name in known):
        hidden = hidden.replace(piece, "、") if len(piece) >= _PIECE else hidden
    return replace(openly if hidden == plain else _heard(said, hidden, known), openly=openly)


def _short_region(region: str) -> str:
    """「鹿児島県」 as 「鹿児島」; one of a single letter stays whole."""
    name = fold(region)
    return name[:-1] if len(name) > 2 and name[-1] in "都府県市町村" else name


def _heard(asked: tuple[str, ...], plain: str, known: tuple[str, ...]) -> Heard:
    meant, aside = _without_aside(_any("paired").sub("", plain))
    clauses = re.split(_choice()["denied"]["ends"], meant)
    denied = [clause for clause in clauses if _denies(clause)]
    affirmed = "、".join(clause for clause in clauses if clause not in denied)
    near, never = _near(affirmed, "、".join(denied))
    not_so = _near("、".join(denied), "")[0]
    naming = frozenset(tokens("、".join(known)))
    own = _terms_of(known) if asked else frozenset()
    said = [term for term in asked if term not in own]
    terms = dict.fromkeys(word for term in said for word in _content(term)) if _content(meant) else {}
    return Heard(
        plain=plain,
        meant=meant,
        affirmed=affirmed,
        words=tuple(dict.fromkeys((*_content(meant), *near))),
        every=tuple(dict.fromkeys((*_kept(meant), *near))),
        naming=naming,
        terms=tuple(word for word in terms if word not in naming),  # of nothing but the name they say nothing more
        naming_terms=tuple(terms),
        near=frozenset(near),
        aside=frozenset((*tokens("、".join(aside)), *never)),
        denied=frozenset((*tokens("、".join(denied)), *not_so)) - frozenset(near),
        figures=tuple(_short_of(figure, meant) for figure in find_figures(meant)),
        counted=_counted(plain),
    )


@lru_cache(maxsize=256)
def _terms_of(names: tuple[str, ...]) -> frozenset[str]:
    """Official terms that words of these names stand for: to say a name says nothing of a case."""
    return frozenset(term for name in names for terms in everyday(name) for term in terms)


_SHORT = re.compile(
    r"^円?(?:に|には|を|より|も)?(?:届(?:いてい?な|か[なずん])|満た[なず]|達してい?な"
    r"|下回|低|少な|切っ|切る|足りな|未満)"
)
_OVER = re.compile(r"^円?(?:を|より|は)?(?:超|上回|多|オーバー)")


def _short_of(figure: Figure, text: str) -> Figure:
    """「1,050円に届いていない」, 「20人を超える」: a little less, a little more than the figure that is said."""
    behind = text[figure.end :]
    step = -1 if _SHORT.search(behind) else 1 if _OVER.search(behind) else 0
    if not step or figure.kind not in (FigureKind.MONEY, FigureKind.COUNT):
        return figure
    yen = figure.yen + step if figure.yen else figure.yen
    return replace(figure, yen=yen, number=figure.number + step * 0.5 if figure.number else figure.number)


def _shared(one: str, other: str) -> str:
    """The longest piece that two texts share."""
    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[found.a : found.a + found.size]


def content(text: str | None) -> frozenset[str]:
    """The search tokens of a text that may set it apart from others of its sort; all of them when none may.

    What stands apart (「年度内 国内の展示会」) makes no word together.
    """
    plain = "、".join(map(fold, (text or "").split(" ")))
    return frozenset(_content(plain)) or frozenset(one for one in _kept(plain) if len(one) > 1 or len(plain) == 1)


def letters(text: str) -> frozenset[str]:
    """The kanji of a text."""
    return frozenset(_KANJI.findall(text))


def asks_per(heard: Heard, per: str | None) -> bool:
    """Whether a figure is asked for one of these: 年間, 1人, 社あたり."""
    if not per:
        return False
    words = [*_choice()["per"].get(per, ()), f"1{per}", f"一{per}", f"{per}あたり", f"{per}当たり"]
    return any(fold(word) in heard.meant for word in words)


def asks_for(heard: Heard, kind: FactKind) -> bool:
    """Whether a question asks for a kind of unlike figures by its name: 目標, 電話."""
    return any(word in heard.plain for word in map(fold, _choice()["asked"].get(kind.value, ())))


def asks_year(heard: Heard, text: str) -> bool:
    """Whether a text names a year that the question names too."""
    years = find_figures(heard.meant.upper())  # R2
    asked = {year_number(one.text) for one in years if one.kind is FigureKind.YEAR} - {None}
    return bool(asked) and any(
        one.kind is FigureKind.YEAR and year_number(one.text) in asked for one in find_figures(text)
    )


def flags_asked(heard: Heard) -> tuple[str, ...]:
    """The flags that a question asks its parts by: 新規, 拡充."""
    return tuple(flag for flag in _choice()["flags"] if _flag(flag).search(heard.plain))


def asks_the_rule(heard: Heard) -> bool:
    """Whether a question asks what holds for everybody."""
    return _any("rule").search(heard.meant) is not None


def asks_steps_alone(heard: Heard) -> bool:
    """「いくら上乗せになる?」: by how much a figure is raised or lowered, and nothing beside it, is asked."""
    found = _any("step").search(heard.plain)
    rest = f"{heard.plain[: found.start()]}〓{heard.plain[found.end() :]}" if found else ""
    return found is not None and _any("beside_step").search(rest) is None


def is_the_rule(case: str) -> bool:
    """Whether a case is the one that holds where no other does: 「原則枠」."""
    return any(word in case for word in _choice()["rule"]["cases"])


def is_past(case: str, *, of_rates: bool = False) -> bool:
    """Whether a case is that of an earlier time: 「見直し前」; of rates and limits 「補正前」 too."""
    words = [*_choice()["past"]["cases"], *(_choice()["past"]["of_rates"] if of_rates else ())]
    return any(word in case for word in words)


def is_of_what_is_not(case: str) -> bool:
    """Whether a case is one of what is not so: 「後継者不在の場合」."""
    return any(word in case for word in _choice()["denied"]["cases"])


def _denies(clause: str) -> bool:
    return _any("denied").search(_neutral().sub(_HIDDEN, clause)) is not None


@lru_cache(maxsize=1024)
def _near(affirmed: str, denied: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of cases that everyday words stand for, and those that they rule out.

    Of what is ``denied`` only entries that are said so count: 「まだ店を開けていない」.
    """
    found = [
        entry
        for entry in _choice()["near"]
        if _is_said(entry, affirmed) or (entry.get("of_denial") and denied and _is_said(entry, denied))
    ]
    words = (token for entry in found for word in entry["words"] for token in _kept(fold(word)))
    never = (token for entry in found for word in entry.get("out", ()) for token in _kept(fold(word)))
    return tuple(dict.fromkeys(words)), frozenset(never)


def _is_said(entry: dict[str, Any], text: str) -> bool:
    if any(word in text for word in _folded(tuple(entry["said"]))):
        return True
    return says_any(text, entry.get("patterns", ()))


@cache
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


@cache
def _of_denial() -> list[dict[str, Any]]:
    return [entry for entry in _choice()["near"] if entry.get("of_denial")]


def _without_aside(plain: str) -> tuple[str, list[str]]:
    """The question without what it sets aside, and that."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        said_as_not = any(_is_said(entry, match[0]) for entry in _of_denial())
        if said_as_not or match["what"].endswith(tuple(_choice()["aside"]["not"])):
            return match[0]  # 「身内でない人」 is one of the words for a third party
        found.append(match["what"])
        return "、"

    for pattern in _aside():
        plain = pattern.sub(take, plain)
    return plain, found


def _content(text: str) -> tuple[str, ...]:
    common = _common()
    return tuple(dict.fromkeys(one for one in _kept(text) if one not in common))


def _kept(text: str) -> list[str]:
    never = _choice()["common"]["never"]
    return [one for one in tokens(text) if one not in never and not _STRAY.fullmatch(one)]


def _counted(plain: str) -> tuple[frozenset[str], ...]:
    """The units of each thing that a question counts (何社: 社, 者 …); () when it asks 「いくつ」 of any."""
    if "いくつ" in plain:
        return ()
    return tuple(
        frozenset(entry["units"])
        for entry in _choice()["counter"]
        if any(word in plain for word in map(fold, entry["asked"]))
    )


def _choice() -> dict[str, Any]:
    return table("choice")


@cache
def _common() -> frozenset[str]:
    return frozenset(_choice()["common"]["words"]) | frozenset(table("questions")["filler"]["words"])


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_choice()[name]["patterns"]))


@cache
def _neutral() -> re.Pattern[str]:
    """What denies nothing of what stands beside it: 「人手が足りない」."""
    return re.compile("|".join(_choice()["denied"]["not"]))


@cache
def _aside() -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in _choice()["aside"]["patterns"]]


@cache
def _flag(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_choice()["flags"][name]))
