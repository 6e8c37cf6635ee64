"""Answers for a person's eyes."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ..records import Answer, Citation


def print_answer(answer: Answer, console: Console) -> None:
    """The text, its sources with their lines, what to keep in mind and what to ask next."""
    style = {"answered": "bold", "clarify": "cyan"}.get(answer.status, "yellow")
    console.print(Text(answer.text, style=style))
    if answer.citations:
        console.print()
    for citation in answer.citations:
        console.print(Text(f"[{citation.marker}] {citation.title}　{_lines(citation)}", style="dim"))
        console.print(Text("    " + " ｜ ".join(part for part in citation.quote.split("\t") if part)))
    for notice in answer.notices:
        console.print(Text(f"※ {notice}", style="magenta"))
    if answer.suggestions:
        console.print(Text("次の質問の例: " + "　".join(answer.suggestions), style="dim"))


def _lines(citation: Citation) -> str:
    if citation.line_start == citation.line_end:
        return f"{citation.line_start}行"
    return f"{citation.line_start}～{citation.line_end}行"
