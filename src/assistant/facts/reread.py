"""What the words right around a figure on its own line say of it once all facts of a document are known.

Each rule reads the line before and behind the figure, and changes what the fact says; none reads a value anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..figures import previous_year, year_number
from ..records import Document, Fact, FactKind

_FAX = re.compile(r"(?P<word>FAX|ＦＡＸ|Fax|fax|ファックス|ファクス|ファクシミリ)(?:番号)?[\s　：:／/．.（(]*$")
_LAST_YEAR = re.compile(
    r"[（(](?:参考|うち)?[\s　：:]*(?:前|昨)年度(?!当初|予算|比|同|から|に比|より)(?P<says>[^（）()]*)$"
)
_THIS_CASE = ("この場合", "その場合", "この場合の", "その場合の")
_CASE_BEFORE = re.compile(
    r"(?:^|[、，])(?P<case>[^。、，]{2,60}?(?:者|方|企業|事業所|団体|組合|法人|場合|とき|店舗))"
    r"(?:は|も|が|には|にも|については|に限り)"
)
_OBLIGED = re.compile(r"債務負担行為(?!を?含)[^|\t。]*$")
_MONEY_OF_YEAR = (FactKind.BUDGET, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BREAKDOWN)
_INTEREST = re.compile(r"利子|利息|利率|年利|支払った利")
_PORTION = re.compile(r"[\s　]*(?:以内の?)?(?:相当(?:分|額)?|分(?![の野科類析]))")
_BORNE_BACK = re.compile(r"補給|補助|助成|還付|キャッシュバック|交付|負担し")
_FOR_MONTHS = re.compile(
    r"(?P<cost>[^\s　、。（）()：:|<>\t0-9０-９のる]{0,10}"
    r"(?:家賃|賃借料|賃料|地代|利用料|使用料|リース料|レンタル料|通信費|人件費|保険料))"
    r"[^、。（）()|\t]{0,14}[（(](?:[^（）()]{0,16}[、，])?(?:最大|最長|上限)?[\s　]*$"
)
_NO_LONGER = re.compile(r"分?(?:以内|まで|を?限度|を?上限|分|間)?[\s　]*[)）、，]")
_INTEREST_TIME = re.compile(
    r"[^。、（）()|\t]{0,12}(?:[（(][^（）()|\t]*[)）])?(?:利子|利息)?[^。、（）()|\t]{0,8}補給"
)
_AIMED = re.compile(r"目標[\s　：:]*(?:年間|年)?[\s　]*(?:約)?$")
_TOGETHER = re.compile(
    r"(?P<case>[^。、，（）()※\s　]*(?:併用(?!可)|併せて利用|合わせて利用|同時に利用)"
    r"(?:する|した|時の?|の)?(?P<when>場合|とき|際)?)"
    r"[^。0-9０-９]*$"
)
_PAID_OUT = re.compile(
    r"を(?:支給|交付|給付|助成|補助|贈呈)[\s　、：:（(]*"
    r"(?:[^\s　、。（）()0-9０-９]{1,8}[0-9０-９][0-9０-９,，]*[百千万]{0,2}円[、・\s　]*)*"
    r"(?P<who>[^\s　、。（）()0-9０-９]{2,8})$"
)
_ITEM = re.compile(r"^[\s　]*[・○\-*●]")
_EACH = re.compile(
    r"[1１一](?:社|者|人|名|事業者|世帯|団体|店舗|件)(?:に?つき|当たり|あたり|当り)[^（）()]*[（(][^（）()]*$"
)
_GRANTEES = ("社", "者", "人", "名", "事業者", "世帯", "団体", "店舗", "件", "企業")
_CLOSED = re.compile(r"[\s　]*(?:[（(、。]|$)")
_BENEFIT = re.compile(
    r"(?:奨励金|給付金|支援金|応援金|助成金|補助金|協力金|一時金|祝金)(?:を(?:支給|交付|給付))?[。：:\s　]*$"
)
_FEE = re.compile(
    r"^(?P<fee>受講料|受講費|参加費|参加料|出展料|小間料|入場料|入会金|受験料|検定料|利用料金?|会費|(?:自己|利用者|本人)負担額?)"
)
_OF_PART = re.compile(r"^(?P<part>[^\s　]{2,16}(?:枠|型|類型|コース|部門))の(?:採択|交付|募集|申請|支給)")
_ABOUT = re.compile(
    r"^[\s　・※\-*]*(?:[(（]?注?[\s　]?[0-9０-９]{0,2}[)）]?)?[\s　]*"
    r"(?P<name>[^\s　、。はがをに（）()0-9０-９]{2,16})については、"
)
_REST_OF_UNIT = re.compile(
    r"(?:年|月|日|歳|人|件|社|者|回|台|[%％]|ｋ?Ｗ|kW|km|トン|[かヶカ]月|小間)(?:以内|以上|未満|以下|又|・|から|を|の|間|$)"
)
_CATEGORIES = frozenset(
    (
        "補助金",
        "助成金",
        "奨励金",
        "支援金",
        "給付金",
        "交付金",
        "応援金",
        "利子補給",
        "融資",
        "貸付",
        "税制",
        "相談",
        "保証",
        "補助",
        "助成",
        "制度融資",
    )
)
_WHOM = ("対象", "対象者", "補助対象", "補助対象者", "対象期間")
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)


@dataclass(frozen=True, slots=True)
class _Place:
    """A fact with its line's words before and behind it, and its document."""

    fact: Fact
    left: str
    right: str
    document: Document


