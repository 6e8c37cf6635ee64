"""Computed figures: worked out again from their operands, and told by words that say what was computed.

A sentence with computed figures has no others.  Its own words are all accounted for: names and parts of its operands,
their labels, years and regions, and the phrases that ``lexicon/guard.toml`` lists for what was computed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..figures import find_figures, same_value, year_number
from ..figures.folding import fold as one_form
from ..figures.loose import loose_money
from ..lexicon import table
from ..records import LOWERED, AnswerFigure, Computed, DraftSentence, Fact, Figure, FigureKind
from ..values.reckoning import formula, is_about, worked_out
from .calling import labels_in, stages_in, suits, without_labels
from .hearing import Scene
from .naming import Names
from .print_fact import print_fact
from .reading import COMPUTED, NAME, TELLER, Piece, Reading, has
from .times import holds_of_any

_PLAIN = re.compile(r"[（()）、 　約]*")
RANKS = ("most", "least")  # these print the figure of their first operand


def operands(sentence: DraftSentence) -> tuple[Fact, ...]:
    """The facts that a sentence's computed figures are computed from."""
    return tuple(dict.fromkeys(fact for one in sentence.computed for fact in one.of))


def cited(sentence: DraftSentence) -> tuple[Fact, ...]:
    """The operands that are cited: all, but of a rank only the first."""
    found = (fact for one in sentence.computed for fact in (one.of[:1] if one.how in RANKS else one.of))
    return tuple(dict.fromkeys(found))


def computed_hold(sentence: DraftSentence, scene: Scene) -> bool:
    """Whether every computed figure of a sentence is right, and the words around it say what it is."""
    if not sentence.computed:
        return True
    asked = (*scene.heard.asked, *loose_money(scene.heard.question))
    if sentence.facts or not all(_is_right(one, asked, scene.names) for one in sentence.computed):
        return False
    return (
        _names_hold(sentence, scene.reading)
        and _words_hold(sentence, scene)
        and holds_of_any(operands(sentence), scene)
        and all(_is_called(piece, sentence, scene.reading) for piece in scene.reading.of(COMPUTED))
    )


def _is_right(one: Computed, asked: Sequence[Figure], names: Names) -> bool:
    """Whether the operands are facts as the index holds them, and give just the value that is printed."""
    if any(fact not in names.facts(fact.program_id) or "example" in fact.flags for fact in one.of):
        return False
    if not all(any(same_value(figure, other) for other in asked) for figure in one.said):
        return False
    value = worked_out(one.how, one.of, one.said)
    if value is None:
        return False
    if one.how in RANKS:
        return not one.text and (one.yen, one.number) == (one.of[0].yen, one.of[0].number)
    figures = find_figures(one.text)
    about = one.how not in RANKS and is_about(one.how, one.of, value)
    if not figures or not _PLAIN.fullmatch(_without(one.text, figures)) or ("約" in one.text) != about:
        return False
    if one.yen is not None:
        rounded = int(value * 2 + 1) // 2 if one.how in ("average", "per") else value  # to the whole yen
        return one.yen == rounded and all((figure.yen, figure.number) == (one.yen, None) for figure in figures)
    if len(figures) > 1 or figures[0].number != one.number or figures[0].unit != find_figures(f"1{one.unit}")[0].unit:
        return False
    return _is_rounded(one, figures[0], float(value)) and _unit_fits(one)


def _without(text: str, figures: Sequence[Figure]) -> str:
    for figure in reversed(figures):
        text = text[: figure.start] + text[figure.end :]
    return text


def _is_rounded(one: Computed, figure: Figure, value: float) -> bool:
    """Whether a share or a ratio is the value to the decimals printed; anything else is exact."""
    number = figure.number or 0.0
    if one.how not in ("share", "ratio"):
        return abs(number - value) < 1e-9
    places = len(figure.text.rpartition(".")[2].rstrip("%％倍")) if "." in figure.text else 0
    return abs(number - value) <= 0.5 * 10.0**-places + 1e-9 and (places > 0 or abs(number - value) < 1e-9)


def _unit_fits(one: Computed) -> bool:
    units = table("guard")["computed"][one.how].get("units")
    return one.unit in units if units else one.unit == one.of[0].unit


def _names_hold(sentence: DraftSentence, reading: Reading) -> bool:
    """Names said are the operands' own, and when more than one is said none is left out."""
    about = {fact.program_id for fact in operands(sentence)}
    said = reading.of(NAME)
    if not all(piece.programs & about for piece in said):
        return False
    if not all(any(has(piece.words, fact) for fact in operands(sentence)) for piece in reading.of(TELLER)):
        return False
    named = {program for piece in said for program in piece.programs}
    ranked = all(one.how in RANKS for one in sentence.computed)
    return len(said) < 2 or ranked or about <= named


def _is_called(piece: Piece, sentence: DraftSentence, reading: Reading) -> bool:
    """Whether the words around a computed figure say how it was computed, and of which operands in which order."""
    one = sentence.computed[piece.slot]
    before, behind = reading.own[: piece.start], reading.own[piece.end :]
    rules = table("guard")["computed"][one.how]
    if not any(re.search(rule, before) for rule in rules["before"]) and not any(
        re.match(rule, behind) for rule in rules["behind"]
    ):
        return False
    said = [other for other in _operand_pieces(one, reading) if other.end <= piece.start]
    if one.how in RANKS:
        return bool(said) and _says(said[-1], one.of[0])
    return _is_in_order(one, reading, piece, said)


