"""What a note, a mark or an abbreviation of a document stands for: 「※1は何?」, 「〔一新〕って?」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ..figures import find_figures, same_value
from ..index import Index
from ..lexicon import table
from ..records import Document, Draft, DraftSentence, FigureKind, Passage, Query, stated
from ..retrieve import Retrieval
from ..values import as_figure
from .offices import quoted
from .units import shown

Line = tuple[int, str]  # the number of a line and the exact piece of it and of those it goes on in
_OPEN, _CLOSE = "〔【〈《[(「『［（", "〕】〉》])」』］）"
_MARKER = r"[（(\[［]?(?:※|＊|\*|注)[\s　]*"
_BEGINS = re.compile(rf"^[\s　\-・]*(?:{_MARKER}|[{re.escape(_OPEN)}■●○①-⑳])|^\s*$")
_FAR = 2  # lines that a note goes on over
_LONGEST = 200
_MOST = 2  # notes told


def told_legend(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """The line of a document that explains the mark, note or abbreviation asked about; None when none does."""
    plain = unicodedata.normalize("NFKC", query.question)
    marks = (_note(plain), _sign(plain))
    words = () if query.kinds or query.open_amount else (_tag(plain), _term(plain, query, index))
    patterns = [pattern for pattern in (*marks, *words) if pattern]
    if not patterns:
        return None
    home = _documents(query, retrieval, index)
    found = [(document, line) for document, start in home for line in _lines(document, start, patterns[0], index)]
    found = [one for one in found if not any(one[1][1] != other[1][1] and one[1][1] in other[1][1] for other in found)]
    found = list({line[1]: (document, line) for document, line in reversed(found)}.values())[::-1]
    if not found and not query.kinds and (number := _asked("note").search(plain)) and number["number"]:
        return Draft(
            "abstained", "not_stated", (DraftSentence("お尋ねの注は、お答えできる形では資料に見当たりません。"),)
        )
    if not found or len(found) > _MOST:
        return None
    told = [one for document, line in found[:_MOST] if (one := _sentence(document, line, index))]
    return Draft("answered", None, tuple(told)) if told else None


def _sentence(document: Document, line: Line, index: Index) -> DraftSentence | None:
    passage = _passage(document, line[0], index)
    if passage is None:
        return None
    year = f"・{document.fiscal_year}" if stated(document.fiscal_year) else ""
    where = f"{stated(document.region) or document.title}{year}の資料では、"
    return DraftSentence(
        f"{where}次のように記載されています。「{quoted(shown(line[1]))}」", quotes=((passage.id, line[1]),)
    )


def _passage(document: Document, number: int, index: Index) -> Passage | None:
    own = [one for one in index.passages.values() if one.document == document.id]
    inside = next((one for one in own if one.line_start <= number <= one.line_end), None)
    return inside or min(own, key=lambda one: abs(one.line_start - number), default=None)


def _documents(query: Query, retrieval: Retrieval, index: Index) -> list[tuple[Document, int]]:
    """The documents asked about, each with the line from which on a note is looked for."""
    named = [index.programs[one] for one in query.named if one in index.programs]
    if not named and not query.regions and retrieval.hits:
        named = [retrieval.hits[0].program]
    if named:
        return [(index.documents[one.document], one.line_start) for one in named[:1]]
    return [(one, 1) for one in index.documents.values() if one.region in query.regions]


def _lines(document: Document, start: int, pattern: re.Pattern[str], index: Index) -> Iterator[Line]:
    """The lines that a pattern begins in, whole; of those below a program the first alone."""
    for number in range(start, len(document.lines) + 1):
        match = pattern.search(document.lines[number - 1])
        if match is None:
            continue
        piece = _whole(document, number, match)
        if len(piece) <= _LONGEST and _is_known(document, number, piece, index):
            yield number, piece
            if start > 1:
                return


def _whole(document: Document, number: int, match: re.Match[str]) -> str:
    """What a pattern found, with the lines that it goes on in where it goes to the end of its line."""
    piece, line = match["told"], document.lines[number - 1]
    if match.end("told") < len(line.rstrip()):
        return piece.strip()
    for below in document.lines[number : number + _FAR]:
        if piece.rstrip().endswith(("。", "）", ")")) or "\t" in piece or "\t" in below or _BEGINS.match(below):
            break
        piece = f"{piece}\n{below}"
    return piece.strip()


def _is_known(document: Document, number: int, piece: str, index: Index) -> bool:
    """Whether every figure of a piece is a fact of its lines: no other may be told."""
    figures = [one for one in find_figures(piece) if one.kind is not FigureKind.YEAR]
    last = number + piece.count("\n")
    facts = [fact for fact in index.facts(document=document.id) if number <= fact.line_start <= last] if figures else []
    return all(any(same_value(as_figure(fact), one) for fact in facts) for one in figures)


# ---- what is asked about


def _note(plain: str) -> re.Pattern[str] | None:
    match = _asked("note").search(plain)
    if match is None:
        return None
    number = match["number"] or ""
    digits = "".join(f"[{one}{chr(ord(one) + 0xFEE0)}]" for one in number)
    if not number:
        return re.compile(r"(?P<told>[^\s　]*※(?:印)?(?:は|…|：|:|＝)[^\n]{2,80})")
    return re.compile(rf"^[\s　\-・]*(?P<told>{_MARKER}{digits}(?![0-9０-９])[)）\]］]?[^\n]+)")


def _sign(plain: str) -> re.Pattern[str] | None:
    match = _asked("sign").search(plain)
    if match is None:
        return None
    words = table("telling")["legend"]["called"]
    sign = match["sign"] or next((one for name, one in words.items() if name in match[0]), "")
    behind = r"[」』]?(?:印)?(?:[…‥・.．]+|[＝=：:]|は)[\s　]*[^、。)）\s　]{2,30}"
    return re.compile(rf"(?P<told>[{sign}]{behind})") if len(sign) < 3 else re.compile(rf"(?P<told>{sign}{behind})")


def _tag(plain: str) -> re.Pattern[str] | None:
    match = _asked("tag").search(plain)
    if match is None:
        return None
    tag = rf"[{re.escape(_OPEN)}]{re.escape(match['tag'])}[{re.escape(_CLOSE)}]"
    means = r"(?:[…‥・.．]+|[＝=：:]|は、?|とは)[\s　]*"
    legend = rf"{tag}[\s　]*{means}[^\t\n]{{2,60}}"
    row = rf"^(?=[^\t]*{tag})(?:[\s　]*[〔【〈][^〕】〉]{{1,4}}[〕】〉][^\t0-9０-９]{{1,8}}){{2,}}.*"
    words = rf"[(（〔【]?{re.escape(match['tag'])}[)）〕】]?…[^\t、,　 ]{{2,40}}"
    return re.compile(rf"(?P<told>{legend}|{row}|{words})")


def _term(plain: str, query: Query, index: Index) -> re.Pattern[str] | None:
    match = _asked("term").search(plain)
    if match is None or any(match["term"] in index.programs[one].program for one in query.named):
        return None
    term = re.escape(match["term"])
    return re.compile(
        rf"(?P<told>(?:{_MARKER}[0-9０-９]?[)）]?[\s　]*)?[「『]?{term}[」』]?(?:とは|[：:＝])[^\n\t]{{4,}})"
    )


@cache
def _asked(name: str) -> re.Pattern[str]:
    rules = table("telling")["legend"]
    return re.compile(rules[name].replace("<means>", f"(?:{rules['means']})"))
