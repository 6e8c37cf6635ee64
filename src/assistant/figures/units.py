"""What may stand after a number and make it a share, a length of time or a count.

A word is a unit only where it is not the beginning of another one: 5人 counts, 5人材 does not.  The lists after
``(?!`` are the beginnings of such longer words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import FigureKind

# Counters of one character (or nearly), each with what may not follow it.
_SHORT = {
    "者": "",
    "社": "会内外員長名是風宅史債用屋務殿",
    "件": "名",
    "人": "材口事間物工員類権気柄格脈生民選夫体文",
    "名": "称前詞刺義物簿所産作付勝古誉字",
    "回": "答収復線転避顧覧送帰想忌路",
    "先": "進行端月週般着日生頭代例駆輩方物住",
    "店": "頭長員主内",
    "校": "長外内正舎則閲",
    "台": "湾風帳所本北東座頭詞",
    "戸": "建籍別外惑田市",
    "点": "検在灯字滴火線描眼滅",
    "棟": "梁",
    "室": "内長外町蘭温",
    "本": "事業資金補助制度人社部県市日来格質気文体州国土籍音当町所館学則契年項書給位邦庁格拠省件",
    "隻": "",
    "頭": "部取金文脳角",
    "泊": "",
    "席": "上巻",
    "床": "面下",
    "枚": "挙",
    "冊": "子",
    "個": "人別室性体々々展",
    "基": "金本準礎盤地幹調軸",
    "歳": "入出時月末",
    "口": "座頭径実調外内",
    "便": "利宜覧益",
    "倍": "率",
    "枠": "組内外",
    "票": "",
    "つ": "",
    "分": "の野類析担割科量別散化譲離布配解岐子母補社業会館室",
    "秒": "",
    "日": "本時常報経産付曜米中韓光野立置没当夜",
}
_LONGER = {"日": "程(?!度)", "つ": "いて|なが|くり", "人": "三脚|十色|一首"}
_NOUNS = (
    "事業所|事業者|事業|企業|団体|市町村|地区|地域|拠点|区画|組合|店舗|種類|コース|講座|類型|分野|業種|項目|品目|作品"
    "|世帯|施設|工場|商品|案件|グループ|チーム|自治体|都道府県|機関|[かカヶヵケ箇]国|大学|商店街|会場|プロジェクト|人日"
    "|人月|営業日|時間|小間|ブース|コマ|路線|町村|機種|言語|テーマ|産地"
)
_BOUND_AFTER = (
    "以上|以下|以内|以降|未満|程度|前後|超|弱|強|想定|限度|予定|募集|採択|分(?!野|類)|[^一-\u9fff々ァ-ヶーA-Za-z]|$"
)


def _short() -> str:
    parts = (
        f"{word}(?![数目毎々{barred}]{'|' + _LONGER[word] if word in _LONGER else ''})"
        for word, barred in _SHORT.items()
    )
    return "|".join(parts)


_YEAR_BARRED = "度生目代次齢号版末初春夏秋冬金収頭賀貨"
_UNIT = re.compile(
    r"(?P<percent>%|パーセント|㌫)(?P<points>ポイント)?"
    r"|(?P<point>ポイント)"
    r"|(?P<tenths>割)(?![合烹当賦安高])(?! ?り[当振])(?: ?(?P<hundredths>[0-9一二三四五六七八九]) ?分(?!の))?"
    rf"|(?P<years>[かカヶヵケ箇]年間?(?!度)|年間|年半|年度間(?!の?予算)|年度(?=とし|とする|以内(?!に))"
    rf"|年(?![{_YEAR_BARRED}])(?! ?[0-9]{{1,2}} ?月 ?[0-9]))"
    r"|(?P<months>[かカヶヵケ箇]月(?:間)?|月間(?!賞)|月(?![曜額刊給末初謝面齢見島]))"
    r"|(?P<weeks>週間?(?![末明刊報休]))"
    r"|(?P<days>日間)"
    r"|(?P<places>[かカヶヵケ箇]所(?!村))"
    r"|(?P<measure>km2|km|㎞|ha|㎡|m2|m|kWh|kW|MW|kg|t|トン|平方メートル|平方キロ|ヘクタール|キロ)(?![A-Za-z0-9])"
    rf"|(?P<noun>{_NOUNS})(?={_BOUND_AFTER})"
    rf"|(?P<short>{_short()})"
)
_MORE_MONTHS = re.compile(r" ?(?:と )?(?P<count>[0-9]{1,2}) ?[かカヶヵケ箇]月(?:間)?")
_SPACED = re.compile(rf"(?={_BOUND_AFTER}|連携)")
_FOR_EACH = re.compile(r" ?(?:あたり|当たり|当り|につき|ごと|毎)|(?:ひとり|1人)")
_LINE_HEAD = re.compile(r"(?:^|[\n\t「『【])[ \-*・○●◎■□◆◇▪※#(]*$")
_AFTER_HEAD = re.compile(r"[ \t\n、。,)]|$|以[上下内]|未満|程度|前後|超")
# Number kanji count only before these, as names are full of them (八戸, 四日市, 三者).
_KANJI_SHORT = frozenset("人名社件回倍校")
_KANJI_NOUNS = frozenset(("団体", "店舗", "事業所", "時間", "事業者", "市町村", "企業"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a text: what it makes of its number, its printed name and where it ends."""

    kind: FigureKind
    name: str
    end: int
    group: str
    factor: int = 1
    extra: float = 0.0  # what a second part adds: 1割5分, 1年半, 1年6か月

    def fits_kanji(self, word: str) -> bool:
        """Whether a number in kanji may stand before this unit."""
        if self.group in ("percent", "tenths", "years", "months", "weeks", "days"):
            return True
        several = word not in ("一", "〇")
        if self.group == "short":
            return several and (self.name in _KANJI_SHORT or (self.name == "者" and len(word) > 1))
        return several and (self.group == "places" or self.name in _KANJI_NOUNS)


