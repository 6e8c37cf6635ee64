"""Query + programs → :class:`~assistant.records.Draft`, with no language model: sentences built from facts."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..records import Draft, DraftSentence, FactKind, Hit, Query
from ..retrieve import Retrieval, odds
from ..retrieve.bearing import is_of_life, is_spoken_of
from ..understand import wanted
from ..understand.asked import asks_a_share_or_amount
from .a_case import of_a_case
from .alone import asks_of_one, asks_words_alone, lists_inside
from .asked_too import beside_figures, instead_of_figures
from .asking import ask_which
from .borne import borne
from .ceiling import printed_ceiling
from .claims import as_moved, ended, funding_claim, with_verdict
from .doubt import likely_meant, which_of_two
from .every_side import with_every_side
from .figures import figure_sentences
from .indicators import of_indicator
from .itself import of_itself
from .labels import kind_label
from .legends import told_legend
from .listing import list_programs
from .meant import meant, page_of_letters, page_of_phrase
from .more import with_more
from .nouns import noun_sentences
from .of_rows import of_own_rows, of_rows
from .of_silent import of_silent_part
from .premise import COUNTED, beside, premise_sentences, spoken_of
from .priced import of_what_is_asked
from .probes import not_promised, only_first
from .prose import told_in_prose
from .quoting import told_by_its_figure
from .reckoning import across, of_one, reckon
from .refusals import (
    abstain,
    ask_back,
    ask_one_by_one,
    asks_telephone,
    is_of_the_state,
    is_off_topic,
    is_unclear,
    not_held,
    out_of_scope,
    small_talk,
    strange_part,
    unknown_case,
)
from .results import of_results
from .scheme import of_the_notes, of_the_pool
from .scoped import scoped
from .variants import of_its_variants
from .worded import in_words
from .words import tell, tell_first
from .years import of_figure_year

__all__ = ["compose"]

ALIKE = 0.6  # odds by the best: as good an answer, from another document
LIKELY = 0.4  # odds by the best: its figure may be told when the best states none
FULL = 0.8  # odds by the best: told before it when it alone states all that is asked
NEXT = 3  # programs that may be meant where the best states but half of what is asked
DEPTH = 5  # described programs tried for a figure
MOST = 4  # programs of one name that are told side by side

_UNFOUND = (None, "topic", "program", "unsure")  # a term deep in one program's text may still tell which is meant
# a share and a limit, asked for together
_ASKED = (
    frozenset({FactKind.SUBSIDY_RATE}),
    frozenset({FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.LOAN_LIMIT}),
)


def compose(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    """A draft for what was found; abstentions and questions back are drafts too."""
    draft = of_what_is_asked(query, _composed(query, retrieval, index), retrieval, index)
    return with_every_side(query, draft, index)


def _composed(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    query = of_figure_year(query, retrieval, index)
    if query.intent in ("thanks", "greeting") and not query.named:
        return small_talk(query)
    if is_of_the_state(query, index) or (
        is_off_topic(query) and not (is_of_life(query) and page_of_phrase(query, index))
    ):
        return out_of_scope(index)
    if is_unclear(query):
        return ask_back(query)
    retrieval = of_the_notes(query, of_the_pool(query, retrieval, index), index)
    retrieval = of_its_variants(query, retrieval, index)
    query, retrieval = of_silent_part(of_a_case(query, retrieval, index), retrieval, index)
    if printed := _printed_or_reckoned(query, retrieval, index):
        return printed
    if page := page_of_letters(query, retrieval.hits, index):
        retrieval = replace(retrieval, hits=(page,), missing=None, sure=1.0)
    if not retrieval.hits and retrieval.missing in _UNFOUND and (page := page_of_phrase(query, index)):
        retrieval = replace(retrieval, hits=(page,), missing=None)
    if retrieval.missing in ("unsure", "program") and (plain := told_in_prose(query, retrieval, index)):
        return plain
    if retrieval.missing == "unsure" and retrieval.ranked:
        return _in_doubt(query, retrieval, index)
    if not retrieval.hits:
        return ask_back(query) if retrieval.missing == "topic" else abstain(query, retrieval, index)
    if retrieval.last_year and query.open_amount and not query.kinds:  # only a budget has a year before
        query = replace(query, kinds=(FactKind.BUDGET,), open_amount=False)
    retrieval = only_first(query, retrieval)
    query = of_itself(query, retrieval, index)
    called = noun_sentences(query, retrieval.hits[0], index) if query.intent != "check" else []
    if called:
        return Draft("answered", None, tuple(called), _suggestions(retrieval.hits[0], query, index))
    refused = not_promised(query, retrieval, index)
    if refused is not None:
        return refused
    if paid := borne(query, retrieval.hits[0], index):
        return Draft("answered", None, tuple(paid), _suggestions(retrieval.hits[0], query, index))
    if query.intent == "aggregate" and not of_one(query):
        return ask_one_by_one()
    claim = funding_claim(query, retrieval.hits, index)
    if claim is not None:
        return claim
    if (change := as_moved(query)) and (told := reckon(change, retrieval, index)):
        return with_verdict(query, told)
    if query.intent == "check":
        draft = _check(query, retrieval, index) or ended(query, retrieval.hits, index)
        if draft is not None:
            return draft
        if query.named and any(figure.kind not in COUNTED for figure in query.premises):
            return _worded(query, retrieval, index) or abstain(query, retrieval, index)
    by_figure = [one for hit in _told(query, retrieval) for one in told_by_its_figure(query, hit.program, index)]
    first = by_figure or [one for hit in _told(query, retrieval) for one in tell_first(query, hit, index)]
    if first:
        return Draft("answered", None, tuple(first), _suggestions(retrieval.hits[0], query, index))
    if _another_is_fuller(query, retrieval, index):
        return ask_which(retrieval, index)
    if wanted(query) and not asks_words_alone(query):
        return with_more(query, _figures(query, retrieval, index), retrieval, index)
    if plain := told_in_prose(query, retrieval, index):
        return plain
    if query.unknown_kind:
        return abstain(query, retrieval, index)
    if query.intent == "list" and not query.named and not lists_inside(query.question):
        return _list(query, retrieval, index)
    return with_more(query, _words(query, retrieval, index), retrieval, index)


def _printed_or_reckoned(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """What a document prints of marks, results and ceilings, what is reckoned, and sets: before any one program."""
    return (
        told_legend(query, retrieval, index)
        or of_results(query, retrieval, index)
        or printed_ceiling(query, retrieval, index)
        or of_indicator(query, index)
        or of_own_rows(query, index)
        or across(query, index)
        or scoped(query, index, rows_only=True)
        or reckon(query, retrieval, index)
        or of_rows(query, index)
        or (None if asks_of_one(query.question) else scoped(query, index))
    )


def _in_doubt(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    """An answer from the one or two programs that may be meant, where they state what is asked; else a question.

    Where none of the nearest has a noun of the question, nothing here is meant.
    """
    if query.words and not any(is_spoken_of(query, hit.program, index) for hit in retrieval.ranked[:NEXT]):
        return abstain(query, replace(retrieval, missing="program"), index)
    likely = likely_meant(query, retrieval, index)
    each = [replace(retrieval, hits=(hit,), ranked=(hit,), missing=None) for hit in likely]
    told = [draft for one in each if (draft := compose(query, one, index)).status == "answered"]
    if not told or len(told) < len(likely):
        return ask_which(retrieval, index)
    told = [one for one in told if not unknown_case(query, list(one.sentences))] or told  # it speaks of the case asked
    if len(told) == 1:
        return told[0]
    sentences = dict.fromkeys(sentence for draft in told for sentence in draft.sentences)
    return Draft("answered", None, (which_of_two(), *sentences), told[0].suggestions)


def _told(query: Query, retrieval: Retrieval) -> tuple[Hit, ...]:
    """All programs of a name that was said; of described ones the best."""
    return retrieval.hits[:MOST] if query.named else retrieval.hits[:1]


def _check(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    hits = _told(query, retrieval)
    if not query.named and query.premises[0].kind in COUNTED:  # the program that counts what the question speaks of
        hits = (max(retrieval.hits[:DEPTH], key=lambda hit: spoken_of(query, hit.program, index)),)
    sentences: list[DraftSentence] = []
    others = () if query.named else tuple((hit,) for hit in _likely(retrieval)[1:])
    for told in (hits, *others):
        sentences = [
            sentence for hit in told for sentence in premise_sentences(query, hit.program, index, retrieval.last_year)
        ]
        if sentences:
            hits = told
            break
    more = beside(query)
    if sentences and more:
        asked = replace(query, kinds=more, open_amount=False, intent="figure")
        sentences += [one for hit in hits for one in figure_sentences(asked, hit.program, index, False)]
    return Draft("answered", None, tuple(sentences)) if sentences else None


def _figures(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    for hits in _candidates(query, retrieval, index):
        sentences = [
            sentence for hit in hits for sentence in figure_sentences(query, hit.program, index, retrieval.last_year)
        ]
        if any(sentence.facts or sentence.quotes for sentence in sentences) and not strange_part(query, hits, index):
            sentences += [*beside_figures(query, hits, index), *unknown_case(query, sentences), *not_held(query, index)]
            return Draft("answered", None, tuple(sentences), _suggestions(hits[0], query, index))
    if retrieval.last_year and not query.named:
        return abstain(query, replace(retrieval, hits=(), missing="year"), index)
    if FactKind.PHONE in query.kinds and not asks_telephone(query, retrieval.hits[0], index):
        return _words(replace(query, intent="where"), retrieval, index)
    worded = _worded(query, retrieval, index)
    if worded is None and (told := instead_of_figures(query, retrieval.hits, index)):
        return Draft("answered", None, (*told, *not_held(query, index)))
    return worded or abstain(query, retrieval, index)


def _worded(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """What the document says in words where a figure was asked for; None when it says nothing of it."""
    hits = _candidates(query, retrieval, index)[0]
    told = [one for hit in hits for one in in_words(wanted(query), hit, index)]
    if not told or strange_part(query, retrieval.hits[:1], index):
        return None
    return Draft("answered", None, (*told, *not_held(query, index)))


def _candidates(query: Query, retrieval: Retrieval, index: Index) -> list[tuple[Hit, ...]]:
    """All programs of a name together; of described ones those that are about as likely, until one states it."""
    if query.named:
        return [_told(query, retrieval)]
    likely = _likely(retrieval)
    alike = _alike_elsewhere(likely) if not query.regions else ()
    return [*([alike] if len(alike) > 1 else []), *((hit,) for hit in _fullest_first(query, likely, index))]


def _likely(retrieval: Retrieval) -> tuple[Hit, ...]:
    """The best described programs: those that are about as likely as the first."""
    best = retrieval.hits[0]
    return tuple(hit for hit in retrieval.hits[:DEPTH] if odds(hit, best) >= LIKELY)


def _fullest_first(query: Query, hits: tuple[Hit, ...], index: Index) -> tuple[Hit, ...]:
    """「何割、いくらまで」: of programs that fit about as well, first one that states both."""
    if not _asks_both(query) or _states_both(hits[0], index):
        return hits
    full = [hit for hit in hits if odds(hit, hits[0]) >= FULL and _states_both(hit, index)]
    return (*full[:1], *(hit for hit in hits if hit not in full[:1]))


def _another_is_fuller(query: Query, retrieval: Retrieval, index: Index) -> bool:
    """Whether a share and a limit are asked of a described program, the best states not both, and the next one does."""
    if query.named or not _asks_both(query) or not retrieval.ranked:
        return False
    first = _fullest_first(query, retrieval.hits[:DEPTH], index)[0]
    rivals = [hit for hit in retrieval.hits[1:NEXT] if odds(hit, retrieval.hits[0]) >= LIKELY]
    return not _states_both(first, index) and any(_states_both(hit, index) for hit in rivals)


def _asks_both(query: Query) -> bool:
    return all(family & set(query.kinds) for family in _ASKED) and not asks_a_share_or_amount(query.question)


def _states_both(hit: Hit, index: Index) -> bool:
    return all(family & index.kinds_of(hit.program.id) for family in _ASKED)


def _alike_elsewhere(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The best program and those of other documents that fit the question as well: no region is chosen silently."""
    alike: dict[str, Hit] = {}
    for hit in hits:
        if odds(hit, hits[0]) >= ALIKE:
            alike.setdefault(hit.program.document, hit)
    return tuple(alike.values())


