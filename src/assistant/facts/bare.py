"""Bare numbers between words below a heading that states their unit: 「設備 5,000 運転 3,000」 under 限度額（万円）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import find_figures, read_cell
from ..records import Figure, FigureKind

NEAR = 24  # letters around a bare number in which it may be said what it is per
_N = r"[0-9０-９]{1,3}(?:(?:[,，][0-9０-９]{3})+|[0-9０-９]*)"
_BARE = re.compile(
    rf"(?<![0-9０-９,，./／分～〜~第№RＲHＨ.．－-])[▲△]?{_N}(?:[～〜~]{_N})?"
    r"(?=[\s　、。，；;)）(（]|以内|まで|[/／][^0-9０-９]|$)"
)
_NUMBERING = re.compile(r"[(（][0-9０-９]{1,2}[)）]")
_PER = re.compile(
    r"(?:(?P<time>[月年日])額|[1１一](?P<each>[^\s　0-9０-９]{1,6}?)(?:当たり|あたり|当り|につき))"
    r"[\s　]*(?:[月年日]額)?[\s　]*$"
)
_TIME = re.compile(r"(?:^|[\s　（(、，／/：:])(?P<time>[月年日])$")


def bare_amounts(text: str, unit: str, figures: Sequence[Figure]) -> list[Figure]:
    """The bare numbers of ``text`` in ``unit``, beside the ``figures`` that print a unit of their own."""
    covered = {place for figure in figures for place in range(figure.start, figure.end)}
    found = []
    for match in _BARE.finditer(text):
        if match.start() in covered or match.end() - 1 in covered or _is_numbering(text, match):
            continue
        amount = read_cell(match.group(), unit)
        if amount is not None and amount.kind is FigureKind.MONEY:
            per, bound = _around(text, match, unit)
            moved = replace(amount, start=amount.start + match.start(), end=amount.end + match.start())
            found.append(replace(moved, per=per, bound=bound))
    return found


def without_per(since: str) -> str:
    """What stands before a bare number, without the 月 of 「家賃 月6」."""
    found = _PER.search(since) or _TIME.search(since)
    return since[: found.start("time") if found and found["time"] else found.start()] if found else since


def _is_numbering(text: str, match: re.Match[str]) -> bool:
    return _NUMBERING.fullmatch(text, max(0, match.start() - 1), match.end() + 1) is not None


def _around(text: str, match: re.Match[str], unit: str) -> tuple[str | None, str | None]:
    """For whom or which time the amount is, and its bound, as they would be read with the unit in print."""
    before = text[max(0, match.start() - NEAR) : match.start()]
    said = _PER.search(before)
    printed = f"{before}{match.group()}{unit}{text[match.end() : match.end() + NEAR]}"
    read = next((figure for figure in find_figures(printed) if figure.start == len(before)), None)
    time = _TIME.search(before)
    per = [said["time"] or said["each"]] if said else [time["time"] if time else None, read.per if read else None]
    return "・".join(dict.fromkeys(name for name in per if name)) or None, read.bound if read else None
