"""Lines that say how much: an amount alone, or a name with its amount."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from ..columns.header import is_label
from ..figures import find_figures
from ..layout.labels import known_labels, plain
from ..lexicon import table
from ..records import Figure, FigureKind
from .names import clean_name, is_name, squeeze, tagged_offices, take_departments, take_flags
from .sources import source_label

_TAIL = re.compile(r"^\s*(の一部|$|[\s　【（(〔［\[※]|等$|程度$|以内$)")
_YEAR_PREFIX = re.compile(r"^\s*(令和|平成|昭和|R|H)?\s*[0-9０-９元]*\s*年?度?\s*")
_PER_TAIL = re.compile(r"[\s　]*[1１一]\S{1,6}(?:につき|当たり|あたり|当り)[\s　]*$")
_PER_TIME = re.compile(r"^(単?年度?|毎年|月)$")
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)
_LEADER = re.compile(r"[…‥]+|[・．.･]{3,}")
_PAGE_TAIL = re.compile(r"^(?P<tail>[^0-9０-９]*?)[…‥・．.\s　]{3,}[0-9０-９]{1,3}[\s　]*$")
_TERMS = re.compile(r"[（(][^（）()]*[0-9０-９][^（）()]*(?:円|％|%|[/／][0-9０-９])[^（）()]*[)）][\s　]*$")
_IN_BRACKETS = re.compile(r"[（(](?P<label>[^（）()0-9０-９]{2,10})[：:\s　]*$")
_OF_A_YEAR = (
    r"(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度?)?(?:当初|[0-9０-９]{1,2}月補正|補正)?(?:予算)?(?:"
    r"案|額)?[\s　]*[：:]?[\s　]*"
)
_VALUE = r"(?:[▲△]?[0-9０-９][0-9０-９,，.．]*[百千万億]*円|[－―ー-])"
_FURTHER = rf"(?:[\s　]*[、，,／/][\s　]*{_OF_A_YEAR}{_VALUE})"
_AFTER = r"[\s　]*(?P<after>(?:[〔［\[【][^〕］\]】]*[〕］\]】])?)[\s　]*$"
_BY_YEAR = re.compile(
    rf"^(?P<name>[^（(].*?)[\s　]*[（(]{_OF_A_YEAR}(?P<first>{_VALUE})"
    rf"(?:の(?:一部|内数)|{_FURTHER}+)[)）]{_AFTER}"
)
# 「（計　R8: 5,000千円、R7: 4,000千円）」 below what it sums up, 「全体　R8: …、R7: …（対前年度 …増）」
_SUM_BY_YEAR = re.compile(
    r"^[（(〔［\[]?[\s　]*(?P<label>[^\s　（()）〔［\[、。：:0-9０-９]{0,12}?)[\s　：:]*[（(]?"
    rf"{_OF_A_YEAR}(?P<first>{_VALUE}){_FURTHER}+[\s　]*(?:※[^（()）]*)?[)）〕］\]]?"
    rf"(?:[\s　]*[（(](?:対|前年)[^（()）]*[)）])?{_AFTER}"
)
_SUMS = re.compile(
    r"^(?:小計|合?計|総計|総額|全体|予算額?|当初予算額?|事業費|.{0,10}[部局]計?|.{1,10}(?:合計|総額|予算額))$"
)
_WHOLE = re.compile(
    r"^(?:(?:令和|平成)?[0-9０-９元]{1,2}年度)?(?:概算要求|要求|当初予算|補正予算|予算|一般会計予算)(?:額|案)?"
    r"の?(?:総額|合計|総計)$"
    r"|^[一-龥・]{2,14}会計(?:の?当初)?(?:予算)?(?:案|額|総額)?$"
)
# 「【令和８年度予算概算要求額　3,850（2,420）百万円】」 below a name
_FRAMED = re.compile(r"^[【〔［\[](?P<inside>[^【】〔〕［］\[\]]*[0-9０-９][^【】〔〕［］\[\]]*円)[】〕］\]]$")
_LABEL_ALONE = re.compile(
    r"^(?:(?:令和|平成|[RHＲＨ])[\s　]*[0-9０-９元]{1,2}[\s　]*年度?)?[\s　]*の?"
    r"(?:当初|補正|政府|今年度|本年度|来年度)?(?:予算案?)?の?"
    r"(?P<label>(?:概算)?要求額|所要額|予算額?|事業費|予算案額?)[\s　：:]*[0-9０-９]"
)
_SAID = re.compile(r"。|は、|は$")
_OWN_BUDGET = re.compile(
    r"^(?:[国都道府県市町村区]|本[県市町村区]|(?:商工)?会議所|商工会|本年度|今年度|当年度|全体|総)の?(?:当初)?"
    r"(?:予算|予算額|予算案|予算規模)$"
)
# 「令和8年度要求基準額 12億円」: how much, and of no program
_OF_BUDGET = re.compile(
    r"^(?:(?:令和|平成|R|H)?[0-9元]{1,4}年度)?の?(?:[0-9]{1,2}月)?(?:概算|当初|補正|政府|本年度|今年度|来年度)*"
    r"(?:予算|要求|要望|予定|計画|査定|内示)(?:・?要望|基準)?の?(?:案|額|総額|\(案\))+$"
)
_OFFICE_TAIL = re.compile(r"[（(](?P<name>[^（）()]*(?:課|室|局|部|班|係))[)）]")


@dataclass(frozen=True, slots=True)
class AmountLine:
    """``name`` is empty when the line holds the amount alone; ``figure`` is None for 「限度額 既往債務残高」."""

    name: str
    label: str
    figure: Figure | None
    flags: tuple[str, ...]
    departments: tuple[str, ...]
    role: str = "program"  # subtotal or total for a line that sums others up


@cache
def field_words() -> frozenset[str]:
    """Labels of fields and the words that say what a figure is: they head a field, never a program."""
    return frozenset(known_labels()) | {plain(word) for cue in table("cues")["cue"] for word in cue.get("words", ())}


@cache
def _labels() -> re.Pattern[str]:
    found = {
        word
        for cue in table("cues")["cue"]
        if "money" in cue["figures"] and cue["kind"] not in ("limit_addition", "breakdown") and "needs" not in cue
        for word in cue["words"]
    }
    longest = sorted(found, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest))})[：:\s　]*$")


def read_amount_line(body: str) -> AmountLine | None:
    """What a line says when an amount (or 限度額 without one) is all that it says of a program."""
    if by_year := _by_year(body):
        return by_year
    if (framed := _FRAMED.match(body)) and (told := _LABEL_ALONE.match(framed["inside"])):
        money = _amount_of(body)
        return AmountLine("", told["label"], money, (), ()) if money else None
    money = _amount_of(body)
    if money is None:
        return _without_figure(body)
    before, after = _around(body, money)
    if source_label().search(before):
        return None  # 「〈財源〉国 6,000」 says where the money of what stands above comes from
    if not _TAIL.match(after) or _reads_on(after):
        return None
    summed = _sum_line(before, money)
    if summed is not None:
        return summed
    match = _labels().search(before)
    if match and not _stands_off(before, match.start()):
        match = None
    label = match.group(1) if match else ""
    head = before[: match.start()] if match else before
    head, flags = take_flags(head.replace("**", ""))
    head, departments = take_departments(head)
    departments += (*(m["name"].strip() for m in _OFFICE_TAIL.finditer(after)), *tagged_offices(after))
    flags += tuple(flag for flag in take_flags(after)[1] if flag not in flags)
    if field_label(head) is not None:
        return None
    name = clean_name(_PER_TAIL.sub("", head))
    if name and not label and money.per and not _PER_TIME.search(money.per):
        return None  # 「奨励金：20万円／人」 is what one gets, not what the program costs
    if name and _YEAR_PREFIX.sub("", name) and not is_name(name):
        return None
    if not _YEAR_PREFIX.sub("", name):
        name = ""
    if name and label_limits(label) and any(figure.kind in _SHARES for figure in find_figures(name)):
        return None  # 「出展費用の2分の1以内（上限30万円）」 is what is paid, and no program
    if name and not label and _OWN_BUDGET.match(name):  # 「市予算額：9,000千円」 is the budget of what stands above
        name, label = "", name
    if name and not label and (_OF_BUDGET.match(plain(name)) or plain(name) in field_words()):
        # 「繰入金 70,000千円」 is a field of what stands above
        name, label = "", name
    return AmountLine(name, label, money, flags, departments)


def _amount_of(body: str) -> Figure | None:
    """The first amount that stands outside of brackets, else the first: 「投資枠（上限3億円）　9億円」 costs 9億円."""
    amounts = [figure for figure in find_figures(body) if figure.kind is FigureKind.MONEY]
    open_at = [_open_brackets(body[: figure.start]) for figure in amounts]
    outside = (figure for figure, depth in zip(amounts, open_at, strict=True) if depth <= 0)
    return next(outside, amounts[0] if amounts else None)


def _open_brackets(text: str) -> int:
    return sum(text.count(mark) for mark in "（(〔") - sum(text.count(mark) for mark in "）)〕")


def _around(body: str, money: Figure) -> tuple[str, str]:
    """What stands before and behind an amount, without leaders (……) and a page number at the line's end.

    「…事業【商工課】（予算額 8,500千円）」 puts label and amount in brackets of their own.
    """
    before, after = body[: money.start].replace("**", ""), body[money.end :].replace("**", "")
    if before.endswith("【") and after.startswith("】"):  # 「①輸出計画の策定支援【9.0億円】」
        before, after = before[:-1], after[1:]
    paged = _PAGE_TAIL.match(after)
    before = _TERMS.sub("", before)
    before, after = _LEADER.sub(" ", before), _LEADER.sub(" ", paged["tail"] if paged else after)
    opened = _IN_BRACKETS.search(before)
    closed = re.match(r"[^（）()]{0,12}[)）]", after)
    if opened and closed and _labels().fullmatch(opened["label"]):
        return f"{before[: opened.start()]} {opened['label']}", after[closed.end() :]
    return before, after


def _by_year(body: str) -> AmountLine | None:
    """「○○事業【拡充】（R8: 24,680千円、R7: 21,400千円）〔商工政策課〕」: the first year is the document's own."""
    match = _BY_YEAR.match(body)
    if match is None:
        return sum_by_year(body)
    head, flags = take_flags(match["name"].replace("**", ""))
    head, departments = take_departments(f"{head} {match['after']}".strip())
    name = clean_name(head)
    if not is_name(name):
        return None
    return AmountLine(name, "", _first_of(match), flags, departments)


