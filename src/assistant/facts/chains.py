"""Who pays whom without arrows: 「国 | 補助（1/2） | 県 | 補助（2/3） | 企業」.

Between two names stands what passes from the first to the second.  The steps are cells of a table, pieces of a
line that gaps set apart, or lines; a row that begins with a bracket goes on with the last cell above it, as an
export breaks cells at line feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..figures import find_figures
from ..layout import Cell, Line, Table, read_label
from ..layout.cells import TableRow, split_cells
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind
from .attributes import fact_at, worded_facts
from .make import Say, Source
from .scopes import subprogram_title

_ACT = re.compile(
    r"^[\s　]*[（(]?(?:(?:直接|間接|定額|全額)?(?:補助|助成|委託|請負|交付|運営費交付|負担|出資|貸付|拠出|出えん)"
    r"(?:金|費|等)*|定額)[)）]?(?![一-龥ァ-ヶ])"
)
_GIVER = re.compile(
    r"^(?:国|都|道|府|県|市|町|村|.{1,10}(?:省|庁|都|道|府|県|市|町|村)|都道府県等?|市町村等?"
    r"|.{2,20}(?:機構|基金|事務局|財団|法人|団体等?))$"
)
_NUMBER = re.compile(r"[\s　]*(?:[（(](?P<number>[0-9０-９]{1,2})[)）]|(?P<circled>[①-⑳]))[\s　]*$")
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)
_LONGEST = 30  # characters of an end's name
_SHORTEST = 3  # steps of a chain
_MOST = 12  # lines over which chains that stand below each other go on


@dataclass
class Step:
    """An end or what passes between two ends: the cells it was printed in, each with its row's line."""

    cells: list[tuple[int, Cell]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of its cells."""
        return "".join(cell.text for _, cell in self.cells)


def chain_facts(source: Source, table: Table) -> list[Fact] | None:
    """The facts of a table that is nothing but such chains; None for any other table."""
    return _read(source, (*table.header, *table.rows))


def chained_lines(source: Source) -> dict[int, list[Fact]]:
    """The facts of such chains in the plain lines of a part, by the line on which each begins.

    A chain's other lines have none of their own.
    """
    lines = source.layout.lines[source.part.line_start - 1 : source.part.line_end]
    found: dict[int, list[Fact]] = {}
    for place, line in enumerate(lines):
        if line.number in found or line.number == source.part.title_line or not _opens(line):
            continue
        rows = [split_cells(each) for each in _run(lines[place : place + _MOST])]
        for count in range(len(rows), 0, -1):
            told = _read(source, rows[:count])
            if told is not None:
                found |= {row.line: [] for row in rows[:count]} | {line.number: told}
                break
    return found


def _opens(line: Line) -> bool:
    """Whether a plain line begins with who gives."""
    if line.blank or line.tabular or "→" in line.raw:
        return False
    cells = split_cells(line).cells
    return bool(cells) and _GIVER.match(_bare(cells[0].text)) is not None


def _run(lines: Sequence[Line]) -> list[Line]:
    run: list[Line] = []
    for line in lines:
        if line.blank or line.tabular or read_label(line) or "。" in line.raw:
            break
        run.append(line)
    return run


def _read(source: Source, rows: Iterable[TableRow]) -> list[Fact] | None:
    chains = _chains(rows)
    if not chains or not all(is_chain([step.text for step in chain]) for chain in chains):
        return None
    return [fact for chain in chains for fact in _facts(source, chain)]


def is_chain(steps: Sequence[str]) -> bool:
    """Whether names and what passes between them take turns, from one who gives to one who takes."""
    if len(steps) < _SHORTEST or len(steps) % 2 == 0 or not _GIVER.match(_bare(steps[0])):
        return False
    acts = all(_ACT.match(text) for text in steps[1::2])
    return acts and all(_is_end(text) for text in steps[::2])


def ends_at(steps: Sequence[str], place: int) -> str | None:
    """「国→都道府県」 for what passes between the two; nothing is granted by 委託."""
    if place % 2 == 0 or "委託" in steps[place] or "請負" in steps[place]:
        return None
    return f"{_bare(steps[place - 1])}→{_bare(steps[place + 1])}"


def _is_end(text: str) -> bool:
    name = _bare(text)
    return 1 <= len(name) <= _LONGEST and not _ACT.match(name) and not find_figures(name) and "。" not in name


def _bare(text: str) -> str:
    return squeeze(_NUMBER.sub("", text))


def _chains(rows: Iterable[TableRow]) -> list[list[Step]]:
    chains: list[list[Step]] = []
    for row in rows:
        for place, cell in enumerate(row.cells):
            chain = chains[-1] if chains else []
            acted = bool(chain) and len(chain) % 2 == 0
            joined = place == 0 and acted and re.match(r"[（(]", cell.text)
            if chain and (joined or _NUMBER.fullmatch(cell.text)):  # 「（２）」 apart is of the end before it
                chain[-1].cells.append((row.line, cell))
            elif not chains or (place == 0 and not acted and not _ACT.match(cell.text)):
                chains.append([Step([(row.line, cell)])])
            else:
                chain.append(Step([(row.line, cell)]))
    return chains


def _facts(source: Source, chain: list[Step]) -> list[Fact]:
    texts = [step.text for step in chain]
    part = next((title for text in reversed(texts) if (title := _part(source, text))), None)
    facts: list[Fact] = []
    for place, step in enumerate(chain):
        ends = ends_at(texts, place)
        for line, cell in step.cells:
            shares = [figure for figure in find_figures(cell.text) if figure.kind in _SHARES] if ends else []
            say = Say(FactKind.SUBSIDY_RATE, part, condition=ends)
            told = [fact for figure in shares for fact in fact_at(source, cell, line, figure, say)]
            known = {fact.fact_id for fact in told}
            facts += told + [fact for fact in worded_facts(source, cell, line) if fact.fact_id not in known]
    return facts


def _part(source: Source, text: str) -> str | None:
    """The part of the page that the number behind an end stands for, 「民間企業等（２）」; None when two have it."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    kind = "(n)" if found["number"] else "①"
    number = int(found["number"]) if found["number"] else ord(found["circled"]) - ord("①") + 1
    titles: set[str] = set()
    for line in source.layout.lines[source.part.line_start - 1 : source.part.line_end]:
        marker = line.marker(kind)
        if marker is not None and marker.number == number and not line.tabular:
            titles |= {title} if (title := subprogram_title(line.body)) else set()
    return titles.pop() if len(titles) == 1 else None
