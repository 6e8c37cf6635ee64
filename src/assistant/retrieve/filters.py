"""What sets programs of a set apart by what is printed of them: a mark, a figure, money, a sign, a word told of them.

Each reading takes its words off the question, so that no word is read twice; what is said not to be meant
(「一部新規は除いて」, 「再掲の印がない」) is read first, and turns the reading round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..figures import find_figures
from ..index import Index
from ..layout.lines import read_lines
from ..lexicon import compiled, table
from ..programs.legend import read_legend
from ..records import Fact, FactKind, Figure, FigureKind, Program
from ..tokens import fold, tokens
from ..understand.places import regions_in
from ..understand.thesaurus import everyday
from .delimited import Delimited, Holds, filler
from .delimiters import flags_of, measure_of, measured_by, stated_as

_LENT = {FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_POOL, FactKind.LOAN_TERM}
_FUNDING = (FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL)
_STATES = ("新規", "拡充", "継続", "一部新規")
_BOUND = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT, FigureKind.DURATION)
_NEAR = 30  # letters around a figure that say of what it is
_MARK = re.compile(r"[【〔〈＜<《\[（(]([^【】〔〕〈〉＜＞<>《》\[\]（）()]{1,5})[】〕〉＞>》\]）)]")


class Unread:
    """A question of which the words that were read are taken off, each with what it delimits."""

    def __init__(self, question: str) -> None:
        self.text, self.found = question, list[Delimited]()
        self.unsure = False  # what is said tells programs apart, but the document cannot be read so far

    def take(self, start: int, end: int, one: Delimited | None = None) -> None:
        """Takes the words of [start, end) off; the places of the others stay."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        if one is not None:
            self.found.append(one)


def read_marks(unread: Unread, programs: list[Program], index: Index) -> None:
    """「新の印が付いた」, 「再掲ではない」, 「一部新規は除いて」: the marks that programs must and must not bear."""
    rules, denied, whole = table("scopes")["marks"], "", unread.text
    for match in compiled(rules["not"]).finditer(unread.text):
        flags = [flag for flag, words in rules["said"].items() if flag in match[0] or compiled(words).search(match[0])]
        flags = [flag for flag in flags if not (flag == "新規" and "一部新規" in flags)]
        for flag in flags:
            denied += flag
            held = _bearers(flag, programs, index, wanted=False)
            unread.found.append(Delimited(_not_among(held), (), ""))
        unread.take(*match.span())
    wanted: list[str] = []
    for flag, words in rules["said"].items():
        if said := compiled(words).search(unread.text):
            wanted.append(flag)
            unread.take(*said.span())
    states = [flag for flag in wanted if flag in _STATES]  # no program has two of these: either is meant
    partly = states == ["新規"] and not denied and not compiled(rules["strict"]).search(whole)
    for flags in (states, *([flag] for flag in wanted if flag not in states)):
        both = [*flags, *(["一部新規"] if partly and flags == states else [])]
        held = frozenset(one for flag in both for one in _bearers(flag, programs, index))
        if flags:
            unread.found.append(Delimited(among(held), (), f"{'・'.join(flags)}の"))


def _bearers(flag: str, programs: list[Program], index: Index, *, wanted: bool = True) -> frozenset[str]:
    """The programs that bear a mark: in their rows, or where no row does, in their words.

    Listed again are those that any row lists again where they are ``wanted``; to leave out, those that every row does.
    """
    if flag == "再掲" and not wanted:
        return frozenset(one.id for one in programs if _is_relisted(one, index))
    held = frozenset(one.id for one in programs if flag in flags_of(one, index))
    marks = [mark for mark in table("flags")["marks"].get(flag, ()) if _MARK.fullmatch(mark)]
    if held:
        return held
    texts = {one.id: "".join(page.text for page in index.passages_of(one.id)) for one in programs}
    return frozenset(one for one, text in texts.items() if any(mark in text for mark in marks))


def _is_relisted(program: Program, index: Index) -> bool:
    """Whether every row that prints a program's budget lists it again."""
    rows = [one for one in index.facts_of(program.id) if one.kind is FactKind.BUDGET and one.item]
    return bool(rows) and all("再掲" in one.flags for one in rows)


def _not_among(held: Iterable[str]) -> Holds:
    left_out = frozenset(held)
    return lambda program: program.id not in left_out


