"""Pages of programs that the document lists elsewhere: a heading that says a listed name, and all that stands below it.

A guide has a table of contents, a budget a list of its programs, and each of these has its own page further on.  The
names of the list tell which lines are headings of such pages, whatever form the pages have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..layout import Layout, Line
from ..layout.cells import GAP
from ..layout.labels import known_labels, plain
from ..layout.lines import Marker, markers_of
from .amounts import read_amount_line
from .headings import is_rule
from .names import clean_name, is_name, name_key, take_departments, take_flags
from .nesting import yen_of
from .parts import Part
from .titles import program_in

FEWEST = 3  # headings of one sort: fewer may be chance
_OPEN = "＜<［[【〔（(《〈"  # what begins a label
_SHORTEST = 3  # characters of a name that is looked for
_PLAIN = 5  # … where no number or mark stands before it
_KINDS = ("#", "n-n", "(n)", "①", "n.", "n", "■")
# what stands behind a name in its heading: marks, an office, amounts
_BEHIND = re.compile(
    r"[\s　]+(?=[【〔［\[（(＜<])"
    r"|[【〔［\[](?=[^】〕］\]]*[】〕］\]][\s　]*$)"
    r"|[\s　]{2,}"
    r"|[\s　]*※"
    r"|[\s　]+(?=[0-9０-９][0-9０-９,，.]*[\s　]*(?:[百千万億円]|[（(]))"
)
_MARKED = re.compile(r"^[^\s　]{1,3}[\s　]+")  # 「縮小 商店街支援事業」: what the heading says of the program first
_CELL = re.compile(r"\t|[\s　]*[|｜][\s　]*")
_CHAPTER = re.compile(r"第[0-9０-９一二三四五六七八九十]{1,2}[章節部編]|[Ⅰ-Ⅻ][\s　.．、]")
# what no program's page goes on behind
_APPENDIX = re.compile(
    r"[【〔［(（■◆]?[\s　]*(?:参考(?:資料|$|[\s　：:])|資料編|別[表紙添]|付録|巻末"
    r"|共通(?:の|事項)|(?:お)?問い?合わ?せ先?一覧)"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may head a program's page, with the lines that say its name."""

    line: Line
    last: int
    name: str
    sort: str


def own_pages(layout: Layout, known: Iterable[Part]) -> list[Part]:
    """The own pages of listed programs, in order; none where all of them are among the parts ``known`` already."""
    lines = layout.lines
    parts = [part for part in known if part.role == "program" and part.form != "section"]
    programs = {name_key(part.name) for part in parts}
    heads = _heads_of(lines, programs) or _peers(lines, parts) or _counted(lines)
    titled = {part.title_line for part in parts if part.form in ("page", "entry")}
    if len(heads) < FEWEST or all({head.line.number, head.last} & titled for head in heads):
        return []
    ends = [head.line.number - 1 for head in heads[1:]] + [len(lines)]
    names = {name_key(head.name) for head in heads}
    found = [
        _part(lines, head, _end(lines, head, heads[0], end, names), parts)
        for head, end in zip(heads, ends, strict=True)
    ]
    return [page for page in found if not _holds_others(page, parts)]


def _holds_others(page: Part, parts: list[Part]) -> bool:
    """A heading over a list of other programs, as of a scheme over its funds, has no page of its own."""
    inside = (
        one for one in parts if one.form in ("row", "entry") and page.line_start < one.line_start <= page.line_end
    )
    return len({name_key(one.name) for one in inside if program_in(one.name)} - {name_key(page.name)}) > 1


def without(pages: list[Part], own: list[Part]) -> list[Part]:
    """Other pages, but none that begins inside an own one; one that reaches into it ends before."""
    kept = []
    for page in pages:
        if any(one.line_start <= page.line_start <= one.line_end for one in own):
            continue
        nexts = [one.line_start - 1 for one in own if page.line_start < one.line_start <= page.line_end]
        kept.append(replace(page, line_end=min(nexts)) if nexts else page)
    return kept


def _peers(lines: tuple[Line, ...], parts: list[Part]) -> list[_Head]:
    """Headings of the sort that heads the pages of a guide, those of the pages and those that name a program."""
    pages = {part.title_line: part.name for part in parts if part.form == "page" and part.title_line}
    sorts = Counter(_sort(lines[number - 1]) for number in pages if lines[number - 1].marker("#"))
    if not sorts or sorts.most_common(1)[0][1] < FEWEST:
        return []
    sort = sorts.most_common(1)[0][0]
    alike = [line for line in lines if line.marker("#") and _sort(line) == sort and line.body]
    named = [(line, pages.get(line.number) or _name(line.body)) for line in alike]
    return [_Head(line, line.number, name, sort) for line, name in named if line.number in pages or program_in(name)]


