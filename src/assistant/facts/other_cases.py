"""A second rate or limit of one text is for whom its own sentence begins with: 「1/10以内。特定区域は2/10以内」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..layout.labels import known_labels, plain
from ..records import FactKind, Figure, FigureKind
from .make import Say

_KINDS = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT)
_BREAK = re.compile(r"。|[、，]?[\s　]*(?:ただし|但し)[、，]?")
_CASE = re.compile(
    r"[\s　]*(?:うち)?(?P<case>[^、。（）()「」：:\s　]{2,28}?)(?:の場合)?(?:に?は|では|については)[、，]?[\s　]*"
    r"(?:補助率|助成率|(?:補助|助成)?(?:上限|限度)額?)?[はを：:、\s　]*"
    r"(?:最大|上限|[1１一][人社者件名](?:当たり|あたり|につき))?[\s　]*"
)
# 「R7から第二創業も対象（上限100万円）」
_ALSO = re.compile(
    r"(?:^|[。、）)\s　])(?:[^。、（）()]{1,10}から)?(?P<case>[^。、（）()\s　]{2,20}?)も(?:補助)?対象"
    r"(?:に(?:追加|拡大)|とする|とします|化)?[（(]"
    r"(?:補助率|上限額?|限度額?|補助上限額?)?[はの：:\s　]*(?:最大)?$"
)
_NO_CASE = re.compile(
    r"率$|額$|費$|経費|上限|限度|期間|これ|それ|^(?:本|当該?|同|この|その|上記|下記|以下)|[0-9０-９]"
    r"|^(?:支給|交付|補助|助成|給付|申請|対象|合計|全体|総額|最大|最高|金額|内訳|原則|詳細|なお|また|支援|補助金|助成金)$"
)

_LED = re.compile(r"(?:^|[。、，])[\s　・\-]*(?P<case>[^、。，（）()「」：:\s　]{2,24}?)(?:に?は|では)[\s　]*$")
_CLOSED = re.compile(r"(?:以内|まで)?[\s　]*(?:[、。，（(]|$|を(?:補助|助成))")
_GIVERS = re.compile(r"^(?:国|残り|残額|自己資金|[都道府県市区町村]{1,4}|本[県市町村])$")
_BORNE = re.compile(r"負担|財源|内訳|うち|超え|未満|以上")

Said = list[tuple[Figure, Say]]


def _rates_by_case(text: str, said: Said) -> Said:
    """「ソフト事業は1/2、ハード事業は1/3を補助」, and 「中心市街地は2/3」 behind a sentence that gives the rate."""
    result = list(said)
    granted = -1  # the sentence in which a share was last told to be what is paid
    for place, (figure, say) in enumerate(said):
        sentence = text.count("。", 0, figure.start)
        if say.kind is FactKind.SUBSIDY_RATE:
            granted = sentence if granted < 0 else granted
        led = _LED.search(text[: figure.start]) if figure.kind is FigureKind.RATE else None
        if led is None or say.condition or not _CLOSED.match(text, figure.end) or not _names_case(led["case"]):
            continue
        start, stop = text.rfind("。", 0, figure.start) + 1, text.find("。", figure.end)
        end = stop if stop >= 0 else len(text)
        if _BORNE.search(text[start:end]):
            continue
        shared = any(_is_led_rate(text, other) for other in said[place + 1 :] if other[0].start < end)
        if say.kind is FactKind.SUBSIDY_RATE or (say.kind is FactKind.OTHER and (shared or 0 <= granted < sentence)):
            result[place] = (figure, replace(say, kind=FactKind.SUBSIDY_RATE, condition=led["case"], item=None))
    return result


def _is_led_rate(text: str, told: tuple[Figure, Say]) -> bool:
    figure, say = told
    return say.kind is FactKind.SUBSIDY_RATE and _LED.search(text[: figure.start]) is not None


def _names_case(name: str) -> bool:
    return not (_NO_CASE.search(name) or _GIVERS.match(name) or plain(name) in known_labels())


def other_cases(text: str, said: Said) -> Said:
    """The figures with what is said of them; a further one of a kind is for the case that its sentence names."""
    said = _rates_by_case(text, said)
    result = list(said)
    general = {say.kind: figure.end for figure, say in reversed(said) if say.kind in _KINDS and not say.condition}
    case, reach = "", 0
    for place, (figure, say) in enumerate(said):
        start = max((each.end() for each in _BREAK.finditer(text, 0, figure.start)), default=0)
        if say.kind is FactKind.SUBSIDY_RATE and (led := _LED.search(text[: figure.start])):
            alone = reach != start or not case  # 「Aは1/2、Bは1/3、上限100万円」: the limit is of both
            case, reach = (say.condition or "", start) if alone and led["case"] == say.condition else ("", start)
        if say.kind not in _KINDS or say.condition or figure.start < general.get(say.kind, len(text)):
            continue
        found = _CASE.fullmatch(text, start, figure.start) if start >= general[say.kind] else None
        also = _ALSO.search(text[: figure.start])
        named = found["case"] if found else also["case"] if also else ""
        if named and _names_case(named):
            case, reach = named, start
        if case and (named == case or start == reach):
            result[place] = (figure, replace(say, condition=case, item=None if say.item == case else say.item))
    return result
