"""A table of facts as a file: one JSON object a line, keys in one order, empty fields left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.records import Fact

DIGITS = 4  # of a number that is not whole: 2/3 is written 0.6667


class TableProblem(Exception):
    """A table that is not there or cannot be read; the message is one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as the tables state it; the fields stand in the order of the keys."""

    line: int
    kind: str
    program: str
    subprogram: str | None = None
    condition: str | None = None
    text: str = ""
    yen: int | None = None
    yen_min: int | None = None
    yen_max: int | None = None
    number: float | None = None
    number_min: float | None = None
    number_max: float | None = None
    unit: str | None = None
    bound: str | None = None
    per: str | None = None
    fiscal_year: str = ""
    stage: str = ""
    flags: tuple[str, ...] = ()


KEYS = tuple(field.name for field in fields(Row))
NEEDED = ("line", "kind", "program", "text", "fiscal_year")
NUMBERS = ("yen", "yen_min", "yen_max", "number", "number_min", "number_max")


def of_fact(fact: Fact) -> Row:
    """What a table states of an extracted fact."""
    same = {key: getattr(fact, key) for key in KEYS if key not in ("line", "kind")}
    rounded = {key: _short(same[key]) for key in NUMBERS}
    return Row(line=fact.line_start, kind=fact.kind.value, **{**same, **rounded})


def read_table(path: Path) -> list[Row]:
    """The rows of a file.  Raises TableProblem, which names the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TableProblem(f"{path} cannot be read: write it with --regenerate {path.stem}") from error
    return [_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def written(rows: Iterable[Row]) -> str:
    """The text of a table, in the order of the rows."""
    return "".join(json.dumps(_filled(row), ensure_ascii=False) + "\n" for row in rows)


def _row(line: str, at: str) -> Row:
    try:
        stated = json.loads(line)
    except json.JSONDecodeError as error:
        raise TableProblem(f"{at}: not JSON: {error}") from error
    if not isinstance(stated, dict):
        raise TableProblem(f"{at}: not an object")
    if unknown := [key for key in stated if key not in KEYS]:
        raise TableProblem(f"{at}: {', '.join(unknown)} is no key of a table")
    if missing := [key for key in NEEDED if not stated.get(key)]:
        raise TableProblem(f"{at}: {', '.join(missing)} is not stated")
    if not isinstance(stated["line"], int) or not all(_is_number(stated.get(key)) for key in NUMBERS):
        raise TableProblem(f"{at}: a line or a value is not a number")
    return Row(**{**stated, "flags": tuple(stated.get("flags") or ())})


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _filled(row: Row) -> dict[str, Any]:
    stated = {key: getattr(row, key) for key in KEYS}
    return {key: value for key, value in stated.items() if value not in (None, "", ())}


def _short(number: float | None) -> float | None:
    if number is None:
        return None
    return int(number) if number == int(number) else round(number, DIGITS)
