"""The figures of somebody's text, each marked: as the documents say it, otherwise than they say it, or unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.check import Finding
from assistant.compose.labels import fact_label
from assistant.records import Fact

from ..links import Links
from . import limits
from .cutting import within
from .escaping import PART_OF_FIGURE, literal, sendable
from .message import Message
from .packing import Line, Piece, packed
from .rich import Element, figure, link, words
from .sources import VIEWER, document, name, program

MARKS = {"verified": "✅", "contradicted": "❌", "unsupported": "⚠️"}
STATES = {"verified": "確認済み", "contradicted": "要修正", "unsupported": "確認できず"}
SHOWN = 100  # figures; those to be corrected come before the others
RIGHT = 4  # right figures that are told of one
AROUND = 30  # characters before and after a figure
#: Where figures can be seen that a private reply has no room for.
ELSEWHERE = (
    "ダイレクトメッセージかチャンネルのスレッドで「次の文を確認してください」の下に文章を貼ると、"
    f"{SHOWN}件まで表示します。"
)
NONE = "金額や率などの数字が見つかりませんでした。確かめたい数字のある文を送ってください。"


def check_messages(
    text: str,
    findings: Sequence[Finding],
    links: Links,
    titles: Mapping[str, str] | None = None,
    *,
    private: bool = False,
) -> list[Message]:
    """How many figures are right, then each within its words, with what the documents say.

    ``text`` is what was checked: the findings' places are in it.  ``titles``: a document's id → its title.
    ``private``: only the asker sees it, in as few messages as Slack takes for that.
    """
    if not findings:
        return packed([Line(words(NONE), opens=True)])
    lines = text.split("\n")

    def made(most: int) -> list[Message]:
        shown = _shown(findings, most)
        pieces = [piece for one in shown for piece in _finding(one, lines, links, titles or {})]
        return packed([_counted(findings), *pieces, *_left_out(len(findings) - len(shown), private)])

    most = min(len(findings), SHOWN)
    return within(limits.PRIVATE, most, made) if private else made(most)


def _counted(findings: Sequence[Finding]) -> Line:
    counts = [f"{told} {sum(one.status == status for one in findings)}" for status, told in STATES.items()]
    return Line(words("・".join(counts), bold=True), opens=True)


def _left_out(rest: int, private: bool) -> list[Piece]:
    """How many figures are not shown, and how to see them."""
    if not rest:
        return []
    told = f"数字が多いため、ほかの{rest}件は表示していません。"
    return [Line(words(told + (ELSEWHERE if private else "分けて確認してください。")), opens=True)]


def _shown(findings: Sequence[Finding], most: int) -> list[Finding]:
    """So many findings, in their order; those to be corrected are chosen before the others."""
    urgent = sorted(range(len(findings)), key=lambda at: (findings[at].status != "contradicted", at))
    return [findings[at] for at in sorted(urgent[:most])]


def _finding(one: Finding, lines: Sequence[str], links: Links, titles: Mapping[str, str]) -> list[Piece]:
    mark, told = MARKS.get(one.status, MARKS["unsupported"]), STATES.get(one.status, STATES["unsupported"])
    found: list[Piece] = [Line([*words(f"{mark} "), *_around(one, lines), *words(f" {told}")], opens=True)]
    if not one.facts or one.status not in ("verified", "contradicted"):
        return [*found, Line(words("この数字を確かめられる記載が、収録した資料にありません。"))]
    different = {(_printed(fact), fact_label(fact), fact.condition, fact.subprogram): fact for fact in one.facts}
    facts = list(different.values())
    if one.status == "verified":
        return [*found, Line(_fact("資料の記載: ", facts[0], links, titles))]
    found += [
        Line(_fact("正しくは " if at == 0 else "または ", fact, links, titles)) for at, fact in enumerate(facts[:RIGHT])
    ]
    rest = len(facts) - RIGHT
    return [*found, Line(words(f"ほかに{rest}件の記載があります。"))] if rest > 0 else found


def _fact(lead: str, fact: Fact, links: Links, titles: Mapping[str, str]) -> list[Element]:
    case = f"、{name(fact.condition)}" if fact.condition else ""
    title = titles.get(fact.document) or fact.document
    where = document(title, fact.fiscal_year, fact.stage, fact.line_start, fact.line_end)
    return [
        *words(lead),
        *figure(_printed(fact)),
        *words(f"（{program(fact.program, fact.subprogram)}の{fact_label(fact)}{case}） {where} "),
        *link(links.source(sendable(fact.document), fact.line_start, fact.line_end), VIEWER),
    ]


def _printed(fact: Fact) -> str:
    """A figure as it is printed, with the unit that its table prints elsewhere."""
    unit = fact.unit or ""
    return fact.text if not unit or fact.text.rstrip().endswith(unit) else f"{fact.text.rstrip()}{unit}"


def _around(one: Finding, lines: Sequence[str]) -> list[Element]:
    """A figure in bold within the words around it."""
    line = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
    if line[one.start : one.end] != one.text:  # not the text that was checked
        return figure(one.text)
    before, after = literal(line[: one.start]).lstrip(), literal(line[one.end :]).rstrip()
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].lstrip(PART_OF_FIGURE)
    if len(after) > AROUND:
        after = after[:AROUND].rstrip(PART_OF_FIGURE) + "…"
    return [*words(before), *figure(one.text), *words(after)]
