"""What the tools give as text that a person or a model reads, beside the structured value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.records import Answer, Fact, stated

from .addresses import passage_uri

SHOWN = {"verified": "一致", "contradicted": "相違", "unsupported": "資料になし"}
MOST_RIGHT = 3  # right figures that a finding is told with


def answer_text(answer: Answer) -> str:
    """The answer, what to know beside it, its sources, and what may be asked next."""
    parts = [answer.text]
    parts += [f"※ {notice}" for notice in answer.notices]
    if answer.citations:
        parts.append("出典:")
    for one in answer.citations:
        lines = span_of(one.line_start, one.line_end)
        when = stated(one.fiscal_year, one.stage)
        parts.append(f"[{one.marker}] {one.title}（{one.publisher}、{when}）{lines} {passage_uri(one.passage_id)}")
        parts += [f"    {line}" for line in one.quote.split("\n")]
    if answer.suggestions:
        parts.append("次の質問: " + "／".join(answer.suggestions))
    return "\n".join(part for part in parts if part)


def programs_text(found: Sequence[dict[str, Any]], total: int, note: str | None) -> str:
    """A line a program, with why and where."""
    parts = [f"{total}件の事業（{len(found)}件を表示）" if total else "該当する事業はありません。", note or ""]
    for number, one in enumerate(found, 1):
        when = stated(one["fiscal_year"], one["stage"])
        why = f"：{one['why']}" if one["why"] else ""
        where = one["where"]
        parts.append(f"{number}. {one['program']}（{where['region']}、{when}）{why} {where['lines']}")
    return "\n".join(part for part in parts if part)


def facts_text(found: Sequence[Fact], total: int, note: str | None) -> str:
    """A line a fact: the program, the kind, the figure as printed, its year and stage, and where it stands."""
    parts = [f"{total}件の数値（{len(found)}件を表示）" if total else "該当する数値はありません。", note or ""]
    parts += [fact_line(fact) for fact in found]
    return "\n".join(part for part in parts if part)


def fact_line(fact: Fact) -> str:
    """A fact in a line."""
    name = " › ".join(part for part in (fact.program, fact.subprogram, fact.condition) if part)
    when = stated(fact.fiscal_year, fact.stage)
    return f"{name} {fact.kind.value}: {figure_of(fact)}（{when}、{fact.document}:{fact.line_start}）"


def figure_of(fact: Fact) -> str:
    """A fact's figure with what qualifies it, as printed."""
    unit = fact.unit if fact.unit and fact.unit[0] not in fact.text else ""
    return " ".join(part for part in (fact.per, f"{fact.text}{unit}", fact.bound) if part)


def findings_text(findings: Sequence[dict[str, Any]], counts: dict[str, int]) -> str:
    """How many figures are which, and a line a figure with the right ones where it is contradicted."""
    if not findings:
        return "この文章に数値は見つかりませんでした。"
    parts = ["、".join(f"{word} {counts[status]}" for status, word in SHOWN.items())]
    for one in findings:
        parts.append(f"{one['line']}行 {one['text']}: {SHOWN[one['status']]}（{one['status']}）")
        word = "資料" if one["status"] == "verified" else "正しくは"
        for fact in one["facts"][:MOST_RIGHT]:
            name = " ".join(part for part in (fact["program"], fact["subprogram"], fact["condition"]) if part)
            unit = fact["unit"] if fact["unit"] and fact["unit"][0] not in fact["text"] else ""
            when = stated(fact["fiscal_year"], fact["stage"])
            figure = f"{fact['text']}{unit}"
            parts.append(f"    {word}: {name} {figure}（{when}、{fact['document']}:{fact['line_start']}）")
    return "\n".join(parts)


def span_of(first: int, last: int) -> str:
    """Lines as people write them: 47行, 47–49行."""
    return f"{first}行" if first == last else f"{first}–{last}行"
