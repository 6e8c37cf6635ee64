"""What the tools give: structured values in the public contract's form, and the schemas that describe them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from ..schemas.browse import FactTold, FindingTold, ProgramTold

NOTE = "なぜ何もないか。Why nothing was found, and what there is."


class WhereTold(BaseModel):
    """Where a program stands: its document, and resources that show its lines."""

    title: str
    publisher: str
    region: str = Field(description="a prefecture's full name, or 国")
    url: str | None
    lines: str = Field(description="the resource with its lines", examples=["assistant://documents/meti-r02/lines/5-9"])
    passages: list[str] = Field(description="resources of its best passages")


class ProgramFound(ProgramTold):
    """A program, why it was found, and where it stands."""

    why: str | None = Field(description="what speaks for it; null without a query")
    where: WhereTold


class ProgramsFound(BaseModel):
    """Programs, the best first; without a query in the documents' order."""

    programs: list[ProgramFound]
    total: int = Field(ge=0, description="how many were found, before limit")
    note: str | None = Field(description=NOTE)


class FactsFound(BaseModel):
    """Facts in the documents' order."""

    facts: list[FactTold]
    total: int = Field(ge=0, description="how many fit the filters, before limit and offset")
    next_offset: int | None = Field(description="the offset of the next facts; null after the last")
    note: str | None = Field(description=NOTE)


class CountsTold(BaseModel):
    """How many figures of each status a text has."""

    verified: int = Field(ge=0)
    contradicted: int = Field(ge=0)
    unsupported: int = Field(ge=0)


class TextChecked(BaseModel):
    """Every figure of a text, in its order."""

    findings: list[FindingTold]
    counts: CountsTold


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what a tool gives."""
    return model.model_json_schema(mode="serialization")
