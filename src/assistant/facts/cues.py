"""What a figure is about, by the printed words nearest to it (``lexicon/cues.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..lexicon import table
from ..records import FactKind, Figure, FigureKind

_JUNK = re.compile(r"[\s　]")
_NEAR = re.compile(r"(の額|額)?[)）]?[\s　：:はが]*(約|[▲△]|計|年率?)?[\s　]*")
_CLOSED = re.compile(r"[^（(]*[)）]")
_HIGHEST_PREMIUM = 4  # percent a year
REACH = 90  # characters to the left in which a cue still speaks of a figure


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: the kind it means, the word, and its span in the left context (-1 when it stands behind).

    ``stage`` and ``condition`` are what the word itself says of the amount: 補正後, 補正前.
    """

    kind: FactKind
    word: str
    start: int
    end: int
    stage: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: FactKind
    figures: frozenset[str]
    words: re.Pattern[str] | None
    after: re.Pattern[str] | None
    needs: tuple[str, ...]
    stage: str | None
    condition: str | None
    near: bool
    inside: bool


@cache
def _entries() -> tuple[_Entry, ...]:
    entries = []
    for cue in table("cues")["cue"]:
        entries.append(
            _Entry(
                FactKind(cue["kind"]),
                frozenset(cue["figures"]),
                _pattern(cue.get("words", ())),
                _pattern(cue.get("after", ())),
                tuple(cue.get("needs", ())),
                cue.get("stage"),
                cue.get("condition"),
                cue.get("near", False),
                cue.get("inside", False),
            )
        )
    return tuple(entries)


def _pattern(words: list[str]) -> re.Pattern[str] | None:
    """Any of the words, longest first, with layout spaces between their characters; 「予算の範囲内」 is none."""
    if not words:
        return None
    spaced = (_spaced(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(spaced)})(?!の範囲)")


def _spaced(word: str) -> str:
    return (r"[ 　]{0,4}" if len(word) == 2 else r"[ 　]?").join(map(re.escape, word))


def nearest_cue(left: str, right: str, figure: Figure) -> Cue | None:
    """The cue that speaks of ``figure``: the one ending nearest before it, or standing right behind it.

    ``left`` and ``right`` are the figure's own sentence before and behind it.
    """
    best: Cue | None = None
    window = max(0, len(left) - REACH)
    for entry in _entries():
        if figure.kind.value not in entry.figures or not all_or_any(entry.needs, left + right):
            continue
        for match in entry.words.finditer(left, window) if entry.words else ():
            if entry.near and not _NEAR.fullmatch(left, match.end()):
                continue
            if entry.inside and _CLOSED.match(left, match.end()):
                continue
            found = Cue(entry.kind, match.group(), match.start(), match.end(), entry.stage, entry.condition)
            if best is None or (found.end, len(found.word)) > (best.end, len(best.word)):
                best = found
    behind = _behind(right, figure)
    if behind is not None and behind.kind is FactKind.LIMIT_ADDITION:
        return behind  # 「上限額を30万円アップ」 raises a limit, it does not state one
    if best is not None and len(left) - best.end <= 2:
        return best
    return behind or best


def _behind(right: str, figure: Figure) -> Cue | None:
    bare = _without_bound(right, figure)
    closed = re.sub(r"^[)）]", "", bare)  # 「（1か月1万円まで）を補助」
    for text in (right.lstrip(" 　"), bare, re.sub(r"^[（(][^（）()]{1,60}[)）]", "", bare), closed):
        for entry in _entries():
            if entry.after is not None and figure.kind.value in entry.figures:
                match = entry.after.match(text)
                if match:
                    return Cue(entry.kind, match.group(), -1, -1)
    return None


def _without_bound(right: str, figure: Figure) -> str:
    text = right.lstrip()
    for word in (figure.bound, figure.per):
        if word and _JUNK.sub("", text).lstrip("×／/").startswith(word):
            text = text.lstrip("×／/ ").removeprefix(word)
    return text.lstrip(" 　")


def all_or_any(needs: tuple[str, ...], text: str) -> bool:
    """No condition, or one of its words in the text."""
    return not needs or any(word in text for word in needs)


def is_premium(figure: Figure, cue: Cue, sentence: str) -> bool:
    """「保証料　0.40％（県が全額補助）」: what is charged, set off behind its label; no one grants so small a share."""
    small = figure.kind is FigureKind.PERCENT and figure.number is not None and figure.number < _HIGHEST_PREMIUM
    label = cue.kind is FactKind.GUARANTEE_RATE and cue.start >= 0
    return small and label and not sentence[cue.end :].strip(" 　：:年")
