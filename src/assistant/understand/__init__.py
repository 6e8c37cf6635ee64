"""Question and conversation → :class:`~assistant.records.Query`.  Deterministic, and without an index.

What the corpus knows comes in as a :class:`Vocabulary`: the names of its programs, funds and 枠.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from ..errors import QuestionError
from ..figures import find_figures
from ..lexicon import table
from ..records import FactKind, FigureKind, Query, Turn
from ..tokens import fold, nouns, search_form, tokens
from .asked import asked_kinds, intent_of, intent_words, leans_on
from .named import unknown_name
from .places import regions_in, stage_in, year_in
from .vocabulary import Vocabulary

__all__ = ["Vocabulary", "check_question", "understand"]

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
    for turn in reversed([turn for turn in history if turn.role == "user"][-4:]):
        if not _needs_context(query):
            break
        query = _take_over(query, _read(turn.content[:LONGEST], vocabulary, today or dt.date.today()))
    return query


def _needs_context(query: Query) -> bool:
    if query.named or query.intent in ("thanks", "greeting"):
        return False
    return not (query.words or query.weak) or leans_on(query.question)


def _take_over(query: Query, earlier: Query) -> Query:
    """The program, region and year of an earlier turn, and its kinds when this turn asks for none."""
    return replace(
        query,
        named=earlier.named,
        subprogram=query.subprogram or earlier.subprogram,
        words=query.words + tuple(word for word in earlier.words if word not in query.words),
        unknown_name=query.unknown_name or earlier.unknown_name,
        terms=query.terms + tuple(term for term in earlier.terms if term not in query.terms),
        regions=query.regions or earlier.regions,
        fiscal_year=query.fiscal_year or earlier.fiscal_year,
        stage=query.stage or earlier.stage,
        kinds=query.kinds or earlier.kinds,
        items=query.items if query.kinds else earlier.items,
        intent=query.intent if query.kinds or query.intent != "explain" else earlier.intent,
        carried=True,
    )


def _read(question: str, vocabulary: Vocabulary, today: dt.date) -> Query:
    named, subprogram, spans = vocabulary.find(question)
    rest = vocabulary.without(question, spans)
    regions, rest = regions_in(rest)
    year, rest = year_in(rest, today)
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
        fiscal_year=year,
        stage=stage,
        words=words,
        weak=weak,
        terms=_terms(bare),
        unknown_name=unknown_name(rest),
        premises=tuple(figures),
        open_amount=asking.open_amount,
        subprogram=subprogram,
    )


def _terms(text: str) -> tuple[str, ...]:
    """Official terms for the everyday words of a question."""
    plain = fold(text)
    found: dict[str, None] = {}
    for word, terms in table("thesaurus")["words"].items():
        if fold(word) in plain:
            found.update(dict.fromkeys(terms))
    return tuple(found)


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


def _filler() -> frozenset[str]:
    words = table("questions")["filler"]["words"]
    return frozenset(words) | frozenset(token for word in words for token in _tokens_once(word))


_CACHE: dict[str, tuple[str, ...]] = {}


def _tokens_once(word: str) -> tuple[str, ...]:
    if word not in _CACHE:
        _CACHE[word] = tuple(tokens(word))
    return _CACHE[word]


def wanted(query: Query) -> tuple[FactKind, ...]:
    """The kinds to answer with: those asked for, or what 「いくら」 may mean."""
    if query.kinds:
        return query.kinds
    if query.open_amount:
        return tuple(FactKind(kind) for kind in table("questions")["open_amount"]["kinds"])
    return ()
