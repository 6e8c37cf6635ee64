"""Exact quotes with contiguous markers."""

from __future__ import annotations

from dataclasses import dataclass

from ..index import Index
from ..layout.headed import preambles
from ..records import Citation, Document, Fact, FactKind, Passage
from .above import line_above, note_line


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact piece of some lines of a document, about one program."""

    document: str
    program: str
    subprogram: str | None
    quote: str
    line_start: int
    line_end: int
    passage_id: str


_FUNDING = (FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL)
_NOTES = ("（", "(", "※", "注", "*", "＊")


def _beside(quote: str, passage: Passage, document: Document) -> int | None:
    """The line of what stands over a passage, of a note of its document, or of the prose under its heading."""
    number = line_above(quote, passage, document) or note_line(quote, document)
    if number is None and any(quote in preambles(title, document) for title in (passage.program, *passage.section)):
        at = "\n".join(document.lines).find(quote)
        return "\n".join(document.lines)[:at].count("\n") + 1 if at >= 0 else None
    return number


class Citations:
    """Collects the quotes of one answer; the same quote keeps its marker."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._quotes: list[Quote] = []

    def of_fact(self, fact: Fact) -> Quote | None:
        """The quote of a fact, or None when it does not stand on its lines or does not hold the figure."""
        document = self._index.documents.get(fact.document)
        if document is None or not 1 <= fact.line_start <= fact.line_end <= len(document.lines):
            return None
        lines = "\n".join(document.lines[fact.line_start - 1 : fact.line_end])
        if fact.quote not in lines or fact.text not in fact.quote:
            return None
        passage = self._passage(fact)
        if passage is None:
            return None
        return Quote(
            fact.document, fact.program, fact.subprogram, fact.quote, fact.line_start, fact.line_end, str(passage.id)
        )

    def of_words(self, passage: Passage, quote: str) -> Quote | None:
        """A quote of a passage or of a heading over it with the lines it stands on, or None when it is not there.

        A quote that layout broke over several lines holds their line feeds.
        """
        document = self._index.documents[passage.document]
        at = (passage.line_start, passage.line_end)
        text = "\n".join(document.lines[at[0] - 1 : at[1]])
        if quote in text:
            first = at[0] + text[: text.find(quote)].count("\n")
        else:
            above = _beside(quote, passage, document)
            if above is None:
                return None
            first = above
        last = first + quote.count("\n")
        return Quote(passage.document, passage.program, None, quote, first, last, str(passage.id))

    def mark(self, quote: Quote) -> int:
        """The marker of a quote, 1 for the first; a quote inside another of the same lines shares its marker."""
        for place, known in enumerate(self._quotes):
            same_lines = (known.document, known.line_start, known.line_end) == (
                quote.document,
                quote.line_start,
                quote.line_end,
            )
            if same_lines and quote.quote in known.quote:
                return place + 1
            if same_lines and known.quote in quote.quote:
                self._quotes[place] = quote
                return place + 1
        self._quotes.append(quote)
        return len(self._quotes)

    def all(self) -> tuple[Citation, ...]:
        """Every quote marked so far as a citation, in the order of its marker."""
        return tuple(self._citation(place, quote) for place, quote in enumerate(self._quotes, 1))

    def _passage(self, fact: Fact) -> Passage | None:
        """The program's passage that a fact stands in; of a note below a table the one that holds its line.

        Where the money of an account comes from may stand in a list of its own: that is cited with the account's row.
        """
        own = [p for p in self._index.passages_of(fact.program_id) if p.document == fact.document]
        found = next((p for p in own if p.line_start <= fact.line_start <= p.line_end), None)
        if found is None and own and fact.kind in _FUNDING and self._index.programs[fact.program_id].role != "program":
            return own[0]
        if found is not None or fact.quote.lstrip()[:1] not in _NOTES:
            return found
        every = (p for p in self._index.passages.values() if p.document == fact.document)
        return next((p for p in every if p.line_start <= fact.line_start <= p.line_end), None)

    def _citation(self, marker: int, quote: Quote) -> Citation:
        document = self._index.documents[quote.document]
        return Citation(
            marker=marker,
            passage_id=quote.passage_id,
            document=document.id,
            title=document.title,
            program=quote.program,
            subprogram=quote.subprogram,
            quote=quote.quote,
            line_start=quote.line_start,
            line_end=quote.line_end,
            publisher=document.publisher,
            region=document.region,
            fiscal_year=document.fiscal_year,
            stage=document.stage,
            url=document.url,
        )
