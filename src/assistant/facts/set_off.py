"""What stands set off before a figure on its line is its case, where the figures of a list each have their own.

「施設の整備　補助率　1/2以内　上限　２,０００万円」, 「家賃　　1/2　月２万円まで　最長６か月」,
「施設の整備（補助率 1/2以内、上限 5,000万円）、移動式解体車（補助率 1/2以内、上限 1,000万円）」, and rows
「設備投資枠　　１／３　　3,000万円」 below a line of labels set apart by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..layout.labels import known_labels, plain
from ..programs.names import match_form
from ..records import Document, Fact, FactKind
from .beside_others import Lines, start_of
from .siblings import label_kind

_GIVEN = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT)
_LABEL = r"(?:(?:補助|助成|交付|支援)(?:率|割合)|(?:補助|助成)?(?:上限|限度)額?|定額)"
_RATE = r"[0-9０-９]{1,2}[\s　]?[/／][\s　]?[0-9０-９]{1,2}"
_AMOUNT = r"[0-9０-９][0-9０-９,，.]*[\s　]?[百千万億]*円"
_HEADED = re.compile(r"^[\s　]*[【［\[＜<〔](?P<label>[^】］\]＞>〕]{1,12})[】］\]＞>〕][\s　]*")
_MARK = re.compile(r"^[\s　]*(?:[・○●◎◇◆■□▪\-*－①-⑳][\s　]*|[(（]?[0-9０-９]{1,2}[)）.．][\s　]*)?")
_NAME = re.compile(rf"^(?P<name>[^。；※]{{2,60}}?)[\s　]+(?P<rest>{_LABEL}(?=[\s　：:0-9０-９（(]|$)|{_RATE}).*$")
_GAP = re.compile(r"[\s　]{2,}|　")
_NO_NAME = re.compile(
    rf"{_LABEL}|{_RATE}|予算|円|[%％※→|：:]|[はをがにのでと、，]$|^(?:うち|ただし|なお|また|計|合計|小計|県|国|市|町|村)"
    r"|^(?:補助|助成)?対象?(?:経費|費用)$|(?:率|額|年度|期間|条件|要件|内容|単価|限度|上限)$"
)
_BRACKETED = re.compile(
    rf"(?:^|[、，。])[\s　]*(?P<name>[^、，。（()）]{{2,30}})[（(](?P<inside>(?:{_LABEL}|{_RATE})[^（()）]*)[)）]?"
)
_BARE = re.compile(
    rf"[^。]*?[\s　]{_RATE}(?:以内)?[\s　]+(?:[月年日]額?|[1１一][人社件])?[\s　]?{_AMOUNT}(?:まで|以内|を?上限)"
)
_CAPPED = ("まで", "以内", "上限", "を上限", "限度")
_OPEN = re.compile(r"[（(][^（()）]*$")
_ASIDE = re.compile(r"[（(][^（()）]*(?:[)）]|$)")
_TERM = re.compile(
    rf"{_LABEL}|{_RATE}|{_AMOUNT}|以内|まで|程度|最[大長]|(?:月|年|日)額?|[1１一]?(?:事業者|[社人者件])(?:当たり|あたり|につき)?"
    r"|[0-9０-９]+(?:[かカヶ]月|年)間?"
)
_HEADS = re.compile(rf"^[\s　]+{_LABEL}(?:[\s　]+{_LABEL})+[\s　]*$")
_ROW = re.compile(rf"^[\s　]*(?P<name>[^\s　][^　]{{1,30}}?)[\s　]{{2,}}(?:{_RATE}|定額|{_AMOUNT})")
_AID = re.compile(r"^(?:補助|助成|支援)(?:の?内容|額|金額|等)?$")
_TERMS = re.compile(rf"^[\s　]*{_RATE}(?:以内)?[\s　、，（(]+(?:上限額?)?[\s　]*{_AMOUNT}(?:以内|まで)?[)）]?[\s　]*$")
_PAID = re.compile(
    r"(?:[0-9０-９元]年度|前年度|昨年度)の?(?:実績|決算)(?!報告)[^。上限]*(?:交付|支給|補助|助成)(?:金|決定)?(?:済み?)?(?:総)?額"
    r"[\s　：:はが約]*$"
)
_REACH = 12  # lines of a list below its heading


def set_off(document: Document, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each of the case that stands set off before it."""
    told = list(facts)
    for rule in _RULES:
        lines = Lines(document, told)
        told = [rule(lines, fact) for fact in told]
    return told


def _bare_terms(lines: Lines, fact: Fact) -> Fact:
    """「家賃　　1/2　月２万円まで　最長６か月」: what is paid, up to how much and for how long, without a label."""
    free = fact.kind in (FactKind.OTHER, FactKind.BREAKDOWN, FactKind.PERIOD)
    if not free or "\t" in lines.raw(fact) or not _BARE.match(lines.raw(fact)) or _OPEN.search(lines.left(fact)):
        return fact
    name = name_before(lines, fact)
    if name is None:
        return fact
    if fact.yen is not None:
        kind = FactKind.SUBSIDY_LIMIT if fact.bound in _CAPPED else None
    elif fact.unit in ("年", "月") and (fact.bound in ("最長", "最大", "以内") or fact.text.endswith("間")):
        kind = FactKind.PERIOD
    else:
        kind = FactKind.SUBSIDY_RATE if re.fullmatch(_RATE, fact.text) else None
    return replace(fact, kind=kind, condition=fact.condition or name, item=None, subprogram=None) if kind else fact


