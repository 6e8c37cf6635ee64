"""Worked examples: what a sum comes to is granted by no rule, and neither is a sum of no known program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Fact, FactKind
from .classify import GRANTED
from .make import Source

_RESULT = re.compile(
    r"(?P<word>(?:補助|助成|交付|支給|給付)(?:金の|金)?額?)(?:の額)?[はが：:＝=\s　→]{1,4}"
    r"(?:約|[0-9０-９]+割の)?[\s　]*$"
)
_RESULT_BEHIND = re.compile(r"[\s　]*が(?P<word>(?:補助|助成|交付|支給|給付)(?:金の|金)?額?)(?:と|で|に|。|$)")
_SCHEME = re.compile(r"(?:融資|制度|資金|貸付|補助金|助成金|奨励金|支援金|給付金|事業)$")
_PRODUCT = re.compile(
    r"[×✕xX*][\s　]*(?:[0-9０-９]{1,3}[/／][0-9０-９]{1,3}|[0-9０-９.．]{1,5}[%％])[^=＝。]{0,6}[=＝][\s　]*$"
)
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION)
# what a share is taken of: 「対象経費 600万円」, 「600万円×1/2＝」
_SPENT = re.compile(
    r"(?:経費|費用|事業費|工事費|購入費|投資額|購入額|価格|代金)(?:の総額|の合計|総額|合計)?[はが：:の\s　]*(?:約|計)?$"
)
_BASE = re.compile(r"[\s　]*[×✕xX*][\s　]*(?:[0-9０-９]{1,3}[\s　]*(?:[/／]|分の)|[0-9０-９.．]{1,5}[%％])")
_PLUS = re.compile(r"(?:限度|上限)(?:額)?[はが：:（(\s　]*[0-9０-９][0-9０-９,，.．]*[百千万億]*円[\s　]*[＋+][\s　]*$")
# what is paid once the limit has been applied, and a result printed right behind its word: 「→　補助金額40万円」
_APPLIED = re.compile(
    r"(?:を適用し(?:て)?|(?:上限|限度)額?(?:を超える|となる)(?:ため|ので))、?[\s　]*(?:[→⇒]?[\s　]*)$"
    r"|[→⇒][\s　]*(?:補助|助成|交付|支給|給付)(?:金の|金)?額?[\s　]*$"
)
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
    after = raw[start + len(fact.text) :]
    if fact.yen is not None and (_SPENT.search(before) or _BASE.match(after)):
        return replace(fact, kind=FactKind.OTHER, item=None)
    if fact.kind is FactKind.SUBSIDY_LIMIT and _PLUS.search(before):  # 「限度額100万円＋20万円」
        return replace(fact, kind=FactKind.LIMIT_ADDITION, item=None)
    found = _RESULT.search(before) or _RESULT_BEHIND.match(raw, start + len(fact.text))
    if fact.kind in _LIMITS and _PRODUCT.search(before) and not _CAPS.match(raw, start + len(fact.text)):
        return replace(fact, kind=FactKind.OTHER, item=None)
    if fact.yen is not None and _APPLIED.search(before):
        return replace(fact, kind=FactKind.OTHER, item=None)
    if fact.yen is not None and found and not _CAP.search(before):
        return replace(fact, kind=FactKind.OTHER, item=found["word"])
    return replace(fact, kind=FactKind.OTHER) if nobody else fact
