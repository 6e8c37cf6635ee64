"""A fact as it is printed in an answer: as in the document, and in plain yen where that helps."""

from __future__ import annotations

import re

from ..figures import plain_yen
from ..records import LOWERED, RAISED, Fact, FactKind

_BEFORE = ("約", "最大", "上限", "最長", "最高", "最低", "おおむね", "概ね", "原則", "限度")


def print_fact(fact: Fact) -> str:
    """「約500者」, 「1/2以内」, 「年1.7%～2.3%」, 「19,454千円（1,945万4千円）」."""
    text = f"{_with_unit(fact)}{_plain(fact)}"
    bound = fact.bound or ""
    if fact.note == LOWERED:
        text = f"{text}の引き下げ"
    elif fact.note == RAISED:
        text = f"{text}の上乗せ"
    if bound in ("上限", "限度"):  # the label says so already: 補助上限額は400万円
        bound = ""
    if bound in _BEFORE:
        text = f"{bound}{text}"
    elif bound:
        text = f"{text}{bound}"
    if not fact.per or fact.kind is FactKind.PHONE:
        return text
    if fact.per in ("年", "月", "日", "時間", "単年度"):
        return f"{fact.per}{text}"
    return f"{text}×{fact.per}" if fact.per.endswith("数") else f"{text}／{fact.per}"


def _with_unit(fact: Fact) -> str:
    """The figure as printed, without the blanks that a page's layout put in it, and with its column's unit."""
    text = re.sub(r"(?<=[0-9０-９])\s+(?=[^0-9０-９])|\s*([/／])\s*", lambda blank: blank.group(1) or "", fact.text)
    if (fact.yen or fact.number or 0) < 0 and re.match(r"[0-9０-９]", text):
        text = f"▲{text}"  # 「5,000万円の減」
    if fact.unit and fact.unit[0] not in text and re.search(r"[0-9０-９]$", text):
        return f"{text}{fact.unit}"
    return text


def _plain(fact: Fact) -> str:
    """Plain yen behind an amount in thousands or millions."""
    if fact.yen is None or fact.unit not in ("千円", "百万円") or fact.yen == 0:
        return ""
    if re.search(r"[億万]", fact.text):
        return ""
    return f"（{plain_yen(fact.yen)}）"
