"""Which of a program's sentences answer a question.

A piece is scored by the question's words that it holds (each by how rare it is, near words by their vectors), by its
meaning, by the cues of what is asked for, by the label above it, and by the part of the program it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from ..embed import WordVectors
from ..figures import find_figures, same_value
from ..index import Index
from ..layout.roles import header_role
from ..lexicon import table
from ..programs.names import clean_name, match_form
from ..records import Fact, Figure, FigureKind, Program, Query
from ..tokens import fold, nouns, tokens
from ..understand.thesaurus import everyday
from ..values import as_figure
from .focus import Focus, asked_thing, telling
from .units import Unit, shown

BROAD = frozenset({"activity", "aim"})  # what most of a page is labelled by
ROOM = 300  # characters that are told
MOST = 3
CLOSE = 0.8  # of the best piece's score: told with it
SPARSE = 0.65  # the same, where little was told yet
_WHOLLY = 0.9  # of a piece's words stand in another one, where there is room for all
_NEAR = 0.25  # cosine from which two words are taken for near
_SOFT = 0.7  # of an exact match, at most
_HEAD = 0.6  # a word of the heading above counts less than one of the piece
_OWN = 0.1  # a word of the program's own name says only which program is meant
_EXACT, _MOST_EXACT = 0.2, 0.4  # for words of the question that say much and are printed as they are
_TELLING = 0.6  # weight of a word that says much
_VERB = 0.5  # a word that names nothing
_WORDS, _MEANING, _CUE, _LABEL, _PART = 1.2, 0.6, 0.25, 0.5, 0.5
_ELSEWHERE = -0.2  # for what stands outside the part that is named
_TERM = 0.35  # an official term for the question's words counts less than they do themselves
_THING = 0.6  # for what is called as the thing asked for (どういう計画)
_FIRST = 0.2  # for what stands first
_VARIANT = re.compile(r"[（(]([^（()）]{2,16})[)）]")  # 「脱炭素枠（再エネ導入型）」
_SPLIT = re.compile(r"[、（）()]")
_FIGURED = frozenset(
    {"subsidy_rate", "subsidy_limit", "loan_limit", "loan_rate", "loan_term", "loan_pool", "guarantee_rate", "budget"}
)
_UNFINISHED = re.compile(r"(?:[はがをにでのともへや]|から|より|については)$|^(?:以内|以上|を|は|が|に|の)")
_SHORTEST = 6  # characters of a clause that says something


@dataclass(frozen=True, slots=True)
class Ranked:
    """A piece with its score; ``tells``: it bears the label or a cue of what is asked for."""

    unit: Unit
    score: float
    tells: bool
    labelled: bool


def rank(query: Query, program: Program, units: Sequence[Unit], focus: Focus | None, index: Index) -> list[Ranked]:
    """The pieces that may be told, best first."""
    fit = [one for unit in units for one in tellable(unit, program, index)]
    said = _named_things(query, program)
    described = [unit for unit in fit if not _is_aside(unit, focus, said)]
    if not described:
        return []
    named = parts_named(query.question, program, described)
    if any(_bare(head) in fold(query.question) for head in named):  # said in full, not only by a word of it
        described = [unit for unit in described if _stands_in(unit, named) > 0] or described
    words = _words(query, program, described, index)
    meaning = _meaning(query, program, described, index)
    general = focus is None and not _says_more(query, program, index)
    thing = asked_thing(query.question)
    ranked = []
    for place, unit in enumerate(described):
        labelled = focus is not None and _bears(unit, focus)
        cued = focus is not None and focus.cues.search(fold(unit.text)) is not None
        score = (
            _WORDS * words[place]
            + _MEANING * meaning[place]
            + _CUE * cued
            + _LABEL * labelled * (focus is None or focus.name not in BROAD or 0.3)
        )
        score += _PART * _stands_in(unit, named) + _form(unit, general)
        score += _THING if thing and thing.search(fold(unit.text)) else 0.0
        score += _FIRST * (1 - place / len(described)) * (1.0 if general else 0.25)
        ranked.append(Ranked(unit, score, labelled or cued, labelled))
    return sorted(ranked, key=lambda one: -one.score)


def best(ranked: Sequence[Ranked]) -> list[Unit]:
    """The best pieces, in printed order: those about as good as the best one, within the room there is."""
    chosen: list[Unit] = []
    for one in ranked:
        length = sum(len(unit.text) for unit in chosen) + len(one.unit.text)
        close = SPARSE if length < ROOM / 3 else CLOSE
        if len(chosen) == MOST or (chosen and (one.score < close * ranked[0].score or length > ROOM)):
            break
        same = next((place for place, unit in enumerate(chosen) if _says_the_same(one.unit, unit)), None)
        if same is None:
            chosen.append(one.unit)
        elif len(one.unit.text) > len(chosen[same].text):  # it says more than the one that was taken first
            chosen[same] = one.unit
    return in_order(chosen)


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """Pieces as they are printed."""
    return sorted(dict.fromkeys(units), key=lambda unit: unit.line)


def all_of(ranked: Sequence[Ranked]) -> list[Unit] | None:
    """Everything that is said, in printed order, where it is short enough to be told whole."""
    kept: list[Unit] = []
    for one in sorted(ranked, key=lambda one: -len(one.unit.text)):
        if not any(_says_the_same(one.unit, unit, _WHOLLY) for unit in kept):
            kept.append(one.unit)
    whole = [unit for unit in kept if unit.form != "head"] or kept
    length = sum(len(unit.text) for unit in whole)
    return in_order(whole) if length <= ROOM and (len(whole) <= MOST or length <= ROOM / 2) else None


def parts_named(question: str, program: Program, units: Sequence[Unit]) -> frozenset[str]:
    """Headings inside the program that a question names, in full or by most of their words; not the program's own."""
    plain, asked = fold(question), set(tokens(question))
    whole = {match_form(name) for name in (program.program, *program.aliases)}
    found = set()
    for head in dict.fromkeys(head for unit in units for head in unit.heads):
        name = _bare(head)
        if match_form(clean_name(head)) in whole or any(match_form(clean_name(head)).startswith(one) for one in whole):
            continue
        own = words_of(name) - _filler()
        if len(name) > 1 and (name in plain or (len(own) > 1 and len(own & asked) >= 0.75 * len(own))):
            found.add(head)
        if any(fold(one) in plain for one in _VARIANT.findall(head)):
            found.add(head)
    found |= _named_by_a_word(question, program, units)
    sure = {head for head in found if any(fold(one) in plain for one in _VARIANT.findall(head))}
    literal = {head for head in found if _bare(head) in plain}
    return frozenset(sure or literal or found)


