"""Headings by their form, and the path of headings above a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..figures import find_figures
from ..layout import Line, read_label
from ..layout.definitions import is_defined
from ..records import FigureKind
from .amounts import read_amount_line
from .footnotes import note_mark
from .names import clean_name
from .titles import is_contact, is_generic

_NO_HEADING = re.compile(r"[。．]|[：:＝]|https?:|TEL|(ます|です)$")
_DATED = re.compile(
    r"^(?:[^\s　0-9０-９]*(?:部|局|課|室|省|庁|県|市|町|村)[\s　]*)?(?:令和|平成|20)[\s　]*[0-9０-９元]{1,2}["
    r"\s　]*年[\s　]*"
    r"[0-9０-９]{1,2}[\s　]*月(?:[\s　]*[0-9０-９]{1,2}[\s　]*日)?(?:[\s　]*(?:現在|更新|時点|改定))?"
    r"(?:[\s　]+[^\s　0-9０-９]*(?:部|局|課|室|省|庁|県|市|町|村))*[\s　]*$"
)  # 「商工労働部　令和9年4月」 signs the document
_LIKE_PROSE = re.compile(r"(等|支援)$")  # the end of a heading, and of many a line of prose
_OF_BRACKETS = re.compile(
    r"[（(〔［\[【][\s　]*[)）〕］\]】][\s　]*(?:書き?)?内?[のは]"
)  # 「（　）内は前年度当初予算額」
_IN_BRACKETS = re.compile(r"^[（(][^（）()]*[)）]$")  # 「（令和７年４月１日現在）」
# 「令和8年4月1日現在　産業部金融課」, 「…室　令和8年4月発行」: when a document was printed
_PRINTED = re.compile(
    r"[0-9０-９元][\s　]*年[\s　]*[0-9０-９]{1,2}[\s　]*月[^、。]{0,6}(?:現在|発行|作成|改訂|更新)(?![^\s　]{2"
    r",}の)"
)
_FIELD_ABOVE = re.compile(r"^[^。：:]{2,16}[：:].*[^\s　：:]")
_WITHIN = re.compile(r"^うち(?![わエ])")  # 「うち設備費　30万円」 goes on with the amount above it
_WORD = re.compile(r"\w")
# 「昨年度からの主な変更点」 over a list of them
_TURNS = re.compile(
    r"^[^\s　。、：:]{0,12}?(?:主な)?(?:変更点|改正点|(?:改正|見直し)のポイント|(?:変更|改正|見直し)内容)(?:について)?$"
)
_ROMAN = re.compile(r"[Ⅰ-Ⅻ][\s　.．、]+[^\s　]")  # 「Ⅱ　信用保証料率」
_RULE = re.compile(r"[-－—―─━=＝*＊_＿]{3,}$")
_WHOM = re.compile(r"[、をにが].{0,40}[うくすつぬぶむるた]方$")  # 「設備投資を行う方」 says for whom a program is
_PAGE = re.compile(  # 「… 令和8年版　　2／5ページ」 at the foot of a page
    r"(?:^|[\s　(（])(?:[0-9０-９]{1,3}[\s　]*[／/][\s　]*[0-9０-９]{1,3}[\s　]*(?:ページ|頁)"
    r"|[0-9０-９]{1,3}[\s　]*(?:ページ|頁)"
    r"|(?:[PpＰｐ][.．]?|ページ)[\s　]*[0-9０-９]{1,3}(?:[\s　]*[／/][\s　]*[0-9０-９]{1,3})?)"
    r"[)）]?$"
)
# 「〔新〕新規　〔拡〕拡充　無印は継続」: what the marks of a list stand for
_EXPLAINED = re.compile(
    r"[〔【（(［\[〈＜《][^\s　]{1,4}[〕】）)］\]〉＞》][\s　]*(?:[…‥・.．＝=：:]+|は)?[\s　]*"
    r"(?:一部)?(?:新規|拡充|継続|組替|再掲|廃止)"
)
_IN_UNIT = re.compile(r"[（(〔［\[][\s　]*単[\s　]*位[\s　]*[：:][^（()）]{1,12}[)）〕］\]][\s　]*$")
_LONGEST = 45


def is_heading(lines: tuple[Line, ...], line: Line) -> bool:
    """A markdown or bold line, a marked line set apart, or one or two short plain lines between blanks."""
    if line.marker("#") or (line.bold and not _is_sentence(line.body)):
        return True
    if (
        line.tabular
        or line.marker("-", "・", "※")
        or read_label(line)
        or _DATED.match(line.body)
        or note_mark(line.raw)
        or is_defined(lines, line)
    ):
        return False
    body = _IN_UNIT.sub("", line.body)  # 「３　保証料率（単位：％）」 over its table
    if len(body) > _LONGEST or _NO_HEADING.search(body) or not _is_worded(body) or _PAGE.search(body):
        return False
    if _is_amount(line.body) or _IN_BRACKETS.match(line.body) or _calls(line.body):
        return False
    if len(_EXPLAINED.findall(line.raw)) > 1 or _OF_BRACKETS.match(line.body):
        return False
    if _PRINTED.search(line.body) or _goes_on_with_field(lines, line):
        return False
    if is_contact(line.body) and not is_generic(line.body):
        return False
    if not line.markers and _TURNS.match(body) and line.number > 1 and lines[line.number - 2].blank:
        return True
    if _ROMAN.match(body) and (line.number == 1 or lines[line.number - 2].blank):
        return True
    if line.marker("■", "n", "n.", "(n)"):
        return is_generic(body) or _apart(lines, line, reach=1) or _over_table(lines, line)
    if line.markers or _runs_on(lines, line) or _WHOM.search(line.body):
        return False
    return _apart(lines, line, reach=1 if _LIKE_PROSE.search(line.body) else 2)


def is_rule(line: Line) -> bool:
    """A rule across the page: 「---」, 「＊＊＊」."""
    return not line.tabular and _RULE.match(line.raw.strip()) is not None


def _is_sentence(body: str) -> bool:
    """「**予算の総額は1億円です。**」 is a sentence that stands out, and heads nothing."""
    return body.rstrip(" 　").endswith("。") and any(figure.kind is FigureKind.MONEY for figure in find_figures(body))


def _runs_on(lines: tuple[Line, ...], line: Line) -> bool:
    """A line that the next one ends with a full stop is the beginning of a sentence, not a heading."""
    below = lines[line.number] if line.number < len(lines) else None
    return below is not None and not below.blank and not below.markers and "。" in below.body


def _goes_on_with_field(lines: tuple[Line, ...], line: Line) -> bool:
    """A plain line right below 「補助上限額：100万円」 belongs to that field."""
    above = lines[line.number - 2] if line.number > 1 else None
    if line.markers or above is None or above.blank or above.tabular:
        return False
    return _WITHIN.match(line.body) is not None or (line.indent > above.indent and bool(_FIELD_ABOVE.match(above.body)))


def _is_worded(body: str) -> bool:
    """A date or an amount alone is no heading, nor is a rule across the page."""
    figures = find_figures(body)
    covered = sum(figure.end - figure.start for figure in figures)
    return len(body) - covered >= 3 and _WORD.search(body) is not None


def _calls(body: str) -> bool:
    """A line with a telephone says whom to ask."""
    return any(figure.kind is FigureKind.PHONE for figure in find_figures(body))


def _is_amount(body: str) -> bool:
    """「新規融資枠 250億円」 says something of the heading above it."""
    found = read_amount_line(body)
    return found is not None and found.figure is not None and not found.name


def _over_table(lines: tuple[Line, ...], line: Line) -> bool:
    """A marked line between a blank line and the first row of a table."""
    above = line.number < 2 or lines[line.number - 2].blank
    below = lines[line.number] if line.number < len(lines) else None
    return above and below is not None and below.tabular and not line.marker("(n)")


def _apart(lines: tuple[Line, ...], line: Line, *, reach: int) -> bool:
    """Whether the run of text lines around ``line`` is at most ``reach`` lines long."""
    start = end = line.number
    while start > 1 and not lines[start - 2].blank and line.number - start < reach + 1:
        start -= 1
    while end < len(lines) and not lines[end].blank and end - line.number < reach + 1:
        end += 1
    return end - start + 1 <= reach


@dataclass
class Headings:
    """The headings above the place a reader has come to, outermost first."""

    stack: list[tuple[str, str, int]] = field(default_factory=list)  # class, title, line

    def enter(self, line: Line, title: str = "") -> None:
        """Go under a new heading; one of the same form replaces the last of that form and all below it.

        ``title`` is what it says, where the line says more than that.
        """
        kind = self._kind(line)
        if kind == "plain" and self.stack and self.stack[-1][0] == "plain" and self.stack[-1][2] == line.number - 1:
            form, above, _ = self.stack.pop()
            self.stack.append((form, f"{above} {title or clean_name(line.body)}", line.number))
            return
        forms = [form for form, _, _ in self.stack]
        if kind in forms:
            del self.stack[forms.index(kind) :]
        elif kind.startswith("#"):
            self.stack = [entry for entry in self.stack if entry[0].startswith("#") and len(entry[0]) < len(kind)]
        self.stack.append((kind, title or clean_name(line.body), line.number))

    def path(self) -> tuple[str, ...]:
        """Titles, outermost first."""
        return tuple(title for _, title, _ in self.stack)

    def current(self) -> str:
        """The innermost title, or an empty string."""
        return self.stack[-1][1] if self.stack else ""

    def titled(self) -> str:
        """The # heading above all others, which is the title of what stands below it; else an empty string."""
        return self.stack[0][1] if self.stack and self.stack[0][0] == "#" else ""

    def ends_at(self, number: int) -> bool:
        """Whether line ``number`` is the innermost heading."""
        return bool(self.stack) and self.stack[-1][2] == number

    @staticmethod
    def _kind(line: Line) -> str:
        marker = line.marker("#", "■", "n", "n.", "(n)")
        if marker:
            return marker.text if marker.kind == "#" else marker.kind
        return "bold" if line.bold else "plain"
