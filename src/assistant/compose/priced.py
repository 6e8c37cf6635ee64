"""Whether the figure that is told is of the thing that the question word belongs to.

「専門家の謝金はいくら」 is answered by what is called 謝金, or by what is paid of it; the budget of the program that
stands nearest is neither.  The words are those of ``[priced]`` in ``lexicon/telling.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, Hit, Query
from ..retrieve import Retrieval
from ..retrieve.bearing import general_nouns, is_spoken_of
from ..tokens import fold, search_form
from ..understand.asked import asked_kinds
from ..understand.thesaurus import everyday
from .asking import MOST
from .labels import called
from .nouns import forms_of
from .refusals import abstain, not_stated
from .words import without_name

K = FactKind
# what is put aside for a whole program: nobody's fee, wage or price
_WHOLE = frozenset(
    {K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.BUDGET_CHANGE, K.BREAKDOWN, K.LOAN_POOL}
    | {K.FUNDING_NATIONAL, K.FUNDING_GENERAL, K.FUNDING_OTHER}
)
_PAID = frozenset({K.SUBSIDY_LIMIT, K.SUBSIDY_RATE, K.LIMIT_ADDITION, K.LOAN_LIMIT})
_NEAR = 8  # hits that may be the program spoken of beside the thing
_SHORTEST = 2  # letters of a word that a document may use for it


@dataclass(frozen=True, slots=True)
class _Thing:
    """What an asking word belongs to, and whether it is asked what is paid of it (「家賃はいくらまで」)."""

    word: str
    paid: bool
    rest: str  # the question without it


def of_what_is_asked(query: Query, draft: Draft, retrieval: Retrieval, index: Index) -> Draft:
    """The draft, unless what it tells is of another thing than the one whose price, fee or wage is asked for."""
    if draft.status == "abstained" or query.operation or query.intent in ("list", "who", "where"):
        return draft
    facts = [fact for one in draft.sentences for fact in one.facts]
    told = retrieval.ranked[:MOST] if draft.status == "clarify" else _told_of(facts, retrieval, index)
    plain = search_form(query.question)
    if told and query.intent != "check" and all(_is_for_another_thing(query, plain, hit, index) for hit in told):
        return abstain(query, replace(retrieval, hits=(), missing="program"), index)
    if told and draft.status == "clarify":
        facts = [fact for hit in told for fact in index.facts_of(hit.program.id)]
        strange = [thing for thing in _things(plain) if not any(_bears(fact, thing) for fact in facts)]
        return not_stated(query, told[0], index, strange[0].word) if strange else draft
    return _of_things(query, draft, told[0], retrieval, index) if told else draft


def _of_things(query: Query, draft: Draft, hit: Hit, retrieval: Retrieval, index: Index) -> Draft:
    """The draft without what is told of another thing than what is asked for."""
    facts = [fact for one in draft.sentences for fact in one.facts]
    plain = search_form(without_name(query.question, hit.program))
    claimed = query.intent == "check"
    things = _claimed(query, plain) if claimed else (*_things(plain), *_unheard_of(query, plain, index))
    for thing in things:
        if (other := _asked_of(query, thing, hit, retrieval, index)) is not None:
            return not_stated(query, other, index, thing.word)
        if any(_bears(fact, thing) for fact in facts) or any(_says(one, thing) for one in draft.sentences):
            continue
        beside = set(asked_kinds(thing.rest).kinds)
        kept = [one for one in draft.sentences if one.facts and {fact.kind for fact in one.facts} <= beside]
        if claimed or not kept:
            return not_stated(query, hit, index, thing.word)
        missing = DraftSentence(f"{called(hit.program)}の{thing.word}は、収録した資料に記載がありません。")
        draft = replace(draft, sentences=(*kept, missing))
    if facts and not claimed and _asks_for_one(plain) and all(fact.kind in _WHOLE for fact in facts):
        return not_stated(query, hit, index, "一つあたりの額")
    return draft


def _told_of(facts: Sequence[Fact], retrieval: Retrieval, index: Index) -> tuple[Hit, ...]:
    """The program that is told of, of several the first."""
    if not facts:
        return retrieval.hits[:1]
    program = index.programs[facts[0].program_id]
    return (Hit(program, index.passages_of(program.id), 1.0),)


def _is_for_another_thing(query: Query, plain: str, told: Hit, index: Index) -> bool:
    """「eスポーツ施設の補助率は?」, where what was found by other words says nothing of it, by whatever name."""
    found = None if query.named or query.carried else _named("topic").search(plain)
    if found is None or asked_kinds(found["topic"]).kinds:
        return False
    terms = tuple(term for group in everyday(found["topic"]) for term in group)
    spoken = is_spoken_of(replace(query, words=(), terms=terms), told.program, index)
    return not spoken and _is_of_no_document(query, found["topic"], index)


def _is_of_no_document(query: Query, thing: str, index: Index) -> bool:
    """Whether no document here has any of the nouns of what is asked about."""
    words = [word for word in query.words if len(word) > 1 and word in thing and word not in general_nouns()]
    return bool(words) and not any(index.bm25([word], 1) for word in words)


def _asked_of(query: Query, thing: _Thing, told: Hit, retrieval: Retrieval, index: Index) -> Hit | None:
    """「後継者塾の受講料は?」: the program that is spoken of beside the thing, where another was found by the thing."""
    words = tuple(word for word in query.words if len(word) > 1 and word not in fold(thing.word))
    rest = replace(query, words=words, terms=())
    if query.named or query.carried or not words or is_spoken_of(rest, told.program, index):
        return None
    return next((hit for hit in retrieval.ranked[:_NEAR] if is_spoken_of(rest, hit.program, index)), None)


def _things(plain: str) -> Iterator[_Thing]:
    for found in _priced().finditer(plain):
        word = found["thing"]
        if not _named("general").search(word):
            rest = f"{plain[: found.start()]}〓、{plain[found.end() :]}"
            yield _Thing(word, _named("paid").match(plain, found.end()) is not None, rest)


def _claimed(query: Query, plain: str) -> Iterator[_Thing]:
    """「謝金は1回3万円ですよね」: what a figure that is taken for granted is said to be of."""
    rules = table("telling")["priced"]
    for figure in query.premises:
        said = re.escape(search_form(figure.text))
        for found in re.finditer(f"(?P<thing>{rules['things']}){rules['between']}約?{said}", plain):
            if not _named("general").search(found["thing"]):
                yield _Thing(found["thing"], False, "")


def _unheard_of(query: Query, plain: str, index: Index) -> Iterator[_Thing]:
    """「副賞の金額は?」: what an amount is asked of, and no document speaks of."""
    for found in _named("amount").finditer(plain):
        if _named("paid").match(plain, found.end()) or asked_kinds(found["thing"]).kinds or everyday(found["thing"]):
            continue
        if _is_of_no_document(query, found["thing"], index):
            yield _Thing(found["thing"], False, f"{plain[: found.start()]}〓、{plain[found.end() :]}")


def _bears(fact: Fact, thing: _Thing) -> bool:
    """Whether a figure is called so; of what is paid, also whether the line that states it speaks of the thing."""
    if thing.paid and fact.kind in _PAID:
        return True
    called_so = fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}")
    line = fold(f"{called_so}{fact.program}{fact.quote}")
    text = called_so if fact.kind in _WHOLE else line
    return any(form in text for form in _forms(thing.word)) or _stem(thing.word) in line


def _says(sentence: DraftSentence, thing: _Thing) -> bool:
    """Whether a sentence without figures speaks of the thing: 「受講料は無料です」."""
    said = fold("".join((sentence.text, *(words for _, words in sentence.quotes))))
    return not sentence.facts and any(form in said for form in _forms(thing.word))


def _forms(word: str) -> tuple[str, ...]:
    """A word, what is called alike, and the ends of a compound: 講師謝金 is 謝金."""
    ends = (word[start:] for start in range(len(word) - _SHORTEST + 1))
    return tuple(dict.fromkeys(form for end in ends for form in forms_of(end)))


def _stem(word: str) -> str:
    """What is done with the money: 「研修費」 is that of 研修事業; of what a person pays or gets, the word itself."""
    stem = word.removesuffix("費")
    return fold(stem) if len(stem) >= _SHORTEST and not _named("own").search(word) else fold(word)


def _asks_for_one(plain: str) -> bool:
    return _named("for_one").search(plain) is not None


@cache
def _priced() -> re.Pattern[str]:
    rules = table("telling")["priced"]
    how = table("questions")["pieces"]["how"]
    return re.compile(f"(?P<thing>{rules['things']}){rules['between']}(?:(?:{how})|{rules['ends']})")


@cache
def _named(name: str) -> re.Pattern[str]:
    how = table("questions")["pieces"]["how"]
    return re.compile(str(table("telling")["priced"][name]).replace("<how>", f"(?:{how})"))
