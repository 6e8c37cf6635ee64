"""Words of an answer: how a kind, a program, a year and its stage are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import table
from ..records import UNKNOWN, Fact, FactKind, Program, stated
from ..tokens import search_form

_BY_YEAR = re.compile(r"前年度?(?:同期)?比")
_LEAST = 50  # per cent from which on 「前年度比」 is this year's by last year's, and not by how much it moved
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
    if fact.kind is FactKind.BUDGET_CHANGE and _BY_YEAR.search(fact.item or "") and (fact.number or 0) > _LEAST:
        return "前年度比"
    if fact.kind is FactKind.PERIOD and (applying := _APPLYING.search(fact.item or "")):
        return f"{applying['what']}期間"
    return kind_label(fact.kind)


def is_result(fact: Fact) -> bool:
    """Whether a fact is of a table of results of an earlier call: it bears the table's heading and its own column."""
    rules = table("reckoning")["results"]
    if fact.kind not in (FactKind.COUNT, FactKind.OTHER) or not fact.condition or not fact.item:
        return False
    return bool(re.search(rules["heading"], fact.condition) and re.match(rules["columns"], fact.item))


def without_results(question: str, facts: list[Fact], kinds: Sequence[FactKind]) -> list[Fact]:
    """The facts without those of an earlier call where the question says nothing of one and others state its kinds."""
    others = [fact for fact in facts if not is_result(fact)]
    past = re.search(table("reckoning")["results"]["past"], search_form(question))
    return facts if past or not any(fact.kind in kinds for fact in others) else others


def where_from(program: Program, region: str) -> str:
    """「山形県・令和2年度当初予算」: whose figures these are."""
    return source(region, program.fiscal_year, program.stage)


def source(region: str, fiscal_year: str, stage: str) -> str:
    """「山形県・令和2年度当初予算」, of what is known of it; 「出典不明」 when nothing is."""
    return "・".join(filter(None, (stated(region), stated(fiscal_year, stage)))) or f"出典{UNKNOWN}"


def called(program: Program, subprogram: str | None = None) -> str:
    """「事業」 or 「事業」の「枠」."""
    return called_so(program.program, subprogram)


def called_so(program: str, subprogram: str | None = None) -> str:
    """「事業」 or 「事業」の「枠」, by its name; brackets within it are 『』."""
    name = f"「{program.replace('「', '『').replace('」', '』')}」"
    return f"{name}の「{subprogram}」" if subprogram else name
