"""The tools: what models read about each, what it takes and gives, and what does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from mcp_types import Tool as ToolShown
from mcp_types import ToolAnnotations
from pydantic import BaseModel, ValidationError

from assistant.settings import Settings

from ..drawing import Threads
from ..routes.checking import AT_ONCE, WAITING
from ..schemas.talk import AnswerTold
from ..standing import Standing
from .asking import asked, checked
from .failing import fault_of
from .finding import facts_found, programs_found
from .taking import AskTaken, CheckTaken, FindTaken, LookupTaken, Taken
from .telling import FactsFound, ProgramsFound, TextChecked, schema_of
from .work import Told

LOOKUPS = 4  # tables are read from memory: more at once take no less time


ASK = """\
支援制度（補助金・融資・予算事業）についての日本語の質問に、資料だけから答えます。数値は必ず資料の原文に結び付いています。
Answers a Japanese question about support programs (subsidies, loans, budgets) from the documents alone; every figure
is bound to an exact quote. Use it first for any question. status "answered": tell text, with document, fiscal year
and stage of the citations. "clarify": put text and suggestions to the user. "abstained": the documents do not say; do
not fill the gap yourself."""
FIND = """\
使えそうな支援事業を、内容（query）や地域・資料で探します。よく合う順で、理由と資料の場所が付きます。
Finds support programs by what is needed (query, plain Japanese), by region or by document; best first, each with why
it was found and where it stands. It gives no figures: look those up with lookup_facts, or ask."""
LOOKUP = """\
資料の数値（補助率・上限額・予算額・電話番号など）の一覧を、事業・種類・資料・地域・年度で絞り込みます。
Looks up figures (rates, limits, budgets, telephone numbers …) by program, kind, document, region and fiscal year. Each
has its text as printed, condition, year, stage and the exact quote; quote text, not a number of your own. More than
limit: go on with next_offset."""
CHECK = """\
文章の中の数値を一つずつ資料と照合します（一致・相違・資料になし）。相違には正しい数値が付きます。
Checks every figure of a text against the documents: verified, contradicted (with the right figures) or unsupported.
Use it on any draft that tells figures before it is sent."""


class Refused(Exception):
    """Arguments that the tool does not take; its message is for the client."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, with the threads that do it."""

    name: str
    title: str
    description: str
    takes: type[Taken]
    gives: type[BaseModel]
    do: Callable[[Standing, Any, threading.Event], Iterator[Told]]
    threads: Threads

    @property
    def shown(self) -> ToolShown:
        """As clients see it."""
        return ToolShown(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.takes.schema_shown(),
            output_schema=schema_of(self.gives),
            annotations=ToolAnnotations(
                title=self.title,
                read_only_hint=True,
                destructive_hint=False,
                idempotent_hint=True,
                open_world_hint=False,
            ),
        )

    def bound(self, desk: Standing, arguments: dict[str, Any]) -> Callable[[threading.Event], Iterator[Told]]:
        """What is to be done for these arguments.  Raises Refused."""
        try:
            taken = self.takes.model_validate(arguments)
        except ValidationError as error:
            raise Refused(fault_of(error, self.takes.model_fields)) from None
        return partial(self.do, desk, taken)


def tools_of(settings: Settings) -> dict[str, Tool]:
    """The tools by name, with the bounds of the settings."""
    chats = Threads(settings.chats, settings.waiting)
    lookups = Threads(LOOKUPS, settings.waiting)
    checks = Threads(AT_ONCE, WAITING)
    tools = (
        Tool("ask", "支援制度について聞く / Ask", ASK, AskTaken, AnswerTold, asked, chats),
        Tool(
            "find_programs", "支援事業を探す / Find programs", FIND, FindTaken, ProgramsFound, programs_found, lookups
        ),
        Tool("lookup_facts", "数値を調べる / Look up figures", LOOKUP, LookupTaken, FactsFound, facts_found, lookups),
        Tool("check_text", "数値を確認する / Check a text", CHECK, CheckTaken, TextChecked, checked, checks),
    )
    return {tool.name: tool for tool in tools}
