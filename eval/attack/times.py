"""Another year, stage or place: a request told as a budget, last year's figure as this year's."""

from __future__ import annotations

import random
import re

from assistant.figures import previous_year, year_number
from assistant.records import DraftSentence, Fact, FactKind

from .claim import Attack, Claim, added, changed, inner, named_by, one_named, one_told, said_name
from .ground import Ground, plain
from .reals import Real

K = FactKind
YEARS = (
    "平成30年度", "令和元年度", "令和2年度", "令和3年度", "R4年度", "令和五年度", "2024年度", "令和７年度",
    "H29年度", "2026年", "令和八年",
)  # fmt: skip
RELATIVE = (
    "今年度",
    "来年度",
    "昨年度",
    "本年度",
    "去年",
    "今年",
    "翌年度",
    "一昨年度",
    "次年度",
    "五年前",
    "再来年度",
)
STAGES = ("当初予算", "概算要求", "補正予算", "決算", "推進計画")
REGIONS = (
    "群馬県", "国", "山形県", "青森県", "鹿児島県", "東京都", "大阪府", "北海道", "沖縄県", "福岡市", "高崎市",
    "米沢市", "弘前市", "経済産業省", "南相馬市", "軽井沢町",
)  # fmt: skip


def other_year(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another fiscal year than the figure's."""
    one = one_named(real, chance)
    wrong = chance.choice(YEARS)
    if (
        one is None
        or _year(wrong) in _years_of(one.fact, ground)
        or plain(wrong) in ground.printed(one.fact.program_id)
    ):
        return None
    name = said_name(one)
    return named_by(
        real, one, chance.choice((f"{wrong}の「{name}」", f"「{name}」の{wrong}分", f"{wrong}では、「{name}」"))
    )


def _year(label: str) -> int | None:
    return year_number(label.replace("五", "5").replace("八", "8"))


def _years_of(fact: Fact, ground: Ground) -> set[int | None]:
    return {year_number(fact.fiscal_year), year_number(ground.document(fact).fiscal_year)}


def last_year(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Last year's figure told as this year's, or this year's as last year's."""
    program = chance.choice((*ground.programs, *ground.sums))
    budgets = {K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED}
    facts = [fact for fact in ground.facts[program.id] if fact.kind in budgets and fact.yen]
    fact = chance.choice([fact for fact in facts if fact.kind is not K.BUDGET] or facts) if facts else None
    if fact is None:
        return None
    year = ground.document(fact).fiscal_year
    if fact.kind is K.BUDGET:
        said = chance.choice(("前年度の予算額", "昨年度の予算額", f"{previous_year(year)}の予算額"))
        wrong = {K.BUDGET_PREVIOUS, K.BUDGET_REVISED}
    else:
        said, wrong = chance.choice((f"{year}の予算額", "予算額", "当初予算額", f"{year}当初予算額")), {K.BUDGET}
    if ground.states(program.id, wrong, fact):
        return None
    return added(real, DraftSentence(f"「{inner(program.program)}」の{said}は{{0}}です。", (fact,)), "{0}")


def relative_year(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """今年度, 来年度, 昨年度: reckoned from today, and no document is of today."""
    one = one_told(real, chance, lambda one: one.fact.kind is not K.BUDGET_PREVIOUS and said_name(one) is not None)
    word = chance.choice(RELATIVE)
    if one is None or not ground.says_nothing_of(one.fact.program_id, word):
        return None
    name = said_name(one)
    return named_by(real, one, chance.choice((f"{word}の「{name}」", f"「{name}」の{word}", f"{word}は、「{name}」")))


def other_stage(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A request told as a voted budget, and every other stage for another."""
    one = one_told(real, chance, lambda one: ground.document(one.fact).stage in one.sentence.text)
    if one is None:
        return None
    own, text = ground.document(one.fact).stage, one.sentence.text
    known = {fact.stage for fact in ground.facts[one.fact.program_id]} | {own}
    wrong = chance.choice([stage for stage in STAGES if not any(stage in other for other in known)])
    if not ground.says_nothing_of(one.fact.program_id, wrong):
        return None
    texts = [
        text.replace(own, wrong),
        text.replace(own, wrong, 1),
        re.sub(r"」の(?!「)", f"」の{wrong}の", text, count=1),
    ]
    text = chance.choice(texts)
    return changed(real, one.place, one.mark, text=text) if text != one.sentence.text else None


def other_region(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another prefecture, town or ministry than the document's."""
    one = one_named(real, chance)
    if one is None:
        return None
    own = ground.document(one.fact)
    programs = ground.index.programs
    held = [ground.index.documents[programs[kin].document] for kin in ground.kin(one.fact.program_id)]
    wrong = chance.choice([region for region in REGIONS if region not in (own.region, own.publisher)])
    if any(wrong in (other.region, other.publisher) for other in held):
        return None
    if not ground.says_nothing_of(one.fact.program_id, wrong):
        return None
    if f"{own.region}・" in one.sentence.text and chance.random() < 0.5:
        return changed(real, one.place, one.mark, text=one.sentence.text.replace(f"{own.region}・", f"{wrong}・", 1))
    return named_by(real, one, f"{wrong}の「{said_name(one)}」")


TIMES: dict[str, Attack] = {
    "another fiscal year": other_year,
    "last year's figure as this year's": last_year,
    "今年度, 来年度": relative_year,
    "another stage": other_stage,
    "another region": other_region,
}
