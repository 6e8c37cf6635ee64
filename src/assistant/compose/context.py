"""What a document says around a figure or a part's name, by which a question may mean it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ..figures import find_figures
from ..index import Index
from ..records import Fact, FactKind, Figure, FigureKind, Program
from ..tokens import fold
from ..values import as_figure

LONGEST = 400  # characters behind a part's name that speak of it
NEAR = 40  # characters before a figure that speak of it
_BREAK = re.compile(r"[。\t\n;；※①-⑳]|(?<=[^0-9０-９])[・](?=[^、]{0,3}[:：])")
_BOUNDS = ("以上", "以下", "未満", "を超", "超")
_MARKS = re.compile(r"[\W\d_]")
_SHORT = 2  # letters before a name that heads what follows
_FAX = re.compile(r"(?:FAX|ファクス|ファックス|ファクシミリ)[:番号\s]*$", re.IGNORECASE)
_BESIDE = re.compile(r"^[^。、，\t\n（(]{0,8}[（(](?P<what>[^（()）]{1,24})[）)]")


def beside(fact: Fact) -> str:
    """The words right before a figure on its line, back to the figure of its sort before it."""
    return _beside(fact.quote, fact.text, as_figure(fact).kind)


@lru_cache(maxsize=4096)  # a line has several figures, and is read again for each question
def _beside(quote: str, text: str, sort: FigureKind) -> str:
    at = quote.find(text)
    if at < 0:
        return ""
    figures = [one for one in find_figures(quote) if one.kind is sort and not _bounds(one)]
    start = max((one.end for one in figures if one.end <= at), default=0)
    head = quote[max(start, at - NEAR) : at]
    cut = [match.end() for match in _BREAK.finditer(head)]
    return head[cut[-1] if cut else 0 :]


def _bounds(figure: Figure) -> bool:
    """Whether a figure sets the bounds of a case (３戸以上) and is no figure of its own."""
    return figure.kind in (FigureKind.COUNT, FigureKind.PERCENT) and (figure.bound or "")[:2] in _BOUNDS


def behind(fact: Fact) -> str:
    """What stands in brackets right behind a figure: 「03-0000-0000（再生）」."""
    at = fact.quote.find(fact.text)
    match = _BESIDE.match(fact.quote[at + len(fact.text) :]) if at >= 0 else None
    return match["what"] if match and not find_figures(match["what"]) else ""


def is_fax(fact: Fact) -> bool:
    """Whether a number is that of a fax machine: none that one rings up."""
    names = (fold(fact.condition or "").strip(), fold(fact.item or "").strip())
    return fact.kind is FactKind.PHONE and any(_FAX.search(name) for name in names)


def sentence_of(fact: Fact) -> str:
    """The sentence or cell of its line that a figure stands in."""
    at = fact.quote.find(fact.text)
    start = max((match.end() for match in re.finditer(r"[。\t\n]", fact.quote[: max(at, 0)])), default=0)
    end = re.search(r"[。\t\n]", fact.quote[max(at, 0) :])
    return fact.quote[start : at + end.start() if end else len(fact.quote)]


def parts_of(program: Program) -> tuple[str, ...]:
    """A program's parts without those that bear its own name."""
    names = {fold(name) for name in (program.program, *program.aliases)}
    return tuple(part for part in program.subprograms if fold(part) not in names)


def said_of_parts(program: Program, index: Index) -> dict[str, str]:
    """For each part the text behind its name up to the name of another part; in a sentence, the sentence."""
    text = "\n".join(passage.text for passage in index.passages_of(program.id))
    parts = parts_of(program)
    places = sorted(_places(text, parts))
    said = dict.fromkeys(parts, "")
    for (start, part), (end, _) in pairwise([*places, (len(text), "")]):
        behind_it = text[start + len(part) : min(end, start + len(part) + LONGEST)]
        line = text[text.rfind("\n", 0, start) + 1 : start]
        heads = len(_MARKS.sub("", line)) <= _SHORT or any(other in line for other in parts)
        heads = heads or any(other in behind_it.split("\n")[0] for other in parts) or _enumerates(line)
        said[part] += "\n" + (behind_it if heads else f"{line}{behind_it.split('。')[0]}")
    return said


def _enumerates(line: str) -> bool:
    """Whether a line stops at a number: what follows is an item of a list."""
    return re.search(r"[①-⑳]\s*(?:[（(][^（()）]{1,6}[)）]\s*)?$", line) is not None


def _places(text: str, parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Where parts are named; of two that overlap, the longer one."""
    taken: list[tuple[int, int]] = []
    for part in sorted(parts, key=len, reverse=True):
        for match in re.finditer(re.escape(part), text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield match.start(), part
