"""A figure in its sentence: what stands before and behind it, the names and the other figures there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import find_figures
from ..records import Figure, FigureKind
from ..understand import Mention

PIECE = 4  # characters of a case that say which case is meant
BRACKET = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its sentence, with the names said there and the figures beside it."""

    sentence: str
    figure: Figure
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    cases: tuple[str, ...] = ()  # longest first

    @property
    def words(self) -> str:
        """What stands before the figure with names and long cases blanked out: 「上乗せ支給」 in a name is none."""
        return self._blanked([case for case in self.cases if len(case) >= 2 * PIECE])

    @property
    def bare(self) -> str:
        """What stands before the figure with names and all cases blanked out."""
        return self._blanked(list(self.cases))

    @property
    def of_whole(self) -> bool:
        """Whether the figure is said of a program as a whole, not of the part named before (予算は事業全体で…)."""
        ends = [mention.end for mention in self.mentions if mention.end <= self.figure.start]
        return "全体" in self.before[max(ends, default=0) :]

    def _blanked(self, cases: list[str]) -> str:
        words = self.before
        for mention in self.mentions:
            if mention.end <= len(words):
                words = words[: mention.start] + "＿" * (mention.end - mention.start) + words[mention.end :]
        for case in cases:
            words = words.replace(case, "＿" * len(case))
        return words

    @property
    def before(self) -> str:
        return self.sentence[: self.figure.start]

    @property
    def after(self) -> str:
        return self.sentence[self.figure.end :]


def said_behind(sentence: str, end: int) -> str:
    """The brackets behind a figure that say what it is of; those with an amount speak of that one."""
    match = BRACKET.match(sentence, end)
    amounts = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
    told = match and any(one.kind in amounts for one in find_figures(match.group()))
    return match.group() if match and not told else ""


def moved(figure: Figure, sentence: str) -> tuple[Figure, ...]:
    """「10億円から9億円に」 tells of two amounts, not of a range."""
    first, mark, second = figure.text.partition("から")
    if figure.kind is not FigureKind.MONEY or not mark or not re.match(r"[ 　]*[にへ]", sentence[figure.end :]):
        return (figure,)
    places = ((figure.start, first), (figure.end - len(second), second))
    parts = [(place, one) for place, half in places for one in find_figures(half)]
    return tuple(replace(one, start=one.start + place, end=one.end + place) for place, one in parts) or (figure,)


def counts_one(figure: Figure, figures: tuple[Figure, ...]) -> bool:
    """「1者3,000万円」: what the amount is for, no quantity of its own."""
    return (
        figure.kind is FigureKind.COUNT
        and figure.number == 1
        and any(other.kind is FigureKind.MONEY and other.start == figure.end for other in figures)
    )
