"""Header rows → columns in order, each with its role, unit and fiscal year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..figures import fiscal_year, money_unit, previous_year, read_cell, year_number
from ..layout.roles import (
    ATTRIBUTE_ROLES,
    MONEY_ROLES,
    SHORT_SOURCES,
    header_role,
    header_text,
    loan_roles,
    source_role,
)
from ..layout.tables import Table, TableRow
from .spanned import spread
from .years_over import whole_header

__all__ = ["ATTRIBUTE_ROLES", "FUNDING_ROLES", "MONEY_ROLES", "Column", "is_label", "read_columns"]

FUNDING_ROLES = ("funding_national", "funding_other", "funding_general")
_CEILINGS = ("subsidy_limit", "loan_limit", "budget")
#: Roles whose bare numbers take the unit of the table.
_STATED = ("percent", "subsidy_limit", "loan_limit", "loan_pool", "obligation", "breakdown")
#: The states of a budget before a supplement, and the supplement itself.
_SUPPLEMENTED = re.compile(r"補正前|補正額")
#: What a supplement added in an earlier year, which is no budget of that whole year: 「（参考）R6 2月補正」.
_ADDED = re.compile(r"(?:月|年度|次|号|[RH][0-9]{1,2})補正(?!前|後)|補正予算")
_OF_SUPPLEMENT = re.compile(
    r"(?:^|[\n\s　#：:（(])(?P<year>(?:令和|平成)[0-9０-９元]{1,2}年度)"
    r"(?:[0-9０-９]{1,2}月|第?[0-9０-９]{1,2}[次号])?補正予算"
)
_SETTLED = re.compile(r"決算")
_SUPPLEMENT = "補正予算"
_WORDED = ("text", "variant", "flag", "group")
_REMARKS = ("備考", "摘要", "説明", "要件", "条件", "内容", "概要", "対象")
NEAR = 3  # years between a column without an era and the document, whose era it then shares
_YEAR_ALONE = re.compile(r"^(?P<year>[1-9][0-9]?)年度")
_ERA_YEAR = re.compile(r"^(?P<era>令和|平成)(?P<year>[0-9]{1,2})年度$")
_OF_OFFICES = {"department", "name", "phone", "text", "number", "unnamed"}  # columns of a list of offices
_NAMES = re.compile(r"(事業|施策|制度|取組|プロジェクト|補助金|資金)(\([^()]*\))?$")
_IS_YEAR = re.compile(r"^(?:令和|平成|R|H)[0-9元]{1,2}(?:年度?)?(?:\(.*\))?$|^(?:本|今|前|昨)年度$")
_COUNTED = re.compile(r"(?:件数?|社数?|人数?|者数?)\)?$")
_IN_CASE = re.compile(r"(場合|とき|(?<=[一-龥])(?<![臨随日当平同])時)(\([^()]*\))?$")
_HOW_MANY = re.compile(
    r"(?<=計)[\s　]*[（(][\s　]*(?:全|計)?[0-9０-９]{1,4}[\s　]*[^\s（()）0-9０-９]{1,4}[)）][\s　]*$"
)
_SUM_OF = re.compile(r"(?<=計)[\s　]*[（(][^（()）]{1,24}[)）][\s　]*$")  # 「小計（政策１）」, 「計（再掲を除く）」
#: What a fund holds and what goes in and out of it, which is no budget of a program.
_HELD = re.compile(r"残高|現在高|積立|積み立て|取り?崩|年度末(?!補正)|年度中(?:増減)?|(?:償還|借入|発行)(?:見込)?額")
_PLANNED = re.compile(r"予算|事業費|現計|要求")
_PERCENT = re.compile(r"[（(](?:単位[：:])?[年月]?率?[・、，, ]?[%％][)）]")
_TIMES = re.compile(r"[（(](?P<per>年|月|日)(?:率|利|額)?[%％]?(?:[・、，,][^（()）]{1,8})?[)）]")

_YEAR_BEFORE = re.compile(r"^(?:対?前年度?の?同期|前年度?の?同月)(?:予算)?額?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``position`` is where its header stands; ``header`` is its words, parent first."""

    position: int
    header: str
    role: str
    unit: str | None = None
    fiscal_year: str | None = None
    case: str | None = None  # the case of which it says what the column before it says in general
    stage: str | None = None  # the state of the budget that its amounts are of, where that is not the document's

    @property
    def per(self) -> str | None:
        """The time for which its rates hold: 融資利率（年）."""
        match = _TIMES.search(self.header)
        return match["per"] if match else None


