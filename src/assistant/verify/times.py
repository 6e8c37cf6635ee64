"""When and where a figure holds: years, stages and regions said of it are its own, or its document's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import year_number
from ..lexicon import words
from ..placenames import NATION, towns_in
from ..records import Fact, FactKind, Figure, FigureKind
from ..values.dated import year_of
from .calling import stages_in
from .figures_told import Told
from .hearing import Scene
from .reading import STAGE, TELLER, Reading

_PAST = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
_LAST_YEAR = re.compile(r"(?<!対)前年度?(?!度?(?:[比並同]|から|より|増減))")
_RELATIVE = re.compile(
    r"今年度?|本年度?|来年度?|翌年度?|次年度|明年度?|昨年度?|一昨年度?|去年|おととし|再来年度?|[0-9一二三四五六七八九十]年(?:前|後)"
)
# what stands behind a year that is the source's: 「令和2年度当初予算の資料では」, 「（山形県・令和2年度当初予算）」
_OF_SOURCE = re.compile(r"^(?:の)?[^、。「」（）()]{0,10}?(?:の資料|[）)]|によ[るれ]|時点)")
_OPEN = re.compile(r"^(?:末|から|まで|以降|以前|限り|[0-9]|[\-~～〜/])")
_OF_NATION = re.compile(r"(?<![一-龠])国(?=[・の、])")


def holds_when_and_where(one: Told, fact: Fact, scene: Scene) -> bool:
    """Whether the years, stages and regions that a sentence says of a figure are its own."""
    return _years_hold(one, fact, scene) and _stages_hold(one, fact, scene) and _regions_hold(one, fact, scene)


def holds_of_any(facts: Sequence[Fact], scene: Scene) -> bool:
    """Whether every year, stage and region that a sentence says is one of these facts or of their documents."""
    reading = scene.reading
    if _RELATIVE.search(reading.own):
        return False
    documents = [scene.names.index.documents[fact.document] for fact in facts]
    years = {
        year_number(year) for year in (*(one.fiscal_year for one in facts), *(one.fiscal_year for one in documents))
    }
    said = {year_number(figure.text) for figure in reading.figures if figure.kind is FigureKind.YEAR}
    published = [year_number(one.fiscal_year) for one in documents]
    if _LAST_YEAR.search(reading.own):
        said |= {year - 1 for year in published if year}
    regions = {one.region for one in documents}
    return (
        said <= years
        and _regions_in(reading.own, scene) <= regions
        and all(any(piece.words in one.stage for one in documents) for piece in reading.of(STAGE))
    )


def is_year(figure: Figure, behind: str) -> bool:
    """Whether a point of time is a bare year: 令和2年度, not a day of it and not its end."""
    return not re.search(r"[月日./]|[0-9]-", figure.text) and not _OPEN.search(behind)


def _years_hold(one: Told, fact: Fact, scene: Scene) -> bool:
    """The years before a figure (else the last one said, else those behind it) are its own; a past one has it said."""
    reading, document = scene.reading, scene.names.index.documents[fact.document]
    if _RELATIVE.search(reading.own):
        return False
    years = [figure for figure in reading.figures if figure.kind is FigureKind.YEAR]
    sources = [figure for figure in years if _OF_SOURCE.search(reading.own[figure.end :])]
    published = year_number(document.fiscal_year)
    if any(year_number(figure.text) != published for figure in sources):
        return False
    said = [(figure.start, year_number(figure.text)) for figure in years if figure not in sources]
    said += [(match.start(), published - 1) for match in _LAST_YEAR.finditer(reading.own) if published]
    before = sorted(year for year in said if year[0] < one.start)
    head = [year for year in before if year[0] >= one.start - len(one.head)]
    behind = [year for year in said if one.end <= year[0] < one.end + len(one.tail)]
    if before or behind:
        own = (year_number(fact.fiscal_year), year_of(fact))
        return all(year in own for _, year in head or before[-1:] or behind)
    return fact.kind not in _PAST or _is_past(fact, reading, document.stage)


def _is_past(fact: Fact, reading: Reading, stage: str) -> bool:
    """Whether a sentence without a year tells by the fact's stage (現計) or case (前年度) that it is of the past."""
    stages = [word for word in stages_in(reading.sentence.text) if word in fact.stage and word not in stage]
    return bool(stages) or any("前年" in piece.words for piece in reading.of(TELLER))


def _stages_hold(one: Told, fact: Fact, scene: Scene) -> bool:
    document = scene.names.index.documents[fact.document]
    behind = one.clause if one.last else one.tail  # what stands before the next figure is said of that one
    said = [stage for text in (one.head, behind) for stage in stages_in(text)]
    if fact.kind is FactKind.BUDGET_REVISED and not _is_past(fact, scene.reading, document.stage):
        return False  # what became of a budget is not what was voted, of whatever year
    own = all(stage in fact.stage for stage in said)
    return own and all(piece.words in document.stage for piece in scene.reading.of(STAGE))


def _regions_hold(one: Told, fact: Fact, scene: Scene) -> bool:
    """Regions said of a figure are its document's; what else a sentence says is of the regions of its facts."""
    documents = scene.names.index.documents
    here = _regions_in(f"{one.head}\n{one.clause}", scene)
    offices = f"{documents[fact.document].publisher}{fact.quote}{fact.item or ''}" + scene.names.offices(
        fact.program_id
    )
    if any(word in one.head and word not in offices for word in words("regions", "national", "publishers")):
        return False
    facts = scene.reading.sentence.facts
    return here <= {documents[fact.document].region} and _regions_in(scene.reading.own, scene) <= {
        documents[other.document].region for other in facts
    }


def _regions_in(words: str, scene: Scene) -> set[str]:
    nation = {NATION} if _OF_NATION.search(words) else set()
    return {*scene.names.regions(words), *towns_in(words), *nation}
