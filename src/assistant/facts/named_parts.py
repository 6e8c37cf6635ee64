"""The numbered parts of each program's page, whether or not a figure stands in them.

A part that states no rate must be known all the same: its sibling's rate is not its own.
"""

from __future__ import annotations

from ..layout import Layout, read_label
from ..programs import Split
from .scopes import line_title

_NUMBERED = ("(n)", "n.", "n")
_UNNAMED = ("contact", "link", "target")  # sections whose numbers name no parts


def named_parts(layout: Layout, split: Split) -> dict[str, tuple[str, ...]]:
    """Titles of numbered parts by program id, in the order of the page."""
    found: dict[str, dict[str, None]] = {}
    for part, owner in zip(split.parts, split.owners, strict=True):
        if part.form != "page":
            continue
        role = "head"
        for line in layout.lines[part.line_start - 1 : part.line_end]:
            label = read_label(line)
            role = label.role if label else role
            if role == "head" or role in _UNNAMED or line.tabular or not line.marker(*_NUMBERED):
                continue
            title = line_title(line, line.body)
            if title:
                found.setdefault(owner, {})[title] = None
    return {owner: tuple(titles) for owner, titles in found.items()}
