"""What delimits a set of programs in a question: an office, a flag, words of the name, an amount, a kind, a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import find_figures, same_value
from ..index import Index
from ..lexicon import compiled, table
from ..records import Fact, FactKind, Figure, FigureKind, Program
from ..tokens import fold
from ..understand.places import regions_in
from ..values import as_figure
from .delimited import Delimited, Holds, asked_of, in_brackets
from .headings import Heading
from .topics import abbreviates, among, by_topic

_STATED = (FigureKind.RATE, FigureKind.PERCENT, FigureKind.PERIOD, FigureKind.DURATION, FigureKind.MONEY)
_ENDS_AS_OFFICE = re.compile(r"[課室局部係班署所]$")
_BASE = re.compile(r"[(（].*$")


def measured_by(question: str) -> tuple[FactKind, ...]:
    """The kinds by which programs of a set are measured: what the question says, else the budget."""
    for entry in table("scopes")["measure"]["kinds"]:
        if compiled(entry["words"]).search(question):
            return tuple(FactKind(kind) for kind in entry["kinds"])
    return (FactKind.BUDGET,)


def delimiters_of(question: str, index: Index, documents: set[str], headings: list[Heading]) -> list[Delimited | None]:
    """Everything in a question, outside the words of its headings, that delimits a set."""
    outside = question
    for heading in headings:
        if heading.said:
            outside = outside.replace(heading.said, " ")
    return [
        by_office(outside, index, documents),
        *_by_flags(outside, index, asked_of(question)),
        by_name(question),
        _by_amount(outside, index),
        _by_change(question, index),
        *_by_values(outside, index),
        _by_sort(question, index, documents),
        _by_kind(outside, index),
        by_topic(outside, index, documents) if not name_words(question) else None,
    ]


def by_office(question: str, index: Index, documents: set[str]) -> Delimited | None:
    """「…課の事業」: the offices as programs print them; one that published the document delimits nothing."""
    asked = fold(question)
    offices = {
        _BASE.sub("", office)
        for program in index.programs.values()
        if program.document in documents
        for office in offices_of(program, index)
    }
    publishers = {
        fold(said) for one in documents for said in (index.documents[one].publisher, index.documents[one].region)
    }
    last = {words[-1] for one in offices if len(one) >= 3 and fold(one) not in publishers and (words := one.split())}
    said = sorted(one for one in last if len(one) >= 2 and fold(one) in asked)
    names = [one for one in said if not any(one != other and fold(one) in fold(other) for other in said)]
    if not names:
        return _by_short_office(question, {one.split()[-1] for one in offices if one.split()}, index)
    told = "お尋ねの課や室が担当する" if len(names) > 1 or index.is_name(names[0]) else f"「{names[0]}」が担当する"
    return Delimited(_of_offices(names, index), tuple(names), told)


def offices_of(program: Program, index: Index) -> tuple[str, ...]:
    """The offices that a program prints: those that run it, and those it gives a telephone of."""
    phones = [fact.item for fact in index.facts_of(program.id) if fact.kind is FactKind.PHONE and fact.item]
    return (*program.departments, *(one for one in phones if _ENDS_AS_OFFICE.search(_BASE.sub("", one))))


def _of_offices(names: Sequence[str], index: Index) -> Holds:
    return lambda program: any(name in office for office in offices_of(program, index) for name in names)


def _by_short_office(question: str, offices: set[str], index: Index) -> Delimited | None:
    """「観光課」 of 観光交流課: letters of the one office there that has them in this order; None if one is of none."""
    said = re.findall(r"[一-龠々ァ-ヶー]{2,12}[課室]", regions_in(question, ())[1])
    full = [{one for one in offices if _is_short(short, one)} for short in said]
    if not full or any(len(one) != 1 for one in full):
        return None
    return Delimited(_of_offices([one.pop() for one in full], index), tuple(said), "お尋ねの課や室が担当する")


def _is_short(said: str, office: str) -> bool:
    return office.endswith(said) or (office[:1] == said[0] and office[-1:] == said[-1] and abbreviates(said, office))


def _by_flags(question: str, index: Index, asks: frozenset[str]) -> list[Delimited]:
    rules = table("scopes")
    plain = re.sub(rules["marks"]["not"], "", question)  # 「新規は除いて」
    said = {flag: match for flag, words in rules["flags"].items() if (match := re.search(words, plain))}
    if asks & {"row", "sum", "share", "difference"}:
        said.pop("再掲", None)  # it chooses between two printed sums
    if "一部新規" in said:
        said.pop("新規", None)
    found = []
    for flag, match in said.items():
        partly = asks <= {"list", "weak"} and not re.search(rules["whole"]["pattern"], question)
        wanted = {flag, "一部新規"} if flag == "新規" and partly else {flag}
        found.append(Delimited(_flagged(frozenset(wanted), index), (match[0],), f"{flag}の"))
    return found


def _flagged(wanted: frozenset[str], index: Index) -> Holds:
    return lambda program: bool(wanted & flags_of(program, index))


def flags_of(program: Program, index: Index) -> set[str]:
    """The flags of a program as a whole."""
    return {flag for fact in index.facts_of(program.id) if not fact.subprogram for flag in fact.flags}


def name_words(question: str) -> str:
    """The words that a question says names hold: 「名前に「…」と入っている」; empty when it says none."""
    for pattern in table("scopes")["name"]["patterns"]:
        if (match := re.search(pattern, question)) and match["words"] not in table("scopes")["flags"]:
            return match["words"]
    return ""


def by_name(question: str) -> Delimited | None:
    """「「…」が名前に付く」: programs whose names hold, start with or end with the words said."""
    words = name_words(question)
    if not words:
        return None
    rules, plain = table("scopes")["name"], fold(words)
    behind = question[question.find(words) + len(words) :][:14]
    if re.search(rules["starts"], behind):
        return Delimited(
            lambda one: fold(one.program).startswith(plain), (words,), f"名前が{in_brackets(words)}で始まる"
        )
    if re.search(rules["ends"], behind):
        return Delimited(lambda one: fold(one.program).endswith(plain), (words,), f"名前が{in_brackets(words)}で終わる")
    return Delimited(
        lambda one: any(plain in fold(name) for name in (one.program, *one.aliases)),
        (words,),
        f"名前に{in_brackets(words)}が入る",
    )


def _by_amount(question: str, index: Index) -> Delimited | None:
    """「1億円以上の事業」."""
    rules = table("scopes")["amounts"]
    for figure in find_figures(question):
        behind = f"{figure.bound or ''}{question[figure.end : figure.end + 8]}"
        bound = re.match(rules["pattern"], behind)
        if figure.kind is FigureKind.MONEY and figure.yen is not None and bound:
            return Delimited(_within(figure, bound[0], index), (figure.text, bound[0]), "金額の条件に合う")
    return None


def _within(figure: Figure, bound: str, index: Index) -> Holds:
    rules, limit = table("scopes")["amounts"], figure.yen or 0

    def holds(program: Program) -> bool:
        fact = measure_of(program, (FactKind.BUDGET,), index)
        if fact is None or fact.yen is None:
            return False
        if re.search(rules["more"], bound):
            return fact.yen >= limit
        if re.search(rules["over"], bound):
            return fact.yen > limit
        return fact.yen <= limit if re.search(rules["most"], bound) else fact.yen < limit

    return holds


def _by_sort(question: str, index: Index, documents: set[str]) -> Delimited | None:
    """「どんな資金がありますか」: loans alone, where the documents have any by name."""
    rules = table("scopes")["sorts"]
    match = re.search(rules["asked"], question)
    named = {
        one.id
        for one in index.programs.values()
        if one.document in documents and one.role == "program" and re.search(rules["named"], one.program)
    }
    return Delimited(among(frozenset(named)), (match[0],), "") if match and named else None


def _by_values(question: str, index: Index) -> list[Delimited]:
    """「補助率が1/2の補助金」, 「事業期間がR5-R7の事業」: programs that state just this figure."""
    found = []
    for figure in find_figures(question):
        rules, behind = table("scopes")["amounts"], question[figure.end : figure.end + 20]
        paid = "list" in asked_of(question) and re.match(rules["paid"], behind)
        bound = re.match(rules["pattern"], f"{figure.bound or ''}{behind}")
        if figure.kind not in _STATED or not (paid or (re.match(rules["stated"], behind) and not bound)):
            continue
        kinds = measured_by(question[max(0, figure.start - 12) : figure.start])
        if kinds == (FactKind.BUDGET,) and figure.kind is FigureKind.RATE:
            kinds = (FactKind.SUBSIDY_RATE,)
        kinds = (FactKind.PERIOD,) if figure.kind in (FigureKind.PERIOD, FigureKind.DURATION) else kinds
        holds = _stating(figure, kinds, index)
        found.append(Delimited(holds, (figure.text,), "お尋ねの数値が載っている", figures=(figure,), kinds=kinds))
    return found


def says_more_figures(question: str, found: list[Delimited]) -> bool:
    """Whether a question says a rate, a share or a period by which nothing is delimited."""
    kinds = (FigureKind.RATE, FigureKind.PERCENT, FigureKind.PERIOD)
    said = {words for one in found for words in one.said}
    return any(figure.kind in kinds and figure.text not in said for figure in find_figures(question))


def _stating(figure: Figure, kinds: tuple[FactKind, ...], index: Index) -> Holds:
    return lambda program: stated_as(program, figure, kinds, index) is not None


def stated_as(program: Program, figure: Figure, kinds: tuple[FactKind, ...], index: Index) -> Fact | None:
    """The fact of a program that is a figure, as one of some kinds; None when it states none."""
    facts = [one for one in index.facts_of(program.id) if one.kind in kinds and "example" not in one.flags]
    own = [one for one in facts if one.fiscal_year == program.fiscal_year] or facts  # not what was last year's
    return next((one for one in own if same_value(as_figure(one), figure)), None)


def _by_change(question: str, index: Index) -> Delimited | None:
    """「前年度より減った事業」: by a program's two printed amounts."""
    rules = table("scopes")["moved"]
    for words, sign, told in ((rules["fewer"], -1, "前年度より減った"), (rules["more"], 1, "前年度より増えた")):
        if match := re.search(words, question):
            return Delimited(_moved(sign, index), (match[0],), told)
    return None


