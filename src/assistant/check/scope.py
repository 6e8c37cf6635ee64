"""Which facts a figure is held against: those of the program, part, case, year and stage that the text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..figures import find_figures, fiscal_year, year_number
from ..index import Index
from ..records import Fact, FactKind, Figure, FigureKind
from ..tokens import fold
from ..values import as_figure
from .place import BRACKET, PIECE, Place

LAST_YEAR = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
# What a program's page states for all its parts; its budget and its sources are not those of a part.
_COMMON = frozenset(
    {
        FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE,
        FactKind.GUARANTEE_RATE, FactKind.LOAN_TERM, FactKind.PERIOD, FactKind.PHONE,
    }
)  # fmt: skip
_ITEMISED = frozenset({FactKind.TARGET, FactKind.COUNT, FactKind.OTHER, FactKind.BREAKDOWN})
_LINKS = r"[」』）)]?(?:では|には|は|が|で|、|:|：|[ 　])*(?:約|年間?|計)*[ 　]*"
_NAME_BEFORE = re.compile(rf"＿{_LINKS}$")
_TERM = re.compile(r"据え?置き?(?:期間)?|(?:融資|貸付|返済|償還|借入|保証)期間")
# the noun right before a figure: 「相談受付先数は年間」, 「AI人材を全国で合計」
_NOUN = re.compile(
    r"([一-龠々ぁ-んァ-ヶーa-z・]*[一-龠々ァ-ヶーa-z]{3})(?:として|では|には|は|が|を|も|の|:|、)*(?:約|年間?|全国で|合計|計)*$"
)
_PREVIOUS = re.compile(r"(?<!対)(?:前年|昨年|去年)(?:度)?(?!度?(?:比|同|並|からの増|からの減|増減))")
_STAGES = ("概算要求", "当初予算", "補正予算")
_STAGE_WORDS = {
    "要求": ("要求", "要望額"),
    "当初": ("当初予算", "本予算"),
    "補正": ("補正予算", "補正額"),
    "成立": ("成立", "可決", "議決", "予算案"),
    "決算": ("決算", "執行額", "支出済", "実績額"),
}
_STAGE_BEHIND = re.compile(r"[ 　]*(?:の予算|の予算額)?[がをのでは]?[^、。0-9０-９（(「]{0,6}?(要求|成立|可決|議決)")
_UNTIL = re.compile(r"[ 　]*(?:まで|以降|以前|末|頃|ごろ)")  # a year by which something is to be, not of the figure
_COMPARED = re.compile(r"[ 　]*(?:[）)])?[ 　]*(?:から|に比べ|と比べ|に対し|より|比)")
# 「9.6億円から10.3億円に」: the first amount is that of the year before, unless its own year stands right before it
_MOVED = re.compile(
    r"[ 　]*(?:から[ 　]*[^、。はが0-9０-９]{0,4}(?:[0-9０-９.．]+倍の)?[0-9０-９][^、。はがの]{0,24}?円[ 　]*[にへ]"
    r"|[→⇒➡➔]+[ 　]*約?[0-9０-９][^、。はがの]{0,24}?円)"
)
_ITS_YEAR = re.compile(r"(?:の|当初|予算|額|は|が|[ 　（(])*")
_ROUNDED = 0.1  # per cent points
_REACH = 20  # figures before a figure whose years may be its year


@dataclass
class Context:
    """What the text has said so far."""

    programs: tuple[str, ...] = ()
    subprogram: str | None = None
    part_here: bool = False  # this statement names the part, not an earlier one
    regions: tuple[str, ...] = ()
    region_here: bool = False  # this sentence names the region, not an earlier one
    fixed: bool = False  # whoever asks has named the program beside the text
    story: str = ""  # the sentences before tell of a customer, or of an application: amounts are of that case
    asked: bool = False  # the text speaks of a request (概算要求), so 予算 in it may be one


def facts_about(program: str, context: Context, index: Index) -> Iterator[Fact]:
    """Facts of a program in the region named; of the part named, with what the program states for all its parts."""
    if context.regions and not _in_region(program, context, index):
        return
    facts = [fact for fact in index.facts_of(program) if "example" not in fact.flags]
    own = [fact for fact in facts if context.subprogram and fact.subprogram == context.subprogram]
    if not own:
        yield from facts
        return
    yield from own
    stated = {fact.kind for fact in own}
    for fact in facts:
        if fact.subprogram is None and fact.kind in _COMMON and (fact.condition or fact.kind not in stated):
            yield fact


def _in_region(program: str, context: Context, index: Index) -> bool:
    """An earlier sentence's region says which of several programs is meant, but bars no program of another region."""
    regions = {index.documents[index.programs[one].document].region for one in context.programs}
    if not context.region_here and not regions & set(context.regions):
        return True
    return index.documents[index.programs[program].document].region in context.regions


