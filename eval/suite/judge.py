"""One answer to one case, judged by typed values and exact quotes; no model judges.

``outcome``: *right* has all that was asked for; *partial* some of it; *wrong* none of it, or a figure that must not
appear, or an answer where the documents hold none; *abstained* and *asked* (it asks back) are silent; *failed* is no
answer at all.  A refusal of what the documents do not hold is right when it gives the right reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.lexicon import table
from assistant.records import Answer, AnswerFigure

from ..texts import folded
from .case import Case, Expected, Named, Value
from .evidence import Evidence, Sources, evidence_of
from .reply import Reply

RIGHT, PARTIAL, WRONG, ABSTAINED, ASKED, FAILED = "right", "partial", "wrong", "abstained", "asked", "failed"
OUTCOMES = (RIGHT, PARTIAL, WRONG, ASKED, ABSTAINED, FAILED)
SILENT = (ABSTAINED, ASKED)
NEAR = 1e-4
ROUNDED = 0.06  # 31.85 % may be told as 31.8 % or 31.9 %


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case, what came back, and what is to be said of it.

    ``found`` of ``needed`` expected figures, words and listed programs are in the answer; ``why`` tells what is not, a
    phrase each in the language of the report; ``stated`` are the forbidden figures that are; ``pointed`` counts figures
    of the right programs.
    """

    case: Case
    split: str
    reply: Reply
    outcome: str
    why: tuple[str, ...]
    found: int
    needed: int
    stated: tuple[str, ...]
    pointed: int
    evidence: Evidence


def judge(case: Case, split: str, reply: Reply, sources: Sources) -> Verdict:
    """The verdict of a case.  ``sources`` are the lines of the documents, read apart from the assistant."""
    answer = reply.answer
    missing = list(_missing(case, answer))
    asked = len(case.expect) + len(case.words) + (len(case.programs) if case.type == "list" else 0)
    needed = min(case.need or asked, asked)
    found = min(asked - len(missing), needed)
    stated = tuple(one.text for one in case.forbid if _states(case, answer, one))
    outcome, why = _outcome(case, reply, found, needed, missing, stated)
    own = [*case.programs, *case.also]
    pointed = sum(any(_of_program(figure, answer, one) for one in own) for figure in answer.figures)
    evidence = evidence_of(case, answer, sources)
    return Verdict(case, split, reply, outcome, tuple(why), found, needed, stated, pointed, evidence)


def _outcome(
    case: Case, reply: Reply, found: int, needed: int, missing: list[str], stated: tuple[str, ...]
) -> tuple[str, list[str]]:
    answer = reply.answer
    if reply.error is not None:
        return FAILED, [reply.error]
    if stated and not (case.answerable and answer.status != "answered"):
        return WRONG, [*(f"出してはならない数値: {text}" for text in stated), *missing]
    if not case.answerable:
        return _of_refusal(case, answer)
    if answer.status == "clarify":
        return ASKED, ["聞き返した"]
    if answer.status == "abstained":
        return ABSTAINED, [f"回答しなかった: {answer.reason}"]
    if found == needed:
        return RIGHT, []
    return (PARTIAL if found else WRONG), missing


def _of_refusal(case: Case, answer: Answer) -> tuple[str, list[str]]:
    wanted = "または".join(case.reasons)
    if answer.status == "answered":
        return WRONG, [f"資料にないことに答えた（正しくは {wanted}）"]
    if answer.status == "clarify":
        return (RIGHT, []) if "unclear" in case.reasons else (ASKED, [f"聞き返した（正しくは {wanted}）"])
    if answer.reason in case.reasons:
        return RIGHT, []
    return ABSTAINED, [f"理由が違う: {answer.reason}（正しくは {wanted}）"]


def _missing(case: Case, answer: Answer) -> Iterator[str]:
    """What is expected and not there, a phrase each."""
    for figure in case.expect:
        if not any(says(one, answer, figure) for one in answer.figures):
            yield f"出ていない数値: {phrase(figure)}"
    text = folded(answer.text)
    for words in case.words:
        if not any(folded(word) in text for word in ((words,) if isinstance(words, str) else words)):
            yield f"出ていない語: {words if isinstance(words, str) else ' / '.join(words)}"
    for named in case.programs if case.type == "list" else ():
        if folded(named.program) not in text and not _cites(answer, named):
            yield f"出ていない制度: {named.program}"


def phrase(figure: Expected) -> str:
    """An expected figure for a person: what it is, its print and value, whose, and where."""
    label = table("kinds")["labels"].get(figure.kind.value, figure.kind.value)
    value = figure.yen if figure.yen is not None else figure.number
    worth = "" if value is None or figure.text.replace(",", "") == str(value) else f" = {value:,}"
    where = " ".join(filter(None, (figure.program, figure.subprogram, figure.condition)))
    at = f"計算: {figure.how}" if figure.how else f"{figure.document} {figure.line}行"
    return f"{label} {figure.text}{worth}（{where}、{at}）"


def says(figure: AnswerFigure, answer: Answer, wanted: Expected) -> bool:
    """Whether a figure of an answer is the one that is expected: value, kind, program and, where told, condition."""
    if wanted.how is not None:  # what is computed has no kind and no program of its own
        return same_value(figure, wanted, ROUNDED if wanted.how in ("share", "ratio") else NEAR)
    if not same_value(figure, wanted):
        return False
    named = Named(document=wanted.document, program=wanted.program)
    return (
        figure.kind == wanted.kind.value
        and _of_program(figure, answer, named)
        and _agree(figure.condition, wanted.condition)
        and _agree(figure.subprogram, wanted.subprogram)
    )


def same_value(figure: AnswerFigure, wanted: Value, near: float = NEAR) -> bool:
    """Equal in value: yen, the two ends of a range, or a number; what has no value is compared as printed."""
    if wanted.yen is not None:
        return figure.yen == wanted.yen
    if wanted.yen_min is not None or wanted.yen_max is not None:
        return (figure.yen_min, figure.yen_max) == (wanted.yen_min, wanted.yen_max)
    if wanted.number is not None:
        return figure.yen is None and figure.number is not None and abs(figure.number - wanted.number) <= near
    return folded(figure.text) == folded(wanted.text)


def _agree(one: str | None, other: str | None) -> bool:
    """Two conditions that do not contradict each other: one says the other, or one is not told."""
    left, right = folded(one), folded(other)
    return not left or not right or left in right or right in left


def _states(case: Case, answer: Answer, forbidden: Value) -> bool:
    """Whether a forbidden figure is told as what was asked for; last year's, said to be last year's, is not."""
    kinds = {one.kind.value for one in case.expect}
    return any(same_value(one, forbidden) and (not kinds or one.kind in kinds) for one in answer.figures)


def _of_program(figure: AnswerFigure, answer: Answer, named: Named) -> bool:
    documents = {one.document for one in answer.citations if one.marker == figure.marker}
    return folded(figure.program) == folded(named.program) and (not documents or named.document in documents)


def _cites(answer: Answer, named: Named) -> bool:
    return any(
        one.document == named.document and folded(named.program) in (folded(one.program), folded(one.subprogram))
        for one in answer.citations
    )
