"""「3億円ですよね?」: say first whether it is so, then the right figure with its kind and year."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import same_value, year_number
from ..index import Index
from ..lexicon import says_any, table
from ..records import DraftSentence, Fact, FactKind, Figure, FigureKind, Program, Query
from ..tokens import fold, search_form
from ..values import as_figure
from .cases import steps_spoken_of
from .claims import claimed_kinds, not_small, place_missed, span_missed, stage_missed
from .figures import kinds_of, once, sentences_of
from .heard import hear
from .labels import fact_label
from .select import own_parts, stated
from .stepped import total_told, totals
from .words import without_name
from .years import of_asked_year

K = FactKind
_MONEY = (
    K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.BUDGET, K.LIMIT_ADDITION, K.LOAN_POOL, K.BREAKDOWN, K.BUDGET_PREVIOUS,
    K.BUDGET_REVISED, K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL, K.TARGET, K.OTHER, K.BUDGET_CHANGE,
)  # fmt: skip
# what a figure may be said to be, and what it is taken for when the question does not say
_COMPARABLE: dict[FigureKind, tuple[FactKind, ...]] = {
    FigureKind.MONEY: _MONEY,
    FigureKind.RATE: (K.SUBSIDY_RATE, K.OTHER),
    FigureKind.PERCENT: (K.LOAN_RATE, K.GUARANTEE_RATE, K.SUBSIDY_RATE, K.BUDGET_CHANGE, K.TARGET, K.OTHER),
    FigureKind.COUNT: (K.COUNT, K.TARGET, K.OTHER),
    FigureKind.DURATION: (K.LOAN_TERM, K.PERIOD, K.OTHER, K.TARGET),
    FigureKind.PERIOD: (K.PERIOD,),
    FigureKind.YEAR: (K.PERIOD,),
    FigureKind.PHONE: (K.PHONE,),
}
_TAKEN_FOR: dict[FigureKind, tuple[FactKind, ...]] = {
    FigureKind.MONEY: (K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.BUDGET),
    FigureKind.RATE: (K.SUBSIDY_RATE,),
    FigureKind.PERCENT: (K.LOAN_RATE, K.GUARANTEE_RATE, K.SUBSIDY_RATE),
    FigureKind.COUNT: (K.COUNT, K.TARGET, K.OTHER),
    FigureKind.DURATION: (K.LOAN_TERM, K.PERIOD),
    FigureKind.PERIOD: (K.PERIOD,),
    FigureKind.YEAR: (K.PERIOD,),
    FigureKind.PHONE: (K.PHONE,),
}
_GRANT = re.compile(
    r"(?:奨励金|報奨金|給付金|支援金|協力金|手当|祝い?金|助成額|補助額|支給額|給付額|(?:もらえる|出る|受け取れる)(?:の|お?金|額))(?:は|って|が|も|として)?(?:、)?(?:最大|最高|一律|約|1社|一社)?$"
)
_SHORT = 2  # letters of what any figure may be called
_SUMS = (K.BUDGET, K.LOAN_POOL)
_POOL = 100_000_000  # yen; what is less is what one borrower gets
_LAST = re.compile(r"前年|昨年|去年|前の年|前回|以前|これまで|かつて")
_UP_TO = ("まで", "以内", "以下", "を限度", "が限度", "限度", "上限", "最大")
COUNTED = (FigureKind.COUNT, FigureKind.DURATION)
_PAST = (K.BUDGET_PREVIOUS, K.BUDGET_REVISED)
_ABOUT = re.compile(r"くらい|ぐらい|らい|約|程度|ほど|およそ|おおよそ|前後|だいたい|ざっと")
_MORE = re.compile(r"^円?(?:ちょっと|余り|あまり|強|ちょい|を?超)")
_LESS = re.compile(r"^円?(?:弱|足らず|に満たない|を?切る|に少し足りない)")
_ADDS = re.compile(
    r"上乗せ|乗せ|加算|加わ|プラス|足され|足して|引き?下げ|割引|下がる"
)  # what is added is spoken of too
_GROWS = re.compile(r"(?:増え|上が|広が|延び|伸び|変わ|手厚く)[^。、?]{0,4}(?:か|の|ます|ん|$|[?])")
_ENDS = re.compile(r"^(?:まで|で終|に終)")
_FOR_ALL = re.compile(r"誰でも|だれでも|一律|全員|みんな|必ず|すべて|どの(?:会社|企業|人)でも|どこでも")
NEAR = 0.06  # share by which 「5億円くらい」 may differ
ROUND = 0.1  # the same, of a figure of one place
_SLIGHTLY = 0.12  # 「9百万円ちょっと」 is up to so much more


def premise_sentences(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """Sentences that confirm or correct the figures a question takes for granted; [] when nothing compares.

    Only facts of the 枠, fund or case that the question names count, when it names one; without one, 「はい」 is
    said only where every case agrees.
    """
    sentences: list[DraftSentence] = []
    for said in query.premises:
        told = _meant(query, program, index, said, last_year)
        if told:
            sentences += _untold(_compared(query, program, index, said, told), sentences)
    return sentences or _of_another_stage(query, program, index, last_year)


def _untold(new: list[DraftSentence], told: list[DraftSentence]) -> list[DraftSentence]:
    """A verdict with its figures, where they were not told for another figure of the question already."""
    facts = [fact for sentence in new for fact in sentence.facts]
    known = {fact for sentence in told for fact in sentence.facts}
    return [] if facts and set(facts) <= known and new[0].text in {one.text for one in told} else new


def _of_another_stage(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """「補正で25億円積んだんですよね」, where the document prints what was voted at first: that, and that it is so."""
    if not query.stage:
        return []
    bare = replace(query, stage=None)
    every = [_meant(bare, program, index, said, last_year) for said in query.premises]
    facts = once([fact for told in every for fact in told if fact.kind is K.BUDGET and fact.stage != query.stage])
    stages = {fact.stage for fact in facts}
    if len(stages) != 1:
        return []
    opening = DraftSentence(f"いいえ、資料にあるのは{stages.pop()}の額です。")
    return [opening, *sentences_of(bare, program, index, facts)]


def spoken_of(query: Query, program: Program, index: Index) -> int:
    """How many of the question's words the fact that a premise compares with holds: which described program it is."""
    facts = [fact for said in query.premises for fact in _meant(query, program, index, said, False)]
    texts = (fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}{fact.quote}") for fact in facts)
    return max((sum(word in text for word in query.words) for text in texts), default=-1)