def read_columns(table: Table, document_year: str) -> tuple[Column, ...]:
    """The columns of a table in printed order; columns without a header get the role ``unnamed``."""
    if not table.header:
        return ()
    header = whole_header(table)
    leaves = spread(table, _leaves(header))
    named = {position for position, _, _ in leaves}
    first = min(named)
    leaves = [(position, "", "") for position in range(first)] + leaves
    columns = [_column(position, parent, label, document_year) for position, parent, label in leaves]
    columns = _with_types(_with_cases(_siblings(columns)), table)
    if any(column.role == "name" for column in columns):  # what is allotted to a program is its budget
        columns = [replace(column, role="budget") if column.role == "breakdown" else column for column in columns]
    columns = [_a_year_before(column, columns) for column in columns]
    columns = [_done(column, columns) for column in _of_supplement(columns, table, document_year)]
    loans = loan_roles(column.header for column in columns)
    columns = [replace(column, role=loans.get(column.header, column.role)) for column in columns]
    columns = _pools(columns, table)
    if _is_obligation(table, columns):
        columns = [replace(c, role="obligation") if c.role in _CEILINGS else c for c in columns]
    unit = table.unit or next((column.unit for column in columns if column.role in MONEY_ROLES and column.unit), None)
    unit = unit or next((column.unit for column in columns if "単位" in column.header and column.unit), None)
    columns = [
        replace(column, unit=column.unit or ("%" if column.role == "percent" else unit))
        if column.role in MONEY_ROLES or column.role in _STATED
        else column
        for column in columns
    ]
    return tuple(_of_done(_with_name([_in_percent(column) for column in columns], table), header))


def _a_year_before(column: Column, columns: Sequence[Column]) -> Column:
    """「前年同期」 beside the columns of a budget is the budget of the year before."""
    beside = any(other.role in ("budget", "budget_revised") for other in columns)
    if column.role != "text" or not beside or not _YEAR_BEFORE.match(header_text(column.header)):
        return column
    return replace(column, role="budget_previous")


def _of_done(columns: Sequence[Column], header: tuple[TableRow, ...]) -> list[Column]:
    """The columns below years, where each is called as its year's own header is.

    An amount beside a count is what was lent or paid in that year, and no budget.
    """
    years = {cell.text for cell in header[0].cells if fiscal_year(cell.text)} if len(header) == 2 else set()
    counted = {_parent(column, years) for column in columns if column.role == "count"} - {None}
    return [_called(column) if _parent(column, years) in counted else column for column in columns]


def _parent(column: Column, years: set[str]) -> str | None:
    return next((year for year in years if column.header.startswith(f"{year} ")), None)


def _called(column: Column) -> Column:
    role = "balance" if column.role in ("budget", "budget_previous") else column.role
    return replace(column, role=role, header=column.header.partition(" ")[2])


def _done(column: Column, columns: Sequence[Column]) -> Column:
    """「令和5年度実績」 in a list of programs is what was done in that year; beside aims it is where they stand."""
    aims = any(other.role in ("target", "indicator") for other in columns)
    if column.role != "baseline" or aims or "実績" not in column.header or not any(c.role == "name" for c in columns):
        return column
    return replace(column, role="count" if _COUNTED.search(header_text(column.header)) else "balance")


def _in_percent(column: Column) -> Column:
    """The bare numbers below 融資利率（年％） and 保証料率（％） are percentages."""
    told = column.role in ("loan_rate", "guarantee_rate") and column.unit is None and _PERCENT.search(column.header)
    return replace(column, unit="%") if told else column


def _leaves(header: tuple[TableRow, ...]) -> list[tuple[int, str, str]]:
    """(position, parent, label) of each column; a second header row splits the columns above it."""
    top = {cell.position: cell.text for cell in header[0].cells}
    if len(header) == 1:
        return [(position, "", text) for position, text in sorted(top.items())]
    children = [(cell.position, cell.text) for row in header[1:] for cell in row.cells]
    known = any(header_role(label) for _, label in children)
    children = _once(children) if known else children  # 運転 and 設備 divide several columns, each in its place
    leaves = [(position, "", text) for position, text in top.items()]
    for position, label in children:
        parents = [place for place in top if place <= position]
        parent = top[max(parents)] if parents else ""
        if parents and (max(parents), "", parent) in leaves:
            leaves.remove((max(parents), "", parent))
        leaves.append((position, parent, label))
    return sorted(leaves)