def _before_the_label(lines: Lines, fact: Fact) -> Fact:
    """「施設の整備　補助率　1/2以内　上限　２,０００万円」: a case of its own for both."""
    if fact.kind not in _GIVEN and not _is_fixed(lines, fact):
        return fact
    name = name_before(lines, fact)
    if name is None:
        return fact
    fact = replace(fact, kind=FactKind.SUBSIDY_RATE) if fact.kind is FactKind.OTHER else fact
    own = fact.condition
    if own and plain(own) not in _labels_above(lines, fact):
        inside = _OPEN.search(lines.left(fact)) is not None and own not in name and name not in own
        return replace(fact, condition=f"{name}、{own}") if inside else fact
    return replace(fact, condition=name, item=None if fact.item == name else fact.item)


def _is_fixed(lines: Lines, fact: Fact) -> bool:
    """「専門家の派遣　定額　上限 15万円」: the whole cost is paid, up to a limit."""
    limited = re.match(rf"[\s　]+(?:補助|助成)?(?:上限|限度)額?[\s　：:]*{_AMOUNT}", lines.right(fact))
    return fact.kind is FactKind.OTHER and fact.text == "定額" and limited is not None


def _terms_of_cell(lines: Lines, fact: Fact) -> Fact:
    """A cell 「1/2以内　5,000千円」 below 助成 says up to which share and up to how much."""
    above, _, head = (fact.condition or "").rpartition("、")
    if fact.kind is not FactKind.OTHER or not _AID.match(head):
        return fact
    left, right = lines.left(fact).rpartition("\t")[2], lines.right(fact).partition("\t")[0]
    if not _TERMS.match(f"{left}{fact.text}{right}"):
        return fact
    kind = FactKind.SUBSIDY_LIMIT if fact.yen is not None else FactKind.SUBSIDY_RATE
    return replace(fact, kind=kind, condition=above or None, item=None)


def _paid_out(lines: Lines, fact: Fact) -> Fact:
    """「令和４年度実績　採択 11件　交付額 17,640千円」: what was paid in a year, and no limit."""
    was = fact.kind is FactKind.SUBSIDY_LIMIT and _PAID.search(lines.left(fact)) is not None
    return replace(fact, kind=FactKind.OTHER) if was else fact


def name_before(lines: Lines, fact: Fact) -> str | None:
    """What stands set off before the first label or share of a fact's line; None where that is no case of it."""
    raw = lines.raw(fact)
    if "\t" in raw:
        return None
    body = _MARK.sub("", _HEADED.sub("", raw), count=1)
    found = _NAME.match(body)
    if found is None or len(raw) - len(body) + found.start("rest") > start_of(fact):
        return None
    between = _ASIDE.sub("", raw[len(raw) - len(body) + found.start("rest") : start_of(fact)])
    # 「個人　最大10万円　　上限　30万円」 has two columns, 「一般型 1/2　3,000千円／連携型 2/3」 another name
    if re.search(_AMOUNT, found["name"]) or re.search(r"[^\W\d_]", _TERM.sub("", between)):
        return None
    cells = [cell for cell in _GAP.split(found["name"].strip(" 　")) if cell]
    name = cells[0] if cells else ""
    return name if 2 <= len(name) <= 40 and _is_case(name, fact) else None


def _is_case(name: str, fact: Fact) -> bool:
    outside = re.sub(r"[（(][^（()）]*[)）]", "", name)
    if _NO_NAME.search(outside) or not outside.strip() or name.count("（") != name.count("）"):
        return False
    if plain(name) in known_labels() or label_kind(name):
        return False
    known = [match_form(text) for text in (fact.program, fact.subprogram) if text]
    own = match_form(name)
    return bool(own) and not any(own in text or text in own for text in known)


def _labels_above(lines: Lines, fact: Fact) -> set[str]:
    """The bracketed labels, 「【支援】」, that a line stands under; they say of which sort it is, not in which case."""
    found = (_HEADED.match(text) for text in lines.upward(fact, _REACH))
    return {plain(each["label"]) for each in found if each}


def _before_a_bracket(lines: Lines, fact: Fact) -> Fact:
    """「施設の整備（補助率 1/2以内）、移動式解体車（補助率 1/2以内）」: for two nouns at least."""
    if fact.kind not in _GIVEN or fact.condition or "\t" in lines.raw(fact):
        return fact
    found = list(_BRACKETED.finditer(lines.raw(fact)))
    own = [each for each in found if each.start("inside") <= start_of(fact) < each.end("inside")]
    names = {each["name"] for each in found}
    if not own or len(names) < 2:
        return fact
    name = own[0]["name"].strip(" 　・○")
    return replace(fact, condition=name) if _is_case(name, fact) else fact


def _below_labels(lines: Lines, fact: Fact) -> Fact:
    """「設備投資枠　　１／３　　3,000万円」 below 「補助率　　上限」."""
    if fact.kind not in _GIVEN or fact.condition or fact.subprogram or "\t" in lines.raw(fact):
        return fact
    row = _ROW.match(lines.raw(fact))
    if row is None or row.end("name") > start_of(fact) or not _is_case(row["name"].strip(" 　"), fact):
        return fact
    for text in lines.upward(fact, _REACH)[1:]:
        if _HEADS.match(text):
            return replace(fact, condition=row["name"].strip(" 　"))
        if not _ROW.match(text):
            return fact
    return fact


_RULES: tuple[Callable[[Lines, Fact], Fact], ...] = (
    _paid_out,
    _terms_of_cell,
    _bare_terms,
    _before_the_label,
    _before_a_bracket,
    _below_labels,
)
