"""Definition lists, as tools that turn web pages into Markdown write them: a label, and below it 「: what it says」."""

from __future__ import annotations

from dataclasses import replace

from .lines import Line

_MARK = ": "
_LONGEST_LABEL = 20


def with_definitions(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines; a definition's ``body`` begins with its label, as in 「予算額：9,850万円」."""
    result = list(lines)
    label = ""
    for place, line in enumerate(lines):
        if line.raw.startswith(_MARK) and label and not line.tabular:
            result[place] = replace(line, body=f"{label}：{line.raw.removeprefix(_MARK).strip()}", markers=())
        elif not line.blank:
            plain = not line.tabular and not line.markers and len(line.body) <= _LONGEST_LABEL
            label = line.body.rstrip("：:") if plain else ""
    return tuple(result)


def is_defined(lines: tuple[Line, ...], line: Line) -> bool:
    """Whether the line is the label of the definition below it."""
    return line.number < len(lines) and lines[line.number].raw.startswith(_MARK)
