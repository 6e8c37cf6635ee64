"""What became of an earlier call: the row of its table of results that a question asks about, and what is reckoned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, Program, Query
from ..retrieve import Retrieval
from ..retrieve.delimited import asked_of
from ..retrieve.spoken_set import rank_in
from ..tokens import search_form
from ..understand.reckoning import says
from ..values.reckoning import computed, worth
from .labels import called, is_result, where_from
from .over_years import years_said

_ROUND = re.compile(r"第?([0-9]{1,2})(?:次|回)")
_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_PERCENT = ("%", "％")


def of_results(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「前回の連携枠は何件通った?」: the row of results asked about; None where no such table is meant."""
    rules, asked = table("reckoning")["results"], search_form(query.question)
    if query.premises or not re.search(rules["past"], asked) or not re.search(rules["steps"], asked):
        return None
    program = _program(query, retrieval, index)
    facts = _of_round(asked, [one for one in index.facts_of(program.id) if _is_result(one)]) if program else []
    if program is None or not facts:
        return None
    if asked_of(query.question) & {"most", "least"}:
        return _ranked(query, program, facts)
    said = match_form(asked)
    parts = {one.subprogram for one in facts if one.subprogram and match_form(one.subprogram) in said}
    every = dict.fromkeys(one.subprogram for one in facts)
    whole: list[str | None] = [None] if None in every else list(every)
    wanted = [one for one in every if one in parts] or whole
    rows = [one for one in facts if one.subprogram in wanted]
    told = [_row(program, [one for one in rows if one.subprogram == part], index) for part in wanted]
    reckoned = _reckoned(query, program, rows) if len(wanted) == 1 else []
    return Draft("answered", None, (*reckoned, *told))


def _program(query: Query, retrieval: Retrieval, index: Index) -> Program | None:
    """The one program that is named, else the first that was found where it is sure."""
    named = [index.programs[one] for one in query.named if index.programs[one].role == "program"]
    if len(named) == 1:
        return named[0]
    hits = retrieval.hits or retrieval.ranked
    stating = [hit.program for hit in hits[:3] if any(_is_result(one) for one in index.facts_of(hit.program.id))]
    return stating[0] if not named and len(stating) == 1 else None


def _is_result(fact: Fact) -> bool:
    return is_result(fact) and worth(fact) is not None


def _of_round(asked: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of the call that is said by its number or its year; of one table alone."""
    said = set(_ROUND.findall(asked.translate(_KANJI)))
    headings = dict.fromkeys(one.condition or "" for one in facts)
    rounds = {one: set(_ROUND.findall(search_form(one).translate(_KANJI))) for one in headings}
    fitting = [one for one in headings if not said or not rounds[one] or said & rounds[one]]
    kept = [one for one in facts if one.condition in fitting]
    years = years_said(asked) & {year_number(one.fiscal_year) for one in kept}
    kept = [one for one in kept if not years or year_number(one.fiscal_year) in years]
    return kept if len({(one.condition, one.fiscal_year) for one in kept}) == 1 else []


def _row(program: Program, facts: Sequence[Fact], index: Index) -> DraftSentence:
    """「「P」の「枠」の第1次公募の結果は、申請が50件、採択が30件です。」"""
    source = where_from(program, index.documents[program.document].region)
    told = "、".join(f"{one.item}が{{{place}}}" for place, one in enumerate(facts))
    whose = called(program, facts[0].subprogram)
    return DraftSentence(f"{source}の資料では、{whose}の{facts[0].condition}は、{told}です。", tuple(facts))


def _reckoned(query: Query, program: Program, facts: Sequence[Fact]) -> list[DraftSentence]:
    """An amount by how many got it, or how many of those who asked got it, where that is asked for."""
    rules = table("reckoning")["rate_of_counts"]
    counts = [one for one in facts if one.yen is None and one.unit not in _PERCENT]
    given = [one for one in counts if re.search(rules["part"], one.item or "")]
    wholes = [one for one in counts if re.search(rules["whole"], one.item or "") and one not in given]
    amounts = [one for one in facts if one.yen is not None]
    whose = called(program, facts[0].subprogram) if facts else ""
    if (says(query.question, "for_each") or says(query.question, "average")) and len(given) == len(amounts) == 1:
        each = computed("per", (amounts[0], given[0]))
        text = f"{whose}の「{amounts[0].item}」を「{given[0].item}」で平均すると、{{=0}}です。"
        return [DraftSentence(text, computed=(each,))] if each else []
    printed = any(one.unit in _PERCENT for one in facts)
    again = says(query.question, "rate") and (not printed or re.search(rules["again"], query.question))
    share = computed("share", (given[0], wholes[0])) if again and len(given) == len(wholes) == 1 else None
    text = f"{whose}の「{share.of[0].item}」は、「{share.of[1].item}」の{{=0}}に当たります。" if share else ""
    return [DraftSentence(text, computed=(share,))] if share else []


def _ranked(query: Query, program: Program, facts: Sequence[Fact]) -> Draft | None:
    """「採択率がいちばん高かった枠は」: the parts in the order of one column."""
    said = match_form(query.question)
    items = [one for one in dict.fromkeys(fact.item or "" for fact in facts) if match_form(one) in said]
    item = max(items, key=len, default=None)
    least = "least" in asked_of(query.question)
    rows = [one for one in facts if one.item == item and one.subprogram]
    order = sorted(rows, key=lambda one: worth(one) or 0, reverse=not least)[rank_in(query.question) - 1 :]
    first = computed("least" if least else "most", order) if len(order) > 1 else None
    if first is None or worth(order[0]) == worth(order[1]):
        return None
    which = "いちばん" if rank_in(query.question) == 1 else "次に"
    whose = called(program, first.of[0].subprogram)
    text = f"「{item}」が{which}{'小さい' if least else '大きい'}のは{whose}で、{{=0}}です。"
    return Draft("answered", None, (DraftSentence(text, computed=(first,)),))
