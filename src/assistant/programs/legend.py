"""Marks that a document explains itself: 「凡例　☆…新規　◎…拡充」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..layout import Line
from ..lexicon import table
from .parts import Part

_MARKS = "◎☆★◇◆□■○●◯△▲▽▼※＊"
_LEGEND = re.compile(
    rf"(?P<mark>[{_MARKS}])[」』）)]?[\s　]*(?:[…‥・.．]+|[＝=：:]|は|印は)[\s　]*[「『]?(?P<word>[一-龥]{{2,6}})"
)


#: 「◎ 新規　○ 拡充」: two or more marks on a line, each with nothing but a space before its word
_SPACED = re.compile(rf"(?P<mark>[{_MARKS}])[\s　]*(?P<word>[一-龥]{{2,4}})(?=[\s　、，/／)）]|$)")


def with_legend(lines: Sequence[Line], parts: Iterable[Part]) -> list[Part]:
    """The parts, those whose printed name begins with a mark of the legend having the flag that it stands for."""
    legend = read_legend(lines)
    return [_flagged(part, legend) for part in parts] if legend else list(parts)


def read_legend(lines: Sequence[Line]) -> dict[str, str]:
    """The flag of each mark that a line explains; a mark explained in two ways has none."""
    marks = table("flags")["marks"].items()
    known = {word: flag for flag, words in marks for word in words if word[0] not in "(（【[〔〈＜<《"}
    found: dict[str, set[str]] = {}
    for line in lines:
        for match in _explained(line.raw, known) if "\t" not in line.raw.strip() else ():
            flag = next((flag for word, flag in known.items() if match["word"].startswith(word)), None)
            if flag:
                found.setdefault(unicodedata.normalize("NFKC", match["mark"]), set()).add(flag)
    return {mark: next(iter(flags)) for mark, flags in found.items() if len(flags) == 1}


def _explained(raw: str, known: Collection[str]) -> list[re.Match[str]]:
    found = list(_LEGEND.finditer(raw))
    spaced = [match for match in _SPACED.finditer(raw) if match["word"] in known]
    whole = len({match["mark"] for match in spaced}) > 1 and sum(len(match[0]) for match in spaced) * 2 >= len(raw)
    return found or (spaced if whole else [])


def _flagged(part: Part, legend: dict[str, str]) -> Part:
    flag = legend.get(unicodedata.normalize("NFKC", part.printed.lstrip(" 　")[:1]))
    wanted = flag is not None and part.role == "program" and flag not in part.flags
    return replace(part, flags=(*part.flags, flag)) if wanted and flag is not None else part
