"""Figures reckoned within one program: what share of it a part is, how it has grown, how many its parts come to."""

from __future__ import annotations

from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..programs.names import match_form
from ..records import Computed, Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import Retrieval
from ..retrieve.delimiters import measure_of
from ..understand.reckoning import bare, pieces_of, places_asked, says
from ..values.reckoning import COUNTS, computed, worth
from .apart import described_apart, described_behind, with_those_described
from .comparing import kinds_asked, set_apart, single
from .figures import FUNDING, once, sentences_of
from .labels import called, fact_label, kind_label, where_from
from .moving import rates_in_text
from .operands import SURE, Operand, sure_program
from .over_years import in_each_year, in_two_years, of_years_said, sentence_of_change, years_said
from .portions import part_said, share_of_row
from .select import stated

K = FactKind
MOST_BESIDE = 8  # figures of other kinds told with those set apart


def _program(query: Query, retrieval: Retrieval, index: Index) -> Program | None:
    """The one program that a question is about: named, else found by a stretch of its name."""
    if query.named:
        named = [hit.program for hit in retrieval.hits]
        if len(named) == 1 or query.carried:
            return named[0] if named else None
    program = sure_program(query, index)
    if program is None and not query.named and retrieval.hits:
        first = retrieval.hits[0].program
        if first.role != "program" or (len(query.regions) < 2 and retrieval.sure >= SURE):
            return first  # a total, or the one program that is described
    return program


# ---- shares