def read_left_out(unread: Unread, programs: list[Program], index: Index) -> None:
    """「トラック向けと鉄道は除いて」: programs whose names or headings hold a word that is left out."""
    rules = table("scopes")["left_out"]
    here = "".join({index.documents[one.document].region for one in programs})
    for match in re.finditer(rules["pattern"], unread.text):
        words = [word for word in tokens(regions_in(match["words"], ())[1]) if len(word) > 1 and word not in filler()]
        words = [word for word in words if word not in here]
        groups = [(word, *(fold(term) for terms in everyday(word) for term in terms)) for word in words]
        held = [one.id for one in programs if any(word in _named(one) for group in groups for word in group)]
        if not words and re.search(table("scopes")["sorts"]["loans"], match["words"]):
            held = [one.id for one in programs if is_loan(one, index)]
        unread.take(*match.span(), Delimited(_not_among(held), (), "") if held else None)


def homes_of(office: Delimited | None, index: Index, documents: set[str]) -> set[str]:
    """The documents of programs that an office has: the titles of others are no words of its own."""
    held = office.holds if office is not None else None
    own = {one.document for one in index.programs.values() if one.document in documents and held and held(one)}
    return own or documents


def is_loan(program: Program, index: Index) -> bool:
    """Whether a program lends money: it states a rate of interest or how much it lends, or is called so."""
    kinds = index.kinds_of(program.id)
    if re.search(table("scopes")["sorts"]["given"], program.program):
        return False
    called = re.search(table("scopes")["sorts"]["named"], program.program) is not None
    return bool(kinds & _LENT) or (called and FactKind.SUBSIDY_LIMIT not in kinds)


def of_sort(question: str, programs: list[Program], index: Index) -> list[Program]:
    """The programs of the sort asked for: of 「補助金」 none that lends, of 「資金」 those alone, if any."""
    rules = table("scopes")["sorts"]
    grants, loans = re.search(rules["grants"], question), re.search(rules["lent"], question)
    if grants and not re.search(rules["loans"], question):
        return [one for one in programs if not is_loan(one, index)] or programs
    if loans and not grants:
        return [one for one in programs if is_loan(one, index)] or programs
    return programs


def _named(program: Program) -> str:
    return fold("".join((program.program, *program.aliases, *program.subprograms)))


def read_figures(unread: Unread, programs: list[Program], index: Index) -> None:
    """「限度額がちょうど1億円」, 「100万円以上もらえる」, 「補助率2/3まで出る」: by a figure that programs state."""
    rules = table("scopes")["bounds"]
    for figure in find_figures(unread.text):
        behind = unread.text[figure.end :][:_NEAR]
        before = unread.text[max(0, figure.start - _NEAR) : figure.start]
        said = behind.startswith(figure.bound or "") or before.endswith((f"{figure.bound}", f"{figure.bound}が"))
        behind = behind if said else f"{figure.bound}{behind}"
        plain = unread.text[figure.start : figure.end]
        if not plain.strip() or figure.kind not in _BOUND:
            continue
        kinds = _kinds_about(figure, before, behind)
        if kinds == (FactKind.BUDGET,) and sum(bool(measure_of(one, kinds, index)) for one in programs) * 2 < len(
            programs
        ):
            kinds = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)  # 「30万円以下の補助金」 where no budget is printed
        bound = re.match(rules["pattern"], behind)
        paid = re.match(rules["paid"], behind)
        is_at = re.search(rules["just"], before) or any(re.match(rules[one], behind) for one in ("just_behind", "is"))
        grace = re.search(table("scopes")["grace"]["near"], before) is not None
        if not kinds or not (bound or paid or is_at or grace):
            continue
        exact = kinds == (FactKind.SUBSIDY_RATE,) or paid  # a rate is printed as 「3/4以内」
        told = bound[0] if bound and not (exact and re.match(r"(?:まで|以内)", behind)) else ""
        unread.take(figure.start, figure.end + len(told), _by_figure(figure, kinds, told, index, grace=grace))


