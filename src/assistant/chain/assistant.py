"""The assistant that surfaces hold: the stages in order, each a method, and the events of an answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from langchain_core.runnables import Runnable, RunnableLambda

from ..check import Finding, check_text
from ..compose import compose
from ..compose.units import units_of
from ..embed import make_reranker
from ..figures import year_meant
from ..generate.leash import Calls, Leash
from ..generate.second import second_opinion
from ..generate.writer import Asking, is_worth_asking
from ..index import Index, load
from ..records import Answer, Event, Query, Sentence, Stage, Turn
from ..retrieve import retrieve
from ..retrieve.spoken import Spoken
from ..tokens import fold
from ..understand import Vocabulary, check_question, converse, read
from ..understand.places import places_of, regions_in
from ..verify import Verified, verified, verify
from .retriever import ProgramRetriever
from .stages import Asked, Drafted, Explained, Found, Understood
from .tracing import telling, traced
from .widening import Look, Stages, told_of
from .writing import in_words

_WRITTEN_YEAR = re.compile(r"\S*年度|[rhs][0-9]{1,2}", re.IGNORECASE)


class Assistant:
    """Answers questions from one published index."""

    def __init__(
        self, index: Index, *, today: Callable[[], dt.date] = dt.date.today, leash: Leash | None = None
    ) -> None:
        self.index = index
        self.leash = leash
        homes = {document.id: document.region for document in index.documents.values()}
        self.vocabulary = Vocabulary(index.programs.values(), places_of(index.documents.values()), homes)
        self._today = today
        self.chain: Runnable[Asked, Answer] = (
            RunnableLambda(self.understand, name="understand")
            | RunnableLambda(self.retrieve, name="retrieve")
            | RunnableLambda(self.compose, name="compose")
            | RunnableLambda(self.verify, name="verify")
        )
        # The same stages where they are not a chain's, so that a tracer sees them by their names there as well.
        self._understood = traced("understand", self.understand)
        self._found = traced("retrieve", self.retrieve)
        self._drafted = traced("compose", self.compose)
        self._verified = traced("verify", self._checked)
        self._telling = telling("answer", self.events)

    @classmethod
    def open(
        cls,
        index_dir: Path,
        *,
        today: Callable[[], dt.date] = dt.date.today,
        reranker: str = "",
        leash: Leash | None = None,
    ) -> Assistant:
        """Open the published index of a folder.

        ``reranker`` names a cross-encoder that orders described programs; ``leash`` holds a language model that puts
        answers into words.

        Raises IndexMissing when nothing was built there, IndexDamaged when no build is intact, and SettingsError for a
        cross-encoder that cannot be loaded.
        """
        index = load(index_dir)
        index.reranker = make_reranker(reranker)
        return cls(index, today=today, leash=leash)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
    ) -> Answer:
        """One checked answer.  Raises QuestionError for a question that cannot be read."""
        asked = Asked(check_question(question), tuple(history), region, fiscal_year, conversation)
        *_, answer = self._telling(asked, None)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
        gone: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        """The same answer as it comes about: stages, checked sentences, and the whole answer last.

        ``gone`` tells whether the asker has left: then no language model is waited for.  Raises QuestionError for a
        question that cannot be read, before the first event.
        """
        asked = Asked(check_question(question), tuple(history), region, fiscal_year, conversation, gone)
        return self._telling(asked, None)

    def events(self, asked: Asked) -> Iterator[Event]:
        """What :meth:`stream` gives, of a question that was read."""
        yield Stage("understand")
        understood = self._understood(asked)
        yield Stage("search")
        found = self._found(understood)
        drafted = self._drafted(found)
        calls = Calls(gone=asked.gone)
        if self.leash:
            look = Look(asked, found, drafted, Stages(self.index, self._understood, self._found, self._drafted))
            if look.is_wanted():
                yield Stage("consult")
                found, drafted = look.after(
                    second_opinion(asked.question, asked.history, self.leash, calls, asked.conversation)
                )
        told = self._verified(drafted)
        if self.leash and told.answer.status == "answered" and is_worth_asking(drafted.draft, found.query):
            yield Stage("write")
            asking = Asking(
                asked.question, asked.history, found.query, found.retrieval, drafted.draft, asked.conversation
            )
            answer = yield from in_words(asking, self.leash, calls, self.index)
            if answer is not None:
                yield answer
                return
        yield Stage("compose")
        yield from map(Sentence, told.pieces)
        yield told.answer

    def explain(self, question: str, *, history: Sequence[Turn] = ()) -> Explained:
        """The same answer with how it came about: the query, the programs found with their scores, the draft."""
        found = self.retrieve(self.understand(Asked(check_question(question), tuple(history))))
        drafted = self.compose(found)
        return Explained(found.query, found.retrieval, drafted.draft, self.verify(drafted))

    def read_ahead(self) -> None:
        """Read of every program what answers read of it: else the first that is asked about each waits for that."""
        for program in self.index.programs.values():
            units_of(program, self.index)

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
            query = replace(query, fiscal_year=self._year(asked.fiscal_year))
        return query

    @staticmethod
    def _year(said: str) -> str:
        """A surface's year as documents write it; one that is written so stays as it is, and so does what is none."""
        return said if _WRITTEN_YEAR.fullmatch(fold(said)) else year_meant(said) or said

    def _told(self, query: Query) -> tuple[str, ...]:
        """The programs that an earlier turn was answered from, in the order told."""
        found = retrieve(query, self.index)
        draft = compose(query, found, self.index)
        told = told_of(draft, self.index) if draft.status == "answered" else ()
        return told or tuple(hit.program.id for hit in found.hits[:1])

    def retrieve(self, understood: Understood) -> Found:
        """Second stage: the programs it is about."""
        return Found(understood.question, understood.query, retrieve(understood.query, self.index))

    def compose(self, found: Found) -> Drafted:
        """Third stage: a draft from their facts."""
        return Drafted(found.question, compose(found.query, found.retrieval, self.index))

    def verify(self, drafted: Drafted) -> Answer:
        """Last stage: what of the draft is shown to be true."""
        return verify(drafted.question, drafted.draft, self.index)

    def _checked(self, drafted: Drafted) -> Verified:
        """The last stage with the pieces of the answer."""
        return verified(drafted.question, drafted.draft, self.index)

    def retriever(self) -> ProgramRetriever:
        """The retrieval alone, as LangChain's other chains take it."""
        return ProgramRetriever(assistant=self)