def read_unit(text: str, end: int) -> Unit | None:
    """The unit after a number that ends at ``end`` of a folded text, across at most two spaces."""
    at = end
    while at < len(text) and text[at] == " " and at - end < 2:
        at += 1
    found = _UNIT.match(text, at)
    if found is None:
        return None
    group = found.lastgroup or ""
    if group in ("points", "point"):
        return Unit(FigureKind.PERCENT, "ポイント", found.end(), "percent")
    if group == "percent":
        return Unit(FigureKind.PERCENT, "%", found.end(), "percent")
    if group in ("tenths", "hundredths"):
        return _tenths(found)
    if _FOR_EACH.match(text, found.end()) or (at > end and not _SPACED.match(text, found.end())):
        return None
    if group in ("years", "months", "weeks", "days"):
        return _duration(text, found, group)
    name = "箇所" if group == "places" else found[0]
    return Unit(FigureKind.COUNT, found[0] if group != "places" else name, found.end(), group)


def is_heading(text: str, start: int, end: int, unit: Unit) -> bool:
    """Whether a number that opens a line is its own number: 「2 事業の概要」, 「1企業の責務」."""
    if unit.group != "noun" or _LINE_HEAD.search(text, max(0, start - 12), start) is None:
        return False
    if text.startswith(" ", end):
        return _AFTER_HEAD.match(text, unit.end) is None
    return text.startswith("の", unit.end)


def _tenths(found: re.Match[str]) -> Unit:
    part = found["hundredths"]
    extra = 0 if part is None else "〇一二三四五六七八九".find(part) if not part.isascii() else int(part)
    return Unit(FigureKind.PERCENT, "%", found.end(), "tenths", 10, float(extra))


def _duration(text: str, found: re.Match[str], group: str) -> Unit | None:
    names = {"years": "年", "months": "月", "weeks": "週", "days": "日"}
    if group == "years" and found[0] == "年半":
        return Unit(FigureKind.DURATION, "年", found.end(), group, 1, 0.5)
    more = _MORE_MONTHS.match(text, found.end()) if group == "years" else None
    if more:
        return Unit(FigureKind.DURATION, "月", more.end(), group, 12, float(more["count"]))
    return Unit(FigureKind.DURATION, names[group], found.end(), group)
