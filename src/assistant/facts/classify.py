"""One figure of running text → its kind, condition and item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import FactKind, Figure, FigureKind
from .conditions import behind, condition_of, item_of, total_of
from .cues import Cue, nearest_cue
from .grants import asks, is_fee, is_result, pays, shares_cost
from .make import Say

_LOWERED = re.compile(r"^\s*(引き?下げ|軽減|減免|引下げ)")
_PROJECT = re.compile(r"^\s*(間|にわたり|を限度に)?(の事業|支援|の支援|補助|実施)")
_SHARED = re.compile(r"[（(](?P<parts>[^（）()]{2,24}共通)[)）]")
_TELEPHONE = re.compile(r"[（(]?\s*(TEL|ＴＥＬ|電話番号|電話|℡|Tel|tel)?\s*[：:]?\s*$")
_PERIOD = re.compile(
    r"(補助|支援|助成|交付|支給|対象|実施|事業|訓練|派遣|研修|委託)期間(は、?|：|:|として)?[^、。をの]{0,14}$"
)
_MEASURES = ("歳", "時間", "倍")  # how old, how long, how many times as much: nothing is counted
_AIM = re.compile(r"(?:^|[\n（(「*・])[^、。\n]{0,6}目標(?:値|数|件数)?(?:[*\s　：:（(]|は|として)")
_AIM_BEHIND = re.compile(r"^[^、。]{0,24}(を目標|目標と|を目指)")
_BORNE = re.compile(r"^[\s　]*(分(?![のほ])|を(利子)?補給)")
_BUDGETED = (FactKind.BUDGET, FactKind.BREAKDOWN)
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.LOAN_LIMIT)
_EXAMPLE_HEAD = re.compile(r"(?:^|\n)[\s　・\-*]*[（(〈＜]?(?:計算|記載|支援|算定)?例[）)〉＞：:]")
_EXAMPLE = re.compile(r"例えば|たとえば")
_PORTION = re.compile(r"(?:^|[\n（(、])[\s　]*うち(?P<name>[^\s　（()）、。：:]{3,30}分)[\s　：:は]*$")
_WHOM = re.compile(
    r"(?:^|[。、※\s])(?P<case>[^。、（）()※\s]{2,40}?)(?:の場合)?(?:は|には|では)[、,]?[^。、]{0,20}$"
)  # 「賃上げをする者は、（１）の上限額に50万円を上乗せ」
_GRANTED = (
    FactKind.SUBSIDY_LIMIT, FactKind.SUBSIDY_RATE, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_POOL,
    FactKind.GUARANTEE_RATE,
)  # fmt: skip
_COUNTED = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a figure stands: the section's role, the 枠 it is under, an example, and what was just said.

    ``since`` is the text between the figure before and this one, ``carried`` a 【case】 that still holds,
    ``case`` the condition of the figure before, ``program`` the program's name, ``cell`` whether it is a cell.
    """

    role: str
    subprogram: str | None
    example: str | None
    form: str
    since: str = ""
    carried: str | None = None
    office: str = ""
    program: str = ""
    cell: bool = False
    case: str | None = None


def classify(figure: Figure, context: Context, left: str, right: str) -> Say | None:
    """What to say of ``figure``; None for a year or date alone.

    ``left`` is what its unit says before it, ``right`` what stands behind it.
    """
    if figure.kind is FigureKind.YEAR:
        return None
    if figure.kind is FigureKind.PHONE:
        return Say(FactKind.PHONE, item=_office(left, context.office))
    sentence = left.rpartition("。")[2]
    ahead = re.split(r"[。\n]", right, maxsplit=1)[0]
    cue = nearest_cue(sentence, ahead, figure)
    kind = _kind(figure, cue, context, Said(sentence, ahead, right))
    if cue is not None and kind is not cue.kind:
        cue = None
    example = context.example is not None or _is_example(sentence)
    condition = context.example or _condition(figure, context, left) or (cue.condition if cue else None)
    if condition is None and kind in _GRANTED:
        condition = behind(right)
    if condition is None and kind is FactKind.LIMIT_ADDITION and (whom := _WHOM.search(context.since or left)):
        condition = whom["case"]
    note = "引き下げる幅" if _LOWERED.match(right) else None
    flags = ("example",) if example else ()
    item = _item(kind, cue, context, right)
    item = None if item and condition and item in condition else item
    stage = cue.stage if cue else None
    shared = _SHARED.search(ahead) if kind is FactKind.LIMIT_ADDITION or cue is not None else None
    if shared:  # 「（類型1～3共通）」 is said of every part, not of the one it is printed under
        return Say(kind, None, item, condition, flags, note or shared["parts"], stage=stage)
    part = _PORTION.search(sentence) if kind is FactKind.BREAKDOWN else None
    return Say(kind, part["name"] if part else context.subprogram, item, condition, flags, note, stage=stage)


