"""Sets that a topic delimits: 「台湾に関係する」, 「商店街向けの」."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..index import Index
from ..lexicon import table
from ..records import Program
from ..tokens import fold, tokens
from ..understand.places import regions_in
from ..understand.thesaurus import everyday, everyday_words
from .compounds import in_compounds
from .delimited import Delimited, Holds, asked_of, filler, in_brackets, title_of


def topic_words(question: str) -> str:
    """The words before 「向けの」, 「に関係する」 and such; empty when there are none."""
    match = re.search(table("scopes")["topic"]["cues"], regions_in(question, ())[1])
    if match is None:
        return ""
    behind = re.sub(r"^.*(?:以上|以下|未満|超える|上回る|下回る|まで)の", "", match["words"])  # 「5千万円以上の」
    nouns = re.search(r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ0-9０-９・]+$", behind)  # 「かけている中小企業向け」
    return nouns[0] if nouns else behind.lstrip("のはをがにで ")


def by_topic(question: str, index: Index, documents: set[str]) -> Delimited | None:
    """「台湾に関係する」, 「商店街向けの」: the words before the cue, held by names, else by pages."""
    said = topic_words(question)
    words = [word for word in tokens(said) if word not in filler() and len(word) > 1]
    titles = {word for document in documents for word in tokens(title_of(index, document))}
    if not words or set(words) <= titles:
        return None
    programs = [one for one in index.programs.values() if one.document in documents and one.role == "program"]
    words = in_compounds(words, said, programs)
    topic = of_topic(words, programs, index, each=asked_of(question) <= {"list"})
    return Delimited(topic.holds, (said,), f"{in_brackets(said)}に関係する", topic.sure, loose=True)


def of_topic(
    words: list[str],
    programs: list[Program],
    index: Index,
    *,
    each: bool = False,
    levels: int = 3,
    under: bool = False,
    loosely: bool = False,
) -> Delimited:
    """Programs whose name holds every word; where none does, those whose heading does, or whose pages do.

    For a list this is asked of ``each`` document.
    """
    if each:
        places = {one.document: [other for other in programs if other.document == one.document] for one in programs}
        loosely = len(places) > 1  # everyday words tell which of several have something of the sort
        parts = [of_topic(words, own, index, levels=levels, under=True, loosely=loosely) for own in places.values()]
        sure = any(part.sure for part in parts)
        return Delimited(lambda one: any(part.holds(one) for part in parts), tuple(words), "", sure)
    texts: tuple[Callable[[Program], str], ...] = (
        lambda one: "".join((one.program, *one.aliases)),
        lambda one: "".join((one.program, *one.aliases, *one.section[1:])),
        lambda one: "".join((one.program, *one.section[1:], *(page.text for page in index.passages_of(one.id)))),
    )
    for level, text in enumerate(texts[:levels]):
        said = {one: fold(text(one)) for one in programs}
        held = {
            one.id for one in programs if all(_says(word, said[one], one, index, loosely=loosely) for word in words)
        }
        if held and level == 0 and under:  # what stands under a heading of the topic belongs to it too
            whole = {one: fold(texts[1](one)) for one in programs}
            held |= {one.id for one in programs if all(word in whole[one] for word in words)}
        if held:
            return Delimited(among(frozenset(held)), tuple(words), "", sure=level == 0)
    return Delimited(among(frozenset()), tuple(words), "")


def among(programs: frozenset[str]) -> Holds:
    """The programs of these ids."""
    return lambda program: program.id in programs


@lru_cache(10_000)
def _official(word: str, *, loosely: bool) -> tuple[str, ...]:
    """The official terms of a word that is an everyday one: those it abbreviates, ``loosely`` any of one letter."""
    is_whole = fold(word) in {fold(one) for one in everyday_words()}
    terms = tuple(term for terms in everyday(word) for term in terms) if is_whole else ()
    return tuple(term for term in terms if abbreviates(word, term) or (loosely and set(word) & set(term)))


def abbreviates(word: str, term: str) -> bool:
    """Whether a word is made of some letters of a term: 知財 of 知的財産."""
    letters = iter(term)
    return all(letter in letters for letter in word)


def _says(word: str, said: str, program: Program, index: Index, *, loosely: bool) -> bool:
    """Whether a name holds a word, or a country's letter beside this one's: 青台, 日台."""
    letter = table("scopes")["abbreviated"].get(word)
    here = index.documents[program.document].region[:1]
    if any(fold(term) in said for term in _official(word, loosely=loosely)):
        return True
    return word in said or bool(letter and re.search(rf"[日{here}]{letter}|{letter}日", said))
