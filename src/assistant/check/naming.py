"""Whom a sentence is about that says no program's name in full: a sum, a part, a name said in part, or a stranger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..figures import find_figures
from ..index import Index
from ..records import FactKind, FigureKind, Program
from ..tokens import fold
from ..understand import Mention, Vocabulary
from ..understand.vocabulary import bounded
from .scope import Context

_SUMS = ("計", "合計", "総計", "総額", "小計")
_SUM_SAID = re.compile(
    r"(?<![一-龠々])(?:合計|総計|総額|計|全体)(?:額|で|は|が|の予算|[ 　：:、])*約?[ 　]*(?=[0-9０-９])"
)
_SORT = r"(?:事業費補助金?|事業費?|補助金|助成金|給付金|支援金|奨励金|交付金|貸付金|資金|基金|対策費|制度|プロジェクト)"
_LETTER = "一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ・･"
_JOINED = re.compile(r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]")  # a bullet 「・」 joins nothing
# a name by its form: long, and ending in what programs are called
_NAME = re.compile(
    rf"「(?P<quoted>[^「」]{{4,60}}{_SORT})」|(?P<run>[{_LETTER}][{_LETTER}の]{{4,60}}?{_SORT})(?![{_LETTER}])"
)
_LEAST = 8  # letters; shorter ones (補助対象事業, 運転資金) are common words
_ALIKE = 0.9  # of a name's pairs of letters that stand in a program's name, where it is that name in part


def sums_said(sentence: str, context: Context, index: Index) -> list[Mention]:
    """A sum of a region's document: by its name (部合計, 一般会計), by a word for a sum, or by the office's name."""
    found = []
    for name, programs in _sums_of(context, index).items():
        plain = re.sub(r"(?:合計|小計|計)$", "", name)
        places = (_at(sentence, one) for one in (name, plain) if one not in _SUMS and len(one) > 1)
        place = next((one for one in places if one), None)
        one = index.programs[programs[0]]
        if place is None and one.role == "total" and _has_budget(one, index):
            place = _office_at(sentence, index.documents[one.document].publisher, context)
            if place is None and context.region_here and (match := _SUM_SAID.search(sentence)):
                place = match.span()
        if place:
            found.append(Mention(*place, tuple(programs), None))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _sums_of(context: Context, index: Index) -> dict[str, list[str]]:
    """The sums of the region's documents by name; one that a document has more than once is left out."""
    names: dict[str, list[str]] = {}
    for program in index.programs.values():
        if program.role in ("total", "subtotal") and index.documents[program.document].region in context.regions:
            names.setdefault(program.program, []).append(program.id)
    return {name: ids for name, ids in names.items()
            if len({index.programs[one].document for one in ids}) == len(ids)}  # fmt: skip


def _has_budget(program: Program, index: Index) -> bool:
    return any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id))


def _at(sentence: str, name: str) -> tuple[int, int] | None:
    place = sentence.find(name)
    return (place, place + len(name)) if place >= 0 and bounded(sentence, place, place + len(name)) else None


def _office_at(sentence: str, publisher: str, context: Context) -> tuple[int, int] | None:
    """Where the office that publishes a document is named, without its region: 商工労働部."""
    for region in context.regions:
        office = publisher.removeprefix(region)
        if office != publisher and len(office) > 2 and (place := sentence.find(office)) >= 0:
            return place, place + len(office)
    return None


def part_said(sentence: str, until: int, context: Context, index: Index) -> tuple[int, str] | None:
    """The part (一般枠, 単独型 …) of the program spoken of that a sentence names last before a place, and where."""
    parts = {part for one in context.programs for part in index.programs[one].subprograms if len(part) > 1}
    ends = [(at + len(part), part) for part in parts if (at := _alone(sentence, part, until)) >= 0]
    return max(ends, key=lambda one: (one[0], len(one[1])), default=None)


def _alone(sentence: str, part: str, until: int) -> int:
    """Where a part's name is said last before a place, and is not the end of a longer word; -1 when it is not."""
    at = sentence.rfind(part, 0, until)
    while at > 0 and _JOINED.match(sentence[at - 1]) and _JOINED.match(part[0]):
        at = sentence.rfind(part, 0, at + len(part) - 1)
    return at


def called_in_part(sentence: str, vocabulary: Vocabulary, index: Index) -> list[Mention]:
    """Programs of which a sentence says most of the name, where only one is called so."""
    found = []
    for start, end in _names_by_form(sentence):
        name = sentence[start:end]
        for one in vocabulary.partly(name):
            program = index.programs[one]
            if _alike(name, (program.program, *program.aliases)) >= _ALIKE:
                found.append(Mention(start, end, (one,), None))
    return found


def names_a_stranger(sentence: str, context: Context, index: Index) -> bool:
    """Whether a sentence is about something called like a program, which is none that the text speaks of."""
    about = [index.programs[one] for one in context.programs]
    own = [words for one in about for words in (one.program, *one.aliases, *one.subprograms)]
    facts = [fact for one in about for fact in index.facts_of(one.id)]
    own += [words for fact in facts for words in (fact.quote, fact.condition or "", fact.item or "")]
    return any(_alike(sentence[start:end], own) < _ALIKE for start, end in _names_by_form(sentence))


def _names_by_form(sentence: str) -> Iterator[tuple[int, int]]:
    """What is called like a program before the first figure of a sentence."""
    first = next((one.start for one in find_figures(sentence) if one.kind is not FigureKind.YEAR), 0)
    for match in _NAME.finditer(sentence, 0, first):
        part = "quoted" if match["quoted"] else "run"
        if match["quoted"] or len(match["run"]) >= _LEAST:
            yield match.span(part)


def _alike(name: str, others: Iterable[str]) -> float:
    """The share of a name's pairs of letters that one of the others has."""
    pairs = _pairs(name)
    return max((len(pairs & _pairs(other)) / len(pairs) for other in others if pairs), default=0.0)


def _pairs(text: str) -> set[str]:
    plain = fold(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
