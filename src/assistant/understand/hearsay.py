"""Who told the asker of a program (``lexicon/scopes.toml``): 「商工課の人に聞いた家賃の補助は?」 asks of no 商工課."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table
from ..tokens import nouns


def without_hearsay(question: str) -> str:
    """A question without the clause that only says who spoke of its program, where it says something of that program.

    「労政課が担当する事業は?」 says nothing beside, and is about the office.
    """
    for pattern in _sources():
        for found in pattern.finditer(question):
            rest = question[found.end() :]
            if _claimed().search(question[: found.start()]):
                continue
            if any(word not in _general() for word in nouns(rest)) and not _of_a_set().search(rest):
                return question[: found.start()] + (found["place"] or "") + rest
    return question


@cache
def _sources() -> tuple[re.Pattern[str], ...]:
    lists = table("scopes")["hearsay"]
    place = f"(?<![一-龠ァ-ヶー・])(?P<place>(?:{lists['place']})?)"
    heard = f"(?:{lists['person']})?(?:{lists['by']})(?:{lists['heard']})(?:{lists['tail']})"
    does = f"(?:{lists['person']})?(?:{lists['doer']})(?:{lists['does']})(?:{lists['tail']})(?![、。のはがをにもと])"
    return (
        re.compile(f"{place}(?:{lists['office']}){heard}"),
        re.compile(f"{place}(?:{lists['body']}){heard}"),
        re.compile(f"{place}(?:{lists['office']}){does}"),
    )


@cache
def _claimed() -> re.Pattern[str]:
    return re.compile(table("scopes")["hearsay"]["claimed"])


@cache
def _of_a_set() -> re.Pattern[str]:
    return re.compile(table("scopes")["hearsay"]["sets"])


@cache
def _general() -> frozenset[str]:
    lists = table("scopes")
    return frozenset((*lists["filler"]["words"], *lists["bearing"]["general"], *lists["hearsay"]["general"]))
