"""Which heading names a program, which only says what stands below it (``lexicon/programs.toml``)."""

from __future__ import annotations

import re

from ..layout.labels import plain
from ..lexicon import words
from .amounts import field_words
from .names import clean_name, is_name

#: The fiscal year before a heading's own words.
YEAR = re.compile(
    r"^[\s　]*(?:(?:令和|平成|昭和)[\s　]*[0-9０-９元]+|20[0-9]{2}|[RＲHＨ][0-9０-９]+)[\s　]*年度?(?:版|分)?[\s　]*"
)
_QUESTION = re.compile(
    r"^[QＱ問][\s　.．:：]*[0-9０-９]|[？?]$|(でしょうか|ですか|ますか|ませんか)[。？?]?$|教えてください"
)
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]$")


def is_question(text: str) -> bool:
    """A question of a FAQ page is no heading of a program."""
    return bool(_QUESTION.search(text.strip()))


def is_generic(text: str) -> bool:
    """「予算規模」, 「財源内訳（所管分）」: a heading that would stand in any document."""
    bare = plain(_BRACKETED.sub("", text.strip()))
    return bare in words("programs", "generic", "words") or bare in field_words()


def is_example(text: str) -> bool:
    """「返済の例」, 「計算例」: what stands below grants nothing."""
    return bool(re.search(r"(の例|[一-龥]例)(?:[（(].*[)）])?$", text.strip()))


def program_in(heading: str) -> str | None:
    """The program that a heading names: 「事業承継補助金について」 → 事業承継補助金; None for any other heading."""
    name = clean_name(heading)
    for tail in words("programs", "tails", "words"):
        name = name.removesuffix(tail)
    bare = _BRACKETED.sub("", name)
    if is_question(heading) or not is_name(name) or len(bare) < 5 or bare in words("programs", "bare", "words"):
        return None
    if is_generic(name) or re.search(r"[のをにへと](?:主な|各種)|[、。]", bare):
        return None
    return name if bare.endswith(words("programs", "ends", "words")) else None


def program_of_title(title: str) -> str | None:
    """The one program that a document's title is about: 「令和6年度補正予算 ○○補助金 公募要領（抜粋）」."""
    text = _BRACKETED.sub("", title.strip().lstrip("# ")).strip(" 　「」")
    guide = next((word for word in words("programs", "guides", "words") if text.endswith(word)), None)
    if guide is None:
        return None
    named = re.split(r"[\s　「」]+", text.removesuffix(guide).strip(" 　「」の"))[-1]
    return program_in(YEAR.sub("", named))


def without_year(title: str) -> str:
    """A heading without the fiscal year before it."""
    return YEAR.sub("", title).strip() or title
