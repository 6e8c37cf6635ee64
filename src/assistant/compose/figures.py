"""Sentences that tell figures: one for each program, 枠 and kind, its conditions side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..figures import same_value, year_number
from ..index import Index
from ..records import DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..retrieve import PREVIOUS
from ..tokens import fold
from ..understand import wanted
from ..understand.asked import asked_apart, asked_groups
from ..values import as_figure
from ..values.dated import year_of
from .cases import base_beside, is_step, of_asked_case
from .context import is_fax, parts_of
from .heard import asks_steps_alone, hear
from .hours import hours_of, spans_of
from .labels import called, fact_label, is_result, kind_label, where_from
from .quoting import is_told_by_its_line, quoted_sentences
from .select import own_parts, stated
from .sought import of_asked_per, of_asked_unit
from .stepped import total_told, totals
from .trade import FUNDING as FUNDING
from .trade import by_trade
from .words import without_name
from .years import BOTH, both_years

NOT_STATED = "は、収録した資料に記載がありません。"  # how a sentence ends that tells that a figure is missing
MOST = 12  # figures in one sentence; more are left to the sources
_DATED = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE, FactKind.PHONE)
_LENT = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_YEAR = re.compile(r"年|\b[rhs][0-9]|20[0-9]{2}")
_TERMS = (
    FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE,
)  # fmt: skip
_LINES = 4  # that are quoted for one kind
_OF_TIME = ("年", "月", "日", "回")
_COUNTED = (FactKind.COUNT, FactKind.TARGET)
_OF_SHARES = re.compile("目標|指標|成果|目指|割合|率|%|％|パーセント|何割|いくつ|[kK][pP][iI]")
_OF_ALL = re.compile("予算|総額|全体|合計|事業費|要求")
_COMPUTED = re.compile(r"（[^（）]*）$")  # what a check computed stands in no document: it is reported, not told
_WHOLE_TOO = re.compile(r"^[^一-龠]{0,3}の?(?:全体の?|当初)?(?:予算額?|事業費|要求額|総額|額)(?:と|、|も、)、?(?!うち)")
_WHEN = re.compile(r"いつ(?:ごろ|頃)?(?!ま|か|も|で)|何月何日|日にち|日程|何日に|日取り")
_DATE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日")
# 「全部でいくらで、うち…は?」
_WHOLE_FIRST = re.compile(
    r"(?:全部|全体|総額|トータル|合計|予算額?|事業費|要求額?)(?:で|は|が)?(?:いくら|なんぼ|何[億万千]*円|ど[のれ]くらい)[^?？。]{0,6}[、?？。]?(?:その|この)?うち"
)
_NUMBERED = re.compile(r"\([0-9]+\)＝")  # what the number of a condition stands for
# bounds in brackets, which no fact bears
_AGES = re.compile(r"[（(](?![0-9]{1,2}[)）]＝)[^（）()]*[0-9０-９][^（）()]*[)）]")
# words that may mean either: 限度額 of a subsidy or a loan, 期間 of a loan or a program
_FAMILIES = (
    {FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LIMIT_ADDITION},
    {FactKind.LOAN_TERM, FactKind.PERIOD},
    {FactKind.COUNT, FactKind.TARGET},
    set(FUNDING),
)

Group = tuple[str, str | None, str]  # program, subprogram, label


def figure_sentences(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """Sentences with the facts of one program that a query asks for, then what of it is not stated."""
    query = by_trade(query, program, index)
    kinds = kinds_of(query, last_year)
    facts = _of_counts(query, stated(query, program, index, kinds))
    facts = of_asked_per(hear(query, (program.program, *program.aliases)), program, facts, index) or facts
    facts += [] if last_year else _asked_apart(query, program, facts, index)
    facts += _paid_instead(query, program, facts, index)
    if query.open_amount and not query.kinds:
        facts = _first_kind((*kinds, FactKind.BREAKDOWN), _of_the_whole(query, program, facts))
    added = {fact.kind for fact in facts} == {FactKind.LIMIT_ADDITION}
    if added and FactKind.SUBSIDY_LIMIT in kinds and not asks_steps_alone(hear(query, ())):
        facts = []  # by how much a limit rises is not the limit
    facts = facts + _rates_beside(query, facts, index)
    facts = [*base_beside(hear(query, ()), facts, index), *facts]
    spans = spans_of(query, program, facts, index)
    facts = [*facts, *spans]
    both = both_years(query, facts, stated(query, program, index, BOTH))
    facts = facts + [fact for fact in both if fact not in facts]
    sentences = sentences_of(query, program, index, facts)
    sentences += [total_told(program, total) for total in totals(query, program, facts, index)]
    sentences += hours_of(query, program, facts, index)
    if sentences and not last_year:
        told = {fact.kind for fact in facts} | ({FactKind.BUDGET_CHANGE} if both else set())
        told |= {FactKind.PERIOD} if spans else set()
        told |= {FactKind.LIMIT_ADDITION} if any(map(is_step, facts)) else set()  # 「どれだけ上乗せ」 of a rate
        units, kinds_told = _by_their_unit(query, program, facts, index)
        sentences += [*units, *_not_stated(query, program, told | kinds_told, index)]
    return sentences


def _by_their_unit(
    query: Query, program: Program, told: list[Fact], index: Index
) -> tuple[list[DraftSentence], set[FactKind]]:
    """What is asked by its unit beside what is told (「何割で、何か月?」), and the kinds that are so answered."""
    question = without_name(query.question, program)
    sentences: list[DraftSentence] = []
    kinds: set[FactKind] = set()
    for place, fact in of_asked_unit(question, program, told, own_parts(query, program), index):
        own = quoted_sentences(program, [fact], index, first=False)
        own = own or (list(_sentences(program, "", [fact], first=False)) if fact.item else [])
        sentences += [one for one in own if one not in sentences]
        asked = [group for group, piece in asked_apart(question) if own and fold(question)[place:][:2] in fold(piece)]
        kinds |= {kind for group in asked for kind in group}
    if _WHEN.search(question) and FactKind.PERIOD not in query.kinds:  # 「説明会はいつ、何人まで」
        dated = [fact for fact in told if fact.kind in _COUNTED and _DATE.search(fold(fact.quote))]
        sentences += quoted_sentences(program, dated, index, first=False)
    return sentences, kinds


def _of_counts(query: Query, facts: list[Fact]) -> list[Fact]:
    """「件数は?」 is not answered with a share, unless a target is asked for."""
    facts = [fact for fact in facts if not is_result(fact)]  # those of an earlier call are asked for by its name
    if FactKind.COUNT not in query.kinds or _OF_SHARES.search(query.question):
        return facts
    shares = (FigureKind.PERCENT, FigureKind.RATE)
    return [fact for fact in facts if fact.kind not in _COUNTED or as_figure(fact).kind not in shares]


def _asked_apart(query: Query, program: Program, told: list[Fact], index: Index) -> list[Fact]:
    """Figures asked for by a stretch of their own whose kind another stretch, by what it describes, left out."""
    groups = [(kinds, piece) for kinds, piece in asked_apart(without_name(query.question, program)) if kinds]
    parts = own_parts(query, program)
    known = {fact.kind for fact in told}
    found: list[Fact] = []
    question = without_name(query.question, program)
    whole = bool(parts) and FactKind.BUDGET in set(query.kinds) - known and bool(_WHOLE_TOO.match(question))
    if whole or (known == {FactKind.BREAKDOWN} and _WHOLE_FIRST.search(question)):
        found += [one for one in index.facts_of(program.id) if one.kind is FactKind.BUDGET and not one.subprogram][:1]
    if len(groups) < 2:
        return found
    for kinds, piece in groups:
        alike = set(kinds).union(*(family for family in _FAMILIES if family & set(kinds)))
        wanted_here = tuple(kind for kind in kinds if kind in query.kinds)
        if not wanted_here or alike & known or not set(wanted_here) & index.kinds_of(program.id):
            continue
        if any(fold(part) in fold(piece) for part in parts):
            continue
        if FactKind.BUDGET in alike and FactKind.BREAKDOWN in known and not (parts or _OF_ALL.search(piece)):
            continue  # 「…の分はいくら」 is answered by the amount of that piece
        year = query.figure_year if _YEAR.search(piece) else None
        alone = replace(query, question=piece, kinds=wanted_here, words=(), weak=(), terms=(), case=None)
        here = stated(replace(alone, figure_year=year, subprograms=()), program, index, wanted_here)
        found += [fact for fact in here if not parts or not fact.subprogram]  # what holds for the whole program
    return [fact for fact in dict.fromkeys(found) if fact not in told]


def _paid_instead(query: Query, program: Program, told: list[Fact], index: Index) -> list[Fact]:
    """「国内と海外でいくらずつ、年に何回?」: what is paid or lent, where an amount of no kind is no budget here."""
    named = any(FactKind.BUDGET in group for group in asked_groups(query.question))
    known = {fact.kind for fact in told}
    if named or not told or FactKind.BUDGET not in query.kinds or known & {FactKind.BUDGET, FactKind.BREAKDOWN, *_LENT}:
        return []
    return _first_kind(_LENT, stated(replace(query, kinds=_LENT), program, index, _LENT))


def _rates_beside(query: Query, facts: list[Fact], index: Index) -> list[Fact]:
    """The rates printed on the line of a limit that is told: what is paid is the lesser of the two.

    Of rates that differ by case those of the case that is asked, or all of them.
    """
    if any(fact.kind is FactKind.SUBSIDY_RATE for fact in facts):
        return []
    limits = {
        (fact.line_start, fact.subprogram, case)
        for fact in facts
        if fact.kind is FactKind.SUBSIDY_LIMIT
        for case in (fact.condition, None)
    }
    lines = {limit[:2] for limit in limits}
    programs = dict.fromkeys(fact.program_id for fact in facts)
    every = (fact for program in programs for fact in index.facts_of(program))
    beside = [one for one in every if one.kind is FactKind.SUBSIDY_RATE and (one.line_start, one.subprogram) in lines]
    own = [fact for fact in beside if (fact.line_start, fact.subprogram, fact.condition) in limits]
    if own or not beside or any(fact.condition for fact in facts if fact.kind is FactKind.SUBSIDY_LIMIT):
        return own
    return of_asked_case(hear(query, ()), beside, index)


def sentences_of(query: Query, program: Program, index: Index, facts: list[Fact]) -> list[DraftSentence]:
    """Sentences that tell these facts, in the order the question asks for their kinds."""
    region = index.documents[program.document].region
    kinds = (*kinds_of(query, False), *dict.fromkeys(fact.kind for fact in facts))
    sentences: list[DraftSentence] = []
    for group in _in_asked_order(tuple(dict.fromkeys(kinds)), facts):
        if group[0].kind in FUNDING:
            whole = [fact for fact in index.facts_of(program.id) if fact.kind in FUNDING]
            sentences.append(_funding(program, region, group, whole, first=not sentences))
        elif quoted := [fact for fact in group if is_told_by_its_line(fact)] or _unlike(program, group, index):
            told = quoted_sentences(program, quoted, index, first=not sentences)
            others = [fact for fact in group if fact not in quoted] or ([] if told else group)
            known = {quote for one in sentences for quote in one.quotes}
            told = [one for one in told if not known >= {*one.quotes}]
            sentences += [*told, *_sentences(program, region, others, first=not (sentences or told))]
        else:
            sentences += _sentences(program, region, group, first=not sentences)
    return sentences


def _unlike(program: Program, facts: list[Fact], index: Index) -> list[Fact]:
    """Rates or limits that differ though nothing the table knows sets them apart: their own lines say for whom.

    With them go the figures of a case on the same lines; one whose line cannot be quoted is told as it is.
    """
    bare = [one for one in facts if one.kind in _TERMS and not one.condition and not is_step(one)]
    groups: dict[tuple[str | None, str, str | None], list[Fact]] = {}
    for fact in bare:
        per = fact.per if fact.per in _OF_TIME else None
        groups.setdefault((fact.subprogram, fact.fiscal_year, per), []).append(fact)
    alike = [same for same in groups.values() if len({(one.yen, one.number) for one in same}) > 1]
    unlike = any(len({one.per for one in same}) == 1 for same in alike)
    lines = {one.line_start for one in bare} if unlike else set()
    if not lines or len(lines) > _LINES:
        return []
    of_lines = [fact for fact in facts if fact.line_start in lines]
    return of_lines if all(quoted_sentences(program, [fact], index, first=False) for fact in of_lines) else []


def kinds_of(query: Query, last_year: bool) -> tuple[FactKind, ...]:
    """The kinds to look for; of a year that stands as last year's in a later document, those of last year."""
    kinds = wanted(query)
    if not last_year:
        return kinds
    return tuple(dict.fromkeys(other for kind in kinds for other in (*PREVIOUS.get(kind, ()), kind)))


