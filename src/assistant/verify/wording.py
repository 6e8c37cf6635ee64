"""The words of a sentence beside its figures: names and quotes it shows, and nothing else that looks like a figure."""

from __future__ import annotations

import re

from ..figures import find_figures, same_value, year_number
from ..records import DraftSentence, Fact, FactKind, Figure, FigureKind
from ..tokens import fold
from .calling import labels_in, suits
from .figures_told import repeats
from .hearing import Scene
from .naming import Names
from .quantities import is_free_of_quantities
from .reading import HIDDEN, NAME, NAMED, QUOTE, Reading, is_heading_of
from .times import is_year

_FUNDING = (FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL)
_WHOLE = re.compile(r"(?:全額|全部|全て|すべて)(?=[がを、]?[ 　]*(?:国庫|国費|一般財源|県費|その他))")
_ONLY = re.compile(r"(?:のみ|だけ|しか)")
_DENIAL = re.compile(
    r"^(?:以内|以上|程度|くらい|ほど)?(?:という(?:こと|わけ|記載))?(?:では|じゃ)(?:あり|ござい|な[いく])|^とは(?:異な|違)|^は(?:誤り|間違|正しくあり)"
)
_REFUSAL = re.compile(r"(?:見当たりません|記載がありません|収録していません)。?$")
_NOT_HELD = re.compile(r"収録していません")


def words_hold(scene: Scene) -> bool:
    """Whether a sentence's brackets, quotes and own words are those of its sources.

    Of other figures only the asker's may be repeated, and only to deny them.
    """
    reading, names, asked = scene.reading, scene.names, scene.heard.asked
    sentence = reading.sentence
    shown = [name.replace("『", "「").replace("』", "」") for name in NAMED.findall(sentence.text)]
    if not all(_bound(name, sentence, names) for name in shown) or not _shows_quotes(sentence, shown):
        return False
    if sentence.quotes and not _of_one_source(reading, names):
        return False
    if not sentence.facts and not _labels_of_source_hold(reading, names, asked):
        return False
    own = _own_words(reading, asked)
    if own is None or not _quoted_figures_hold(reading, names):
        return False
    if _WHOLE.search(own) or (_ONLY.search(own) and any(fact.kind in _FUNDING for fact in sentence.facts)):
        if not all(_is_whole(fact, names) for fact in sentence.facts):
            return False
        own = _WHOLE.sub(HIDDEN, own)
    if not sentence.facts and _REFUSAL.search(own):
        own = _without_asked(own, scene.heard.question)
    return is_free_of_quantities(
        names.without_regions(own),
        "".join(
            (*(fact.quote for fact in sentence.facts), *(words for _, words in (*sentence.quotes, *sentence.grounds)))
        ),
    )


def _without_asked(own: str, question: str) -> str:
    """A refusal without the asker's words that it repeats in brackets: 「第二枠」という枠は見当たりません."""
    asked = fold(question)
    return NAMED.sub(lambda match: HIDDEN if fold(match[1]) in asked else match[0], own)


def denied(reading: Reading) -> list[Figure]:
    """The asker's figures that a sentence denies."""
    return [figure for figure in reading.figures if _is_denied(figure, reading)]


def _is_denied(figure: Figure, reading: Reading) -> bool:
    return _DENIAL.search(reading.own[figure.end :]) is not None and _among(figure, reading.sentence.allowed)


def _among(figure: Figure, others: tuple[Figure, ...]) -> bool:
    return any(figure.text == other.text or same_value(figure, other) for other in others)


def _own_words(reading: Reading, asked: tuple[Figure, ...]) -> str | None:
    """The writer's own words without the figures that may stand there; None when another figure does."""
    own = reading.own
    said = tuple(figure for one in reading.sentence.computed for figure in one.said)  # a cost of the asker's
    for figure in reading.figures:
        if figure.kind is FigureKind.YEAR:
            allowed = is_year(figure, own[figure.end :])
        elif said and _among(figure, said):
            allowed = True
        elif _is_denied(figure, reading):
            allowed = not asked or _among(figure, asked)
        else:
            allowed = bool(repeats(figure, reading.sentence.facts))
        if not allowed:
            return None
    for figure in reading.figures:
        own = own[: figure.start] + HIDDEN * (figure.end - figure.start) + own[figure.end :]
    return own


