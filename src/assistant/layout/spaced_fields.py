"""Fields set apart by spaces: 「予 算 額   58,730  （41,205）」 below 「事 業 名   …」, on a page of each program.

Such lines are a label with what it says.  They are known by the label of a name (事業名) that recurs at one indent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..lexicon import words
from .beside_label import print_width
from .labels import known_labels, plain
from .lines import Line, markers_of
from .roles import header_role, header_text

FEWEST = 2  # names that recur
LONGEST = 8  # letters of a label
_NAME = re.compile(r"(?:事業|施策|制度|補助金|助成金|資金|支援策|取組|プログラム)(?:の)?名称?|名称")
_EMPTY = re.compile(r"[\s　]*[（(][\s　]*[－―‐–—-][\s　]*[）)]$")  # 「126,400（ － ）」: there was none before
_GAP = re.compile(r"[ 　]{2,}|　")


@dataclass(frozen=True, slots=True)
class SpacedField:
    """The label of a line without spaces, and where in the raw line its value begins."""

    label: str
    start: int

    @property
    def is_name(self) -> bool:
        """Whether the value is a program's name."""
        return _NAME.fullmatch(self.label) is not None


def with_spaced_fields(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, each such field as 「予算額：58,730（41,205）」; linear in the document's length."""
    result = list(lines)
    for number, field in spaced_fields(lines).items():
        result[number - 1] = _as_text(lines[number - 1], field)
    return tuple(result)


def spaced_fields(lines: Sequence[Line]) -> dict[int, SpacedField]:
    """The fields of pages that begin with a name, by line number; empty where names do not recur."""
    found = {line.number: field for line in lines if (field := _field(line))}
    indents = [_indent(lines[number - 1]) for number, field in found.items() if field.is_name]
    own = max(set(indents), key=indents.count, default=None)
    if own is None or indents.count(own) < FEWEST:
        return {}
    first = next(number for number, field in found.items() if field.is_name)
    kept = {n: field for n, field in found.items() if n >= first and _indent(lines[n - 1]) == own}
    names = sum(field.is_name for field in kept.values())
    return kept if len(kept) >= 2 * names else {}


def _field(line: Line) -> SpacedField | None:
    """A known label at the beginning of the line, its letters set apart or not, with words behind a gap."""
    if line.tabular or line.blank or "\t" in line.raw or "|" in line.raw:
        return None
    raw = line.raw.rstrip(" 　")
    for gap in _GAP.finditer(raw, _indent(line)):
        label = plain(raw[: gap.start()])
        if len(label) > LONGEST or gap.end() == len(raw):
            return None
        if len(label) > 1 and _is_label(label):
            return SpacedField(label, gap.end())
    return None


def _is_label(label: str) -> bool:
    told = _NAME.fullmatch(label) or label in known_labels() or header_text(label) in _sources()
    return bool(told) or header_role(label) not in (None, "name")


def _sources() -> set[str]:
    return {header_text(word) for word in words("records", "sources", "words")}


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip(" 　"))


def _as_text(line: Line, field: SpacedField) -> Line:
    markers, rest = markers_of(line.raw[field.start :].strip())
    if markers:
        indent = print_width(line.raw[: field.start])
        return replace(line, body=rest, markers=markers, indent=indent, begin=field.start)
    return replace(line, body=f"{field.label}：{_EMPTY.sub('', rest)}", markers=(), indent=_indent(line))