def _of_the_whole(query: Query, program: Program, facts: list[Fact]) -> list[Fact]:
    """「いくら」 of a program of many parts is not the limit of one of them."""
    limits = {fact.subprogram for fact in facts if fact.kind in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)}
    whole = any(fact.kind is FactKind.BUDGET and not fact.subprogram for fact in facts)
    if not whole or own_parts(query, program) or None in limits or len(limits) >= len(parts_of(program)):
        return facts
    return [fact for fact in facts if fact.subprogram is None]


def _first_kind(kinds: tuple[FactKind, ...], facts: list[Fact]) -> list[Fact]:
    """「いくら」: what the program pays, else what it lends, else its budget."""
    for kind in kinds:
        found = [fact for fact in facts if fact.kind is kind]
        if found and kind is FactKind.SUBSIDY_LIMIT:
            return [*found, *(fact for fact in facts if fact.kind is FactKind.LIMIT_ADDITION)]
        if found:
            return found
    return []


def _in_asked_order(kinds: tuple[FactKind, ...], facts: list[Fact]) -> list[list[Fact]]:
    """Facts by kind in the order asked; the sources of money make one group."""
    groups: dict[str, list[Fact]] = {}
    for kind in kinds:
        key = "funding" if kind in FUNDING else kind.value
        groups.setdefault(key, []).extend(fact for fact in facts if fact.kind is kind)
    return [once(group) for group in groups.values() if group]


