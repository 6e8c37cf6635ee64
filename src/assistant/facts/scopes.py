"""Where in a program's text a line stands: its section, its 枠 or 類型, a worked example."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..figures import find_figures
from ..layout import Line
from ..layout.labels import plain
from ..lexicon import words
from ..programs.names import clean_name
from ..records import FigureKind
from .cues import Cue, nearest_cue

NUMBERED = ("(n)", "n.", "n", "①")
_FIELD = re.compile(r"^[^。：:]{1,24}[：:]")
_EXAMPLE = re.compile(r"^[\s　]*(【[^】]*(場合|例)】|[（(]?(計算|記載|支援|活用)?例[）)：:])[^。]{0,12}$")
_SENTENCE = re.compile(r"。|(ます|ました|です|すること|こと)$")
TITLE_LENGTH = 45


@dataclass
class Scope:
    """The place a reader has come to inside one program."""

    role: str = "head"  # head, aim, content, target, condition, contact, link
    stack: list[tuple[str, str | None, bool]] = field(default_factory=list)  # marker class, title, opened in a field
    example: str | None = None
    field_open: bool = False
    listed: list[tuple[int, str]] = field(default_factory=list)  # indent and name of list items with an amount

    def enter_label(self, role: str) -> None:
        """A section label closes whatever stood in the section before."""
        self.role = role
        self.stack.clear()
        self.listed.clear()
        self.example = None

    def enter_marker(self, kind: str, text: str) -> None:
        """A numbered line opens a subprogram when its words name one, and closes its peers."""
        if kind not in NUMBERED:
            return
        kinds = [entry[0] for entry in self.stack]
        in_field = self.field_open
        if kind in kinds:
            in_field = self.stack[kinds.index(kind)][2]
            del self.stack[kinds.index(kind) :]
        self.stack.append((kind, subprogram_title(text), in_field))

    def enter_line(self, line: Line) -> None:
        """Take in a line's form: a labelled field of a list ends what the field before it opened."""
        is_field = bool(_FIELD.match(line.body))
        if line.marker("・", "-") and is_field:
            self.stack = [entry for entry in self.stack if not entry[2]]
        self.field_open = is_field and bool(line.marker("・", "-"))
        while self.listed and self.listed[-1][0] >= line.indent:
            self.listed.pop()
        self._example(line)

    def _example(self, line: Line) -> None:
        if _EXAMPLE.match(line.body):
            self.example = re.sub(r"[【】（）()：:]", "", line.body.split("】")[0]).strip() or "例"
        elif self.example is not None and not _is_sum(line):
            self.example = None

    def enter_item(self, indent: int, name: str) -> None:
        """A list item with a name and an amount: what is indented below it speaks of it."""
        self.listed.append((indent, name))

    @property
    def subprogram(self) -> str | None:
        """The innermost 枠, 類型, numbered part or named list item."""
        if self.listed:
            return self.listed[-1][1]
        return next((title for _, title, _ in reversed(self.stack) if title), None)


def _is_sum(line: Line) -> bool:
    """A line of a worked example: an amount alone, a sum, or a short remark in brackets."""
    if re.match(r"^[+＋×=＝−]", line.raw.strip()):
        return True
    if line.markers or _FIELD.match(line.body):
        return False
    if re.match(r"^[+＋×=＝\-−]", line.body) or re.match(r"^[（(].*[）)]$", line.body):
        return True
    figures = find_figures(line.body)
    return any(figure.kind is FigureKind.MONEY for figure in figures) and len(line.body) <= 24


def subprogram_title(text: str) -> str | None:
    """The name that a numbered text gives to its part, or None when it is a sentence or a field."""
    money = next((figure for figure in find_figures(text) if figure.kind is FigureKind.MONEY), None)
    head = text[: money.start] if money else text
    head = re.split(r"[（(][^（）()]*[：:0-9０-９／/]", head)[0]
    head = re.split(r"[\s　]+(?=\S*[：:])|[\s　]・|※", head)[0]
    cue = _trailing_cue(head)
    name = clean_name(head[: cue.start] if cue and cue.start > 2 else head)
    if cue and cue.start <= 2:
        return None
    if not 3 <= len(name) <= TITLE_LENGTH or _SENTENCE.search(name) or re.search(r"[：:]", name):
        return None
    if any(figure.kind is not FigureKind.YEAR for figure in find_figures(name)):
        return None
    if plain(name) in _field_names() or re.search(r"(を|に|は|が|で|と|の|や|へ|、)$", name):
        return None
    return name


def _trailing_cue(head: str) -> Cue | None:
    """A money cue at the end of the head: 「現地進出型 補助上限額：」 names 現地進出型."""
    probe = find_figures("1円")[0]
    cue = nearest_cue(head, "", probe)
    return cue if cue and not re.sub(r"[\s　：:]", "", head[cue.end :]) else None


def _field_names() -> frozenset[str]:
    return frozenset(
        plain(word)
        for role in ("condition", "contact", "target", "aim", "content")
        for word in words("labels", role, "words")
    )
