"""A sentence taken apart: its slots, the names it says, the documents' own words in it, and the writer's own.

Only the writer's own words are free, so only they are searched for quantities; the other pieces are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..figures import find_figures
from ..figures.folding import fold as one_form
from ..lexicon import table
from ..records import DraftSentence, Fact, Figure
from ..tokens import fold
from .naming import Names, tellers

NAMED = re.compile(r"「([^「」]+)」")
HIDDEN = "〓"
SLOT, COMPUTED, NAME, TELLER, QUOTE, TITLE, STAGE = "slot", "computed", "name", "teller", "quote", "title", "stage"
_SLOT = re.compile(r"\{(=?)(\d+)\}")
# behind a stage that says how far the source has come: 「令和2年度当初予算の資料では」, 「（国・令和2年度概算要求）」
_SOURCE = r"(?=の資料|[）)]|時点|によ[るれ])"
_COMPUTED = re.compile(r"（[^（）]*）$")  # what a check computed behind a note is not told
_WORD = re.compile(r"[一-龠々ァ-ヶーa-z]")
SHORT = 4  # a shorter case is an everyday word: it speaks of a figure only right before it


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence that is not the writer's own words.

    ``slot`` is the fact or the computed figure printed there; ``programs`` are those that a name may mean.
    """

    sort: str
    start: int
    end: int
    words: str
    slot: int = -1
    programs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its pieces in order; ``own`` is its text with every piece hidden, of the same length.

    ``figures`` are those in the writer's own words; digits and signs in ``own`` are in their plain form.
    """

    sentence: DraftSentence
    pieces: tuple[Piece, ...]
    own: str
    figures: tuple[Figure, ...]

    def of(self, sort: str) -> list[Piece]:
        """The pieces of one sort."""
        return [piece for piece in self.pieces if piece.sort == sort]

    @property
    def words(self) -> str:
        """The writer's own words and the cases and quotes that they say, without the programs' names."""
        return "\n".join([self.own, *(piece.words for piece in self.pieces if piece.sort in (TELLER, QUOTE))])


def read(sentence: DraftSentence, names: Names) -> Reading:
    """A sentence of a draft with its pieces; of two that overlap the longer one counts."""
    taken: list[Piece] = []
    slots = [
        Piece(COMPUTED if match[1] else SLOT, match.start(), match.end(), "", int(match[2]))
        for match in _SLOT.finditer(sentence.text)
    ]
    found = sorted(_candidates(sentence, names), key=lambda piece: piece.start - piece.end)
    for piece in (*slots, *found):
        if all(piece.end <= other.start or other.end <= piece.start for other in taken):
            taken.append(piece)
    pieces = tuple(sorted(taken, key=lambda piece: piece.start))
    own = sentence.text
    for piece in pieces:
        own = own[: piece.start] + HIDDEN * (piece.end - piece.start) + own[piece.end :]
    own = one_form(own)
    return Reading(sentence, pieces, own, tuple(find_figures(own)))


def _candidates(sentence: DraftSentence, names: Names) -> Iterator[Piece]:
    folded = _Folded(sentence.text)
    known = _tellers(sentence, names)
    quotes = [quote for _, quote in sentence.quotes]
    yield from _bracketed(sentence, names, [*known, *quotes])
    for words in known:
        yield from (Piece(TELLER, start, end, words) for start, end in folded.spans(words))
    for words in _printed(sentence):
        yield from (Piece(QUOTE, start, end, words) for start, end in folded.spans(words))
    for words in names.titles:
        yield from (Piece(TITLE, start, end, words) for start, end in folded.spans(words))
    for stage in _stages().finditer(sentence.text):
        yield Piece(STAGE, stage.start(), stage.end(), stage[0])
    for mention in names.mentions(sentence.text):
        words = mention.subprogram or sentence.text[mention.start : mention.end]
        sort = TELLER if mention.subprogram and words in known else NAME
        yield Piece(sort, mention.start, mention.end, words, programs=frozenset(mention.programs))


@cache
def _stages() -> re.Pattern[str]:
    words = (stage["name"] for stage in table("stages")["stage"])
    return re.compile(f"(?:{'|'.join(dict.fromkeys(words))}){_SOURCE}")


def _bracketed(sentence: DraftSentence, names: Names, own: Iterable[str]) -> Iterator[Piece]:
    """Names in brackets, and brackets around the documents' own words; a part's name is that of its own program."""
    said = [fold(words) for words in own]
    parts = [fold(words) for fact in sentence.facts for words in tellers(fact)]
    quotes = [fold(quote) for _, quote in sentence.quotes]
    programs = {fact.program_id for fact in sentence.facts}
    for match in NAMED.finditer(sentence.text):
        inner = match[1].replace("『", "「").replace("』", "」")
        plain, bearers = fold(inner), names.bearers(inner) | names.bearers(match[1])
        headed = not bearers & programs and is_heading_of(inner, sentence, names)
        if bearers and not headed and (bearers & programs or plain not in (*parts, *quotes)):
            yield Piece(NAME, match.start(), match.end(), inner, programs=bearers)
        elif any(plain in words for words in said):
            sort = TELLER if any(plain in words for words in parts) else QUOTE
            yield Piece(sort, match.start(), match.end(), inner)
        elif headed or names.index.is_name(inner):
            yield Piece(TITLE, match.start(), match.end(), inner)


def is_heading_of(words: str, sentence: DraftSentence, names: Names) -> bool:
    """Whether some words are the heading that all programs of a sentence stand under, told as one.

    「「…」の「小計」」 tells whose sum a row is; 「「…」にある事業」 is said of what is computed from all of them.
    """
    programs = {fact.program_id for fact in sentence.facts}
    if not programs or not all(fold(words) in names.headings(program) for program in programs):
        return False
    if f"「{words}」の「" in sentence.text:
        return True
    return (
        bool(sentence.computed) and f"「{words}」にある" in sentence.text and programs == names.under(words, programs)
    )


def _tellers(sentence: DraftSentence, names: Names) -> list[str]:
    """The cases, parts and items of the programs that a sentence is about."""
    programs = dict.fromkeys(fact.program_id for fact in sentence.facts)
    every = (words for program in programs for fact in names.facts(program) for words in tellers(fact))
    parts = (part for program in programs for part in names.parts(program))
    return list(dict.fromkeys((*every, *parts)))


def _printed(sentence: DraftSentence) -> list[str]:
    """What facts bring along beside their figures: notes, and stages with a number (9月現計)."""
    stages = (fact.stage for fact in sentence.facts if re.search(r"[0-9０-９]", fact.stage))
    notes = [fact.note for fact in sentence.facts if fact.note]
    told = (_COMPUTED.sub("", note) for note in notes)
    return list(dict.fromkeys((*stages, *notes, *told)))


class _Folded:
    """A text in the form of :func:`~assistant.tokens.fold`, each character with its place."""

    def __init__(self, text: str) -> None:
        self._letters = ""
        self._places: list[int] = []
        for place, letter in enumerate(text):
            plain = "".join(unicodedata.normalize("NFKC", letter).lower().split())
            self._letters += plain.replace("『", "「").replace("』", "」")
            self._places += [place] * len(plain)

    def spans(self, words: str) -> Iterator[tuple[int, int]]:
        """Where the text says some words, whatever their width, blanks and brackets."""
        plain = _Folded._form(words)
        at = self._letters.find(plain) if plain else -1
        while at >= 0:
            if self._stands_alone(at, at + len(plain)):
                yield self._places[at], self._places[at + len(plain) - 1] + 1
            at = self._letters.find(plain, at + len(plain))

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether words are no part of a longer one: 国 is not said in 国庫, nor 別枠 in 特別枠."""
        before, first = self._letters[max(0, start - 1) : start], self._letters[start]
        last, behind = self._letters[end - 1], self._letters[end : end + 1]
        joined = _WORD.fullmatch(before) and _WORD.fullmatch(first)
        return not joined and not (end - start == 1 and _WORD.fullmatch(last) and _WORD.fullmatch(behind))

    @staticmethod
    def _form(words: str) -> str:
        plain = "".join("".join(unicodedata.normalize("NFKC", letter).lower().split()) for letter in words)
        return plain.replace("『", "「").replace("』", "」")


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for width, blanks and brackets."""
    return _Folded._form(one) == _Folded._form(other)


def has(words: str, fact: Fact) -> bool:
    """Whether a fact's own case, part, item or note holds some words."""
    plain = fold(words)
    own = (*tellers(fact), fact.item or "", fact.note or "", fact.stage)
    return bool(plain) and any(plain in fold(part) for part in own)
