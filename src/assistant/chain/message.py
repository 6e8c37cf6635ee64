"""A checked answer as a message of LangChain's, its citations as annotations of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langchain_core.messages import AIMessage
from langchain_core.messages.content import Citation as Annotation
from langchain_core.messages.content import create_citation, create_text_block

from ..records import Answer, Citation

_MARKERS = re.compile(r"(?:\[\d+\])+")
_MARKER = re.compile(r"\[(\d+)\]")
_BETWEEN = "。 \u3000\t\n"  # what ends the sentence before


def as_message(answer: Answer) -> AIMessage:
    """The answer's text with an annotation for each marker: the stretch it bears, and the quote that it rests on.

    ``start_index`` and ``end_index`` count the characters of the answer's text.  ``extras`` hold the document, its
    lines, the fiscal year and the stage; ``response_metadata`` the answer's status, reason, mode and notices.
    """
    block = create_text_block(answer.text, annotations=list(_annotations(answer)))
    told = {"status": answer.status, "reason": answer.reason, "mode": answer.mode, "notices": list(answer.notices)}
    return AIMessage(content_blocks=[block], response_metadata={**told, "output_version": "v1"})


def _annotations(answer: Answer) -> Iterator[Annotation]:
    citations = {citation.marker: citation for citation in answer.citations}
    told = 0  # up to here: a stretch reaches from the markers before it to its own
    for markers in _MARKERS.finditer(answer.text):
        start = len(answer.text) - len(answer.text[told:].lstrip(_BETWEEN))
        told = markers.end()
        for marker in map(int, _MARKER.findall(markers[0])):
            if marker in citations:
                yield _annotation(citations[marker], start, told)


def _annotation(citation: Citation, start: int, end: int) -> Annotation:
    return create_citation(
        title=citation.title,
        url=citation.url,
        cited_text=citation.quote,
        start_index=start,
        end_index=end,
        marker=citation.marker,
        document=citation.document,
        program=citation.program,
        line_start=citation.line_start,
        line_end=citation.line_end,
        fiscal_year=citation.fiscal_year,
        stage=citation.stage,
    )
