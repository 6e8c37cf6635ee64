"""What the verdicts come to: each metric a small function from a verdict to so many of so many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from ..texts import folded
from .case import REASONS, SPLITS, TYPES, Case
from .evidence import Part
from .interval import Interval, median, share
from .judge import RIGHT, SILENT, WRONG, Verdict

ALL = "all"
NOTHING: Part = (0.0, 0.0)
DEPTHS = (1, 5, 10)
MEDIAN, TAIL = "latency, median", "latency, 95th percentile"


@dataclass(frozen=True, slots=True)
class Metric:
    """``title`` is for a person; ``part`` gives a verdict's share, (0, 0) where the metric says nothing of it.

    ``kept`` marks a promise: any fall fails the gate, however wide the interval is.
    """

    title: str
    part: Callable[[Verdict], Part]
    kept: bool = False


class Score(BaseModel):
    """A metric over a group of cases with the ends of its 95 % interval; latency is in seconds.

    ``group`` is a type, or all; ``count`` is how many of its cases the metric says something of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    split: str
    group: str
    metric: str
    value: float
    low: float
    high: float
    count: int


def _is(verdict: Verdict, *outcomes: str) -> Part:
    return float(verdict.outcome in outcomes), 1.0


def _figures(verdict: Verdict) -> Part:
    return (float(verdict.found), float(verdict.needed)) if verdict.case.answerable else NOTHING


def _to_the_point(verdict: Verdict) -> Part:
    answer = verdict.reply.answer
    if not verdict.case.answerable or answer.status != "answered":
        return NOTHING
    return float(verdict.pointed), float(len(answer.figures))


def _allowed(verdict: Verdict) -> Part:
    forbidding = verdict.case.forbid and verdict.reply.answer.status == "answered"
    return (float(not verdict.stated), 1.0) if forbidding else NOTHING


def _answered_right(verdict: Verdict) -> Part:
    return (float(verdict.outcome == RIGHT), 1.0) if verdict.reply.answer.status == "answered" else NOTHING


def _refused_rightly(verdict: Verdict) -> Part:
    return (float(not verdict.case.answerable), 1.0) if verdict.reply.answer.status == "abstained" else NOTHING


def _refused(verdict: Verdict) -> Part:
    if verdict.case.answerable or verdict.case.reasons == ("unclear",):
        return NOTHING
    return float(verdict.reply.answer.status == "abstained"), 1.0


def _reason_precision(reason: str) -> Callable[[Verdict], Part]:
    def part(verdict: Verdict) -> Part:
        answer = verdict.reply.answer
        if answer.status != "abstained" or answer.reason != reason:
            return NOTHING
        return float(reason in verdict.case.reasons), 1.0

    return part


def _reason_recall(reason: str) -> Callable[[Verdict], Part]:
    def part(verdict: Verdict) -> Part:
        if reason not in verdict.case.reasons:
            return NOTHING
        answer = verdict.reply.answer
        given = "unclear" if answer.status == "clarify" else answer.reason if answer.status == "abstained" else ""
        return float(given in verdict.case.reasons), 1.0

    return part


def _carried(verdict: Verdict) -> Part:
    case = verdict.case
    if case.type != "followup" or not case.answerable or not case.programs:
        return NOTHING
    own = {(one.document, folded(one.program)) for one in case.programs}
    return float(any((one.document, folded(one.program)) in own for one in verdict.reply.answer.citations)), 1.0


def ranks(case: Case, ranked: Iterable[tuple[str, str]]) -> list[int]:
    """The places, from 1, at which programs of a case stand in a ranking."""
    own = {(one.document, folded(one.program)) for one in case.programs}
    return [place for place, (document, name) in enumerate(ranked, 1) if (document, folded(name)) in own]


def needed_programs(case: Case) -> int:
    """How many of a case's programs a right answer needs: all, unless it says how many suffice; at least one."""
    return max(1, min(case.need or len(case.programs), len(case.programs)))


