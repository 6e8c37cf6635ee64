"""What a tracer sees: stages by their names, nested, by environment alone; and nothing when none is asked for."""

from __future__ import annotations

import contextvars
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tracers.base import BaseTracer
from langchain_core.tracers.schemas import Run

from assistant.chain.tracing import telling, traced
from chain.tracers import Received, receiving
from eval.leash.server import Reply, served

STAGES = ["understand", "retrieve", "compose", "verify"]
ASKING = """
import sys
from pathlib import Path
from assistant.chain import Assistant

assistant = Assistant.open(Path(sys.argv[1]))
print(assistant.ask("信用補完対策費の予算は").text)
assistant.index.close()
"""


class Kept(BaseTracer):
    """A tracer that keeps each whole tree."""

    def __init__(self) -> None:
        super().__init__()
        self.roots: list[Run] = []

    def _persist_run(self, run: Run) -> None:
        self.roots.append(run)


def tree(run: Run) -> tuple:
    return (run.name, *(tree(child) for child in run.child_runs))


WORDED = """
import sys
from pathlib import Path
from assistant.chain import Assistant, build_chain
from assistant.settings import load_settings

with build_chain(load_settings()) as chain:
    for ask in (chain.invoke, chain.assistant.ask, lambda one: list(chain.assistant.stream(one))[-1]):
        print(ask("信用補完対策費の予算は").mode)
"""
REPLY = ("「信用補完対策費」の当初予算額は", "{{F1}}です[1]。")


# ---- the helpers ----


def call_model(text: str) -> str:
    """A chat model, called in a thread of its own that has the caller's context."""
    told: list[str] = []
    model = GenericFakeChatModel(messages=iter([AIMessage("返事")]), name="model")

    def work() -> None:
        told.extend(str(piece.text) for piece in model.stream(text))

    worker = threading.Thread(target=contextvars.copy_context().run, args=(work,))
    worker.start()
    worker.join()
    return "".join(told)


def test_a_generators_course_is_one_run_and_its_stages_are_nested():
    ask = traced("write", call_model)

    def events(question: str) -> Iterator[int | str]:
        yield 1
        yield ask(question)

    kept = Kept()
    assert list(telling("answer", events)("質問", {"callbacks": [kept]})) == [1, "返事"]
    assert [tree(root) for root in kept.roots] == [("answer", ("write", ("model",)))]
    assert kept.roots[0].outputs == {"output": "返事"}


def test_a_closed_iterator_closes_the_generator_and_ends_the_run():
    closed = []

    def events(question: str) -> Iterator[str]:
        try:
            yield "one"
            yield "two"
        finally:
            closed.append(question)

    kept = Kept()
    iterator = telling("answer", events)("質問", {"callbacks": [kept]})
    assert next(iterator) == "one"
    iterator.close()
    assert closed == ["質問"]
    assert [root.name for root in kept.roots] == ["answer"]


def test_an_error_comes_through_and_is_in_the_trace():
    def events(question: str) -> Iterator[str]:
        yield "one"
        raise KeyError(question)

    kept = Kept()
    with pytest.raises(KeyError):
        list(telling("answer", events)("質問", {"callbacks": [kept]}))
    assert "KeyError" in str(kept.roots[0].error)


def test_a_stage_without_a_tracer_costs_next_to_nothing():
    plain = traced("stage", len)
    started = time.perf_counter()
    for _ in range(200):
        plain("質問")
    assert (time.perf_counter() - started) / 200 < 0.005  # a twentieth of it was measured


# ---- by environment alone ----


def run(script: str, index_dir, received: Received, **environment: str) -> str:
    """A script in a process of its own, whose tracer's variables all point to the receiver."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "OTEL_", "ASSISTANT_"))}
    places = {"LANGSMITH_ENDPOINT": received.url, "OTEL_EXPORTER_OTLP_ENDPOINT": received.url}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(index_dir)],
        env={**kept, **places, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_langsmith_gets_the_stages_of_an_answer(index_dir):
    with receiving() as received:
        text = run(
            ASKING, index_dir, received, LANGSMITH_TRACING="true", LANGSMITH_API_KEY="key", LANGSMITH_PROJECT="支援制度"
        )
    runs = received.runs().values()
    (root,) = [one for one in runs if not one.get("parent_run_id")]
    children = sorted((one for one in runs if one.get("parent_run_id") == root["id"]), key=lambda one: one["id"])
    assert [one["name"] for one in children] == STAGES
    assert all(one["end_time"] and one["session_name"] == "支援制度" for one in runs)
    assert root["outputs"]["output"]["text"] == text.strip()


def test_a_models_call_is_nested_in_its_question_whichever_way_it_is_asked(index_dir, tmp_path):
    with served(lambda body, number: Reply(pieces=REPLY, usage=(800, 20))) as server, receiving() as received:
        model = {"ASSISTANT_LLM": "openai:stand-in", "ASSISTANT_LLM_BASE_URL": server.url}
        folders = {"ASSISTANT_INDEX": str(index_dir), "ASSISTANT_DATA": str(tmp_path)}
        modes = run(WORDED, index_dir, received, LANGSMITH_TRACING="true", LANGSMITH_API_KEY="key", **model, **folders)
    assert modes.split() == ["llm"] * 3
    runs = received.runs().values()
    roots = [one for one in runs if not one.get("parent_run_id")]
    assert [one["name"] for one in roots] == ["answer"] * 3
    for root in roots:
        names = [one["name"] for one in runs if one.get("parent_run_id") == root["id"]]
        assert {*STAGES, "ChatOpenAI"} <= set(names)
        assert root["outputs"]["output"]["mode"] == "llm"


def test_without_the_variable_nothing_is_sent(index_dir):
    with receiving() as received:
        assert "546,621千円" in run(ASKING, index_dir, received)
    assert received.requests == []


def test_opentelemetry_gets_them_as_spans_and_langsmith_nothing(index_dir):
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    environment = {"LANGSMITH_TRACING": "true", "LANGSMITH_TRACING_MODE": "otel"}
    with receiving() as received:
        run(ASKING, index_dir, received, **environment)
    assert {path for path, _ in received.requests} == {"/v1/traces"}
    sent = [ExportTraceServiceRequest.FromString(body) for _, body in received.requests]
    spans = [
        one
        for each in sent
        for resource in each.resource_spans
        for scope in resource.scope_spans
        for one in scope.spans
    ]
    (root,) = [one for one in spans if not one.parent_span_id]
    assert {one.name for one in spans if one.parent_span_id == root.span_id} == set(STAGES)
