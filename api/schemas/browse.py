"""What the documents hold, over the wire.

The models describe the replies in OpenAPI.  What is sent is :mod:`assistant.public`'s form, which the tests hold
against them: checking thousands of rows with each request would only cost time.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.records import FactKind

Yen = Annotated[int | None, Field(description="whole yen, after the table's unit is applied")]
First = Annotated[int, Field(ge=1, description="1-based line of the source file", examples=[47])]
Last = Annotated[int, Field(ge=1, description="1-based and inclusive", examples=[49])]
Url = Annotated[str | None, Field(examples=["https://office.example/budget.html"])]


class FactTold(BaseModel):
    """A figure with everything that must travel with it."""

    fact_id: str = Field(examples=["meti-r02:48:4"])
    document: str = Field(examples=["meti-r02"])
    program: str = Field(description="the program's name as printed, or the label of a row that is no program")
    subprogram: str | None = Field(description="a fund or 枠 within the program", examples=["事業承継補助金"])
    kind: FactKind
    item: str | None = Field(description="the row or column that it stands in")
    condition: str | None = Field(description="the case that it holds for", examples=["原則枠"])
    text: str = Field(description="the figure exactly as printed", examples=["1/2"])
    yen: Yen
    yen_min: Yen
    yen_max: Yen
    number: float | None = Field(description="2/3 is 0.6667, 129.9% is 129.9, ▲4.6 is -4.6", examples=[0.5])
    number_min: float | None
    number_max: float | None
    unit: str | None = Field(examples=["%"])
    bound: str | None = Field(description="以内, 以上, 程度, 上限 … as printed")
    per: str | None = Field(description="者 of 3,000万円／者")
    fiscal_year: str = Field(examples=["令和2年度"])
    stage: str = Field(examples=["概算要求"])
    flags: list[str] = Field(description="新規, 拡充, 再掲, total, example, suspect …", examples=[["新規"]])
    line_start: First
    line_end: Last
    quote: str = Field(description="the source's own words, exactly", examples=["原則枠\t1/2"])
    note: str | None = Field(description="why it is suspect, or what it is not")


class FactsTold(BaseModel):
    """Facts, and how many there are in all."""

    facts: list[FactTold]
    total: int = Field(ge=0, description="how many fit the filters, before limit and offset", examples=[929])


class ProgramTold(BaseModel):
    """One support program of one document."""

    document: str = Field(examples=["meti-r02"])
    program: str = Field(examples=["事業承継・世代交代集中支援事業"])
    aliases: list[str]
    subprograms: list[str] = Field(examples=[["事業承継補助金"]])
    section: list[str] = Field(description="the headings that it stands under, outermost first")
    departments: list[str]
    contacts: list[str]
    fiscal_year: str = Field(examples=["令和2年度"])
    stage: str = Field(examples=["概算要求"])
    line_start: First
    line_end: Last
    places: list[tuple[int, int]] = Field(description="every run of lines about it")


class ProgramsTold(BaseModel):
    """Programs, and how many there are in all."""

    programs: list[ProgramTold]
    total: int = Field(ge=0, examples=[120])


class DocumentTold(BaseModel):
    """A source document."""

    id: str = Field(examples=["meti-r02"])
    title: str = Field(examples=["令和2年度経済産業省概算要求PR資料"])
    publisher: str = Field(examples=["経済産業省"])
    region: str = Field(description="a prefecture's full name, or 国", examples=["国"])
    fiscal_year: str = Field(examples=["令和2年度"])
    stage: str = Field(examples=["概算要求"])
    url: Url
    licence: str | None
    line_count: int = Field(ge=0)
    program_count: int = Field(ge=0)
    fact_count: int = Field(ge=0)


class DocumentsTold(BaseModel):
    """Every document, in the corpus' order."""

    documents: list[DocumentTold]


class DocumentLines(DocumentTold):
    """A document with lines of it, as printed; ``lines[0]`` is line ``line_start``."""

    line_start: First
    line_end: int = Field(ge=0, description="1-based and inclusive; below line_start when there is no line")
    lines: list[str]


class NumberedLine(BaseModel):
    """A line as printed, with its number."""

    number: First
    text: str = Field(examples=["原則枠\t1/2"])


class PassageTold(BaseModel):
    """A cited passage with the lines around it; the passage itself is ``line_start`` to ``line_end``."""

    passage_id: str = Field(examples=["1186302840513285712"])
    document: str = Field(examples=["meti-r02"])
    title: str
    publisher: str
    region: str
    fiscal_year: str
    stage: str
    url: Url
    program: str = Field(examples=["事業承継・世代交代集中支援事業"])
    section: list[str]
    line_start: First
    line_end: Last
    lines: list[NumberedLine]


MOST_FACTS = 20  # that a finding names: more are no correction that anybody reads


class FindingTold(BaseModel):
    """A figure of a text that was checked; line is 1-based, start and end are offsets in that line."""

    text: str = Field(examples=["3分の2"])
    kind: str = Field(description="money, rate, percent, count, duration, period or phone", examples=["rate"])
    status: Annotated[str, Field(json_schema_extra={"enum": ["verified", "contradicted", "unsupported"]})]
    line: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    program: str | None = Field(description="whose figure it was held against")
    facts: Annotated[list[FactTold], Field(max_length=MOST_FACTS)] = Field(
        description="what verifies it, or the right figures when it is contradicted"
    )


class FindingsTold(BaseModel):
    """Every figure of the text, in its order."""

    findings: list[FindingTold]
