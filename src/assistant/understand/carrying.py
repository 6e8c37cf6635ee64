"""What a turn of a conversation takes over from one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..lexicon import table
from ..records import FactKind, FigureKind, Query
from ..tokens import nouns, tokens
from .asked import asked_kinds
from .ground import Ground
from .pointing import asks_otherwise

_BESIDES = re.compile("も(?:$|[?。、]|教|知|お|聞)|^(?:あと|それと|それから|ついでに|加えて)")
_NAMES = re.compile("(?:は|って|だと|なら|(?:ほう|方)(?:は|が)?)$")
_ASKS = re.compile(r"[何幾][^ぁ-んァ-ヶ]|[0-9,.]+$")  # 「何日」 and a figure name nothing
_HOW_MANY = re.compile("ど(?:の|れ|ん)(?:くらい|ぐらい|ほど|だけ)")
_REACHED = re.compile("実際|実績|結果|見込")
_COUNTS = frozenset([FactKind.COUNT, FactKind.TARGET])
#: Kinds that 「いくら」 may go on asking for.
_AMOUNTS = frozenset(
    [
        FactKind.BUDGET,
        FactKind.BUDGET_PREVIOUS,
        FactKind.BUDGET_REVISED,
        FactKind.BREAKDOWN,
        FactKind.FUNDING_NATIONAL,
        FactKind.FUNDING_OTHER,
        FactKind.FUNDING_GENERAL,
        FactKind.SUBSIDY_LIMIT,
        FactKind.LIMIT_ADDITION,
        FactKind.LOAN_LIMIT,
        FactKind.LOAN_POOL,
    ]
)


def own_words(query: Query, *, done: bool = False) -> tuple[str, ...]:
    """The words of a turn that may name or describe something; with ``done``, what is done where nothing is named."""
    filler = _filler()
    named = tuple(word for word in query.words if word not in filler and len(word) > 1 and not _ASKS.match(word))
    if named or not done:
        return named
    return tuple(word for word in (*query.words, *query.weak) if word not in filler and not _ASKS.match(word))


@cache
def _filler() -> frozenset[str]:
    words = table("follow")["filler"]["words"]
    return frozenset(words) | frozenset(token for word in words for token in tokens(word))


def subject(query: Query) -> tuple[str, ...]:
    """What an earlier turn was about, in its own words without the places and the years that it names."""
    text = query.search or query.question
    for region in query.regions:
        text = re.sub(rf"{re.escape(region)}|{re.escape(region.rstrip('都府県'))}(?=[のでには、])", " ", text)
    return tuple(text.split())


def asks_besides(query: Query, said: str) -> bool:
    """「B資金は? あと保証料率も」, without its name: no more than was asked before, and something besides."""
    if not (query.kinds or query.intent in ("where", "who")):
        return False
    first, mark, rest = re.sub("[？]", "?", said).partition("?" if "?" in said or "？" in said else "。")
    own = asked_kinds(first)
    both = (mark == "?" and rest and _NAMES.search(first)) or _BESIDES.search(rest)  # 「海外は? 何回使える」
    return bool(mark and both) and not (own.kinds or own.open_amount) and not asks_otherwise(first)


def besides(query: Query, earlier: Query, programs: Sequence[str], ground: Ground) -> Query:
    """The kinds that were asked before and those of the turn; of an amount that nobody says more of, the limit."""
    limits = [(kind,) for kind in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)] if earlier.open_amount else []
    stated = (one for one in limits if any(ground.states(name, replace(query, kinds=one)) for name in programs))
    before = earlier.kinds or next(stated, ())
    return replace(query, kinds=tuple(dict.fromkeys((*before, *query.kinds))), intent="figure")


def as_asked(earlier: Query) -> Query:
    """A turn that took a sum for granted (「41万円でしたか」) as one that asked for it."""
    if earlier.intent != "check" or earlier.kinds or earlier.open_amount:
        return earlier
    return replace(earlier, open_amount=any(one.kind is FigureKind.MONEY for one in earlier.premises))


def going_on(query: Query, earlier: Query) -> Query:
    """A turn that asks for no kind asks for those of the turn before; 「いくら」 of what was asked for then."""
    silent = not query.kinds and not query.open_amount and query.intent in ("open", "explain")
    earlier = as_asked(earlier)
    same = _AMOUNTS if not _HOW_MANY.search(query.question) else _AMOUNTS | _COUNTS
    amount = query.open_amount and not query.kinds and bool(earlier.kinds) and set(earlier.kinds) <= same
    if not (silent or amount) or (query.intent == "explain" and not (earlier.kinds or earlier.open_amount)):
        return query
    intent = earlier.intent if earlier.intent not in ("check", "aggregate") else "figure"
    return replace(
        query,
        kinds=(FactKind.COUNT, *earlier.kinds) if _reached(query, earlier) else earlier.kinds,
        items=query.items or earlier.items,
        open_amount=earlier.open_amount,
        intent=intent,
        unknown_kind=None if earlier.kinds or earlier.open_amount else query.unknown_kind,
    )


def _reached(query: Query, earlier: Query) -> bool:
    """「実際はどのくらい?」 after an aim: what was reached."""
    return earlier.kinds == (FactKind.TARGET,) and _REACHED.search(query.question) is not None


def take_over(query: Query, earlier: Query) -> Query:
    """The program, region and year of an earlier turn, and what it asked for when this turn asks for nothing."""
    asked = going_on(query, earlier)
    return replace(
        asked,
        named=query.named or earlier.named,
        subprograms=query.subprograms or earlier.subprograms,
        words=joined(query.words, earlier.words),
        unknown_name=query.unknown_name or earlier.unknown_name,
        terms=joined(query.terms, earlier.terms),
        regions=query.regions or earlier.regions,
        towns=query.towns or (() if query.regions else earlier.towns),
        fiscal_year=query.fiscal_year or earlier.fiscal_year,
        stage=query.stage or earlier.stage,
        search=" ".join(dict.fromkeys((*own_words(query), *subject(earlier)))),
        carried=True,
    )


def like_of(query: Query, earlier: Query, own: Sequence[str], name: str) -> Query:
    """The query for the like of the program of this ``name`` that was spoken of before."""
    told = name if earlier.named and not earlier.search else " ".join(subject(earlier))
    search = " ".join(dict.fromkeys((*own, *told.split())))
    words = joined(query.words, (*earlier.words, *sorted(nouns(name))))
    terms = joined(query.terms, earlier.terms)
    return replace(query, words=words, terms=terms, search=search, unknown_name=None, carried=True)


def reckoned_of(query: Query, earlier: Query) -> Query:
    """A query that reckons, with the kinds of the turn before where it has none; 「その何割」 is no rate of subsidy."""
    if query.operation in ("share", "ratio"):
        query = replace(query, kinds=tuple(kind for kind in query.kinds if kind is not FactKind.SUBSIDY_RATE))
    if query.kinds or not (earlier.kinds or earlier.open_amount):
        return query
    return replace(query, kinds=earlier.kinds, open_amount=earlier.open_amount and not earlier.kinds)


def budget_first(kinds: tuple[FactKind, ...]) -> tuple[FactKind, ...]:
    """The kinds, or that of an amount which nobody says more of."""
    return kinds or (FactKind.BUDGET,)


def joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The words of both, each once."""
    return tuple(dict.fromkeys((*first, *second)))


def about(
    query: Query, earlier: Query, programs: tuple[str, ...], parts: tuple[str, ...], known: set[str], dated: bool
) -> Query:
    """The query, of these programs and parts; ``known``: their regions; ``dated`` keeps the place and year before."""
    regions = (query.regions or earlier.regions) if dated else ()
    return replace(
        query,
        named=programs,
        subprograms=parts if set(query.subprograms) < set(parts) else query.subprograms or parts,
        unknown_part=None if query.unknown_part in parts else query.unknown_part,
        regions=tuple(one for one in regions if not known or one in known),
        words=joined(query.words, earlier.words),
        terms=joined(query.terms, earlier.terms),
        towns=(),
        fiscal_year=query.fiscal_year or (earlier.fiscal_year if dated and not query.figure_year else None),
        stage=query.stage or (earlier.stage if dated else None),
        unknown_name=None,
        carried=True,
    )