def once(facts: list[Fact]) -> list[Fact]:
    """Each value once: a figure printed in two places is told from the place that speaks of it most."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=_second_hand):
        if not any(_says_the_same(fact, other) for other in kept):
            kept.append(fact)
    order = {fact.fact_id: place for place, fact in enumerate(facts)}
    return sorted(kept, key=lambda fact: order[fact.fact_id])


def _second_hand(fact: Fact) -> tuple[bool, bool, bool]:
    """A relisted or partial figure, or one written out in 億 and 万, comes after the table's own."""
    return "再掲" in fact.flags, "の一部" in fact.flags, "億" in fact.text or "万" in fact.text


def _says_the_same(one: Fact, other: Fact) -> bool:
    if (one.kind, one.subprogram, one.condition, one.fiscal_year, one.stage) != (
        other.kind, other.subprogram, other.condition, other.fiscal_year, other.stage,
    ):  # fmt: skip
        return False
    if one.kind is FactKind.PHONE:
        return one.text == other.text
    return same_value(as_figure(one), as_figure(other))


def _sentences(program: Program, region: str, facts: list[Fact], *, first: bool) -> Iterable[DraftSentence]:
    groups: dict[Group, list[Fact]] = {}
    for fact in facts[:MOST]:
        subprogram = None if fact.kind is FactKind.BREAKDOWN else fact.subprogram
        groups.setdefault((fact.program, subprogram, _dated(program, fact)), []).append(fact)
    for (owner, subprogram, label), members in groups.items():  # what the whole scheme states bears its name
        head = f"{called(replace(program, program=owner), subprogram)}の{label}は、"
        if first:
            head = f"{where_from(program, region)}の資料では、{head}"
            first = False
        yield _told(head, members)


