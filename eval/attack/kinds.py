"""Another kind of figure: a budget called a limit, a pool called a loan, a share called the whole."""

from __future__ import annotations

import random

from assistant.records import DraftSentence, Fact, FactKind

from .claim import Attack, Claim, Told, added, one_named, one_told, said_name
from .ground import Ground, same
from .reals import Real

K = FactKind
BUDGETS = {K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED}
FUNDING = {K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL}
PAID = {K.SUBSIDY_RATE, K.SUBSIDY_LIMIT, K.LIMIT_ADDITION}
LENT = {K.LOAN_LIMIT, K.LOAN_POOL, K.LOAN_RATE, K.LOAN_TERM, K.GUARANTEE_RATE}
#: What a kind of figure is called, and by no other kind.
CALLED: dict[FactKind, tuple[str, ...]] = {
    K.BUDGET: ("予算額", "事業費", "予算"),
    K.SUBSIDY_RATE: ("補助率", "助成率", "補助割合"),
    K.SUBSIDY_LIMIT: ("補助上限額", "補助限度額", "助成限度額", "補助の上限"),
    K.LOAN_LIMIT: ("融資限度額", "貸付限度額", "融資の上限"),
    K.LOAN_POOL: ("融資枠", "新規融資枠"),
    K.LOAN_RATE: ("融資利率", "貸付利率", "金利"),
    K.GUARANTEE_RATE: ("保証料率", "信用保証料率"),
    K.LOAN_TERM: ("融資期間", "返済期間", "償還期間"),
    K.LIMIT_ADDITION: ("上限額の上乗せ", "上乗せ額"),
    K.BUDGET_PREVIOUS: ("前年度の予算額", "前年度予算額"),
    K.BUDGET_CHANGE: ("増減率", "前年度比"),
    K.FUNDING_NATIONAL: ("国庫支出金", "国費"),
    K.FUNDING_GENERAL: ("一般財源",),
    K.TARGET: ("成果目標", "目標値"),
    K.PERIOD: ("事業期間", "実施期間"),
    K.PHONE: ("電話番号",),
}
#: Words for figures that no fact is: a budget is no settlement, a limit no prize.
UNKNOWN = (
    "決算額", "自己負担額", "参加費", "執行額", "交付実績", "手数料", "年会費", "賞金", "残高", "不用額",
    "売上高", "融資残高", "寄附額", "損失額", "違約金", "給与額", "時給", "落札額", "最低投資額", "還付額",
    "申請料", "報奨金", "保険金", "資本金", "年商", "罰金", "定員",
)  # fmt: skip
#: What is done with a figure, and the kinds that it can be done with.
DONE = (
    (("{}が補助されます。", "{}まで助成されます。", "{}の支給を受けられます。", "最大{}をもらえます。"), PAID),
    (("{}まで融資を受けられます。", "{}を借りられます。", "{}の貸付けを受けられます。"), LENT),
)


def other_kind(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The word for another kind of figure."""
    one = one_named(real, chance)
    if one is None:
        return None
    kind = chance.choice([kind for kind in CALLED if may_be_mistaken(kind, one.fact)])
    if ground.states(one.fact.program_id, {kind, *(BUDGETS if kind in BUDGETS else ())}, one.fact):
        return None
    return _called(real, one, chance.choice(CALLED[kind]), chance)


def may_be_mistaken(kind: FactKind, fact: Fact) -> bool:
    """Whether calling a fact this kind is wrong whatever its value: a year's budget is no other word's."""
    if kind is fact.kind or {kind, fact.kind} <= BUDGETS or {kind, fact.kind} <= {K.TARGET, K.COUNT}:
        return False
    if fact.kind is K.BREAKDOWN and kind is K.BUDGET:
        return False  # a part's share of the budget is a budget
    return not (fact.kind in FUNDING and kind is K.BUDGET)


def _called(real: Real, one: Told, label: str, chance: random.Random) -> Claim:
    fact = one.fact
    case = fact.condition or (fact.item if fact.kind in (K.COUNT, K.TARGET, K.PHONE) else None)
    told = f"{case}が{{0}}" if case else "{0}"
    subject = f"「{said_name(one)}」" + (f"の「{fact.subprogram}」" if fact.subprogram else "")
    texts = (
        f"{subject}の{label}は{told}です。",
        f"{subject}では、{told}が{label}です。",
        f"{subject}は、{label}を{told}としています。",
        f"{subject}には{label}として{told}が定められています。",
    )
    return added(real, DraftSentence(chance.choice(texts), (fact,)), "{0}")


def unknown_kind(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A word for a figure that no document states of the program (決算額, 自己負担額)."""
    one = one_told(real, chance, lambda one: one.fact.kind not in (K.PHONE, K.PERIOD) and said_name(one) is not None)
    word = chance.choice(UNKNOWN)
    if one is None or not ground.says_nothing_of(one.fact.program_id, word):
        return None
    return _called(real, one, word, chance)


def exchanged_kinds(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Two kinds in one sentence, their figures exchanged."""
    one = one_told(real, chance, lambda one: one.fact.kind in CALLED and said_name(one) is not None)
    if one is None:
        return None
    facts = [fact for fact in ground.facts[one.fact.program_id] if fact.kind in CALLED]
    others = [fact for fact in facts if may_be_mistaken(fact.kind, one.fact) and not same(fact, one.fact)]
    other = chance.choice(others) if others else None
    if other is None:
        return None
    crossed = ((other.kind, one.fact), (one.fact.kind, other))
    if any(ground.states(one.fact.program_id, {kind}, fact) for kind, fact in crossed):
        return None
    labels = chance.choice(CALLED[one.fact.kind]), chance.choice(CALLED[other.kind])
    text = f"「{said_name(one)}」の{labels[0]}は{{0}}、{labels[1]}は{{1}}です。"
    return added(real, DraftSentence(text, (other, one.fact)), "{0}")


def other_use(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A budget, a source of money or a target told as what one is paid or lent."""
    one = one_told(real, chance, lambda one: one.fact.kind in BUDGETS | FUNDING and said_name(one) is not None)
    texts, kinds = chance.choice(DONE)
    if one is None or ground.states(one.fact.program_id, kinds, one.fact):
        return None
    text = f"「{said_name(one)}」では、{chance.choice(texts).format('{0}')}"
    return added(real, DraftSentence(text, (one.fact,)), "{0}")


def all_of_it(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """「全額」 for one of several sources of money."""
    one = one_told(real, chance, lambda one: one.fact.kind in FUNDING and bool(one.fact.yen))
    if one is None:
        return None
    if len({fact.kind for fact in ground.facts[one.fact.program_id] if fact.kind in FUNDING and fact.yen}) < 2:
        return None
    word = chance.choice(("全額", "全て", "すべて", "10割が", "全額を"))
    source = {K.FUNDING_NATIONAL: "国庫", K.FUNDING_GENERAL: "一般財源", K.FUNDING_OTHER: "その他の財源"}[one.fact.kind]
    name = one.fact.program.replace("「", "『").replace("」", "』")
    return added(real, DraftSentence(f"「{name}」の財源は{word}{source}{{0}}です。", (one.fact,)), "{0}")


KINDS: dict[str, Attack] = {
    "the word for another kind": other_kind,
    "the word for a kind that is not stated (決算額)": unknown_kind,
    "two kinds' figures exchanged": exchanged_kinds,
    "a budget as what one is paid or lent": other_use,
    "全額 for one of several sources": all_of_it,
}
