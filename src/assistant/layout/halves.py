"""Two columns of print flattened to one text: programs stand on the left and others beside them on the right.

「①給付金                ⑤助成金」 over 「 対象 …         対象 …」 is no table: each half is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .beside_label import print_width
from .labels import known_labels, plain
from .lines import markers_of
from .roles import header_role

FEWEST = 2  # lines on which both halves begin with the mark of an item
FIELDS = 2  # labels of fields in each half
SLACK = 2  # columns of print by which a half may begin off its place
GUTTER = 2  # columns of print that are empty between the halves
NARROWEST = 24  # columns of print of the left half
_MARKS = ("①", "(n)", "n.", "n", "■")


@dataclass(frozen=True, slots=True)
class Halves:
    """The text without the right half, the right half alone with every other line empty, and by line number how
    many letters further to the right each line of the latter is printed."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    moved: dict[int, int]


def halves_of(lines: Sequence[str]) -> Halves | None:
    """The halves of a document that has two columns somewhere; None for any other; linear in its length."""
    starts = [_starts(raw) for raw in lines]
    heads = [(place, column) for place, raw in enumerate(lines) for column in _heads(raw, starts[place])]
    column = _column([column for _, column in heads])
    near = [place for place, each in heads if column is not None and abs(each - column) <= SLACK]
    if column is None or len(near) < FEWEST:
        return None
    first, last = _region(lines, starts, column, near)
    found = _divided(lines, starts, column, range(first, last + 1))
    told = all(sum(map(begins_field, half[first : last + 1])) >= FIELDS for half in (found.left, found.right))
    return found if told else None


def _heads(raw: str, starts: Mapping[int, int]) -> list[int]:
    """The columns at which a line has a second mark of the sort that it begins with."""
    mark = _mark(raw) if starts else ""
    return [column for column, at in starts.items() if mark and _mark(raw[at:]) == mark]


def _column(columns: Sequence[int]) -> int | None:
    """The column that most of them stand near to."""
    near = {each: [abs(other - each) for other in columns if abs(other - each) <= SLACK] for each in columns}
    return min(near, key=lambda each: (-len(near[each]), sum(near[each]), each), default=None)


def _divided(lines: Sequence[str], starts: Sequence[Mapping[int, int]], column: int, places: Iterable[int]) -> Halves:
    left, right, moved = list(lines), [""] * len(lines), {}
    for place in places:
        at = _cut(starts[place], column)
        if at is None:
            continue
        rest = lines[place][at:].rstrip(" 　")
        deeper = print_width(lines[place][:at]) - column
        indent = deeper if deeper > SLACK else 0
        left[place] = lines[place][:at].rstrip(" 　")
        right[place] = " " * indent + rest
        moved[place + 1] = at - indent
    return Halves(tuple(left), tuple(right), moved)


def _starts(raw: str) -> dict[int, int]:
    """Where text begins behind a gap: the letter's place by its column of print."""
    found: dict[int, int] = {}
    column = gap = 0
    for place, letter in enumerate(raw if "\t" not in raw and "|" not in raw else ""):
        if letter in " 　":
            gap += print_width(letter)
        else:
            if gap >= GUTTER and column >= NARROWEST:
                found[column] = place
            gap = 0
        column += print_width(letter)
    return found


def _mark(text: str) -> str:
    """The kind of mark that a half begins with."""
    markers, rest = markers_of(text.strip(" 　"))
    return markers[0].kind if markers and rest and markers[0].kind in _MARKS else ""


def _cut(starts: Mapping[int, int], column: int) -> int | None:
    """The place at which the right half of a line begins; it may stand further in than others."""
    return next((at for each, at in starts.items() if each >= column - SLACK), None)


def _crosses(raw: str, starts: Mapping[int, int], column: int) -> bool:
    """Whether a line runs over the place where the right half begins, or is a row of a table."""
    at = _cut(starts, column)
    return "\t" in raw or "|" in raw or print_width(raw[:at].rstrip(" 　")) > column


def _region(
    lines: Sequence[str], starts: Sequence[Mapping[int, int]], column: int, heads: Sequence[int]
) -> tuple[int, int]:
    """First and last place of the two columns: around the lines that begin items in both, with their headings."""
    first, last = heads[0], heads[-1]
    above = first
    while above and not lines[above - 1].strip():
        above -= 1
    while above and any(abs(each - column) <= SLACK for each in starts[above - 1]):
        above -= 1
        first = above
    while last + 1 < len(lines) and not _crosses(lines[last + 1], starts[last + 1], column):
        last += 1
    return first, last


def begins_field(text: str) -> bool:
    """Whether a text begins with the label of a field: 「対象 市内事業者」."""
    words = text.strip(" 　").replace("　", " ").split(" ", 1)
    return len(words) == 2 and (plain(words[0]) in known_labels() or header_role(words[0]) not in (None, "name"))