def beside(query: Query) -> tuple[FactKind, ...]:
    """Kinds that a question asks for beside what it takes for granted: no figure of it can be one of theirs."""
    comparable = {kind for said in query.premises for kind in _COMPARABLE.get(said.kind, ())}
    return tuple(kind for kind in query.kinds if kind not in comparable)


def _meant(query: Query, program: Program, index: Index, said: Figure, last_year: bool) -> list[Fact]:
    """The facts of the kind that a figure is said to be: by the question's words, else by its own nature."""
    asked = tuple(kind for kind in kinds_of(query, last_year) if kind in _COMPARABLE.get(said.kind, ()))
    claimed = claimed_kinds(query.question, said)
    asked = claimed or asked
    if not asked and (called_so := _called_so(query, program, index, said)):
        return called_so
    if K.BUDGET_PREVIOUS in asked:  # 「予算は前年度が…ですよね」
        asked = tuple(kind for kind in asked if kind is not K.BUDGET)
    if not asked and said.kind is FigureKind.MONEY and _GRANT.search(_said_before(query, program, said)):
        asked = (K.SUBSIDY_LIMIT, K.LIMIT_ADDITION, K.OTHER)  # a budget is nobody's grant
    if not asked and last_year and said.kind is FigureKind.MONEY:
        asked = _PAST
    if not asked and "枠" in query.question and K.LOAN_POOL in index.kinds_of(program.id) and (said.yen or 0) >= _POOL:
        asked = (K.LOAN_POOL,)  # 「枠は200億って」
    if asked and set(asked) <= {K.COUNT, K.TARGET}:
        asked = (K.COUNT, K.TARGET, K.OTHER) if K.COUNT in asked else asked
    bare = replace(query, question=query.question.replace(said.text, "〓"))  # it chooses no case by being said
    told = stated(bare, program, index, asked or _TAKEN_FOR.get(said.kind, ()))
    if claimed and not told:  # the part states none of its own: what is stated of the whole
        told = stated(replace(bare, subprograms=()), program, index, claimed)
    told = _of_its_year(query, program, index, told)
    told = [fact for fact in told if _like(said, as_figure(fact))] or _bounded(said, program, index)
    if said.kind in COUNTED and said.bound:  # 「80点以上」 is no full mark of 100点
        told = [fact for fact in told if as_figure(fact).bound == said.bound] or told
    if not told:
        return []
    kinds = dict.fromkeys((*(kind for kind in asked if any(fact.kind is kind for fact in told)), told[0].kind))
    kind = _kind_of(said, tuple(kinds) if asked else tuple(dict.fromkeys(fact.kind for fact in told)), told)
    return _whole_first(query, program, [fact for fact in told if fact.kind is kind])


