"""Indicators of a plan by their printed names: the target, what it was set from, and how far it is from there.

::

    「新規創業者数の目標は? 今は何人?」 ─▶ 目標値（令和12年度）110人, 基準値（令和6年度）86人
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import year_number
from ..index import Index
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, FactKind, Query
from ..retrieve import scope_of
from ..understand.reckoning import says
from ..values.reckoning import computed, worth
from .figures import sentences_of
from .labels import called, where_from
from .over_years import years_said

K = FactKind
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_COUNTER = re.compile(r"(?:等の?)?(?:件数|者数|人数|社数|企業数|回数|割合|数|額|率)?$")
_LEAST = 4  # letters of an indicator's name that say it


@dataclass(frozen=True, slots=True)
class _Indicator:
    """The figures that are printed under one name: targets, and what was reached, each in the order of the years."""

    targets: tuple[Fact, ...]
    reached: tuple[Fact, ...]


def of_indicator(query: Query, index: Index) -> Draft | None:
    """The target of the one indicator that a question names, with its base where that is asked for too."""
    if (K.TARGET not in query.kinds and "目標" not in query.question) or query.premises:
        return None
    found = _said(query, index)
    if found is None:
        return None
    targets = _of_years(query, found.targets) or found.targets[-1:]
    now = says(query.question, "now") or says(query.question, "to_go")
    base = found.reached[:1] if says(query.question, "base") else found.reached[-1:] if now else ()
    way = says(query.question, "to_go") and len(targets) == len(base) == 1
    first = _to_go(targets[0], base[0], index) if way else []
    facts = [*targets, *base]
    kinds = tuple(dict.fromkeys(fact.kind for fact in facts))
    row = index.programs[facts[0].program_id]
    told = sentences_of(replace(query, kinds=kinds, operation=None), row, index, facts)
    return Draft("answered", None, (*first, *told)) if told else None


def _said(query: Query, index: Index) -> _Indicator | None:
    """The one indicator whose name a question says; None where it says none or several, or no base is printed."""
    documents, said = scope_of(query, index) or set(), match_form(query.question)
    named: dict[tuple[str, str], list[Fact]] = {}
    for program in index.programs.values():
        for fact in index.facts_of(program.id) if program.document in documents else ():
            if fact.item and fact.kind in (K.TARGET, K.OTHER, K.COUNT) and worth(fact) is not None:
                named.setdefault((program.id, fact.item), []).append(fact)
    held = {key: facts for key, facts in named.items() if _is_indicator(facts) and _says(said, key[1])}
    best = max((len(_short(item)) for _, item in held), default=0)
    chosen = [facts for (_, item), facts in held.items() if len(_short(item)) == best]
    if len(chosen) != 1:
        return None
    order = sorted(chosen[0], key=lambda one: year_number(one.fiscal_year) or 0)
    targets = tuple(one for one in order if one.kind is K.TARGET)
    return _Indicator(targets, tuple(one for one in order if one.kind is not K.TARGET))


def _is_indicator(facts: list[Fact]) -> bool:
    kinds = {one.kind for one in facts}
    plain = "「" not in (facts[0].item or "")
    return plain and K.TARGET in kinds and len(kinds) > 1 and len({(one.unit, one.yen is None) for one in facts}) == 1


def _short(item: str) -> str:
    return _COUNTER.sub("", _BRACKETS.sub("", match_form(item)))


def _says(said: str, item: str) -> bool:
    name, short = _BRACKETS.sub("", match_form(item)), _short(item)
    words = re.split(r"の(?=[^の]+$)", name)  # 「…の市内就職率」
    return name in said or (len(short) >= _LEAST and short in said) or (len(words[-1]) > _LEAST and words[-1] in said)


def _of_years(query: Query, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    years = years_said(query.question)
    return tuple(one for one in facts if year_number(one.fiscal_year) in years)


def _to_go(target: Fact, base: Fact, index: Index) -> list[DraftSentence]:
    more = (worth(target) or 0) > (worth(base) or 0)
    way = computed("difference", (target, base) if more else (base, target))
    if way is None:
        return []
    row = index.programs[target.program_id]
    source = f"{where_from(row, index.documents[row.document].region)}の資料では、"
    name = f"{called(row)}の「{target.item}」"
    which = "多い" if more else "少ない"
    text = f"{source}{name}は、{target.fiscal_year}の成果目標が、{base.fiscal_year}より{{=0}}{which}です。"
    return [DraftSentence(text, computed=(way,))]