def _first_of(match: re.Match[str]) -> Figure | None:
    """The amount of the first year, None for a dash."""
    money = None if match["first"] in "－―-ー" else _amount_of(match["first"])
    if money is None:
        return None
    return replace(money, start=money.start + match.start("first"), end=money.end + match.start("first"))


def sum_by_year(body: str) -> AmountLine | None:
    """「（計　R8: 5,000千円、R7: 4,000千円）」: without a name it is of what stands above, 「全体　…」 of all."""
    match = _SUM_BY_YEAR.match(body)
    if match is None or (match["label"] and not _SUMS.match(squeeze(match["label"]))):
        return None
    label = squeeze(match["label"])
    role = is_label(label) if label else None
    whole = label == "全体" or role == "total" or bool(_WHOLE.match(label))
    apart = whole and body[0] not in "（(〔［["
    departments = take_departments(match["after"])[1]
    summed = "total" if apart else "subtotal" if role or whole else "program"
    return AmountLine(label if apart else "", "" if apart else label, _first_of(match), (), departments, summed)


def _sum_line(before: str, money: Figure) -> AmountLine | None:
    """「基本方針Ⅰ　経営基盤の強化　　小計 26,840千円」: a sum, named by what stands before 小計 or by 小計 itself."""
    said = before.rstrip(" 　：:")
    label = _labels().search(said)
    head = (said[: label.start()] if label else said).rstrip(" 　：:")
    bare = re.sub(r"[（(][^（）()]*[)）]$", "", head).rstrip(" 　")
    start = max(bare.rfind(" "), bare.rfind("　")) + 1
    if _WHOLE.match(squeeze(bare)):
        return AmountLine(squeeze(bare), label[1] if label else "", money, (), (), "total")
    role = is_label(bare[start:]) if bare[start:] else None
    if role not in ("subtotal", "total"):
        return None
    name = clean_name(bare[:start])
    if _SAID.search(name):  # 「…する制度です。新規の融資枠は 総額 820億円」
        return None
    if not name or bare[start:] == "計":  # 「主要事業　計」
        name += squeeze(bare[start:])
    return AmountLine(name, label[1] if label else "", money, (), (), role)