def _counted(lines: tuple[Line, ...]) -> list[_Head]:
    """Headings numbered 1, 2, 3 … through the document, each with the name of a program and text below it."""
    found: dict[str, list[_Head]] = defaultdict(list)
    for line in lines:
        marker = None if line.tabular or not line.body or line.body[0] in _OPEN else line.marker("n", "n.", "(n)")
        if marker is None or line.markers[0] is not marker or not line.body.strip().startswith(_name(line.body)):
            continue
        run = found[_sort(line)]
        if not program_in(_name(line.body)) or marker.number != len(run) + 1:
            continue
        below = lines[line.number] if line.number < len(lines) else None
        if below is not None and _sort(below) != _sort(line):
            run.append(_Head(line, line.number, _name(line.body), _sort(line)))
    longest = max(found.values(), key=len, default=[])
    alike = sum(_sort(line) == longest[0].sort for line in lines if not line.tabular) if longest else 0
    return longest if len(longest) >= FEWEST and alike == len(longest) else []  # what counts anew is a program's parts


def _heads_of(lines: tuple[Line, ...], programs: set[str]) -> list[_Head]:
    """The lines that head the pages of listed programs: those of the one sort that most of them are."""
    said = _listed(lines)
    several = {key for key, places in said.items() if len(places) > 1 and key in programs}
    held = {place for key in several for place in said[key]}
    found = [head for line in lines if (head := _head(lines, line, several, held))]
    sorts = Counter(head.sort for head in found)
    if not sorts or sorts.most_common(1)[0][1] < FEWEST:
        return []
    sort = sorts.most_common(1)[0][0]
    by_name: dict[str, list[_Head]] = defaultdict(list)
    for head in found:
        if head.sort == sort:
            by_name[name_key(head.name)].append(head)
    return sorted((ones[-1] for ones in by_name.values()), key=lambda head: head.line.number)


def _listed(lines: tuple[Line, ...]) -> dict[str, set[int]]:
    """By the form of each name: the lines that print it, in a cell of a table or at their beginning."""
    found: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        names = _cells(line) if line.tabular else [_name(line.body), _name(_MARKED.sub("", line.body))]
        if not line.tabular and (broken := _broken_name(lines, line)):
            names.append(broken)
        for name in names:
            if len(name) >= _SHORTEST and name[0] not in _OPEN and is_name(name) and plain(name) not in known_labels():
                found[name_key(name)].add(line.number)
    return found


def _cells(line: Line) -> list[str]:
    """The names that the cells of a row may be, without their numbers."""
    cells = _CELL.split(line.raw) if _CELL.search(line.raw) else GAP.split(line.raw.strip(" 　"))
    return [clean_name(markers_of(cell.strip(" 　"))[1]) for cell in cells]


def _name(body: str) -> str:
    return clean_name(_BEHIND.split(body, maxsplit=1)[0])


def _broken_name(lines: tuple[Line, ...], line: Line) -> str:
    """The name that a line begins and the next one ends; an empty string where the next is a line of its own."""
    below = lines[line.number] if line.number < len(lines) else None
    if line.blank or below is None or below.blank or below.tabular or below.markers:
        return ""
    return clean_name(line.body.rstrip() + _name(below.body))


def _head(lines: tuple[Line, ...], line: Line, several: set[str], held: set[int]) -> _Head | None:
    """A line outside tables and lists that begins with a listed name, with text below it."""
    if line.tabular or not line.body or line.marker("-", "・", "※") or line.body[0] in _OPEN:
        return None
    sort = _sort(line)
    said = ((_broken_name(lines, line), line.number + 1), (_name(line.body), line.number))
    names = [*said, (_name(_MARKED.sub("", line.body)), line.number)]
    name, last = next((pair for pair in names if name_key(pair[0]) in several and is_name(pair[0])), ("", 0))
    if not name:
        return None
    if not sort and (len(name) < _PLAIN or (line.number > 1 and not lines[line.number - 2].blank)):
        return None
    above = next((one for one in reversed(lines[: line.number - 1]) if not one.blank), None)
    below = next((one for one in lines[last:] if not one.blank), None)
    if (
        below is None
        or below.number in held
        or (above is not None and above.number in held and above.number > line.number - 2)
    ):
        return None
    return _Head(line, last, name, sort)


