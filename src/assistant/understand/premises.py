"""Figures that a question takes for granted, and questions that want a figure to be promised.

A figure is a premise by the words behind it (「…ですよね」, 「…と聞いています。間違いありませんか」) or before
it (たしか); the asker's own cost, size or age is none, nor is one of two figures that are weighed.
"""

from __future__ import annotations

import re
from functools import cache

from ..figures import find_figures
from ..figures.loose import loose_money
from ..lexicon import table
from ..records import FactKind, Figure, FigureKind
from ..tokens import search_form

_SENTENCE = re.compile(r"[^。？?！!\n]*[。？?！!\n]*")
#: Kinds of figures that need the confirming word nearby: a question is full of lengths of time and counts.
_EVERYDAY = (FigureKind.COUNT, FigureKind.DURATION)
_AMOUNTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_GREAT = 100_000_000  # yen: what no one applicant gets
_LOANS = (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_WEIGHED = {
    FigureKind.MONEY: (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT),
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.PERCENT: (*_LOANS, FactKind.SUBSIDY_RATE),
}
_HALF = re.compile(
    r"半額|(?<=補助)(?:は|が|って)半分|半分(?=[をもは]?(?:補助|助成|みて|見て|出して|持って|もって|くれ|出る|もらえ|負担して))"
)
_OWN = re.compile(
    r"(?:うち|ウチ|弊社|当社|自社|我が社|わが社)(?:の?ほう|の方)?(?:は|なら|では|だと|が|も)(?:、)?$"
)  # 「うちは15社で出す」
_PUT = re.compile(r"(?<=[万億])つ(?=[いけく])")  # 「1千万ついた」 counts nothing
# 「1人年12万円」, 「1店500万円」: of each, the sum behind it is what is said
_EACH = re.compile(
    r"^(?:あたり|当たり|につき|年間?|月|で|に|、){0,2}(?:最大|約)?[0-9〇一二三四五六七八九十百千]+[0-9,.]*[百千]?[万億円]"
)
_PER_ONE = re.compile(r"^(?:あたり|当たり|につき|ごと|に(?!な|決|絞))")  # 「1社に配られる額」
_RUNS = re.compile(r"^(?:まで(?!に)|から|に(?:始|終|でき)|開始|スタート|で終)")


def said_figures(text: str) -> list[Figure]:
    """Every figure that a question says, with sums of money said without 円."""
    text = _PUT.sub("〓", text)
    halves = [
        Figure(match[0], FigureKind.RATE, match.start(), match.end(), number=0.5) for match in _HALF.finditer(text)
    ]
    return sorted([*find_figures(text), *loose_money(text), *halves], key=lambda figure: figure.start)


def premises_in(text: str) -> tuple[Figure, ...]:
    """The figures of a question that it takes for granted."""
    if weighs(text):
        return ()
    found = []
    for figure in said_figures(text):
        if figure.kind in _EVERYDAY and _is_basis(figure, _plain(text[figure.end :])):
            continue
        if figure.kind in _EVERYDAY and _OWN.search(_plain(text[: figure.start])):
            continue
        if figure.kind is FigureKind.YEAR and not _RUNS.search(_plain(text[figure.end :])):
            continue
        if not is_own(figure, text) and _is_granted(figure, text):
            found.append(figure)
    return _with_joined(found, text)


_JOIN = re.compile(r"^(?:円|ずつ|まで)?(?:を|で|、|,|が|は|の|と|×|x|間|もらえて)?(?:最長|最大|上限)?$")


def _with_joined(granted: list[Figure], text: str) -> tuple[Figure, ...]:
    """「18万円を3年だと聞いて」: with the count or the time that is said right behind a sum taken for granted."""
    others = [one for one in said_figures(text) if one.kind in _EVERYDAY and one not in granted]
    sums = [one for one in granted if one.kind in _AMOUNTS]
    joined = [
        one
        for one in others
        if any(each.end <= one.start and _JOIN.match(_plain(text[each.end : one.start])) for each in sums)
    ]
    return tuple(sorted([*granted, *joined], key=lambda one: one.start))


def _is_basis(figure: Figure, behind: str) -> bool:
    """Whether a count only says what a sum is of: 「1人年12万円」, 「1社に配られる額」."""
    return bool(_EACH.search(behind)) or (figure.number == 1 and bool(_PER_ONE.search(behind)))


def shares_and_sums(text: str) -> tuple[Figure, ...]:
    """The sums of money and the shares of a question, whether taken for granted or not."""
    return tuple(figure for figure in find_figures(text) if figure.kind in _AMOUNTS)


def without_times(text: str, granted: tuple[Figure, ...]) -> str:
    """A question without the years that it takes for granted: 「H28からですよね」 asks for no document of that year.

    Nor does a year up to which, or whether in which something goes on: 「今年度限り?」, 「来年もある?」.
    """
    text = goes_on().sub(lambda match: match[0].replace(match["year"], "〓"), text)
    for figure in granted:
        if figure.kind in (FigureKind.YEAR, FigureKind.PERIOD):
            text = text.replace(figure.text, "〓")
    return text


def weighs(text: str) -> bool:
    """Whether a question weighs two figures and wants to be told which it is."""
    return _pattern("either").search(_plain(text)) is not None


def weighed_kinds(text: str) -> tuple[FactKind, ...]:
    """What figures of one sort may be of that a question wants weighed by no name: 「奨励金は20万?30万?どっち」."""
    found = [one for one in said_figures(text) if one.kind in _AMOUNTS and not is_own(one, text)]
    if len(found) < 2 or len({one.kind for one in found}) > 1:
        return ()
    if not (weighs(text) or _pattern("which").search(_plain(text))):
        return ()
    return (FactKind.BUDGET,) if min(one.yen or 0 for one in found) >= _GREAT else _WEIGHED[found[0].kind]


def is_own(figure: Figure, text: str) -> bool:
    """Whether a figure is what the asker would spend, or their size or age."""
    behind, before = _plain(text[figure.end :]), _plain(text[: figure.start])
    if figure.unit == "歳" or _pattern("own_before").search(before):
        return True
    return _pattern("own_behind").search(behind) is not None and not _pattern("close").search(behind)


def is_forced(text: str) -> bool:
    """Whether a question wants a figure to be promised, repeated or guessed."""
    return _any("probe", "forced").search(_plain(text)) is not None


def is_guess(text: str) -> bool:
    """Whether a question would have a figure estimated where none is stated."""
    return _any("probe", "guess").search(_plain(text)) is not None


def names_budget(text: str) -> bool:
    """Whether the budget itself is asked for, and not only something to be reckoned from it."""
    plain = re.sub("|".join(table("questions")["probe"]["from_budget"]), "", _plain(text))
    return re.search("予算|事業費|要求額|計上|総額", plain) is not None


def is_personal(text: str) -> bool:
    """Whether a question asks what the asker alone, or one applicant, would get."""
    return _any("probe", "personal").search(_plain(text)) is not None


def _is_granted(figure: Figure, text: str) -> bool:
    sentence, following = _around(figure, text)
    behind = _plain(text[figure.end : sentence[1]])
    if _pattern("close").search(behind):
        return True
    if _pattern("asking").search(_plain(text[figure.end :])):
        return False
    if _any("premise", "before").search(_plain(text[sentence[0] : figure.start])):
        return True
    if _any("premise", "after").search(behind):
        return figure.kind not in _EVERYDAY or len(behind) <= _NEAR or _closes_its_clause(behind)
    heard = "" if figure.kind is FigureKind.DURATION else behind[:_SOON] if figure.kind in _EVERYDAY else behind
    if heard and _any("premise", "hearsay").search(heard):
        return True
    if figure.kind not in _EVERYDAY and _any("premise", "pleased").search(behind):
        return True
    return _pattern("next").search(_plain(following)) is not None


def _closes_its_clause(behind: str) -> bool:
    """「20者まで組めるんでしたよね、うちは15社で…」: the clause of a figure ends with the word that claims it."""
    clause = _CLAUSE.split(behind, maxsplit=1)[0]
    return len(clause) <= _NEAR and _pattern("claimed").search(clause) is not None


_CLAUSE = re.compile(r"[、,]")
_SOON = 20  # … where it was only heard of
_NEAR = 30  # characters behind a count, as far as its sentence may go on


def _around(figure: Figure, text: str) -> tuple[tuple[int, int], str]:
    """Where the sentence of a figure starts and ends, and what follows it."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= figure.start < match.end():
            return (match.start(), match.end()), text[match.end() :]
    return (0, len(text)), ""


def _plain(text: str) -> str:
    return search_form(text)


@cache
def goes_on() -> re.Pattern[str]:
    """A year that something is said to end with, or asked to go on in."""
    pieces = table("questions")["pieces"]
    return re.compile(f"(?P<year>{pieces['year']})(?:{pieces['goes_on']})", re.IGNORECASE)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("questions")["premise"][name])


@cache
def _any(part: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("questions")[part][name]))