def _operand_pieces(one: Computed, reading: Reading) -> list[Piece]:
    """What a sentence calls the operands by: their programs' names, or within one program its parts and cases."""
    alone = len({fact.program_id for fact in one.of}) == 1
    return reading.of(TELLER if alone else NAME)


def _says(piece: Piece, fact: Fact) -> bool:
    """Whether a name is that of a fact's program, or a part or case the fact's own."""
    return fact.program_id in piece.programs if piece.sort == NAME else has(piece.words, fact)


def _is_in_order(one: Computed, reading: Reading, piece: Piece, said: list[Piece]) -> bool:
    """Of two operands, the words name the first one first; with 「…に占める」 and 「…のうち」, the second."""
    if len(one.of) != 2 or one.how not in ("difference", "ratio", "share"):
        return True
    if one.how == "difference" and one.of[1].note == LOWERED:  # a rate less what it is lowered by
        return "を引くと" in reading.own
    first, second = one.of
    whole = re.search(table("guard")["computed"]["whole"]["pattern"], reading.own[: piece.start])
    if whole:
        first, second = second, first
    said = [other for other in said if not (_says(other, first) and _says(other, second))]  # a part they share
    if _operand_pieces(one, reading) and (not whole or first.program_id != second.program_id):
        return len(said) >= 2 and _says(said[0], first) and _says(said[-1], second) and _is_more(one, reading, said)
    if whole:
        labels = [labels_in(reading.own[: whole.start()])[-1:], labels_in(reading.own[whole.end() : piece.start])[:1]]
        return all(suits(label, fact) for found, fact in zip(labels, (first, second), strict=True) for label in found)
    return _moves_rightly(one, reading.own)


def _is_more(one: Computed, reading: Reading, said: list[Piece]) -> bool:
    """A difference is said of the greater of two: it is more than the other, 「…より」."""
    if one.how != "difference":
        return True
    than = [other for other in said if reading.own.startswith("より", other.end)]
    less = re.search(table("guard")["computed"]["moves"]["fewer"], reading.own)
    return less is None and all(_says(other, one.of[1]) for other in than)


def _moves_rightly(one: Computed, own: str) -> bool:
    """An increase is from an earlier year to a later one, a decrease the other way round."""
    rules = table("guard")["computed"]["moves"]
    later, earlier = year_number(one.of[0].fiscal_year), year_number(one.of[1].fiscal_year)
    if later is None or earlier is None or later == earlier:
        return not re.search(rules["more"], own) and not re.search(rules["less"], own)
    grew = later > earlier
    return not re.search(rules["less"] if grew else rules["more"], own)


def _words_hold(sentence: DraftSentence, scene: Scene) -> bool:
    """Whether nothing is said but labels of the operands and phrases of computing."""
    reading, facts = scene.reading, operands(sentence)
    if not all(any(suits(label, fact) for fact in facts) for label in labels_in(_without_phrases(reading.own))):
        return False
    if not all(any(stage in fact.stage for fact in facts) for stage in stages_in(reading.own)):
        return False
    own = scene.names.without_regions(_without_source(reading.own, facts, scene.names))
    for figure in sorted(find_figures(own), key=lambda one: -one.start):
        if figure.kind is FigureKind.YEAR or any(
            figure.text == said.text for one in sentence.computed for said in one.said
        ):
            own = own[: figure.start] + own[figure.end :]
    return _phrases().fullmatch(without_labels(own)) is not None


def _without_source(own: str, facts: Sequence[Fact], names: Names) -> str:
    """A text without the regions and stages of its facts' documents: 「緑県・令和7年度交付要綱の資料では」."""
    documents = [names.index.documents[fact.document] for fact in facts]
    for one in documents:
        own = re.sub(rf"(?<![一-龠]){re.escape(one_form(one.region))}(?=[・の])", "", own)
        own = re.sub(rf"{re.escape(one_form(one.stage))}(?=の資料)", "", own)
    return own


def _without_phrases(own: str) -> str:
    return re.sub("増減額?", "", own)


@cache
def _phrases() -> re.Pattern[str]:
    words = sorted(table("guard")["computed"]["words"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)}|[〓の、。はがをにとでもや「」（）()・：:\n 　])*")


def printed(one: Computed) -> str:
    """A computed figure as it is shown; a rank shows its first operand."""
    return print_fact(one.of[0]) if one.how in RANKS else one.text


def with_formulas(text: str, sentence: DraftSentence) -> str:
    """A sentence with the formulas of its computed figures before its full stop."""
    shown = [formula(one) for one in sentence.computed if one.how not in (*RANKS, "count")]
    if not shown:
        return text
    told = f"（計算式：{'、'.join(shown)}）"
    return f"{text[:-1]}{told}。" if text.endswith("。") else f"{text}{told}"


def computed_figure(one: Computed, marker: int) -> AnswerFigure:
    """A computed figure of an answer: its kind is how it was computed, its ids those of its operands."""
    first = one.of[0]
    return AnswerFigure(
        text=find_figures(one.text)[0].text,
        kind=one.how,
        yen=one.yen,
        number=one.number,
        unit=None if one.yen is not None else one.unit,
        program=first.program,
        subprogram=None,
        condition=None,
        fact_id="+".join(fact.fact_id for fact in one.of),
        marker=marker,
        formula=formula(one),
    )
