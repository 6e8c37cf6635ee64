"""``assistant settings``: every setting with its value, default and meaning, secrets hidden."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

import typer
from pydantic import SecretStr
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from ..settings import Settings
from .options import CorpusOption, IndexOption, JsonOption, settings_for

HIDDEN = "****"
_CREDENTIALS = re.compile(r"(?<=://)[^/?#\s]*@")  # a name and a password in an address


@dataclass(frozen=True, slots=True)
class Stated:
    """One setting: its environment name, its value and default as JSON types, and what it is for."""

    name: str
    value: Any
    default: Any
    meaning: str


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("settings")(settings)


def settings(as_json: JsonOption = False, corpus: CorpusOption = None, index: IndexOption = None) -> None:
    """Every setting with its value, default and meaning."""
    found = stated(settings_for(corpus, index))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("name", "value", "default", "meaning"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for one in found:
        table.add_row(one.name, _text(one.value), _text(one.default), one.meaning)
    Console(highlight=False, markup=False).print(table)


def stated(current: Settings) -> list[Stated]:
    """The settings in their order."""
    return [
        Stated(
            f"ASSISTANT_{name.upper()}", _shown(getattr(current, name)), _shown(field.default), field.description or ""
        )
        for name, field in Settings.model_fields.items()
    ]


def _shown(value: Any) -> Any:
    """A value as JSON type, without what must not be seen."""
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _CREDENTIALS.sub(f"{HIDDEN}@", str(value))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
