"""One sentence of a reply → the drafts that it may be: references become facts, markers the passages they name.

Nothing is repaired: a sentence with a reference that was not shown, with markup or an address is no draft at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ..compose.labels import called_so
from ..figures import find_figures, same_value
from ..records import Computed, DraftSentence, Fact, Figure, FigureKind, Passage
from ..values import as_figure
from .references import References

MOST = 12  # ways of reading the figures of one sentence
_MARKER = re.compile(r"[ 　]*\[([0-9]{1,3}(?:[ ]*[,、][ ]*[0-9]{1,3})*)\]")
_SLOT = re.compile(r" ?\{\{ ?([FC])([0-9]{1,3}) ?\}\} ?")
_BULLET = re.compile(r"^[ 　]*(?:[-*+・●○■◆]|#{1,6}(?= )|[0-9]{1,2}[.)．）](?![0-9]))[ 　]*")
_BOLD = re.compile(r"\*\*|__")
_MARKUP = re.compile(r"[\[\]［］{}｛｝<>＜＞|｜`\\$&#^~*_]|://|www\.|@")
_DIGIT = re.compile(
    r"[0-9０-９.,，．/／〇一二三四五六七八九十百千万億兆]$|^[0-9０-９.,，．/／〇一二三四五六七八九十百千万億兆%％円割倍]"
)
# between lines that say two things: a blank one, a row's cells, an item's mark, the end of a sentence
_APART = re.compile(
    r"\n[ \t　]*(?=\n|[-・●○■◆※*+①-⑳(（【［\[]|[0-9０-９A-Za-zア-ン][.．)）\t 　])|\n(?=[^\n]*\t)|(?<=。)\n"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a reply: what it may mean, best first, and the passages that its markers name."""

    drafts: tuple[DraftSentence, ...]
    cited: tuple[Passage, ...]


def said(text: str, shown: References) -> Said | None:
    """What a sentence says, or None when it points at what was not shown or is no plain text."""
    numbers = [int(one) for marker in _MARKER.findall(text) for one in re.findall("[0-9]+", marker)]
    if not all(1 <= number <= len(shown.passages) for number in numbers):
        return None
    cited = tuple(dict.fromkeys(shown.passages[number - 1] for number in numbers))
    plain = _BOLD.sub("", _BULLET.sub("", _MARKER.sub("", text))).strip()
    plain = plain if plain[-1:] in ("。", "！", "？", "!", "?") else f"{plain}。"
    for program in {one.program for one in shown.passages if "「" in one.program}:
        plain = plain.replace(f"「{program}」", called_so(program))
    found = _slots(plain, shown)
    if found is None or not found.text.strip("。") or not _is_balanced(found.text):
        return None
    drafts = tuple(way for one in _readings(found, shown) for way in _with_grounds(one, cited))
    return Said(drafts, cited)


def _is_balanced(text: str) -> bool:
    """Whether every bracket is closed: half of a quotation is not what its author said."""
    return all(text.count(one) == text.count(other) for one, other in ("「」", "『』", "（）", "()"))


@dataclass(frozen=True, slots=True)
class _Slotted:
    """A text whose references are the guard's slots, with what fills them."""

    text: str
    facts: tuple[Fact, ...]
    computed: tuple[Computed, ...]


def _slots(text: str, shown: References) -> _Slotted | None:
    """The references of a text as slots {0}, {=0} …; None where one was not shown or touches a digit."""
    facts: dict[Fact, None] = {}
    computed: dict[Computed, None] = {}
    parts: list[str] = []
    end = 0
    for match in _SLOT.finditer(text):
        number = int(match[2]) - 1
        known = shown.facts if match[1] == "F" else shown.computed
        before, behind = text[end : match.start()], text[match.end() : match.end() + 1]
        if not 0 <= number < len(known) or _DIGIT.search(before[-1:]) or _DIGIT.search(behind):
            return None
        if match[1] == "F":
            facts.setdefault(shown.facts[number])
            slot = f"{{{list(facts).index(shown.facts[number])}}}"
        else:
            computed.setdefault(shown.computed[number])
            slot = f"{{={list(computed).index(shown.computed[number])}}}"
        parts += [before, slot]
        end = match.end()
    parts.append(text[end:])
    if any(_MARKUP.search(part) for part in parts[::2]):
        return None
    return _Slotted("".join(parts), tuple(facts), tuple(computed))


def _readings(found: _Slotted, shown: References) -> Iterator[DraftSentence]:
    """The sentence as it stands, then with figures that it writes itself taken for facts that state them."""
    yield DraftSentence(_without_bounds(found.text, found.facts), found.facts, computed=found.computed)
    figures = [one for one in find_figures(found.text) if one.kind is not FigureKind.YEAR]
    meant = [[fact for fact in shown.facts if same_value(as_figure(fact), one)] for one in figures]
    written = [(one, facts) for one, facts in zip(figures, meant, strict=True) if facts]
    if found.computed or not written:
        return
    for count, choice in enumerate(product(*(facts for _, facts in written))):
        if count == MOST:
            return
        yield _filled(found, [one for one, _ in written], choice)


def _filled(found: _Slotted, figures: list[Figure], choice: tuple[Fact, ...]) -> DraftSentence:
    """The sentence with slots in the place of figures, each filled with one fact."""
    facts = list(dict.fromkeys((*found.facts, *choice)))
    text = found.text
    for figure, fact in sorted(zip(figures, choice, strict=True), key=lambda one: one[0].start, reverse=True):
        behind = text[figure.end :]
        text = f"{text[: figure.start]}{{{facts.index(fact)}}}{behind}"
    return DraftSentence(_without_bounds(text, facts), tuple(facts))


def _without_bounds(text: str, facts: Sequence[Fact]) -> str:
    """A text in which no figure's own 約 or 以内 stands twice: the renderer prints it."""
    for place, fact in enumerate(facts):
        if fact.bound:
            slot, bound = re.escape(f"{{{place}}}"), re.escape(fact.bound)
            text = re.sub(f"(?:{bound}の?)?({slot})(?:{bound})?", r"\1", text)
    return text


def _with_grounds(sentence: DraftSentence, cited: tuple[Passage, ...]) -> list[DraftSentence]:
    """A sentence of words rests on the words of one of its passages that hold most of them."""
    if sentence.facts or sentence.computed:
        return [sentence]
    grounds = ((passage.id, words) for passage in cited if (words := nearest_words(sentence.text, passage)))
    return [DraftSentence(sentence.text, grounds=(ground,)) for ground in grounds] or [sentence]


def nearest_words(text: str, passage: Passage) -> str:
    """The one sentence, item or row of a passage that shares most pairs of letters with a text; "" where none does.

    What stands in two sentences of a source is not said together: 「…を行う場合」 of one, 「費用も補助」 of the next.
    """
    pairs = _pairs(text)
    shared = {said: len(pairs & _pairs(said)) for said in _said_in(passage.text)}
    best = max(shared, key=lambda said: (shared[said], -len(said)), default="")
    return best if shared.get(best) else ""


def _said_in(text: str) -> Iterator[str]:
    """The sentences, items and rows of a source, each as printed; one that the layout broke over lines holds both."""
    for run in _APART.split(text):
        yield from (one.strip() for one in re.split(r"(?<=。)", run) if one.strip())


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"[\s、。「」（）()・]", "", text)
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
