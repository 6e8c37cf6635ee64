"""The headings of the documents, and which of them a question names: by number, in full, or by most of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ..index import Index
from ..lexicon import compiled, table
from ..programs.marked import bare_heading, heading_mark, marks_said, same_mark
from ..records import FactKind, Program
from ..tokens import fold, tokens
from ..understand.places import regions_in

_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,80})[」』”\"]")
# a heading that stands over all of its document: 「令和7年度当初予算案」
_YEARLY = re.compile(r"(?:令和|平成|r)?[0-9元]+年度(?:の)?(?:当初|補正)?(?:予算|要求|概算要求)?案?")
# a pillar of a plan, by which the table of its programs is called: 「表3 柱2の関連事業（単位：百万円）」
_PILLAR = re.compile(r"柱[ 　]*([0-9０-９一二三四五六七八九]+)")
# all headings together are meant: 「①〜⑧を通して」
_RANGE = re.compile(
    r"[①-⑳IVXⅠ-Ⅹ1-9][~〜～\-－ー―][①-⑳IVXⅠ-Ⅹ0-9]+(?:の?(?:全部|すべて|全て|ぜんぶ|全体|柱|章|項目|方針))?(?:を|で)?(?:通|全|合わせ|あわせ|含|見|ひっくるめ)"
)
_SHORTEST = 4  # letters of a heading that a question may say without brackets
NEAR = 40  # lines above its first program in which a heading is looked for
LEAST = 3  # words of a heading that may be told without its number or brackets
MOST = 0.7  # share of a heading's words that tell it
FULL, QUOTED, MARKED, PLACED, WORDED = 5.0, 4.0, 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of one document with the programs under it, and where the question says it."""

    document: str
    path: tuple[str, ...]
    programs: tuple[Program, ...]
    said: str = ""  # the question's words that mean it
    sure: bool = False  # said in full, in brackets or by its number

    @property
    def words(self) -> str:
        """The heading's words without its number."""
        return bare_heading(self.path[-1])


def headings_of(index: Index, documents: Iterable[str]) -> tuple[Heading, ...]:
    """Every heading of these documents that some program stands under, but not one over the whole document."""
    held = frozenset(documents)
    return index.keep((headings_of, held), lambda: tuple(_headings(index, held)))


def _headings(index: Index, held: frozenset[str]) -> list[Heading]:
    members: dict[tuple[str, tuple[str, ...]], list[Program]] = {}
    real: dict[str, int] = {}
    for program in index.programs.values():
        if program.document not in held:
            continue
        if program.role == "program":
            real[program.document] = real.get(program.document, 0) + 1
        apart = _apart_from(program.section)
        for depth in range(len(program.section)):
            if depth < apart < len(program.section):
                continue
            members.setdefault((program.document, program.section[: depth + 1]), []).append(program)
    found = []
    lines = _lines_of(index, held)
    for (document, path), programs in members.items():
        first = _line_of(path[-1], programs, index.documents[document].lines)
        programs += _listed_between(programs, lines.get(document, {}), first)
        own = tuple(sorted(programs, key=lambda one: one.line_start))
        number = sum(program.role == "program" for program in own)
        if _is_title(path[-1], index.documents[document].title) or _YEARLY.fullmatch(fold(path[-1])):
            continue
        if bare_heading(path[-1]) and (number or len(own) > 1) and (number < real.get(document, 0) or len(path) > 2):
            found.append(Heading(document, path, own))
    return found


def _lines_of(index: Index, documents: frozenset[str]) -> dict[str, dict[int, Program]]:
    """Of each document the lines that print a program's budget, and not one listed a second time."""
    found: dict[str, dict[int, Program]] = {}
    for program in index.programs.values():
        if program.document in documents and program.role == "program":
            for fact in index.facts_of(program.id):
                if fact.kind is FactKind.BUDGET and "再掲" not in fact.flags and not fact.subprogram:
                    found.setdefault(program.document, {})[fact.line_start] = program
    return found


def _apart_from(section: tuple[str, ...]) -> int:
    """How deep a heading stands that belongs to none over it (「債務負担行為」); else how deep they go."""
    apart = compiled(table("scopes")["heading"]["apart"])
    return next((depth for depth, one in enumerate(section) if apart.fullmatch(bare_heading(one))), len(section))


def is_apart(program: Program) -> bool:
    """Whether a row stands under a heading of what is no program: commitments, balances of funds."""
    return _apart_from(program.section) < len(program.section)


def _line_of(heading: str, programs: list[Program], lines: Sequence[str]) -> int:
    """The line that prints a heading, above the first of its programs; that program's where none does."""
    first = min(one.line_start for one in programs)
    own = bare_heading(heading)
    above = (number for number in range(first - 1, max(0, first - 1 - NEAR), -1))
    return next((number for number in above if bare_heading(lines[number - 1].lstrip("# 　")) == own), first)


def _listed_between(programs: list[Program], lines: dict[int, Program], first: int) -> list[Program]:
    """Programs described under another heading whose amount stands in the list of these, that begins at ``first``."""
    members = [one for one in programs if one.role == "program"]
    if len({one.section for one in members}) > 1:
        return []
    own = [line for line, one in lines.items() if one in programs]
    last = _last_of(own, lines, max([*own, *(one.line_start for one in members)], default=0))
    between = [line for line in lines if own and min(first, *own) < line <= last and lines[line] not in programs]
    return list(dict.fromkeys(lines[line] for line in between)) if len(between) < len(members) else []


