"""Programs printed in lists: a name with its amount, on one line or on two, and lines that explain it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..layout import Layout, Line, read_label
from ..records import Figure, FigureKind
from .amounts import AmountLine, field_words, read_amount_line, sum_by_year
from .asking import about_all
from .cut import cut_bracket, cut_name, cut_years, give_back, goes_on_in_bracket
from .dated_items import dated_item
from .fields import field_label
from .footnotes import noted_programs
from .headings import is_heading, is_rule
from .listed import listed_name, offices_of
from .names import clean_name, heading_offices, is_name, name_key, take_departments, take_flags
from .nesting import is_of_other, stands_inside, yen_of
from .owned import tells_terms
from .parts import Part
from .sections import about_program, about_question, fund_of_example, item_of_program, of_attribute, scheme, subject
from .sources import source_list
from .state import State as _State
from .titles import is_example, is_generic, program_in, without_numbering, without_year
from .told import by_number, is_term_of_all

#: An account, or all that an office is in charge of, is no program.
_WHOLE = re.compile(r"(?:会計|所管分|部局?計)(?:[（(][^（）()]*[)）])?$")
_BRACKETED = re.compile(r"^[（(][^（）()]*(?:[)）]|$)(?:[\s　]*$|[\s　]+補正[前後])")
_COMPARES = re.compile(r"^[（(〔［\[][\s　]*(?:対?前年度?|昨年度)")


def find_entries(layout: Layout, pages: list[Part], rows: list[Part]) -> list[Part]:
    """Entries outside pages and tables, in order; ``rows`` are the programs that the tables name."""
    taken = {number for page in pages for number in range(page.line_start, page.line_end + 1)}
    named = {name_key(part.name): part.name for part in (*rows, *pages) if part.name and part.role == "program"}
    starts = {part.line_start for part in rows}
    listed = {
        number
        for table in layout.tables
        if any(row.line in starts for row in table.rows) or table.line_start in starts
        for number in range(table.line_start, table.line_end + 1)
    }
    told = (table for table in layout.tables if tells_terms(table))
    terms = {number for table in told for number in range(table.line_start, table.line_end + 1)}
    numbers = {part.number: part.name for part in rows if part.role == "program" and part.number is not None}
    noted = noted_programs(layout.lines, rows)
    state = _State(named=named, numbers=numbers, noted=noted, contact=about_all(layout.lines))
    for line in layout.lines:
        state.enter_label(layout.lines, line)
        if line.number in taken:
            state.open = False
        elif line.tabular:
            near = not state.gap or (line.number in terms and state.has_body)
            if state.open and near and state.parts[-1].amount is not None and line.number not in listed:
                _extend(state, line)  # a table right below what an entry says is the entry's
            else:
                _close(state)
        elif line.blank:
            state.gap = True
        else:
            _read(state, layout.lines, line)
            state.gap = False
    return _with_sections(state.parts, layout)


def _close(state: _State) -> None:
    """A table or a heading ends an entry; one that has no figure yet may go on behind it."""
    if state.open and state.parts and state.parts[-1].form == "entry" and state.parts[-1].amount is None:
        state.unfinished = len(state.parts) - 1
    state.open = False
    state.listing = None


def _read(state: _State, lines: tuple[Line, ...], line: Line) -> None:
    entry, title = _entry_at(lines, line, state)
    if _read_sources(state, lines, line) or _read_listed(state, lines, line, entry):
        return
    if (_asks(state, line) and not is_heading(lines, line)) or _ends_all(lines, line):
        _close(state)
        state.asked = True
        _note_section(state, lines, line)
    elif _goes_on_with_sum(state, line):
        _extend(state, line)
    elif is_example(state.headings.current()) and not ((line.markers or line.bold) and is_heading(lines, line)):
        _note_section(state, lines, line)
    elif entry is not None and title is not None and _is_group(state, lines, line, entry):
        give_back(state.parts, line, title, inside=state.open)
        _start(state, line, title, replace(entry, role="subtotal"))
        state.headings.enter(title, without_numbering(entry.name))
        _close(state)
    elif entry is not None and title is not None:
        _add(state, line, title, entry)
    elif (offices := heading_offices(line.body)) and _heads_office(state, line):
        state.offices = offices
        state.headings.enter(line, "、".join(offices))
        _close(state)
    elif is_heading(lines, line) and not (_awaits_body(state) and not _stands_out(line)):
        state.offices = heading_offices(line.body)
        state.headings.enter(line)
        _close(state)
        state.tagged = state.asked = False
        state.numbered = None
        state.fund, state.told = None, state.told.under(line)
    elif _names_program(line):
        _start(state, line, line, AmountLine(clean_name(line.body), "", None, *_marks_of(line)))
    elif state.open and not is_of_other(state, line):
        _extend(state, line)
    elif _goes_on_with_list(state, line):
        _resume(state, line)
    else:
        _note_section(state, lines, line)


def _heads_office(state: _State, line: Line) -> bool:
    """「【商工課】」 between two lists heads the next one; right below a program it is the program's office."""
    apart = not state.open or (state.gap and line.indent <= state.indent)
    return apart and (line.marker("■", "#") is not None or line.body[0] in "【〔［＜<《")


