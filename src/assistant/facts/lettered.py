"""Items lettered A., B., ア, イ below a part: the words behind the letter name the case of the item's terms."""

from __future__ import annotations

import re
from dataclasses import replace

from ..layout.labels import known_labels, plain
from ..records import FactKind, Figure
from .classify import GRANTED
from .make import Say

_LETTER = re.compile(
    r"[\s　]*(?:[-・○][\s　]*)?"
    r"(?:[A-HＡ-Ｈa-eａ-ｅ][.．)）:：、][\s　]*|[（(][A-HＡ-Ｈア-カ][)）][\s　]*|[ア-カ][.．)）:：、　 ][\s　]*)"
    r"(?P<name>[^\s　（()）。、：:0-9０-９][^\s　（()）。、：:]{1,28}?)(?=[\s　（(：:])"
)
_KINDS = (*GRANTED, FactKind.PERIOD)
_NO_NAME = re.compile(r"(?:率|額|上限|限度|期間|経費|は|が|を|に|で|と|の)$")

Said = list[tuple[Figure, Say]]


def is_lettered(text: str) -> bool:
    """Whether a line begins with such a letter and a name."""
    return _LETTER.match(text) is not None


def lettered(text: str, said: Said) -> Said:
    """The figures of one item; what it grants without a case of its own is for the case that the letter names."""
    found = _LETTER.match(text)
    name = found["name"] if found else ""
    if not name or _NO_NAME.search(name) or plain(name) in known_labels():
        return said
    return [
        (figure, replace(say, condition=name))
        if say.kind in _KINDS and not say.condition and say.subprogram != name
        else (figure, say)
        for figure, say in said
    ]
