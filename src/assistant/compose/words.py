"""Answers in the document's own words: what a program is, whom it is for, where to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..index import Index
from ..programs.names import clean_name, match_form
from ..records import DraftSentence, Fact, FactKind, Hit, Passage, Program
from .labels import called, fact_label, where_from

LONGEST = 260
_FURNITURE = re.compile(r"^[\s\-*+・○●■◆#>①-⑳✓❑]+|^[(（]?[0-9]{1,2}[)）.]?\s+|\*\*")
_TARGET = re.compile(r"(対\s*象\s*者|補助対象者|対象となる方|補助対象|対\s*象)[\s　]*[：:]\s*(?P<who>[^\t\n]+)")
_CONTACT = re.compile(r"(課|室|局|部|班|係|庁|センター|協会|会議所|商工会|機関)")


def describe(hit: Hit, index: Index) -> list[DraftSentence]:
    """What the program is: the most telling sentence or two of its passages, quoted."""
    quotes = _telling(hit)[:2]
    if not quotes:
        return _named_only(hit, index)
    region = index.documents[hit.program.document].region
    told = "".join(f"「{_inner(quote)}」" for _, quote in quotes)
    text = f"{where_from(hit.program, region)}の資料では、{called(hit.program)}は次のように説明されています。{told}"
    return [DraftSentence(text, quotes=tuple((passage.id, quote) for passage, quote in quotes))]


def describe_target(hit: Hit, index: Index) -> list[DraftSentence]:
    """Whom the program is for, where the document says so; else what it is."""
    for passage in hit.passages:
        match = _TARGET.search(passage.text)
        if match:
            quote = match["who"].strip()
            text = f"{_source(hit, index)}{called(hit.program)}の対象は「{_inner(quote)}」です。"
            return [DraftSentence(text, quotes=((passage.id, quote),))]
    return describe(hit, index)


def describe_where(hit: Hit, index: Index) -> list[DraftSentence]:
    """Offices and telephones; where none is printed, the office that runs the program."""
    phones = [fact for fact in index.facts_of(hit.program.id) if fact.kind is FactKind.PHONE]
    if phones:
        return [_phones(hit, phones, index)]
    for department in hit.program.departments:
        for passage in hit.passages:
            if department in passage.text:
                text = f"{_source(hit, index)}{called(hit.program)}の担当は「{department}」です。"
                return [DraftSentence(text, quotes=((passage.id, department),))]
    return []


def _source(hit: Hit, index: Index) -> str:
    return f"{where_from(hit.program, index.documents[hit.program.document].region)}の資料では、"


def _phones(hit: Hit, phones: list[Fact], index: Index) -> DraftSentence:
    pieces = [f"{fact.item or '窓口'}（電話 {{{place}}}）" for place, fact in enumerate(phones)]
    return DraftSentence(
        f"{_source(hit, index)}{called(hit.program)}の問い合わせ先は、{'、'.join(pieces)}です。", tuple(phones)
    )


def _telling(hit: Hit) -> list[tuple[Passage, str]]:
    """Texts worth quoting: whole sentences first, and those of the program's main place before a list's."""
    main = hit.program
    here = sorted(
        hit.passages,
        key=lambda passage: (not main.line_start <= passage.line_start <= main.line_end, passage.line_start),
    )
    texts = list(_texts(here, main))
    return [one for one in texts if "。" in one[1]] or texts


def _texts(passages: list[Passage], program: Program) -> Iterator[tuple[Passage, str]]:
    names = {match_form(name) for name in (program.program, *program.aliases, *program.section)}
    for passage in passages:
        for line in passage.text.split("\n"):
            for cell in line.split("\t"):
                text = _FURNITURE.sub("", cell).strip()
                if len(text) >= 24 and not _CONTACT.search(text[:12]) and text in cell and not _is_title(text, names):
                    yield passage, _shortened(text)


def _is_title(text: str, names: set[str]) -> bool:
    """A line that only prints the program's name, its heading or its amount explains nothing."""
    plain = match_form(clean_name(text))
    return "。" not in text and any(plain in name or plain.startswith(name) for name in names)


def _shortened(text: str) -> str:
    """The first sentences of a text, an exact piece of it."""
    if len(text) <= LONGEST:
        return text
    cut = text.rfind("。", 0, LONGEST)
    return text[: cut + 1] if cut > 40 else text[:LONGEST]


def _named_only(hit: Hit, index: Index) -> list[DraftSentence]:
    """A row that only names a program: what it states beside the name, its amount and its office."""
    region = index.documents[hit.program.document].region
    budget = next((fact for fact in index.facts_of(hit.program.id) if fact.kind is FactKind.BUDGET), None)
    head = f"{where_from(hit.program, region)}の資料に「{_name(hit)}」の説明文はありません。"
    told = [DraftSentence(f"{head}記載があるのは{fact_label(budget)}{{0}}です。", (budget,))] if budget else []
    return told + describe_where(hit, index)


def _name(hit: Hit) -> str:
    return called(hit.program)[1:-1]


def _inner(quote: str) -> str:
    return quote.replace("\t", " ").replace("「", "『").replace("」", "』").strip()
