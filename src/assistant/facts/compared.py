"""Sentences that hold a budget against last year's: 「予算の総額は12億円で、前年度の10億円と比べて2億円、20.0％の増」.

Each amount is told by the words right around it; a sentence that compares no budget is left to the cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..figures import find_figures, previous_year, year_number
from ..programs.names import squeeze
from ..records import INCLUDED, FactKind, Figure, FigureKind
from .make import Say

_BUDGET = re.compile(r"予算|会計|概算要求|要求額")
_COMPARES = re.compile(r"前年度|昨年度|前年(?=比|当初)|当初比")
_BACK = re.compile(r"^[\s　]*(?:この|その)うち")
_ITEM = re.compile(r"(?:うち|、)[\s　]*(?P<name>[^、。]{2,30}?)(?:は|に|へ|が|として)[、\s　]*(?:総額|約)?[\s　*]*$")
_BEFORE = re.compile(
    r"(?:前年度?|昨年度)の?(?:同期の?)?(?:当初|最終|補正後)?(?:予算)?(?:案|額|総額|規模)?(?:である|の|は|が|：|:)?"
    r"[、\s　]*[（(〔\[]?[\s　*約]*$"
)
_RATIO = re.compile(
    r"(?:対?前年度?|昨年度|当初)の?(?:当初|最終)?(?:予算)?額?(?:比|に対し|比較)?(?:で|は|：|:|、)?[\s　*約+＋]*$"
)
_SAME = re.compile(r"[*\s　]*[（(、，,・\s　]*(?:率にして|率で|増減率|率)?(?:は|：)?[\s　*約+＋]*$")
_SHARE = r"[（(、，,\s　]*(?:率にして|率で)?[\s　]*約?[▲△+＋−]?[0-9０-９.．,]+[\s　]*[％%][\s　]*[)）]?"
_WAY = re.compile(
    rf"^[*\s　]*(?:{_SHARE})?[)）]?[*\s　]*[のをも]?(?:程度)?[\s　]*"
    r"(?:(?P<more>増(?![設築員進産強資])|上回|多[いく]|プラス)|(?P<less>減(?![免税価災量塩農反])|下回|少な|マイナス))"
)
_LEAD = re.compile(
    r"^.*(?:における|のうち|にかかる|に係る|は、|、)|^[（(]?(?:令和|平成)?[0-9０-９元]*年度の?"
    r"|^[\s　]*(?:本年度|今年度|来年度)の?"
)
_TOTAL = re.compile(
    r"(?:の|に係る)?(?:(?:概算)?要求|(?:当初|補正)?予算)?(?:案|額|総額|規模|合計|全体)*(?:の(?:規模|総額|合計|額))?"
    r"(?:は|が|も)、?.*$"
)
_NO_WHOM = re.compile(
    r"^(?:本[県市町省庁局部]|[本当](?:補助金|事業|制度|資金|部|課|局)|全体|合計|総額|事業|予算|その|これ|同)?$"
)
REACH = 80  # characters behind a figure that may say what it is
_UNITS = (FigureKind.MONEY, FigureKind.PERCENT)


def compared(
    before: str, text: str, figures: Sequence[Figure], program: str, year: str, after: str = ""
) -> dict[int, tuple[Figure, Say]]:
    """What a sentence that compares budgets says of its figures, by the place of each in ``text``.

    ``before`` is the part of the first sentence that stands on the lines above, ``after`` the part of the last that
    stands on those below; ``program`` is the program whose
    page the text is on, and ``year`` the document's fiscal year.
    """
    found: dict[int, tuple[Figure, Say]] = {}
    if not _COMPARES.search(before + text + after):
        return found
    reach = len(before)  # what the lines above said decides what goes on here; it is told there
    told_above = [replace(each, start=each.start - reach, end=each.end - reach) for each in find_figures(before)]
    figures = [*told_above, *figures]
    start = 0
    while start < len(text):
        stop = text.find("。", start)
        stop = len(text) if stop < 0 else stop
        above = before if start == 0 else ""
        inside = [f for f in figures if start - len(above) <= f.start < stop and f.kind in _UNITS]
        below = after if stop == len(text) else ""
        sentence = _Sentence(above + text[start:stop] + below, start - len(above), program, year)
        told = _parts(sentence, inside) if _BACK.match(sentence.text) else _told(sentence, inside)
        found |= {figure.start: (figure, say) for figure, say in told if figure.start >= 0}
        start = stop + 1
    return found


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and what to take from a figure's place to have its place in it."""

    text: str
    shift: int
    program: str
    year: str


def _told(sentence: _Sentence, figures: list[Figure]) -> Iterator[tuple[Figure, Say]]:
    """What a sentence says of the whole budget."""
    compares = _COMPARES.search(sentence.text) and (_BUDGET.search(sentence.text) or "を計上" in sentence.text)
    if not compares or not any(figure.kind is FigureKind.MONEY for figure in figures):
        return
    whose = _whose(sentence.text[: figures[0].start - sentence.shift], sentence.program)
    last, now = None, False
    for figure, gap, behind in _around(sentence, figures):
        kind = _kind(figure, gap, behind, last, now=now)
        now = now or kind is FactKind.BUDGET
        if kind is not None:
            yield _said(figure, kind, behind, Say(kind, condition=whose), sentence.year)
        last = kind


