"""The tables of a comparison, and in words where another system is ahead of the assistant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ..bench.clock import summary
from ..suite.case import TUNE, TYPES
from ..texts import render
from .one import Run
from .questions import Question
from .registry import OURS
from .run import Left
from .score import MEASURES, WITHIN, Scored, ahead, gained, recall

SHOWN = 2  # ids of a type that are printed
MB = 1e6
NOTE = "Chunks of different systems are not of one size: the last column compares what the same amount of text holds."


def tables(systems: Sequence[Scored], questions: Sequence[Question], budget: int) -> list[str]:
    """Recall, sizes, recall by type, and times and memory, a line a system."""
    titles = {measure: _title(measure, budget) for measure in MEASURES}
    found = [(one.run.system, *(_recall(one, measure, questions) for measure in MEASURES)) for one in systems]
    sizes = [
        (one.run.system, *(f"{one.characters(measure):,.0f}" for measure in MEASURES), len(one.empty))
        for one in systems
    ]
    return [
        f"{render(('recall (95 % interval)', *titles.values()), found)}\n{NOTE}",
        render(("characters returned", *titles.values(), "nothing"), sizes),
        *(_by_type(systems, questions, measure, titles[measure]) for measure in ("@5", WITHIN)),
        render(("cost", "chunks", "import", "build", "question", "95th", "peak", "held"), map(_cost, systems)),
    ]


def _title(measure: str, budget: int) -> str:
    return f"{budget:,} chars" if measure == WITHIN else measure


def _recall(system: Scored, measure: str, questions: Sequence[Question]) -> str:
    found = recall(system, measure, questions)
    return f"{found.value:.3f} ({found.low:.2f}–{found.high:.2f})"


def _sizes(system: Scored) -> tuple[str, ...]:
    return *(f"{system.characters(measure):,.0f}" for measure in MEASURES), str(len(system.empty))


def _by_type(systems: Sequence[Scored], questions: Sequence[Question], measure: str, title: str) -> str:
    groups = {f"{name} ({len(own)})": own for name, own in _groups(systems, questions).items() if own}
    lines = [
        (one.run.system, *(f"{recall(one, measure, own).value:.2f}" for own in groups.values())) for one in systems
    ]
    return render((f"recall, {title}", *groups), lines)


def _groups(systems: Sequence[Scored], questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions by type; and, when the assistant was silent to some, those to which it was not."""
    groups = {name: [one for one in questions if one.type == name] for name in TYPES}
    silent = {name for one in systems if one.run.system == OURS for name in one.empty}
    return groups | ({f"{OURS} not silent": [one for one in questions if one.id not in silent]} if silent else {})


def _cost(system: Scored) -> tuple[object, ...]:
    run, timing = system.run, summary(system.run.query_seconds)
    return (
        run.system, run.chunks, f"{run.import_seconds:.2f} s", f"{run.build_seconds:.2f} s",
        f"{timing.median * 1000:.2f} ms", f"{timing.p95 * 1000:.2f} ms",
        f"{run.peak_bytes / MB:.0f} MB", f"{run.held_bytes / MB:.0f} MB",
    )  # fmt: skip


def abouts(systems: Sequence[Scored], left: Sequence[Left]) -> Iterator[str]:
    """What each system is, what it tried to reach, and which did not run."""
    for one in systems:
        refused = f"; tried to reach {', '.join(one.run.refused)}" if one.run.refused else ""
        yield f"{one.run.system}: {one.run.about}{refused}"
    yield from (f"{one.system}: {'FAILED, ' if one.failed else ''}{one.why}" for one in left)


def better(systems: Sequence[Scored], questions: Sequence[Question], budget: int) -> Iterator[str]:
    """For each other system, where it is ahead of the assistant, with the questions; nothing without the assistant."""
    for ours in (one for one in systems if one.run.system == OURS):
        for other in (one for one in systems if one is not ours):
            what = ", ".join(_ahead(other, ours, questions, budget)) or "nothing that was measured"
            yield f"{other.run.system} is better than {OURS} in: {what}"
            yield from _misses(other, ours, questions, budget)


def _misses(other: Scored, ours: Scored, questions: Sequence[Question], budget: int) -> Iterator[str]:
    for measure in ("@5", WITHIN):
        more, less = (gained(*pair, measure, questions) for pair in ((other, ours), (ours, other)))
        told = f"questions with evidence that {OURS} misses: {len(more)}, the other way round: {len(less)}"
        yield f"  {_title(measure, budget)}, {told}"
        if more:
            yield f"    {'; '.join(_ids(more))}"


def _ahead(other: Scored, ours: Scored, questions: Sequence[Question], budget: int) -> Iterator[str]:
    for measure in MEASURES:
        change = ahead(other, ours, measure, questions)
        if change.value > 0:
            sure = "" if change.low > 0 else ", within chance"
            yield f"recall {_title(measure, budget)} (+{change.value:.3f}{sure})"
    for name, cost, shown in COSTS:
        mine, theirs = cost(ours.run), cost(other.run)
        if theirs < mine:
            yield f"{name} ({shown.format(theirs)} to {shown.format(mine)})"
    if len(other.empty) < len(ours.empty):
        yield f"questions without any chunk ({len(other.empty)} to {len(ours.empty)})"


COSTS: tuple[tuple[str, Callable[[Run], float], str], ...] = (
    ("import", lambda run: run.import_seconds, "{:.2f} s"),
    ("build", lambda run: run.build_seconds, "{:.2f} s"),
    ("time for a question", lambda run: summary(run.query_seconds).median * 1000, "{:.2f} ms"),
    ("peak memory", lambda run: run.peak_bytes / MB, "{:.0f} MB"),
    ("memory held", lambda run: run.held_bytes / MB, "{:.0f} MB"),
)


def _ids(questions: Sequence[Question]) -> Iterator[str]:
    """How many of each type, with some ids; of the tune cases alone, as nobody should work on a frozen one."""
    for name, count in Counter(one.type for one in questions).items():
        ids = [one.id for one in questions if one.type == name and one.split == TUNE][:SHOWN]
        yield f"{name} {count}" + (f" ({', '.join(ids)})" if ids else "")


def as_json(
    systems: Sequence[Scored], left: Sequence[Left], questions: Sequence[Question], budget: int
) -> dict[str, Any]:
    """Everything that was measured, each question's recall included."""
    return {
        "budget": budget,
        "questions": [{"id": one.id, "type": one.type, "split": one.split, "question": one.text} for one in questions],
        "systems": [_as_json(one, questions) for one in systems],
        "left": [asdict(one) for one in left],
    }


def _as_json(system: Scored, questions: Sequence[Question]) -> dict[str, Any]:
    run = {name: value for name, value in asdict(system.run).items() if name not in ("first", "filled")}
    return run | {
        "recall": {measure: asdict(recall(system, measure, questions)) for measure in MEASURES},
        "characters": {measure: system.characters(measure) for measure in MEASURES},
        "empty": system.empty,
        "recall_by_question": {
            measure: dict(zip([one.id for one in questions], system.recalls(measure, questions), strict=True))
            for measure in MEASURES
        },
    }