def _called_so(query: Query, program: Program, index: Index, said: Figure) -> list[Fact]:
    """「プレミアム率は30%ですよね」: the figures of no kind that the document calls as the question does."""
    plain = fold(query.question)
    every = of_asked_year(query.question, query.figure_year, program.fiscal_year, index.facts_of(program.id))
    return [
        fact
        for fact in every
        if fact.kind is K.OTHER
        and fact.item
        and len(fact.item) > _SHORT
        and f"{fold(fact.item)}は" in plain
        and "example" not in fact.flags
        and _like(said, as_figure(fact))
    ]


def _said_before(query: Query, program: Program, said: Figure) -> str:
    """What a question says right before a figure, without the program's name."""
    return search_form(without_name(query.question, program).split(fold(said.text))[0])


def _whole_first(query: Query, program: Program, told: list[Fact]) -> list[Fact]:
    """A sum is that of the whole where no part is named: the shares of its funds are no other cases of it."""
    if not told or told[0].kind not in _SUMS or own_parts(query, program):
        return told
    return [fact for fact in told if not fact.subprogram and not fact.condition] or told


def _of_its_year(query: Query, program: Program, index: Index, told: list[Fact]) -> list[Fact]:
    """Without figures of another year than is spoken of: last year's 860億円 confirms nothing of this year."""
    if _LAST.search(query.question):
        return told
    year = year_number(query.fiscal_year or index.documents[program.document].fiscal_year)
    own = {fact.kind for fact in told if year_number(fact.fiscal_year) == year}
    return [fact for fact in told if fact.kind not in own or year_number(fact.fiscal_year) == year]


def _bounded(said: Figure, program: Program, index: Index) -> list[Fact]:
    """「年6回まで来てもらえる」: the one figure of a program that bounds the same things; [] where there are more."""
    if said.kind is not FigureKind.COUNT or said.bound not in _UP_TO:
        return []
    found = [
        fact
        for fact in index.facts_of(program.id)
        if fact.kind is K.COUNT
        and "example" not in fact.flags
        and as_figure(fact).bound in _UP_TO
        and _like(said, as_figure(fact))
    ]
    return found if len({fact.number for fact in found}) == 1 else []


def _kind_of(said: Figure, kinds: tuple[FactKind, ...], told: list[Fact]) -> FactKind:
    """The kind that a figure is of: one that states it (a limit before what is added to it), else the likeliest."""
    own = tuple(kind for kind in kinds if kind is not K.LIMIT_ADDITION) or kinds
    exact = [kind for kind in own for fact in told if fact.kind is kind and same_value(as_figure(fact), said)]
    if exact or said.kind is not FigureKind.MONEY or not said.yen:
        return (exact or list(own))[0]
    return min(own, key=lambda kind: min(_distance(said, fact) for fact in told if fact.kind is kind))


def _distance(said: Figure, fact: Fact) -> float:
    """How many times one sum is the other, as a logarithm; sums without a single value are far off."""
    if not said.yen or not fact.yen:
        return 99.0
    return abs(math.log(abs(said.yen) / abs(fact.yen)))