def _dated(program: Program, fact: Fact) -> str:
    """What a fact is called, with its year where that is not its document's: 「令和7年度の件数など」."""
    label = fact_label(fact)
    own, year = year_number(program.fiscal_year), year_of(fact, program.fiscal_year)
    if own is None or year in (None, own) or fact.kind in _DATED:
        return label
    printed = year == year_number(fact.fiscal_year)
    return f"{fact.fiscal_year if printed else '前年度'}の{label}"


def _told(head: str, facts: list[Fact]) -> DraftSentence:
    """「補助率は、A枠が{0}、B枠が{1}です」."""
    pieces = []
    before = ""
    for place, fact in enumerate(facts):
        name = _told_of(fact)
        mark = "{" + str(place) + "}"
        pieces.append(f"{name}が{mark}" if name and name != before else mark)
        before = name
    doubts = [_COMPUTED.sub("", fact.note) for fact in facts if fact.note and "suspect" in fact.flags]
    tail = f"（この資料の表記には疑いがあります：{doubts[0]}）" if doubts else ""
    meant = dict.fromkeys(_AGES.sub("", fact.note) for fact in facts if fact.note and _NUMBERED.match(fact.note))
    meant = {note: None for note in meant if note.count("＝") == 1}  # of several it cannot be shown which one is meant
    meant = {
        note: None for note in meant if not re.search("[0-9０-９]", note.partition("＝")[2])
    }  # no figure of its own
    tail += f"（{'、'.join(filter(None, meant))}）" if meant else ""
    parts = "（資料の表記は「…の一部」です）" if any("の一部" in fact.flags for fact in facts) else ""
    return DraftSentence(f"{head}{'、'.join(pieces)}です{parts}{tail}。", tuple(facts))


