"""Figures in a text that no program states: sums and differences of others, and quantities of the writer's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..lexicon import table
from ..records import Fact, FigureKind
from .place import Place

_RUN = "一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ"
_HEDGE = re.compile(
    r"(?:約|おおよそ|およそ|概ね|最大|最高|最長|最低|上限|限度|合わせて|合計|総額|計|年間?|各|[0-9０-９一二三四五六七八九十]+(?:者|社|件|名|人|回))?"
    r"[ 　]*(?:で|に)?[ 　]*(?:約|年)?[ 　]*$"
)
_GOVERNS = re.compile(
    rf"(?P<word>[{_RUN}]+)(?:として|について|に対し|では|には|とは|は|が|も|を|の|：|:|、|=|＝|→|\t| |　)*$"
)
# who runs a program, when and where: none of them is a quantity
_NO_QUANTITY = re.compile(r".*[県府都道市町村課部局室省庁国年月日度者枠型等]")
_SUM = re.compile(
    r"(?:合計|総計|合算|合わせ|あわせ|足す|足し|トータル|累計)[^、。0-9０-９]{0,8}[ 　:：]*$"
    r"|(?<![一-龠])計[ 　:：]*約?$"
)
_AMOUNTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_SEVERAL = re.compile(
    r"(?:[2-9２-９二三四五六七八九十]|[1-9１-９][0-9０-９])[ 　]*(?:つの)?(?:事業|資金|制度|件|課)の"
    r"|両(?:事業|者|方|県|資金)|これらの|以上の"
)
_SUPPOSED = re.compile(r"仮に|かりに|例えば|たとえば|もし(?!くは)|試算|計算例|モデルケース|シミュレーション")
_IF = re.compile(
    r"[ 　]*(?:の(?:場合|とき|設備|機械)|なら|であれば|でしたら|だと(?![聞思言伺書の理認説]|い[うっ])"
    r"|だとすると|とすると|とすれば|かかる|かかった)"
)
_WRITERS = re.compile(
    r"売上|経費|投資|見積|自己資金|自己負担|資本金|会費|参加費|受講料|手数料|給与|賃金|年収|単価|借入|残高|利益|報酬|謝金|家賃|価格|負担"
)


def is_sum(place: Place) -> bool:
    """Whether a figure is called the sum of amounts told before it, of more than one program."""
    if not _SUM.search(place.bare):
        return False
    told = [one for one in place.figures if one.kind is place.figure.kind and one.end <= place.figure.start]
    return bool(told) or len({one.programs for one in place.mentions}) != 1


def speaks_of_several(place: Place) -> bool:
    """Whether an amount is told of several programs at once (両事業で, 以上3事業の予算は): it says nothing of one."""
    last = max((one.end for one in place.figures if one.end <= place.figure.start and one.kind in _AMOUNTS), default=0)
    return bool(_SEVERAL.search(place.before, last))


def is_supposed(place: Place) -> bool:
    """Whether an amount is one of an example that the writer works out (仮に研修費が90万円なら…)."""
    told = [one.end for one in place.figures if one.kind is FigureKind.MONEY and one.start <= place.figure.start]
    supposed = _SUPPOSED.search(place.before) or any(_IF.match(place.sentence, end) for end in told)
    return place.figure.kind is FigureKind.MONEY and bool(supposed)


def is_of_another(place: Place, facts: Iterable[Fact], *, called: bool) -> bool:
    """Whether the noun before a figure names a quantity that no fact is of: 参加費, 資本金, a machine's price.

    ``called``: whether a word calls the figure something, or its sentence names a program; else any noun that the
    documents do not have stands for something else (昼食は850円).
    """
    if place.figure.kind is not FigureKind.MONEY:
        return False
    match = _GOVERNS.search(_hidden(_HEDGE.sub("", place.bare)))
    if match is None:
        return False
    word = match["word"]
    writers = _WRITERS.search(word)
    if (word in table("guard")["neutral"]["words"] and not writers) or _NO_QUANTITY.fullmatch(word):
        return False
    if any(word in f"{fact.item or ''} {fact.condition or ''} {fact.subprogram or ''} {fact.quote}" for fact in facts):
        return False
    return bool(writers or _quantity().search(word)) or not called


def is_quantity(noun: str) -> bool:
    """Whether a noun is what an amount may be of, and nobody's name: 設備投資, 参加費."""
    return bool(_WRITERS.search(noun) or _quantity().search(noun))


def _hidden(text: str) -> str:
    """A text with the words by which figures are called hidden."""
    return _labels().sub(lambda match: "〓" * len(match.group()), text)


@cache
def _labels() -> re.Pattern[str]:
    words = {word for entry in table("guard")["label"] for word in entry["words"]}
    words |= {word for cue in table("cues")["cue"] if not cue.get("needs") for word in cue.get("words", ())}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _quantity() -> re.Pattern[str]:
    ends = sorted(table("guard")["quantity"]["ends"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, ends))})$")
