"""One frozen record a stage.  Rooms hand these to each other, never dicts.

Field names are those of the public contract, so that ``to_json`` needs no translation.
Lines are 1-based and inclusive; character offsets are 0-based and end-exclusive.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

#: The note of a figure by which a rate is lowered (保証料率を0.1%引き下げ), not a rate itself.
LOWERED = "引き下げる幅"
#: The note of a figure by which a rate is raised (保証料率に0.25%を上乗せ), not a rate itself.
RAISED = "上乗せする幅"
#: The note of an amount named out of a whole (このうち窓口に2億円): such amounts need not add up to it.
INCLUDED = "内数"
#: How a label ends that neither a manifest nor the document's own words tell (地域不明, 段階不明).
UNKNOWN = "不明"


def stated(*labels: str) -> str:
    """The labels of a source in one word, 令和2年度当初予算, without those that nobody knows."""
    return "".join(label for label in labels if not label.endswith(UNKNOWN))


class FigureKind(StrEnum):
    """What a figure is, seen from its notation alone."""

    MONEY = "money"
    RATE = "rate"  # a fraction of the cost: 1/2, 三分の二, 10/10, 定額
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    PERIOD = "period"  # from a year to a year: R4-R6, 令和2年度から令和6年度
    YEAR = "year"
    PHONE = "phone"


class FactKind(StrEnum):
    """What a figure says about a program (the public contract's list)."""

    BUDGET = "budget"
    BUDGET_PREVIOUS = "budget_previous"
    BUDGET_REVISED = "budget_revised"
    BUDGET_CHANGE = "budget_change"
    FUNDING_NATIONAL = "funding_national"
    FUNDING_OTHER = "funding_other"
    FUNDING_GENERAL = "funding_general"
    BREAKDOWN = "breakdown"
    SUBSIDY_RATE = "subsidy_rate"
    SUBSIDY_LIMIT = "subsidy_limit"
    LIMIT_ADDITION = "limit_addition"
    LOAN_LIMIT = "loan_limit"
    LOAN_POOL = "loan_pool"
    LOAN_RATE = "loan_rate"
    GUARANTEE_RATE = "guarantee_rate"
    LOAN_TERM = "loan_term"
    TARGET = "target"
    COUNT = "count"
    PERIOD = "period"
    PHONE = "phone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """A typed quantity as printed.

    ``text`` equals ``source[start:end]`` and holds the quantity alone; what qualifies it stands in
    ``bound`` (以内, 以上, 程度, 約, 上限 …) and ``per`` (者, 社, 年 …), each as printed.
    A single amount has ``yen``; a range has ``yen_min`` and ``yen_max`` and no ``yen``.
    ``number`` is the value in ``unit`` for whatever is not money (2/3 → 0.666…, 129.9% → 129.9,
    ▲4.6 → -4.6); a range has ``number_min`` and ``number_max`` and no ``number``.
    """

    text: str
    kind: FigureKind
    start: int
    end: int
    yen: int | None = None
    yen_min: int | None = None
    yen_max: int | None = None
    number: float | None = None
    number_min: float | None = None
    number_max: float | None = None
    unit: str | None = None
    bound: str | None = None
    per: str | None = None
    suspect: str | None = None  # why the notation looks like a misprint


@dataclass(frozen=True, slots=True)
class Document:
    """One source file of the corpus; ``lines[0]`` is line 1, as printed, without line ends."""

    id: str
    title: str
    publisher: str
    region: str  # a prefecture's full name, or 国
    fiscal_year: str  # 令和2年度
    stage: str  # 当初予算, 概算要求, 施策一覧, 推進計画 …
    sha256: str
    lines: tuple[str, ...] = field(repr=False)
    path: str = ""
    url: str | None = None
    licence: str | None = None
    unit_notes: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()  # names of the fields that no manifest stated


@dataclass(frozen=True, slots=True)
class Program:
    """One support program of one document."""

    id: str
    document: str
    program: str
    aliases: tuple[str, ...]
    subprograms: tuple[str, ...]
    section: tuple[str, ...]
    departments: tuple[str, ...]
    contacts: tuple[str, ...]
    fiscal_year: str
    stage: str
    line_start: int
    line_end: int
    places: tuple[tuple[int, int], ...] = ()  # every run of lines about it
    role: str = "program"  # program, department, subtotal, total


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of source lines about one program: embedded, retrieved and cited."""

    id: int  # stable: derived from document, program and lines
    document: str
    program_id: str
    program: str
    section: tuple[str, ...]
    line_start: int
    line_end: int
    text: str


@dataclass(frozen=True, slots=True)
class AskedAs:
    """A question that a program's users put in their own words: the program is found by it, it is never cited."""

    program_id: str
    question: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with everything that must travel with it."""

    fact_id: str
    document: str
    program_id: str
    program: str
    subprogram: str | None
    kind: FactKind
    item: str | None
    condition: str | None
    text: str
    yen: int | None
    yen_min: int | None
    yen_max: int | None
    number: float | None
    number_min: float | None
    number_max: float | None
    unit: str | None
    bound: str | None
    per: str | None
    fiscal_year: str
    stage: str
    flags: tuple[str, ...]
    line_start: int
    line_end: int
    quote: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of arithmetic that a document offers about itself."""

    document: str
    name: str  # what was added up or compared
    holds: bool
    detail: str  # one line for a person
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks, with what it takes over from the conversation.

    ``intent``: figure, who, where, explain, list, thanks, greeting or check.  ``named`` are ids of programs the
    question names; ``regions`` and ``fiscal_year`` restrict the documents when the question gives them.
    """

    question: str
    intent: str
    kinds: tuple[FactKind, ...] = ()
    named: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()  # places named that are no region of a document, when no region is named
    fiscal_year: str | None = None
    stage: str | None = None
    words: tuple[str, ...] = ()  # search tokens of nouns that name something
    weak: tuple[str, ...] = ()  # those of verbs and adjectives
    terms: tuple[str, ...] = ()  # official terms of the thesaurus, as search tokens
    premises: tuple[Figure, ...] = ()  # figures that the asker takes for granted
    items: tuple[str, ...] = ()  # only facts whose item holds one of these words (申請, 募集 …)
    open_amount: bool = False  # how much, without saying of what
    partly: tuple[str, ...] = ()  # the program of whose name the question says a long piece
    carried: bool = False  # the program comes from an earlier turn
    subprograms: tuple[str, ...] = ()  # the 枠, funds or parts that were named
    unknown_name: str | None = None  # a program's name that no document holds
    unknown_part: str | None = None  # a 枠 or 類型 that is no name the corpus knows
    unknown_kind: str | None = None  # a kind of figure asked for that no fact has (執行率, 決算額)
    case: str | None = None  # 「…の場合」, as asked
    near: tuple[str, ...] = ()  # regions that the asker speaks of without asking for their programs (where they live)
    operation: str | None = None  # what is to be reckoned: sum, difference, ratio, share, most, least, count, lesser
    personal: bool = False  # asks what the asker alone would get
    cost: Figure | None = None  # what the asker would spend
    places: tuple[str, ...] = ()  # towns whose own programs are asked for
    placeless: str = ""  # the question without the regions it asks of: one in a name does not tell what is meant
    search: str = ""  # what programs are looked for by, when it is not the question itself
    figure_year: str | None = None  # the year whose figures are asked of a document of another year
    denied: tuple[str, ...] = ()  # ids of programs that the question says not to mean


@dataclass(frozen=True, slots=True)
class Hit:
    """A program found for a query, with its best passages and why."""

    program: Program
    passages: tuple[Passage, ...]
    score: float
    parts: tuple[tuple[str, float], ...] = ()  # score by source: name, bm25, dense …


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation: role is ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that code computes from facts.

    ``how`` is sum, difference, ratio, share, count, product or lesser; most and least are a rank: they print the first
    of their facts, so their ``text`` is empty.

    Money has ``yen``; anything else ``number`` in ``unit`` (a share in %, a ratio in 倍, a count in 事業 …).
    """

    how: str
    of: tuple[Fact, ...]  # in the order of the formula: a difference is the first less the second
    text: str  # as the answer prints it
    yen: int | None = None
    number: float | None = None
    unit: str | None = None
    said: tuple[Figure, ...] = ()  # figures of the asker's own that it is computed with (a cost)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence before it is checked.  ``{0}``, ``{1}`` … stand for ``facts``, which the renderer prints.

    ``words`` are exact quotes in the text that are not figures (a target group, an office), each with its passage.
    ``{=0}``, ``{=1}`` … stand for ``computed``, which the guard computes again.
    """

    text: str
    facts: tuple[Fact, ...] = ()
    quotes: tuple[tuple[int, str], ...] = ()  # passage id, exact quote
    allowed: tuple[Figure, ...] = ()  # figures of the asker's own question, quoted to correct them
    computed: tuple[Computed, ...] = ()
    grounds: tuple[tuple[int, str], ...] = ()  # passage id, exact lines that the words rest on without showing them


@dataclass(frozen=True, slots=True)
class Draft:
    """An unchecked answer: no surface accepts one."""

    status: str
    reason: str | None
    sentences: tuple[DraftSentence, ...]
    suggestions: tuple[str, ...] = ()
    mode: str = "extractive"


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote of a source and where it stands."""

    marker: int
    passage_id: str
    document: str
    title: str
    program: str
    subprogram: str | None
    quote: str
    line_start: int
    line_end: int
    publisher: str
    region: str
    fiscal_year: str
    stage: str
    url: str | None


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure of an answer's text, bound to the fact and the citation it comes from."""

    text: str
    kind: str
    yen: int | None
    number: float | None
    unit: str | None
    program: str
    subprogram: str | None
    condition: str | None
    fact_id: str
    marker: int
    yen_min: int | None = None
    yen_max: int | None = None
    formula: str | None = None  # of a computed figure, in figures that the answer cites


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer.  Only :mod:`assistant.verify` makes one."""

    question: str
    status: str  # answered, clarify, abstained
    reason: str | None  # not_in_corpus, not_stated, out_of_scope, unverified
    text: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    mode: str = "extractive"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done for a question: understand, search, consult, write, compose.

    In ``consult`` and ``write`` a language model is waited for.

    ``compose`` after sentences were told takes them back: the composed answer is told in their place.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verified piece of the answer, with its markers, as it may be shown at once."""

    text: str


#: What comes while a question is answered; the last one is the whole answer.
Event = Stage | Sentence | Answer


def to_json(record: Any) -> dict[str, Any]:
    """A record as plain JSON types, in the contract's field order."""
    return _plain(asdict(record))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value
