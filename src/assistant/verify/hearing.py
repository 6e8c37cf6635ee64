"""What was asked and printed before a sentence: what a text is about that does not say it again."""

from __future__ import annotations

from dataclasses import dataclass

from ..figures import find_figures
from ..figures.loose import loose_money
from ..records import Figure
from .naming import Names
from .reading import HIDDEN, NAME, TELLER, Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """The question and the sentence printed last.

    ``about`` are the programs that a sentence without a name is about, empty when nobody named any; ``question``
    and ``printed`` are without programs' names, as they may name the case that a figure is of; ``parts`` are the
    cases and parts that the last sentence named.
    """

    asked: tuple[Figure, ...]
    about: frozenset[str]
    question: str
    printed: str = ""
    parts: tuple[str, ...] = ()

    def cases(self, reading: Reading) -> tuple[str, ...]:
        """Texts that may name the case of a sentence's figures: one that names a program or part starts anew."""
        anew = reading.of(NAME) or reading.of(TELLER)
        return (self.question,) if anew else (self.question, self.printed)

    def after(self, reading: Reading) -> Heard:
        """What is heard after one more printed sentence."""
        named = reading.of(NAME)
        about = named[-1].programs if named else self.about
        own = {fact.program_id for fact in reading.sentence.facts} & about if named else frozenset[str]()
        parts = tuple(piece.words for piece in reading.of(TELLER))
        return Heard(self.asked, frozenset(own) or about, self.question, reading.words, parts)


def heard_first(question: str, names: Names) -> Heard:
    """What is heard before the first sentence: the question."""
    mentions = names.mentions(question)
    about = frozenset(program for mention in mentions for program in mention.programs)
    words = question
    for mention in reversed([one for one in mentions if one.subprogram is None]):
        words = f"{words[: mention.start]}{HIDDEN}{words[mention.end :]}"
    return Heard((*find_figures(question), *loose_money(question)), about, words)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence that was read, with what the index calls its programs and what was heard before it."""

    reading: Reading
    names: Names
    heard: Heard