def shared(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「国庫が占める割合は?」, 「…のうち、…枠は何%?」; None when the part is none of the program's."""
    program = _program(query, retrieval, index)
    if program is None:
        return None
    pool = K.LOAN_POOL in query.kinds
    whole = _whole_pool(program, index) if pool else single(_bare(query, program), K.BUDGET, index)
    part = _part_of_pool(query, program, index) if pool else _part(query, program, index)
    if whole is not None and part is None:
        return share_of_row(query, program, whole, index)
    if whole is None or part is None:
        return None
    share = computed("share", (part, whole), places=places_asked(query.question))
    if share is None:
        return None
    name = kind_label(part.kind) if part.kind in FUNDING else f"「{part.subprogram or part.item or part.condition}」"
    text = f"{called(program)}の{fact_label(whole)}に占める{name}の割合は、{{=0}}です。"
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    first = DraftSentence(source + text, computed=(share,))
    return Draft("answered", None, (first, *_amounts((part, whole), index)))


def _bare(query: Query, program: Program) -> Operand:
    """A program asked for alone: no part and no case of it."""
    own = replace(
        query, question=program.program, words=(), weak=(), terms=(), subprograms=(), case=None, items=(),
        unknown_part=None, stage=None, fiscal_year=None, figure_year=None, kinds=(K.BUDGET,), open_amount=False,
    )  # fmt: skip
    return Operand(program, own)


def _part(query: Query, program: Program, index: Index) -> Fact | None:
    """The one amount of the program's money that the question asks the share of."""
    asked = [kind for kind in query.kinds if kind in FUNDING]
    facts = [fact for fact in index.facts_of(program.id) if fact.yen is not None and not set(fact.flags) & {"example"}]
    if asked:
        found = once([fact for fact in facts if fact.kind is asked[0]])
        plain = match_form(query.question)
        called_so = [fact for fact in found if match_form(fact.condition or fact.item or "〓") in plain]
        found = called_so if len(called_so) == 1 < len(found) else found
        return found[0] if len(found) == 1 and len(asked) in (1, 3) else None
    said = match_form(query.question).replace(match_form(program.program), "")
    parts = [fact for fact in facts if fact.kind is K.BREAKDOWN]
    named = [fact for fact in parts if any(match_form(name) in said for name in (fact.subprogram, fact.item) if name)]
    longest = max((len(fact.subprogram or fact.item or "") for fact in named), default=0)
    named = once([fact for fact in named if len(fact.subprogram or fact.item or "") == longest])
    if not named:  # described in other words
        said_so = part_said(query.question, program, parts)
        return said_so or (described_behind(query, program, parts, index) if len(parts) > 1 else None)
    return named[0] if len(named) == 1 else None


def _whole_pool(program: Program, index: Index) -> Fact | None:
    """What may be lent under a program in all its year: no part of it, no case of it."""
    facts = [fact for fact in index.facts_of(program.id) if fact.kind is K.LOAN_POOL and fact.yen is not None]
    facts = once([fact for fact in facts if not any(parts_of(fact)) and fact.fiscal_year == program.fiscal_year])
    return facts[0] if len(facts) == 1 else None


def _part_of_pool(query: Query, program: Program, index: Index) -> Fact | None:
    named = [part for part in query.subprograms if part in program.subprograms]
    facts = [fact for fact in index.facts_of(program.id) if fact.kind is K.LOAN_POOL and fact.yen is not None]
    facts = once([fact for fact in facts if fact.subprogram in named and fact.fiscal_year == program.fiscal_year])
    return facts[0] if len(facts) == 1 and len(named) == 1 else None


def _amounts(facts: tuple[Fact, ...], index: Index) -> list[DraftSentence]:
    """Each operand in a sentence of its own, as the figures of its program are told."""
    told = []
    for fact in facts:
        program = index.programs[fact.program_id]
        part = fact.subprogram if fact.kind is not K.BREAKDOWN else None
        name = f"「{fact.subprogram or fact.item}」の額" if fact.kind is K.BREAKDOWN else fact_label(fact)
        told.append(DraftSentence(f"{called(program, part)}の{name}は、{{0}}です。", (fact,)))
    return told


# ---- parts


def parts_apart(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """Parts of one program side by side: 「A枠とB枠、上限はどっちが大きい?」."""
    program = _program(query, retrieval, index)
    kinds = kinds_asked(query)
    if program is None or not kinds or query.operation not in ("compare", "difference", "sum", "ratio", "rank", "each"):
        return None
    every = [fact for fact in index.facts_of(program.id) if worth(fact) is not None and any(parts_of(fact))]
    every = [fact for fact in every if "example" not in fact.flags]
    for kind in kinds if query.operation == "sum" else ():
        if len(counted := _of_carried(query, [fact for fact in every if fact.kind is kind])) > 1:
            return _apart(query, program, counted, index, [])
    for kind in (K.BREAKDOWN if kind is K.BUDGET else kind for kind in kinds if kind not in COUNTS):
        of_kind = [fact for fact in every if fact.kind is kind]
        chosen = _of_carried(query, of_kind) or _of_pieces(query, program, of_kind)
        chosen = with_those_described(query, program, chosen, of_kind, index)
        if len(chosen) > 1:
            beside = described_apart(query, program, kinds, every, index) if len(kinds) > 1 else []
            return _apart(query, program, chosen, index, beside)
    asked = tuple(K.BREAKDOWN if kind is K.BUDGET else kind for kind in kinds if kind not in COUNTS)
    chosen = described_apart(query, program, asked, every, index)
    return _apart(query, program, [fact for fact in chosen if fact.kind is chosen[0].kind], index, chosen)


def _apart(query: Query, program: Program, chosen: list[Fact], index: Index, beside: list[Fact]) -> Draft | None:
    """What is reckoned of figures of one kind, then these and those of other kinds (``beside``)."""
    if len(chosen) < 2:
        return None
    chosen = _as_many(query, program, chosen, index)
    first = [] if not chosen else set_apart(query, chosen, {fact.fact_id: _called(program, fact) for fact in chosen})
    if not chosen or (not first and query.operation not in ("compare", "each")):
        return None
    beside = [*beside, *_of_other_kinds(query, program, chosen, beside, index)]
    kinds = tuple(dict.fromkeys(fact.kind for fact in (*chosen, *beside)))
    if query.operation == "each" and {fact.kind for fact in index.facts_of(program.id)} & set(query.kinds) - set(kinds):
        return None  # another kind that was asked for is told as before
    facts = list(dict.fromkeys((*chosen, *beside)))
    rest = () if query.operation == "sum" else tuple(kind for kind in query.kinds if kind not in kinds)
    more = [fact for fact in stated(replace(query, kinds=rest), program, index, rest) if fact.kind in rest]
    told = sentences_of(replace(query, kinds=(*kinds, *rest)), program, index, [*facts, *more])
    return Draft("answered", None, (*first, *told))


def _as_many(query: Query, program: Program, chosen: list[Fact], index: Index) -> list[Fact]:
    """「補助金と派遣と審査会の三つを足すと」: as many as are said to be meant, or none: never some of them."""
    many = pieces_of(query.question).many if query.operation == "sum" else None
    if many is None or many == len(chosen) or query.carried:
        return chosen
    of_kind = [fact for fact in index.facts_of(program.id) if fact.kind is chosen[0].kind and not fact.condition]
    every = once([fact for fact in of_kind if fact.subprogram and "example" not in fact.flags])
    return every if len(every) == many else []


def _of_other_kinds(query: Query, program: Program, chosen: list[Fact], beside: list[Fact], index: Index) -> list[Fact]:
    """Figures of the other kinds asked for that stand in the same parts and cases: 「運転と設備、期間と利率」."""
    asked = set(query.kinds) - {fact.kind for fact in (*chosen, *beside)}
    where = {(fact.subprogram, fact.condition) for fact in chosen}
    facts = [fact for fact in index.facts_of(program.id) if fact.kind in asked and worth(fact) is not None]
    facts = once([fact for fact in facts if (fact.subprogram, fact.condition) in where and "example" not in fact.flags])
    return facts if len(facts) <= MOST_BESIDE and query.operation != "sum" else []


def parts_of(fact: Fact) -> tuple[str | None, ...]:
    """What sets a figure apart from others of its program: its case, its part, what an amount is for."""
    return fact.condition, fact.subprogram, fact.item if fact.kind is K.BREAKDOWN else None


def _called(program: Program, fact: Fact) -> str:
    part = fact.subprogram or (fact.item if fact.kind is K.BREAKDOWN else None)
    return called(program, part) + (f"の「{fact.condition}」" if fact.condition else "")


def _of_carried(query: Query, facts: list[Fact]) -> list[Fact]:
    """The one figure of each part that earlier turns spoke of: 「その2つの差は?」."""
    if not query.carried or len(query.subprograms) < 2:
        return []
    of_part = [[fact for fact in facts if fact.subprogram == part] for part in query.subprograms]
    chosen = [once([fact for fact in own if not fact.condition] or own) for own in of_part]
    return [own[0] for own in chosen if len(own) == 1] if all(len(own) == 1 for own in chosen) else []


def _of_pieces(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """The one figure of each part that a piece of the question says; pieces that say several choose none."""
    names = {match_form(name) for name in (program.program, *program.aliases)}
    chosen: dict[str, Fact] = {}
    for piece in pieces_of(query.question).pieces:
        said = match_form(bare(piece.text))
        for name in names:
            said = said.replace(name, "")
        fact = _of_piece(said.lstrip("の①②③④⑤⑥⑦⑧⑨"), facts)
        if fact is not None:
            chosen[fact.fact_id] = fact
    return list(chosen.values())


def _of_piece(said: str, facts: list[Fact]) -> Fact | None:
    """The one figure whose case, else whose part, some words say."""
    for level in range(3):
        parts = {part for fact in facts if (part := parts_of(fact)[level]) and _says_part(said, match_form(part))}
        exact = {part for part in parts if match_form(part) == said} or parts
        found = once([fact for fact in facts if parts_of(fact)[level] in exact])
        found = [fact for fact in found if not fact.condition] or found
        if len(exact) == 1 and len(found) == 1:
            return found[0]
    return None


def _says_part(said: str, part: str) -> bool:
    return len(said) >= 2 and (said == part or (len(said) >= 3 and (said in part or part in said)))


# ---- years


def grown(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「前年度からいくら増えた?」: this year's budget less last year's, or the other way round."""
    by_times = query.operation in ("ratio", "share")
    if query.operation not in ("difference", "compare", "ratio", "share"):
        return None
    if not says(query.question, "before" if by_times else "years"):
        return None
    program = _program(query, retrieval, index)
    if program is None:
        return None
    if by_times:
        return _times(query, program, index)
    if of_years := in_each_year(query, program, index):
        return of_years
    held = {fact.kind for fact in index.facts_of(program.id)}
    moves = any(says(query.question, one) for one in ("growth", "against_revised", "before"))
    if says(query.question, "rate") and moves and K.BUDGET_CHANGE in held:
        query = replace(query, kinds=(*query.kinds, K.BUDGET_CHANGE))
    if says(query.question, "rate") and not (K.BUDGET_CHANGE in held and K.BUDGET_CHANGE in query.kinds):
        return None  # a rate of growth is printed, or not stated
    other = in_two_years(query, program, index)
    of_budget = {K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.BUDGET_CHANGE}
    if other is not None or set(query.kinds) & held - of_budget:
        return other
    return growth(query, program, index)


def _times(query: Query, program: Program, index: Index) -> Draft | None:
    """「今年の予算は去年の何倍?」: this year's budget by last year's, as a ratio or as a share."""
    own = _bare(query, program)
    now, past = _of_kind(own, K.BUDGET, index), _of_kind(own, K.BUDGET_PREVIOUS, index)
    if now is None or past is None or not of_years_said(query, (now, past)):
        return None
    change = computed("ratio", (now, past), places=places_asked(query.question))
    if change is None or now.fiscal_year == past.fiscal_year:
        return None
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    text = f"{source}{called(program)}の予算額は、{now.fiscal_year}が{past.fiscal_year}の{{=0}}です。"
    asked = replace(own.query, kinds=(K.BUDGET, K.BUDGET_PREVIOUS), operation=None)
    told = sentences_of(asked, program, index, [now, past])
    return Draft("answered", None, (DraftSentence(text, computed=(change,)), *told))


def growth(query: Query, program: Program, index: Index) -> Draft | None:
    """How a program's or a total's budget moved from the year before (or from what became of it, 現計)."""
    own = _bare(query, program)
    revised = K.BUDGET_REVISED in query.kinds or says(query.question, "against_revised")
    before = K.BUDGET_REVISED if revised else K.BUDGET_PREVIOUS
    now, past = _of_kind(own, K.BUDGET, index), _of_kind(own, before, index)
    first = single(own, K.BUDGET_PREVIOUS, index) if before is K.BUDGET_REVISED else None
    said = years_said(query.question)
    within = said and first is not None and said <= {year_number(first.fiscal_year)}
    if first is not None and past is not None and within and not says(query.question, "rate"):
        now, past = past, first  # 「元年度の当初と9月現計」
    if revised and len(both := _revised_twice(program, index)) == 2:  # 「補正後は前年度の同期から」
        past, now = both
    if now is None or past is None or worth(now) == worth(past) or not of_years_said(query, (now, past)):
        return None
    if now.fiscal_year == past.fiscal_year and now is not first and past is not first:
        return None  # a revision of this year is not what it moved from
    moved = sentence_of_change(program, past, now, (_when(past, now), _when(now, past)), index, "の予算額")
    if moved is None:
        return None
    printed = [fact for fact in index.facts_of(program.id) if fact.kind is K.BUDGET_CHANGE]
    printed = [fact for fact in printed if _is_rate_of(fact, now, past)]
    asked = K.BUDGET_CHANGE in query.kinds or query.operation == "compare" or says(query.question, "rate")
    rate = once(printed) if asked else []
    kinds = tuple(dict.fromkeys(fact.kind for fact in (now, past, *rate[:2])))
    told = sentences_of(replace(own.query, kinds=kinds, operation=None), program, index, [now, past, *rate[:2]])
    if says(query.question, "rate") and all(one.yen is not None for one in rate):
        in_text = [one for one in rates_in_text(program, index) if _is_rate_of(one, now, past)]
        for one in in_text[:1]:
            alone = replace(own.query, kinds=(one.kind,), operation=None)
            told = [*told, *sentences_of(alone, index.programs[one.program_id], index, [one])]
    return Draft("answered", None, (moved, *told))


def _revised_twice(program: Program, index: Index) -> list[Fact]:
    """What became of a budget in two years, the earlier first."""
    facts = [one for one in index.facts_of(program.id) if one.kind is K.BUDGET_REVISED and one.subprogram is None]
    of_years = {one.fiscal_year: one for one in facts}
    return sorted(of_years.values(), key=lambda one: one.fiscal_year) if len(facts) == len(of_years) else []


def _of_kind(own: Operand, kind: FactKind, index: Index) -> Fact | None:
    """The one figure of a kind, or that of the program's own row where another one stands beside it."""
    return single(own, kind, index) or measure_of(own.program, (kind,), index)


def _is_rate_of(rate: Fact, now: Fact, past: Fact) -> bool:
    """Whether a printed rate of growth is that of these two figures, to the decimal that is printed."""
    first, last = worth(past), worth(now)
    if rate.yen is not None and first is not None and last is not None:
        return abs(rate.yen) == abs(last - first) and not (rate.subprogram or rate.condition)  # 「増減額」
    if not first or last is None or rate.number is None:
        return False
    moved = float((last - first) / first * 100)
    return min(abs(moved - rate.number), abs(moved + 100 - rate.number)) < 0.1  # 「増減率」, or 「前年比」 of 100


def _when(fact: Fact, other: Fact) -> str:
    """What a budget is called beside another: by its year, and by its stage where the year is one or it is 現計."""
    revised = fact.kind is K.BUDGET_REVISED
    return f"{fact.fiscal_year}の{fact.stage}額" if revised else fact.fiscal_year


# ---- counts


def counted(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「協議会・センターの箇所数、合わせると?」: counts of one program, each said by what it counts."""
    if not set(query.kinds) & COUNTS:
        return None
    pieces = [piece.text for piece in pieces_of(query.question).pieces]
    for hit in retrieval.hits[:3]:
        facts = [fact for fact in index.facts_of(hit.program.id) if fact.kind in COUNTS and fact.number is not None]
        found = [_counts(piece, facts) for piece in pieces]
        said = [fact for fact in found if fact is not None]
        if len(said) > 1 and len(said) >= len(pieces) - 1 and len({fact.fact_id for fact in said}) == len(said):
            return _count_sum(hit.program, said, index)
    return _of_all_parts(query, retrieval, index)


def _of_all_parts(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「三つの型を全部合わせると何者?」: the counts of all parts, when there are as many as the question says."""
    many = pieces_of(query.question).many
    if not many or not retrieval.hits or not says(query.question, "all_parts"):
        return None
    program = retrieval.hits[0].program
    facts = [fact for fact in index.facts_of(program.id) if fact.kind in COUNTS and fact.number is not None]
    facts = [fact for fact in facts if fact.subprogram and "example" not in fact.flags]
    parts = [fact.subprogram for fact in facts]
    alike = len({(fact.kind, fact.unit, fact.bound) for fact in facts}) == 1
    if not alike or len(facts) != many or set(parts) != set(program.subprograms) or len(set(parts)) != many:
        return None
    return _count_sum(program, facts, index)


def _counts(piece: str, facts: list[Fact]) -> Fact | None:
    plain = match_form(piece)
    found = [fact for fact in facts if (name := match_form(fact.item or "")) and (name in plain or _ends(name, plain))]
    return found[0] if len(found) == 1 else None


def _ends(name: str, piece: str) -> bool:
    """Whether a piece says the end of a name: 「再生支援協議会」 of 「中小企業再生支援協議会」."""
    shorter = piece.split("の")[0]
    return len(shorter) >= 4 and name.endswith(shorter)


def _count_sum(program: Program, facts: list[Fact], index: Index) -> Draft | None:
    total: Computed | None = computed("sum", facts)
    if total is None:
        return None
    names = "、".join(f"「{fact.item}」" for fact in facts)
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    text = f"{source}{called(program)}の{names}を合わせると、{{=0}}です。"
    told = [DraftSentence(f"{called(program)}の「{fact.item}」は{{0}}です。", (fact,)) for fact in facts]
    return Draft("answered", None, (DraftSentence(text, computed=(total,)), *told))