def _recall(depth: int) -> Callable[[Verdict], Part]:
    """Of the programs that are needed, those among the first ``depth``; 1 is the most, a mean over cases."""

    def part(verdict: Verdict) -> Part:
        if not _ranked(verdict):
            return NOTHING
        needed = needed_programs(verdict.case)
        found = sum(place <= depth for place in ranks(verdict.case, verdict.reply.ranked or ()))
        return min(found, needed) / needed, 1.0

    return part


def _reciprocal(verdict: Verdict) -> Part:
    """1 / the first right program's place (Voorhees 1999, the TREC-8 question answering track); 0 without one."""
    if not _ranked(verdict):
        return NOTHING
    places = ranks(verdict.case, verdict.reply.ranked or ())
    return (1 / places[0] if places else 0.0), 1.0


def _ranked(verdict: Verdict) -> bool:
    return bool(verdict.case.answerable and verdict.case.programs and verdict.reply.ranked is not None)


METRICS: dict[str, Metric] = {
    "right": Metric("right", lambda one: _is(one, RIGHT)),
    "right or silent": Metric("right, or silent (abstained, asked back)", lambda one: _is(one, RIGHT, *SILENT)),
    "not wrong": Metric("not wrong", lambda one: (float(one.outcome != WRONG), 1.0)),
    "right if answered": Metric("right, of what is answered", _answered_right),
    "found": Metric("expected figures, words and programs found", _figures),
    "to the point": Metric("figures of the right programs, of all figures", _to_the_point),
    "forbidden kept out": Metric("answers without a forbidden figure", _allowed),
    "quotes exact": Metric("quotes that stand on their lines", lambda one: one.evidence.exact, kept=True),
    "figures in quotes": Metric("figures that their quote holds", lambda one: one.evidence.held, kept=True),
    "figures bound": Metric("figures of the text with a citation", lambda one: one.evidence.bound, kept=True),
    "citation recall": Metric("expected lines that are cited", lambda one: one.evidence.recalled),
    "citation precision": Metric("citations of the right programs", lambda one: one.evidence.precise),
    "abstention precision": Metric("abstentions where nothing is held", _refused_rightly),
    "abstention recall": Metric("abstained where nothing is held", _refused),
    **{f"{name}, precision": Metric(f"{name}: rightly said", _reason_precision(name)) for name in REASONS[:3]},
    **{f"{name}, recall": Metric(f"{name}: said where right", _reason_recall(name)) for name in REASONS},
    "carried over": Metric("follow-ups answered from the right program", _carried),
    **{f"recall@{depth}": Metric(f"recall@{depth} of the programs", _recall(depth)) for depth in DEPTHS},
    "MRR": Metric("MRR of the right program", _reciprocal),
}  # fmt: skip


def cluster(case: Case) -> str:
    """What a case is drawn together with: the other questions about its first program."""
    return f"{case.programs[0].document}/{folded(case.programs[0].program)}" if case.programs else case.id


def scores(verdicts: Sequence[Verdict]) -> list[Score]:
    """Every metric for each split, over all of its cases and over each type."""
    found: list[Score] = []
    for split in SPLITS:
        own = [verdict for verdict in verdicts if verdict.split == split]
        for group in (ALL, *TYPES):
            chosen = [verdict for verdict in own if group in (ALL, verdict.case.type)]
            found += [score for name in METRICS if (score := _score(split, group, name, chosen))]
            found += _latency(split, group, chosen)
    return found


def _score(split: str, group: str, name: str, verdicts: Sequence[Verdict]) -> Score | None:
    parts = [METRICS[name].part(verdict) for verdict in verdicts]
    interval = share(parts, [cluster(verdict.case) for verdict in verdicts])
    return _of(interval, split, group, name, sum(whole > 0 for _, whole in parts)) if interval else None


def _of(interval: Interval, split: str, group: str, name: str, count: int) -> Score:
    ends = {"value": interval.value, "low": interval.low, "high": interval.high}
    return Score(split=split, group=group, metric=name, count=count, **ends)


def _latency(split: str, group: str, verdicts: Sequence[Verdict]) -> list[Score]:
    seconds = [verdict.reply.seconds for verdict in verdicts]
    found = ((MEDIAN, median(seconds)), (TAIL, median(seconds, 0.95)))
    return [_of(interval, split, group, name, len(seconds)) for name, interval in found if interval]
