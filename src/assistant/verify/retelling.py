"""Words without figures: whether they say what one sentence, item or row of a source says.

A bag of its words may say anything (「設備を持つ事業者」, 「事業者を持つ設備」), so the nouns come in the order of
the source, and nearly every run of letters is its own.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table
from ..records import DraftSentence, Passage
from ..tokens import fold, tokens
from .content import YES_OR_NO, content_of, denials_of, is_plain, plain_forms
from .hearing import Scene
from .naming import Names
from .reading import HIDDEN, NAME, NAMED, TELLER, Reading

LONG = 8  # letters of a quotation that tells something by itself
FEWEST = 2  # words that such a sentence has of its source: 「そのとおりです」 has none
RUN = 3  # letters of a run
STRANGE = 3  # runs that the source may lack (が for を makes so many) …
EVERY = 40  # … and one more for so many letters
BEHIND = 8  # letters behind the last run in which a source may turn round what it says (…は対象としません)
_SIGNS = re.compile("[、,，「」『』]")


def retells(scene: Scene, where: list[str]) -> bool:
    """Whether a sentence of words says what its source says; ``where`` is what the source is called."""
    sentence, names = scene.reading.sentence, scene.names
    if len(sentence.grounds) != 1 or not _is_of_whom_is_spoken(scene):
        return False  # of two sources neither says it
    if YES_OR_NO.search(sentence.text) or any(_orders().search(words) for _, words in sentence.grounds):
        return False
    if not all(_is_named_rightly(place, words, scene) for place, words in sentence.grounds):
        return False
    source = fold("\n".join(words for _, words in sentence.grounds))
    said = re.sub(table("grounds")["plain"]["opening"], "", _own(scene.reading, sentence, names))
    quoted = sum(len(words) >= LONG for words in NAMED.findall(sentence.text))
    told = _in_order(said, source, fold("\n".join(where)))
    if told is None or told + quoted * FEWEST < FEWEST:
        return False
    return _is_close(said, source) and _denies_as_much(fold(said), source)


def _in_order(said: str, source: str, where: str) -> int | None:
    """How many words of the source a text tells; None when one is not there, or nouns are not in its order."""
    plain, other = plain_forms("nouns", "others"), _other_words(source)
    told = at = 0
    for form, naming in content_of(said):
        if is_plain(form, plain):
            continue
        told += 1
        if is_plain(form, other):
            continue
        if not naming:
            found = any(one in source for one in form)
        else:
            place, said_so = next(
                ((place, one) for one in reversed(form) if (place := source.find(one, at)) >= 0), (-1, "")
            )
            found = place >= 0 or any(one in where for one in form)
            at = place + len(said_so) if place >= 0 else at
        if not found:
            return None
    return told


def _is_close(said: str, source: str) -> bool:
    """Whether nearly every run of letters up to the last word of the source stands in it."""
    plain = plain_forms("nouns", "others") | _other_words(source)
    text, source = _SIGNS.sub("", fold(said)), _SIGNS.sub("", source)
    told = [form[-1] for form, _ in content_of(said) if not is_plain(form, plain)]
    told = [one for one in told if len(one) > 1 and one in source]  # not the title or the year of the source
    end = text.rfind(told[-1]) + len(told[-1]) if told else 0
    start = text.find(told[0]) if told else 0
    strange = 0
    for part in text[max(start, 0) : end].split(HIDDEN):
        runs = (part[at : at + RUN] for at in range(len(part) - RUN + 1))
        strange += sum(run not in source for run in runs)
    return strange <= STRANGE + end // EVERY


def _denies_as_much(said: str, source: str) -> bool:
    """Whether what a sentence denies its source denies in the same words, and nothing that the source denies is left.

    Of the source counts what stands around the words that were taken from it.
    """
    own = denials_of(said)
    if any(words not in source for words in own):
        return False
    taken = [source.find(said[at : at + RUN]) for at in range(max(len(said) - RUN + 1, 0))]
    places = [at for at in taken if at >= 0]
    around = source[min(places) : max(places) + RUN + BEHIND] if places else ""
    return len(denials_of(around)) <= len(own)


def _other_words(source: str) -> frozenset[str]:
    """Words that say what a source says with another one."""
    rules = (rule for rule in table("grounds")["same"] if re.search(rule["source"], source))
    return frozenset(form for rule in rules for word in rule["words"] for form in (word, *tokens(word)))


def _own(reading: Reading, sentence: DraftSentence, names: Names) -> str:
    """The writer's own words: without names in brackets and those of the programs that are cited."""
    cited = {names.index.passages[place].program_id for place, _ in sentence.grounds}
    text = sentence.text
    for piece in reading.pieces:
        if (piece.sort == NAME and piece.programs & cited) or piece.sort == TELLER:
            text = text[: piece.start] + HIDDEN * (piece.end - piece.start) + text[piece.end :]
    return NAMED.sub(HIDDEN, text)


def _is_of_whom_is_spoken(scene: Scene) -> bool:
    """Whether the source is of the program that the sentence names, or that the sentences before it spoke of."""
    passages = scene.names.index.passages
    cited = {passages[place].program_id for place, _ in scene.reading.sentence.grounds}
    return bool(scene.reading.of(NAME)) or (bool(scene.heard.about) and cited <= scene.heard.about)


def _is_named_rightly(place: int, words: str, scene: Scene) -> bool:
    """Names that a sentence says are of the program it cites, and parts those that its source stands under."""
    passage = scene.names.index.passages[place]
    if not all(passage.program_id in piece.programs for piece in scene.reading.of(NAME)):
        return False
    parts = scene.names.parts(passage.program_id)
    text = fold(scene.reading.sentence.text)
    said = [part for part in parts if fold(part) in text]
    return all(_stands_under(part, words, passage, parts) for part in said)


def _stands_under(part: str, words: str, passage: Passage, parts: tuple[str, ...]) -> bool:
    """Whether a part is named in some words of a passage, or last of all parts before them."""
    if fold(part) in fold(words):
        return True
    before = fold(passage.text[: max(passage.text.find(words), 0)])
    named = {other: before.rfind(fold(other)) for other in parts}
    return named[part] >= 0 and named[part] == max(named.values())


@cache
def _orders() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in table("grounds")["orders"]["patterns"]))
