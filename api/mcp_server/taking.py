"""What the tools take: typed, bounded, and nothing beside it.

Descriptions are in Japanese and English: models read them, in the language that they are asked in.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.records import FactKind, Turn

from ..schemas.checking import MAX_TEXT
from ..schemas.narrowing import MAX_ROWS, MAX_WORD
from ..schemas.talk import MAX_HISTORY
from ..schemas.text import MAX_FILTER, MAX_QUESTION, asked, blank_is_none, readable

MOST_PROGRAMS = 50
MOST_FACTS = 200


def text_schema(most: int, least: int = 0) -> WithJsonSchema:
    """A text of so many characters.  The rule on control characters is left out: not every model's maker takes it."""
    bounds = {"minLength": least} if least else {}
    return WithJsonSchema({"type": "string", **bounds, "maxLength": most})


def visible(text: str) -> str:
    """A text to be checked: something must stand in it."""
    if not readable(text).strip():
        raise PydanticCustomError("text_empty", "it is empty")
    return text


def whole(value: Any) -> Any:
    """5.0 is 5, as JSON Schema has it; anything else as it comes."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(whole)]
Question = Annotated[str, AfterValidator(asked), text_schema(MAX_QUESTION, 1)]
Query = Annotated[str, Field(max_length=MAX_QUESTION), AfterValidator(blank_is_none), text_schema(MAX_QUESTION)]
Filter = Annotated[str, Field(max_length=MAX_FILTER), AfterValidator(blank_is_none), text_schema(MAX_FILTER)]
Word = Annotated[str, Field(max_length=MAX_WORD), AfterValidator(blank_is_none), text_schema(MAX_WORD)]
Said = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(readable), text_schema(MAX_TEXT)]
Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(visible), text_schema(MAX_TEXT, 1)]

REGION = "都道府県の正式名（秋田県）または国。A prefecture's full name, or 国."
YEAR = "年度（令和4年度）。A fiscal year, such as 令和4年度."
DOCUMENT = (
    "この資料だけ（id は assistant://documents に一覧）。Only this document's id; assistant://documents lists them."
)
PROGRAM = "事業名（一部でよい）。Only programs whose name or alias holds this text."


class Taken(BaseModel):
    """The arguments of a tool; a field that nobody knows is an error, for it would be missed in silence."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def schema_shown(cls) -> dict[str, Any]:
        """The JSON Schema as models read it: without names and notes that are meant for this program's readers."""
        schema = cls.model_json_schema()
        for one in (schema, *schema.get("$defs", {}).values()):
            one.pop("title", None)
            one.pop("description", None)
            for field in one.get("properties", {}).values():
                field.pop("title", None)
        return schema


class TurnTaken(Taken):
    """An earlier turn."""

    role: Literal["user", "assistant"]
    content: Said


class AskTaken(Taken):
    """Of ``ask``."""

    question: Question = Field(
        description="質問（日本語、そのままの言葉で）。The question in Japanese, in the asker's own words.",
        examples=["事業承継補助金の補助率は?"],
    )
    region: Filter | None = Field(None, description=f"質問に地域がないときの地域: {REGION} Used where it names none.")
    fiscal_year: Filter | None = Field(
        None, description=f"質問に年度がないときの年度: {YEAR} Used where it names none."
    )
    history: Annotated[list[TurnTaken | Said], Field(max_length=MAX_HISTORY)] | None = Field(
        None,
        description="これまでの会話、古い順。文字列だけなら利用者の発言。Earlier turns, oldest first, so that a "
        "follow-up (「上限は？」) is understood; a plain string is a user's turn.",
    )

    def turns(self) -> tuple[Turn, ...]:
        """The history as turns."""
        return tuple(
            Turn("user", turn) if isinstance(turn, str) else Turn(turn.role, turn.content)
            for turn in self.history or ()
        )


class FindTaken(Taken):
    """Of ``find_programs``."""

    query: Query | None = Field(
        None,
        description="探したい支援の内容。ないときは条件に合う全事業。What support is looked for, in plain Japanese; "
        "without it all programs within the filters are listed.",
        examples=["店を改装したい"],
    )
    region: Filter | None = Field(None, description=f"この地域だけ: {REGION}")
    document: Word | None = Field(None, description=DOCUMENT)
    limit: Whole = Field(20, strict=True, ge=1, le=MOST_PROGRAMS, description="最大件数。At most so many programs.")


class LookupTaken(Taken):
    """Of ``lookup_facts``."""

    program: Word | None = Field(None, description=PROGRAM, examples=["事業承継"])
    kind: FactKind | None = Field(
        None,
        description="数値の種類。The kind of figure: subsidy_rate 補助率, subsidy_limit 補助上限, loan_limit "
        "融資限度額, loan_rate 利率, budget 予算額, budget_previous 前年度予算額, phone 電話番号 …",
    )
    document: Word | None = Field(None, description=DOCUMENT)
    region: Filter | None = Field(None, description=f"この地域だけ: {REGION}")
    fiscal_year: Filter | None = Field(None, description=f"この年度だけ: {YEAR}")
    limit: Whole = Field(50, strict=True, ge=1, le=MOST_FACTS, description="最大件数。At most so many facts.")
    offset: Whole = Field(
        0, strict=True, ge=0, le=MAX_ROWS, description="先頭から飛ばす件数。Facts left out at the beginning."
    )


class CheckTaken(Taken):
    """Of ``check_text``."""

    text: Text = Field(
        description="数値を確認する文章。A text whose figures are to be checked.",
        examples=["事業承継補助金の補助率は、原則枠が2/3です。"],
    )
    program: Word | None = Field(
        None,
        description="文章が事業名を書いていないときの事業名。"
        "The name of the one program that it is about, when it does not say so itself.",
    )