def _goes_on_with_list(state: _State, line: Line) -> bool:
    """An item of the list that a table or a heading interrupted; one that names a program tells of that one."""
    listed = state.unfinished is not None and line.marker("-", "・") is not None and bool(find_figures(line.body))
    return listed and item_of_program(line, state.known) is None


def _read_sources(state: _State, lines: tuple[Line, ...], line: Line) -> bool:
    """A list of sources of money belongs to the program that it stands in, else to what its heading's bracket says."""
    if state.listed is not None and line.number <= state.listed.line_end:
        _extend(state, line)
        return True
    found = source_list(lines, line)
    state.listed = found
    if found is None:
        return False
    own = state.open and bool(state.parts) and not found.whose
    if own and (found.total == state.parts[-1].amount or (line.indent > state.indent and not state.gap)):
        _extend(state, line)
        return True
    _close(state)
    state.parts.append(_section(state, line, found.whose or subject(state.headings.path(), line, None, state.known)))
    return True


def _read_listed(state: _State, lines: tuple[Line, ...], line: Line, entry: AmountLine | None) -> bool:
    """An item that names a program without its amount, and the amount that stands by itself behind its words."""
    mine = state.open and state.listing is not None
    deeper = state.open and line.indent > state.indent
    if mine and entry is not None and not line.markers and state.has_body:
        _extend(state, line)  # 「（予算額 900千円）」 below an item's words is the item's, whatever stands above it
        return True
    if mine and state.gap and read_label(line) and not deeper:  # 【数値目標】 behind the list is of the section
        _close(state)
        return False
    bullet = line.marker("-", "・") is not None or not is_heading(lines, line)
    if entry is not None or deeper or not line.markers or not bullet or (state.open and state.listing != _form(line)):
        return False
    if state.label in ("content", "condition"):
        return False
    name = listed_name(lines, line, state.known, beside=mine)
    if name is None:
        if mine and is_name(clean_name(line.body)) and field_label(line) not in field_words():
            _close(state)  # the next item of the list is no part of the last
        return False
    flags, departments = _marks_of(line)
    _start(state, line, line, AmountLine(name, "", None, flags, (*departments, *offices_of(line.body))))
    state.listing = _form(line)
    return True


def _form(line: Line) -> tuple[str, int]:
    """What the items of one list share: their marker and how far they are set in."""
    return line.markers[0].kind, line.indent


def _ends_all(lines: tuple[Line, ...], line: Line) -> bool:
    """A rule below which only notes stand, up to the document's end."""
    below = (other for other in lines[line.number :] if not other.blank)
    return is_rule(line) and all(other.marker("※") or is_rule(other) for other in below)


def _asks(state: _State, line: Line) -> bool:
    """The only line of a document that says whom to ask, set apart, is about all of it."""
    return line.number == state.contact and (state.gap or not state.open) and line.indent <= state.indent


def _goes_on_with_sum(state: _State, line: Line) -> bool:
    """「（前年度 1,402千円、19.4％増）」 right below a sum is said of it."""
    last = state.parts[-1] if state.parts else None
    summed = last is not None and last.role in ("subtotal", "total") and last.form == "entry"
    return summed and last is not None and last.line_end == line.number - 1 and bool(_COMPARES.match(line.body))


