"""Programs printed as fields below one another, of which the first is the name: 「事 業 名   …」, 「予 算 額   …」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..figures import read_cell
from ..layout import Layout, Line
from ..layout.roles import header_role
from ..layout.spaced_fields import SpacedField, spaced_fields
from .names import clean_name, is_name, split_departments, squeeze, take_flags
from .parts import Part

_RELISTED = re.compile(r"[（(][^（）()]{0,12}再掲[）)]$")  # 「…事業費（１の再掲）」
_FRAME = "┌┐└┘│─━┏┓【】[]〔〕＜＞■●◆ 　"
_NUMBER = re.compile(r"^[0-9０-９]{1,2}[.．]?[\s　]+")
_AMOUNT = re.compile(r"^[\s　]*[(（]?[\s　]*(?P<amount>[0-9０-９][0-9０-９,，]*(?:[百千万億]*円)?)")
_CALLED = re.compile(r"[\s　]*(?:TEL|ＴＥＬ|電話|℡|☎|内線).*$")


def named_pages(layout: Layout) -> list[Part]:
    """The pages in order; each reaches to the next name, or to a heading behind a blank line."""
    lines = layout.lines
    fields = spaced_fields(lines)
    starts = [number for number, field in fields.items() if field.is_name]
    ends = [number - 1 for number in [*starts[1:], len(lines) + 1]]
    pages = (
        _page(layout, fields, start, _end(lines, fields, start, end))
        for start, end in zip(starts, ends[: len(starts)], strict=True)
    )
    return [page for page in pages if page.name]


def with_words(layout: Layout, pages: Iterable[Part]) -> list[Part]:
    """The pages below whose title something is printed: the heading of a chapter of such pages is none."""
    return [page for page in pages if page.form != "page" or page.title_line is None or _says(layout.lines, page)]


def _says(lines: Sequence[Line], page: Part) -> bool:
    first = page.title_line or page.line_start
    alone = page.line_start == first and first > 1 and lines[first - 2].blank and first < len(lines)
    return not (alone and lines[first].blank) or any(not line.blank for line in lines[first : page.line_end])


def _end(lines: Sequence[Line], fields: Mapping[int, SpacedField], start: int, end: int) -> int:
    """Before the next page, or a line no deeper set in than the name that stands behind a blank one and is no field."""
    own = lines[start - 1].indent
    for line in lines[start:end]:
        if line.blank or line.tabular or line.number in fields or not lines[line.number - 2].blank:
            continue
        if line.indent <= own:
            end = line.number - 1
            break
    while end > start and lines[end - 1].blank:
        end -= 1
    return end


def _page(layout: Layout, fields: Mapping[int, SpacedField], start: int, end: int) -> Part:
    lines = layout.lines
    printed = _value(lines, fields, start, end)
    name = clean_name(_RELISTED.sub("", squeeze(printed)))
    own = [number for number in range(start + 1, end + 1) if number in fields]
    roles = {number: header_role(fields[number].label) for number in own}
    money = next((number for number in own if roles[number] == "budget"), None)
    amount = _AMOUNT.match(lines[money - 1].raw[fields[money].start :]) if money else None
    figure = read_cell(amount["amount"], lines[money - 1].unit) if amount and money else None
    offices = [lines[n - 1].raw[fields[n].start :] for n in own if roles[n] == "department"]
    return Part(
        name=name if is_name(name) else "",
        printed=lines[start - 1].raw.strip(),
        form="page",
        line_start=start,
        line_end=end,
        flags=take_flags(printed)[1],
        departments=tuple(dict.fromkeys(one for text in offices for one in split_departments(_CALLED.sub("", text)))),
        section=_section(layout, start, fields),
        amount=figure.yen if figure else None,
        title_line=start,
    )


def _value(lines: Sequence[Line], fields: Mapping[int, SpacedField], start: int, end: int) -> str:
    """The value of a field with the lines that go on with it, until the next field."""
    text = lines[start - 1].raw[fields[start].start :].strip(" 　")
    for line in lines[start:end]:
        if (
            line.blank
            or line.tabular
            or line.number in fields
            or line.markers
            or line.indent < fields[start].start // 2
        ):
            break
        text += squeeze(line.raw)
    return text


def _section(layout: Layout, start: int, fields: Mapping[int, SpacedField]) -> tuple[str, ...]:
    """The last line above that stands alone between blank lines, without its frame."""
    lines = layout.lines
    for line in reversed(lines[1 : start - 1]):
        alone = not line.blank and not line.tabular and lines[line.number - 2].blank and lines[line.number].blank
        if alone and line.number not in fields and (title := _NUMBER.sub("", line.raw.strip(_FRAME))):
            return (clean_name(title),) if is_name(clean_name(title)) else (layout.document.title,)
    return (layout.document.title,)
