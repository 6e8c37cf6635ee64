"""Programs side by side: which is more, how much they come to together, how much or how many times one is more."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, Hit, Program, Query
from ..understand.reckoning import places_asked, says
from ..values.reckoning import BUDGETS, computed, worth
from .asked_too import offices_beside
from .figures import figure_sentences, once, sentences_of
from .growing import grown_apart
from .labels import called, fact_label, kind_label
from .offices import offices
from .operands import Operand, Operands
from .rows import beside_one_another
from .select import stated
from .shared_items import of_one_year, shared_facts
from .sides import comparable, kinds_of_sides

K = FactKind
_COMPARED = (K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.LOAN_POOL, K.SUBSIDY_RATE)
_OTHERS = (K.FUNDING_NATIONAL, K.FUNDING_GENERAL, K.FUNDING_OTHER, K.COUNT, K.TARGET, K.LOAN_RATE, K.GUARANTEE_RATE)
_WORDS = {
    (False, False): "大きい",
    (False, True): "小さい",
    (True, False): "高い",
    (True, True): "低い",
}  # (rate, least)
_RATES = (K.SUBSIDY_RATE, K.LOAN_RATE, K.GUARANTEE_RATE)
_TOLD = ("compare", "each", "difference")
_SECOND = frozenset({"再掲", "の一部", "example"})


def side_by_side(query: Query, operands: Operands, index: Index) -> Draft | None:
    """The answer on several programs; None when it cannot be given."""
    if query.intent == "where" and (where := _their_offices(query, operands, index)):
        return where
    if moved := grown_apart(query, [one.program for one in operands.found], index):
        return replace(moved, sentences=(*moved.sentences, *_not_found(operands, index)))
    if shared := _of_shared(query, operands, index):
        return shared
    kinds = kinds_asked(query)
    if not kinds:
        return None
    if sides := kinds_of_sides(query, operands.found):
        return _unlike(query, operands, sides, index)
    kinds = _of_these(query, operands, kinds, index)
    kinds = _stated_first(operands, _amounts_else(query, operands, kinds, index), index)
    operands = _in_order(query, operands, kinds[0], index)
    told = [_sentences(one, kinds, index) for one in operands.found]
    facts = _set_side_by_side(query, operands, kinds, index)
    known = [fact for fact in facts if fact is not None]
    if not known and not any(any(one.facts for one in sentences) for sentences in told):
        if not operands.whole or not all(one.sure for one in operands.found):
            return None
        return Draft("abstained", "not_stated", tuple(one for sentences in told for one in sentences))
    first: list[DraftSentence] = []
    if len(known) == len(facts) and operands.whole:
        first = _reckoned(query, operands.found, known, index)
        if not first and query.operation in ("sum", "ratio", "share"):
            return None
    elif query.operation in ("sum", "ratio", "difference"):
        first = [DraftSentence("数値のわからない事業があるため、計算はできません。わかるものは次のとおりです。")]
    body = beside_one_another([one.program for one in operands.found], told, index)
    offices = [sentence for one in operands.found for sentence in offices_beside(query, one.program, index)]
    rest = [*offices, *_either(operands, kinds, index), *_not_found(operands, index)]
    sentences = _laid_out(first, _warning(query, known), body, rest)
    return Draft("answered", None, tuple(sentences)) if any(one.facts for one in body) else None


def _set_side_by_side(query: Query, operands: Operands, kinds: tuple[FactKind, ...], index: Index) -> list[Fact | None]:
    """The one figure of each thing, of the first kind; else of one that a difference or 「安い」 can be asked of."""
    first = [single(one, kinds[0], index) for one in operands.found]
    cheap = query.operation == "compare" and re.search("[低安高]い", query.question)
    others = kinds[1:] if query.operation == "difference" else [kind for kind in kinds[1:] if cheap and kind in _RATES]
    for kind in others if None in first else ():
        facts = [single(one, kind, index) for one in operands.found]
        if None not in facts:
            return facts
    return first


def _their_offices(query: Query, operands: Operands, index: Index) -> Draft | None:
    """「AとBの窓口は同じ?」: the offices of each, where nothing else is asked."""
    hits = [Hit(one.program, index.passages_of(one.program.id), 1.0) for one in operands.found]
    told = [offices(hit, index) for hit in hits]
    if query.kinds or query.open_amount or not operands.whole or not all(told):
        return None
    return Draft("answered", None, tuple(dict.fromkeys(one for each in told for one in each)))


def _laid_out(
    first: list[DraftSentence], warning: list[DraftSentence], body: list[DraftSentence], rest: list[DraftSentence]
) -> list[DraftSentence]:
    """What was reckoned with its warning before the figures; nothing stands behind a table."""
    if any(one.text.startswith("\n|") for one in body):
        return [*first, *warning, *rest, *body]
    return [*first, *warning, *body, *rest] if first else [*body, *warning, *rest]


def _unlike(query: Query, operands: Operands, sides: tuple[tuple[FactKind, ...], ...], index: Index) -> Draft | None:
    """What is asked of each thing by itself; reckoned where all that is asked are budgets."""
    own = [replace(one, query=replace(one.query, kinds=kinds, fiscal_year=None, question=query.question))
           for one, kinds in zip(operands.found, sides, strict=True)]  # fmt: skip
    told = [_sentences(one, kinds, index) for one, kinds in zip(own, sides, strict=True)]
    facts = [single(one, kinds[0], index) for one, kinds in zip(own, sides, strict=True)]
    known = [fact for fact in facts if fact is not None]
    first: list[DraftSentence] = []
    if comparable(sides) and len(known) == len(facts) and operands.whole:
        first = _reckoned(query, tuple(own), known, index)
    body = beside_one_another([one.program for one in own], told, index)
    rest = [*_either(operands, sides[0], index), *_not_found(operands, index)]
    sentences = _laid_out(first, [], body, rest)
    return Draft("answered", None, tuple(sentences)) if any(one.facts for one in body) else None


def _of_shared(query: Query, operands: Operands, index: Index) -> Draft | None:
    """What several programs print under one name that the question says, and what is reckoned of it."""
    programs = [one.program for one in operands.found]
    facts = shared_facts(query, programs, index)
    if not facts or not operands.whole:
        return None
    names = {fact.fact_id: called(one) for fact, one in zip(facts, programs, strict=True)}
    first = set_apart(query, facts, names)
    if not first and query.operation in ("sum", "ratio", "share"):
        return None
    kinds = (facts[0].kind,)
    told = [
        sentence
        for fact, one in zip(facts, operands.found, strict=True)
        for sentence in sentences_of(replace(one.query, kinds=kinds, operation=None), one.program, index, [fact])
    ]
    return Draft("answered", None, (*first, *told))


def kinds_asked(query: Query) -> tuple[FactKind, ...]:
    """The kinds to set side by side; an amount of no kind is the budget."""
    kinds = tuple(kind for kind in query.kinds if kind is not K.BUDGET_CHANGE or query.operation in ("compare", "each"))
    if len(query.regions) > 1 and K.BUDGET in kinds and not says(query.question, "before"):  # each of its own year
        kinds = tuple(kind for kind in kinds if kind is not K.BUDGET_PREVIOUS)
    if query.operation in ("sum", "ratio", "share"):  # 「何割」 of another's amount is no rate
        kinds = tuple(kind for kind in kinds if kind is not K.SUBSIDY_RATE)
    limits = set(kinds) & {K.SUBSIDY_LIMIT, K.LIMIT_ADDITION}
    if limits and K.SUBSIDY_RATE not in kinds and query.operation in _TOLD and says(query.question, "rate_too"):
        kinds = (*kinds, K.SUBSIDY_RATE)
    if set(kinds) <= {K.BUDGET_PREVIOUS, K.BUDGET_CHANGE} and kinds and says(query.question, "pool"):
        return (K.LOAN_POOL, K.BUDGET)
    if kinds and set(kinds) <= {K.PERIOD, K.PHONE} and query.operation == "compare" and says(query.question, "greater"):
        kinds = (K.BUDGET, *kinds)  # 「どちらが多い? いつから?」
    if kinds and not (set(kinds) <= {K.BUDGET} and says(query.question, "ceiling")):
        return kinds
    if says(query.question, "ceiling"):  # 「1件の天井」
        return (K.SUBSIDY_LIMIT,)
    if says(query.question, "pool"):
        return (K.LOAN_POOL, K.BUDGET)
    if not query.open_amount and query.operation in _TOLD and says(query.question, "rate_too"):
        return (K.SUBSIDY_RATE,)
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
    if kind not in (*_COMPARED, *_OTHERS):
        return None
    kinds = (kind, K.BREAKDOWN) if kind is K.BUDGET and operand.query.subprograms else (kind,)
    facts = [fact for fact in stated(operand.query, operand.program, index, kinds) if fact.kind in kinds]
    facts = [fact for fact in facts if not set(fact.flags) & _SECOND] or facts
    facts = once([fact for fact in facts if worth(fact) is not None])
    whole = [fact for fact in facts if not fact.subprogram and not fact.condition] or facts
    if len({fact.fiscal_year for fact in whole}) > 1:  # this year's beside last year's
        year = operand.query.fiscal_year or operand.program.fiscal_year
        whole = [fact for fact in whole if fact.fiscal_year == year] or whole
    if len(whole) > 1 and operand.query.fiscal_year is None:  # 「前年度補正後」 beside 「補正後の額」
        whole = [fact for fact in whole if fact.fiscal_year == operand.program.fiscal_year] or whole
    return whole[0] if len(whole) == 1 else None


def _sentences(operand: Operand, kinds: tuple[FactKind, ...], index: Index) -> list[DraftSentence]:
    """What one program states of the kinds, or that it states nothing of them."""
    query = replace(operand.query, kinds=kinds, operation=None)
    told = figure_sentences(query, operand.program, index, False)
    spoken = {fact.kind for one in told for fact in one.facts}
    if kinds == (K.BUDGET,) and not query.subprograms and K.BUDGET not in spoken:
        budget = single(operand, K.BUDGET, index)  # a word of its name has chosen a piece of it
        told = sentences_of(query, operand.program, index, [budget]) if budget is not None else told
    yearly = of_one_year(query, [fact for one in told for fact in one.facts], operand.program, index)
    if yearly:
        return sentences_of(query, operand.program, index, yearly)
    if told:
        return [*told, *_no_year_before(kinds, told, operand.program)]
    if query.subprograms:  # what holds for the whole program holds for its part
        whole = replace(query, subprograms=(), unknown_part=None)
        facts = [one for one in stated(whole, operand.program, index, kinds) if one.kind in kinds]
        facts = [one for one in facts if not one.subprogram]
        if facts:
            return sentences_of(whole, operand.program, index, facts)
    label = kind_label(kinds[0])
    return [DraftSentence(f"{called(operand.program)}の{label}は、収録した資料に記載がありません。")]


def _no_year_before(kinds: tuple[FactKind, ...], told: list[DraftSentence], program: Program) -> list[DraftSentence]:
    """That last year's budget is not stated, where it is asked for beside this year's."""
    known = {fact.kind for one in told for fact in one.facts}
    if K.BUDGET_PREVIOUS not in kinds or not set(kinds) <= BUDGETS or K.BUDGET_PREVIOUS in known:
        return []
    return [DraftSentence(f"{called(program)}の{kind_label(K.BUDGET_PREVIOUS)}は、収録した資料に記載がありません。")]


def _reckoned(query: Query, operands: tuple[Operand, ...], facts: list[Fact], index: Index) -> list[DraftSentence]:
    called_so = [called(one.program, next(iter(one.query.subprograms), None)) for one in operands]
    if len(set(called_so)) < len(called_so):  # one name in several documents
        homes = [index.documents[one.program.document].region for one in operands]
        called_so = [f"{home}の{name}" for home, name in zip(homes, called_so, strict=True)]
    if len(set(called_so)) < len(called_so) and query.operation != "sum":
        return []  # each is told with its own
    names = {fact.fact_id: name for fact, name in zip(facts, called_so, strict=True)}
    return set_apart(query, facts, names)


def set_apart(query: Query, facts: list[Fact], names: dict[str, str]) -> list[DraftSentence]:
    """What is reckoned of figures, each called by its name."""
    label = label_of(facts)
    if query.operation == "sum":
        return _sum(facts, names, label, "average" if says(query.question, "average") else "sum")
    if query.operation == "ratio":
        return _ratio(query, facts, names, label)
    if query.operation == "share":
        return _portion(query, facts, names, label)
    return _compared(query, facts, names, label)


def label_of(facts: list[Fact]) -> str:
    """What figures are called together: 当初予算額 when all are, else 予算額."""
    if len({fact.item for fact in facts}) == 1 < len({fact.program_id for fact in facts}) and _bears_name(facts[0]):
        return f"「{facts[0].item}」"
    if facts[0].kind is K.BREAKDOWN:
        return "額"
    if any(fact.kind is K.BREAKDOWN for fact in facts) or (
        len({fact.kind for fact in facts}) > 1 and {fact.kind for fact in facts} <= {K.BUDGET, K.BUDGET_PREVIOUS}
    ):
        return "予算額"
    labels = dict.fromkeys(fact_label(fact) for fact in facts)
    return next(iter(labels)) if len(labels) == 1 else kind_label(facts[0].kind)


def _bears_name(fact: Fact) -> bool:
    return fact.item is not None and fact.kind in (K.BREAKDOWN, K.OTHER, K.COUNT, K.TARGET)


def _sum(facts: list[Fact], names: dict[str, str], label: str, how: str) -> list[DraftSentence]:
    total = computed(how, facts)
    if total is None:
        return []
    said = "、".join(names[fact.fact_id] for fact in facts)
    if how == "sum" and {fact.kind for fact in facts} <= {K.COUNT, K.OTHER}:  # what is counted is said by the names
        return [DraftSentence(f"{said}を合わせると、{{=0}}です。", computed=(total,))]
    return [
        DraftSentence(f"{said}の{label}の{'平均' if how == 'average' else '合計'}は、{{=0}}です。", computed=(total,))
    ]


def _ratio(query: Query, facts: list[Fact], names: dict[str, str], label: str) -> list[DraftSentence]:
    if len(facts) != 2:
        return []
    if (worth(facts[0]) or 0) < (worth(facts[1]) or 0) and not says(query.question, "below_one"):
        facts = facts[::-1]  # how many times the smaller the larger is
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


def _amounts_else(query: Query, operands: Operands, kinds: tuple[FactKind, ...], index: Index) -> tuple[FactKind, ...]:
    """「保証料を軽くする支出」: the amounts, where no program states the kind that a word seems to ask for."""
    if query.kinds and not set(kinds) <= {*_RATES, K.LIMIT_ADDITION, K.BREAKDOWN}:
        return kinds
    held = any(stated(replace(one.query, kinds=kinds), one.program, index, kinds) for one in operands.found)
    return kinds if held or not says(query.question, "amount") else (K.BUDGET,)


def _of_these(query: Query, operands: Operands, kinds: tuple[FactKind, ...], index: Index) -> tuple[FactKind, ...]:
    """What is asked of things that state no budget (「いくら」) or no years that they run (「何年」): limits, terms."""
    held = [index.kinds_of(one.program.id) for one in operands.found]
    if K.PERIOD in kinds and all(K.LOAN_TERM in one and K.PERIOD not in one for one in held):
        kinds = tuple(dict.fromkeys(K.LOAN_TERM if kind is K.PERIOD else kind for kind in kinds))
    if query.kinds or kinds != (K.BUDGET,):
        return kinds
    parts = all(one.query.subprograms for one in operands.found)
    if any(single(one, K.BUDGET, index) for one in operands.found) or not (parts or query.open_amount):
        return kinds
    limits = (K.SUBSIDY_LIMIT, K.LOAN_LIMIT)
    return next(((kind,) for kind in limits if all(kind in one for one in held)), kinds)


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


def _either(operands: Operands, kinds: tuple[FactKind, ...], index: Index) -> list[DraftSentence]:
    """Of a region where several may be meant, each with its figure: none of them is chosen."""
    told: list[DraftSentence] = []
    asked = operands.found[0].query
    for region, programs in operands.either:
        which = "次のどれに当たるのか" if len(programs) > 1 else "次のものが当たるのかどうか"
        told.append(DraftSentence(f"{region}では、{which}決められません。"))
        for one in programs:
            query = replace(asked, named=(one.id,), subprograms=(), question=one.program)
            told += _sentences(Operand(one, query), kinds, index)
    return told


def _not_found(operands: Operands, index: Index) -> list[DraftSentence]:
    held = {document.region for document in index.documents.values()}
    told: list[DraftSentence] = []
    if known := [region for region in operands.regions if region in held]:
        said = "、".join(known)
        told.append(DraftSentence(f"ご質問に当たる支援制度は、収録した{said}の資料に見当たりません。"))
    if strange := [region for region in operands.regions if region not in held]:
        told.append(DraftSentence(f"{'、'.join(strange)}の資料は収録していません。"))
    if not operands.missing:
        return told
    said = "」「".join(operands.missing)
    return [*told, DraftSentence(f"「{said}」に当たるとわかる事業は、収録した資料に見当たりません。")]
