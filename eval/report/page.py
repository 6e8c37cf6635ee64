"""The report as one page of HTML that needs nothing else: scores, pictures, and every case that was not right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ..suite.case import FROZEN, SPLITS, TUNE, TYPES
from ..suite.judge import FAILED, OUTCOMES, RIGHT
from ..suite.scores import ALL, METRICS
from . import words
from .plots import DARK, LIGHT, PICTURES, svg
from .printed import between, by_type, percent
from .record import Asked, Run

WORST = ("wrong", "failed", "partial", "abstained", "asked")
HEADLINES = ("right", "right or silent", "right if answered", "figures bound")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in both colours, with its caption."""

    name: str
    caption: str
    light: Markup
    dark: Markup


def write_page(run: Run, path: Path) -> None:
    """Writes the report of a run."""
    path.write_text(page(run), encoding="utf-8")


def page(run: Run) -> str:
    """The report as HTML.  Everything that comes from documents and questions is escaped."""
    environment = Environment(
        loader=PackageLoader("eval.report", "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    splits = [split for split in (FROZEN, TUNE) if split in run.digests]
    shown = [name for name in OUTCOMES if name != FAILED or any(one.outcome == FAILED for one in run.cases)]
    return environment.get_template("report.html").render(
        run=run,
        words=words,
        splits=splits,
        counts={split: sum(one.split == split for one in run.cases) for split in splits},
        headlines=[(words.METRICS[name], _cell(run, splits[0], name)) for name in HEADLINES],
        pictures=[_picture(run, name) for name in PICTURES],
        types={split: _shown_only(by_type(run, split), shown) for split in splits},
        outcomes=shown,
        metrics=[(words.METRICS[name], [_cell(run, split, name) for split in splits]) for name in METRICS],
        confusion={split: confusion(run, split) for split in splits},
        failures=[(name, failures(run, name)) for name in TYPES],
        chips=_chips(run),
    )


def _shown_only(rows: list[tuple[str, ...]], shown: list[str]) -> list[tuple[str, ...]]:
    """Rows by type without the outcomes that are not shown (a column of noughts)."""
    kept = [place for place, name in enumerate(OUTCOMES, 2) if name in shown]
    return [(*row[:2], *(row[place] for place in kept), *row[2 + len(OUTCOMES) :]) for row in rows]


def _cell(run: Run, split: str, metric: str) -> tuple[str, str, int]:
    score = run.score(split, metric)
    return (percent(score.value), between(score), score.count) if score else ("–", "", 0)


def _picture(run: Run, name: str) -> Picture:
    draw, caption = PICTURES[name]
    light, dark = (Markup(svg(draw, run, theme)) for theme in (LIGHT, DARK))  # drawn here, from escaped text
    return Picture(name, caption, light, dark)


def confusion(run: Run, split: str) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """What should have come (rows) and what came (columns): answers by outcome, abstentions by reason."""
    own = [one for one in run.cases if one.split == split]
    pairs = Counter((one.wanted.split("|")[0], _came(one)) for one in own)
    columns = [
        words.OUTCOMES["right"], words.OUTCOMES["partial"], words.OUTCOMES["wrong"], words.OUTCOMES["asked"],
        *(words.WANTED[name] for name in ("not_in_corpus", "not_stated", "out_of_scope", "unverified")),
        words.OUTCOMES["failed"],
    ]  # fmt: skip
    rows = [name for name in words.WANTED if any(wanted == name for wanted, _ in pairs)]
    return columns, [(words.WANTED[row], [pairs[row, column] for column in columns]) for row in rows]


def _came(one: Asked) -> str:
    if one.status == "abstained":
        return words.WANTED.get(one.reason or "", words.OUTCOMES["failed"])
    if one.status == "clarify":
        return words.OUTCOMES["asked"]
    return words.OUTCOMES[one.outcome]


def failures(run: Run, group: str) -> list[Asked]:
    """The cases of a type that were not right, the worst first."""
    found = [one for one in run.cases if one.type == group and one.outcome != RIGHT]
    return sorted(found, key=lambda one: (WORST.index(one.outcome), SPLITS.index(one.split), one.id))


def _chips(run: Run) -> list[tuple[str, str, int]]:
    """Each outcome other than right with its count, for the filter above the cases."""
    counted = Counter(one.outcome for one in run.cases)
    return [(name, words.OUTCOMES[name], counted[name]) for name in WORST if counted[name]]


__all__ = ["ALL", "confusion", "failures", "page", "write_page"]
