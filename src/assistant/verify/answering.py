"""Whether a sentence says yes and no rightly: a yes agrees with a right figure, and no right figure is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import same_value
from ..records import DraftSentence, Fact, Figure, FigureKind
from ..values import as_figure
from .hearing import Scene
from .wording import denied

_RIGHTLY = r"(?:おっしゃる|(?:ご認識|お見込み|お考え|ご指摘|ご理解)の|その)?(?:とおり|通り)"
_YES = re.compile(rf"^[\s　]*(?:はい|ええ|{_RIGHTLY}|正しいです|正解|間違いありません)")


def answers_well(scene: Scene, following: Sequence[DraftSentence]) -> bool:
    """Whether a yes and a denial agree with the figures that are told.

    The right figures are those of the sentence, or of the next one that has any.
    """
    reading, asked = scene.reading, scene.heard.asked
    facts = reading.sentence.facts or next((one.facts for one in following if one.facts), ())
    if any(_states(facts, figure) for figure in denied(reading)):
        return False
    if not _YES.search(reading.own):
        return True
    premises = [figure for figure in asked if figure.kind is not FigureKind.YEAR]
    return not premises or any(_states(facts, figure) for figure in premises)


def _states(facts: Sequence[Fact], figure: Figure) -> bool:
    return any(same_value(as_figure(fact), figure) for fact in facts)