def _named_by_a_word(question: str, program: Program, units: Sequence[Unit]) -> set[str]:
    """Headings that alone hold some noun of the question, which the rest of the program does not say."""
    heads = {head: words_of(head) for unit in units for head in unit.heads}
    own = set(tokens(" ".join((program.program, *program.aliases))))
    found = set()
    for word in sorted(word for word in nouns(question) - own if len(word) > 1 and word not in _filler()):
        holding = [head for head, words in heads.items() if word in words]
        outside = (unit for unit in units if not set(holding) & set(unit.heads))
        if len(holding) == 1 and not any(word in words_of(unit.text) for unit in outside):
            found.add(holding[0])
    return found


def _bare(head: str) -> str:
    """A heading without brackets and amounts, folded; what stands in brackets as a whole without them."""
    head = head.strip("（）()【】〔〕<>＜＞〈〉 　")
    return fold(re.sub(r"[（(【〔\[].*?[)）】〕\]]|[0-9０-９.,]+(?:千円|万円|億円|百万円)", "", head))


# ---- what may be told


def tellable(unit: Unit, program: Program, index: Index) -> list[Unit]:
    """The piece, or the longest runs of its clauses without a figure that no fact states; [] when none says anything.

    An answer's figures are facts; a piece that holds another one cannot be told.
    """
    if not _strange(unit.text, unit, program, index):
        return [unit]
    runs: list[str] = []
    start = 0
    for match in re.finditer(r"[^、（）()]*[、（）()]?", unit.quote):
        if match[0] and _strange(shown(match[0]), unit, program, index):
            runs.append(unit.quote[start : match.start()])
            start = match.end()
    runs = [run for one in (*runs, unit.quote[start:]) for run in _whole_clauses(one)]
    found = []
    for run in runs:
        line = unit.line + unit.quote[: unit.quote.find(run)].count("\n")
        found.append(Unit(unit.passage, run, shown(run), line, unit.label, unit.heads, "item"))
    return found


