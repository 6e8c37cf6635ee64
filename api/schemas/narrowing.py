"""What a table of facts or programs is narrowed to, sorted by and printed as: the query of a browsing route."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.records import FactKind

from .text import READABLE, readable

MAX_WORD = 200
MAX_WORDS = 50
MAX_ROWS = 1_000_000


def without_blanks(values: Any) -> Any:
    """A form sends the fields that were left empty; they narrow nothing, but count among those that are read."""
    if not isinstance(values, list):
        return values
    if len(values) > MAX_WORDS:
        raise PydanticCustomError("too_many", "it is given {length} times, {limit} are read", count_of(values))
    return [value for value in values if not (isinstance(value, str) and not value.strip())]


def count_of(values: list[Any]) -> dict[str, Any]:
    """How many values there are, as an error message's fields."""
    return {"length": len(values), "limit": MAX_WORDS}


Word = Annotated[
    str,
    Field(max_length=MAX_WORD),
    AfterValidator(readable),
    WithJsonSchema({"type": "string", "maxLength": MAX_WORD, "pattern": READABLE}),
]
Words = Annotated[list[Word], Field(max_length=MAX_WORDS), BeforeValidator(without_blanks)]
Kinds = Annotated[list[FactKind], Field(max_length=MAX_WORDS)]
Sort = Literal["document", "-document", "yen", "-yen", "program", "-program", "kind", "-kind"]


def narrowing(description: str, *examples: str) -> Any:
    """A filter that may be repeated: any of its values."""
    return Field(default_factory=list, description=f"{description}; repeated: any of them", examples=[list(examples)])


class Narrowing(BaseModel):
    """What documents' programs and facts are narrowed by; filters of different names must all hold."""

    document: Words = narrowing("only this document's id", "meti-r02")
    program: Words = narrowing("only programs whose name or alias holds this text", "事業承継")
    region: Words = narrowing("only documents of this prefecture (its full name), or 国", "国")
    fiscal_year: Words = narrowing("only this fiscal year, as printed", "令和2年度")
    stage: Words = narrowing("only this stage: 当初予算, 概算要求, 施策一覧 …", "概算要求")
    limit: Annotated[int | None, Field(ge=0, le=MAX_ROWS)] = Field(
        None, description="at most so many rows; all when it is left out", examples=[20]
    )
    offset: Annotated[int, Field(ge=0, le=MAX_ROWS)] = Field(
        0, description="rows left out at the beginning", examples=[0]
    )


class FactQuery(Narrowing):
    """Which facts, in which order and form."""

    kind: Kinds = narrowing("only this kind of figure", "subsidy_rate")
    flag: Words = narrowing("only facts with this flag: 新規, 拡充, 再掲, total, example …", "新規")
    sort: Sort = Field(
        "document",
        description="document: as printed; yen: by amount, a range by its upper end, what is no amount last; "
        "with a minus the other way round",
        examples=["-yen"],
    )
    format: Literal["json", "jsonl", "csv"] = Field(
        "json", description="json; jsonl: a fact a line; csv: a file for spreadsheets", examples=["json"]
    )


class ProgramQuery(Narrowing):
    """Which programs, and in which form."""

    format: Literal["json", "jsonl"] = Field("json", description="json; jsonl: a program a line", examples=["json"])


Line = Annotated[int | None, Field(ge=1, le=100_000_000)]


class LineQuery(BaseModel):
    """Which lines of a document, both 1-based and inclusive."""

    line_from: Line = Field(None, alias="from", description="the first line; the document's first", examples=[47])
    line_to: Line = Field(None, alias="to", description="the last line; the document's last", examples=[49])
