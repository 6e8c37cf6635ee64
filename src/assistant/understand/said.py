"""Words of a turn that say nothing of what it is about: those it denies, and those of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DENIED = re.compile(r"([一-龠々ァ-ヶーA-Za-z]+)(?:の(?:ほう|話))?(?:じゃな|ではな|でな)(?!くて?も)")

_VARIANT = re.compile(
    r"(?P<name>[^、。?？\s]{1,10}?(?P<sort>枠|型|コース|類型|区分))(?:の(?:ほう|方)|は|だと|って|なら)"
)


_CALLED = re.compile("(?P<word>[一-龠ァ-ヶーＡ-ＺA-Za-z]{2,8})の(?:ほう|方|やつ|分)(?:は|って|だと|なら|の)")
_WHICH = re.compile("(?:枠|型|コース|類型|区分)(?:の(?:ほう|方)|は|だと|って|なら|の場合)")


def variant_said(text: str, earlier: str) -> str | None:
    """「研究型のほうは?」 after 「事業化型の上限は?」: another part of the same program, known or not."""
    match = _VARIANT.match(text)
    return match["name"] if match and re.search(rf"[^、。?？\sのをは]{match['sort']}", earlier) else None


def head_of(text: str) -> tuple[str, ...]:
    """「補助金のほうは?」: the word that a turn calls something by, when it is a common one."""
    match = _CALLED.match(text)
    return (match["word"],) if match else ()


def says_variant(text: str) -> bool:
    """Whether a turn says which part is meant, however it calls it: 「元請けが申し込む型なら」."""
    return _WHICH.search(text) is not None


def without_denied(words: Sequence[str], text: str) -> tuple[str, ...]:
    """The words of a turn without those that it denies: 「商店街じゃないけど、ネット販売を」 speaks of no 商店街."""
    denied = _DENIED.findall(text)
    return tuple(word for word in words if not any(word in one for one in denied))


def without_names(text: str, names: Sequence[str]) -> str:
    """A turn without the names in it: 「貿易振興課は?」 does not ask for an office."""
    for name in names:
        text = text.replace(name, "") if name else text
    return text