def of_item(place: Place, facts: list[Fact]) -> list[Fact]:
    """Facts of what is counted or paid for, where its own words stand right before the figure (相談受付先数は年間…)."""
    match = _NOUN.search(fold(place.before))
    return [
        fact
        for fact in facts
        if match and fact.kind in _ITEMISED and _calls(match[1], fact.item or "") and _comparable(fact, place.figure)
    ]


def _calls(noun: str, item: str) -> bool:
    """Whether a noun is a fact's item, or the end of a longer one (…からの相談受付先数)."""
    own = fold(item)
    return len(own) >= PIECE and (own.endswith(noun) or noun.endswith(own))


def of_name(place: Place, part: str | None, facts: list[Fact]) -> list[Fact]:
    """Facts of a number of things that nothing but a name stands before (承継トライアル補助金は約450者)."""
    named = _NAME_BEFORE.search(place.bare) or (part and re.search(rf"{re.escape(part)}{_LINKS}$", place.before))
    if place.figure.kind is not FigureKind.COUNT or not named:
        return []
    return [fact for fact in facts if fact.kind in _ITEMISED and _comparable(fact, place.figure)]


def _comparable(fact: Fact, figure: Figure) -> bool:
    value = as_figure(fact)
    return value.kind is figure.kind and (figure.kind is FigureKind.MONEY or value.unit == figure.unit)


def of_term(place: Place, facts: list[Fact]) -> list[Fact]:
    """A term of grace (据置) is none of the loan; which is meant is open where another figure stands between."""
    before = BRACKET.sub("", place.before)
    words = list(_TERM.finditer(before))
    grace = bool(words) and "据" in words[-1].group()
    told = len(find_figures(before[words[-1].end() :])) if grace else 0
    if told:
        return facts
    return [fact for fact in facts if fact.kind is not FactKind.LOAN_TERM or ("据置" in (fact.item or "")) == grace]


def of_stage(place: Place, context: Context, facts: list[Fact]) -> list[Fact]:
    """A request is no budget: what a ministry asks for does not say what was voted, nor the other way round.

    Nor is a budget at the start of the year a supplement or what was spent.  A request may be called 予算 where the
    text says somewhere that it is one.
    """
    if place.figure.kind is not FigureKind.MONEY:
        return facts
    said = _stage_said(place)
    if said is None:
        called = place.words.rfind("予算") > place.words.rfind("費") and not context.asked
        return [fact for fact in facts if not (called and fact.kind is FactKind.BUDGET and "要求" in fact.stage)]
    return [fact for fact in facts if fact.kind is not FactKind.BUDGET or _is_of_stage(fact, said)]


def _stage_said(place: Place) -> str | None:
    """The stage said right behind an amount (50億円が成立), else the one said last before it."""
    behind = _STAGE_BEHIND.match(place.after)
    if behind:
        return "要求" if behind[1] == "要求" else "成立"
    words = {stage: max(place.words.rfind(word) for word in said) for stage, said in _STAGE_WORDS.items()}
    last = max(words, key=lambda stage: words[stage])
    return last if words[last] >= 0 else None


