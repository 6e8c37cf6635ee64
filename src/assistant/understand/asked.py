"""Which figures a question asks for, and what it wants to be told of them (``lexicon/questions.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon import table
from ..records import FactKind
from ..tokens import search_form

_Match = tuple[int, int, tuple[str, ...], tuple[str, ...]]  # start, end, kinds, items
_OVER_MANY = re.compile(r"円(を超える|以上の|以下の|未満の)\S{0,8}(事業|制度|資金|課)|(と|、)\S{2,40}の(合計|差)")
_CONFIRM = re.compile(r"(です|ます|だ)(よね|ね)|でしょう|ですか|合って|あって(い)?る|本当|間違いな|正しい")


@dataclass(frozen=True, slots=True)
class Asking:
    """Kinds asked for in the order of the question, words their item must hold, whether it asks 「いくら」 of no
    kind, and the words of the question that ask."""

    kinds: tuple[FactKind, ...]
    items: tuple[str, ...]
    open_amount: bool
    words: tuple[str, ...]


def asked_kinds(text: str) -> Asking:
    """What a question asks for.

    A word that a longer matching word covers in part does not count: 補助限度額 does not also ask for 限度額.
    """
    plain = search_form(text)
    found: list[_Match] = []
    for entry in table("questions")["ask"]:
        for word in entry["words"]:
            for match in re.finditer(re.escape(search_form(word)), plain):
                found.append((match.start(), match.end(), tuple(entry["kinds"]), tuple(entry.get("items", ()))))
    kept = _longest(found)
    kinds: dict[FactKind, None] = {}
    items: dict[str, None] = {}
    for _, _, names, held in sorted(kept):
        kinds.update(dict.fromkeys(FactKind(name) for name in names))
        items.update(dict.fromkeys(held))
    words = tuple(plain[match[0] : match[1]] for match in kept)
    amounts = [word for word in table("questions")["open_amount"]["words"] if word in plain]
    return Asking(tuple(kinds), tuple(items), bool(amounts) and not kinds, (*words, *amounts))


def _longest(found: list[_Match]) -> list[_Match]:
    """Matches that do not overlap, longer ones first; equal spans stand for several kinds."""
    kept: list[_Match] = []
    for one in sorted(found, key=lambda match: (match[0] - match[1], match[0])):
        if all(one[:2] == other[:2] or one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return kept


def intent_of(text: str, asks_figure: bool, has_figure: bool) -> str:
    """figure, check, who, where, list, explain, thanks, greeting; ``open`` when no word of the question tells."""
    plain = search_form(text)
    if has_figure and _CONFIRM.search(plain):
        return "check"
    intents = table("questions")["intents"]
    if any(word in plain for word in intents["aggregate"]) or _OVER_MANY.search(plain):
        return "aggregate"
    if asks_figure:
        return "figure"
    for intent in ("list", "where", "who", "explain", "thanks", "greeting"):
        if any(word in plain for word in intents[intent]):
            return intent
    return "open"


def intent_words(text: str) -> tuple[str, ...]:
    """The words of a question that tell its intent: they ask, and name nothing."""
    plain = search_form(text)
    found = (word for words in table("questions")["intents"].values() for word in words)
    return tuple(word for word in found if len(word) > 1 and word in plain)


def leans_on(question: str) -> bool:
    """Whether a question points back at what was said before."""
    plain = search_form(question)
    return any(plain.startswith(word) or f"{word}事業" in plain for word in table("questions")["follow_up"]["words"])
