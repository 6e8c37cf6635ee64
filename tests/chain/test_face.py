"""The assistant in other chains: invoke, stream, batch and their asynchronous forms, pipes, and the retriever."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnableParallel

from assistant.chain import AnswerChain, as_message, as_retriever, build_chain
from assistant.errors import IndexMissing, QuestionError
from assistant.records import Answer, Sentence, Stage
from assistant.settings import Settings

QUESTION = "信用補完対策費の予算は"
QUESTIONS = [QUESTION, {"question": "中小企業振興課の予算は", "region": "山形県"}, "沖縄県の補助率は?"]


@pytest.fixture(scope="module")
def chain(assistant) -> AnswerChain:
    return AnswerChain(assistant)


@pytest.fixture
def settings(index_dir, monkeypatch) -> Settings:
    monkeypatch.delenv("ASSISTANT_LLM", raising=False)
    return Settings(index=index_dir, today=dt.date(2026, 11, 20))


async def listed(events) -> list:
    return [event async for event in events]


# ---- what it gives ----


def test_the_settings_make_a_chain_and_a_retriever(settings, assistant):
    with build_chain(settings) as built:
        assert isinstance(built, Runnable)
        assert built.invoke(QUESTION) == assistant.ask(QUESTION)
        assert built.as_retriever(k=2).invoke(QUESTION)[0].metadata["program"] == "信用補完対策費"
    retriever = as_retriever(settings, k=1)
    assert isinstance(retriever, BaseRetriever)
    assert [one.metadata["program"] for one in retriever.invoke(QUESTION)] == ["信用補完対策費"]
    retriever.assistant.index.close()


def test_a_missing_index_says_what_to_do(tmp_path):
    for opened in (build_chain, as_retriever):
        with pytest.raises(IndexMissing):
            opened(Settings(index=tmp_path))


def test_every_way_of_asking_gives_the_same_answers(chain, assistant):
    answers = [assistant.ask(QUESTION), assistant.ask("中小企業振興課の予算は", region="山形県")]
    answers.append(assistant.ask("沖縄県の補助率は?"))
    assert [chain.invoke(one) for one in QUESTIONS] == answers
    assert chain.batch(QUESTIONS) == answers
    assert asyncio.run(chain.ainvoke(QUESTIONS[1])) == answers[1]
    assert asyncio.run(chain.abatch(QUESTIONS)) == answers


def test_a_stream_gives_the_events_and_the_answer_last(chain, assistant):
    events = list(chain.stream(QUESTION))
    assert events == list(assistant.stream(QUESTION))
    assert asyncio.run(listed(chain.astream(QUESTION))) == events
    *_, answer = events
    assert answer == assistant.ask(QUESTION)
    assert "".join(event.text for event in events if isinstance(event, Sentence)) == answer.text
    assert isinstance(events[0], Stage)


def test_a_conversation_is_carried(chain, assistant):
    first = assistant.ask(QUESTION)
    messages = [("human", QUESTION), ("ai", first.text), ("human", "補助率は?")]
    assert chain.invoke(messages) == chain.invoke({"question": "補助率は?", "history": messages[:2]})
    assert "信用補完対策費" in chain.invoke(messages).text


@pytest.mark.parametrize("given", ["", 3, [], {"q": "?"}])
def test_what_cannot_be_asked_is_an_error_before_the_first_event(chain, given):
    for ask in (chain.invoke, chain.stream, lambda one: asyncio.run(chain.ainvoke(one))):
        with pytest.raises(QuestionError):
            ask(given)
    with pytest.raises(QuestionError):
        asyncio.run(listed(chain.astream(given)))
    bad, good = chain.batch([given, QUESTION], return_exceptions=True)
    assert isinstance(bad, QuestionError)
    assert isinstance(good, Answer)


# ---- in other chains ----


def test_it_stands_in_a_pipe(chain, assistant):
    text = assistant.ask(QUESTION).text
    piped = chain | RunnableLambda(lambda answer: answer.text)
    assert (piped.invoke(QUESTION), list(piped.stream(QUESTION))) == (text, [text])
    assert asyncio.run(listed(piped.astream(QUESTION))) == [text]
    assert (chain | as_message | StrOutputParser()).invoke(QUESTION) == text
    prompt = ChatPromptTemplate.from_messages([("system", "短く答えよ。"), ("human", "{program}の予算は")])
    assert (prompt | piped).invoke({"program": "信用補完対策費"}) == text
    both = RunnableParallel(answer=piped, found=chain.as_retriever(k=1)).invoke(QUESTION)
    assert (both["answer"], len(both["found"])) == (text, 1)


def test_a_callers_config_reaches_the_trace(chain):
    seen = []
    told = {"callbacks": [], "tags": ["窓口"], "run_name": "問い合わせ"}
    listened = chain.with_listeners(on_end=lambda run: seen.append((run.name, run.tags)))
    listened.invoke(QUESTION, told)
    assert ("問い合わせ", ["窓口"]) in seen


def test_it_draws_itself_and_tells_its_types(chain):
    assert "answer" in [node.name for node in (chain | as_message).get_graph().nodes.values()]
    assert chain.get_input_jsonschema()
    assert chain.get_output_jsonschema()


# ---- an abandoned stream ----


class Slow:
    """An assistant whose second event waits until it is let go, and that says when its work has ended."""

    def __init__(self) -> None:
        self.go, self.ended = threading.Event(), threading.Event()

    def events(self, asked: object) -> Iterator[Stage]:
        try:
            yield Stage("understand")
            self.go.wait(10)
            yield Stage("search")
        finally:
            self.ended.set()


def test_a_closed_stream_ends_the_work():
    slow = Slow()
    events = AnswerChain(slow).stream(QUESTION)
    next(events)
    events.close()
    assert slow.ended.is_set()


def test_an_abandoned_asynchronous_stream_ends_its_work_after_the_step_it_is_in():
    slow = Slow()

    async def abandon() -> None:
        task = asyncio.create_task(listed(AnswerChain(slow).astream(QUESTION)))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not slow.ended.is_set()  # cancelled at once, though its thread still waits
        slow.go.set()

    asyncio.run(abandon())
    assert slow.ended.wait(10)
