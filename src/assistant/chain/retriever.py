"""The retrieval alone, as LangChain's other chains take it."""

from __future__ import annotations

from typing import Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from ..index import Index
from ..records import Hit
from ..understand import check_question
from .stages import Asked, Found, Understood


class Searching(Protocol):
    """What can search an index: the first two stages of the chain."""

    index: Index

    def understand(self, asked: Asked) -> Understood:
        """What is asked."""

    def retrieve(self, understood: Understood) -> Found:
        """The programs it is about."""


class ProgramRetriever(BaseRetriever):
    """Passages of the programs that a question is about, best program first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: SkipValidation[Searching]
    k: int = 4

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[LangChainDocument]:
        """At most ``k`` passages with their source in ``metadata``."""
        understood = self.assistant.understand(Asked(check_question(query)))
        hits = self.assistant.retrieve(understood).retrieval.nearest
        passages = [document for hit in hits for document in _documents(hit, self.assistant.index)]
        return passages[: self.k if k is None else k]


def _documents(hit: Hit, index: Index) -> list[LangChainDocument]:
    return [
        LangChainDocument(
            page_content=passage.text,
            id=str(passage.id),
            metadata={
                "document": passage.document,
                "title": index.documents[passage.document].title,
                "program": passage.program,
                "line_start": passage.line_start,
                "line_end": passage.line_end,
                "score": hit.score,
            },
        )
        for passage in hit.passages
    ]
