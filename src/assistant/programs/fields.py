"""Programs printed as a heading with labelled fields below it: 補助率：…, 補助上限額：…, 申請期間：…"""

from __future__ import annotations

import re

from ..figures import find_figures
from ..layout import Layout, Line
from ..layout.labels import known_labels, plain
from ..layout.roles import ATTRIBUTE_ROLES, header_role
from ..records import FigureKind
from .amounts import field_label as known_field
from .amounts import field_words, read_amount_line
from .asking import before_contact, only_contact
from .headings import Headings, is_heading, is_rule
from .names import clean_name, is_name, take_flags
from .offices import without_offices
from .parts import Part
from .reach import reaches
from .titles import is_contact, is_generic, is_question, program_in, program_of_title

_FIELD = re.compile(r"^(?![（(\[［]?[\s　]*単[\s　]*位)(?P<label>[^。：:]{2,16})[：:]")
_BRACKETED = re.compile(r"^[【〔［\[](?P<label>[^】〕］\]]{2,12})[】〕］\]][\s　]*(?=[^\s　])")
_CASE = re.compile(r"^[〔［\[＜<【《][^〕］\]＞>】》]{2,24}[〕］\]＞>】》]$")
_SPACED = re.compile(r"[^。、：:]{2,12}?　")  # 「使　途　運転資金」
_FIRST_FIELDS = 4  # lines in which a list of fields has a known one
FEWEST = 2  # different fields that make a heading the name of a program


def find_fielded(layout: Layout, pages: list[Part]) -> list[Part]:
    """Headings outside ``pages`` whose list is mostly fields, or that name a program and are explained in prose.

    Each reaches to the next heading.
    """
    taken = {number for page in pages for number in range(page.line_start, page.line_end + 1)}
    heads = _heads(layout)
    ends = [*(head.number - 1 for head, _ in heads), len(layout.lines)][1:]
    parts: list[Part] = []
    contact = only_contact(layout.lines)
    held = 0
    for (head, path), end, reach in zip(heads, ends, reaches([head for head, _ in heads], ends), strict=True):
        if head.number <= held:
            continue
        body = _above_rule([line for line in layout.lines[head.number : end] if not line.blank])
        whole = [line for line in layout.lines[head.number : reach] if not line.blank] if reach > end else []
        if head.number not in taken and whole and (_is_told(whole) or _is_tabled(whole)):
            body, held = _above_rule(whole), reach
        body = before_contact(body, layout.lines, contact, alone=not parts and not pages)
        if head.number in taken or not body:
            continue
        named = program_in(head.body) and _stands_out(head)
        if _is_fielded(body) or (named and (_is_told(body) or _is_tabled(body))):
            part = _part(head, _end_of(layout.lines, body), path or (layout.document.title,))
            parts += [part] if part else []
    return without_offices(parts)


def whole_document(layout: Layout, found: list[Part]) -> Part | None:
    """The one program that a whole document is about, by its title, when no page or heading names another."""
    name = program_of_title(layout.document.title)
    if name is None or any(program_in(part.name) for part in found):
        return None
    written = [line.number for line in layout.lines if not line.blank]
    if not written:
        return None
    short = _without_region(name, layout)
    return Part(
        name=short,
        aliases=(name,) if short != name else (),
        printed=layout.document.title,
        form="page",
        line_start=written[0],
        line_end=written[-1],
        section=(layout.document.title,),
    )


def _without_region(name: str, layout: Layout) -> str:
    """The name as the text has it, where that leaves out the region which the title puts before it."""
    region = layout.document.region
    short = name.removeprefix(region)
    if not region or short == name or len(short) < 8 or not is_name(short):
        return name
    text = "".join(line.body.strip() for line in layout.lines)
    return short if re.search(rf"(?<!{re.escape(region)}){re.escape(short)}", text) else name


def _heads(layout: Layout) -> list[tuple[Line, tuple[str, ...]]]:
    """Headings with the path above them; a marked line right above fields is one too, a question is none."""
    headings = Headings()
    heads: list[tuple[Line, tuple[str, ...]]] = []
    for line in layout.lines:
        if line.blank or line.tabular or is_question(line.body):
            continue
        if is_heading(layout.lines, line) or _stands_over_fields(layout.lines, line):
            headings.enter(line)
            heads.append((line, headings.path()[:-1]))
    return heads


def _stands_out(head: Line) -> bool:
    return head.marker("#", "■") is not None or head.bold


def _stands_over_fields(lines: tuple[Line, ...], line: Line) -> bool:
    if line.number >= len(lines) or field_label(line):
        return False
    below = lines[line.number]
    if _names_page(lines, line):  # 「○○補助金」 set apart from what stands above, its fields marked or in brackets
        marked = below.marker("■", "・", "-") or _BRACKETED.match(below.body)
        return bool(marked) and not below.tabular and field_label(below) in field_words()
    if not line.marker("■", "n", "n.", "(n)"):
        return False
    if _heads_block(lines, line, below):
        return True
    if _CASE.match(below.body) and line.number + 1 < len(lines):
        below = lines[line.number + 1]  # 〔原油高騰枠〕 opens a part of what the line above names
    if not line.marker("■") and any(figure.kind is FigureKind.MONEY for figure in find_figures(line.body)):
        return False  # a part with its amount
    if line.markers == below.markers and program_in(line.body) is None:
        return False  # 「■ 使途　…」 over 「■ 限度額　…」 is a field as that is
    return _opens_fields(lines, below, own=line) and is_name(clean_name(line.body))


