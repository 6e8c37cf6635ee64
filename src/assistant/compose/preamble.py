"""What stands right under the heading of a program or of its section, before the first row: prose of no row's own."""

from __future__ import annotations

from ..figures import find_figures
from ..index import Index
from ..layout.headed import preambles
from ..records import DraftSentence, FigureKind, Hit
from .labels import called
from .offices import quoted, source
from .units import shown

_LONGEST = 240


def preamble(hit: Hit, index: Index) -> tuple[str, DraftSentence] | None:
    """The prose under the heading that bears a program's name, else under its section's, and a sentence quoting it."""
    program = hit.program
    document = index.documents[program.document]
    titles = (program.program, *program.aliases, *reversed(program.section[-1:]))
    own = [one for one in index.passages_of(program.id) if one.document == program.document]
    for title in titles if own else ():
        for quote in preambles(title, document):
            if len(quote) > _LONGEST or any(one.kind is not FigureKind.YEAR for one in find_figures(quote)):
                continue
            text = (
                f"{source(hit, index)}{called(program)}の項目について、次の記載があります。「{quoted(shown(quote))}」"
            )
            return shown(quote), DraftSentence(text, quotes=((own[0].id, quote),))
    return None