def _is_group(state: _State, lines: tuple[Line, ...], line: Line, entry: AmountLine) -> bool:
    """「◆ 柱１　稼ぐ力を高める　４億円」 over a list of programs is a policy with its sum, not a program."""
    bare = without_numbering(entry.name)
    if entry.role == "subtotal" and sum_by_year(line.body):
        return program_in(bare) is None
    nested = state.open and line.indent > state.indent
    if bare != entry.name and not nested and program_in(bare) is None:
        return True
    if not line.markers or program_in(bare):
        return False
    below = next((other for other in lines[line.number : line.number + 4] if not other.blank), None)
    if below is None or below.tabular or below.marker("■"):
        return False
    if not line.marker("■", "#") and below.indent <= line.indent:
        return False
    found = read_amount_line(below.body)
    return found is not None and bool(program_in(found.name))


def _stands_out(line: Line) -> bool:
    return bool(line.marker("#", "■")) or line.bold or is_generic(line.body) or is_example(line.body)


def _awaits_body(state: _State) -> bool:
    """A program whose amount was just printed takes a plain line as its explanation, not as a heading."""
    return state.open and not state.has_body


def _entry_at(lines: tuple[Line, ...], line: Line, state: _State) -> tuple[AmountLine | None, Line | None]:
    """The entry that ends on this line: name and amount here, or the name on the line above."""
    if line.marker("※") or read_label(line) or (_BRACKETED.match(line.body) and not sum_by_year(line.body)):
        return None, None
    if line.markers and (dated := dated_item(line.body)):
        return dated, line
    title = lines[line.number - 2] if line.number > 1 else None
    if title is not None and (cut_bracket(title, line) or cut_years(title, line) or cut_name(lines, title, line)):
        whole = read_amount_line(title.body + line.body)
        if whole is not None and whole.name:
            return whole, title
    found = read_amount_line(line.body)
    if found is None:
        return None, None
    if line.marker("①", "(n)") and not _is_numbered_program(state, line, found):
        return None, None
    if found.name:
        return found, line
    above = line.number - 1
    gaps = 0
    while above > 0 and lines[above - 1].blank and gaps < 1:
        above, gaps = above - 1, gaps + 1
    if above == 0 or lines[above - 1].tabular or lines[above - 1].blank or (gaps and not found.label):
        return None, None
    title = lines[above - 1]
    head, departments = take_departments(title.body)
    head, flags = take_flags(head)
    name = clean_name(re.sub(r"^うち", "", head))  # 「うち商工観光部所管分」 has an amount of its own below
    if not is_name(name) or title.marker("※", "①") or find_figures_money(title.body) or _is_case(title):
        return None, None
    return replace(
        found, name=name, flags=(*flags, *found.flags), departments=(*departments, *found.departments)
    ), title


def _is_numbered_program(state: _State, line: Line, found: AmountLine) -> bool:
    """Numbered items with amounts are a program's parts; where no program is open they are programs, one by one."""
    named = bool(program_in(re.sub(r"[（(][^（）()]*[)）]$", "", found.name)))
    if not named or (state.open and state.numbered is None):
        return False
    kind = next(marker.kind for marker in line.markers if marker.kind in ("①", "(n)"))
    if state.open and state.numbered != (kind, line.indent):
        return False
    state.numbered = (kind, line.indent)
    return True


def _is_case(title: Line) -> bool:
    """A field, a generic heading or a 枠 in brackets does not name the program whose amount stands below it."""
    bracketed = re.match(r"^[〔［\[＜<【]", title.body) and re.search(r"[〕］\]＞>】]$", title.body)
    return bool(bracketed) or field_label(title) in field_words() or is_generic(title.body)


def find_figures_money(body: str) -> list[Figure]:
    """The amounts of money in a line."""
    return [figure for figure in find_figures(body) if figure.kind is FigureKind.MONEY]


def _names_program(line: Line) -> bool:
    """A list item that names an office in 【】 and no amount is a program all the same."""
    head, departments = take_departments(line.body)
    at_end = line.body.rstrip().endswith("】")
    return bool(departments) and at_end and bool(line.marker("-", "・")) and is_name(clean_name(head))


