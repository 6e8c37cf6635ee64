"""A sentence of a reply, as the lying or truthful model writes it once it has read the request."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.records import DraftSentence, Fact

from ..attack.claim import spoken
from ..attack.ground import Ground
from ..attack.reals import Real
from .request import Known, Request

_SLOT = re.compile(r"\{(\d+)\}")
MARK = "〔〕"  # stands for the markers of a line's passages


NOTHING = Known((), ())


@dataclass(frozen=True, slots=True)
class Scene(Real):
    """A real draft with what the request for its question shows."""

    known: Known = NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be written: ``⟦0⟧`` … stand for ``facts``, :data:`MARK` for the markers of their passages.

    ``wrong`` are words that nothing that leaves may hold; ``breaks`` are words within which the stream is cut, and
    ``last`` is a line that nothing can follow.  ``question`` is the question that it lies about, where that is not the
    real one's; ``quotes`` are passages that the words are said to be from.
    """

    sort: str
    text: str
    facts: tuple[Fact, ...] = ()
    wrong: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    last: bool = False
    question: str | None = None
    quotes: tuple[int, ...] = ()
    true: bool = False


Maker = Callable[[Real, Ground, random.Random], Line | None]


def of_sentence(sort: str, sentence: DraftSentence, chance: random.Random) -> Line:
    """A draft's sentence as a line; what is no slot stays as it is written."""
    held = len(sentence.facts)
    text = _SLOT.sub(lambda slot: f"⟦{slot[1]}⟧" if int(slot[1]) < held else slot[0], sentence.text)
    return Line(sort, marked(text, chance), sentence.facts, quotes=tuple(place for place, _ in sentence.quotes))


def marked(text: str, chance: random.Random) -> str:
    """A sentence with the place of its markers: before its full stop, or behind it."""
    if not text.endswith("。"):
        return text + MARK
    return f"{text[:-1]}{MARK}。" if chance.random() < 0.8 else text + MARK


def written(line: Line, request: Request, known: Known, chance: random.Random) -> str:
    """A line as the model writes it: facts by number, or in plain words where the request does not show them."""
    places: dict[int, None] = {}

    def slot(match: re.Match[str]) -> str:
        fact = line.facts[int(match[1])]
        number = known.number(fact)
        if number is None:
            return spoken(fact)
        places[request.passage_of(number)] = None
        return f"{{{{F{number}}}}}"

    text = re.sub(r"⟦(\d+)⟧", slot, line.text)
    quoted = (place for place, one in enumerate(known.passages, 1) if one.id in line.quotes)
    places.update(dict.fromkeys(quoted))
    if not places:
        places[chance.randrange(len(request.passages)) + 1 if request.passages else 1] = None
    return text.replace(MARK, "".join(f"[{place}]" for place in list(places)[:3]))


def named(line: Line, sort: str) -> Line:
    """The line under another class."""
    return replace(line, sort=sort)
