"""What share is meant: a part of a program said by some of its words, or a program as part of a printed sum."""

from __future__ import annotations

import re

from ..index import Index
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve.delimiters import measure_of
from ..retrieve.sums import is_plain, rows_named, rows_of, totals_of
from ..tokens import nouns, tokens
from ..understand.reckoning import bare, places_asked
from ..values.reckoning import computed
from .figures import FUNDING
from .labels import called, fact_label, where_from

_ENDS = re.compile(
    r"のうち|に占め(?:る|て)|が占め|の(?:中|なか)で|に(?:対する|対して|くらべ|比べ)|[、。「」『』?？]|は|って|が|の割合|の比率|何|を占め|に(?:回|充|あて)"
)
_OF_WHOLE = re.compile(r"の(?:うち|中|なか)|に(?:占|対)|が占め")
_MARK = re.compile(r"^[ 　のを①-⑳(（0-9)）]+")
_LEAST = 3  # letters that say a part
_SUM = re.compile(r"(?<![会統設])(?:合計|小計|総計|計)額?(?:の(?:何|うち|中)|に(?:占|対))")
_WHOLE = re.compile(
    r"(?:部|部局|局|県|市|国|省|町|資料)(?:の)?(?:予算)?(?:全体|総額|総予算|総計|全部)(?:の(?:何|うち|中)|に(?:占|対))"
    r"|(?:部|局|主要事業分?|全事業)の?(?:当初)?予算額?(?:の(?:何|うち|中)|に(?:占|対))"
)


def part_said(question: str, program: Program, parts: list[Fact]) -> Fact | None:
    """The one amount of a program whose part some words of a question are a stretch of, or say all their nouns."""
    pieces, wholes = _pieces_of(question.replace(program.program, "、"))
    parts = [fact for fact in parts if not any(_says(bare(whole), fact) for whole in wholes)]
    chosen: dict[str, Fact] = {}
    for words in pieces:
        found = {fact.subprogram or fact.item: fact for fact in parts if _says(bare(words), fact)}
        if len(found) == 1:
            chosen |= {fact.fact_id: fact for fact in found.values()}
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _pieces_of(said: str) -> tuple[list[str], list[str]]:
    """The pieces of a question that may say a part, and those that say the whole: 「…に占める」, 「…のうち」."""
    pieces: list[str] = []
    wholes: list[str] = []
    at = 0
    for end in _ENDS.finditer(said):
        (wholes if _OF_WHOLE.match(end[0]) else pieces).append(said[at : end.start()])
        at = end.end()
    plain = [re.sub(r"の?(?:全体|総額|予算額?|合計)$", "", one) for one in wholes]
    return [_MARK.sub("", one).strip(" 　のを") for one in (*pieces, said[at:])], [_MARK.sub("", one) for one in plain]


def _says(words: str, fact: Fact) -> bool:
    name = fact.subprogram or fact.item or ""
    plain = match_form(words)
    if len(plain) < _LEAST:
        return False
    telling = nouns(words)
    held = [word for word in tokens(words) if word in telling]
    return plain in match_form(name) or (len("".join(held)) >= _LEAST and set(held) <= set(tokens(name)))


def against_row(question: str) -> bool:
    """Whether a share of a printed sum is asked for: 「合計の何%」, 「県全体の何割」."""
    return bool(_SUM.search(question) or _WHOLE.search(question))


def says_together(question: str) -> bool:
    """「A課とB課、合わせて部合計の何%」: a sum of several is set against another, and none of them alone."""
    return re.search("合わせ|あわせ|足し|合計し", question) is not None and against_row(question)


def share_of_row(query: Query, program: Program, part: Fact, index: Index) -> Draft | None:
    """「…課の予算は部合計の何%?」: what share of a printed sum of its document a program's or an office's budget is."""
    if says_together(query.question):
        return None
    row = _row(query, program, index) if not set(query.kinds) & set(FUNDING) else None
    whole = measure_of(row, (FactKind.BUDGET,), index) if row else None
    if row is None or whole is None or whole.fiscal_year != part.fiscal_year or whole.yen == part.yen:
        return None
    share = computed("share", (part, whole), places=places_asked(query.question))
    if share is None:
        return None
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    text = f"{source}{called(row)}の{fact_label(whole)}に占める{called(program)}の割合は、{{=0}}です。"
    told = [
        DraftSentence(f"{called(one)}の{fact_label(fact)}は、{{0}}です。", (fact,))
        for one, fact in ((program, part), (row, whole))
    ]
    return Draft("answered", None, (DraftSentence(text, computed=(share,)), *told))


def _row(query: Query, program: Program, index: Index) -> Program | None:
    """The printed sum that a question sets a program against; None when it tells none, or several."""
    home = [program.document]
    said = query.question.replace(program.program, "〓")
    named = [one for one in rows_named(said, index, home) if one.id != program.id]
    if not named and _SUM.search(said):
        below = [one for one in rows_of(index, home) if one.line_start > program.line_start and is_plain(one.program)]
        named = below[:1] or [one for one in totals_of(index, home) if one.id != program.id]
    if not named and _WHOLE.search(said):
        named = [one for one in totals_of(index, home) if one.id != program.id]
    return named[0] if len(named) == 1 else None
