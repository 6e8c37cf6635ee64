"""Several things side by side, as they read well: two in sentences that say once whose they are, more in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..records import DraftSentence, Program
from .labels import called, fact_label, where_from

ROWS = 3  # from so many on they are the rows of a table
_DOUBTFUL = frozenset({"suspect", "の一部", "再掲", "example"})
_SOURCE = re.compile(r"^[^「」]*の資料では、")


def beside_one_another(
    programs: Sequence[Program], told: Sequence[Sequence[DraftSentence]], index: Index
) -> list[DraftSentence]:
    """The sentences of each program, in their order: a table where each of three or more has but one plain figure."""
    sentences = list(dict.fromkeys(sentence for one in told for sentence in one))
    rows = all(_is_row(program, own) for program, own in zip(programs, told, strict=True))
    if len(programs) < ROWS or not rows or len(sentences) < len(programs):
        return _said_once(sentences)
    places = [where_from(one, index.documents[one.document].region) for one in programs]
    several = len(set(places)) > 1
    lead = "" if several else f"{places[0]}の資料では、次のとおりです。"
    cells = ["事業・制度", *(["資料"] if several else []), "数値", "出典"]
    head = DraftSentence(f"{lead}\n\n| {' | '.join(cells)} |\n|{'---|' * len(cells)}")
    lines = []
    for program, place, own in zip(programs, places, told, strict=True):
        (fact,) = own[0].facts
        told_as = [called(program), *([place] if several else []), f"{fact_label(fact)}{{0}}"]
        lines.append(DraftSentence(f"\n| {' | '.join(told_as)} |", (fact,)))
    return [head, *lines]


def _is_row(program: Program, told: Sequence[DraftSentence]) -> bool:
    """Whether what is told of a program is one figure of the whole of it, of this year."""
    facts = [fact for one in told for fact in one.facts]
    plain = len(told) == 1 and len(facts) == 1 and not told[0].computed and not told[0].quotes
    if not plain or facts[0].condition or facts[0].subprogram or set(facts[0].flags) & _DOUBTFUL:
        return False
    return facts[0].program_id == program.id and facts[0].fiscal_year == program.fiscal_year


def _said_once(sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """The sentences, each document named where they first speak of it."""
    said: list[DraftSentence] = []
    source = ""
    for one in sentences:
        match = _SOURCE.match(one.text)
        if match and match[0] == source:
            said.append(replace(one, text=one.text[match.end() :]))
            continue
        source = match[0] if match else source
        said.append(one)
    return said