def _like(said: Figure, other: Figure) -> bool:
    """Whether two figures can be compared at all: money with money, 件 with 件, a year with a period."""
    if said.kind is FigureKind.YEAR:
        return other.kind is FigureKind.PERIOD
    if said.kind in COUNTED:
        return same_value(_one(said), _one(other))
    shares = (FigureKind.RATE, FigureKind.PERCENT)
    return said.kind is other.kind or (said.kind in shares and other.kind in shares)


def _one(figure: Figure) -> Figure:
    return replace(figure, number=1.0, number_min=None, number_max=None)


def _compared(query: Query, program: Program, index: Index, said: Figure, told: list[Fact]) -> list[DraftSentence]:
    right = [fact for fact in told if _equal(query, said, fact)]
    if right and (span := span_missed(query.question, said, right)):
        return [DraftSentence(span, allowed=(said,)), *sentences_of(query, program, index, once(right))]
    if right and (stage := stage_missed(query.question, right)):
        return [DraftSentence(stage, allowed=(said,)), *sentences_of(query, program, index, once(right))]
    if with_steps := _in_its_case(query, program, index, said, told):
        return with_steps
    region = index.documents[program.document].region
    if right and (other := place_missed(query, region)):
        opening = f"これは{region}の資料にある額で、{other}の資料で確かめたものではありません。"
        return [DraftSentence(opening), *sentences_of(query, program, index, once(right))]
    if right and (bound := not_small(query, right, index)):
        return _above(query, program, index, said, right, bound)
    if right and len(right) == len(told) and (cased := _of_another_case(query, program, index, right)):
        first = DraftSentence("場合によって異なります。")
        return [first, *sentences_of(query, program, index, once([*right, *cased]))]
    if right and len(right) == len(told):
        opening = "資料にあるのは概算要求の額です。" if is_request(query, right) else "はい、そのとおりです。"
        return [DraftSentence(opening), *sentences_of(query, program, index, once(right))]
    opening = _opening(query, said, told, right)
    more = () if right else _what_it_is(query, program, index, said, told)
    return [DraftSentence(opening, allowed=(said,)), *sentences_of(query, program, index, once(told)), *more]


def _in_its_case(query: Query, program: Program, index: Index, said: Figure, told: list[Fact]) -> list[DraftSentence]:
    """「空き店舗でも200万円ぽっきりですよね」: what it comes to where the case that the question tells adds to it."""
    bare = replace(query, question=query.question.replace(said.text, "〓"))
    facts = once(stated(bare, program, index, (told[0].kind,)))
    sums = totals(bare, program, facts, index)
    if len(sums) != 1 or sums[0].of[0] not in told:
        return []
    value = sums[0].yen if sums[0].yen is not None else sums[0].number
    so = value == (said.yen if sums[0].yen is not None else said.number)
    so = so or (_ADDS.search(query.question) is not None and _equal(query, said, sums[0].of[0]))
    opening = (
        "はい、そのとおりです。"
        if so
        else _opening(query, said, told, [one for one in sums[0].of[:1] if _equal(query, said, one)])
    )
    first = DraftSentence(opening, allowed=(said,))
    return [first, *sentences_of(query, program, index, [*sums[0].of]), total_told(program, sums[0])]


def _of_another_case(query: Query, program: Program, index: Index, right: list[Fact]) -> list[Fact]:
    """「原則3回と聞いたが、跡継ぎの悩みなら増える?」: what is printed beside it for the case that is spoken of."""
    heard = hear(query, (program.program, *program.aliases))
    if not heard.says("against") and _GROWS.search(heard.plain) is None:
        return []
    cased = [
        fact
        for fact in index.facts_of(program.id)
        if fact.condition
        and fact not in right
        and "example" not in fact.flags
        and any(
            (fact.kind, fact.subprogram, fact.line_start) == (one.kind, one.subprogram, one.line_start) for one in right
        )
    ]
    return steps_spoken_of(heard, cased, right, index)