def _told_of(fact: Fact) -> str:
    """What sets a figure apart from its neighbours: its condition, or what it counts."""
    if fact.kind is FactKind.BREAKDOWN:
        return fact.subprogram or fact.condition or fact.item or ""
    if fact.kind is FactKind.PHONE:
        return fact.item or (fact.condition if is_fax(fact) else None) or ""
    if fact.kind is FactKind.BUDGET_CHANGE:
        return fact.condition or (fact.item if fact.yen is None else None) or ""
    if fact.kind in (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER):
        return fact.condition or fact.item or ""
    return fact.condition or ""


def _funding(program: Program, region: str, facts: list[Fact], whole: list[Fact], *, first: bool) -> DraftSentence:
    """The sources of money side by side; 全額 when the program has but one."""
    head = f"{where_from(program, region)}の資料では、" if first else ""
    mark = "全額" if len({fact.kind for fact in whole}) == 1 else ""
    pieces = [f"{mark}{_source_of_money(fact)}" + "{" + str(place) + "}" for place, fact in enumerate(facts)]
    return DraftSentence(f"{head}{called(program)}の財源内訳は、{'、'.join(pieces)}です。", tuple(facts))


def _source_of_money(fact: Fact) -> str:
    """「その他（基金繰入金）」: the kind, and what the document calls it where that says more."""
    label = kind_label(fact.kind)
    said = fact.condition if fact.condition and fact.condition not in label else None
    return f"{label}（{said}）" if said else label


def missing_sentences(query: Query, program: Program) -> list[DraftSentence]:
    """That none of the kinds that a question asks for is stated."""
    labels = "と".join(dict.fromkeys(kind_label(kind) for kind in query.kinds[:1]))
    return [DraftSentence(f"{called(program)}の{labels}{NOT_STATED}")] if labels else []


def _not_stated(query: Query, program: Program, told: set[FactKind], index: Index) -> list[DraftSentence]:
    """Kinds that were asked for in words of their own and that the document does not state, of the part if one is."""
    part = next(iter(own_parts(query, program)), None)
    stated_of_whole = set() if part else index.kinds_of(program.id)
    missing: dict[str, None] = {}
    said: set[FactKind] = set()
    for group in asked_groups(without_name(query.question, program)):
        alike = set(group).union(*(family for family in _FAMILIES if family & set(group)))
        if group[0] is FactKind.OTHER or not set(group) <= set(query.kinds) or alike & (told | said | stated_of_whole):
            continue
        said |= alike
        of_applying = query.items and group == (FactKind.PERIOD,)
        missing["申請・募集の期間" if of_applying else kind_label(group[0])] = None
    if query.subprograms and FactKind.BREAKDOWN in told:
        missing.pop(kind_label(FactKind.BUDGET), None)
    if not missing:
        return []
    return [DraftSentence(f"{called(program, part)}の{'と'.join(missing)}{NOT_STATED}")]
