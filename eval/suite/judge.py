"""One answer to one case, judged by typed values and exact quotes; no model judges.

``outcome``: *right* has all that was asked for; *partial* some of it; *wrong* none of it, or a figure that must not
appear, or an answer where the documents hold none; *abstained* and *asked* (it asks back) are silent; *failed* is no
answer at all.  A refusal of what the documents do not hold is right when it gives the right reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.figures import find_figures
from assistant.lexicon import table
from assistant.records import Answer, AnswerFigure, Figure

from ..texts import folded
from .case import Case, Expected, Named, Value
from .evidence import NEAR, Evidence, Sources, asked_figures, evidence_of, figures_of, tells
from .reply import Reply

RIGHT, PARTIAL, WRONG, ABSTAINED, ASKED, FAILED = "right", "partial", "wrong", "abstained", "asked", "failed"
OUTCOMES = (RIGHT, PARTIAL, WRONG, ASKED, ABSTAINED, FAILED)
SILENT = (ABSTAINED, ASKED)
ROUNDED = 0.05  # 31.85 % may be told as 31.8 % or 31.9 %
IN_WORDS = frozenset({"全額", "半額", "定額"})  # shares that no digits print
_UNITS = {
    "share": ("%", "％"),
    "ratio": ("倍",),
    "count": ("件", "事業", "制度", "つ", "個", "種類", "本", "社", "者", "人"),
}
_DENIAL = re.compile(r"[^。、]{0,12}?(?:ではな|ではあり|ではござ|でな[くい]|とは(?:異な|違)|は(?:誤|間違))")
_EXCEPT = re.compile(r"以外|除|でない|未[満受認]|非")


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
    told = [one for one in answer.figures if _is_told(one, answer)]
    missing = list(_missing(case, answer, told))
    asked = len(case.expect) + len(case.words) + (len(case.programs) if case.type == "list" else 0)
    needed = min(case.need or asked, asked)
    found = min(asked - len(missing), needed)
    stated = tuple(one.text for one in case.forbid if _states(case, answer, one))
    evidence = evidence_of(case, answer, sources)
    outcome, why = _outcome(case, reply, (found, needed), missing, stated, evidence)
    own = [*case.programs, *case.also]
    pointed = sum(any(_of_program(figure, answer, one) for one in own) for figure in told)
    return Verdict(case, split, reply, outcome, tuple(why), found, needed, stated, pointed, evidence)


def _outcome(
    case: Case, reply: Reply, share: tuple[int, int], missing: list[str], stated: tuple[str, ...], evidence: Evidence
) -> tuple[str, list[str]]:
    answer, (found, needed) = reply.answer, share
    if reply.error is not None:
        return FAILED, [reply.error]
    if stated and not (case.answerable and answer.status != "answered"):
        return WRONG, [*(f"出してはならない数値: {text}" for text in stated), *missing]
    if not case.answerable:
        return _of_refusal(case, answer, evidence)
    if answer.status == "clarify":
        return ASKED, ["聞き返した"]
    if answer.status == "abstained":
        return ABSTAINED, [f"回答しなかった: {answer.reason}"]
    if admitted := _admitted(case, answer):
        return WRONG, [f"質問の数値を認めた: {admitted}", *missing]
    if found < needed:
        return (PARTIAL if found else WRONG), missing
    return (PARTIAL, ["聞かれていない制度のほうが多い"]) if _strays(case, answer) else (RIGHT, [])


def _of_refusal(case: Case, answer: Answer, evidence: Evidence) -> tuple[str, list[str]]:
    wanted = "または".join(case.reasons)
    bound, figures = evidence.bound
    if bound < figures:
        return WRONG, ["出典のない数値を挙げた"]
    if answer.status == "answered":
        return WRONG, [f"資料にないことに答えた（正しくは {wanted}）"]
    if answer.status == "clarify":
        return (RIGHT, []) if "unclear" in case.reasons else (ASKED, [f"聞き返した（正しくは {wanted}）"])
    if answer.reason in case.reasons:
        return RIGHT, []
    return ABSTAINED, [f"理由が違う: {answer.reason}（正しくは {wanted}）"]


def _is_told(one: AnswerFigure, answer: Answer) -> bool:
    """Whether a figure of an answer is cited, and its text tells it: by value, or as printed where it has none."""
    if one.marker not in {citation.marker for citation in answer.citations}:
        return False
    if folded(one.text) in IN_WORDS or (one.yen, one.yen_min, one.yen_max, one.number) == (None, None, None, None):
        return bool(folded(one.text)) and folded(one.text) in folded(answer.text)
    return any(tells(figure, one) for figure in figures_of(answer))


def _admitted(case: Case, answer: Answer) -> str | None:
    """A figure that the asker of a wrong premise takes for granted and that the answer repeats without denying it."""
    if case.type != "premise":
        return None
    wrong = [one for one in asked_figures(case) if one.yen is not None and not _is_expected(one, case)]
    repeated = [one for one in find_figures(answer.text) if any(one.yen == other.yen for other in wrong)]
    own = [one for one in repeated if not any(tells(one, figure) for figure in answer.figures)]
    return next((one.text for one in own if not _DENIAL.match(answer.text[one.end :])), None)


def _is_expected(figure: Figure, case: Case) -> bool:
    return any(figure.yen in (one.yen, one.yen_min, one.yen_max) for one in case.expect)


def _strays(case: Case, answer: Answer) -> bool:
    """Whether a list cites more programs that were not asked for than ones that were."""
    if case.type != "list" or not case.programs:
        return False
    own = {(one.document, folded(one.program)) for one in (*case.programs, *case.also)}
    cited = {(one.document, folded(one.program)) for one in answer.citations}
    return len(cited - own) > len(cited & own)


def _missing(case: Case, answer: Answer, told: Sequence[AnswerFigure]) -> Iterator[str]:
    """What is expected and not there, a phrase each."""
    for figure in case.expect:
        if not any(says(one, answer, figure) for one in told):
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
        near = min(ROUNDED, ROUNDED * abs(wanted.number or 0)) + 1e-9 if wanted.how in ("share", "ratio") else NEAR
        return tells(figure, wanted, near) and figure.unit in (None, *_UNITS.get(wanted.how, (figure.unit,)))
    if not tells(figure, wanted):
        return False
    named = Named(document=wanted.document, program=wanted.program)
    return (
        figure.kind == wanted.kind.value
        and _of_program(figure, answer, named)
        and _agree(figure.condition, wanted.condition)
        and _agree(figure.subprogram, wanted.subprogram)
    )


def _agree(one: str | None, other: str | None) -> bool:
    """Two conditions that do not contradict each other: one says the other, or one is not told."""
    left, right = folded(one), folded(other)
    if not left or not right or left == right:
        return True
    return (left in right or right in left) and bool(_EXCEPT.search(left)) == bool(_EXCEPT.search(right))


def _states(case: Case, answer: Answer, forbidden: Value) -> bool:
    """Whether a forbidden figure is told as what was asked for; last year's, said to be last year's, is not.

    One that the text tells and no figure of the answer accounts for is told as an answer, unless it is the asker's.
    """
    kinds = {one.kind.value for one in case.expect}
    if any(tells(one, forbidden) and (not kinds or one.kind in kinds) for one in answer.figures):
        return True
    if forbidden.yen is None or any(one.yen == forbidden.yen for one in asked_figures(case)):
        return False
    loose = [one for one in figures_of(answer) if not any(tells(one, figure) for figure in answer.figures)]
    return any(one.yen == forbidden.yen for one in loose)


def _of_program(figure: AnswerFigure, answer: Answer, named: Named) -> bool:
    documents = {one.document for one in answer.citations if one.marker == figure.marker}
    return folded(figure.program) == folded(named.program) and named.document in documents


def _cites(answer: Answer, named: Named) -> bool:
    return any(
        one.document == named.document and folded(named.program) in (folded(one.program), folded(one.subprogram))
        for one in answer.citations
    )
