"""Lists of programs, a line each: those that fit a need, and all of a set that the question delimits."""

from __future__ import annotations

from dataclasses import dataclass

from ..index import Index
from ..programs.names import match_form
from ..records import DraftSentence, Fact, FactKind, Hit, Passage, Program, Query
from ..retrieve.bearing import is_spoken_of
from ..retrieve.delimited import Delimited
from ..retrieve.delimiters import measure_of, stated_as
from .labels import called, fact_label, where_from

MOST = 8  # programs that fit a need
NEAR = 0.6  # of the best score
LONGEST = 30  # programs of a set, a line each
CASES = 4  # figures of one program in its line
ROWS = 3  # programs that a table is made of
#: What a program offers in a few words, the first kind that it states once.
OFFERED = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.SUBSIDY_RATE, FactKind.BUDGET)


def list_programs(query: Query, hits: tuple[Hit, ...], index: Index) -> list[DraftSentence]:
    """An opening sentence and one sentence a program that fits; [] when none is left."""
    if "新規" in query.question:
        hits = tuple(hit for hit in hits if _is_new(hit, index))
    near = [hit for hit in hits if hit.score >= NEAR * hits[0].score]
    if query.words:  # what is only near in meaning is none of those asked for
        near = [hit for hit in near if is_spoken_of(query, hit.program, index)] or near[:1]
    told = [sentence for hit in near[:MOST] if (sentence := _line(hit, index))]
    if not told:
        return []
    more = f"（ほか{'多数' if len(near) > 2 * MOST else 'にもあります'}）" if len(near) > MOST else ""
    return [DraftSentence(f"収録した資料では、次の事業・制度が当てはまります{more}。"), *told]


def _is_new(hit: Hit, index: Index) -> bool:
    return any({"新規", "一部新規"} & set(fact.flags) for fact in index.facts_of(hit.program.id))


def _line(hit: Hit, index: Index) -> DraftSentence | None:
    """A program that fits, with what it offers where it states that once."""
    program = hit.program
    region = index.documents[program.document].region
    offered = _offered(program, index)
    if offered is not None:
        text = f"\n・{called(program)}（{where_from(program, region)}）の{fact_label(offered)}は{{0}}です"
        return DraftSentence(text, (offered,))
    source = named_line(program, hit.passages)
    if source is None:
        return None
    return DraftSentence(f"\n・{called(program)}（{where_from(program, region)}）", quotes=(source,))


def _offered(program: Program, index: Index) -> Fact | None:
    """The one limit, rate or budget of a program that needs no case to be told with it."""
    facts = [fact for fact in index.facts_of(program.id) if "example" not in fact.flags]
    for kind in OFFERED[:-1]:
        same = [fact for fact in facts if fact.kind is kind]
        if same:
            first = same[0]
            plain = first.condition is None and first.subprogram is None and not set(first.flags) & {"suspect"}
            return first if len(same) == 1 and plain else None
    budget = measure_of(program, (FactKind.BUDGET,), index)
    return budget if budget is not None and not set(budget.flags) & {"suspect", "の一部"} else None


def list_set(
    programs: tuple[Program, ...],
    index: Index,
    *,
    names_only: bool = False,
    with_last_year: bool = False,
    stated: tuple[Delimited, ...] = (),
    asked: tuple[FactKind, ...] = (),
) -> list[DraftSentence]:
    """Every program of a set, a line each with its budget (and last year's); 記載なし where none is stated.

    Where the set is told by a figure that its programs state (``stated``), each line tells that figure; where limits
    or rates are asked for (``asked``), those.  Three or more of several documents, or with several figures each, are
    the rows of a table.
    """
    several = len({program.document for program in programs}) > 1
    rows = len(programs) >= ROWS and (several or with_last_year or len(asked) > 1) and not names_only
    kinds = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS) if with_last_year else (FactKind.BUDGET,)
    plain = names_only or not any(measure_of(one, (FactKind.BUDGET,), index) for one in programs)
    line = _Line(index, several, rows)
    lines = [
        line.stated(program, stated)
        or (line.asked(program, asked) if asked and not names_only else None)
        or (line.offering(program) if plain and not names_only else None)
        or line.of(program, () if plain else kinds)
        for program in programs[:LONGEST]
    ]
    told = [one for one in lines if one is not None]
    if rows and told:
        told.insert(0, DraftSentence(line.head(2 if with_last_year else 1)))
    if len(programs) > LONGEST:
        told.append(DraftSentence("\nほかにもあります。見出しや担当課、年度で絞ってお尋ねください。"))
    return told


