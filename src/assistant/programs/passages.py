"""Passages: runs of source lines about one program, cut where the program's page has its sections."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from ..layout import Layout, read_label
from ..records import Passage, Program
from .parts import Part

LONGEST = 900  # characters; a longer section is cut between paragraphs


def cut_passages(
    layout: Layout, programs: tuple[Program, ...], parts: tuple[Part, ...], owners: tuple[str, ...]
) -> tuple[Passage, ...]:
    """Passages in line order; none is empty.

    A line belongs to one program, but for a table whose columns are programs: its lines are a passage of each.
    """
    by_id = {program.id: program for program in programs}
    passages: dict[int, Passage] = {}
    for part, owner in zip(parts, owners, strict=True):
        for start, end in _runs(layout, part):
            passage = _passage(layout, by_id[owner], start, end)
            if passage.id in passages and passages[passage.id].program_id != owner:
                passage = replace(passage, id=passage_id(f"{layout.document.id}:{owner}", start, end))
            passages.setdefault(passage.id, passage)
    return tuple(passages.values())


def passage_id(document: str, start: int, end: int) -> int:
    """A stable positive 63-bit id: the same lines of the same document keep it over builds."""
    digest = hashlib.blake2b(f"{document}:{start}-{end}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _passage(layout: Layout, program: Program, start: int, end: int) -> Passage:
    text = "\n".join(layout.document.lines[start - 1 : end])
    number = passage_id(layout.document.id, start, end)
    return Passage(number, layout.document.id, program.id, program.program, program.section, start, end, text)


def _runs(layout: Layout, part: Part) -> Iterator[tuple[int, int]]:
    """Line ranges of a part's passages: a page is cut at its labels, then at blank lines when too long."""
    cuts = [part.line_start]
    if part.form == "page":
        size = 0
        for number in range(part.line_start + 1, part.line_end + 1):
            line = layout.lines[number - 1]
            size += len(line.raw)
            after_blank = layout.lines[number - 2].blank
            if (read_label(line) and size > 160) or (size > LONGEST and after_blank and not line.blank):
                cuts.append(number)
                size = 0
    ends = [cut - 1 for cut in cuts[1:]] + [part.line_end]
    for start, end in zip(cuts, ends, strict=True):
        while end > start and layout.lines[end - 1].blank:
            end -= 1
        while start < end and layout.lines[start - 1].blank:
            start += 1
        if not layout.lines[start - 1].blank:
            yield start, end
