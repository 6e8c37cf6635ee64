"""Worked examples: what a sum comes to is granted by no rule, and neither is a sum of no known program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Fact, FactKind
from .classify import GRANTED
from .make import Source

_RESULT = re.compile(
    r"(?P<word>(?:補助|助成|交付|支給|給付)(?:金の|金)?額?)(?:の額)?[はが：:＝=\s　→]{1,4}(?:約|[0-9０-９]+割の)?[\s　]*$"
)
_RESULT_BEHIND = re.compile(r"[\s　]*が(?P<word>(?:補助|助成|交付|支給|給付)(?:金の|金)?額?)(?:と|で|に|。|$)")
_SCHEME = re.compile(r"(?:融資|制度|資金|貸付|補助金|助成金|奨励金|支援金|給付金|事業)$")
_PRODUCT = re.compile(r"[×✕xX*][\s　]*(?:[0-9０-９]{1,3}[/／][0-9０-９]{1,3}|[0-9０-９.．]{1,5}[%％])[^=＝。]{0,6}[=＝][\s　]*$")
_CAPS = re.compile(r"[\s　]*が?(?:上限|限度)")
_CAP = re.compile(r"(?:上限|限度)(?:額)?[はが：:\s　]*$")
_STAFF = re.compile(r"(?:従業員|社員|職員|家族|世帯)(?:数)?[\s　]*$")


def with_results(source: Source, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those of examples that only tell a result or the case being of no kind of their own."""
    part = source.part
    nobody = part.form == "section" and part.role != "program" and not _SCHEME.search(part.name)
    return [_plain(source, fact, nobody=nobody) if "example" in fact.flags else fact for fact in facts]


def _plain(source: Source, fact: Fact, *, nobody: bool) -> Fact:
    raw, start = source.raw(fact.line_start), int(fact.fact_id.rsplit(":", 1)[1])
    before = raw[:start]
    if fact.kind is FactKind.COUNT and _STAFF.search(before):
        return replace(fact, kind=FactKind.OTHER)
    if fact.kind not in GRANTED:
        return fact
    found = _RESULT.search(before) or _RESULT_BEHIND.match(raw, start + len(fact.text))
    if fact.kind is FactKind.SUBSIDY_LIMIT and _PRODUCT.search(before) and not _CAPS.match(raw, start + len(fact.text)):
        return replace(fact, kind=FactKind.OTHER, item=None)
    if fact.yen is not None and found and not _CAP.search(before):
        return replace(fact, kind=FactKind.OTHER, item=found["word"])
    return replace(fact, kind=FactKind.OTHER) if nobody else fact