def _above(
    query: Query, program: Program, index: Index, said: Figure, right: list[Fact], bound: Fact
) -> list[DraftSentence]:
    """What is stated for those who are above the bound of being small, and the bound."""
    same = [fact for fact in index.facts_of(program.id) if fact.kind is right[0].kind and fact not in right]
    same = [fact for fact in same if fact.subprogram == right[0].subprogram and "example" not in fact.flags]
    opening = DraftSentence(f"いいえ、{said.text}ではありません。", allowed=(said,))
    return [opening, *sentences_of(query, program, index, once([*same, bound]))]


def _opening(query: Query, said: Figure, told: list[Fact], right: list[Fact]) -> str:
    if right:
        return "いいえ、場合によって異なります。" if _FOR_ALL.search(query.question) else "場合によって異なります。"
    if any(_near(query, said, fact) for fact in told):
        return "おおむねそのとおりです。"
    if any(_within(said, fact) for fact in told):
        return "資料では幅があります。"
    if not re.search(r"[0-9０-９〇一二三四五六七八九十百千万億/／]", said.text):
        return "いいえ、そうではありません。"  # 「半額ですよね」
    unit = "円" if said.kind is FigureKind.MONEY and not _says_yen(said.text) else ""
    return f"いいえ、{said.text}{unit}ではありません。"


def _says_yen(text: str) -> bool:
    return "円" in text or "¥" in text or "￥" in text


def _what_it_is(
    query: Query, program: Program, index: Index, said: Figure, told: list[Fact]
) -> Sequence[DraftSentence]:
    """What the program does state as the figure that was taken for another: 「750億円」 is its 融資枠."""
    labels = {fact_label(fact) for fact in told}
    others = [
        fact
        for fact in index.facts_of(program.id)
        if fact.kind in _COMPARABLE.get(said.kind, ())
        and fact.kind not in (K.OTHER, K.BUDGET_CHANGE)
        and "example" not in fact.flags
        and fact_label(fact) not in labels
        and same_value(as_figure(fact), said)
    ]
    return sentences_of(query, program, index, once(others[:1])) if others else ()


def _equal(query: Query, said: Figure, fact: Fact) -> bool:
    if (
        said.kind is FigureKind.YEAR and said.number is not None
    ):  # 「R6まで」 is the end of a period, 「R6から」 its start
        ends = _ENDS.search(query.question.split(said.text, 1)[-1]) or said.bound == "まで"
        return said.number == (fact.number_max if ends else fact.number_min)
    return same_value(as_figure(fact), said)


def is_request(query: Query, facts: Sequence[Fact]) -> bool:
    """Whether a question speaks of a budget as voted and the figures are but requested ones."""
    plain = search_form(query.question)
    voted = says_any(plain, table("questions")["strange"]["voted"])
    return voted and bool(facts) and all(fact.kind is K.BUDGET and "要求" in fact.stage for fact in facts)


def _near(query: Query, said: Figure, fact: Fact) -> bool:
    """「5億円くらい」, 「9百万円ちょっと」, and a sum that is the printed one in fewer places."""
    if not said.yen or not fact.yen:
        return False
    loose = ROUND if len(str(said.yen).rstrip("0")) == 1 else NEAR  # 「1億くらい」 says one place
    if _ABOUT.search(query.question) and abs(said.yen - fact.yen) <= loose * fact.yen:
        return True
    behind = query.question.split(said.text, 1)[-1]
    if _MORE.search(behind) and 0 < fact.yen - said.yen <= _SLIGHTLY * said.yen:
        return True
    if _LESS.search(behind) and 0 < said.yen - fact.yen <= _SLIGHTLY * said.yen:
        return True
    return _rounded(said.yen, fact.yen)


def _rounded(said: int, printed: int) -> bool:
    """Whether a sum of two places or more is a printed one, rounded or cut there."""
    step = 1
    while said % (step * 10) == 0:
        step *= 10
    if said < 10 * step or printed == said:
        return False
    return printed // step * step == said or (printed + step // 2) // step * step == said


def _within(said: Figure, fact: Fact) -> bool:
    value, low, high = said.yen, fact.yen_min, fact.yen_max
    if value is None:
        value, low, high = said.number, fact.number_min, fact.number_max  # type: ignore[assignment]
    return value is not None and low is not None and high is not None and low <= value <= high
