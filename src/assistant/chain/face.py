"""The assistant as other chains take it: a Runnable from a question to a checked answer, and a retriever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import run_in_executor

from ..generate import make_leash
from ..records import Answer, Event
from ..settings import Settings
from .assistant import Assistant
from .inputs import Question, read_asked
from .retriever import ProgramRetriever
from .tracing import telling


def build_chain(settings: Settings) -> AnswerChain:
    """The assistant of the settings as a Runnable, with their language model when they name one.

    Raises IndexMissing, IndexDamaged or SettingsError as :meth:`Assistant.open`; SettingsError for a language model
    that cannot be made from the settings, and MissingExtra when its package is not installed.
    """
    leash = make_leash(settings)
    return AnswerChain(Assistant.open(settings.index, today=settings.date, reranker=settings.reranker, leash=leash))


def as_retriever(settings: Settings, k: int = 4) -> ProgramRetriever:
    """The retrieval of the settings' index alone: at most ``k`` passages a question.  No language model is called."""
    opened = Assistant.open(settings.index, today=settings.date, reranker=settings.reranker)
    return ProgramRetriever(assistant=opened, k=k)


class AnswerChain(Runnable[Question, Any]):
    """A question in, a checked :class:`~assistant.records.Answer` out.

    ``invoke``, ``batch`` and their asynchronous forms give the answer.  ``stream`` and ``astream`` give its events: a
    ``Stage`` when something is begun, a ``Sentence`` that was checked, and last the whole ``Answer``; a
    ``Stage("compose")`` after sentences takes them back.  What comes next in a pipe gets the answer either way.  What
    may be asked stands under :func:`~assistant.chain.inputs.read_asked`; anything else is a QuestionError.
    """

    name = "answer"

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._telling = telling(self.name, assistant.events)

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The checked answer: the last of its events."""
        *_, answer = self.stream(input, config)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Event]:
        """The answer's events as they come about, the answer last.  Closing the iterator ends the work."""
        return self._telling(read_asked(input), config)

    async def astream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Event]:
        """The same events, each waited for in a thread."""
        steps = _Steps(self.stream(input, config))
        try:
            while (event := await run_in_executor(config, steps.next)) is not None:
                yield event
        finally:
            # Not awaited: the thread of an abandoned step may still wait for a language model's next piece.
            asyncio.get_running_loop().run_in_executor(None, steps.close)

    def as_retriever(self, k: int = 4) -> ProgramRetriever:
        """The retrieval alone: at most ``k`` passages a question."""
        return ProgramRetriever(assistant=self.assistant, k=k)

    def close(self) -> None:
        """Give the index's files back."""
        self.assistant.index.close()

    def __enter__(self) -> AnswerChain:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Steps:
    """An iterator that one thread may close while another waits in it: it is closed after that step."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self._one = threading.Lock()
        self._closed = False

    def next(self) -> Event | None:
        with self._one:
            return None if self._closed else next(self._events, None)

    def close(self) -> None:
        with self._one:
            self._closed = True
            getattr(self._events, "close", lambda: None)()
