"""Answers of every shape, made from the facts of an index, so that their passages can be opened."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.index import Index
from assistant.records import Answer, AnswerFigure, Citation, Fact

NOTICE = "資料が作られた時点の内容です。現在の制度は窓口で確認してください。"
SHAPES = ("table", "list", "many", "few", "clarify", "not_in_corpus", "not_stated", "out_of_scope", "unverified")


def one_of_each_kind(index: Index) -> list[Fact]:
    """The first fact of every kind that has a quote of its own program."""
    firsts: dict[str, Fact] = {}
    for fact in index.facts():
        if holder(index, fact) is not None and fact.text in fact.quote:
            firsts.setdefault(str(fact.kind), fact)
    return list(firsts.values())


def holder(index: Index, fact: Fact) -> str | None:
    """The passage that holds a fact's quote."""
    for passage in index.passages_of(fact.program_id):
        if passage.line_start <= fact.line_start and fact.line_end <= passage.line_end and fact.quote in passage.text:
            return str(passage.id)
    return None


def citation(index: Index, fact: Fact, marker: int) -> Citation:
    """The source of a fact."""
    document = index.documents[fact.document]
    return Citation(
        marker=marker,
        passage_id=holder(index, fact) or "0",
        document=document.id,
        title=document.title,
        program=fact.program,
        subprogram=fact.subprogram,
        quote=fact.quote,
        line_start=fact.line_start,
        line_end=fact.line_end,
        publisher=document.publisher,
        region=document.region,
        fiscal_year=document.fiscal_year,
        stage=document.stage,
        url=document.url,
    )


def figure(fact: Fact, marker: int, formula: str | None = None) -> AnswerFigure:
    """A fact as a figure of an answer."""
    return AnswerFigure(
        text=fact.text,
        kind=str(fact.kind),
        yen=fact.yen,
        number=fact.number,
        unit=fact.unit,
        program=fact.program,
        subprogram=fact.subprogram,
        condition=fact.condition,
        fact_id=fact.fact_id,
        marker=marker,
        yen_min=fact.yen_min,
        yen_max=fact.yen_max,
        formula=formula,
    )


def answered(index: Index, question: str, facts: Iterable[Fact], text: str, **more: tuple[str, ...]) -> Answer:
    """An answer that cites ``facts`` in their order."""
    held = list(facts)
    return Answer(
        question,
        "answered",
        None,
        text,
        citations=tuple(citation(index, fact, marker) for marker, fact in enumerate(held, 1)),
        figures=tuple(figure(fact, marker) for marker, fact in enumerate(held, 1)),
        **{"notices": (NOTICE,), "suggestions": ("窓口はどこですか？", "ほかの年度は？"), **more},
    )


def shaped(index: Index, shape: str) -> Answer:
    """An answer of one of ``SHAPES``; its question is the shape's name."""
    facts = one_of_each_kind(index)
    if shape == "table":
        rows = [f"| {fact.program} | {fact.kind} | {fact.text}[{n}] |" for n, fact in enumerate(facts, 1)]
        text = "\n".join(
            ["資料にある数値は次のとおりです。", "| 事業 | 種類 | 数値 |", "|---|---|---|", *rows, "以上です。"]
        )
        return answered(index, shape, facts, text)
    if shape == "list":
        lines = [f"・{fact.program}は{fact.text}です[{n}]。" for n, fact in enumerate(facts, 1)]
        return answered(index, shape, facts, "\n".join(["次の制度があります。", *lines]))
    if shape == "many":
        text = "".join(f"{fact.program}は{fact.text}です[{n}]。\n" for n, fact in enumerate(facts * 4, 1))
        return answered(index, shape, facts * 4, text)
    if shape == "few":
        first, second = facts[:2]
        return answered(
            index, shape, (first, second), f"{first.program}は{first.text}です[1]。\n次は{second.text}です[2]。"
        )
    if shape == "clarify":
        return Answer(
            shape, "clarify", None, "どのようなことに使いますか。", suggestions=("設備を買い替えたい", "人を雇いたい")
        )
    return Answer(shape, "abstained", shape, "お答えできることが資料にありません。", suggestions=("ほかの制度は？",))
