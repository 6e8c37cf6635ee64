"""What stands around a figure and limits it: 以内, 約, 上限 (``bound``); ／者, 1社あたり, 年 (``per``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AFTER = re.compile(
    r" ?(?P<bound>以内|以上|以下|以降|以前|未満|程度|前後|まで|迄|を超えない|を超える|を超え|を上回る|を下回る"
    r"|(?<! )[をが]?(?:上限|限度)(?![額は:])|超え|超(?![過高低音人短長党大])|弱(?![者体点小])"
    r"|強(?![化力み制調靭者い])|くらい|ぐらい|ほど|(?:想定|予定)(?![額者地日時表価先外]))"
    r"|\((?P<bracket>上限|限度|以内|程度)\)"
)
_BEFORE = re.compile(
    r"(?P<bound>上限|最大|最高|最長|最短|最低|限度|原則|概ね|おおむね|およそ|おおよそ|ほぼ|約)"
    r"(?:として|で|は|が)?[ :、]?$"
)
_EACH = (
    r"者|社|人|名|件|回|校|戸|台|店舗|店|団体|企業|事業者|事業所|事業|市町村|都道府県|地区|地域|世帯|組合|グループ"
    r"|施設|拠点|法人|機関|学校|大学|商店街|棟|基|プロジェクト|チーム|コース|品目"
    r"|[かカヶヵケ箇]所|時間|か月|年度|年|月|日|泊|時|枠|区画|kWh|kW|㎡|ha|トン"
)
_PER_AFTER = re.compile(
    rf" ?(?:/ ?(?:1|一)?(?P<slash>{_EACH})(?![A-Za-z0-9一-\u9fff])"
    r"|[×xX] ?(?P<times>[一-\u9fffぁ-んァ-ヶー]{1,12}?数)(?![一-\u9fff])"
    rf"|\((?:1|一)?(?P<bracket>{_EACH})(?:あたり|当たり|当り|につき|ごと)\))"
)
_PER_BEFORE = re.compile(
    rf"(?:(?<![0-9])(?P<count>[0-9]{{1,3}}|一|各)? ?(?P<each>{_EACH})(?:あたり|当たり|当り|につき)(?:の|、| )*"
    r"|(?P<single>単年度)(?:で|の)?"
    r"|(?<![0-9一二三四五六七八九十元数半])(?P<year>年(?:率|利|間|額|平均)+|月額|月々|日額|時給|時間給)"
    r"(?:平均|換算)?[:、 ]?"
    r"|(?<![0-9一二三四五六七八九十元数半今昨来去前翌同近当少青成学新周先本])(?P<bare>[年月週]))$"
)
_PER_NAMES = {"月額": "月", "月々": "月", "日額": "日", "時給": "時間", "時間給": "時間"}
_WINDOW = 24
# How the words before a figure end; most figures have none, and one look settles that.
_LAST = frozenset("限大高長短低度則ねそぼ約てではがりきの率利間額均算々給年月週 :、")


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """The limiting words found, and the stretch of text that they and the figure fill together."""

    bound: str | None
    per: str | None
    start: int
    end: int


def read_qualifiers(text: str, start: int, end: int, floor: int = 0) -> Qualifiers:
    """What limits the figure at ``start:end`` of a folded text; of two bounds the one after it is kept.

    Words before ``floor`` belong to an earlier figure.
    """
    before, per_before, outer_start = _look_left(text, start, floor)
    after, per_after, outer_end = _look_right(text, end)
    return Qualifiers(after or before, per_after or per_before, outer_start, outer_end)


def _look_left(text: str, start: int, floor: int) -> tuple[str | None, str | None, int]:
    bound: str | None = None
    per: str | None = None
    for _ in range(3):  # 「1者あたり 年間約」 holds three at most
        if start <= floor or text[start - 1] not in _LAST:
            break
        window = text[max(floor, start - _WINDOW) : start]
        found = _BEFORE.search(window) if bound is None else None
        if found:
            bound = found["bound"]
        else:
            found = _PER_BEFORE.search(window) if per is None else None
            if found is None:
                break
            per = _per_name(found)
        start -= len(window) - found.start()
    return bound, per, start


def _look_right(text: str, end: int) -> tuple[str | None, str | None, int]:
    per = _PER_AFTER.match(text, end)
    if per:
        end = per.end()
    bound = _AFTER.match(text, end)
    if bound:
        end = bound.end()
    # 「50万円以内/社」 has them the other way round.
    late = _PER_AFTER.match(text, end) if bound and not per else None
    per = per or late
    name = (per["slash"] or per["times"] or per["bracket"]) if per else None
    return (bound["bracket"] or bound["bound"]) if bound else None, name, late.end() if late else end


def _per_name(found: re.Match[str]) -> str:
    if found["each"]:
        count = found["count"]
        return found["each"] if count in (None, "1", "一", "各") else count + found["each"]
    if found["year"]:
        return _PER_NAMES.get(found["year"], "年")
    return found["single"] or found["bare"]
