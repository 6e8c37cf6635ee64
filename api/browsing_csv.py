"""Facts as a file for spreadsheets: the command line's columns, in UTF-8 with the mark that Excel looks for."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from assistant.public import FACT_FIELDS, fact_json
from assistant.records import Fact

MARK = "\ufeff"  # without it Excel reads UTF-8 as Shift_JIS
#: A single signed number, with or without thousands, a fraction or a percent sign: it calculates nothing.
NUMBER = re.compile(r"[+-][0-9][0-9,]*(\.[0-9]+)?%?")


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """The file's bytes; lines end in CR LF (RFC 4180)."""
    text = io.StringIO()
    text.write(MARK)
    writer = csv.DictWriter(text, FACT_FIELDS)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in fact_json(fact).items()} for fact in facts)
    return text.getvalue().encode()


def cell(value: Any) -> Any:
    """A value as it may stand in a spreadsheet's cell.

    A spreadsheet runs a text that begins with a sign or @ as a formula, whoever wrote the document that it comes from.
    Such a text gets an apostrophe before it, which spreadsheets know as "this is text".  Printed amounts stay as they
    are: ▲ starts no formula, and a lone number with its sign, -4.6 or −5,000, is that number and nothing to run.
    """
    if isinstance(value, list):
        value = " ".join(value)
    if not isinstance(value, str):
        return value
    return f"'{value}" if is_formula(value) else value


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text: Japanese ones take full-width signs too, some skip blanks before them."""
    if text[:1] in ("\t", "\r", "\n"):
        return True
    plain = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    return plain[:1] in ("=", "+", "-", "@") and NUMBER.fullmatch(plain) is None
