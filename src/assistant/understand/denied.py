"""What a question says that it does not mean (``lexicon/denied.toml``): 「AではなくBの上限」, 「小口枠以外」.

A tag question (「…じゃない?」) and a condition of use (「…でないと借りられない」) deny nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol, TypeVar

from ..lexicon import table


class Said(Protocol):
    """Words of a question by their place."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Said)


def set_aside(names: Sequence[T], question: str) -> list[T]:
    """The names that a question says only to put them aside: those before a denial, and those joined to one."""
    found: list[T] = []
    for place, one in enumerate(names):
        mark = _behind_name().match(question, one.end)
        if mark is None:
            continue
        found.append(one)
        chained = mark["chain"] is not None
        while chained and place and _joint().fullmatch(question[names[place - 1].end : names[place].start]):
            place -= 1
            found.append(names[place])
    return found


def without_denied(text: str) -> str:
    """The text without the clauses that only say what is not meant; the text itself when nothing else is left."""
    kept = _clause().sub(" ", text)
    return kept if len(kept.strip()) >= table("denied")["least"] else text


def denied_things(question: str) -> tuple[str, ...]:
    """What a question denies, each thing by itself: 小口枠 of 「経営安定資金のうち小口枠以外」."""
    rules, general = table("denied"), table("scopes")["filler"]["words"]
    found: dict[str, None] = {}
    for match in _clause().finditer(question):
        said = re.split(rules["begins"], match["what"])[-1]
        ones = [one.rsplit("の", 1)[-1] if not one.endswith("の") else one for one in re.split(rules["joints"], said)]
        things = [re.sub(rules["ends"], "", one) for one in ones]
        if len(set(things)) < len(things):
            continue  # 「障害者と障害者以外」: both are asked for
        for thing in things:
            if len(thing) > 1 and thing not in general:
                found[thing] = None
    return tuple(found)


@cache
def _marks() -> str:
    rules = table("denied")
    return f"(?:{rules['not']})|(?P<chain>{rules['but']})"


@cache
def _behind_name() -> re.Pattern[str]:
    return re.compile(f"{table('denied')['beside']}(?:{_marks()})")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(table("denied")["chain"])


@cache
def _clause() -> re.Pattern[str]:
    rules = table("denied")
    return re.compile(f"(?P<what>[^、。,.?？!！\\s]{{2,30}}?)(?:{_marks()})(?:{rules['behind']})?[、。,.]?")
