"""The case of a rate, a limit or a term that a question is about: in the document's words or in others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..records import LOWERED, RAISED, Fact, FactKind
from ..tokens import fold
from .choice import FLOOR, OWN, Candidate, Scored, meant, score
from .context import behind, beside
from .heard import Heard, asks_per, asks_steps_alone, asks_the_rule, asks_year, content, is_past, is_the_rule
from .labels import kind_label

_SURER = 2.5  # and where the other case is the rule, which no words speak of
_SURE = 1.5  # how much more it takes where a figure holds for everybody else
#: A note that says what the number of a condition stands for.
NUMBERED = re.compile(r"\([0-9]+\)＝")
_NOT_SO = re.compile("(?:の)?(?:対象)?(?:外|以外|でない(?:もの|者|方|場合)?|なし|不要)$")
_IS_NOT = (
    "(?:制度)?(?:の)?(?:対象)?(?:者)?(?:(?:で(?:は)?|じゃ)な|以外|外(?!部|国)|に(?:は)?(?:なら|入ら|当たら|あたら)[なん]"
    "|(?:が|は|を)?(?:な[いし]|付けな|つけな|使わな))"
)
_MANY = 12  # figures that one sentence tells
_FEW = 4  # cases that are set against each other
_INNER = re.compile(r"うち|内数")  # a piece of a limit is told with the whole
_LETTER = re.compile(
    r"(?:対象者?|要件|条件|区分|類型)(?:の)?(?P<letter>[ア-オ]|[①-⑨]|[(（][0-9０-９][)）])(?=に|の|$|[、。])"
)
_OF_YEARS = re.compile(r"年(?:度)?間?の?(?:総額|合計|累計|通算)|^(?:累計|通算|総額)|全期間")
_EXCEEDING = re.compile(r"(?:を?超え[るた]|以上の|以下の|までの)(?:部分|額|分)")
_TIMES = ("年", "月", "日", "週", "者", "社", "人", "件", "企業", "事業者")
_CASED = (
    FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_TERM,
    FactKind.GUARANTEE_RATE,
)  # fmt: skip
_WHOLE = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE)


def of_asked_case(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    """Of facts of one kind those of the case that is asked; all when none is, or no one stands clear.

    What holds for everybody (no condition) is told when every other case is set aside or denied.  By how much a rate
    or limit is raised or lowered in a case is told beside it, where that case is spoken of or no case is.
    """
    if not heard.says("past"):
        of_rates = all(fact.kind not in _WHOLE for fact in facts)
        facts = [fact for fact in facts if not is_past(fact.condition or "", of_rates=of_rates)] or facts
    facts = _of_opposite(heard, facts) or facts
    if heard.says("one_year") and not (heard.says("whole") or heard.says("all_years")):
        facts = [fact for fact in facts if not _OF_YEARS.search(fact.condition or "")] or facts
    if facts and facts[0].kind in _WHOLE and (of_years := _of_years_said(heard, facts)):
        return of_years
    bases = [fact for fact in facts if not is_step(fact)]
    steps = [fact for fact in facts if is_step(fact)]
    if not steps:
        return _of_one_case(heard, facts, index)
    spoken = steps_spoken_of(heard, steps, bases, index)
    if not bases:
        return spoken or _not_denied(heard, steps, index)
    if spoken and asks_steps_alone(heard):  # 「どれだけ下がる?」
        return spoken
    kept = _of_one_case(heard, bases, index)
    if spoken and len(kept) + len(spoken) > _MANY:  # a table of rates, and by how much they are lowered in a case
        kept = [fact for fact in kept if not fact.condition]
    kept += spoken or (_not_denied(heard, steps, index) if len(kept) == len(bases) else [])
    return [fact for fact in facts if fact in kept]


def _of_opposite(heard: Heard, facts: Sequence[Fact]) -> list[Fact]:
    """「責任共有でない場合は?」, 「責任共有対象外だと?」: of what is not so, where what is so stands beside it."""
    cases = dict.fromkeys(fact.condition for fact in facts if fact.condition)
    for case in cases:
        base = fold(_NOT_SO.sub("", case))
        if base == fold(case) or len(base) < 2 or all(fact.condition == case for fact in facts):  # 「海外」
            continue
        if re.search(f"{re.escape(base)}{_IS_NOT}", heard.plain):
            return [fact for fact in facts if fact.condition == case]
    return []


def _of_years_said(heard: Heard, facts: Sequence[Fact]) -> list[Fact]:
    """「R8当初とR9計画を並べて」: budgets of several years that the question says; [] where it does not say several."""
    said = [fact for fact in facts if asks_year(heard, fact.fiscal_year)]
    return said if len({fact.fiscal_year for fact in said}) > 1 else []


def is_step(fact: Fact) -> bool:
    """Whether a figure is by how much another is raised or lowered."""
    return fact.kind is FactKind.LIMIT_ADDITION or fact.note in (LOWERED, RAISED)


def base_beside(heard: Heard, facts: Sequence[Fact], index: Index) -> list[Fact]:
    """What holds otherwise, printed on the line of the one case that is told of a kind: 「1/2（小規模は2/3）」.

    It is told where a question asks for both: a case that is said alone chooses its own figure alone.
    """
    if not (heard.says("against") or heard.says("both")):
        return []
    found: list[Fact] = []
    for kind in dict.fromkeys(fact.kind for fact in facts if fact.kind in _CASED):
        case, *more = [fact for fact in facts if fact.kind is kind]
        if more or not case.condition or is_step(case):
            continue
        every = [fact for fact in index.facts_of(case.program_id) if fact.kind is kind and "example" not in fact.flags]
        beside = [one for one in every if _on_one_line(one, [case])]
        bases = [one for one in beside if not one.condition and one.per == case.per]
        found += bases if len(bases) == len(beside) - 1 == 1 else []
    return found


def steps_spoken_of(heard: Heard, steps: Sequence[Fact], bases: Sequence[Fact], index: Index) -> list[Fact]:
    """Of additions and lowerings those whose case the question speaks of, by words that no other case has."""
    cases = dict.fromkeys(fact.condition for fact in steps if fact.condition)
    others = dict.fromkeys(fact.condition for fact in bases if fact.condition and fact.condition not in cases)
    kinds = {FactKind.LIMIT_ADDITION, *(fact.kind for fact in steps)}
    called = frozenset().union(*(content(kind_label(kind)) for kind in kinds))
    heads = {case: f"{_spelled_out(case, [*steps, *bases])} {_lettered(case, steps, index)}" for case in cases}
    heads |= {case: _spelled_out(case, [*steps, *bases]) for case in others}
    scored = score(heard, [Candidate(case, head) for case, head in heads.items()], index, but=called)
    spoken = {one.candidate.key for one in scored[: len(cases)] if one.own >= OWN and not one.out}
    return [fact for fact in steps if fact.condition in spoken]


def _not_denied(heard: Heard, steps: list[Fact], index: Index) -> list[Fact]:
    """Additions and lowerings without those whose case is set aside; none of them may be left."""
    scored = score(heard, [Candidate(fact.condition, fact.condition or "") for fact in steps], index)
    return [fact for fact, one in zip(steps, scored, strict=True) if not one.out]


def _of_one_case(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    cases = list(dict.fromkeys(fact.condition for fact in facts if fact.condition))
    if not cases:
        return facts if facts and facts[0].kind in _WHOLE else _by_words_beside(heard, facts, index)
    rule = [fact for fact in facts if not fact.condition]
    general = [fact for fact in facts if fact.condition and is_the_rule(fact.condition)]
    twice = asks_the_rule(heard) and heard.plain.count("?") > 1  # 「移住者はいくら? 普通は?」
    against = heard.says("against") or twice  # what holds in a case is asked beside what holds otherwise
    if asks_the_rule(heard) and (rule or general) and not against:
        return general or rule
    said = {case: " ".join(beside(fact) for fact in facts if fact.condition == case) for case in cases}
    heads = {case: _spelled_out(case, facts) for case in cases}
    called = content(kind_label(facts[0].kind))
    scored = score(heard, [Candidate(case, heads[case], said[case]) for case in cases], index, but=called)
    floor = FLOOR * (_SURE if rule else _SURER if general else 1.0)
    chosen = meant(scored, floor=floor, several=bool(heard.says("both"))) if len(cases) > 1 else _if_named(scored)
    chosen = [case for case in chosen if not _says_more(heard, str(case), chosen)]
    if chosen:
        of_case = [fact for fact in facts if fact.condition in chosen]
        if rule and (against or any(fact.condition and _INNER.match(fact.condition) for fact in of_case)):
            return [fact for fact in facts if fact in of_case or fact in rule]
        if against and len(facts) <= _FEW:
            return facts
        beside_it = [fact for fact in facts if fact in of_case or _on_one_line(fact, of_case)]
        if against and len(beside_it) > len(of_case):  # 「全体の上限は1億5,000万円（第１次公募は1億2,000万円）」
            return beside_it
        if all((fact.condition or "").startswith("うち") for fact in of_case):  # a share of what all have
            of_case = [*rule, *of_case]
        caps = rule if all(fact.per and not _is_of_time(fact) for fact in of_case) else []
        return [fact for fact in facts if fact in of_case or (fact in caps and not fact.per)]
    if against and len(facts) <= _FEW:
        return facts
    out = {one.candidate.key for one in scored if one.out}
    left = [fact for fact in facts if fact.condition not in out]
    return left or facts


def _on_one_line(fact: Fact, others: Sequence[Fact]) -> bool:
    return any((fact.line_start, fact.subprogram) == (one.line_start, one.subprogram) for one in others)


def _says_more(heard: Heard, case: str, others: Sequence[object]) -> bool:
    """「6人～20人、賃上げ特例適用時」 beside 「6人～20人」, where the question says nothing of what is more."""
    rest = next((case[len(str(one)) :] for one in others if case.startswith(f"{one}、")), "")
    if _EXCEEDING.search(rest):  # 「1/2。ただし、1,500万円を超える部分は1/3」 holds for everybody in the case
        return False
    return bool(rest) and not content(rest) & {*heard.every, *heard.terms}


def _spelled_out(case: str, facts: Sequence[Fact]) -> str:
    """A case with what its number stands for: 「(2)」 and 「(2)＝経営革新計画の承認を受けて…」."""
    notes = (fact.note for fact in facts if fact.condition == case and fact.note and NUMBERED.match(fact.note))
    return " ".join((case, *dict.fromkeys(notes)))


def _lettered(case: str, facts: Sequence[Fact], index: Index) -> str:
    """What a letter of a case stands for in its program: 「対象者アに該当する場合」 and 「ア　…の認定を受けたもの」."""
    letter = _LETTER.search(case)
    programs = dict.fromkeys(fact.program_id for fact in facts if fact.condition == case)
    if letter is None or len(programs) != 1:
        return ""
    (program,) = programs
    name = index.programs[program].program
    found: dict[str, None] = {}
    for passage in index.passages_of(program):
        rows = [row.split("\t") for row in passage.text.split("\n")]
        own = next((row.index(name) for row in rows if name in row), None)
        cells = [cell for row in rows for place, cell in enumerate(row) if own in (None, place)]
        item = re.compile(rf"(?:^|[　 ：:｜|]){re.escape(letter['letter'])}[　 .．、)）]\s*(?P<words>[^｜|]{{4,80}})")
        found |= {match["words"]: None for cell in cells for match in item.finditer(cell)}
    return next(iter(found)) if len(found) == 1 else ""


def _is_of_time(fact: Fact) -> bool:
    """Whether a figure is one for each year or month; one for each kW has the limit of all beside it."""
    return fact.per in _TIMES


def _if_named(scored: Sequence[Scored]) -> list[object]:
    """The only case there is, when the question speaks of it by a word of its own."""
    return [one.candidate.key for one in scored if one.own >= OWN and not one.out]


def _by_words_beside(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    """Facts without a condition, told apart by the words that stand before each on its line."""
    groups: dict[str | None, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.subprogram, []).append(fact)
    kept: list[Fact] = []
    for same in groups.values():
        values = {(fact.yen, fact.number, fact.text) for fact in same}
        heads = {fact.fact_id: f"{fact.item or ''} {beside(fact)} {behind(fact)}" for fact in same}
        if len(values) > 1 and len(set(heads.values())) == len(same):
            per = {fact.fact_id for fact in same if asks_per(heard, fact.per)}
            bonus = {key: float(key in per and len(per) < len(heads)) for key in heads}
            own = content(same[0].subprogram)  # 「グループ枠」 does not ask for what one group gets
            each = [Candidate(key, head, bonus=bonus[key]) for key, head in heads.items()]
            scored = score(heard, each, index, but=own)
            chosen = {one.candidate.key for one in scored if one.own >= OWN and not one.out}
            of_each = [fact for fact in same if fact.fact_id in chosen] or same
            whole = heard.says("whole") and all(fact.per for fact in of_each)  # 「1人あたりと会社全体とで」
            same = same if whole or len(per) == len(same) else of_each
        kept += same
    return [fact for fact in facts if fact in kept]
