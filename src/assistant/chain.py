"""The LangChain face: understand → retrieve → compose → verify as Runnables, and the retriever.

:class:`Assistant` is what surfaces hold: it is opened once, keeps no state across questions, and serves many
threads.  ``assistant.chain`` is a LangChain ``Runnable`` from :class:`Asked` to
:class:`~assistant.records.Answer`; :class:`ProgramRetriever` gives the same hits as LangChain documents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from .check import Finding, check_text
from .compose import compose
from .embed import make_reranker
from .index import Index, load
from .records import Answer, Draft, DraftSentence, Hit, Query, Turn
from .retrieve import Retrieval, retrieve
from .retrieve.spoken import Spoken
from .understand import Vocabulary, check_question, converse, read
from .understand.places import places_of, regions_in
from .verify import verify


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the asker's earlier turns and what the surface knows of the asker."""

    question: str
    history: tuple[Turn, ...] = ()
    region: str | None = None
    fiscal_year: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A question read."""

    question: str
    query: Query


@dataclass(frozen=True, slots=True)
class Found:
    """A question with its programs."""

    question: str
    query: Query
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with an unchecked answer."""

    question: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with every stage of its answer."""

    query: Query
    retrieval: Retrieval
    draft: Draft
    answer: Answer


class Assistant:
    """Answers questions from one published index."""

    def __init__(self, index: Index, *, today: Callable[[], dt.date] = dt.date.today) -> None:
        self.index = index
        homes = {document.id: document.region for document in index.documents.values()}
        self.vocabulary = Vocabulary(index.programs.values(), places_of(index.documents.values()), homes)
        self._today = today
        self.chain: Runnable[Asked, Answer] = (
            RunnableLambda(self.understand, name="understand")
            | RunnableLambda(self.retrieve, name="retrieve")
            | RunnableLambda(self.compose, name="compose")
            | RunnableLambda(self.verify, name="verify")
        )

    @classmethod
    def open(cls, index_dir: Path, *, today: Callable[[], dt.date] = dt.date.today, reranker: str = "") -> Assistant:
        """Open the published index of a folder; ``reranker`` names a cross-encoder that orders described programs.

        Raises IndexMissing when nothing was built there, IndexDamaged when no build is intact, and SettingsError for a
        cross-encoder that cannot be loaded.
        """
        index = load(index_dir)
        index.reranker = make_reranker(reranker)
        return cls(index, today=today)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
    ) -> Answer:
        """One checked answer.  Raises QuestionError for a question that cannot be read."""
        asked = Asked(check_question(question), tuple(history), region, fiscal_year)
        return self.chain.invoke(asked)

    def explain(self, question: str, *, history: Sequence[Turn] = ()) -> Explained:
        """The same answer with how it came about: the query, the programs found with their scores, the draft."""
        found = self.retrieve(self.understand(Asked(check_question(question), tuple(history))))
        drafted = self.compose(found)
        return Explained(found.query, found.retrieval, drafted.draft, self.verify(drafted))

    def check(self, text: str, *, program: str | None = None) -> list[Finding]:
        """The figures of a text, each verified, contradicted or unsupported."""
        return check_text(text, self.index, self.vocabulary, program)

    def understand(self, asked: Asked) -> Understood:
        """First stage: what is asked; the surface's region and year hold where the question names none."""
        ground = Spoken(
            self.index,
            lambda text: read(text, self.vocabulary, self._today()),
            lambda query: self._told(self._known(query, asked)),
        )
        query = converse(check_question(asked.question), asked.history, ground)
        return Understood(asked.question, self._known(query, asked))

    def _known(self, query: Query, asked: Asked) -> Query:
        """A query with what the surface knows of the asker, where the conversation tells none."""
        if asked.region and not query.regions:
            query = replace(query, regions=regions_in(asked.region, self.vocabulary.places)[0] or (asked.region,))
        if asked.fiscal_year and not query.fiscal_year:
            query = replace(query, fiscal_year=asked.fiscal_year)
        return query

    def _told(self, query: Query) -> tuple[str, ...]:
        """The programs that an earlier turn was answered from, in the order told."""
        found = retrieve(query, self.index)
        draft = compose(query, found, self.index)
        if draft.status == "answered":
            told = dict.fromkeys(name for sentence in draft.sentences for name in self._speaks_of(sentence))
            if told:
                return tuple(told)
        return tuple(hit.program.id for hit in found.hits[:1])

    def _speaks_of(self, sentence: DraftSentence) -> list[str]:
        """The programs of a sentence's figures and quotes."""
        facts = (*sentence.facts, *(fact for one in sentence.computed for fact in one.of))
        quoted = (self.index.passages[place].program_id for place, _ in sentence.quotes)
        return [*(fact.program_id for fact in facts), *quoted]

    def retrieve(self, understood: Understood) -> Found:
        """Second stage: the programs it is about."""
        return Found(understood.question, understood.query, retrieve(understood.query, self.index))

    def compose(self, found: Found) -> Drafted:
        """Third stage: a draft from their facts."""
        return Drafted(found.question, compose(found.query, found.retrieval, self.index))

    def verify(self, drafted: Drafted) -> Answer:
        """Last stage: what of the draft is shown to be true."""
        return verify(drafted.question, drafted.draft, self.index)

    def retriever(self) -> ProgramRetriever:
        """The retrieval alone, as LangChain's other chains take it."""
        return ProgramRetriever(assistant=self)


class ProgramRetriever(BaseRetriever):
    """Passages of the programs that a question is about, best program first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
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
