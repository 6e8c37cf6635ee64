"""Programs printed as pages: a name, a budget, then sections with labels that recur once a program."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ..figures import find_figures
from ..layout import Label, Layout, Line, read_label
from ..lexicon import words
from ..records import FigureKind
from .amounts import AmountLine, read_amount_line
from .names import LEADING_NUMBERS, UNIT_NAME, clean_name, is_name, name_key, squeeze, take_flags
from .parts import Part
from .titles import program_in

_OFFICE = re.compile(r"(課|室|局|部|班|係|庁|グループ|センター)([（(].*[)）])?$")
_NUMBER = re.compile(r"^[-－–—]?[\s　]*[0-9０-９]{1,3}[\s　]*[-－–—]?$")
# 「担当：商工課」
_ASKED = re.compile(r"^(?:担当(?:課|部署|者)?|所管(?:課)?|問い?合わ?せ先?|連絡先)[\s　]*[：:][\s　]*")
_NEXT = 4  # lines in which the next page begins
HEADER_REACH = 24


def find_pages(layout: Layout) -> list[Part]:
    """Pages in order; each reaches to the line before the next page's header."""
    labels = [(line, label) for line in layout.lines if (label := read_label(line))]
    starts = _openings(layout.lines, labels)
    headers = [_header(layout.lines, line.number, floor) for line, floor in _with_floors(starts)]
    pages: list[Part] = []
    for place, header in enumerate(headers):
        end = headers[place + 1].line_start - 1 if place + 1 < len(headers) else len(layout.lines)
        end = _before_next_page(layout.lines, header, _before_next_heading(layout.lines, header, end))
        pages.append(replace(header, line_end=_last_text(layout.lines, header.line_start, end)))
    recurring = _recurs(labels)
    pages = [page for page in pages if page.name or recurring]
    return _numbered(pages)


def _before_next_heading(lines: tuple[Line, ...], page: Part, end: int) -> int:
    """A page under a # heading ends where a heading of its own or a higher level stands."""
    own = lines[page.title_line - 1].marker("#") if page.title_line else None
    for number in range((page.title_line or end) + 1, end + 1) if own else ():
        marker = lines[number - 1].marker("#")
        if own and marker and len(marker.text) <= len(own.text) and not read_label(lines[number - 1]):
            return number - 1
    return end


def _before_next_page(lines: tuple[Line, ...], page: Part, end: int) -> int:
    """A page ends at its printed number where the next one begins with the name of another program."""
    for number in range((page.title_line or end) + 1, end):
        if not _is_number(lines, number):
            continue
        below = next((line for line in lines[number : number + _NEXT] if not line.blank), None)
        other = below is not None and not below.tabular and not below.markers and program_in(below.body)
        if other and name_key(other) != name_key(page.name):
            return number - 1
    return end


def _is_number(lines: tuple[Line, ...], number: int) -> bool:
    """Whether line ``number`` is a page's number: digits alone between blank lines."""
    alone = lines[number - 2].blank and (number == len(lines) or lines[number].blank)
    return alone and bool(_NUMBER.match(lines[number - 1].raw.strip()))


def _recurs(labels: list[tuple[Line, Label]]) -> bool:
    names = [label.name for _, label in labels]
    return len(set(names)) < len(names)


def _openings(lines: tuple[Line, ...], labels: list[tuple[Line, Label]]) -> list[Line]:
    """The lines whose label opens a program: the first label of a page, wherever it recurs, and any other that
    stands right below a name with its amount."""
    worded = [(line, label) for line, label in labels if label.role in ("aim", "content")]
    if not worded:
        return []
    opening = worded[0][1].name
    found = []
    floor = 0
    for line, label in worded:
        header = _header(lines, line.number, floor)
        if label.name == opening or (header.amount is not None and not _is_item(lines, header, floor)):
            found.append(line)
        floor = line.number
    return found


def _is_item(lines: tuple[Line, ...], header: Part, floor: int) -> bool:
    """Whether an amount above a label is that of a page's last part: 「（３）人材育成　5億円」 behind others."""
    own = lines[header.title_line - 1].marker("(n)", "①") if header.title_line else None
    if own is None or own.number is None or header.title_line is None:
        return False
    above = (line.marker(own.kind) for line in lines[floor : header.title_line - 1])
    return any(marker is not None and marker.number == own.number - 1 for marker in above)