def _is_whole(fact: Fact, names: Names) -> bool:
    """Whether a source of money is the only one of its program."""
    facts = [other for other in names.facts(fact.program_id) if other.kind in _FUNDING]
    return fact.kind in _FUNDING and len({other.kind for other in facts}) == 1


# ---- names, quotes, sources


def _bound(name: str, sentence: DraftSentence, names: Names) -> bool:
    """A bracketed name is that of a program or part the facts are of, or words that a quote or fact holds."""
    plain = fold(name)
    if names.bearers(name) & _programs(sentence, names) or is_heading_of(name, sentence, names):
        return True
    said = [fold(part) for fact in sentence.facts for part in (fact.subprogram, fact.condition, fact.item) if part]
    if any(_inside(plain, one) for one in (*said, *(fold(quote) for _, quote in sentence.quotes))):
        return True
    return not (sentence.facts or sentence.quotes)  # a refusal names what it has nothing of


def _programs(sentence: DraftSentence, names: Names) -> set[str]:
    """The programs that a sentence is about: those of its facts, else those of its quotes."""
    passages = names.index.passages
    return {fact.program_id for fact in sentence.facts} or {
        passages[place].program_id for place, _ in (*sentence.quotes, *sentence.grounds) if place in passages
    }


def _inside(name: str, said: str) -> bool:
    return bool(name) and (name in said or name in said.replace("「", "").replace("」", ""))


def _shows_quotes(sentence: DraftSentence, names: list[str]) -> bool:
    """Each quote is shown in the sentence, or prints a name that the sentence shows."""
    shown = [fold(name) for name in names]
    plain = fold(sentence.text.replace("『", "「").replace("』", "」"))
    for _, quote in sentence.quotes:
        if not quote.strip():
            return False
        said = fold(quote.replace("\t", " "))
        if said not in plain and not any(_prints(name, said) for name in shown):
            return False
    return True


def _prints(name: str, line: str) -> bool:
    """A line prints a name, or (shortened, misprinted) at least the start of it."""
    return len(name) >= 2 and (name in line or name[:6] in line)


def _of_one_source(reading: Reading, names: Names) -> bool:
    """Quotes stand in passages of the programs that the sentence names and has facts of."""
    passages = names.index.passages
    quoted = {passages[place].program_id for place, _ in reading.sentence.quotes if place in passages}
    about = {fact.program_id for fact in reading.sentence.facts}
    named = all(piece.programs & quoted for piece in reading.of(NAME))
    return named and (not about or quoted <= about)


def _quoted_figures_hold(reading: Reading, names: Names) -> bool:
    """A figure in a quote is called nothing else by the words before the quote: 「上限は『…の予算5億円』」."""
    facts = [fact for program in _programs(reading.sentence, names) for fact in names.facts(program)]
    for piece in reading.of(QUOTE):
        head = reading.own[: piece.start]
        labels = labels_in(head)[-1:]
        for figure in find_figures(piece.words):
            if labels and not any(suits(labels[0], fact) for fact in repeats(figure, tuple(facts))):
                return False
    return True


def _labels_of_source_hold(reading: Reading, names: Names, asked: tuple[Figure, ...]) -> bool:
    """Years and regions of a sentence without facts are those of what it quotes or names.

    One that names nothing may speak of any year that a document or the asker has, and of what is not held.
    """
    index = names.index
    about = _programs(reading.sentence, names) or {one for piece in reading.of(NAME) for one in piece.programs}
    documents = [index.documents[index.programs[one].document] for one in about]
    years = {year_number(figure.text) for figure in reading.figures if figure.kind is FigureKind.YEAR}
    if not documents:
        held = {year_number(one.fiscal_year) for one in index.documents.values()} | {
            year_number(one.text) for one in asked
        }
        return years <= held or _NOT_HELD.search(reading.own) is not None
    told = "".join(words for _, words in reading.sentence.grounds)  # 「宮城県との合同」 of a page of another prefecture
    regions = set(names.regions(reading.own)) - set(names.regions(told))
    return years <= {year_number(one.fiscal_year) for one in documents} and regions <= {one.region for one in documents}
