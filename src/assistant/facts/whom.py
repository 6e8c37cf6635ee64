"""For whom a row of a small table holds: which of its first columns say so, and whether they name a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..columns import AlignedRow, Column, is_state
from ..columns.header import is_label
from ..layout.roles import header_text
from ..lexicon import words
from ..programs.names import squeeze, take_flags

LONGEST_KEY = 12  # letters of what tells one row from another; more are a description of it
_DESCRIBED = re.compile(r"取組|内容|概要|説明|経費|要件|事例|具体例|イメージ")
_TYPES = re.compile(r"類型|枠|コース|型|区分|種類|種別|メニュー")
_CASE = re.compile(r"(?:[前後]|未満|以[上下内]|を?超(?:える)?|場合|とき|者|企業|法人|個人|方|対象外?)(?:\([^()]*\))?$")
_BEHIND = re.compile(r"[（(][^（()）\n]{1,30}[)）]$")
_USE = re.compile(r"^(?:運転|設備)(?:[・/及び]{0,2}(?:運転|設備))?(?:資金)?(?:\([^()]*\))?$")  # what a loan is spent on
_TYPE = re.compile(r"類型|型$")
_NAME = re.compile(r"^[^\n。0-9０-９]{2,24}$")
_PART = re.compile(r"^(?P<name>[^（()）\n]{2,20}(?:枠|コース|区分|プラン))(?:[（(][^（()）]*[)）])?$")


def telling_columns(rows: Sequence[AlignedRow], columns: tuple[Column, ...], width: int) -> list[int]:
    """Those of the first ``width`` columns that say for whom a row holds.

    Where the first one tells all rows apart, a column of words that only describes them does not.
    """
    first = [squeeze(row.cells[0].text) for row in rows if 0 in row.cells]
    apart = len(first) == len(rows) == len(set(first)) > 1
    return [index for index in range(width) if not (apart and index and _describes(rows, columns[index], index))]


def _describes(rows: Sequence[AlignedRow], column: Column, index: int) -> bool:
    if column.role != "text" or not _DESCRIBED.search(column.header):
        return False
    return any(len(row.cells[index].text) > LONGEST_KEY for row in rows if index in row.cells)


def named_part(text: str, column: Column, beside: Iterable[str] = ()) -> str | None:
    """The part that the only key of a row names: 「デジタル枠（レジ・会計）」 below 区分; None for a case.

    Where a row ``beside`` it has the same name, the bracket tells them apart: 「設備枠（一般型）」.
    """
    if column.role == "name":  # 資金名: each row is a fund of the scheme
        return squeeze(take_flags(text)[0]) if _NAME.match(text) else None
    found = _PART.match(text) if _TYPES.search(column.header) else None
    if found is None:
        texts = {text, *beside}
        names = {_BEHIND.sub("", each) for each in texts}  # 「連携型（3者以上で申請）」
        plain = all(_NAME.match(each) and each.endswith("型") for each in names) and len(names) == len(texts)
        return squeeze(_BEHIND.sub("", text)) if plain and _TYPE.search(column.header) else None
    others = (_PART.match(other) for other in beside if other != text)
    shared = any(other is not None and other["name"] == found["name"] for other in others)
    return squeeze(text if shared else found["name"])


def is_sum(row: AlignedRow) -> bool:
    """Whether a row is the sum of those above it, and speaks of no part."""
    first = row.cells.get(0)
    return first is not None and is_label(first.text) is not None


def of_head(head: str | None) -> tuple[str | None, str | None]:
    """The part, or else the case, that heads a column beside labels: 一般資金, 創業後1年未満; 内容 is neither."""
    plain = header_text(head or "")
    if plain in words("records", "heads", "values"):
        return None, None
    case = is_state(plain) or _CASE.search(plain) or _USE.match(plain)
    return (None, head) if case else (head, None)
