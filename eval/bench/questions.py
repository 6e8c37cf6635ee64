"""Questions to measure with, made from the fact table: what is asked of every program is what it states."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.index import Index
from assistant.records import FactKind
from assistant.tokens import tokens

ASKED = {
    FactKind.BUDGET: "予算",
    FactKind.BUDGET_PREVIOUS: "前年度の予算",
    FactKind.BUDGET_REVISED: "現計",
    FactKind.BUDGET_CHANGE: "増減率",
    FactKind.FUNDING_NATIONAL: "国庫",
    FactKind.FUNDING_GENERAL: "一般財源",
    FactKind.BREAKDOWN: "内訳",
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.SUBSIDY_LIMIT: "補助上限額",
    FactKind.LOAN_LIMIT: "融資限度額",
    FactKind.LOAN_POOL: "融資枠",
    FactKind.LOAN_RATE: "利率",
    FactKind.GUARANTEE_RATE: "保証料率",
    FactKind.LOAN_TERM: "融資期間",
    FactKind.TARGET: "成果目標",
    FactKind.COUNT: "件数",
    FactKind.PERIOD: "事業期間",
    FactKind.PHONE: "電話番号",
}


def naming(index: Index) -> list[str]:
    """One question for every program and kind of figure that it states, by the program's name."""
    return _distinct(f"{name}の{ASKED[kind]}は?" for name, kind in _stated(index))


def describing(index: Index) -> list[str]:
    """The same questions by a few words of the name instead, so that the program has to be searched for."""
    described = []
    for name, kind in _stated(index):
        words = _distinct(word for word in tokens(name) if len(word) > 1)[1:4]
        if words:
            described.append(f"{'と'.join(words)}で使える{ASKED[kind]}は?")
    return _distinct(described)


def _stated(index: Index) -> list[tuple[str, FactKind]]:
    facts = (fact for fact in index.facts() if fact.kind in ASKED)
    return [(fact.program, fact.kind) for fact in facts if index.programs[fact.program_id].role == "program"]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
