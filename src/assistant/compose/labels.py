"""Words of an answer: how a kind, a program, a year and its stage are called."""

from __future__ import annotations

import re

from ..lexicon import table
from ..records import UNKNOWN, Fact, FactKind, Program, stated

_APPLYING = re.compile(r"(?P<what>申請|募集|公募|受付|応募|申込)")


def kind_label(kind: FactKind, group: str = "labels") -> str:
    """The name of a kind (``labels``) or the question that asks for it (``question``); empty when none."""
    return str(table("kinds")[group].get(kind.value, ""))


def fact_label(fact: Fact) -> str:
    """What a fact is called: a budget by its stage, a limit by its printed label."""
    if fact.kind is FactKind.BUDGET:
        return str(table("kinds")["stages"].get(fact.stage, kind_label(fact.kind)))
    if fact.kind is FactKind.LOAN_TERM and fact.item == "据置期間":
        return "据置期間"
    if fact.kind is FactKind.BUDGET_REVISED:
        return f"{fact.fiscal_year}の{fact.stage}額"
    if fact.kind is FactKind.BUDGET_PREVIOUS:
        return f"{fact.fiscal_year}の予算額"
    if fact.kind is FactKind.BUDGET_CHANGE and fact.yen is not None:
        return "増減額"
    if fact.kind is FactKind.PERIOD and (applying := _APPLYING.search(fact.item or "")):
        return f"{applying['what']}期間"
    return kind_label(fact.kind)


def where_from(program: Program, region: str) -> str:
    """「山形県・令和2年度当初予算」: whose figures these are."""
    return source(region, program.fiscal_year, program.stage)


def source(region: str, fiscal_year: str, stage: str) -> str:
    """「山形県・令和2年度当初予算」, of what is known of it; 「出典不明」 when nothing is."""
    return "・".join(filter(None, (stated(region), stated(fiscal_year, stage)))) or f"出典{UNKNOWN}"


def called(program: Program, subprogram: str | None = None) -> str:
    """「事業」 or 「事業」の「枠」."""
    name = f"「{program.program.replace('「', '『').replace('」', '』')}」"
    return f"{name}の「{subprogram}」" if subprogram else name