def _last_of(own: list[int], lines: dict[int, Program], last: int) -> int:
    """The last line of a list: rows of programs that are described elsewhere may follow, as close as its own rows."""
    rows = sorted(own)
    step = max((below - above for above, below in pairwise(rows)), default=0)
    for line in sorted(lines):
        if last < line <= last + step and last in (*rows, *lines) and lines[line].line_start > line:
            last = line
    return last


def _is_title(heading: str, title: str) -> bool:
    """Whether a heading is the document's own title, in full or shortened."""
    own, whole = fold(bare_heading(heading)), fold(title)
    return bool(own) and (own in whole or whole in own)


def named_headings(question: str, index: Index, documents: Iterable[str]) -> list[Heading]:
    """The headings that a question names, all of the same strength (one of each document that has it); [] for none."""
    if _RANGE.search(question):
        return []
    scored = []
    for heading in headings_of(index, documents):
        score, said = _score(heading, question, regions_in(question)[1])
        if score:
            scored.append((score, heading, said))
    if not scored:
        return []
    best = max(score for score, _, _ in scored)
    chosen = [(heading, said) for score, heading, said in scored if score == best]
    deepest = [one for one in chosen if not any(_is_under(other[0], one[0]) for other in chosen)]
    return [Heading(one.document, one.path, one.programs, said, best >= MARKED) for one, said in deepest]


def of_pillar(question: str, index: Index, documents: Iterable[str]) -> list[Heading]:
    """The table of programs of a plan's pillar that a question names by its number or its words, in one document."""
    held = set(documents)
    if "柱" not in question or len(held) != 1:
        return []
    said = {fold(match[1]): match[0] for match in _PILLAR.finditer(question)}
    for row in index.programs.values():
        match = _PILLAR.match(row.program) if row.document in held and row.role != "program" else None
        words = row.program[match.end() :].strip() if match else ""
        if match and len(words) >= _SHORTEST and (span := _span_of(words, question)):
            said[fold(match[1])] = span
    found = [
        (one, said[number])
        for one in headings_of(index, held)
        if any(program.role == "program" for program in one.programs)
        for number in (fold(match[1]) for match in _PILLAR.finditer(one.path[-1]))
        if number in said
    ]
    return [Heading(one.document, one.path, one.programs, span, True) for one, span in found] if len(found) == 1 else []


def _is_under(one: Heading, other: Heading) -> bool:
    return (
        one.document == other.document and len(one.path) > len(other.path) and one.path[: len(other.path)] == other.path
    )


def _score(heading: Heading, question: str, without_regions: str) -> tuple[float, str]:
    """How surely a question names a heading, and its words that do; 0 for not at all."""
    own = fold(heading.words)
    asked = fold(question)
    if len(own) >= _SHORTEST and own in asked and own not in table("scopes")["heading"]["general"]:
        return FULL + len(own) / 1000, _span_of(heading.words, question)
    said = [quote for quote in _QUOTED.findall(question) if len(fold(bare_heading(quote))) >= _SHORTEST]
    for quote in said:
        if fold(bare_heading(quote)) in own:
            return QUOTED + len(quote) / len(own) / 10, quote
    mark = heading_mark(heading.path[-1])
    if mark:
        for one, start, end in marks_said(question):
            if same_mark(one, mark):
                return MARKED + 0.1 * _shared(question[end : end + 40], heading.words), question[start:end]
    for place in _places(without_regions):
        words = _content(place)
        if len(words) >= 2 and words <= _content(heading.words):
            return PLACED + len(words) / len(_content(heading.words)), place
    return _worded(heading, without_regions)


def _worded(heading: Heading, question: str) -> tuple[float, str]:
    """A heading of which a question says most words, however they are joined."""
    own = _content(heading.words)
    share = len(own & _content(question)) / len(own) if len(own) > LEAST else 0.0
    return (WORDED + share, "") if share >= MOST else (0.0, "")


def _shared(text: str, heading: str) -> float:
    own = _content(heading)
    return len(own & _content(text)) / len(own) if own else 0.0


def _places(question: str) -> list[str]:
    """What a question says before 「…のところ」, 「…の欄」, 「…に載っている」."""
    ends = "|".join(table("scopes")["heading"]["places"])
    return [match[1] for match in re.finditer(rf"([^、。「」（）()？?]{{4,40}}?)(?:{ends})", question)]


def _span_of(words: str, question: str) -> str:
    """The stretch of a question that says some words, whatever the width and blanks of the two."""
    letters = [_either_width(letter) for letter in fold(words)]
    match = re.search(r"[\s　]*".join(letters), question)
    return match[0] if match else ""


def _either_width(letter: str) -> str:
    """A pattern of a letter in its plain and its wide form."""
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
    return f"(?i:{re.escape(letter)}|{re.escape(wide)})"


@cache
def _common() -> frozenset[str]:
    return frozenset(table("scopes")["heading"]["common"])


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """The words of a heading that tell it from others."""
    common = _common()
    words = {word for word in tokens(text) if len(word) > 1 and word not in common}
    return frozenset(word for word in words if not any(word != other and word in other for other in words))
