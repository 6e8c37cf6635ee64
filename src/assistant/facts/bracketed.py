"""What the words before a bracket make of the figures in it: the fund they are of, and for each of whom they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..records import FactKind, Figure
from .make import Say

_FUND = re.compile(
    r"(?:^|[\s　、。・「」（(はがを])"
    r"(?:[本当]?[国都道府県市区町村]の)?"
    r"(?P<name>[^\s　、。・「」（）()はがを0-9０-９]{2,20}(?:資金|融資|貸付金?|ローン))[」]?[（(]"
    r"(?P<terms>[^（）()]{4,80})[)）](?!は|を?融資|を?貸)"
)
_TERMS = (FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_TERM)
_PAID = (FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION)
_OTHER_CASE = re.compile(
    r"(?:以内|まで)?[\s　]*[（(](?:(?!円)[^（）()]){2,40}(?:は|には|では|：|:)[\s　]*"
    r"(?:最大|上限)?[\s　]*"
)
_BROKEN = re.compile(
    r"[1１一][\s　]?(?P<each>[^\s　0-9０-９、。（）()「」]{1,6})(?:当たり|あたり|当り|につき)"
    r"[\s　]*(?:最大|上限)?[\s　]*$"
)
_REACH = 12  # characters of a line before an amount of whose words the line above holds the beginning

Said = list[tuple[Figure, Say]]


def of_funds(text: str, said: Said, program: str) -> Said:
    """「市の創業資金（融資限度額1,000万円、年1.3％）の利子を補給」: the terms are the fund's, no grant."""
    spans = [
        (found.start("terms"), found.end("terms"), found["name"])
        for found in _FUND.finditer(text)
        if found["name"] not in program and program not in found["name"]
    ]
    return [
        (figure, replace(say, subprogram=name))
        if say.kind in _TERMS and say.subprogram is None and (name := _inside(figure, spans))
        else (figure, say)
        for figure, say in said
    ]


def for_each_alike(text: str, said: Said) -> Said:
    """「1者当たり50万円（女性の採用を伴う場合は100万円）」: the other case is for each of the same."""
    result = list(said[:1])
    for (before, granted), (figure, say) in pairwise(said):
        alike = granted.kind is say.kind and say.kind in _PAID and before.per is not None and figure.per is None
        if alike and _OTHER_CASE.fullmatch(text[before.end : figure.start]):
            figure = replace(figure, per=before.per)
        result.append((figure, say))
    return result


def broken_each(above: str, before: str) -> str | None:
    """「…、1都道府 / 県当たり 8,000万円」: for each of whom, where the line ends within the words."""
    if not above or len(before) > _REACH:
        return None
    found = _BROKEN.search(above + before)
    return found["each"] if found and found.start() < len(above) <= found.end() else None


def _inside(figure: Figure, spans: Sequence[tuple[int, int, str]]) -> str | None:
    return next((name for start, end, name in spans if start <= figure.start < end), None)
