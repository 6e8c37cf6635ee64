"""A figure asked for that the document states in words alone: 「融資限度額 既往債務残高」, 「料金：無料」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..figures import find_figures
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, FactKind, FigureKind, Hit
from ..tokens import fold
from .labels import called
from .offices import quoted, source
from .telling import tellable
from .units import Unit, units_of

_LIMITS = frozenset({FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT})
_REMARK = 30  # characters of a remark
_OVER = re.compile(r"終了|廃止|休止|完了|終期")
_EMPTY = re.compile(r"[-－―—‐\s　]*|(?:別途|別に定める|下記|上記|以下|次)の?(?:とおり|通り)?。?|同上|未定")


def in_words(kinds: Sequence[FactKind], hit: Hit, index: Index) -> list[DraftSentence]:
    """What the document prints under the label of a kind that no fact states; [] when there is nothing."""
    wanted = set(kinds) | (_LIMITS if _LIMITS & set(kinds) else set())
    labels = sorted({label for kind in wanted for label in _labels(kind)}, key=len, reverse=True)
    for unit in units_of(hit.program, index):
        one = _stated(unit, labels)
        if one and tellable(unit, hit.program, index) == [unit]:
            words = f"「{quoted(unit.text)}」"
            text = f"{source(hit, index)}{called(hit.program)}の{one}について、{words}と記載されています。"
            return [DraftSentence(text, quotes=((unit.passage, unit.quote),))]
    if FactKind.BUDGET in kinds and not any(fact.kind is FactKind.BUDGET for fact in index.facts_of(hit.program.id)):
        return _ended(hit, index)
    return []


def _ended(hit: Hit, index: Index) -> list[DraftSentence]:
    """That a program without a budget is over, where the document says so."""
    for unit in units_of(hit.program, index):
        if len(unit.text) <= _REMARK and _OVER.search(unit.text) and tellable(unit, hit.program, index) == [unit]:
            text = f"{source(hit, index)}{called(hit.program)}について、「{quoted(unit.text)}」と記載されています。"
            return [DraftSentence(text, quotes=((unit.passage, unit.quote),))]
    return []


def _stated(unit: Unit, labels: Sequence[str]) -> str | None:
    """The label under which a piece says something without a figure."""
    for label in labels:
        name = fold(label)
        if unit.label and (unit.label == name or unit.label.startswith(name)):
            rest = unit.text
        elif "。" not in unit.text and (apart := _set_off(label).search(unit.text)):
            rest = unit.text[apart.end() :]
        else:
            continue
        figures = [figure for figure in find_figures(rest) if figure.kind is not FigureKind.YEAR]
        if not figures and len(rest.strip()) >= 2 and not _EMPTY.fullmatch(rest):
            return label
    return None


@cache
def _set_off(label: str) -> re.Pattern[str]:
    """A label that blanks or a colon set apart from what is said of it."""
    return re.compile(rf"(?:^|[\s　]){re.escape(label)}(?:[\s　]*[：:][\s　]*|[\s　]+)")


@cache
def _labels(kind: FactKind) -> tuple[str, ...]:
    """What documents call a kind, without words that may be said of anything."""
    common = {"期間", "内訳", "財源", "その他", "目標", "対象者", "予算", "上限", "限度", "利子", "最大額", "期限"}
    return tuple(
        word
        for entry in table("guard")["label"]
        if kind.value in entry["kinds"]
        for word in entry["words"]
        if word not in common and len(word) > 1
    )