def _heads_block(lines: tuple[Line, ...], line: Line, below: Line) -> bool:
    """「◆ 経営安定資金」 behind a blank line, over lines that are set in under it."""
    apart = line.marker("■") is not None and (line.number == 1 or lines[line.number - 2].blank)
    inside = not below.tabular and not below.blank and below.indent > line.indent
    return apart and inside and program_in(line.body) is not None and not find_figures(line.body)


def _opens_fields(lines: tuple[Line, ...], below: Line, *, own: Line) -> bool:
    """A known field, or the first of a few items that are marked alike and otherwise than what stands above them."""
    if field_label(below) in field_words():
        return True
    if not below.markers or below.markers[0].kind not in ("■", "・", "-") or not own.marker("■"):
        return False
    if below.markers == own.markers or not _SPACED.match(below.body):
        return False
    items = (line for line in lines[below.number : below.number + _FIRST_FIELDS] if line.markers == below.markers)
    return any(field_label(item) in field_words() for item in items)


def _names_page(lines: tuple[Line, ...], line: Line) -> bool:
    """A plain line, or one with the number of its page, that is the name of a program and begins a block of lines."""
    if line.markers and not line.marker("p"):
        return False
    apart = line.marker("p") or line.number == 1 or lines[line.number - 2].blank
    return bool(apart) and program_in(line.body) is not None


def _end_of(lines: tuple[Line, ...], body: list[Line]) -> int:
    """The last line of a program's body, which the sum of the list that the program ends is not part of.

    Such a sum stands apart, and is more than anything that the program's own lines say.
    """
    last = body[-1]
    inner = min((line.indent for line in body[:-1]), default=0)
    if is_contact(last.body) and lines[last.number - 2].blank and last.indent < inner:
        return body[-2].number  # whom to ask of the whole document
    summed = read_amount_line(last.body)
    if summed is None or summed.role == "program" or len(body) < FEWEST or not lines[last.number - 2].blank:
        return last.number
    own = (figure.yen or 0 for line in body[:-1] for figure in find_figures(line.body))
    return body[-2].number if summed.figure and (summed.figure.yen or 0) > max(own, default=0) else last.number


def _above_rule(body: list[Line]) -> list[Line]:
    """The lines above a rule across the page below which only notes stand: those are of the whole document."""
    for place, line in enumerate(body):
        if place and is_rule(line) and all(below.marker("※") or is_rule(below) for below in body[place + 1 :]):
            return body[:place]
    return body


def _is_told(body: list[Line]) -> bool:
    """Sentences with figures, and no list of programs with their amounts."""
    listed = sum(bool(found and found.name) for line in body if (found := read_amount_line(line.body)))
    said = [line for line in body if not line.tabular]
    figures = any(figure.kind is not FigureKind.YEAR for line in said for figure in find_figures(line.body))
    return figures and listed == 0 and not _lists_programs(body)


def _is_tabled(body: list[Line]) -> bool:
    """A table of 区分 by 補助率, 上限額 … with what is said around it, and no list of programs."""
    opening = [line for place, line in enumerate(body) if line.tabular and not (place and body[place - 1].tabular)]
    heads = [[header_role(cell.strip()) for cell in _cells(line)] for line in opening]
    listed = any(found and program_in(found.name) for line in body if (found := read_amount_line(line.body)))
    if not heads or listed or _lists_programs(body):
        return False
    return all("name" not in head for head in heads) and any(set(head[1:]) & ATTRIBUTE_ROLES for head in heads)


def field_label(line: Line) -> str | None:
    """The label that a line starts with when it is set off by a colon, or a known one set off by a wide space."""
    if line.tabular:
        return None
    match = _FIELD.match(line.body) or _BRACKETED.match(line.body)
    if match:
        return plain(match["label"])
    return known_field(line.body)


def _is_fielded(body: list[Line]) -> bool:
    """At the list's outermost level most of the items are fields; they differ, and one is a known one."""
    items = [line for line in body if line.marker("-", "・", "■") or field_label(line)]
    if (
        not items
        or _lists_programs(body)
        or any(program_in(found.name) for line in body if (found := read_amount_line(line.body)))
    ):
        return False
    outermost = min(line.indent for line in items)
    items = [line for line in items if line.indent == outermost]
    unmarked = [line for line in items if not line.markers and _FIELD.match(line.body)]
    if len(unmarked) >= FEWEST and items[0] is unmarked[0]:  # bullets explain the field above them
        items = [line for line in items if not line.markers or field_label(line)]
    labels = [field_label(line) for line in items]
    fields = {label for label in labels if label}
    filled = sum(label is not None for label in labels)
    told = {label for label in fields & field_words() if known_labels().get(label) != "contact"}
    return len(fields) >= FEWEST and bool(told) and filled * 3 >= len(labels) * 2


def _lists_programs(body: list[Line]) -> bool:
    """A table with a column of names makes its heading the title of a list."""
    first = next((line for line in body if line.tabular), None)
    return any(header_role(cell.strip()) == "name" for cell in (_cells(first) if first else ()))


def _cells(line: Line) -> list[str]:
    return [cell for cell in re.split(r"[\t|]", line.raw) if cell.strip()]


def _part(head: Line, end: int, path: tuple[str, ...]) -> Part | None:
    found = read_amount_line(head.body)
    name = found.name if found and found.name else program_in(head.body) or clean_name(head.body)
    if not is_name(name) or is_generic(name):
        return None
    number = head.marker("n", "n.", "(n)")
    return Part(
        name=name,
        printed=head.raw.strip(),
        form="page",
        line_start=head.number,
        line_end=end,
        flags=tuple(dict.fromkeys((found.flags if found else ()) + take_flags(head.body)[1])),
        departments=found.departments if found else (),
        section=path,
        number=number.number if number else None,
        amount=found.figure.yen if found and found.figure else None,
        title_line=head.number,
    )
