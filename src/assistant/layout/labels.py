"""Labels of a program page's sections: [趣旨], 【事業内容】, 成果目標, 問合せ先 …"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ..lexicon import table
from .lines import Line

_BRACKETED = re.compile(
    r"^[\[［【〔<＜《(（]\s*(?P<name>[^\]］】〕>＞》)）]{1,24})\s*[\]］】〕>＞》)）]\s*(?P<rest>.*)$"
)


_LISTS = re.compile(r"^(?P<name>[^()]{2,16})\((?P<list>[^()]{2,40})\)$")


@dataclass(frozen=True, slots=True)
class Label:
    """A section label: its role (aim, content, target, condition, contact, link), its name without spaces,
    and what follows it on the same line."""

    role: str
    name: str
    rest: str


@cache
def known_labels() -> dict[str, str]:
    """The role of every known label, by its name as :func:`plain` gives it."""
    return {
        plain(word): role for role, entry in table("labels").items() if role != "support" for word in entry["words"]
    }


def plain(text: str) -> str:
    """A label without spaces, brackets' width or a closing colon."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip(":")


def read_label(line: Line) -> Label | None:
    """The label that a line is, or starts with when the rest is set off; None for any other line."""
    if line.tabular or line.blank or line.marker("(n)", "①", "n", "n.", "※"):
        return None
    bracketed = _BRACKETED.match(line.body)
    if bracketed:
        name = plain(bracketed["name"])
        role = known_labels().get(name)
        return Label(role, name, bracketed["rest"]) if role and not _is_tail(bracketed["rest"]) else None
    name = _without_list(plain(line.body))
    if name in known_labels() and not line.body.rstrip().endswith("、"):
        return Label(known_labels()[name], name, "")
    head, _, rest = line.body.partition(" ")
    if rest and known_labels().get(plain(head)) == "link":
        return Label("link", plain(head), rest)
    return None


def _without_list(name: str) -> str:
    """「事業スキーム(対象者、対象行為、補助率等)」 without the bracket that only lists what stands below."""
    found = _LISTS.match(name) if name not in known_labels() else None
    told = any(piece in known_labels() for piece in re.split(r"[、,・]", found["list"])) if found else False
    return found["name"] if found and told else name


def _is_tail(rest: str) -> bool:
    """「【対象】者…」 is a sentence, not a label: a label is followed by nothing or by a space."""
    return bool(rest) and rest[0] in "のをはがにでと"
