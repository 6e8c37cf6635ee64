"""Lines that say how much: an amount alone, or a name with its amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..figures import find_figures
from ..lexicon import table
from ..records import Figure, FigureKind
from .names import clean_name, is_name, take_departments, take_flags

_TAIL = re.compile(r"^\s*(の一部|$|[\s　【（(※]|等$|程度$|以内$)")
_YEAR_PREFIX = re.compile(r"^\s*(令和|平成|昭和|R|H)?\s*[0-9０-９元]*\s*年?度?\s*")
_PER_TAIL = re.compile(r"[\s　]*[1１一]\S{1,6}(?:につき|当たり|あたり|当り)[\s　]*$")
_PER_TIME = re.compile(r"^(単?年度?|毎年|月)$")
_OFFICE_TAIL = re.compile(r"[（(](?P<name>[^（）()]*(?:課|室|局|部|班|係))[)）]")


@dataclass(frozen=True, slots=True)
class AmountLine:
    """``name`` is empty when the line holds the amount alone; ``figure`` is None for 「限度額 既往債務残高」."""

    name: str
    label: str
    figure: Figure | None
    flags: tuple[str, ...]
    departments: tuple[str, ...]


@cache
def _labels() -> re.Pattern[str]:
    found = {
        word
        for cue in table("cues")["cue"]
        if "money" in cue["figures"] and cue["kind"] not in ("limit_addition", "breakdown")
        for word in cue["words"]
    }
    longest = sorted(found, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest))})[：:\s　]*$")


def read_amount_line(body: str) -> AmountLine | None:
    """What a line says when an amount (or 限度額 without one) is all that it says of a program."""
    money = next((figure for figure in find_figures(body) if figure.kind is FigureKind.MONEY), None)
    if money is None:
        return _without_figure(body)
    before, after = body[: money.start].replace("**", ""), body[money.end :].replace("**", "")
    if not _TAIL.match(after) or _reads_on(after):
        return None
    match = _labels().search(before)
    if match and not _stands_off(before, match.start()):
        match = None
    label = match.group(1) if match else ""
    head = before[: match.start()] if match else before
    head, departments = take_departments(head.replace("**", ""))
    departments += tuple(m["name"].strip() for m in _OFFICE_TAIL.finditer(after))
    head, flags = take_flags(head)
    flags += tuple(flag for flag in take_flags(after)[1] if flag not in flags)
    name = clean_name(_PER_TAIL.sub("", head))
    if name and not label and money.per and not _PER_TIME.search(money.per):
        return None  # 「奨励金：20万円／人」 is what one gets, not what the program costs
    if name and _YEAR_PREFIX.sub("", name) and not is_name(name):
        return None
    if not _YEAR_PREFIX.sub("", name):
        name = ""
    return AmountLine(name, label, money, flags, departments)


def _stands_off(before: str, start: int) -> bool:
    """「商品券発行事業費」 is a name as a whole; 「令和2年度概算要求額」 and 「A事業 予算額」 end with a label."""
    return not re.search(r"[一-龥ァ-ヶー](?<![度年月分])$", before[:start])


def _reads_on(after: str) -> bool:
    """A tail that goes on as a sentence is no tail."""
    rest = re.sub(r"[（(【][^）)】]*[）)】]", "", after)
    return bool(re.search(r"(を|は|が|に|で)[^\s]*(ます|する|した|します|支援|補助)", rest.split("※")[0]))


def _without_figure(body: str) -> AmountLine | None:
    match = re.match(r"^(?P<name>\S{4,40})[\s　]+(?P<label>\S{2,8})[\s　]+(?P<rest>\S.{2,})$", body)
    if not match or not _labels().fullmatch(match["label"]) or not is_name(clean_name(match["name"])):
        return None
    name, flags = take_flags(match["name"])
    return AmountLine(clean_name(name), match["label"], None, flags, ())