def _is_of_stage(fact: Fact, said: str) -> bool:
    own = f"{fact.stage}{fact.item or ''}{fact.condition or ''}"
    if said in ("補正", "決算"):
        return said in own or fact.stage not in (*_STAGES, "施策一覧", "推進計画")
    if fact.stage not in _STAGES:
        return True
    return ("要求" in fact.stage) == (said == "要求") and (said != "当初" or "補正" not in fact.stage)


def of_year(place: Place, facts: list[Fact], kinds: tuple[FactKind, ...]) -> list[Fact]:
    """Facts of the year that the sentence names, if it names one; else those of the document's own year."""
    said, previous = _year_said(place)
    if said is None and not previous:
        if kinds and set(kinds) <= set(LAST_YEAR):
            return facts
        return [fact for fact in facts if fact.kind not in LAST_YEAR]
    if said is None:
        wanted = {document: year - 1 for document, year in _own_years(facts).items()}
        found = [fact for fact in facts if year_number(fact.fiscal_year) == wanted.get(fact.document)]
    else:
        found = [fact for fact in facts if year_number(fact.fiscal_year) == said - previous]
    return [fact for fact in found if fact.kind is not FactKind.BUDGET_REVISED or "当初" not in place.before[-12:]]


def of_base(place: Place, facts: list[Fact]) -> list[Fact]:
    """Rates of growth over the amount that the sentence compares with (9月現計の72億円から…): those that it gives."""
    bases = [one.yen for one in place.figures if one.yen and _COMPARED.match(place.before, one.end)]
    budgets = {as_figure(fact).yen for fact in facts if fact.kind is FactKind.BUDGET} - {None}
    if place.figure.kind is not FigureKind.PERCENT or not bases or len(budgets) != 1:
        return facts
    (budget,) = budgets
    grown = (budget or 0) / bases[-1] * 100 - 100
    return [
        fact
        for fact in facts
        if fact.kind is not FactKind.BUDGET_CHANGE or fact.number is None or abs(fact.number - grown) < _ROUNDED
    ]


def _own_years(facts: list[Fact]) -> dict[str, int]:
    """The year of each document, which most of its budgets are of; plans have amounts of later years as well."""
    budgets = [fact for fact in facts if fact.kind is FactKind.BUDGET]
    years: dict[str, Counter[int]] = {}
    for fact in budgets or [fact for fact in facts if fact.kind not in LAST_YEAR]:
        year = year_number(fact.fiscal_year)
        if year is not None:
            years.setdefault(fact.document, Counter())[year] += 1
    return {document: count.most_common(1)[0][0] for document, count in years.items()}


def _year_said(place: Place) -> tuple[int | None, int]:
    """The year said last before a figure, and 1 when 「前年度」 speaks of this amount.

    「前年度の10億円から9億円に」 and brackets with amounts (前年度 70億円) leave what follows as it was.
    """
    before, figures = place.before, [one for one in place.figures if one.end <= place.figure.start][-_REACH:]
    start = 0
    hidden = [
        match.span()
        for match in BRACKET.finditer(before)
        if any(match.start() < one.start < match.end() and one.kind is not FigureKind.YEAR for one in figures)
    ]
    years = []
    for one in figures:
        if one.kind is FigureKind.YEAR:
            inside = any(begin < one.start < end for begin, end in hidden)
            if not inside and fiscal_year(one.text) and not _UNTIL.match(before, one.end):
                years.append(one)
        else:
            if before.startswith("から", one.end):
                years.clear()
            start = one.end
    said = year_number(years[-1].text) if years else None
    if place.figure.kind is FigureKind.MONEY and _MOVED.match(place.after):
        own = years and _ITS_YEAR.fullmatch(before, years[-1].end) and not before.endswith(("は", "が"))
        return said, 0 if own else 1
    relative = place.figure.kind is FigureKind.MONEY and list(_PREVIOUS.finditer(before, start))
    if relative and (not years or relative[-1].start() > years[-1].start):
        return said, 1
    return said, 0