def _whole_clauses(run: str) -> list[str]:
    """A run of clauses without what is left over of a bracket, or a clause that breaks off, at its ends."""
    text = run.strip(" 　\n\t、")
    if text.count("（") + text.count("(") != text.count("）") + text.count(")"):
        return [piece for one in _SPLIT.split(text) for piece in _whole_clauses(one)] if _SPLIT.search(text) else []
    clauses = text.split("、")
    while clauses and _UNFINISHED.search(clauses[-1]):
        clauses.pop()
    while clauses and _UNFINISHED.search(clauses[0]) and re.match(r"以内|以上|[をはがにの]", clauses[0]):
        clauses.pop(0)
    text = "、".join(clauses)
    return [text] if len(text) >= _SHORTEST else []


def _strange(text: str, unit: Unit, program: Program, index: Index) -> bool:
    figures = [figure for figure in find_figures(text) if figure.kind is not FigureKind.YEAR]
    if not figures:
        return False
    last = unit.line + unit.quote.count("\n")
    facts = [fact for fact in index.facts_of(program.id) if unit.line <= fact.line_start <= last]
    return any(not _is_fact(figure, facts) for figure in figures)


def _is_fact(figure: Figure, facts: Sequence[Fact]) -> bool:
    return any(fact.text == figure.text or same_value(as_figure(fact), figure) for fact in facts)


def _is_aside(unit: Unit, focus: Focus | None, said: set[str]) -> bool:
    """An office, an address, a source of money: no description; a label that is asked for is none of these."""
    if focus is not None and _bears(unit, focus):
        return False
    if all(fold(word) in _flags() for word in re.split(r"[、,，\s　]+", unit.text)):
        return True
    if any(unit.label.startswith(fold(label)) for label in telling()["aside"]["labels"]) or (
        _is_amount(unit) and not said & words_of(unit.text)
    ):
        return True
    return "。" not in unit.text and _lines_aside().search(unit.text) is not None


def _bears(unit: Unit, focus: Focus) -> bool:
    """Whether the document calls a piece what is asked for."""
    head = fold(unit.heads[-1]).strip("()（）【】[]") if unit.heads else ""
    return unit.label in focus.labels or head in focus.labels or any(unit.label == f"主な{one}" for one in focus.labels)


def _form(unit: Unit, general: bool) -> float:
    """What a piece loses that is a heading, or a few words; the overview gains where nothing in particular is asked."""
    score = 0.0
    if unit.form == "head":
        score -= 0.6
    if len(unit.text) < 10:
        score -= 0.15
    if general and unit.label in _overview():
        score += 0.2
    if re.match(r"(?:また|さらに|加えて|なお|ただし|一方|その際)、?", unit.text) and general:
        score -= 0.1
    return score


def _stands_in(unit: Unit, named: frozenset[str]) -> float:
    """A heading above may be missing where layout hides it, so what stands elsewhere is only put behind."""
    if not named:
        return 0.0
    if any(head in named for head in unit.heads):
        return 1.0
    inside = [_bare(head) for head in named]
    return 0.6 if any(head in fold(unit.text) for head in inside) else _ELSEWHERE


def _says_the_same(one: Unit, other: Unit, share: float = 0.7) -> bool:
    mine, others = words_of(one.text), words_of(other.text)
    return bool(mine and others) and len(mine & others) >= share * min(len(mine), len(others))


# ---- how near a piece is to the question


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The search tokens of a text, kept: the same pieces are looked at for each thing that is asked."""
    return frozenset(tokens(text))


def _words(query: Query, program: Program, units: Sequence[Unit], index: Index) -> list[float]:
    """(units,) 0 to 1: the share of the question's words that a piece meets, by their weight."""
    region = set(tokens(index.documents[program.document].region)) | {index.documents[program.document].region[:-1]}
    asked = [word for word in _asked(query) if word not in region]
    if not asked:
        return [0.0] * len(units)
    own = set(tokens(" ".join((program.program, *program.aliases))))
    known = index.rarity(asked)
    naming = nouns(query.question)
    shares = [_OWN if word in own else 1.0 if word in naming else _VERB for word in asked]
    rarity = [min(1.0, max(0.3, known.get(word, 5.0) / 4.0)) for word in asked]
    weights = np.asarray(rarity) * np.asarray(shares)
    bodies = [words_of(unit.text) for unit in units]
    heads = [words_of(" ".join((unit.label, *unit.heads))) for unit in units]
    official = _official(query, program, units)
    every = sorted({word for words in (*bodies, *heads) for word in words})
    near = _nearness(asked, every, index)
    place = {word: at for at, word in enumerate(every)}
    found = []
    for body, head, term in zip(bodies, heads, official, strict=True):
        met = np.zeros(len(asked))
        for words, share in ((body, 1.0), (head, _HEAD)):
            if words:
                met = np.maximum(met, share * near[:, [place[word] for word in words]].max(axis=1))
        exact = sum(weight for word, weight in zip(asked, weights, strict=True) if word in body and weight >= _TELLING)
        share = float(weights @ met / max(weights.sum(), 1e-9))
        found.append(share + _TERM * term + min(_MOST_EXACT, _EXACT * float(exact)))
    return found


