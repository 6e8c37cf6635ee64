"""The lies of the drafts' attack, told by a model: each class there is a class here, as far as a text can tell it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

from ..attack.claim import Attack
from ..attack.classes import GROUPS
from ..attack.forged import FORGED
from ..attack.ground import Ground
from ..attack.reals import Real
from .line import Line, Maker, of_sentence

#: Of a forged draft only what a text can say: facts and askers' figures are no part of a reply.
_SAID = (
    "forged markers",
    "braces and slots for no fact",
    "the asker's own figure, loose",
    "a denial of what nobody said",
)
_REAL = ("[1]", "[2][3]", "{{F1}}")  # false in a draft, but a reply's own references
_UNSAID = ("a figure in an abstention",)  # no reply is asked for


def _told(sort: str, attack: Attack, real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """The false sentence of a claim as a line."""
    claim = attack(real, ground, chance)
    if claim is None or claim.sentence.computed or any(word in claim.sentence.text for word in _REAL):
        return None
    line = of_sentence(sort, claim.sentence, chance)
    if claim.wrong and "{" not in claim.wrong and len(claim.wrong) > 2:
        line = replace(line, wrong=(claim.wrong,))
    return replace(line, question=claim.question if claim.question != real.question else None)


def _borrowed() -> dict[str, dict[str, Maker]]:
    groups = {
        name: dict(group) for name, group in GROUPS.items() if name != "forged facts, markers and askers' figures"
    }
    groups["forged markers, braces and askers' figures"] = {name: FORGED[name] for name in _SAID}
    return {
        group: {name: partial(_told, name, attack) for name, attack in classes.items() if name not in _UNSAID}
        for group, classes in groups.items()
    }


BORROWED: dict[str, dict[str, Maker]] = _borrowed()
