"""Questions that want more than the documents state: an amount to be promised, guessed or repeated, a person's name,
what became of a request.  None of it is said; what is stated is."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, FigureKind, Hit, Query
from ..retrieve import Retrieval
from ..tokens import fold, search_form
from ..understand.premises import is_forced, is_guess, names_budget
from ..values import as_figure
from .figures import figure_sentences
from .nouns import forms_of
from .premise import is_request
from .quoting import quoted_sentences
from .refusals import not_stated
from .select import own_parts, stated
from .sorts import counts_others, of_asked_sort
from .untold import untold

K = FactKind
_LIMITS = (K.SUBSIDY_LIMIT, K.LOAN_LIMIT)
_COUNTED = frozenset({K.COUNT, K.TARGET})
_INNER = re.compile(r"[（(]([^（）()]{2,})[）)]")
_SHARE = re.compile(r"何(?:%|パーセント|割)")
_SOURCE = re.compile(r"資料|予算書|当初予算")
_AMOUNTS = frozenset({K.SUBSIDY_LIMIT, K.LIMIT_ADDITION, K.LOAN_LIMIT, K.BUDGET, K.BREAKDOWN})


def not_promised(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """The answer to a question of this sort; None when it is another one, or when a stated figure answers it."""
    if not retrieval.hits:
        return None
    hit = retrieval.hits[0]
    facts = index.facts_of(hit.program.id)
    if _asks_person(query):
        return not_stated(query, hit, index, "担当者の名前")
    if (word := strange_word(query)) and not any(_speaks_of(fact, one) for fact in facts for one in forms_of(word)):
        return not_stated(query, hit, index, word)
    told = retrieval.hits if query.named else retrieval.hits[:1]
    if name := untold(query, told, index):
        return not_stated(query, hit, index, name)
    if query.personal:
        return _for_one(query, hit, index)
    requested = next((one for one in told if is_request(query, _budgets(query, one, index))), None)
    if query.intent != "check" and requested is not None:
        return not_stated(query, requested, index, "成立した予算額")
    if query.intent != "check" and (_is_other_quantity(query, hit, index) or _is_other_year(query, retrieval, index)):
        return not_stated(query, hit, index)
    if is_forced(query.question) and _of_another_part(query, hit, index):
        return not_stated(query, hit, index)
    if query.intent != "check" and _is_guessed(query, hit, index):
        return not_stated(query, hit, index)
    if query.intent != "check" and _counts_other_things(query, hit, index):
        own = [fact for fact in of_asked_sort(query.question, facts) if "example" not in fact.flags]
        plain = quoted_sentences(hit.program, own, index, first=True) if len(own) == 1 else []
        return Draft("answered", None, tuple(plain)) if plain else not_stated(query, hit, index)
    return None


def only_first(query: Query, retrieval: Retrieval) -> Retrieval:
    """Of a question that wants a figure promised, the program that it names first: another one's is no answer."""
    if not is_forced(query.question) or not retrieval.hits:
        return retrieval
    name = retrieval.hits[0].program.program
    return replace(retrieval, hits=tuple(hit for hit in retrieval.hits if hit.program.program == name))


def strange_word(query: Query) -> str | None:
    """A quantity asked for that no kind of fact is: 決算額, 月給, 参加費."""
    found = _strange().search(search_form(query.question))
    return found["word"] if found else None


def _strange() -> re.Pattern[str]:
    rules = table("questions")["strange"]
    words = "|".join(sorted(map(re.escape, rules["words"]), key=len, reverse=True))
    return re.compile(rf"(?P<word>{words}){rules['asks']}")


def _speaks_of(fact: Fact, word: str) -> bool:
    return fold(word) in fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}{fact.quote}")


def _asks_person(query: Query) -> bool:
    plain = search_form(query.question)
    return any(re.search(pattern, plain) for pattern in table("questions")["strange"]["persons"])


def _budgets(query: Query, hit: Hit, index: Index) -> list[Fact]:
    kinds = set(query.kinds) or ({K.BUDGET} if query.open_amount else set())
    return [fact for fact in index.facts_of(hit.program.id) if fact.kind is K.BUDGET] if kinds == {K.BUDGET} else []


def _for_one(query: Query, hit: Hit, index: Index) -> Draft | None:
    """What one applicant gets is told only as the limit that is stated; a program's budget is nobody's share."""
    if query.kinds and not set(query.kinds) & _AMOUNTS:
        return None
    own = replace(query, kinds=_LIMITS, items=(), open_amount=False)
    if not stated(own, hit.program, index, _LIMITS):
        return not_stated(query, hit, index, "申請者ごとの支給額")
    opening = DraftSentence("申請する方が受け取る額は、資料からは言い切れません。")
    return Draft("answered", None, (opening, *figure_sentences(own, hit.program, index, False)))


def _is_other_quantity(query: Query, hit: Hit, index: Index) -> bool:
    """Whether a share is asked for and all that is counted is no share: 「二次破綻率は何%」, 「…件」."""
    if not query.kinds or not set(query.kinds) <= _COUNTED or not _SHARE.search(search_form(query.question)):
        return False
    facts = stated(query, hit.program, index, query.kinds)
    return not any(as_figure(fact).kind in (FigureKind.PERCENT, FigureKind.RATE) for fact in facts)


def _is_other_year(query: Query, retrieval: Retrieval, index: Index) -> bool:
    """Whether what became of a year's budget is asked for and only that of the year before is printed."""
    if set(query.kinds) != {K.BUDGET_REVISED} or not query.fiscal_year or retrieval.last_year or query.carried:
        return False
    facts = [fact for fact in index.facts_of(retrieval.hits[0].program.id) if fact.kind is K.BUDGET_REVISED]
    years = {year_number(fact.fiscal_year) for fact in facts}
    return bool(facts) and not _SOURCE.search(query.question) and year_number(query.fiscal_year) not in years


def _is_guessed(query: Query, hit: Hit, index: Index) -> bool:
    """「載ってないなら推測でいい」: whether it is not stated; a budget is no guess at what one gets."""
    if not is_guess(query.question):
        return False
    kinds = tuple(kind for kind in query.kinds if kind is not K.BUDGET or names_budget(query.question))
    kinds = kinds or (K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.SUBSIDY_RATE)
    return not any(fact.kind in kinds for fact in stated(query, hit.program, index, kinds))


def _counts_other_things(query: Query, hit: Hit, index: Index) -> bool:
    """「何社が使った?」, where all that is counted are 台: things of another sort than those asked for."""
    if not query.kinds or not set(query.kinds) <= _COUNTED:
        return False
    return counts_others(query.question, stated(query, hit.program, index, query.kinds))


def _of_another_part(query: Query, hit: Hit, index: Index) -> bool:
    """Whether a count is to be promised of a part that states none: that of the whole is not its own."""
    if not query.kinds or not set(query.kinds) <= _COUNTED:
        return False
    inner = {name for part in hit.program.subprograms for name in _INNER.findall(part)}
    parts = {*own_parts(query, hit.program), *(name for name in inner if name in query.question)}
    facts = stated(query, hit.program, index, query.kinds)
    apart = [name for name in parts if name in inner] or list(parts)
    return bool(apart) and not any(name in (fact.subprogram or "") for fact in facts for name in apart)
