"""What a question asks for in words beside a figure: 「どこの課の扱いで、いつまで?」, 「予算と、誰が使えるか」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..records import DraftSentence, FactKind, Hit, Program, Query
from ..tokens import fold
from ..understand.asked import asked_kinds
from .figures import missing_sentences
from .focus import asks, foci_of
from .labels import called
from .offices import counters, offices
from .words import own_question, tell

_CLAUSE = re.compile(
    r"[。?？!！\n、,・]|(?<=[一-龠々ァ-ヶー])(?:と(?![いっ])|や|および|及び|並びに)(?=[一-龠々ァ-ヶー])"
)
_ASKING = re.compile(r"何|なに|どの|どんな|どう(?!も|にか)|どこ|誰|だれ|どなた|なぜ|どれ")
_PLAINLY = re.compile(r"(?:何|なに)を(?:する|し|やる|やっ|行)|目的|ねらい|狙い|趣旨|内容(?:は|も|を|と|$)")
_OPEN = frozenset({"activity", "aim", "change"})  # what any description tells something of


def beside_figures(query: Query, hits: Sequence[Hit], index: Index) -> list[DraftSentence]:
    """The offices, and of a named program the words, that are asked for beside a figure that is told."""
    told = []
    for hit in hits:
        question = own_question(query, hit, index)
        rest = _without_figures(query, question)
        if FactKind.PHONE not in query.kinds and asks(question, "beside"):
            told += offices(hit, index) or [_no_office(hit)]
        elif FactKind.PHONE in query.kinds and FactKind.PHONE not in index.kinds_of(hit.program.id):
            told += offices(hit, index)
        elif FactKind.PHONE not in query.kinds and query.named and asks(rest, "office"):
            told += counters(hit, index) or offices(hit, index) or [_no_office(hit)]
        closed = any(focus.name not in _OPEN | {"fee"} for focus in foci_of(rest)) or bool(_PLAINLY.search(rest))
        if query.named and closed and not asks(rest, "office"):
            words = tell(replace(query, question=rest), hit, index)
            told += [one for one in words.sentences if not one.facts] if words.answers and words.found else []
    return told


def offices_beside(query: Query, program: Program, index: Index) -> list[DraftSentence]:
    """The offices of one of several programs, where they are asked for beside its figure."""
    rest = _without_figures(query, query.question)
    if FactKind.PHONE in query.kinds or not (asks(query.question, "beside") or asks(rest, "office")):
        return []
    hit = Hit(program, index.passages_of(program.id), 1.0)
    return offices(hit, index) or [_no_office(hit)]


def instead_of_figures(query: Query, hits: Sequence[Hit], index: Index) -> list[DraftSentence]:
    """Where no figure that is asked for is stated: the words that are asked for too, and which figures are missing."""
    hit = hits[0]
    rest = _without_figures(query, own_question(query, hit, index))
    closed = any(focus.name not in _OPEN | {"fee"} for focus in foci_of(rest))
    if not _ASKING.search(rest) or not (query.named or closed):
        return []
    words = tell(query, hit, index)
    return [*words.sentences, *missing_sentences(query, hit.program)] if words.answers else []


def _without_figures(query: Query, question: str) -> str:
    """The clauses of a question that ask for no figure."""
    said = [fold(word) for word in asked_kinds(query.question).words]
    clauses = _CLAUSE.split(fold(question))
    return "、".join(clause for clause in clauses if not any(word in clause for word in said))


def _no_office(hit: Hit) -> DraftSentence:
    return DraftSentence(f"{called(hit.program)}の担当課や窓口の名前は、資料に記載がありません。")