def _marks_of(line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head, departments = take_departments(line.body)
    return take_flags(head)[1], departments


def _add(state: _State, line: Line, title: Line, entry: AmountLine) -> None:
    """A new program, or an amount inside the program whose list this is."""
    if stands_inside(state, line, title, entry):
        _extend(state, line)
        return
    give_back(state.parts, line, title, inside=state.open and bool(state.parts))
    _start(state, line, title, entry)
    state.has_body = bool(line.markers) and dated_item(line.body) is not None


def _start(state: _State, line: Line, title: Line, entry: AmountLine) -> None:
    name = without_numbering(entry.name)
    if entry.role == "program" and _WHOLE.search(name):
        entry = replace(entry, role="total")
    if entry.role == "program":
        state.named.setdefault(name_key(name), name)
    state.parts.append(
        Part(
            name=name,
            aliases=() if name == entry.name else (entry.name,),
            printed=title.raw.strip(),
            form="entry",
            line_start=title.number,
            line_end=line.number,
            flags=tuple(dict.fromkeys(entry.flags)),
            departments=tuple(dict.fromkeys(entry.departments or state.offices)),
            section=state.headings.path(),
            amount=yen_of(entry.figure),
            title_line=title.number,
            label=entry.label,
            role=entry.role,
        )
    )
    state.open, state.has_body, state.listing = entry.role == "program", False, None
    state.indent = title.indent
    state.kind = title.markers[0].kind if title.markers else ""
    state.tagged = state.tagged or bool(entry.departments)


def _extend(state: _State, line: Line) -> None:
    state.parts[-1] = replace(state.parts[-1], line_end=line.number)
    state.has_body = True


def _resume(state: _State, line: Line) -> None:
    """A list that a table interrupted goes on: its first item ends the entry that had no figure yet."""
    before = state.parts[state.unfinished or 0]
    state.parts.append(replace(before, line_start=line.number, line_end=line.number, title_line=None, more=True))
    state.unfinished = None


def _note_section(state: _State, lines: tuple[Line, ...], line: Line) -> None:
    """A sentence with a figure under a heading is about the whole section, not a program."""
    heading = state.headings.current()
    state.told.read(line, state.known, gap=state.gap)
    if is_example(heading) and state.fund is None:
        state.fund = fund_of_example(line.body, heading, state.known)
    noted = state.noted.get(line.number) or by_number(line, state.numbers)
    if not noted and not any(figure.kind is not FigureKind.YEAR for figure in find_figures(line.body)):
        return
    above = lines[line.number - 2] if line.number > 1 and not state.headings.ends_at(line.number - 1) else None
    first = state.told.note[0] if state.told.note else line.number  # a note speaks of one thing, on all its lines
    last = state.parts[-1].line_end if state.parts and state.parts[-1].form == "section" else 0
    if last and (last >= first or goes_on_in_bracket(above, line, last)):
        state.parts[-1] = replace(state.parts[-1], line_end=line.number)
        return
    told = state.fund or about_program(line.body, state.known) or about_question(heading, state.known)
    told = told or noted or item_of_program(line, state.known)
    told = told or state.told.whose(line, heading) or of_attribute(line.body, state.known)
    if not (heading or told or state.asked or is_term_of_all(line)):
        return
    name = (
        without_year(state.headings.titled())
        if state.asked
        else told or subject(state.headings.path(), line, above, state.known)
    )
    before = state.parts[-1] if state.parts else None
    unnamed = name in ("", without_year(state.headings.titled())) and not (told or state.asked) and is_generic(heading)
    if unnamed and before is not None and before.form == "section" and before.line_end == line.number - 1:
        name = name if line.markers else before.name  # the paragraph goes on
    example = (is_example(heading) or state.told.example) and not state.asked
    part = replace(_section(state, line, name), flags=("example",) if example else (), line_start=first)
    state.parts.append(replace(part, role="program") if told and name == told else part)


def _section(state: _State, line: Line, name: str) -> Part:
    return Part(
        name=name,
        printed=line.raw.strip(),
        form="section",
        line_start=line.number,
        line_end=line.number,
        role="total",
        section=state.headings.path(),
    )


def _with_sections(parts: list[Part], layout: Layout) -> list[Part]:
    title = layout.document.title
    name, aliases = scheme(title)
    whole = {"", *map(name_key, aliases)}
    named = [
        replace(part, name=name, aliases=aliases) if part.form == "section" and name_key(part.name) in whole else part
        for part in parts
    ]
    return [replace(part, section=part.section or (title,)) for part in named]
