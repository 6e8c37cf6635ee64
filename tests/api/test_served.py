"""The whole server of the settings: what of it is counted."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI

from api.served import application
from assistant.cli.logs import ACCESS
from assistant.settings import load_settings

MODEL = {"ASSISTANT_LLM": "openai:a", "OPENAI_API_KEY": "k", "ASSISTANT_LLM_BASE_URL": "http://127.0.0.1:9/v1"}


@pytest.fixture
def made(index_dir, tmp_path, monkeypatch) -> Iterator[Callable[..., FastAPI]]:
    """``made(NAME=value)``: the application of these settings, never started; what it set is put back."""
    interval = sys.getswitchinterval()
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging.getLogger(ACCESS), "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger(), "handlers", [*logging.getLogger().handlers])
    opened = []

    def make(**settings: str) -> FastAPI:
        own = {"ASSISTANT_INDEX": str(index_dir), "ASSISTANT_DATA": str(tmp_path / "data"), **settings}
        for name, value in own.items():
            monkeypatch.setenv(name, value)
        opened.append(application(load_settings()))
        return opened[-1].app

    yield make
    for one in opened:
        one.close()
    sys.setswitchinterval(interval)


def test_calls_of_a_model_are_counted_where_there_is_one(made):
    assert b"assistant_model_calls" in made(**MODEL).state.gate.metrics.page()
    assert b"assistant_model_calls" not in made(ASSISTANT_LLM="").state.gate.metrics.page()
