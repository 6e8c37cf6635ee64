"""Question and conversation → :class:`~assistant.records.Query`.  Deterministic, and without an index.

What the corpus knows comes in as a :class:`Vocabulary`: the names of its programs, funds and 枠.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..errors import QuestionError
from ..figures import find_figures
from ..lexicon import table
from ..placenames import towns_in
from ..programs.names import squeeze
from ..records import FactKind, FigureKind, Query, Turn
from ..tokens import nouns, search_form, tokens
from .asked import asked_kinds, intent_of, intent_words, leans_on
from .named import case_of, unknown_kind, unknown_name, unknown_part, variant_behind
from .places import regions_in, stage_in, year_in
from .vocabulary import Mention, Vocabulary

__all__ = ["LONGEST", "Mention", "Vocabulary", "check_question", "understand", "wanted"]

LONGEST = 4_000


def check_question(question: str) -> str:
    """The question as readable text.

    Raises QuestionError (one line) when it is empty, longer than 4,000 characters, or not text.
    """
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", question)
    text = text.encode("utf-8", "ignore").decode("utf-8").strip()
    if not text:
        raise QuestionError("The question is empty.", hint="Ask something, such as 「事業承継で使える補助率は?」.")
    if len(text) > LONGEST:
        raise QuestionError(f"The question has {len(text):,} characters.", hint=f"Ask in at most {LONGEST:,}.")
    return text


def understand(
    question: str, vocabulary: Vocabulary, *, history: Sequence[Turn] = (), today: dt.date | None = None
) -> Query:
    """What ``question`` asks, completed by the earlier turns of the asker where it leans on them."""
    query = _read(check_question(question), vocabulary, today or dt.date.today())
    earlier_turns = [turn for turn in history if turn.role == "user"][-4:]
    if query.named and query.intent == "open" and earlier_turns:
        return _keep_asking(query, _read(earlier_turns[-1].content[:LONGEST], vocabulary, today or dt.date.today()))
    for turn in reversed(earlier_turns):
        if not _needs_context(query):
            break
        earlier = _read(turn.content[:LONGEST], vocabulary, today or dt.date.today())
        if query.regions and query.regions != earlier.regions and earlier.named:
            # 「青森は?」 asks for the like of it there: by the words of the name, not by the name
            there = _read(turn.content[:LONGEST], _NO_NAMES, today or dt.date.today())
            earlier = replace(there, unknown_name=None, unknown_part=None)
        query = _take_over(query, earlier)
    return query


_NO_NAMES = Vocabulary([])


def _needs_context(query: Query) -> bool:
    if query.named or query.intent in ("thanks", "greeting"):
        return False
    return not (query.words or query.weak) or bool(query.case) or leans_on(query.question)


def _keep_asking(query: Query, earlier: Query) -> Query:
    """「成長企業応援資金だと?」: another name, the same question."""
    if query.kinds or not (earlier.kinds or earlier.open_amount):
        return query
    intent = "figure" if earlier.intent == "check" else earlier.intent
    return replace(query, kinds=earlier.kinds, items=earlier.items, open_amount=earlier.open_amount, intent=intent)


def _take_over(query: Query, earlier: Query) -> Query:
    """The program, region and year of an earlier turn, and what it asked for when this turn asks for nothing."""
    goes_on = query.intent == "open" and not query.kinds
    return replace(
        query,
        named=earlier.named,
        subprograms=query.subprograms or earlier.subprograms,
        words=query.words + tuple(word for word in earlier.words if word not in query.words),
        unknown_name=query.unknown_name or earlier.unknown_name,
        terms=query.terms + tuple(term for term in earlier.terms if term not in query.terms),
        regions=query.regions or earlier.regions,
        towns=query.towns or (() if query.regions else earlier.towns),
        fiscal_year=query.fiscal_year or earlier.fiscal_year,
        stage=query.stage or earlier.stage,
        kinds=earlier.kinds if goes_on else query.kinds,
        items=earlier.items if goes_on else query.items,
        open_amount=earlier.open_amount if goes_on else query.open_amount,
        intent=earlier.intent if goes_on and earlier.intent != "check" else query.intent,
        carried=True,
    )


def _read(question: str, vocabulary: Vocabulary, today: dt.date) -> Query:
    named, subprograms, spans = vocabulary.find(question)
    regions, rest = regions_in(vocabulary.without(question, spans), vocabulary.places)
    year, rest = year_in(rest, today)
    rest = squeeze(rest)
    stage = stage_in(rest)
    figures = [
        figure
        for figure in find_figures(rest)
        if figure.kind in (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
    ]
    asking = asked_kinds(rest)
    bare = _without_asking(rest, (*asking.words, *intent_words(rest)))
    words, weak = _content(bare)
    return Query(
        question=question,
        intent=intent_of(rest, bool(asking.kinds) or asking.open_amount, bool(figures)),
        kinds=asking.kinds,
        items=asking.items,
        named=named,
        regions=regions,
        towns=() if regions else tuple(towns_in(rest)),
        fiscal_year=year,
        stage=stage,
        words=words,
        weak=weak,
        partly=() if named else vocabulary.partly(question),
        terms=_terms(bare),
        unknown_name=unknown_name(rest),
        premises=tuple(figures),
        open_amount=asking.open_amount or _only_names_cost(question, spans, rest),
        subprograms=subprograms,
        unknown_part=unknown_part(rest) or variant_behind(question, spans),
        unknown_kind=None if asking.kinds or asking.open_amount else unknown_kind(rest),
        case=case_of(rest),
    )


def _only_names_cost(question: str, spans: tuple[tuple[int, int], ...], rest: str) -> bool:
    """「信用補完対策費は?」: the name of an expense alone asks how much it is."""
    said = re.sub(r"[のはって、。？?！!\s]|いくら|教えて|ください|です|か", "", rest)
    return bool(spans) and not said and question[spans[-1][0] : spans[-1][1]].endswith("費")


def _terms(text: str) -> tuple[str, ...]:
    """Official terms for the everyday words of a question."""
    plain = search_form(text)
    found: dict[str, None] = {}
    for word, terms in table("thesaurus")["words"].items():
        if _everyday(word).search(plain):
            found.update(dict.fromkeys(terms))
    return tuple(found)


@cache
def _everyday(word: str) -> re.Pattern[str]:
    """An everyday word; one in Latin letters stands alone (IT is not in 「capital」)."""
    form = re.escape(search_form(word))
    return re.compile(rf"(?<![a-z]){form}(?![a-z])" if form.isascii() else form)


def _without_asking(text: str, cues: tuple[str, ...]) -> str:
    """A question without its figures and the words that only ask."""
    for figure in reversed(find_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    for cue in sorted(cues, key=len, reverse=True):
        text = search_form(text).replace(cue, " ")
    return text


def _content(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The search tokens that name something, those of nouns apart from the others."""
    filler = _filler()
    kept = [token for token in tokens(text) if token not in filler and not re.fullmatch(r"[\W\d_ぁ-ん]", token)]
    naming = nouns(text)
    words = tuple(dict.fromkeys(token for token in kept if token in naming))
    return words, tuple(dict.fromkeys(token for token in kept if token not in naming))


@cache
def _filler() -> frozenset[str]:
    words = table("questions")["filler"]["words"]
    return frozenset(words) | frozenset(token for word in words for token in tokens(word))


def wanted(query: Query) -> tuple[FactKind, ...]:
    """The kinds to answer with: those asked for, or what 「いくら」 may mean."""
    if query.kinds:
        return query.kinds
    if query.open_amount:
        return tuple(FactKind(kind) for kind in table("questions")["open_amount"]["kinds"])
    return ()