def _official(query: Query, program: Program, units: Sequence[Unit]) -> list[float]:
    """(units,) the share of the question's everyday words for which a piece prints an official term of its own."""
    name = fold(" ".join((program.program, *program.aliases)))
    groups = [[fold(term) for term in terms if fold(term) not in name] for terms in everyday(query.question)]
    groups = [group for group in groups if group]
    if not groups:
        return [0.0] * len(units)
    texts = [fold(unit.text) for unit in units]
    return [sum(any(term in text for term in group) for group in groups) / len(groups) for text in texts]


def _named_things(query: Query, program: Program) -> set[str]:
    """The nouns of a question that do not name the program."""
    own = set(tokens(" ".join((program.program, *program.aliases, *program.subprograms))))
    return {word for word in nouns(query.question) - _filler() - own if len(word) > 1}


def _says_more(query: Query, program: Program, index: Index) -> bool:
    """Whether a question says more than which program it asks about."""
    return bool(_named_things(query, program) - set(tokens(index.documents[program.document].region)))


def _asked(query: Query) -> list[str]:
    """The question's words that name something, and the official words for them."""
    filler = _filler()
    said = [word for word in tokens(query.question) if word not in filler and re.search(r"[ァ-ヶ一-龠a-z]", word)]
    return list(dict.fromkeys(said))


def _nearness(asked: list[str], every: list[str], index: Index) -> np.ndarray:
    """(asked, every) 1 for the same word, less for one near in meaning, else 0."""
    near = np.asarray([[float(one == other) for other in every] for one in asked]).reshape(len(asked), len(every))
    embedder = index.embedder
    if near.size and isinstance(embedder, WordVectors):
        cosine = embedder.word_rows(asked) @ embedder.word_rows(every).T
        near = np.maximum(near, np.where(cosine >= _NEAR, cosine * _SOFT, 0.0))
    return near


def _meaning(query: Query, program: Program, units: Sequence[Unit], index: Index) -> list[float]:
    """(units,) the cosine between the question without the program's name and each piece."""
    plain = fold(query.question)
    for name in sorted(map(fold, (program.program, *program.aliases)), key=len, reverse=True):
        plain = plain.replace(name, "、") if name else plain
    if len(units) < 2:
        return [0.0] * len(units)
    asked = index.embedder.encode_query([plain])
    texts = [" ".join((*unit.heads[-1:], unit.text)) for unit in units]
    return [float(one) for one in index.embedder.encode_document(texts) @ asked[0]]


@cache
def _filler() -> frozenset[str]:
    return frozenset(table("questions")["filler"]["words"])


@cache
def _flags() -> frozenset[str]:
    """Words that mark a program and describe nothing."""
    marks = table("flags")["marks"]
    words = [*marks, *(word for group in marks.values() for word in group), *table("labels")["support"]["words"]]
    return frozenset(map(fold, words))


def _is_amount(unit: Unit) -> bool:
    """Whether a piece stands under the label of an amount, a rate or a period: it describes nothing."""
    names = (unit.label, *(unit.heads[-1:] if unit.form == "cell" else ()))
    return any(name in _amounts() or header_role(name) in _FIGURED for name in names if name)


@cache
def _amounts() -> frozenset[str]:
    found = {fold(word) for entry in table("guard")["label"] for word in entry["words"]}
    return frozenset(found - {"対象者", "期間", "その他"})


@cache
def _overview() -> frozenset[str]:
    return frozenset(fold(word) for role in ("aim", "content") for word in table("labels")[role]["words"])


@cache
def _lines_aside() -> re.Pattern[str]:
    return re.compile(telling()["aside"]["lines"], re.IGNORECASE)
