"""Which way a table is to be read: down its columns, or along rows that begin with a label.

A *labelled* table says in its first column what each row is about (融資限度額, 融資期間 …), and its other columns
are funds or types.  A *record* is about one program: 事業名, 予算額, 補助率 … each with its value beside it.  A
*summary* lists the parts of one total: 予算額, うち国庫 …
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..layout.cells import Cell, TableRow
from ..layout.roles import ATTRIBUTE_ROLES, MONEY_ROLES, header_role, header_text, loan_roles
from ..layout.tables import Table
from ..lexicon import words
from .values import is_amount

LONGEST_LABEL = 16
#: Roles of a record's labels beside its name.
_FIELD_ROLES = MONEY_ROLES | ATTRIBUTE_ROLES | {"period", "department", "text", "sources", "parts"}
_STATE = re.compile(
    r"^(?:(?:補正|改正|変更|見直し|拡充|制度改正)(?:前|後)|現行|従来|[前本今昨]年度|(?:令和|平成|R|H)[0-9元]{1,2}年度?)(?:まで|から|の額)?$"
)
_DIVIDES = re.compile(r"^(区分|種別|使途|資金使途|内訳|対象|条件|用途)$")
_INCLUDED = re.compile(r"^(?:[(（]?(?:うち|内訳|内)[)）:：、]?)+")


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a record with its value: ``role`` is what the label says the value is."""

    role: str
    label: Cell
    value: Cell
    line: int


def is_labelled(table: Table) -> bool:
    """Whether the rows begin with what they say, below columns that are none of these."""
    if not table.header:
        return False
    labels = {row.cells[0].text for row in table.rows if row.cells and row.cells[0].position == 0}
    attributes = sum(header_role(label) in ATTRIBUTE_ROLES for label in labels if len(label) <= LONGEST_LABEL)
    heads = [cell for row in table.header for cell in row.cells if cell.position > 0]
    if len(heads) == 1 and header_role(table.header[0].cells[0].text) in _FIELD_ROLES:
        return False  # a label with its value, as the rows below have them
    known = ATTRIBUTE_ROLES | MONEY_ROLES
    plain = not any(header_role(cell.text) in known and not is_state(cell.text) for cell in heads)
    return attributes >= 2 and bool(heads) and plain


def is_state(head: str) -> bool:
    """Whether a column is headed by nothing but when its values hold: 補正前, 改正後, 令和9年度."""
    return bool(_STATE.match(header_text(head)))


def label_width(table: Table) -> int:
    """How many columns of a labelled table hold labels: two where 融資期間 is divided into 運転 and 設備."""
    heads = [cell.text for row in table.header for cell in row.cells if cell.position == 1]
    if any(not _DIVIDES.search(header_text(text)) for text in heads):
        return 1
    under = [cell.text for row in table.rows for cell in row.cells if cell.position == 1]
    worded = [text for text in under if len(text) <= LONGEST_LABEL and not re.search(r"\d", text)]
    return 2 if under and len(worded) == len(under) else 1


def label_role(text: str) -> str | None:
    """What the value beside a record's label is; None when the text is no such label."""
    plain = header_text(text)
    if len(plain) > LONGEST_LABEL:
        return None
    for role in ("name", "sources", "parts"):
        if re.sub(r"\([^()]*\)", "", plain) in {header_text(word) for word in words("records", role, "words")}:
            return role
    found = header_role(text)
    return found if found in _FIELD_ROLES else None


def read_fields(table: Table) -> tuple[Field, ...]:
    """Labels and values of a record's rows in order; empty when the table is no record.

    In most of a record's rows a known label stands before one value.  One without a name among its labels must
    have known labels alone, and figures behind two of them.
    """
    rows = [row for row in (*table.header, *table.rows) if row.cells]
    rows = rows[1:] if rows and _says_nothing(rows[0]) else rows
    fields: list[Field] = []
    filled = 0
    for row in rows:
        found = _fields_of(row)
        filled += any(field.role != "unknown" for field in found)
        fields += found
    loans = loan_roles(field.label.text for field in fields)
    fields = [replace(field, role=loans.get(field.label.text, field.role)) for field in fields]
    told = sum(field.role not in ("name", "text", "department", "unknown") for field in fields)
    if any(field.role == "name" for field in fields):
        return tuple(fields) if told >= 1 and len(fields) >= 3 and filled * 3 >= len(rows) * 2 else ()
    alike = len({header_text(field.label.text) for field in fields}) == len(fields)
    return tuple(fields) if told >= 2 and alike and filled == len(rows) and not is_summary(table) else ()


def _says_nothing(row: TableRow) -> bool:
    """「項目　内容」 above a record's labels and values."""
    heads = [header_text(cell.text) for cell in row.cells]
    return (
        len(heads) == 2
        and heads[0] in words("records", "heads", "labels")
        and heads[1] in words("records", "heads", "values")
    )


def _fields_of(row: TableRow) -> list[Field]:
    """One or two pairs of a label and a value."""
    if len(row.cells) not in (2, 4):
        return []
    pairs = [(row.cells[place], row.cells[place + 1]) for place in range(0, len(row.cells), 2)]
    fields = []
    for label, value in pairs:
        role = label_role(label.text)
        if role is None and len(pairs) == 1 and len(label.text) <= LONGEST_LABEL:
            role = "unknown"
        if role is None or (len(value.text) <= 8 and label_role(value.text) and not re.search(r"\d", value.text)):
            return []
        fields.append(Field(role, label, value, row.line))
    return fields


def summary_role(text: str) -> str | None:
    """The role of a summary's label, 「うち国庫」; None for any other text."""
    plain = _INCLUDED.sub("", header_text(text))
    if plain in ("その他", "その他財源"):
        return "funding_other"
    role = header_role(plain) if len(plain) <= LONGEST_LABEL else None
    if role == "budget" and re.match(r"(前年度?|昨年度)", plain):
        return "budget_previous"
    return role if role in MONEY_ROLES else None


def is_summary(table: Table) -> bool:
    """Rows that name a total, its sources of money and last year's, with one amount each."""
    if len(table.header) != 1 or not table.rows:
        return False
    rows = [row for row in table.rows if len(row.cells) == 2 and row.cells[0].position == 0]
    roles = [role for row in rows if is_amount(row.cells[1].text) and (role := summary_role(row.cells[0].text))]
    telling = {"budget", "budget_previous", "budget_revised"} & set(roles)
    return len(rows) == len(table.rows) == len(roles) and len(set(roles)) == len(roles) >= 2 and bool(telling)
