"""Elements of ``rich_text``: in them text is literal, and nothing of it is ever read as a mention, a link or a mark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from . import limits
from .escaping import address, literal, runs, torn
from .message import Block
from .spots import LONGEST, Spot

Element = dict[str, Any]
_USER = re.compile(r"[UW][A-Z0-9]{1,40}")


def words(text: str, *, bold: bool = False, italic: bool = False) -> list[Element]:
    """Text of any origin as elements."""
    style = {name: True for name, is_on in (("bold", bold), ("italic", italic)) if is_on}
    return [
        {"type": "text", "text": part, **({"style": style} if style else {})}
        for run in runs(literal(text))
        for part in torn(run)
    ]


def link(url: str | None, label: str) -> list[Element]:
    """A link under words of our own; nothing when the address is none that may be followed."""
    followed = address(url)
    return [{"type": "link", "url": followed, "text": label}] if followed else []


def user(name: str) -> list[Element]:
    """The person of an id; what is no id is told as text."""
    return [{"type": "user", "user_id": name}] if _USER.fullmatch(name) else words(name or "利用者", bold=True)


def figure(text: str) -> list[Element]:
    """A figure in bold, in one element."""
    if len(text) > LONGEST:
        return words(text, bold=True)
    return [{"type": "text", "text": part, "style": {"bold": True}} for part in torn(literal(text))]


def with_figures(text: str, start: int, end: int, spots: Iterable[Spot]) -> list[Element]:
    """A part of a literal text, its figures in bold."""
    elements: list[Element] = []
    for spot in spots:
        if spot.start < start or spot.end > end:
            continue
        elements += words(_bars(text[start : spot.start]))
        # A figure is never parted: it is one element, whatever its length.
        elements += [
            {"type": "text", "text": part, "style": {"bold": True}} for part in torn(text[spot.start : spot.end])
        ]
        start = spot.end
    return elements + words(_bars(text[start:end]))


def _bars(text: str) -> str:
    return text.replace("\\|", "|")


def said(elements: Iterable[Element]) -> str:
    """The words of elements as a notification has them: without the links, whose words say nothing there."""
    told = "".join("利用者" if one["type"] == "user" else one["text"] for one in elements if one["type"] != "link")
    return told.rstrip(" ・")


def weight(value: object) -> int:
    """How long something is as JSON."""
    return len(json.dumps(value, ensure_ascii=False))


def portions(elements: Sequence[Element], most: int = limits.PORTION) -> list[list[Element]]:
    """Elements in portions of which none weighs more than ``most``; parted behind a stop where one is at hand."""
    found: list[list[Element]] = []
    held: list[Element] = []
    total = 0
    for element in elements:
        heavy = weight(element)
        if held and total + heavy > most:
            rest = _back_to_stop(held)
            found.append(held[: len(held) - len(rest)])
            held, total = rest, sum(map(weight, rest))
        held.append(element)
        total += heavy
    return [*found, held] if held else found


def _back_to_stop(held: Sequence[Element]) -> list[Element]:
    """What stands behind the last stop of the second half of what is held."""
    for place in range(len(held) - 1, len(held) // 2, -1):
        if str(held[place].get("text", "")).endswith(("。", "\n")):
            return list(held[place + 1 :])
    return []


def section(elements: Sequence[Element]) -> Element:
    """Elements in a line."""
    return {"type": "rich_text_section", "elements": list(elements)}


def block(*parts: Element) -> Block:
    """Sections and lists as a block."""
    return {"type": "rich_text", "elements": list(parts)}


def cell(elements: Sequence[Element]) -> Block:
    """The cell of a table: plain where nothing in it is marked."""
    if not elements:
        return {"type": "raw_text", "text": "（空欄）"}  # Slack takes no empty cell
    if len(elements) == 1 and elements[0].keys() == {"type", "text"}:
        return {"type": "raw_text", "text": elements[0]["text"]}
    return block(section(elements))