def _parts(sentence: _Sentence, figures: list[Figure]) -> Iterator[tuple[Figure, Say]]:
    """「このうち窓口の運営に2億円」: named amounts of the budget that the sentence before tells."""
    part, last = None, None
    for figure, gap, behind in _around(sentence, figures):
        named = _ITEM.search(gap) if figure.kind is FigureKind.MONEY and not figure.per else None
        if named or re.search(r"[はが]", gap):
            part = squeeze(named["name"]) if named else None
        if part is None or part.startswith(("これ", "それ")):
            part, last = None, None
            continue
        kind = FactKind.BREAKDOWN if named else _kind(figure, gap, behind, last, now=True)
        if kind is not None:
            own = part == sentence.program  # the line is known to be of what its sentence names
            kind = FactKind.BUDGET if own and named else kind
            say = Say(kind) if own else Say(kind, part, item=part, note=INCLUDED if named else None)
            yield _said(figure, kind, behind, say, sentence.year)
        last = kind


def _around(sentence: _Sentence, figures: list[Figure]) -> Iterator[tuple[Figure, str, str]]:
    """Each figure with the words between the one before and it, and with all that stands behind it."""
    end = 0
    for figure in figures:
        start, stop = figure.start - sentence.shift, figure.end - sentence.shift
        yield figure, sentence.text[end:start], sentence.text[stop : stop + REACH]
        end = stop


def _kind(figure: Figure, gap: str, behind: str, last: FactKind | None, *, now: bool) -> FactKind | None:
    """The kind of one figure by the words between the figure before and it, and by those behind it."""
    if figure.kind is FigureKind.PERCENT:
        changed = last is FactKind.BUDGET_CHANGE and _SAME.match(gap)
        told = _RATIO.search(gap) and not re.match(r"以上|以下|未満|[\s　]*を?超", behind)
        return FactKind.BUDGET_CHANGE if changed or (told and _of_budget(gap)) else None
    if figure.per:
        return None
    if _BEFORE.search(gap) and last is not FactKind.BUDGET_PREVIOUS:
        return FactKind.BUDGET_PREVIOUS if now or last is None else None
    if _WAY.match(behind):
        return FactKind.BUDGET_CHANGE
    return None if now or not _is_now(gap, behind) else FactKind.BUDGET


def _of_budget(gap: str) -> bool:
    """「売上高が前年度比10％減った者」 compares sales and no budget."""
    said = _RATIO.sub("", gap)
    return not re.search(r"(?<![算額計求模])[がの、][\s　]*$", said) or said.endswith(("、", "で、"))


def _is_now(gap: str, behind: str) -> bool:
    if re.match(r"[\s　*]*を?(?:計上|措置)", behind):
        return True
    return (
        re.search(r"(?:は|が|総額|規模|予算額?|増の|減の|回る|多い|少ない|と同額の|会計|合計)[、：:\s　*約（(]*$", gap)
        is not None
    )


def _whose(head: str, program: str) -> str | None:
    """「経済局の一般会計当初予算案は、総額」 → 経済局の一般会計; None when the head names none but the program."""
    if not re.search(r"[はも]、?[^はがも]*$", head):
        return None
    name = squeeze(_TOTAL.sub("", re.sub(r"[（(][^（）()]*[)）]|\*", "", head), count=1))
    for _ in range(3):
        name = _LEAD.sub("", name)
    name = re.sub(r"の$", "", re.sub(r"^[\s　]*[-*+・][\s　]*", "", name))
    if _NO_WHOM.match(name) or not 2 <= len(name) <= 30 or _bare(name) in _bare(program):
        return None
    return name if not re.search(r"前年|[。「」]", name) else None


def _bare(name: str) -> str:
    return re.sub(r"(?:令和|平成)?[0-9０-９元]+年度|関連|関係|当初|予算|[の\s　]", "", name)


def _said(figure: Figure, kind: FactKind, behind: str, say: Say, year: str) -> tuple[Figure, Say]:
    if kind is FactKind.BUDGET_PREVIOUS:
        known = year_number(year) is not None
        return figure, replace(say, item="前年度", fiscal_year=previous_year(year) if known else None)
    way = _WAY.match(behind) if kind is FactKind.BUDGET_CHANGE else None
    if kind is FactKind.BUDGET_CHANGE:
        less = bool(way and way["less"])
        word = ("前年度からの減" if less else "前年度からの増") if way else "前年度比"
        return signed(figure, less=less), replace(say, item=word)
    return figure, say


def signed(figure: Figure, *, less: bool) -> Figure:
    """「1億円の減」 is -1億円."""
    if not less:
        return figure
    yen = -abs(figure.yen) if figure.yen is not None else None
    number = -abs(figure.number) if figure.number is not None else None
    return replace(figure, yen=yen, number=number)
