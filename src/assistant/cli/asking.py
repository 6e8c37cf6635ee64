"""``assistant ask``, ``chat`` and ``batch``: questions and their answers."""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ..chain import Assistant
from ..errors import AssistantError, QuestionError
from ..generate import make_leash
from ..records import Answer, Turn, to_json
from ..understand import LONGEST
from .explaining import print_explained
from .options import CorpusOption, IndexOption, JsonOption, read_text, settings_for
from .printing import print_answer

_out = Console(highlight=False, soft_wrap=True)
UNREADABLE = f"質問を読み取れませんでした。1～{LONGEST:,}字の文章でお尋ねください。"


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("ask")(ask)
    app.command("chat")(chat)
    app.command("batch")(batch)


def open_assistant(corpus: Path | None, index: Path | None, *, with_model: bool = True) -> Assistant:
    """The assistant on the index that the options and the environment name, with the language model that it names."""
    settings = settings_for(corpus, index)
    leash = make_leash(settings) if with_model else None
    assistant = Assistant.open(settings.index, today=settings.date, reranker=settings.reranker, leash=leash)
    if assistant.index.warning:
        typer.echo(f"assistant: {assistant.index.warning}", err=True)
    return assistant


def ask(
    question: Annotated[str, typer.Argument(help="The question, in Japanese.")],
    as_json: JsonOption = False,
    history: Annotated[Path | None, typer.Option("--history", help="JSON list of earlier turns.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell how the question was read and which programs were found, and why.")
    ] = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer one question."""
    turns = read_history(_parse(read_text(str(history)), str(history))) if history else ()
    if explain:
        explained = open_assistant(corpus, index).explain(question, history=turns)
        print_explained(explained, Console(stderr=True, highlight=False, soft_wrap=True) if as_json else _out)
        answer = explained.answer
        if as_json:
            typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
        else:
            print_answer(answer, _out)
        return
    answer = open_assistant(corpus, index).ask(question, history=turns)
    if as_json:
        typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        print_answer(answer, _out)


def chat(corpus: CorpusOption = None, index: IndexOption = None) -> None:
    """A conversation in the terminal; an empty line or end of input ends it."""
    assistant = open_assistant(corpus, index)
    _out.print("支援制度についてお尋ねください（空行で終わります）。")
    turns: list[Turn] = []
    conversation = uuid.uuid4().hex  # a language model's budget is one for the whole run
    while True:
        try:
            question = _out.input("\n> ").strip()
        except EOFError:
            return
        if not question:
            return
        try:
            answer = assistant.ask(question, history=turns, conversation=conversation)
        except QuestionError:
            _out.print(UNREADABLE)
            continue
        print_answer(answer, _out)
        turns += [Turn("user", question), Turn("assistant", answer.text)]


def batch(
    questions: Annotated[str, typer.Argument(help="JSON lines with id, question and history; - for stdin.")],
    out: Annotated[Path | None, typer.Option("--out", help="File for the answers; standard output without it.")] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a file of questions, a line each, in order."""
    # only \n ends a line: JSON may hold U+2028 and the like as they are
    items = [_item(number, line) for number, line in enumerate(read_text(questions).split("\n"), 1) if line.strip()]
    assistant = open_assistant(corpus, index)
    lines = (json.dumps({"id": item["id"], **_answer(assistant, item)}, ensure_ascii=False) for item in items)
    if out is None:
        for line in lines:
            typer.echo(line)
    else:
        _write_whole(out, "".join(f"{line}\n" for line in lines))


def _item(number: int, line: str) -> dict[str, Any]:
    hint = 'Write {"id": …, "question": "…", "history": […]} a line.'
    item = _parse(line, f"line {number}", hint)
    if not isinstance(item, dict) or not isinstance(item.get("question"), str) or "id" not in item:
        raise QuestionError(f"line {number} lacks an id or a question.", hint=hint)
    return {**item, "history": read_history(item.get("history") or [])}


def _parse(text: str, name: str, hint: str = "Give a JSON list of strings or of {role, content}.") -> Any:
    """JSON of any shape; what cannot be read (too deep, a number of thousands of digits, NaN) is one line."""

    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is no JSON number")

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error).split(";")[0]
        raise QuestionError(f"{name} is not JSON: {reason}.", hint=hint) from None


def _answer(assistant: Assistant, item: dict[str, Any]) -> dict[str, Any]:
    """One answer; a question that cannot be read is an abstention, so that the others are still answered."""
    try:
        return to_json(assistant.ask(item["question"], history=item["history"]))
    except QuestionError:
        return to_json(Answer(item["question"], "abstained", "out_of_scope", UNREADABLE))


def read_history(turns: Any) -> tuple[Turn, ...]:
    """Earlier turns from JSON: strings of the user, or objects with role and content."""
    if not isinstance(turns, list):
        raise QuestionError("history is not a list.", hint="Give a list of strings or of {role, content}.")
    found = []
    for turn in turns:
        if isinstance(turn, str):
            found.append(Turn("user", turn))
        elif isinstance(turn, dict) and isinstance(turn.get("content"), str):
            found.append(Turn(str(turn.get("role", "user")), turn["content"]))
        else:
            raise QuestionError("a turn of history is no text.", hint="Give strings or {role, content}.")
    return tuple(found)


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing: a file beside the target takes its place when it is complete."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError as error:
        raise AssistantError(f"{path} cannot be written: {error.strerror}.", hint="Name another file.") from None
