"""What a question about a set says in its own words: a place in an order, a number of programs, a need, a cost."""

from __future__ import annotations

import re

from ..figures import find_figures
from ..lexicon import table
from .topical import tells_topic


def rank_in(question: str) -> int:
    """「2番目に大きい」 → 2; 1 when no place is said."""
    rules = table("scopes")["rank"]
    match = re.search(rules["pattern"], question) or re.search(rules["top"], question)
    if match is None and re.search(rules["next"], question):
        return 2
    digits = {letter: place for place, letter in enumerate("一二三四五", 1)}
    return (digits.get(match[1]) or int(match[1])) if match else 1


def is_cost(question: str) -> bool:
    """「全部で100万円かかる」: an amount that something costs the asker delimits no programs."""
    return any(re.match(table("scopes")["cost"]["pattern"], question[one.end :]) for one in find_figures(question))


def says_how_many(question: str) -> list[str]:
    """「3事業を足し上げると」: how many programs are said to be meant."""
    return re.findall(r"([0-9０-９]+|[一二三四五六七八九十])(?:事業|つ|制度|資金|本)", question)


def says_number(question: str, number: int) -> bool:
    """Whether so many programs are said to be meant, and not a printed sum."""
    said = says_how_many(question)
    kanji = {letter: place for place, letter in enumerate("一二三四五六七八九十", 1)}
    return number > 1 and any((kanji.get(one) or int(one)) == number for one in said)


def tells_need(question: str) -> bool:
    """「人を雇うときの補助金」: a need is told, in words that the documents may not have: not all are meant."""
    return tells_topic(question) or re.search(table("scopes")["described"]["need"], question) is not None
