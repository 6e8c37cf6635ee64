"""Lines and cells that are a name and an amount: an item of a program's budget, or what is paid to one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..figures import find_figures
from ..layout.labels import known_labels
from ..layout.lines import CIRCLED
from ..lexicon import table, words
from ..programs.amounts import AmountLine, read_amount_line
from ..programs.names import squeeze
from ..records import FactKind, Figure, FigureKind
from .aims import AIMED
from .grants import is_fee, whole_shares
from .make import Say
from .scopes import HOW_DONE, Scope
from .siblings import label_kind

PRICED = ("円", "万円")  # units of what one pays or gets; the budgets of a table are printed in larger ones
_ITEM_MARK = re.compile(
    rf"^([-*+・{CIRCLED}]|[ア-コ](?=[\s　.．)）])[.．)）]?|[0-9０-９]{{1,2}}[)）.．]?[\s　])?"
    r"[\s　]*(?:[(（][0-9０-９]{1,2}[)）])?[\s　]*"
)
_FIXED = re.compile(r"[（(](?:定額|全額)(?:補助|助成)?[)）]")
_HEADED = re.compile(
    r"(?P<name>[一-龥々ァ-ヶー][\s　]?[一-龥々ァ-ヶー]{1,9})[\s　]+"
    r"(?=(?:補助|助成)(?:率|上限|限度)|(?:上限|限度)額?[\s　：:])"
)
_CIRCLES = tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
_ITS_AMOUNT = re.compile(
    r"(?P<name>[^（）()、。0-9０-９]{3,30})[（(](?P<amount>[0-9０-９][0-9０-９,，.．]*[百千万億]*円)[)）](?:[、,]|を|$)"
)
_FLAG = re.compile(r"^[\s　]*(?:[【〈＜\[（(](?:新規|新|拡充|拡|継続|継|一部新規)[】〉＞\]）)])?[\s　]*")
_COUNTED = re.compile(  # 「相談会の開催（6回）」, 「合同説明会　年3回」
    r"[\s　]*[（(][^（）()]*[0-9０-９][^（）()]*[)）]$"
    r"|(?:[\s　]+|[\s　]*(?<=[^\s　]{4})(?:年|月|全|計|各))(?![1１][^0-9０-９])[0-9０-９]{1,4}"
    r"(?:回|件|社|名|人|者|コース|講座|会場|地区|[かカヶ箇]所)(?:程度)?$"
)
_UNIT_PRICE = re.compile(r"[1１一][\s　]?(?:回|日|時間|人|社|件|名|者|団体)$")  # 「専門家謝金　1回2万円」
_DEBT_ACT = re.compile(r"^[\s　]*[（(]?(債務負担行為[^（）()\s　]{0,6})")
_GRANTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_ATTRIBUTES = (FigureKind.RATE, FigureKind.PERCENT, FigureKind.DURATION)


def named_amount(body: str, scope: Scope) -> AmountLine | None:
    """「導入支援 13,706千円」 inside a program: an amount of its breakdown, with its name."""
    plain = _ITEM_MARK.sub("", body)
    bracketed = _ITS_AMOUNT.match(plain) if body[:1] in _CIRCLES else None
    if bracketed:  # 「①工房の改修（30億円）、②…」
        plain = f"{bracketed['name']} {bracketed['amount']}"
    found = read_amount_line(_FIXED.sub("", HOW_DONE.sub(" ", plain)))
    if found is None or not found.name or found.figure is None or scope.example is not None or "】" in found.name:
        return None
    if AIMED.search(found.name):  # 「輸出額の目標　R10年度 85億円」 is no item of the budget
        return None
    name = _COUNTED.sub("", found.name)
    return replace(found, name=name) if len(name) > 1 else found


def terms_inside(body: str, named: AmountLine) -> bool:
    """「実証費の補助（1/2、上限30万円） 4億円」: what the bracket says is said of the named item."""
    head = body.split(named.figure.text)[0] if named.figure and not named.label else ""
    return any(figure.kind is not FigureKind.YEAR for figure in find_figures(head)) and bool(re.search(r"[)）]", head))


def named_part(body: str, program: str) -> str | None:
    """The part that a list's item names before its own terms: 「・家賃補助　月額5万円」, 「研修費の補助（1/2）」."""
    found = _part().match(_FLAG.sub("", _ITEM_MARK.sub("", body)))
    figures = (*find_figures(found["rest"]), *whole_shares(body)) if found else ()
    if found is None or not any(figure.kind in _GRANTS for figure in figures):
        return None
    name = squeeze(found["name"])
    if re.search(r"^対象|となる|できる", name):  # 「対象となる資金　…」 says what the line is about
        return None
    if name in words("grants", "part", "not") or name in program or program in name or _is_label(name):
        return None
    return name


def headed_part(body: str) -> str | None:
    """The cost or type whose terms a line lists with their labels: 「改装費　補助率 1/2以内　限度額 100万円」."""
    found = _HEADED.match(body)
    name = re.sub(r"[\s　]", "", found["name"]) if found else ""
    return None if not name or label_kind(name) is not None or name in known_labels() else name


def _is_label(name: str) -> bool:
    return label_kind(name) not in (None, FactKind.BREAKDOWN)


@cache
def _part() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, words("grants", "part", "words")))
    return re.compile(
        rf"(?P<name>[^\s　（()）、。：:「」※*をはが0-9０-９]{{1,28}}(?:{ends}))(?:[（(]|[：:]|[\s　])(?P<rest>.*)$",
        re.S,
    )


def say_named(named: AmountLine | None, figure: Figure, right: str, scope: Scope, *, cell: bool) -> Say | None:
    """What such an amount is; None when it is what its own words say, as a fee or a sum per head."""
    if named is None or figure.kind is not FigureKind.MONEY or named.figure is None:
        return None
    if (
        not named.figure.text.startswith(figure.text)
        or figure.yen != named.figure.yen
        or (named.label and label_kind(named.label) is not FactKind.BREAKDOWN)
    ):
        return None
    if debt := _DEBT_ACT.match(right):  # what may be owed in later years is no part of the budget
        return Say(FactKind.OTHER, named.name, item=named.name, condition=debt[1])
    generic = named.name in _breakdown_words()  # 「委託料：1,500千円」 is an item of the part it stands in
    if generic:
        return Say(FactKind.BREAKDOWN, scope.subprogram, item=named.name, flags=named.flags)
    priced = figure.unit in PRICED
    if _UNIT_PRICE.search(named.name):
        return None
    if figure.per or (cell and priced) or is_fee(named.name, "") or _tells_more(named.name):
        return None
    if scope.beside_paid and priced:
        kind = FactKind.LIMIT_ADDITION if named.name.endswith(("加算", "上乗せ")) else FactKind.SUBSIDY_LIMIT
        return Say(kind, scope.subprogram, condition=named.name)
    return Say(FactKind.BREAKDOWN, named.name, item=named.name, flags=named.flags)


def _tells_more(name: str) -> bool:
    """「改装費 補助率1/2 補助限度額」 is a list of attributes and no name."""
    if any(figure.kind in _ATTRIBUTES for figure in find_figures(name)):
        return True
    return label_kind(name) in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)


@cache
def _breakdown_words() -> frozenset[str]:
    return frozenset(word for cue in table("cues")["cue"] if cue["kind"] == "breakdown" for word in cue["words"])