def reread(document: Document, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each as the words around it say."""
    return [_read(document, fact) for fact in facts]


def _read(document: Document, fact: Fact) -> Fact:
    raw = document.lines[fact.line_start - 1]
    start = int(fact.fact_id.rsplit(":", 1)[1])
    end = start + len(fact.text)
    if raw[start:end] != fact.text:
        return fact
    for rule in _RULES:
        fact = rule(_Place(fact, raw[:start], raw[end:], document))
    return fact


def _fax(at: _Place) -> Fact:
    found = _FAX.search(at.left) if at.fact.kind is FactKind.PHONE else None
    return replace(at.fact, condition=found["word"], item=None) if found else at.fact


def _of_last_year(at: _Place) -> Fact:
    """「目標 12回（前年度実績８回）」, 「（前年度はプレミアム率20％、５万冊）」."""
    fact, own = at.fact, at.document.fiscal_year
    told = fact.kind in (FactKind.COUNT, FactKind.OTHER, FactKind.TARGET, FactKind.SUBSIDY_RATE)
    found = _LAST_YEAR.search(at.left) if told and fact.fiscal_year == own and year_number(own) is not None else None
    if found is None or re.search(r"予算|[。]|本年度|今年度|令和", found["says"]):
        return fact
    kind = FactKind.COUNT if fact.kind is FactKind.TARGET else fact.kind
    item = re.sub(r"^(?:前|昨)年度(?:の|は)?", "", fact.item) or None if fact.item else None
    return replace(fact, kind=kind, fiscal_year=previous_year(own), item=item)


def _this_case(at: _Place) -> Fact:
    """「…の認定を受けた方も利用できます。この場合の利率は1.40％」: the case is that of the sentence before."""
    if at.fact.condition not in _THIS_CASE:
        return at.fact
    before, stop, _ = at.left.rpartition("。")
    if not stop and at.fact.line_start > 1:
        before = at.document.lines[at.fact.line_start - 2].rstrip("。 　")
    cases = list(_CASE_BEFORE.finditer(before.rpartition("。")[2]))
    return replace(at.fact, condition=cases[-1]["case"].strip()) if cases else at.fact


def _obliged(at: _Place) -> Fact:
    """What may be owed in later years is no budget, and its years are not those of the program."""
    fact = at.fact
    told = fact.kind in (*_MONEY_OF_YEAR, FactKind.PERIOD, FactKind.OTHER) and fact.condition is None
    if not told or not _OBLIGED.search(at.left):
        return fact
    kind = FactKind.OTHER if fact.kind in _MONEY_OF_YEAR else fact.kind
    return replace(
        fact, kind=kind, condition="債務負担行為", subprogram=None if kind is not fact.kind else fact.subprogram
    )


def _interest_borne(at: _Place) -> Fact:
    """「支払った利子のうち年利1.0%相当分を補給」: what is given back, not the rate of a loan."""
    fact = at.fact
    if fact.kind not in (FactKind.LOAN_RATE, FactKind.OTHER) or fact.unit != "%" or not _PORTION.match(at.right):
        return fact
    said = at.left.rpartition("。")[2] + at.right.partition("。")[0]
    if "保証料" in said or not _INTEREST.search(said) or not _BORNE_BACK.search(at.right.partition("。")[0]):
        return fact
    return replace(fact, kind=FactKind.SUBSIDY_RATE, condition=fact.condition)


def _months_of_cost(at: _Place) -> Fact:
    """「家賃（12か月以内）」: for how long the rent is paid."""
    fact = at.fact
    if fact.kind is not FactKind.OTHER or fact.unit not in ("年", "月") or fact.condition:
        return fact
    found = _FOR_MONTHS.search(at.left)
    if found is None or not _NO_LONGER.match(at.right):
        return fact
    return replace(fact, kind=FactKind.PERIOD, condition=found["cost"].lstrip("・-*"), item=None)


def _time_of_interest(at: _Place) -> Fact:
    """「当初５年間の利子を全額補給」 is no term of a loan."""
    fact = at.fact
    if fact.kind is FactKind.LOAN_TERM and _INTEREST_TIME.match(at.right):
        return replace(fact, kind=FactKind.PERIOD, item=None)
    if (
        fact.kind is FactKind.OTHER
        and fact.unit in ("年", "月")
        and re.search(r"補給期間[\s　：:はを]*[^。、]{0,16}$", at.left)
    ):
        return replace(fact, kind=FactKind.PERIOD)
    return fact


def _aim(at: _Place) -> Fact:
    counted = at.fact.kind is FactKind.COUNT and _AIMED.search(at.left)
    return replace(at.fact, kind=FactKind.TARGET) if counted else at.fact


def _used_together(at: _Place) -> Fact:
    """「運転・設備を併用する場合も合わせて2,000万円が限度」: the limit of both."""
    found = _TOGETHER.search(at.left) if at.fact.kind in _LIMITS and at.fact.condition is None else None
    if found is None:
        return at.fact
    return replace(at.fact, condition=found["case"] if found["when"] else "併用")


def _paid_out(at: _Place) -> Fact:
    """「支援金を支給　世帯100万円、単身60万円」."""
    fact = at.fact
    found = _PAID_OUT.search(at.left) if fact.kind is FactKind.OTHER and fact.yen is not None else None
    if found is None:
        return fact
    return replace(fact, kind=FactKind.SUBSIDY_LIMIT, condition=fact.condition or found["who"], item=None)


def _paid_each(at: _Place) -> Fact:
    """「・中小企業　1社につき20万円（女性管理職が20％以上の企業は30万円）」 below 「…企業への奨励金」."""
    fact = at.fact
    if fact.kind is not FactKind.OTHER or fact.yen is None or fact.unit != "万円" or not _ITEM.match(at.left):
        return fact
    first = fact.per in _GRANTEES and _CLOSED.match(at.right) is not None
    other = _EACH.search(at.left) is not None and fact.condition is not None and at.right.startswith(("）", ")"))
    above = at.document.lines[fact.line_start - 2] if fact.line_start > 1 else ""
    if not (first or other) or not _BENEFIT.search(above):
        return fact
    return replace(fact, kind=FactKind.SUBSIDY_LIMIT, item=None)


def _fee(at: _Place) -> Fact:
    """「受講料　１講座 12千円」 is paid by those who come, not out of the budget."""
    fact = at.fact
    found = _FEE.match(fact.item or fact.subprogram or "") if fact.kind is FactKind.BREAKDOWN else None
    return replace(fact, kind=FactKind.OTHER, subprogram=None, item=found["fee"], flags=()) if found else fact


def _of_part(at: _Place) -> Fact:
    found = _OF_PART.match(at.fact.item or "") if at.fact.kind is FactKind.COUNT and not at.fact.subprogram else None
    return replace(at.fact, condition=found["part"]) if found and at.fact.condition is None else at.fact


def _about(at: _Place) -> Fact:
    """「中古設備については、製造から５年以内のもので、３者以上の見積書があるものに限る」."""
    free = at.fact.kind is FactKind.OTHER and at.fact.condition is None
    found = _ABOUT.search(at.left.rpartition("。")[2]) if free else None
    return replace(at.fact, condition=found["name"]) if found else at.fact


def _clean_item(at: _Place) -> Fact:
    """What a figure is of does not begin with the unit of the figure before: 「年以内のもので」."""
    item = at.fact.item
    place = at.left.rfind(item) if item and _REST_OF_UNIT.match(item) else -1
    return replace(at.fact, item=None) if place > 0 and at.left[place - 1].isdigit() else at.fact


def _no_category(at: _Place) -> Fact:
    """「補助金」 in a column 「区分」 says what sort of aid it is, not in which case."""
    whom = at.fact.kind is not FactKind.OTHER and at.fact.condition in _WHOM
    return replace(at.fact, condition=None) if whom or at.fact.condition in _CATEGORIES else at.fact


_RULES: tuple[Callable[[_Place], Fact], ...] = (
    _fax,
    _of_last_year,
    _this_case,
    _obliged,
    _interest_borne,
    _months_of_cost,
    _time_of_interest,
    _aim,
    _used_together,
    _paid_out,
    _paid_each,
    _fee,
    _of_part,
    _about,
    _clean_item,
    _no_category,
)
