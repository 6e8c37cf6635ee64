"""Printed rows of sums: 小計, 合計, an office's or an account's row; their share and what lies between two of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, Program, Query
from ..retrieve.delimiters import measure_of
from ..retrieve.scope import Scope
from ..retrieve.sums import is_plain, totals_of
from ..tokens import tokens
from ..understand.reckoning import says
from ..values.reckoning import computed
from .figures import sentences_of
from .labels import called, fact_label, kind_label
from .over_years import years_said
from .within import growth

K = FactKind
_FUNDING = (K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL)
_PLACES = re.compile(r"小数(?:点以下)?第?([0-9０-９一二三])")
_BESIDE = re.compile(
    r"(?:小計|合計|総計|総額|部計|事業費|予算額?)と(?:、|は)?(?:その|この|それの)?(?:うち|中|内訳|国|県|一般)"
)
_SETTING = re.compile(r"(?:内訳|財源)")


def row_sentences(query: Query, scope: Scope, index: Index, place: str) -> list[DraftSentence]:
    """What is asked of the printed rows of a set; [] when they do not state it."""
    said = _Saying(query, scope, index, place)
    if scope.kinds == (K.BUDGET_CHANGE,):
        return [] if query.named else _moved(query, scope, index) or said.rows()
    if "share" in scope.asks:
        return said.share()
    if "difference" in scope.asks:
        return said.difference() or said.rows()
    once = tuple(row for row in scope.rows if not re.search(table("scopes")["relisted"]["printed"], row.program))
    if "add" in scope.asks and len(once) > 1:
        return _Saying(query, replace(scope, rows=once), index, place).added()
    return said.rows()


def _moved(query: Query, scope: Scope, index: Index) -> list[DraftSentence]:
    """How one printed row moved, with the rate that is printed for it, where a rate is asked for."""
    if len(scope.rows) != 1 or not says(query.question, "rate"):
        return []
    told = growth(replace(query, operation="compare"), scope.rows[0], index)
    return list(told.sentences) if told else []


class _Saying:
    """The rows of one set and how they are told."""

    def __init__(self, query: Query, scope: Scope, index: Index, place: str) -> None:
        self.query, self.scope, self.index, self.place = query, scope, index, place

    def rows(self) -> list[DraftSentence]:
        """The figures asked for of each row: its budget when no other kind is said."""
        kinds = (
            _FUNDING if _SETTING.search(self.query.question) and self.scope.kinds == (K.BUDGET,) else self.scope.kinds
        )
        if self.scope.kinds != (K.BUDGET,) and _BESIDE.search(self.query.question):
            kinds = (K.BUDGET, *kinds)
        told: list[DraftSentence] = []
        before: list[tuple[str, int | None]] = []
        for row in self.scope.rows:
            facts = [fact for kind in kinds if (fact := self._of_year(row, kind))]
            if any(fact.condition for fact in facts):  # 補正前, 補正額 and 補正後 of one row
                cases = [fact for fact in self.index.facts_of(row.id) if fact.kind in kinds]
                told += sentences_of(self.query, row, self.index, cases)
                continue
            if facts and (row.document, facts[0].yen) not in before:  # one sum may be printed in two tables
                before.append((row.document, facts[0].yen))
                told.append(self._row(row, facts, first=not told))
        return told

    def _of_year(self, row: Program, kind: FactKind) -> Fact | None:
        """A row's figure; where the question says the year before and not this one, that of the year before."""
        fact, years = measure_of(row, (kind,), self.index), years_said(self.query.question)
        if fact is None or kind is not K.BUDGET or not years or year_number(fact.fiscal_year) in years:
            return fact
        before = measure_of(row, (K.BUDGET_PREVIOUS,), self.index)
        return before if before and year_number(before.fiscal_year) in years else fact

    def added(self) -> list[DraftSentence]:
        """The sum of several printed rows, and each of them."""
        facts = [fact for row in self.scope.rows if (fact := measure_of(row, self.scope.kinds[:1], self.index))]
        total = computed("sum", facts) if len(facts) == len(self.scope.rows) else None
        if total is None:
            return []
        names = "と".join(dict.fromkeys(called(row) for row in self.scope.rows))
        return [
            DraftSentence(f"{names}の{fact_label(facts[0])}の合計は、{{=0}}です。", computed=(total,)),
            *self.rows(),
        ]

    def _row(self, row: Program, facts: list[Fact], *, first: bool) -> DraftSentence:
        labels = [f"{fact_label(fact)}は{{{place}}}" for place, fact in enumerate(facts)]
        doubt = "（この資料の表記には疑いがあります）" if any("suspect" in fact.flags for fact in facts) else ""
        text = f"{self._head(row, first)}の{'、'.join(labels)}です{doubt}。"
        return DraftSentence(text, tuple(facts))

    def _head(self, row: Program, first: bool) -> str:
        """「青森県・令和5年度施策一覧の資料では、「…」の「小計」」."""
        own = next((heading for heading in self.scope.headings if row in heading.programs), None)
        under = (
            own
            and row.role != "total"
            and is_plain(row.program)
            and not self.index.is_name(own.words)
            and not re.search(r"[0-9０-９「」]", own.words)
        )
        heading = f"「{own.words}」の" if own and under and own.path[-1] in row.section else ""
        return f"{self.place}では、{heading}{called(row)}" if first else f"{heading}{called(row)}"

    def share(self) -> list[DraftSentence]:
        """A source of money, or a program of the set, as a share of the first row."""
        row = self.scope.rows[0]
        of_all = (
            bool(self.scope.headings) and re.search(table("scopes")["sums"]["all"], self.query.question) is not None
        )
        part = self._part(row, named_only=of_all)
        if of_all:  # 「…の小計は合計の何%」
            part = part or measure_of(row, (K.BUDGET,), self.index)
            row = next(iter(totals_of(self.index, [row.document])), row)
        whole = measure_of(row, (K.BUDGET,), self.index)
        found = [fact for fact in (part, whole) if fact is not None]
        one = computed("share", found, places=_decimals(self.query.question)) if len(found) == 2 else None
        if one is None or part is None or whole is None:
            return []
        if part.program_id == row.id:
            label = f"{fact_label(whole)}に占める{kind_label(part.kind)}"
            return [DraftSentence(f"{self._head(row, True)}の{label}の割合は、{{=0}}です。", computed=(one,))]
        of = f"{self._head(row, True)}の{fact_label(whole)}"
        name = called(self.index.programs[part.program_id])
        told = DraftSentence(f"{of}のうち、{name}の{fact_label(part)}が占める割合は、{{=0}}です。", computed=(one,))
        return [told, *([] if row is self.scope.rows[0] else self.rows())]

    def _part(self, row: Program, *, named_only: bool = False) -> Fact | None:
        if len(self.scope.programs) == 1 and not self.scope.headings:
            return measure_of(self.scope.programs[0], (K.BUDGET,), self.index)
        if self.scope.kinds[0] in _FUNDING:
            return measure_of(row, self.scope.kinds, self.index)
        named = [self.index.programs[one] for one in self.query.named if self.index.programs[one].role == "program"]
        members = [one for one in self.scope.programs if one in named]
        members = members or ([] if named_only else _described(self.query.question, self.scope))
        return measure_of(members[0], (K.BUDGET,), self.index) if len(members) == 1 else None

    def difference(self) -> list[DraftSentence]:
        """What lies between two printed rows, or between a row's years."""
        rows = self.scope.rows
        if len(rows) == 2 and len({row.document for row in rows}) == 1:
            facts = [fact for row in rows if (fact := measure_of(row, self.scope.kinds[:1], self.index))]
            return self._between(facts)
        if len(rows) != 1:
            return []
        return self._over_years(rows[0])

    def _between(self, facts: Sequence[Fact]) -> list[DraftSentence]:
        more, less = sorted(facts, key=lambda fact: fact.yen or 0, reverse=True) if len(facts) == 2 else (None, None)
        one = computed("difference", (more, less)) if more and less else None
        if one is None or more is None or less is None:
            return []
        names = [called(self.index.programs[fact.program_id]) for fact in (more, less)]
        head = self._head(self.index.programs[more.program_id], True)
        told = f"{head}と{names[1]}の{fact_label(more)}の差は、{{=0}}です。"
        return [DraftSentence(told, computed=(one,)), *self.rows_of((more, less))]

    def _over_years(self, row: Program) -> list[DraftSentence]:
        now = measure_of(row, (K.BUDGET,), self.index)
        kind = K.BUDGET_REVISED if re.search("現計|補正後", self.query.question) else K.BUDGET_PREVIOUS
        before = measure_of(row, (kind,), self.index)
        if now is None or before is None or now.yen is None or before.yen is None or now.yen == before.yen:
            return []
        grew = now.yen > before.yen
        one = computed("difference", (now, before) if grew else (before, now))
        if one is None:
            return []
        earlier = fact_label(before) if kind is K.BUDGET_REVISED else before.fiscal_year
        grown = f"{earlier}と比べて、{now.fiscal_year}は{{=0}}{'増えて' if grew else '減って'}います。"
        return [
            DraftSentence(f"{self._head(row, True)}の予算額は、{grown}", computed=(one,)),
            *self.rows_of((now, before)),
        ]

    def rows_of(self, facts: Sequence[Fact]) -> list[DraftSentence]:
        """Each operand as printed."""
        return [
            DraftSentence(f"{called(self.index.programs[fact.program_id])}の{fact_label(fact)}は{{0}}です。", (fact,))
            for fact in facts
        ]


def _described(question: str, scope: Scope) -> list[Program]:
    """The programs of a set whose name the question says most of."""
    asked = set(tokens(question))
    shared = {one: len(asked & set(tokens(one.program))) / len(set(tokens(one.program))) for one in scope.programs}
    best = max(shared.values(), default=0.0)
    return [one for one, share in shared.items() if share == best and share >= 0.5]


def _decimals(question: str) -> int:
    """How many decimals a question asks for; one when it does not say."""
    match = _PLACES.search(question)
    kanji = {"一": 1, "二": 2, "三": 3}
    return (kanji.get(match[1]) or int(match[1])) if match else 1
