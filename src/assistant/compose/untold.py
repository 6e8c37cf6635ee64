"""Quantities that askers want and documents seldom state (採択率, 毎月の返済額, 決算額, a later round of applying): the
figure of another kind that stands nearest is no answer.

The words are those of ``[[untold]]`` and ``[round]`` in ``lexicon/telling.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..index import Index
from ..lexicon import table
from ..records import Fact, Hit, Query
from ..tokens import fold, search_form

_JOINT = re.compile(r"^(?:は|って|が|も|を|額|の額|の金額){0,2}[、,]?(?:だいたい|およそ|大体|実際(?:に|は)?)?[、,]?")
_CLOSE = re.compile(r"[。?!\n、,]")
_ASKS = re.compile(
    r"[0-9]|いくら|幾ら|なんぼ|何|なん(?=[わパ%円年か])|いつ|どれ|どの|どん|教え|おしえ|知り|半分|本当|聞[いき]"
)
_NUMBERS = "一二三四五六七八九十"


def untold(query: Query, hits: Sequence[Hit], index: Index) -> str | None:
    """The name of such a quantity that a question asks for and none of these programs states; None else."""
    plain = search_form(query.question)
    for name, asks, held, both in _quantities():
        said = any(_is_asked(found, plain) for found in asks.finditer(plain))
        if said and not any(_is_held(hit, held, both, index) for hit in hits):
            return name
    return _later_round(plain, hits, index)


def _is_asked(found: re.Match[str], plain: str) -> bool:
    """Whether a quantity that is said is asked or claimed: 「毎月の支払いに追われて、…」 only tells a story."""
    behind = _JOINT.sub("", plain[found.end() :], count=1)
    clause = _CLOSE.split(behind, maxsplit=1)
    return len(clause) == 1 or not clause[1] or _ASKS.search(f"{found[0]}{clause[0]}") is not None


def _is_held(hit: Hit, held: tuple[str, ...], both: tuple[str, ...], index: Index) -> bool:
    texts = [_words_of(fact) for fact in index.facts_of(hit.program.id) if "example" not in fact.flags]
    if any(word in text for text in texts for word in held) or any(word in fold(hit.program.program) for word in held):
        return True
    return bool(both) and all(any(word in text for text in texts) for word in both)


def _words_of(fact: Fact) -> str:
    return fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}{fact.quote}")


def _later_round(plain: str, hits: Sequence[Hit], index: Index) -> str | None:
    """「第4回の公募はいつから?」, where the document prints dates of other rounds, or of none by number."""
    rules = table("telling")["round"]
    found = next((one for one in re.finditer(rules["pattern"], plain) if _number(one["number"]) > 1), None)
    rest = plain[found.end("number") :] if found else ""
    if found is None or not (found["what"] or found[0].startswith("第")):
        return None
    if not any(re.search(pattern, rest) for pattern in rules["asks"]):
        return None
    number = _number(found["number"])
    said = re.compile(rf"第?(?<!\d)(?:{number}|{_NUMBERS[number - 1] if number <= len(_NUMBERS) else number})[回次期]")
    documents = {hit.program.document for hit in hits}
    pages = (one.text for one in index.passages.values() if one.document in documents)
    if any(said.search(search_form(page)) for page in pages):
        return None
    return "その回の募集の期間"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text) + 1


@cache
def _quantities() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (
            one["name"],
            re.compile("|".join(f"(?:{pattern})" for pattern in one["asks"])),
            tuple(fold(word) for word in one["held"]),
            tuple(fold(word) for word in one.get("both", ())),
        )
        for one in table("telling")["untold"]
    )
