"""What a limit or a rate comes to in a case that raises or lowers it: 「850万円＝750万円＋100万円」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..records import LOWERED, Computed, DraftSentence, Fact, FactKind, Program, Query
from ..values.reckoning import computed, worth
from .cases import is_step, steps_spoken_of
from .heard import Heard, hear
from .labels import called, fact_label

K = FactKind
_LIMITS = (K.SUBSIDY_LIMIT, K.LOAN_LIMIT)
_RATES = (K.LOAN_RATE, K.GUARANTEE_RATE)
_TOGETHER = re.compile(r"合計|合算|通算|併用|合わせ|併せて利用|重複")  # a ceiling of additions is none
_EACH = re.compile(r"それぞれ|各々|おのおの|ごとに")
_CASES = re.compile(r"、|又は|または|及び|並びに")
_MOST = 3  # cases of one asker


def totals(query: Query, program: Program, facts: Sequence[Fact], index: Index) -> list[Computed]:
    """Of each kind the one figure with the additions or the lowering of the cases that the question tells.

    None where several figures of the kind are told, or where a case has more than one addition (0.25％又は0.45％).
    """
    heard = hear(query, (program.program, *program.aliases))
    return [total for kind in (*_LIMITS, *_RATES) if (total := _total(heard, kind, facts, index)) is not None]


def _total(heard: Heard, kind: FactKind, facts: Sequence[Fact], index: Index) -> Computed | None:
    steps = [fact for fact in facts if is_step(fact) and fact.kind is (K.LIMIT_ADDITION if kind in _LIMITS else kind)]
    told = [fact for fact in facts if fact.kind is kind and not is_step(fact)]
    bases = [fact for fact in told if not _TOGETHER.search(fact.condition or "")]
    if len({worth(fact) for fact in bases}) > 1:  # what all have, not what an item or another case has
        bases = [fact for fact in bases if not fact.condition]
    spoken = [fact for fact in steps_spoken_of(heard, steps, bases, index) if worth(fact) is not None]
    spoken = [fact for fact in spoken if not _TOGETHER.search(fact.condition or "")]
    spoken = list({(fact.condition, worth(fact)): fact for fact in spoken}.values())
    if not spoken or len({worth(fact) for fact in bases}) != 1 or len(spoken) > _MOST:
        return None
    base = bases[0]
    fits = all(step.subprogram in (None, base.subprogram) for step in spoken)
    if not fits or len({fact.condition for fact in spoken}) < len(spoken):
        return None
    lowered = {fact.note == LOWERED for fact in spoken}
    if len(lowered) > 1 or (lowered == {True} and len(spoken) > 1):
        return None
    spoken = [fact for step in spoken for fact in [step] * _times(heard, step, index)]
    total = computed("difference" if lowered == {True} else "sum", (base, *spoken)) if spoken else None
    ceilings = [fact for fact in told if fact not in bases and _TOGETHER.search(fact.condition or "")]
    over = total is not None and any((total.yen or 0) > (fact.yen or 0) for fact in ceilings)
    return None if over else total


def _times(heard: Heard, step: Fact, index: Index) -> int:
    """How often an addition counts: 「市外からの転入者、39歳以下の方はそれぞれ10万円」 for each case of the asker."""
    cases = _CASES.split(step.condition or "")
    if len(cases) < 2 or not _EACH.search(step.quote):
        return 1
    own = steps_spoken_of(heard, [replace(step, condition=case) for case in cases], [], index)
    return len({fact.condition for fact in own})


def total_told(program: Program, total: Computed) -> DraftSentence:
    """「「…資金」の融資利率から「…場合」の引下げ幅を引くと、1.30％です」."""
    base, *steps = total.of
    cases = "と".join(f"「{fact.condition}」" for fact in steps if fact.condition)
    what = f"{cases}の" if cases else ""
    head = f"{called(program, base.subprogram)}の{fact_label(base)}"
    if total.how == "difference":
        return DraftSentence(f"{head}から{what}引き下げる幅を引くと、{{=0}}です。", computed=(total,))
    step = "上乗せ" if base.kind in _LIMITS else "引き上げる幅"
    return DraftSentence(f"{head}に{what}{step}を加えると、合わせて{{=0}}です。", computed=(total,))