def _once(children: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A sub-header that a shifted print repeats as a whole counts once, under the parent it ends at."""
    half = len(children) // 2
    labels = [header_text(label) for _, label in children]
    if half >= 2 and len(children) % 2 == 0 and labels[:half] == labels[half:]:
        return children[half:]
    return children


def _column(position: int, parent: str, label: str, document_year: str) -> Column:
    words = header_text(f"{parent} {label}")
    role = header_role(label) or (header_role(parent) if parent else None) or ("unnamed" if not label else "text")
    if header_text(label) == "その他" or (role == "text" and source_role(label)):
        role = "other?"
    if parent and header_role(parent) in ("target", "baseline"):
        role = str(header_role(parent))
    if "財源" in parent and header_text(label) in SHORT_SOURCES:
        role = SHORT_SOURCES[header_text(label)]
    own = header_role(label)
    if parent and header_role(parent) in ATTRIBUTE_ROLES and own in _WORDED and header_text(label) not in _REMARKS:
        role, own = str(header_role(parent)), None  # 責任共有対象外, 小規模型 below 融資利率 are cases of it
    divides = parent and role in ATTRIBUTE_ROLES and own is None
    case = _plain(label) if divides else None
    if role == "budget" and (stage := _SUPPLEMENTED.search(words)):
        case = stage.group()
    year = fiscal_year(label) or fiscal_year(parent) or _year_without_era(f"{parent} {label}", document_year)
    if role in ("group", "variant") and year and not header_text(label).startswith("年度"):
        role = "budget"
    if "前年度" in words and "比" not in words and "増減" not in words and role == "budget":
        year = None
        role = "budget_previous"
    if role == "budget_revised" and "前年度" in words and year is None and year_number(document_year) is not None:
        year = previous_year(document_year)
    earlier = role == "budget" and year is not None and _before(year, document_year)
    added = earlier and case is None and _ADDED.search(words) is not None
    if earlier and not added:
        role = "budget_previous"
    if role in ("budget", "budget_previous", "text") and _SETTLED.search(words) and not _PLANNED.search(words):
        role = "balance"  # what was spent is no budget
    if role in ("budget", "budget_previous") and _HELD.search(words) and not _PLANNED.search(words):
        role = "balance"
    if role in ("budget", "budget_previous") and "実績" in words:  # what was done in a year is no budget of it
        role = "count" if _COUNTED.search(words) else "balance"
    case = "補正額" if added else case
    unit = money_unit(label) or money_unit(parent)
    return Column(position, f"{parent} {label}".strip(), role, unit, year, case, _SUPPLEMENT if added else None)


def _of_supplement(columns: list[Column], table: Table, document_year: str) -> list[Column]:
    """Below 「令和6年度2月補正予算」 the amounts that no header dates are of that year, where it is an earlier one."""
    told = _OF_SUPPLEMENT.search(table.caption)
    if told is None or not _before(told["year"], document_year) or any(c.fiscal_year for c in columns):
        return columns
    year, roles = fiscal_year(told["year"]), ("budget", *FUNDING_ROLES)
    return [
        replace(column, fiscal_year=year, stage=_SUPPLEMENT, case=column.case or "補正額")
        if column.role == "budget"
        else replace(column, fiscal_year=year, stage=_SUPPLEMENT)
        if column.role in roles
        else column
        for column in columns
    ]


def _year_without_era(header: str, document_year: str) -> str | None:
    """「７年度当初」 beside a document of 令和8年度 is 令和7年度."""
    found, own = _YEAR_ALONE.match(header_text(header)), _ERA_YEAR.match(header_text(document_year))
    if found is None or own is None or abs(int(found["year"]) - int(own["year"])) > NEAR:
        return None
    return f"{own['era']}{int(found['year'])}年度"


def _pools(columns: list[Column], table: Table) -> list[Column]:
    """Under the caption 「資金別の融資枠」 the years' amounts are what may be lent, and no budget."""
    told = re.search(r"(?:融資|貸付)枠", table.caption) and not re.search(r"予算|事業費", table.caption)
    named = any(re.search(r"予算|事業費|預託", column.header) for column in columns)
    if not told or named:
        return columns
    return [
        replace(column, role="loan_pool") if _IS_YEAR.match(header_text(column.header)) else column
        for column in columns
    ]


def _is_obligation(table: Table, columns: list[Column]) -> bool:
    """A table of 債務負担行為: how much of later years' money may be bound, which nobody is granted."""
    roles = {column.role for column in columns}
    named = any(header_text(column.header) == "事項" for column in columns)
    told = "債務負担行為" in table.caption or any("債務負担" in column.header for column in columns)
    return told or (named and "period" in roles and "subsidy_limit" in roles)


def _before(year: str, document_year: str) -> bool:
    number, own = year_number(year), year_number(document_year)
    return number is not None and own is not None and number < own


def _siblings(columns: list[Column]) -> list[Column]:
    """「その他」 and 使用料 beside 国庫 or 一般財源 are funds; elsewhere その他 is one flag among flags."""
    funds = any(column.role in FUNDING_ROLES for column in columns)
    result = []
    for column in columns:
        other = "flag" if header_text(column.header).endswith("その他") else "text"
        role = ("funding_other" if funds else other) if column.role == "other?" else column.role
        result.append(replace(column, role=role))
    return result


def _with_cases(columns: list[Column]) -> list[Column]:
    """「大幅賃上げを行う場合」 beside 補助上限額 is the limit in that case."""
    result: list[Column] = []
    for column in columns:
        before = result[-1] if result else None
        worded = column.role in ("text", "unnamed", "variant") and _IN_CASE.search(header_text(column.header))
        if before is not None and before.role in ATTRIBUTE_ROLES and worded:
            column = replace(column, role=before.role, unit=column.unit or before.unit, case=_plain(column.header))
        result.append(column)
    return result


def _with_types(columns: list[Column], table: Table) -> list[Column]:
    """The column right of the names that the same header spans: 一般枠, 小規模枠 … of 一般資金.

    It stands without a header of its own, and there the rows hold words.
    """
    for place, column in enumerate(columns[:-1]):
        free = column.position + 1
        if column.role != "name" or columns[place + 1].position != column.position + 2:
            continue
        held = [cell.text for row in table.rows for cell in row.cells if cell.position == free]
        if held and not any(read_cell(text, "円") for text in held):
            return [*columns[: place + 1], Column(free, column.header, "type"), *columns[place + 1 :]]
    return columns


def _plain(header: str) -> str:
    bare = re.sub(r"[（(](?:単位[:：])?[千百万億]*円[)）]|[※＊*](?:[0-9０-９]{1,2})?", "", header)
    return re.sub(r"[\s　]+", "", bare)


def is_directory(columns: Sequence[Column]) -> bool:
    """Whether a table lists offices with their telephones, and says nothing of money."""
    roles = {column.role for column in columns}
    return "phone" in roles and roles <= _OF_OFFICES


def _with_name(columns: list[Column], table: Table) -> list[Column]:
    """Without a 事業名 column, the last worded column before the first amount names the row.

    In a list of offices with their telephones each row is an office's.
    """
    if any(column.role == "name" for column in columns):
        return columns
    first = next((i for i, column in enumerate(columns) if column.role == "department"), None)
    if first is not None and is_directory(columns):
        columns[first] = replace(columns[first], role="name")
        return columns
    amounts = [i for i, column in enumerate(columns) if column.role in MONEY_ROLES or column.role in ATTRIBUTE_ROLES]
    if not amounts or not any(column.role in MONEY_ROLES for column in columns):
        return columns
    worded = [
        i
        for i, column in enumerate(columns[: amounts[0]])
        if column.role in ("group", "variant", "unnamed", "text") and not _holds_numbers(table, column)
    ]
    offices = [i for i, column in enumerate(columns[: amounts[0]]) if column.role == "department"]
    if offices and all(columns[i].role == "group" or columns[i].header.endswith("数") for i in worded):
        worded = offices  # 会計｜課名｜予算額: each row is an office's
    if not worded:
        return columns
    named = [i for i in worded if _NAMES.search(header_text(columns[i].header))]
    if named and header_role(columns[worded[-1]].header) == "text":  # 「重点施策　内容　予算額」: 内容 only explains it
        worded = named
    columns[worded[-1]] = replace(columns[worded[-1]], role="name")
    return columns


def without_count(text: str) -> str:
    """「合計（36事業）」 → 合計: how many rows a sum is of is no part of its label."""
    return _HOW_MANY.sub("", text)


def _holds_numbers(table: Table, column: Column) -> bool:
    """Whether bare numbers stand in a column, as below 採択予定件数: they name no row."""
    held = [cell.text for row in table.rows for cell in row.cells if cell.position == column.position]
    return bool(held) and all(re.fullmatch(r"[\s　]*[0-9０-９][0-9０-９,，.．]*[\s　]*", text) for text in held)


def is_label(text: str) -> str | None:
    """``total`` or ``subtotal`` when a cell is the label of a sum, with ``relisted`` for 再掲含む."""
    plain = re.sub(r"[\s　()（）。、・*]", "", _SUM_OF.sub("", without_count(text)))
    if re.fullmatch(r'["〃″”“〃]?再掲(を)?含む', plain):
        return "relisted"
    if re.fullmatch(r"(総合計|合計|総計|総額|部合計|全体合計|歳出合計|予算合計|部計|総合計額)", plain):
        return "total"
    if re.fullmatch(r".{1,14}合計", plain) and not re.search(r"[のはをがに]合計$", plain):  # 「産業労働部　合計」
        return "subtotal" if re.search(r"(課|室|班|係|款|項|目|[0-9０-９Ⅰ-Ⅻ])合計$", plain) else "total"
    if re.fullmatch(r".{0,14}(小計|計)", plain) and not re.search(r"(設計|統計|会計|家計|時計|推計|合計)$", plain):
        return "subtotal"
    return None
