"""Figures of a cell whose heading says what they are: 補助率, 融資期間, 保証料率 …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..columns import Column
from ..figures import find_figures, read_cell
from ..layout import Cell
from ..layout.lines import CIRCLED
from ..records import Fact, FactKind, Figure
from .classify import Context, classify
from .conditions import condition_of
from .make import Say, Source

_NAMED_CASE = re.compile(
    rf"(?:^|[{CIRCLED}、，,；;\s　])(?P<case>[^\s　①-⑳、，,。；;：:（）()\d※]{{2,16}}(?<![はがをにで約額]))[\s　：:]+$"
)
_FITTING: dict[FactKind, tuple[str, ...]] = {
    FactKind.SUBSIDY_RATE: ("rate", "percent"),
    FactKind.SUBSIDY_LIMIT: ("money",),
    FactKind.LOAN_LIMIT: ("money",),
    FactKind.LOAN_POOL: ("money",),
    FactKind.LOAN_RATE: ("percent",),
    FactKind.LOAN_TERM: ("duration",),
    FactKind.GUARANTEE_RATE: ("percent", "rate"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a cell tells of its figures."""

    kind: FactKind
    subprogram: str | None = None
    condition: str | None = None
    column: Column | None = None

    @property
    def unit(self) -> str | None:
        """The unit of a bare number below this heading."""
        return self.column.unit if self.column else None

    @property
    def item(self) -> str | None:
        """A grace period has no kind of its own."""
        header = re.sub(r"[（(][^（）()]*[)）]", "", self.column.header) if self.column else ""
        return "据置期間" if "据置" in header else None


def attribute_facts(source: Source, cell: Cell, line: int, heading: Heading) -> list[Fact]:
    """A fact for each figure of the cell; one that does not fit the heading is what its own words say."""
    whole = read_cell(cell.text, heading.unit)
    facts: list[Fact] = []
    previous = 0
    carried: str | None = None
    for figure in [whole] if whole is not None else find_figures(cell.text):
        since = cell.text[previous : figure.start]
        inner = "うち" in since  # 「7年以内（うち据置期間1年以内）」: the condition of the figure before still holds
        found = condition_of(since, None) or (condition_of(cell.text[: figure.start], None) if inner else _case(since))
        say = _say(cell.text, figure, since, heading)
        if say is None:
            continue
        condition = found or (carried if inner else None) or heading.condition
        carried = found or carried
        previous = figure.end
        facts.append(source.fact(placed(figure, cell), line, replace(say, condition=condition)))
    return facts


def _case(since: str) -> str | None:
    """「①通常枠 1/2」, 「国内出願 30万円」: in such a cell the word set off before a figure is its case."""
    match = _NAMED_CASE.search(since)
    return match["case"] if match else None


def placed(figure: Figure, cell: Cell) -> Figure:
    """A figure of a cell's text with its offsets in the raw line."""
    return replace(figure, start=figure.start + cell.start, end=figure.end + cell.start)


def _say(text: str, figure: Figure, since: str, heading: Heading) -> Say | None:
    context = Context("content", heading.subprogram, None, "row", since)
    own = classify(figure, context, text[: figure.start], text[figure.end :])
    if figure.kind.value in _FITTING[heading.kind]:
        item = "据置期間" if "据置" in since else heading.item
        return Say(heading.kind, heading.subprogram, item=item, note=own.note if own else None)
    return own and Say(own.kind, heading.subprogram, note=own.note)
