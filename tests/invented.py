"""Documents made up for tests: a record from lines, readings of the invented corpus, and arbitrary pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from assistant.documents import read_corpus
from assistant.ingest import Reading, read_document
from assistant.layout import Layout, layout
from assistant.lexicon import table
from assistant.records import Document, Fact

HERE = Path(__file__).parent
DATA = HERE / "data" / "ingest"


def document(text: str, *, year: str = "令和5年度", stage: str = "当初予算", region: str = "海潮県") -> Document:
    """A document of these lines."""
    return Document(
        id="made-up",
        title="見本の資料",
        publisher=region,
        region=region,
        fiscal_year=year,
        stage=stage,
        sha256="0" * 64,
        lines=tuple(text.split("\n")),
    )


def page(text: str) -> Layout:
    """The layout of these lines."""
    return layout(document(text))


def read(text: str, **about: str) -> Reading:
    """Everything found in these lines."""
    return read_document(document(text, **about))


def cases(name: str) -> list[Any]:
    """One table of cases."""
    return list(json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")))


def invented_readings() -> dict[str, Reading]:
    """The invented documents, read."""
    return {found.id: read_document(found) for found in read_corpus(HERE / "corpus").documents}


def value(fact: Fact) -> int | float | list[float | None] | None:
    """A fact's value as the tables of cases write it: one number, or the ends of a range."""
    if fact.yen is not None:
        return fact.yen
    if fact.yen_min is not None or fact.yen_max is not None:
        return [fact.yen_min, fact.yen_max]
    if fact.number is not None:
        return fact.number
    return [fact.number_min, fact.number_max] if fact.number_min is not None or fact.number_max is not None else None


_PHRASES = tuple(
    """商店街支援事業/空き店舗対策費/観光課/令和5年度/補助率：1／2以内/補助上限額：300万円/12,345千円/1,234/（単位：千円）/事業名/予算額
国庫/その他/一般財源/小計/合計/①/(1) 設備更新枠/・/- /## /※/【対象】/[趣旨]/[事業内容]/[問合せ先]/TEL 099-123-4567
○/▲3.5/再掲/を補助します。/10社程度/""".replace("\n", "/").split("/")
)
_CELLS = (
    "経営安定資金",
    "2,000",
    "2/3以内",
    "年1.2％",
    "－",
    "7年以内（うち据置1年以内）",
    "令和4年度",
    "合計（3事業）",
    "うち新規分",
)
_SEPARATORS = ("", " ", "　", "\t", "\t\t", "|", " | ")


def any_line() -> st.SearchStrategy[str]:
    """A line put together of the phrases of such documents, or any text at all."""
    made = st.lists(st.tuples(st.sampled_from(_PHRASES), st.sampled_from(_SEPARATORS)), max_size=6).map(
        lambda pairs: "".join(phrase + separator for phrase, separator in pairs)
    )
    return made | st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20)


def any_page() -> st.SearchStrategy[str]:
    """Some lines."""
    return st.lists(any_line(), max_size=25).map("\n".join)


def any_table() -> st.SearchStrategy[str]:
    """Rows whose cells are words that head columns, names, amounts and dashes, in any order."""
    roles = table("columns")["role"]
    heads = sorted({word for role in roles for word in (*role.get("words", ()), *role.get("exact", ()))})
    cells = st.sampled_from([*heads, *_PHRASES, *_CELLS, "", ""])
    separators = st.sampled_from(["\t", " | "])
    return st.lists(st.lists(cells, min_size=1, max_size=7), max_size=12).flatmap(
        lambda rows: separators.map(lambda between: "\n".join(between.join(row) for row in rows))
    )
