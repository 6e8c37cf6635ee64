"""One sentence of a draft: its facts printed, everything else in it checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..figures import find_figures, same_value
from ..index import Index
from ..records import AnswerFigure, DraftSentence, Fact, Figure, FigureKind
from ..tokens import fold
from ..values import as_figure
from .answering import answers_well
from .binding import figures_hold
from .citations import Citations, Quote
from .computing import RANKS, cited, computed_figure, computed_hold, operands, printed, with_formulas
from .grounding import is_grounded
from .hearing import Heard, Scene
from .naming import Names
from .print_fact import print_fact
from .reading import HIDDEN, NAMED, read
from .wording import words_hold

_SLOT = re.compile(r"\{(=?)(\d+)\}")
_DIGITS = re.compile(r"[0-9０-９][0-9０-９,，.]*")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that may be shown: with markers, its figures and the markers it uses."""

    text: str
    figures: tuple[AnswerFigure, ...]
    markers: tuple[int, ...]
    heard: Heard | None = None  # what is heard after it


def check_sentence(
    sentence: DraftSentence,
    following: Sequence[DraftSentence],
    heard: Heard,
    citations: Citations,
    names: Names,
    *,
    free: bool = False,
) -> Checked | None:
    """The sentence as it may be printed, or None when something in it cannot be shown to be true.

    ``following`` are the draft's sentences after it, ``heard`` is what was asked and printed before it; a ``free`` one
    is no rule's of ours, so its own words are held against its sources as well.
    """
    index = names.index
    shown = (*sentence.quotes, *sentence.grounds)
    if not slots_hold(sentence) or any(place not in index.passages for place, _ in shown):
        return None
    if any(fact not in names.facts(fact.program_id) or "example" in fact.flags for fact in sentence.facts):
        return None
    quotes = [citations.of_fact(fact) for fact in (*sentence.facts, *cited(sentence))]
    quotes += [citations.of_words(index.passages[place], quote) for place, quote in shown]
    sources = [quote for quote in quotes if quote is not None]
    scene = Scene(read(_with_operands(sentence), names), names, heard)
    if len(sources) < len(quotes) or not (words_hold(scene) and figures_hold(scene) and answers_well(scene, following)):
        return None
    if not computed_hold(sentence, scene) or (free and not is_grounded(scene)):
        return None
    extra = _strays(_printed(sentence, hidden=True), _with_operands(sentence), sources, index)
    if extra is None:
        return None
    checked = _marked(with_formulas(_printed(sentence), sentence), sentence, sources, extra, citations)
    return replace(checked, heard=heard.after(scene.reading)) if checked else None


def _with_operands(sentence: DraftSentence) -> DraftSentence:
    """A sentence read as one about the facts that its computed figures come from."""
    said = tuple(figure for one in sentence.computed for figure in one.said)
    facts = dict.fromkeys((*sentence.facts, *operands(sentence)))
    return replace(sentence, facts=tuple(facts), allowed=(*sentence.allowed, *said)) if sentence.computed else sentence


def _printed(sentence: DraftSentence, *, hidden: bool = False) -> str:
    """The sentence with its figures; its computed ones only when they are not to be hidden."""

    def figure(match: re.Match[str]) -> str:
        place = int(match[2])
        if match[1]:
            return HIDDEN if hidden else printed(sentence.computed[place])
        return print_fact(sentence.facts[place])

    return _SLOT.sub(figure, sentence.text)


def _strays(text: str, sentence: DraftSentence, sources: list[Quote], index: Index) -> list[Fact] | None:
    """Facts for the figures of a text that no slot printed (a condition names one); None if one has no fact.

    Names keep their own digits, years are labels, and the asker's figure may be repeated to correct it.
    """
    plain = _without_names(text, index)
    told = [as_figure(fact) for fact in sentence.facts]
    found: list[Fact] = []
    figures = find_figures(plain)
    if _loose_digits(plain, figures, sentence):
        return None
    for figure in figures:
        if figure.kind is FigureKind.YEAR or _among(figure, told) or _among(figure, list(sentence.allowed)):
            continue
        fact = _fact_for(figure, sentence, sources, index)
        if fact is None and figure.yen is None and _in_whole_case(figure, plain, sentence):
            continue
        if fact is None or fold(figure.text) not in fold(spoken_by(sentence.facts, sentence.quotes)):
            return None
        found.append(fact)
    return found


def _in_whole_case(figure: Figure, text: str, sentence: DraftSentence) -> bool:
    """Whether a figure that is no amount stands in a case of a fact told, printed whole: 「6人～20人が1,000万円」."""
    for case in {fact.condition for fact in sentence.facts if fact.condition}:
        at = text.find(case)
        while at >= 0:
            if at <= figure.start and figure.end <= at + len(case):
                return True
            at = text.find(case, at + 1)
    return False


def _among(figure: Figure, others: list[Figure]) -> bool:
    return any(figure.text == other.text or same_value(figure, other) for other in others)