def label_limits(label: str) -> bool:
    """Whether an amount's label says that it is a limit, 上限, and not what a program costs."""
    return any(label in cue["words"] for cue in table("cues")["cue"] if cue["kind"] in ("subsidy_limit", "loan_limit"))


@cache
def _spaced_fields() -> re.Pattern[str]:
    """Any label, with blanks between its letters, in brackets or set off by a space or a colon."""
    words = sorted((word for word in field_words() if len(word) > 1), key=len, reverse=True)
    spaced = "|".join(r"[ 　]*".join(map(re.escape, word)) for word in words)
    bracketed = rf"[（(\[［【〔](?P<bracketed>{spaced})[)）\]］】〕]"
    more = rf"(?:[ 　]*(?:・|/|及び|と)[ 　]*(?:{spaced}))?"  # 「補助率・上限額」 says both
    return re.compile(rf"^[\s　]*(?:{bracketed}|(?P<plain>{spaced}){more}(?=[\s　：:]))")


def field_label(text: str) -> str | None:
    """The known label that a text begins with when it is set off, as no program's name does.

    「融資限度額　運転資金」 → 融資限度額.
    """
    match = _spaced_fields().match(unicodedata.normalize("NFKC", text) + " ")
    return plain(match["bracketed"] or match["plain"]) if match else None


def _stands_off(before: str, start: int) -> bool:
    """「商品券発行事業費」 is a name as a whole; 「令和2年度概算要求額」 and 「A事業 予算額」 end with a label."""
    return not re.search(r"[一-龥ァ-ヶー](?<![度年月分])$", before[:start])


def _reads_on(after: str) -> bool:
    """A tail that goes on as a sentence is no tail."""
    rest = re.sub(r"[（(【〔［\[][^）)】〕］\]]*[）)】〕］\]]", "", after)
    return bool(re.search(r"(を|は|が|に|で)[^\s]*(ます|です|する|した|します|支援|補助)", rest.split("※")[0]))


def _without_figure(body: str) -> AmountLine | None:
    match = re.match(r"^(?P<name>\S{4,40})[\s　]+(?P<label>\S{2,8})[\s　]+(?P<rest>\S.{2,})$", body)
    if not match or not _labels().fullmatch(match["label"]) or not is_name(clean_name(match["name"])):
        return None
    name, flags = take_flags(match["name"])
    return AmountLine(clean_name(name), match["label"], None, flags, ())