def _sort(line: Line) -> str:
    """What a heading is marked with, and how far it is set in."""
    marker = line.marker(*_KINDS)
    if marker is None:
        return ""
    return f"{marker.text if marker.kind == '#' else marker.kind}:{line.indent}"


def _end(lines: tuple[Line, ...], head: _Head, first: _Head, end: int, names: set[str]) -> int:
    """The last line of a page: before the next one, the next chapter, an appendix, or a list of the programs."""
    chapter = _chapter_of(lines, head, first)
    above = {line.markers[0].text for line in lines[: first.line.number - 1] if line.marker("■", "#") and line.body}
    for line in lines[head.last : end]:
        if line.tabular and _lists_others(line, head, names):
            end = _above_table(lines, line.number) - 1
            break
        if _is_above(line, head):
            end = line.number - 1
            break
        if line.blank or line.tabular or line.indent > head.line.indent or not lines[line.number - 2].blank:
            continue
        if _ends_chapter(line, head, chapter, above):
            end = line.number - 1
            break
    while end > head.last and (lines[end - 1].blank or is_rule(lines[end - 1]) or lines[end - 1].raw.strip().isdigit()):
        end -= 1
    return max(end, head.last)


def _chapter_of(lines: tuple[Line, ...], head: _Head, first: _Head) -> tuple[str, int] | None:
    """The kind and number of the heading that a page stands under, of the kind that the first one stands under."""
    kind = next((one.kind for line in reversed(lines[: first.line.number - 1]) if (one := _number_of(line, first))), "")
    above = (_number_of(line, first) for line in reversed(lines[: head.line.number - 1]))
    return next(((one.kind, one.number or 0) for one in above if one and one.kind == kind), None)


def _number_of(line: Line, first: _Head) -> Marker | None:
    """The numbering of a line that is marked otherwise than the programs' headings."""
    marker = line.marker("n", "n.", "(n)") if not line.tabular else None
    return marker if marker and not first.sort.startswith(f"{marker.kind}:") else None


def _ends_chapter(line: Line, head: _Head, chapter: tuple[str, int] | None, above: set[str]) -> bool:
    """Whether a line heads what stands behind the chapter of the pages: by its number, its mark or its words."""
    if _CHAPTER.match(line.body) or _APPENDIX.match(line.raw.strip()):
        return True
    marker = line.marker("n", "n.", "(n)")
    if chapter and marker and (marker.kind, marker.number) == (chapter[0], chapter[1] + 1):
        return True
    return bool(above & {marker.text for marker in line.markers[:1]}) and not head.sort.startswith(line.markers[0].kind)


def _is_above(line: Line, head: _Head) -> bool:
    """A # heading of the page's own or a higher level."""
    own, other = head.line.marker("#"), line.marker("#")
    return bool(own and other and len(other.text) <= len(own.text))


def _lists_others(line: Line, head: _Head, names: set[str]) -> bool:
    return bool(set(map(name_key, _cells(line))) & names - {name_key(head.name)})


def _above_table(lines: tuple[Line, ...], number: int) -> int:
    """The first line of the table that line ``number`` is a row of, with the words right above it."""
    while number > 1 and lines[number - 2].tabular:
        number -= 1
    while number > 1 and lines[number - 2].blank:
        number -= 1
    return number - 1 if number > 1 and not lines[number - 2].tabular else number


def _part(lines: tuple[Line, ...], head: _Head, end: int, parts: list[Part]) -> Part:
    """The page; what another finder read of the same heading stays."""
    for part in parts:
        if part.form == "page" and part.title_line == head.line.number and part.name:
            return replace(part, line_end=end)
    body = head.line.body if head.last == head.line.number else head.line.body + lines[head.last - 1].body
    entry = read_amount_line(body)
    rest, departments = take_departments(body)
    marker = head.line.marker(*_KINDS)
    return Part(
        name=head.name,
        printed=head.line.raw.strip(),
        form="page",
        line_start=head.line.number,
        line_end=end,
        flags=take_flags(rest)[1],
        departments=departments,
        number=marker.number if marker and marker.kind in ("n", "n.", "(n)") else None,
        amount=yen_of(entry.figure) if entry else None,
        title_line=head.line.number,
        label=entry.label if entry else "",
    )