def _kinds_about(figure: Figure, before: str, behind: str) -> tuple[FactKind, ...]:
    """The kinds that a figure is said to be of, by the clause it stands in; of an amount alone, the budget."""
    clause = re.split(r"[、。,?？]", before)[-1]
    rules = table("scopes")["bounds"]
    kinds = measured_by(clause)
    if kinds == (FactKind.BUDGET,):
        kinds = measured_by(re.split(r"[、。,?？]", behind)[0])
    if figure.kind is FigureKind.DURATION:
        if re.search(table("scopes")["grace"]["near"], clause):
            return (FactKind.LOAN_TERM,)
        return kinds if kinds == (FactKind.LOAN_TERM,) else ()
    if figure.kind in (FigureKind.RATE, FigureKind.PERCENT):
        rates = kinds != (FactKind.BUDGET,) and FactKind.SUBSIDY_LIMIT not in kinds
        return kinds if rates else (FactKind.SUBSIDY_RATE,) if figure.kind is FigureKind.RATE else ()
    if kinds == (FactKind.BUDGET,) and re.search(rules["given"], behind):
        return (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
    return kinds


def _by_figure(
    figure: Figure, kinds: tuple[FactKind, ...], bound: str, index: Index, *, grace: bool = False
) -> Delimited:
    def states(program: Program) -> Fact | None:
        if grace:
            waits = [one for one in index.facts_of(program.id) if one.kind in kinds and one.item == "据置期間"]
            return next((one for one in waits if _is_within(one, figure, bound or "ちょうど")), None)
        if not bound:
            return stated_as(program, figure, kinds, index)
        if kinds == (FactKind.BUDGET,):
            one = measure_of(program, kinds, index)
            return one if one is not None and _is_within(one, figure, bound) else None
        facts = [one for one in index.facts_of(program.id) if one.kind in kinds and "example" not in one.flags]
        facts = [one for one in facts if one.item != "据置期間"]
        own = [one for one in facts if one.fiscal_year == program.fiscal_year] or facts  # not what was last year's
        return next((one for one in own if _is_within(one, figure, bound)), None)

    return Delimited(lambda one: states(one) is not None, (figure.text,), "金額の条件に合う", states=states)


def _is_within(fact: Fact, figure: Figure, bound: str) -> bool:
    rules = table("scopes")["bounds"]
    own = fact.yen if figure.yen is not None else fact.number
    limit = figure.yen if figure.yen is not None else figure.number
    if bound == "ちょうど":
        return own is not None and own == limit and fact.unit == figure.unit
    if own is None or limit is None or (figure.kind is FigureKind.DURATION and fact.unit != figure.unit):
        return False
    for name, holds in (("under", own < limit), ("over", own > limit), ("most", own <= limit)):
        if re.search(rules[name], bound):
            return holds
    return own >= limit


def read_money(unread: Unread, programs: list[Program], index: Index) -> None:
    """「国費が入っている」, 「市債を財源に」, 「一般財源だけの」: by where the money of a program comes from."""
    for entry in table("scopes")["money_from"]["entries"]:
        match = compiled(entry["words"]).search(unread.text)
        if match is None:
            continue
        kinds, items = tuple(FactKind(kind) for kind in entry["kinds"]), tuple(entry.get("items", ()))
        how = table("scopes")["money_from"]
        without, alone = re.search(how["without"], match[0]), re.search(how["alone"], match[0])
        one = _by_money(kinds, items, bool(without), bool(alone), index)
        if any(one.holds(program) for program in programs):  # 県費 is a city's from another, a prefecture's its own
            unread.take(*match.span(), one)


def _by_money(
    kinds: tuple[FactKind, ...], items: tuple[str, ...], without: bool, alone: bool, index: Index
) -> Delimited:
    def states(program: Program) -> Fact | None:
        facts = [one for one in index.facts_of(program.id) if one.kind in _FUNDING and one.yen and not one.subprogram]
        own = [one for one in facts if one.kind in kinds and (not items or _is_of(one, items))]
        if alone and len({one.kind for one in facts}) > 1:
            return None
        return own[0] if own else None

    if without:
        return Delimited(lambda one: _has_funding(one, index) and states(one) is None, (), "財源の条件に合う")
    return Delimited(lambda one: states(one) is not None, (), "財源の条件に合う", states=states)


def _has_funding(program: Program, index: Index) -> bool:
    return any(one.kind in _FUNDING for one in index.facts_of(program.id))


def _is_of(fact: Fact, items: tuple[str, ...]) -> bool:
    return any(item in f"{fact.item or ''}{fact.condition or ''}" for item in items)


def read_moved(unread: Unread, index: Index) -> None:
    """「前の年より減った」: by the two amounts that a program or an office prints."""
    rules = table("scopes")["moving"]
    for name, sign, told in (
        ("less", -1, "前年度より減った"),
        ("more", 1, "前年度より増えた"),
        ("same", 0, "前年度と同じ額の"),
    ):
        match = re.search(rules[name], unread.text)
        if match and _is_of_money(match, unread.text):
            unread.take(*match.span(), Delimited(_moved(sign, index), (), told))
            return


def _is_of_money(match: re.Match[str], text: str) -> bool:
    """Whether what moved is an amount or a program's: 「売上が減った」 and 「お客を増やしたい」 are the asker's own."""
    rules = table("scopes")["moving"]
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() :]
    if re.search(rules["own"], before):
        return False
    return re.search(rules["money"], match[0]) is not None or re.match(rules["programs"], after) is not None


def _moved(sign: int, index: Index) -> Holds:
    return lambda program: change_of(program, index) == sign


