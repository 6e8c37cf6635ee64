"""The sources of an answer, numbered as its markers are: which document, of which year, which lines, and where."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Citation

from ..links import Links
from . import limits
from .escaping import one_line, sendable, shortened
from .packing import Line, Piece
from .rich import Element, link, words

VIEWER = "原文を見る"
PUBLISHED = "発行元のページ"


def source_lines(citations: Sequence[Citation], links: Links) -> list[Piece]:
    """A heading and a line for each citation; nothing where there is none."""
    if not citations:
        return []
    heading = Line(words("出典", bold=True), opens=True, keeps=True)
    return [heading, *(Line(_source(one, links)) for one in citations)]


def _source(citation: Citation, links: Links) -> list[Element]:
    where = document(citation.title, citation.fiscal_year, citation.stage, citation.line_start, citation.line_end)
    of = program(citation.program, citation.subprogram)
    elements = [
        *words(f"[{citation.marker}] {where}{of} "),
        *link(links.source(sendable(citation.document), citation.line_start, citation.line_end), VIEWER),
    ]
    published = link(citation.url, PUBLISHED)
    return [*elements, *words("・"), *published] if published else elements


def document(title: str, fiscal_year: str, stage: str, line_start: int, line_end: int) -> str:
    """A document and the lines meant, in words."""
    meta = "・".join(filter(None, (name(fiscal_year), name(stage))))
    lines = f"{line_start}行" if line_start == line_end else f"{line_start}〜{line_end}行"
    return f"{name(title)}{f'（{meta}）' if meta else ''} {lines}"


def program(name_of: str | None, part: str | None) -> str:
    """A program as it is called in a line; '' where it has no name."""
    told = "」の「".join(filter(None, (name(name_of or ""), name(part or ""))))
    return f"「{told}」" if told else ""


def name(text: str) -> str:
    """A name of any origin, in one line, at most as long as one is shown."""
    return shortened(one_line(text), limits.NAME)
