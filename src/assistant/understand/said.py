"""Words of a turn that say nothing of what it is about: those it denies, and those of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DENIED = re.compile(r"([一-龠々ァ-ヶーA-Za-z]+)(?:の(?:ほう|話))?(?:じゃな|ではな|でな)(?!くて?も)")


def without_denied(words: Sequence[str], text: str) -> tuple[str, ...]:
    """The words of a turn without those that it denies: 「商店街じゃないけど、ネット販売を」 speaks of no 商店街."""
    denied = _DENIED.findall(text)
    return tuple(word for word in words if not any(word in one for one in denied))


def without_names(text: str, names: Sequence[str]) -> str:
    """A turn without the names in it: 「貿易振興課は?」 does not ask for an office."""
    for name in names:
        text = text.replace(name, "") if name else text
    return text