@dataclass(frozen=True, slots=True)
class _Line:
    """How a program of a set is told: in a line (「・…：…」), or as the row of a table."""

    index: Index
    several: bool  # of several documents: each says whose it is
    rows: bool

    def head(self, figures: int) -> str:
        cells = ["事業・制度", *(["資料"] if self.several else []), *(["数値", "前年度"][:figures]), "出典"]
        return f"\n\n| {' | '.join(cells)} |\n|{'---|' * len(cells)}"

    def _text(self, program: Program, told: list[str], remark: str = "", part: str | None = None) -> str:
        region, name = self.index.documents[program.document].region, called(program, part)
        if self.rows:
            place = [where_from(program, region)] if self.several else []
            return f"\n| {' | '.join([name, *place, *told])}{remark} |"
        place_said = f"（{where_from(program, region)}）" if self.several else ""
        figures = f"：{'、'.join(told)}" if told else ""
        return f"\n・{name}{place_said}{figures}{remark}"

    def stated(self, program: Program, stated: tuple[Delimited, ...]) -> DraftSentence | None:
        """A program with the figures by which it belongs to the set; None where it is told by none."""
        found = [stated_as(program, figure, one.kinds, self.index) for one in stated for figure in one.figures]
        found += [one.states(program) for one in stated if one.states is not None]
        known = {fact.fact_id: fact for fact in found if fact is not None}
        facts = [fact for fact in known.values() if "suspect" not in fact.flags]
        if not facts:
            return None
        facts = [one for one in facts if one.subprogram == facts[0].subprogram]
        told = [f"{_case(fact)}{fact_label(fact)}{{{number}}}" for number, fact in enumerate(facts)]
        return DraftSentence(self._text(program, ["、".join(told)], part=facts[0].subprogram), tuple(facts))

    def asked(self, program: Program, kinds: tuple[FactKind, ...]) -> DraftSentence | None:
        """A program with its figures of the kinds asked for, for each of its cases; None where it states none."""
        own = [one for one in self.index.facts_of(program.id) if one.kind in kinds and not one.subprogram]
        own = [one for one in own if not {"example", "suspect"} & set(one.flags)]
        facts = list({(one.kind, one.condition): one for one in own[::-1]}.values())[::-1]
        facts = list({(one.kind, one.yen, one.number): one for one in facts[::-1]}.values())[::-1][:CASES]
        if not facts:
            return None
        told = [f"{_case(fact)}{fact_label(fact)}{{{number}}}" for number, fact in enumerate(facts)]
        return DraftSentence(self._text(program, ["、".join(told)]), tuple(facts))

    def offering(self, program: Program) -> DraftSentence | None:
        """A program of a set that prints no budgets, with what it offers where it states that once."""
        offered = _offered(program, self.index) or self._instead_of_name(program)
        if offered is None:
            return None
        return DraftSentence(self._text(program, [f"{_case(offered)}{fact_label(offered)}{{0}}"]), (offered,))

    def _instead_of_name(self, program: Program) -> Fact | None:
        """A figure of a program whose row does not print its name (「〃（借換）」): no line of it can be shown."""
        named = named_line(program, self.index.passages_of(program.id))
        if named is not None and match_form(program.program) in match_form(named[1]):
            return None
        facts = [one for one in self.index.facts_of(program.id) if one.kind in OFFERED and not one.subprogram]
        return next((one for one in facts if not set(one.flags) & {"example", "suspect"}), None)

    def of(self, program: Program, kinds: tuple[FactKind, ...]) -> DraftSentence | None:
        facts = [fact for kind in kinds if (fact := measure_of(program, (kind,), self.index)) is not None]
        if facts:
            doubt = "（この資料の表記には疑いがあります）" if "suspect" in facts[0].flags else ""
            told = [f"{_case(fact)}{fact_label(fact)}{{{place}}}" for place, fact in enumerate(facts)]
            missing = ["記載なし"] * (len(kinds) - len(told)) if self.rows and facts[0].kind is kinds[0] else []
            return DraftSentence(self._text(program, [*told, *missing], doubt), tuple(facts))
        quote = named_line(program, self.index.passages_of(program.id))
        if quote is None:
            return None
        if self.rows:
            return DraftSentence(self._text(program, ["予算額は記載なし"] if kinds else ["―"]), quotes=(quote,))
        return DraftSentence(self._text(program, [], "（予算額は記載なし）" if kinds else ""), quotes=(quote,))


def _case(fact: Fact) -> str:
    return f"{fact.condition} " if fact.condition else ""


def named_line(program: Program, passages: tuple[Passage, ...]) -> tuple[int, str] | None:
    """The line that prints the program's name, else the first of its passages: (passage id, exact line)."""
    lines = [(passage.id, line.strip()) for passage in passages for line in passage.text.split("\n") if line.strip()]
    names = [match_form(name) for name in (program.program, *program.aliases)]
    named = (one for one in lines if any(name in match_form(one[1]) for name in names))
    return next(named, lines[0] if lines else None)