def _fact_for(figure: Figure, sentence: DraftSentence, sources: list[Quote], index: Index) -> Fact | None:
    """A fact with this value on a cited line: the words of a quote or a condition hold it.

    A condition may be printed above its figure, at the head of a table: then it is cited from there.
    """
    owners = [fact.program_id for fact in sentence.facts]
    programs = dict.fromkeys([*owners, *(index.passages[place].program_id for place, _ in sentence.quotes)])
    lines = {(quote.document, number) for quote in sources for number in range(quote.line_start, quote.line_end + 1)}
    every = (fact for program_id in programs for fact in index.facts_of(program_id))
    held = [one for one in every if (one.document, one.line_start) in lines and _among(figure, [as_figure(one)])]
    if held:  # of equal values (500万円 and 5,000千円) the one that is printed so
        return next((fact for fact in held if fact.text == figure.text), held[0])
    conditions = "\n".join(fold(part) for fact in sentence.facts for part in (fact.condition, fact.subprogram) if part)
    if fold(figure.text) not in conditions:
        return None
    named = (fact for program_id in programs for fact in index.facts_of(program_id) if fact.text == figure.text)
    return next(named, None)


def _without_names(text: str, index: Index) -> str:
    """The text with each bracketed name that the corpus knows blanked: its digits are its own."""

    def blank(match: re.Match[str]) -> str:
        name = match.group(1).replace("『", "「").replace("』", "」")
        return "〓" if index.is_name(name) or index.is_name(match.group(1)) else match.group()

    return NAMED.sub(blank, text)


def _loose_digits(text: str, figures: list[Figure], sentence: DraftSentence) -> bool:
    """Whether digits are left that are no figure, no part of a printed condition, item or quote, and no year.

    A bare 「5,000」 says an amount without being one; it may not pass because the parser sees no figure in it.
    """
    for figure in reversed(figures):
        text = f"{text[: figure.start]}〓{text[figure.end :]}"
    spoken = [quote for _, quote in sentence.quotes]
    for fact in sentence.facts:
        spoken += [fact.condition or "", fact.item or "", fact.subprogram or "", fact.stage, fact.note or ""]
    allowed = "\n".join(fold(one) for one in spoken)
    return any(not _stands_in(fold(digits).rstrip(".,"), allowed) for digits in _DIGITS.findall(text))


def _stands_in(digits: str, allowed: str) -> bool:
    return re.search(rf"(?<![0-9]){re.escape(digits)}(?![0-9])", allowed) is not None


def _marked(
    text: str, sentence: DraftSentence, sources: list[Quote], extra: list[Fact], citations: Citations
) -> Checked | None:
    beside = [citations.of_fact(fact) for fact in extra]
    quotes = [quote for quote in (*sources, *beside) if quote is not None]
    if len(quotes) != len(sources) + len(extra):
        return None  # before any marker is given: markers of an answer are contiguous
    markers = [citations.mark(quote) for quote in quotes]
    told = (*sentence.facts, *cited(sentence))
    figures = [_answer_figure(fact, marker) for fact, marker in zip(told, markers, strict=False)]
    figures += [
        computed_figure(one, markers[told.index(one.of[0])]) for one in sentence.computed if one.how not in RANKS
    ]
    figures += [_answer_figure(fact, marker) for fact, marker in zip(extra, markers[len(sources) :], strict=True)]
    used = tuple(dict.fromkeys(markers))
    return Checked(_with_markers(text, used), tuple(figures), used)


def _with_markers(text: str, markers: tuple[int, ...]) -> str:
    """Markers stand at the end of the sentence, before its full stop; of a table's row they are the last cell."""
    printed = "".join(f"[{marker}]" for marker in markers)
    if printed and text.endswith(" |"):
        return f"{text} {printed} |"
    return f"{text[:-1]}{printed}。" if text.endswith("。") else f"{text}{printed}"


def _answer_figure(fact: Fact, marker: int) -> AnswerFigure:
    return AnswerFigure(
        text=fact.text,
        kind=fact.kind.value,
        yen=fact.yen,
        number=fact.number,
        unit=fact.unit,
        program=fact.program,
        subprogram=fact.subprogram,
        condition=fact.condition,
        fact_id=fact.fact_id,
        marker=marker,
        yen_min=fact.yen_min,
        yen_max=fact.yen_max,
    )


def slots_hold(sentence: DraftSentence) -> bool:
    """Whether the slots {0}, {1} … are exactly the facts, {=0} … the computed figures, and no other brace stands."""
    slots = _SLOT.findall(sentence.text)
    for sign, held in (("", sentence.facts), ("=", sentence.computed)):
        if {int(slot) for kind, slot in slots if kind == sign} != set(range(len(held))):
            return False
    return not re.search(r"[{}｛｝]", _SLOT.sub("", sentence.text))


def spoken_by(facts: tuple[Fact, ...], quotes: tuple[tuple[int, str], ...]) -> str:
    """All words that facts and quotes bring into a sentence: figures in them may stand outside slots."""
    parts = [part for fact in facts for part in (fact.condition, fact.item, fact.note) if part]
    return "\n".join([*parts, *(quote for _, quote in quotes)])
