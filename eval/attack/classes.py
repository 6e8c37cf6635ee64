"""The registry: every class of false drafts by its description, in groups."""

from __future__ import annotations

from collections.abc import Mapping

from .cases import CASES
from .claim import Attack
from .forged import FORGED
from .kinds import KINDS
from .loose import LOOSE
from .measures import MEASURES
from .notation import WRITERS
from .others import OTHERS
from .quoting import QUOTING
from .times import TIMES
from .touching import TOUCHING

GROUPS: dict[str, Mapping[str, Attack]] = {
    "a wrong sum in the text": {name: attack for name, attack in LOOSE.items() if name not in WRITERS},
    "a wrong sum in disguise": {name: attack for name, attack in LOOSE.items() if name in WRITERS},
    "another wrong figure in the text": MEASURES,
    "wrong words that touch a right figure": TOUCHING,
    "the right figure of another program": OTHERS,
    "the right figure of another case": CASES,
    "the right figure called another kind": KINDS,
    "the right figure of another year or place": TIMES,
    "forged quotes, and figures beside quotes": QUOTING,
    "forged facts, markers and askers' figures": FORGED,
}
CLASSES: dict[str, Attack] = {name: attack for group in GROUPS.values() for name, attack in group.items()}
