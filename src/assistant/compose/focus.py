"""What a question asks to be told in words: whom, what for, by whom, where … (``lexicon/telling.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ..lexicon import table
from ..tokens import fold

_WHICH = re.compile(r"どんな|どういう|どういった|どのような|どんだ")


@dataclass(frozen=True, slots=True)
class Focus:
    """One kind of thing that is asked for, and by what a piece that tells it is known."""

    name: str
    lead: str
    asked: re.Pattern[str]
    labels: frozenset[str]
    cues: re.Pattern[str]


def foci_of(question: str) -> list[Focus]:
    """What a question asks for, in the order of the question; [] when it asks for nothing in particular.

    「どんなこと」 asks for nothing in particular where something else is asked for too.
    """
    plain = fold(question)
    found = [(match.start(), focus) for focus in _foci() if (match := focus.asked.search(plain))]
    special = [one for one in found if one[1].name not in ("activity", "aim")]
    names = {one[1].name for one in special}
    if "expense" in names:  # 「何に使ったお金が対象になりますか」 asks for no persons
        special = [one for one in special if one[1].name != "person" or not plain.startswith("対象", one[0])]
    if "actor" in names:  # 「どんな人が教えに来るの」 asks for no users
        special = [one for one in special if one[1].name != "person" or not _WHICH.match(plain, one[0])]
    return [focus for _, focus in sorted(special or found, key=lambda one: one[0])]


def beside_office(question: str) -> list[Focus]:
    """What a question asks for beside an office: 「どこの課の仕事で、具体的に何をするんですか」."""
    plain = _asked("office").sub("、", fold(question))
    return foci_of(re.sub(telling()["office"]["closing"], "、", plain))


def asks_also(question: str, name: str) -> bool:
    """Whether a question asks for one kind of thing, whatever else it asks."""
    return any(focus.name == name and focus.asked.search(fold(question)) for focus in _foci())


def focus(name: str) -> Focus:
    """The kind of thing of this name."""
    return next(one for one in _foci() if one.name == name)


@lru_cache(256)
def asked_thing(question: str) -> re.Pattern[str] | None:
    """What a sentence must hold to name the thing asked for: 「どういう計画」 a plan, 「何という組織」 a council …"""
    rules = telling()["thing"]
    found = re.search(rules["asked"], fold(question))
    if found is None:
        return None
    noun = found["noun"] or found["when"]
    form = next((one["forms"] for one in rules["forms"] if noun in one["nouns"]), None)
    return re.compile(form or re.escape(noun)) if form or noun not in rules["open"] else None


def asks(question: str, what: str) -> bool:
    """Whether a question asks for what no sentence tells: ``office``, ``section``, ``types`` or ``marks``."""
    return _asked(what).search(fold(question)) is not None


def asks_number(question: str) -> bool:
    """Whether a telephone is asked for by name."""
    return re.search(telling()["office"]["telephone"], fold(question)) is not None


def several(question: str) -> bool:
    """Whether a question asks about two things side by side."""
    return any(word in fold(question) for word in telling()["several"]["words"])


def telling() -> dict[str, Any]:
    """The lexicon of this room."""
    return table("telling")


@cache
def _foci() -> tuple[Focus, ...]:
    return tuple(
        Focus(
            one["name"],
            one["lead"],
            _any(one["asked"]),
            frozenset(map(fold, one["labels"])),
            _any(one["cues"]),
        )
        for one in telling()["focus"]
    )


@cache
def _asked(what: str) -> re.Pattern[str]:
    return _any(telling()[what]["asked"])


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)