def change_of(program: Program, index: Index) -> int | None:
    """Whether a program's budget grew (1), shrank (-1) or stayed (0) against the year before; None when unknown."""
    now, before = (measure_of(program, (kind,), index) for kind in (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS))
    if now is None or before is None or now.yen is None or before.yen is None:
        return None
    return (now.yen > before.yen) - (now.yen < before.yen)


def read_signs(unread: Unread, programs: list[Program], index: Index) -> None:
    """「…の欄が△」, 「☆印の」: programs in whose row a cell holds just that sign, or that bear what it stands for."""
    match = re.search(table("scopes")["signs"]["pattern"], unread.text)
    if match is None:
        return
    flags = {flag for one in {one.document for one in programs} if (flag := _stands_for(match["sign"], one, index))}
    explained = frozenset(one for flag in flags for one in _bearers(flag, programs, index))
    held = explained or frozenset(one.id for one in programs if _has_sign(match["sign"], one, index))
    start = match.start() if explained else _start_of_clause(unread.text, match.start())
    unread.take(start, match.end(), Delimited(among(held), (), "お尋ねの印がある"))


def _stands_for(sign: str, document: str, index: Index) -> str | None:
    """The flag that a document's legend says a sign stands for: 「☆…新規」."""
    lines = index.documents[document].lines
    if not any(sign in line for line in lines):
        return None
    return read_legend(read_lines(lines)).get(unicodedata.normalize("NFKC", sign))


def _has_sign(sign: str, program: Program, index: Index) -> bool:
    """Whether a cell of a program's row is a sign, or its name stands behind one."""
    name = fold(program.program)[:8]
    return any(cell == sign or (cell.startswith(sign) and name in fold(cell)) for cell in cells_of(program, index))


def _start_of_clause(text: str, end: int) -> int:
    """Where the name of the column before a sign begins: in its brackets, or behind a particle."""
    match = re.search(r"[「『][^「」『』]*[」』][^「」『』]*$", text[:end]) or re.search(
        r"[^、。はでのが]*$", text[:end]
    )
    return match.start() if match else end


def cells_of(program: Program, index: Index) -> list[str]:
    """What the cells of a program's own row hold, each once."""
    name = fold(program.program)
    lines = [line for page in index.passages_of(program.id) for line in page.text.split("\n")]
    own = [line for line in lines if name[:8] in fold(line)] or lines[:1]  # 「〃（借換）」 does not say its name
    return list(dict.fromkeys(cell.strip() for line in own for cell in re.split(r"[\t|]", line)))


def read_family(unread: Unread, programs: list[Program]) -> None:
    """「経営安定資金の二つの枠の名前」: the programs of one name that differ by their brackets."""
    if re.search(table("scopes")["family"]["pattern"], unread.text) is None:
        return
    families: dict[str, set[str]] = {}
    for one in programs:
        base = re.sub(r"[（(][^（）()]*[)）]$", "", one.program).strip()
        families.setdefault(base, set()).update({one.id} if base != one.program else ())
    said = [base for base, held in families.items() if len(held) > 1 and base in unread.text]
    if said:
        base = max(said, key=len)
        start = unread.text.find(base)
        unread.take(start, start + len(base), Delimited(among(frozenset(families[base])), (base,), ""))


def read_uses(unread: Unread, programs: list[Program], index: Index) -> None:
    """「設備には使えず運転資金だけ」, 「設備に使える」: by the cell of a row that says what its money is for."""
    rules = table("scopes")["uses"]
    for name in ("only", "never", "fit"):
        for match in re.finditer(rules[name], unread.text):
            held = _of_use(name, match["use"], programs, index)
            if held:
                unread.take(*match.span(), Delimited(among(held), (), "資金の使いみちの条件に合う"))


def _of_use(name: str, use: str, programs: list[Program], index: Index) -> frozenset[str]:
    """The funds for one use alone (``only``), not for it (``never``), or for it at least in a case (``fit``)."""
    cell = table("scopes")["uses"]["cell"]
    uses = {one.id: next((own for own in cells_of(one, index) if re.fullmatch(cell, own)), "") for one in programs}
    if name != "fit":
        not_for = use if name == "never" else {"運転": "設備", "設備": "運転"}[use]
        return frozenset(one for one, said in uses.items() if said and not_for not in said)
    lent = {one.id: [fact for fact in index.facts_of(one.id) if fact.kind in _LENT] for one in programs}
    cases = {one: "".join(fact.condition or "" for fact in facts) for one, facts in lent.items()}
    return frozenset(one for one, said in uses.items() if lent[one] and use in said + cases[one])


def among(held: frozenset[str]) -> Holds:
    """Whether a program is one of these."""
    return lambda program: program.id in held
