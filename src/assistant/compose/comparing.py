"""Programs side by side: which is more, how much they come to together, how much or how many times one is more."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, Query
from ..understand.reckoning import places_asked, says
from ..values.reckoning import computed, worth
from .figures import figure_sentences, once
from .labels import called, fact_label, kind_label
from .operands import Operand, Operands
from .select import stated

K = FactKind
_COMPARED = (K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.LOAN_POOL, K.SUBSIDY_RATE)
_WORDS = {
    (False, False): "大きい",
    (False, True): "小さい",
    (True, False): "高い",
    (True, True): "低い",
}  # (rate, least)
_RATES = (K.SUBSIDY_RATE, K.LOAN_RATE, K.GUARANTEE_RATE)
_SECOND = frozenset({"再掲", "の一部", "example"})


def side_by_side(query: Query, operands: Operands, index: Index) -> Draft | None:
    """The answer on several programs; None when it cannot be given."""
    kinds = kinds_asked(query)
    if not kinds:
        return None
    kinds = _stated_first(operands, kinds, index)
    operands = _in_order(query, operands, kinds[0], index)
    told = [_sentences(one, kinds, index) for one in operands.found]
    facts = [single(one, kinds[0], index) for one in operands.found]
    known = [fact for fact in facts if fact is not None]
    if not known and not any(any(one.facts for one in sentences) for sentences in told):
        if operands.missing or not all(one.sure for one in operands.found):
            return None
        return Draft("abstained", "not_stated", tuple(one for sentences in told for one in sentences))
    first: list[DraftSentence] = []
    if len(known) == len(facts) and not operands.missing:
        first = _reckoned(query, operands.found, known)
        if not first and query.operation in ("sum", "ratio", "share"):
            return None
    elif query.operation in ("sum", "ratio", "difference"):
        first = [DraftSentence("数値のわからない事業があるため、計算はできません。わかるものは次のとおりです。")]
    body = [sentence for sentences in told for sentence in sentences]
    sentences = [*first, *_warning(query, known), *body, *_not_found(operands)]
    return Draft("answered", None, tuple(sentences)) if any(one.facts for one in body) else None


def kinds_asked(query: Query) -> tuple[FactKind, ...]:
    """The kinds to set side by side; an amount of no kind is the budget."""
    kinds = tuple(kind for kind in query.kinds if kind is not K.BUDGET_CHANGE or query.operation in ("compare", "each"))
    if query.operation in ("sum", "ratio", "share"):  # 「何割」 of another's amount is no rate
        kinds = tuple(kind for kind in kinds if kind is not K.SUBSIDY_RATE)
    if kinds and not (set(kinds) <= {K.BUDGET} and says(query.question, "ceiling")):
        return kinds
    if says(query.question, "ceiling"):  # 「1件の天井」
        return (K.SUBSIDY_LIMIT,)
    if says(query.question, "pool"):
        return (K.LOAN_POOL, K.BUDGET)
    if says(query.question, "generous"):
        return (K.SUBSIDY_LIMIT, K.SUBSIDY_RATE)
    if (
        query.open_amount
        or query.operation in ("sum", "ratio", "share", "difference")
        or says(query.question, "amount")
    ):
        return (K.BUDGET,)
    return ()


def single(operand: Operand, kind: FactKind, index: Index) -> Fact | None:
    """The one figure of a kind that a program states, before those listed again."""
    if kind not in _COMPARED and kind not in (K.FUNDING_NATIONAL, K.FUNDING_GENERAL, K.FUNDING_OTHER):
        return None
    facts = [fact for fact in stated(operand.query, operand.program, index, (kind,)) if fact.kind is kind]
    facts = [fact for fact in facts if not set(fact.flags) & _SECOND] or facts
    facts = once([fact for fact in facts if worth(fact) is not None])
    whole = [fact for fact in facts if not fact.subprogram and not fact.condition] or facts
    return whole[0] if len(whole) == 1 else None


def _sentences(operand: Operand, kinds: tuple[FactKind, ...], index: Index) -> list[DraftSentence]:
    """What one program states of the kinds, or that it states nothing of them."""
    query = replace(operand.query, kinds=kinds, operation=None)
    told = figure_sentences(query, operand.program, index, False)
    if told:
        return told
    label = kind_label(kinds[0])
    return [DraftSentence(f"{called(operand.program)}の{label}は、収録した資料に記載がありません。")]


def _reckoned(query: Query, operands: tuple[Operand, ...], facts: list[Fact]) -> list[DraftSentence]:
    names = {fact.fact_id: called(one.program) for fact, one in zip(facts, operands, strict=True)}
    return set_apart(query, facts, names)


def set_apart(query: Query, facts: list[Fact], names: dict[str, str]) -> list[DraftSentence]:
    """What is reckoned of figures, each called by its name."""
    label = label_of(facts)
    if query.operation == "sum":
        return _sum(facts, names, label)
    if query.operation == "ratio":
        return _ratio(query, facts, names, label)
    if query.operation == "share":
        return _portion(query, facts, names, label)
    return _compared(query, facts, names, label)


def label_of(facts: list[Fact]) -> str:
    """What figures are called together: 当初予算額 when all are, else 予算額."""
    if facts[0].kind is K.BREAKDOWN:
        return "額"
    labels = dict.fromkeys(fact_label(fact) for fact in facts)
    return next(iter(labels)) if len(labels) == 1 else kind_label(facts[0].kind)


def _sum(facts: list[Fact], names: dict[str, str], label: str) -> list[DraftSentence]:
    total = computed("sum", facts)
    if total is None:
        return []
    said = "、".join(names[fact.fact_id] for fact in facts)
    return [DraftSentence(f"{said}の{label}の合計は、{{=0}}です。", computed=(total,))]


def _ratio(query: Query, facts: list[Fact], names: dict[str, str], label: str) -> list[DraftSentence]:
    if len(facts) != 2:
        return []
    times = computed("ratio", facts, places=places_asked(query.question))
    if times is None:
        return []
    one, other = (names[fact.fact_id] for fact in facts)
    return [DraftSentence(f"{one}の{label}は、{other}の{{=0}}です。", computed=(times,))]


def _portion(query: Query, facts: list[Fact], names: dict[str, str], label: str) -> list[DraftSentence]:
    if len(facts) != 2:
        return []
    share = computed("share", facts, places=places_asked(query.question))
    if share is None:
        return []
    one, other = (names[fact.fact_id] for fact in facts)
    return [DraftSentence(f"{one}の{label}は、{other}の{{=0}}に当たります。", computed=(share,))]


def _compared(query: Query, facts: list[Fact], names: dict[str, str], label: str) -> list[DraftSentence]:
    """Which is the greatest (or the least, when that is asked), and by how much when there are two."""
    if query.operation == "each" or len(set(names.values())) < len(names):
        return []
    order = sorted(facts, key=lambda fact: worth(fact) or 0, reverse=True)
    values = [worth(fact) for fact in order]
    if values[0] == values[1] or any(fact.kind is K.BUDGET_CHANGE for fact in facts):
        return []
    least = says(query.question, "less") and not says(query.question, "greater")
    if least and values[-1] == values[-2]:
        return []
    word = _WORDS[facts[0].kind in _RATES, least]
    rank = computed("least" if least else "most", order[::-1] if least else order)
    if rank is None:
        return []
    told = [DraftSentence(f"{label}が{word}のは{names[rank.of[0].fact_id]}で、{{=0}}です。", computed=(rank,))]
    if len(facts) == 2 and (query.operation == "difference" or says(query.question, "more")):
        more = computed("difference", order)
        if more is not None:
            one, other = (names[fact.fact_id] for fact in order)
            told.append(DraftSentence(f"{one}のほうが、{other}より{{=0}}多いです。", computed=(more,)))
    return told


def _stated_first(operands: Operands, kinds: tuple[FactKind, ...], index: Index) -> tuple[FactKind, ...]:
    """The kinds with the one first that most of the programs state; a limit may be of a loan or a subsidy."""
    stating = [{fact.kind for fact in index.facts_of(one.program.id)} for one in operands.found]
    return tuple(sorted(kinds, key=lambda kind: -sum(kind in held for held in stating)))


def _in_order(query: Query, operands: Operands, kind: FactKind, index: Index) -> Operands:
    """「大きい順に」: the programs by their figures, when that is asked."""
    if not says(query.question, "order"):
        return operands
    sign = 1 if says(query.question, "less") else -1
    worths = {one.program.id: worth(fact) for one in operands.found if (fact := single(one, kind, index))}
    found = sorted(operands.found, key=lambda one: sign * (worths.get(one.program.id) or 0))
    return replace(operands, found=tuple(found))


def _warning(query: Query, facts: list[Fact]) -> list[DraftSentence]:
    """Budgets of unlike years or stages are no measure of each other."""
    if len({(fact.fiscal_year, fact.stage) for fact in facts}) < 2 or query.operation == "each":
        return []
    if query.operation == "sum":
        return [DraftSentence("ただし、年度や段階の異なる額を足したものです。")]
    return [DraftSentence("ただし、資料の年度や段階が異なるため、単純には比べられません。")]


def _not_found(operands: Operands) -> list[DraftSentence]:
    if not operands.missing:
        return []
    said = "」「".join(operands.missing)
    return [DraftSentence(f"「{said}」に当たるとわかる事業は、収録した資料に見当たりません。")]