@dataclass(frozen=True, slots=True)
class Said:
    """The figure's own sentence before and behind it, and all that stands behind it."""

    sentence: str
    ahead: str
    right: str


def _is_example(sentence: str) -> bool:
    """「（例）…を買う場合」, 「例えば…」; an example in brackets that are closed says nothing of what follows."""
    if _EXAMPLE_HEAD.search(sentence):
        return True
    return bool(_EXAMPLE.search(re.sub(r"[（(][^（）()]*[)）]", "", sentence)))


def _condition(figure: Figure, context: Context, left: str) -> str | None:
    if figure.kind is FigureKind.MONEY and (total := total_of(left)):
        return total
    since = (context.since or left).rpartition("。")[2]
    if context.case and re.search(r"も[\s　]*$", since) and "。" not in (context.since or left):
        return context.case  # 「…の場合は、上限額が200万円、補助率も3/4」
    return condition_of(since, context.carried)


def _item(kind: FactKind, cue: Cue | None, context: Context, right: str) -> str | None:
    if kind in _COUNTED or cue is None:
        return item_of(context.since, right if kind in (FactKind.COUNT, FactKind.TARGET) else "")
    if cue.start < 0 and kind is FactKind.SUBSIDY_RATE:  # 「費用の2/3を補助」 is of the cost
        return item_of(context.since)
    if cue.start < 0 or kind is FactKind.LIMIT_ADDITION:  # 「を補助」, 「さらに」 name no thing
        return None
    return re.sub(r"[\s　・：:]", "", cue.word) or None


def _kind(figure: Figure, cue: Cue | None, context: Context, said: Said) -> FactKind:
    if figure.kind is FigureKind.PERIOD:
        return FactKind.PERIOD
    if context.role == "target" and (cue is None or cue.kind is not FactKind.SUBSIDY_RATE):
        return _target_kind(figure, said.right)
    if figure.kind is FigureKind.MONEY:
        return _money_kind(figure, cue, context, said)
    if shares_cost(figure, said.sentence, said.ahead, context.program):
        return FactKind.SUBSIDY_RATE
    if figure.kind is FigureKind.PERCENT and _BORNE.match(said.ahead):
        return FactKind.OTHER  # 「うち県が0.2%分を補助」 is a part of the rate, not the rate
    if cue is not None and not _is_requirement(figure, cue, said.right):
        return cue.kind
    return _measure_kind(figure, said)


def _money_kind(figure: Figure, cue: Cue | None, context: Context, said: Said) -> FactKind:
    kind = cue.kind if cue else FactKind.OTHER
    if cue is None or kind in _BUDGETED:
        if is_fee(said.sentence, said.ahead):
            return FactKind.OTHER
        if pays(figure, said.sentence, said.ahead, context.program, cell=context.cell):
            return FactKind.SUBSIDY_LIMIT
    if kind in _LIMITS and (asks(figure, said.ahead) or is_result(said.sentence, said.ahead)):
        return FactKind.OTHER
    return kind


def _measure_kind(figure: Figure, said: Said) -> FactKind:
    """What a count, a share or a length of time without a cue is."""
    if figure.kind is FigureKind.DURATION:
        return FactKind.PERIOD if _is_project_time(figure, said) else FactKind.OTHER
    if _AIM.search(said.sentence) or _AIM_BEHIND.match(said.ahead):
        return FactKind.TARGET
    if figure.kind is FigureKind.COUNT and figure.unit not in _MEASURES and not _demands(figure, said.ahead):
        return FactKind.COUNT
    return FactKind.OTHER


def _demands(figure: Figure, ahead: str) -> bool:
    """「従業員20人以下」, 「6人～20人：」: who is meant, and nothing that is counted."""
    return figure.bound == "以下" or asks(figure, ahead) or bool(re.match(r"[\s　）)]*(以下|[：:])", ahead))


def _target_kind(figure: Figure, right: str) -> FactKind:
    if figure.kind is FigureKind.DURATION:
        return FactKind.PERIOD if _is_project_time(figure, Said("", "", right)) else FactKind.OTHER
    return FactKind.TARGET


def _is_project_time(figure: Figure, said: Said) -> bool:
    if figure.bound in ("最大", "最長") or _PERIOD.search(said.sentence):
        return True
    return figure.text.endswith("間") and bool(_PROJECT.match(said.right))


def _is_requirement(figure: Figure, cue: Cue, right: str) -> bool:
    """「2/3以上が…支払われる」 or 「年率3%以上」 asks for something; it grants nothing."""
    if figure.kind not in (FigureKind.RATE, FigureKind.PERCENT) or cue.start < 0:
        return False
    return figure.bound == "以上" or bool(re.match(r"\s*以上", right))


def _office(before: str, above: str) -> str | None:
    line = before.rpartition("\n")[2]
    name = _TELEPHONE.sub("", line)
    name = re.sub(r"^[\s　\-・]*([^\s：:]{2,8}[：:])?|[\s　（(]+$", "", name)
    return name or above or None
