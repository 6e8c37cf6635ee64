"""``settings``: each one with its meaning, and no secret."""

import json
import re

import pytest

from assistant.settings import Settings
from cli import running

run = running.run
NAMES = [f"ASSISTANT_{name.upper()}" for name in Settings.model_fields]
SECRETS = {
    "ASSISTANT_LLM_API_KEY": "hunter2",
    "ASSISTANT_LLM_BASE_URL": "https://someone.example:hunter2@llm.example/v1?a=@b",
}


def test_each_setting_is_printed_with_its_meaning(run):
    out = run("settings", COLUMNS="400").out
    for name, field in Settings.model_fields.items():
        line = next(line for line in out.splitlines() if re.search(rf"\bASSISTANT_{name.upper()}\b", line))
        assert field.description
        assert field.description in line
    assert set(re.findall(r"ASSISTANT_[A-Z_]+", out)) == set(NAMES)


def test_settings_as_json(run):
    stated = json.loads(run("settings", "--json", ASSISTANT_PORT="8123", ASSISTANT_LLM_TIMEOUT="2.5").out)
    assert [one["name"] for one in stated] == NAMES
    assert all(list(one) == ["name", "value", "default", "meaning"] and one["meaning"] for one in stated)
    by_name = {one["name"]: one for one in stated}
    assert (by_name["ASSISTANT_PORT"]["value"], by_name["ASSISTANT_PORT"]["default"]) == (8123, 8000)
    assert (by_name["ASSISTANT_LLM_TIMEOUT"]["value"], by_name["ASSISTANT_LLM_TIMEOUT"]["default"]) == (2.5, 20.0)
    assert by_name["ASSISTANT_TODAY"]["value"] == "2026-11-20"
    assert by_name["ASSISTANT_TODAY"]["default"] is None
    assert by_name["ASSISTANT_LLM_API_KEY"]["value"] == by_name["ASSISTANT_LLM_API_KEY"]["default"] == ""


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["table", "json"])
def test_secrets_are_hidden(run, form):
    out = run("settings", *form, COLUMNS="400", **SECRETS).out
    assert "hunter2" not in out
    assert "someone" not in out
    assert "****" in out
    assert "****@llm.example/v1?a=@b" in out


def test_a_value_is_no_markup(run):
    assert "[bold]x[/bold]" in run("settings", COLUMNS="400", ASSISTANT_LLM="[bold]x[/bold]").out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_PORT", "abc"),
        ("ASSISTANT_PORT", "70000"),
        ("ASSISTANT_TODAY", "soon"),
        ("ASSISTANT_LLM_TIMEOUT", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run, name, value):
    assert name in run("settings", **{name: value}).error
    assert name in run("ask", "補助率は", **{name: value}).error
