"""Japanese text → search tokens: the one tokenizer of the index and of every question.

SudachiPy with ``sudachidict-core``: medium units (mode B) and the short units (mode A) inside them, in
normalised form, so that 引上げ meets 引き上げ and 補助金 meets 補助.  Particles, auxiliaries, punctuation
and blanks are dropped by part of speech, never by character: ー and 々 belong to words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

# Sudachi refuses an input above 49,149 bytes; some room is left for its own normalisation.
MAX_BYTES = 48_000
_SHORT = 400  # characters of a text whose tokens are kept

_NAMING = frozenset({"名詞", "接頭辞", "接尾辞", "形状詞", "記号"})
_DROPPED = frozenset({"助詞", "助動詞", "補助記号", "空白", "感動詞"})
_ENCLOSED = re.compile("([①-⓿㈠-㋿❶-➓])")  # NFKC alone would weld ① to the 50 of ①50万円
_BREAKS = ("\n", "。", " ", "、")
_local = threading.local()


def tokens(text: str) -> list[str]:
    """The search tokens of ``text``, in order, repeated as often as they occur; [] for no word at all."""
    return list(_kept(text) if len(text) <= _SHORT else _tokens(text))


@lru_cache(maxsize=20_000)
def _kept(text: str) -> tuple[str, ...]:
    """Names and cells are read again with every question: their tokens are kept."""
    return _tokens(text)


def _tokens(text: str) -> tuple[str, ...]:
    pieces = (morpheme for piece in _pieces(search_form(text)) for morpheme in _tokenizer().tokenize(piece))
    return tuple(unit for morpheme in pieces for unit in _units(morpheme))


def nouns(text: str) -> set[str]:
    """The search tokens of ``text`` that come from nouns: what it speaks of, without what is done."""
    found: set[str] = set()
    for piece in _pieces(search_form(text)):
        for morpheme in _tokenizer().tokenize(piece):
            if morpheme.part_of_speech()[0] in _NAMING:
                found.update(_units(morpheme))
    return found


@dataclass(frozen=True, slots=True)
class Word:
    """A short unit of a text at [start, end): its normalised form, its reading in katakana, and what it is.

    ``naming``: it is a noun or a part of one; ``dropped``: a particle, an auxiliary or a mark; ``known``: it is a
    word of the dictionary.
    """

    start: int
    end: int
    form: str
    reading: str
    naming: bool
    dropped: bool
    known: bool


def short_words(text: str) -> list[Word]:
    """The short units (mode A) of a text of at most ``MAX_BYTES`` bytes, each with where it stands in it."""
    found = []
    for morpheme in _tokenizer().tokenize(text, SplitMode.A):
        sort = morpheme.part_of_speech()[0]
        form = "".join(morpheme.normalized_form().lower().split())
        known = not morpheme.is_oov() and "人名" not in morpheme.part_of_speech()  # a slip may read as somebody's name
        word = Word(
            morpheme.begin(), morpheme.end(), form, morpheme.reading_form(), sort in _NAMING, sort in _DROPPED, known
        )
        found.append(word)
    return found


def short_readings(text: str) -> list[tuple[str, str]]:
    """The same units, each as it stands in the text and as it is read (katakana)."""
    return [(morpheme.surface(), morpheme.reading_form()) for morpheme in _tokenizer().tokenize(text, SplitMode.A)]


@lru_cache(maxsize=32_768)
def search_form(text: str) -> str:
    """``text`` with one spelling for each character (NFKC) and small Latin letters.

    Only for searching: NFKC changes lengths, so no offset or quote may come from it.
    """
    spaced = _ENCLOSED.sub(r" \1 ", text)
    sound = spaced.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot reach Sudachi
    return unicodedata.normalize("NFKC", sound).lower()


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """``search_form`` without any blank: for "is this name inside that name"."""
    return "".join(search_form(text).split())


def dictionary_version() -> str:
    """The version of the installed dictionary; tokens of two versions must not be mixed."""
    return version("sudachidict-core")


@cache
def _dictionary() -> Dictionary:
    """The dictionary that all threads share: it takes a hundred megabytes."""
    return Dictionary(dict="core")


def _tokenizer() -> Tokenizer:
    """This thread's own tokenizer: a shared one fails when two threads call it."""
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().create(mode=SplitMode.B)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


def _units(morpheme: Morpheme) -> Iterator[str]:
    if morpheme.part_of_speech()[0] in _DROPPED:
        return
    yield from _form(morpheme)
    parts = morpheme.split(SplitMode.A, add_single=False)
    for part in parts:
        if part.part_of_speech()[0] not in _DROPPED:
            yield from _form(part)


def _form(morpheme: Morpheme) -> Iterator[str]:
    form = "".join(morpheme.normalized_form().lower().split())
    if form:
        yield form


def _pieces(text: str) -> Iterator[str]:
    """``text`` in runs of at most ``MAX_BYTES`` bytes, cut where a sentence or a word ends if there is such a place."""
    while len(text.encode()) > MAX_BYTES:
        room = text.encode()[:MAX_BYTES].decode(errors="ignore")
        end = next((at + 1 for mark in _BREAKS if (at := room.rfind(mark)) > 0), len(room))
        yield text[:end]
        text = text[end:]
    if text:
        yield text
