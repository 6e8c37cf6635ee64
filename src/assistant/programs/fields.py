"""Programs printed as a heading with labelled fields below it: 補助率：…, 補助上限額：…, 申請期間：…"""

from __future__ import annotations

import re
from functools import cache

from ..layout import Layout, Line
from ..layout.labels import plain
from ..lexicon import table
from .amounts import read_amount_line
from .headings import Headings, is_heading
from .names import clean_name, is_name, take_flags
from .parts import Part

_FIELD = re.compile(r"^(?P<label>[^。：:]{2,16})[：:]")
FEWEST = 2  # different fields that make a heading the name of a program


def find_fielded(layout: Layout, pages: list[Part]) -> list[Part]:
    """Headings outside ``pages`` whose list is mostly fields; each reaches to the next heading."""
    taken = {number for page in pages for number in range(page.line_start, page.line_end + 1)}
    headings = Headings()
    heads: list[tuple[Line, tuple[str, ...]]] = []
    for line in layout.lines:
        if not line.blank and not line.tabular and is_heading(layout.lines, line):
            headings.enter(line)
            heads.append((line, headings.path()[:-1]))
    ends = [*(head.number - 1 for head, _ in heads), len(layout.lines)][1:]
    parts = []
    for (head, path), end in zip(heads, ends, strict=True):
        body = [line for line in layout.lines[head.number : end] if not line.blank]
        if head.number not in taken and body and _is_fielded(body):
            part = _part(head, body[-1].number, path or (layout.document.title,))
            parts += [part] if part else []
    return parts


def field_label(line: Line) -> str | None:
    """The label that a line starts with when it is set off by a colon."""
    match = None if line.tabular else _FIELD.match(line.body)
    return plain(match["label"]) if match else None


@cache
def _known() -> frozenset[str]:
    labels = {plain(word) for role, entry in table("labels").items() if role != "support" for word in entry["words"]}
    return frozenset(labels | {plain(word) for cue in table("cues")["cue"] for word in cue.get("words", ())})


def _is_fielded(body: list[Line]) -> bool:
    """At the list's outermost level most of the items are fields; they differ, and one is a known one."""
    items = [line for line in body if line.marker("-", "・", "■") or field_label(line)]
    if not items:
        return False
    outermost = min(line.indent for line in items)
    labels = [field_label(line) for line in items if line.indent == outermost]
    fields = {label for label in labels if label}
    filled = sum(label is not None for label in labels)
    return len(fields) >= FEWEST and bool(fields & _known()) and filled * 3 >= len(labels) * 2


def _part(head: Line, end: int, path: tuple[str, ...]) -> Part | None:
    found = read_amount_line(head.body)
    name = found.name if found and found.name else clean_name(head.body)
    if not is_name(name) or plain(name) in _known():
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
