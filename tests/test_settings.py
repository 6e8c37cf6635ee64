"""Settings from the environment."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)


def test_defaults_need_no_environment():
    settings = load_settings()
    assert (settings.corpus, settings.index) == (Path("corpus"), Path("index"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.embedding_model, settings.llm, settings.llm_timeout) == ("", "", 20.0)
    assert (settings.llm_first_token, settings.llm_stall, settings.llm_max_tokens) == (8.0, 4.0, 1200)
    assert (settings.llm_tokens_per_conversation, settings.llm_tokens_per_day) == (200_000, 2_000_000)
    assert (settings.llm_temperature, settings.llm_at_once, settings.data) == (0.0, 32, Path("data"))
    assert settings.llm_api_key.get_secret_value() == ""


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("corpus", "/somewhere/else", Path("/somewhere/else")),
        ("index", "日本語 の 場所", Path("日本語 の 場所")),
        ("port", "0", 0),
        ("today", "2020-04-01", dt.date(2020, 4, 1)),
        ("llm_timeout", "1.5", 1.5),
        ("llm", "openai:some-model", "openai:some-model"),
        ("llm_first_token", "3", 3.0),
        ("llm_stall", "0.5", 0.5),
        ("llm_max_tokens", "300", 300),
        ("llm_temperature", "-1", -1.0),
        ("llm_at_once", "1", 1),
        ("llm_tokens_per_conversation", "0", 0),
        ("llm_tokens_per_day", "5000000", 5_000_000),
        ("data", "/var/lib/assistant", Path("/var/lib/assistant")),
    ],
)
def test_the_environment_is_read(monkeypatch, name, value, expected):
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    assert getattr(load_settings(), name) == expected


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_an_empty_value_is_the_default(monkeypatch, name):
    default = getattr(load_settings(), name)
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", "")
    assert getattr(load_settings(), name) == default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "abc"),
        ("port", "-1"),
        ("port", "65536"),
        ("today", "31.12."),
        ("llm_timeout", "0"),
        ("llm_timeout", "x"),
        ("llm_first_token", "0"),
        ("llm_stall", "-1"),
        ("llm_max_tokens", "0"),
        ("llm_temperature", "3"),
        ("llm_at_once", "0"),
        ("llm_tokens_per_conversation", "-1"),
        ("llm_tokens_per_day", "many"),
    ],
)
def test_a_bad_value_is_one_line_that_names_it(monkeypatch, name, value):
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert f"ASSISTANT_{name.upper()}" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_date_is_today_unless_it_is_set(monkeypatch):
    assert load_settings().date() in (dt.date.today(), dt.date.today() - dt.timedelta(days=1))
    monkeypatch.setenv("ASSISTANT_TODAY", "2020-03-31")
    assert load_settings().date() == dt.date(2020, 3, 31)


def test_a_secret_does_not_print_itself(monkeypatch):
    monkeypatch.setenv("ASSISTANT_LLM_API_KEY", "hunter2")
    settings = load_settings()
    assert "hunter2" not in repr(settings) + str(settings)
    assert settings.llm_api_key.get_secret_value() == "hunter2"


def test_settings_stand_still():
    with pytest.raises(ValidationError):
        load_settings().port = 1


def test_each_setting_is_explained():
    assert all(field.description for field in Settings.model_fields.values())
