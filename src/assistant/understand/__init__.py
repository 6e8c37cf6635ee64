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
from ..programs.names import squeeze
from ..records import FactKind, Query, Turn
from ..tokens import nouns, search_form, tokens
from .asked import asked_kinds, intent_of, intent_words, without_payer
from .asked_places import Said, places_said
from .denied import without_denied
from .follow import LONGEST, converse
from .ground import Names
from .hearsay import without_hearsay
from .named import case_of, unknown_kind, unknown_name, unknown_part, variant_behind
from .places import regions_in, stage_in, with_known_places
from .premises import is_personal, premises_in, shares_and_sums, weighed_kinds, without_times
from .reckoning import operation_of
from .thesaurus import everyday
from .vocabulary import Mention, Vocabulary
from .years import of_last_year, when, with_last_year

__all__ = ["LONGEST", "Mention", "Vocabulary", "check_question", "converse", "read", "understand", "wanted"]


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
    """What ``question`` asks, completed by the earlier turns of the asker where it leans on them.

    Without an index a turn is about the programs that it names; :func:`converse` goes by an index as well.
    """
    ground = Names(lambda text: read(text, vocabulary, today or dt.date.today()))
    return converse(check_question(question), history, ground)


def read(question: str, vocabulary: Vocabulary, today: dt.date) -> Query:
    """What a question asks, read alone."""
    return vocabulary.remembering(_read)(question, today)


def _read(question: str, vocabulary: Vocabulary, today: dt.date) -> Query:
    question = without_hearsay(with_known_places(vocabulary.spelled(question), vocabulary.places))
    names = vocabulary.names_in(question)
    if not names.programs and _OF_OFFICE.search(question):  # an office whose sum no document prints
        question = _OF_OFFICE.sub(r"\g<office>が担当する事業の予算\g<end>", question)
        names = vocabulary.names_in(question)
    named, subprograms, spans = names.programs, names.parts, names.spans
    where = places_said(vocabulary.masked(question, spans), vocabulary.places)
    said = squeeze(_without_names(question, spans))
    granted = premises_in(without_denied(said))
    time = when(without_times(where.rest, granted), today, vocabulary.years_of(named), bool(named))
    rest = squeeze(time.rest)
    told = without_denied(rest)
    stage = stage_in(rest)
    asking = asked_kinds(without_denied(said))
    asking = asking if asking.kinds or asking.open_amount else asked_kinds(said)
    if asking.open_amount and not asking.kinds and stage == "概算要求" and not _PAID.search(said):
        asking = replace(asking, kinds=(FactKind.BUDGET,), open_amount=False)  # 「R9要求で、再生支援のやつはいくら?」
    if not asking.kinds and not asking.open_amount and time.year and _PLANNED.search(rest):
        asking = replace(asking, kinds=(FactKind.BUDGET,))  # 「来年の計画は?」
    beside = _beside_name(spans, rest) if not asking.kinds and "とは" not in rest else None
    if beside:  # 「…事業、令和2年度当初」
        asking = replace(asking, kinds=(FactKind.BUDGET,), open_amount=False)
    operation, cost = operation_of(question)
    if operation in _OF_AMOUNTS and asking.kinds == (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE):
        asking = replace(asking, kinds=())  # 「割合は何%?」 of two amounts is no rate of either
    if not asking.kinds and not asking.open_amount and (weighed := weighed_kinds(said)):
        asking = replace(asking, kinds=weighed)
    many = 1 if asking.open_amount or "当初" in rest else 2  # 「6年度と7年度、いくらずつ?」, 「R7当初/R8当初/R9計画」
    years_apart = not asking.kinds and len(time.said) > many
    asked = (FactKind.BUDGET,) if years_apart else asking.kinds
    kinds, figure_year = of_last_year(with_last_year(asked, time), said)
    bare = _without_asking(_PIECE.sub(" ", told), (*asking.words, *intent_words(rest)))
    words, weak = _content(bare)
    return Query(
        question=question,
        intent=intent_of(said, bool(kinds) or asking.open_amount, bool(granted)),
        kinds=kinds,
        items=asking.items,
        named=named,
        regions=without_payer(_of_name(where, question, spans, vocabulary), kinds, bool(named)),
        towns=where.towns,
        near=where.near,
        places=where.places,
        fiscal_year=time.year,
        stage=stage,
        words=words,
        weak=weak,
        partly=() if named else vocabulary.partly(without_denied(question)),
        terms=_terms(bare),
        unknown_name=unknown_name(rest),
        premises=granted or shares_and_sums(rest),
        open_amount=asking.open_amount or (not asking.kinds and _asks_of_expense(question, spans, beside)),
        subprograms=subprograms,
        unknown_part=unknown_part(rest, bool(named)) or variant_behind(question, spans, vocabulary.places),
        unknown_kind=None if kinds or asking.open_amount else unknown_kind(rest),
        case=case_of(rest) or time.aim,
        personal=is_personal(said),
        operation=operation,
        cost=cost,
        figure_year=figure_year,
        denied=names.denied,
        placeless=_PIECE.sub(" ", where.rest) if where.regions and not named else "",
    )