def _with_floors(starts: list[Line]) -> list[tuple[Line, int]]:
    return [(line, starts[place - 1].number if place else 0) for place, line in enumerate(starts)]


def _header(lines: tuple[Line, ...], opening: int, floor: int) -> Part:
    """Walk up from a page's first label over its amount and offices to its name.

    A page whose name is not printed starts at its label, with an empty name.
    """
    amount: AmountLine | None = None
    departments: list[str] = []
    for number in range(opening - 1, max(floor, opening - HEADER_REACH, 0), -1):
        line = lines[number - 1]
        if line.blank or line.marker("※"):
            continue
        if line.tabular or read_label(line):
            break
        found = read_amount_line(line.body)
        if found and not found.name:
            amount = found
        elif found or _is_title(line):
            amount = found or amount
            return _page(lines, line, amount, departments, floor)
        elif _is_office(line):
            departments += [name for name in [_office_name(line.body)] if name]
        else:
            break
    return Part("", "", "page", opening, opening)


def _page(lines: tuple[Line, ...], title: Line, amount: AmountLine | None, departments: list[str], floor: int) -> Part:
    half = _first_half(lines, title)
    whole = read_amount_line(half + title.body) if half else None
    if whole and whole.name:
        amount, half = whole, ""
    name = half + (amount.name if amount and amount.name else clean_name(title.body))
    flags = (amount.flags if amount else ()) + take_flags(title.body)[1]
    number = title.marker("n", "n.", "(n)")
    return Part(
        name=name,
        printed=title.raw.strip(),
        form="page",
        line_start=_tag_line(lines, title.number, floor),
        line_end=title.number,
        flags=tuple(dict.fromkeys(flags)),
        departments=tuple(dict.fromkeys([*(amount.departments if amount else ()), *reversed(departments)])),
        number=number.number if number else None,
        amount=amount.figure.yen if amount and amount.figure else None,
        title_line=title.number,
    )


def _first_half(lines: tuple[Line, ...], title: Line) -> str:
    """What a # heading right above a # title of the same level says: the name was broken there."""
    above = lines[title.number - 2] if title.number > 1 else None
    own, other = title.marker("#"), above.marker("#") if above else None
    return squeeze(above.body) if above and own and other and own.text == other.text else ""


def _is_title(line: Line) -> bool:
    return is_name(clean_name(line.body)) and not _is_office(line)


def _is_office(line: Line) -> bool:
    """An office or its telephone in a page's head, never the program's name."""
    body = line.body.strip("()（） ")
    if UNIT_NAME.search(body) or _OFFICE.search(body):
        return True
    figures = find_figures(body)
    return any(figure.kind is FigureKind.PHONE for figure in figures)


def _office_name(body: str) -> str:
    name = re.sub(
        r"[（(]?\s*(TEL|電話|℡)?[:：]?\s*[0-9０-９\-－()（）]{9,}\s*[)）]?", "", LEADING_NUMBERS.sub("", body)
    )
    return _ASKED.sub("", name.strip(" 　()（）"))


def _tag_line(lines: tuple[Line, ...], title: int, floor: int) -> int:
    """The line above a title that only lists kinds of support (補助等, 相談) belongs to the page."""
    kinds = {unicodedata.normalize("NFKC", word) for word in words("labels", "support", "words")}
    for number in range(title - 1, max(floor, title - 4), -1):
        line = lines[number - 1]
        if line.blank:
            continue
        terms = [term.strip() for term in re.split(r"[,，、・\s]+", unicodedata.normalize("NFKC", line.body))]
        return number if not line.tabular and terms and all(term in kinds for term in terms) else title
    return title


def _last_text(lines: tuple[Line, ...], start: int, end: int) -> int:
    while end > start and lines[end - 1].blank:
        end -= 1
    return end


def _numbered(pages: list[Part]) -> list[Part]:
    """A page without a printed name takes the number that is missing between its neighbours."""
    result = list(pages)
    for place, page in enumerate(pages):
        if page.name or place == 0:
            continue
        before = result[place - 1].number
        after = pages[place + 1].number if place + 1 < len(pages) else None
        if before is not None and (after is None or after == before + 2):
            result[place] = replace(page, number=before + 1)
    return result
