"""Records in the public contract's form: what the command line prints and what the API sends are the same.

Keys come in the contract's order; ids that only hold rooms together are left out.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .check import Finding
from .records import Fact, Program, to_json

#: The columns of the fact table.
FACT_FIELDS = tuple(field.name for field in fields(Fact) if field.name != "program_id")


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON types.  Written out, not by ``to_json``: tables of thousands are made of it."""
    plain = {name: getattr(fact, name) for name in FACT_FIELDS}
    return {**plain, "kind": fact.kind.value, "flags": list(fact.flags)}


def program_json(program: Program) -> dict[str, Any]:
    """A program as plain JSON types."""
    return {name: value for name, value in to_json(program).items() if name not in ("id", "role")}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON types: its place, its status, and the facts that verify or correct it."""
    return {**to_json(finding), "facts": [fact_json(fact) for fact in finding.facts]}