_PLANNED = re.compile("計画額?(?:は|って|だと|でいくら)")
_PAID = re.compile("もら|貰|出(?:る|て|し|ます)|借り|補助(?:は|額|して|され)|受け|支給|上限|最大|最高|まで|返")
_OF_OFFICE = re.compile(
    r"(?P<office>[一-龠ァ-ヶー・]{2,14}[課室])の(?:当初)?(?:予算|事業費)額?(?P<end>は|って|を|、|いくら|[?？]|$)"
)
_STAGE = re.compile(r"(?:当初|[0-9]*月?補正|(?:概算)?要求|予算|資料|分|と|案|額)*")
_OF_AMOUNTS = ("share", "ratio", "difference")
_EXPENSES = ("費", "金", "料")  # names of what money is spent on


_PIECE = re.compile(r"(?<=[ぁ-ん])分(?=[はがをのもっだ、。?？]|$)")  # 「国からくる分」 is no word of a program
_ASKED_ALONE = re.compile(r"(?:は|って|を(?:教えて|知りたい).*)?[?？。\s]*")


def _of_name(where: Said, question: str, spans: tuple[tuple[int, int], ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The regions asked for; that of a name (「山形県若者定着…」) where else only the asker's own is spoken of."""
    if not where.regions or set(where.regions) != set(where.lived):
        return where.regions
    within = [one for span in spans for one in regions_in(question[slice(*span)], vocabulary.places)[0]]
    return tuple(dict.fromkeys(within)) or where.regions


def _asks_of_expense(question: str, spans: tuple[tuple[int, int], ...], beside: str | None) -> bool:
    """「…整備費は?」: the name of what money is spent on, and nothing else that is asked."""
    if not spans or not question[slice(*spans[-1])].endswith(_EXPENSES):
        return False
    return beside == "" or bool(_ASKED_ALONE.fullmatch(question[spans[-1][1] :]))


def _without_names(question: str, spans: tuple[tuple[int, int], ...]) -> str:
    """A question with a mark in place of each name: what stands beside one is not joined."""
    for start, end in reversed(spans):
        question = f"{question[:start]}〓{question[end:]}"
    return question


def _beside_name(spans: tuple[tuple[int, int], ...], rest: str) -> str | None:
    """What a question says beside a name, its year and place: a stage (当初, 補正), "" for nothing; None for more."""
    said = re.sub(r"[のはって、。？?！!・でに\s]|いくら|教えて|ください|です|か", "", rest)
    return said if spans and _STAGE.fullmatch(said) else None


def _terms(text: str) -> tuple[str, ...]:
    """Official terms for the everyday words of a question."""
    return tuple(dict.fromkeys(term for terms in everyday(text) for term in terms))


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