def _moved(sign: int, index: Index) -> Holds:
    def holds(program: Program) -> bool:
        now = measure_of(program, (FactKind.BUDGET,), index)
        before = measure_of(program, (FactKind.BUDGET_PREVIOUS,), index)
        if now is None or before is None or now.yen is None or before.yen is None:
            return False
        return sign * (now.yen - before.yen) > 0

    return holds


def _by_kind(question: str, index: Index) -> Delimited | None:
    """「補助率が書いてある事業」: programs that state a figure of a kind."""
    match = re.search(table("scopes")["kinds"]["stated"], question)
    kinds = measured_by(match["words"]) if match else (FactKind.BUDGET,)
    if match is None or kinds == (FactKind.BUDGET,):
        return None
    return Delimited(
        lambda one: any(fact.kind in kinds for fact in index.facts_of(one.id)),
        (match["words"],),
        f"{match['words']}の記載がある",
    )


def measure_of(program: Program, kinds: tuple[FactKind, ...], index: Index) -> Fact | None:
    """The figure of one of these kinds that a program as a whole states: its own row before one listed again."""
    facts = [one for one in index.facts_of(program.id) if one.kind in kinds and "example" not in one.flags]
    facts = [one for one in facts if one.subprogram is None]
    facts = [one for one in facts if one.fiscal_year == program.fiscal_year or one.kind is not FactKind.BUDGET] or facts
    order = sorted(facts, key=lambda fact: (_case_of(fact), "の一部" in fact.flags, "再掲" in fact.flags))
    return order[0] if order else None


def _case_of(fact: Fact) -> int:
    """A figure for no case before one for a case; of a revision what it adds before what it adds to."""
    return 0 if not fact.condition else 1 if fact.condition == "補正額" else 3 if fact.condition == "補正前" else 2