def _list(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    sentences = list_programs(query, retrieval.hits, index)
    if not sentences:
        return abstain(query, replace(retrieval, hits=(), missing="program"), index)
    return Draft("answered", None, tuple(sentences), _suggestions(retrieval.hits[0], query, index))


def _words(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    hits = meant(query, _told(query, retrieval), retrieval.hits, index)
    told = [tell(query, hit, index) for hit in hits]
    sentences = [sentence for one in told if one.answers for sentence in one.sentences]
    if not sentences:
        nearest = [sentence for one in told for sentence in one.sentences if not sentence.facts]
        if nearest:
            return Draft("abstained", "not_stated", tuple(nearest), _suggestions(hits[0], query, index))
        return abstain(query, retrieval, index)
    sentences += not_held(query, index)
    return Draft("answered", None, tuple(sentences), _suggestions(hits[0], query, index))


def _suggestions(hit: Hit, query: Query, index: Index) -> tuple[str, ...]:
    """Questions about the same program that its facts answer."""
    asked = set(wanted(query))
    kinds = dict.fromkeys(fact.kind for fact in index.facts_of(hit.program.id))
    questions = [kind_label(kind, "question") for kind in kinds if kind not in asked]
    return tuple(f"{hit.program.program}の{question}" for question in dict.fromkeys(questions) if question)[:3]
