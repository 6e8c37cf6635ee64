"""What a sentence grants without the words of a rate or a limit: 「費用の1/2」, 「奨励金 1人20万円」.

A fee that the user pays, a result of an earlier year and a threshold look alike; they are told apart here, by
the words of ``lexicon/grants.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import words
from ..records import Figure, FigureKind

_WINDOW = 80  # characters before a figure in which its noun stands
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)
_ASKS = ("以上", "未満", "超", "を超える", "を超え", "を上回る")
_NOT_GIVEN = re.compile(
    r"[\s　)）]*(以上|以下の|を超え(?!ない)|未満|に満たない|まで(?=[。、)）\s　]|$)|[をは]?[^、。]{0,8}負担"
    r"|[^、。]{0,6}削減)"
)
_BORNE = re.compile(r"[\s　]*[をの]?(ご|自己)?負担")
_RENT = re.compile(r"(?:家[ 　]*賃|賃料)[^、。]{0,8}$")
_PAST = re.compile(r"(した|でした|された|ている)[。\s　]*$")
_EACH_BARE = re.compile(
    r"(?:^|[^0-9０-９])[1１一]\s?"
    r"(?P<each>人|名|社|者|団体|件|世帯|企業|事業者|店舗|チーム|グループ|施設|組|台|室|戸|棟|[かカヶ箇]所)"
    r"[\s　]*(?:最大|上限|一律|約)?[\s　]*$"
)
_EACH_LIMIT = re.compile(
    r"(?:^|[^0-9０-９])[1１一]?(?P<each>人|名|社|者|団体|件|世帯|企業|事業者|店舗|施設|組)(?:当たり|あたり|当り|につき)の?"
    r"(?:補助|助成)?(?:上限|限度)額?(?:は|：|:)?[\s　]*$"
)
_GIVEN_LINE = re.compile(r"[^\s　]{2}(?:補助|助成)[\s　]+(?:最大|上限|原則)?[\s　]*$")  # 「店舗改装補助　3/4以内」
_WHOLE = re.compile(
    r"(?:補助|助成|補給|補助率|助成率|(?:補助|助成|補給)割合)(?:等|額)?[\s　：:]+(?P<all>全額)(?=[\s　（(、。]|$)"
)
# 「受検料の全額を補助します」
_WHOLE_OF = re.compile(r"(?P<all>全額)を?(?:補助|助成|補給)(?=します|しています|し、|する[。）)]|する?$|[。、\s　）)])")
# 「女性・若者枠の方は全額（上限15万円）」
_WHOLE_FOR = re.compile(r"(?:者|方|枠|企業|事業所|団体|世帯|場合)(?:に|で)?は、?(?P<all>全額)(?=[（(。、\s　]|$)")
# 「1年目は賃料の全額、2年目は2分の1」
_WHOLE_IN_YEAR = re.compile(r"(?:年目|初年度)(?:は|が)[^、。0-9０-９]{0,8}?(?P<all>全額)(?=[、,，][^。]{0,6}年目)")
_IN_YEAR = re.compile(
    r"(?:[1-9１-９一二三四五]年目|初年度)(?:以降)?(?:は|が)?[、\s　]*(?:[^、。0-9０-９]{1,10}の)?[\s　]*$"
)
_CAPS = ("以内", "まで", "上限", "最大", "限度", "を上限", "が上限", "を限度")
# 「３年以上勤めた従業員に10万円を支給」
_TO_WHOM = re.compile(
    r"(?:者|人|員|方|企業|世帯|団体|店舗|社|組合)(?:に|へ|に対し|に対して)[、\s　]*(?:一律|定額|現金)?で?[\s　]*$"
)
# 「投下固定資産額の10％以内（限度額10億円）」: a share with its limit right behind it is what is paid
_OF_VALUE = re.compile(r"(?<!融資)(?<!借入)(?:額|費|費用|経費|賃料|価格|取得価額)[\s　]*[の×✕][\s　]*$")
_LIMITED = re.compile(r"[\s　]*(?:以内|まで)?[\s　]*[（(、，][\s　]*(?:補助|助成|交付)?(?:限度|上限)額?")
_CLOSES = re.compile(r"[\s　]*(?:[、，,）)〕\]。／/]|$|を?(?:補助|助成|支給|支援|給付|交付))")
# 「中小企業者　2/3　　上限300万円」: a share with its limit right behind it is what is paid
_CAPPED_NEXT = re.compile(
    r"(?:以内)?(?:[\s　]*[、，,（(／/][\s　]*|[\s　]+)(?:補助|助成)?(?:上限|限度)額?[はを：:\s　]*"
    r"(?:月額?|年額?|[1１一][社人者件])?[0-9０-９]"
)
# 「新増設に対する補助（投下固定資産額の10％」
_GRANT_OF = re.compile(
    r"(?:補助|助成)[（(](?:[^（）()]{0,20}[、,・])?[^（）()、。]{1,14}(?:額|費|費用|経費|賃料)の[\s　]*$"
)
# 「…協議会の場合は補助3/4」
_GIVEN_IN_CASE = re.compile(r"(?:場合|とき|者|企業|団体)(?:は|には|、)、?(?:補助|助成)率?[\s　]*$")
# 「1/2以内を県が補助」
_BY_PUBLIC = re.compile(
    r"(?:の額)?を[国都道府県市区町村]{1,3}(?:が|から)(?:[^、。をがは]{1,10}に)?(?:補助|助成|補給|支援)"
)
_PART_OF_IT = re.compile(r"[\s　]*相当(?:額|分)?を(?:補助|助成|補給|軽減)")  # 「保証料を補給し、その1/2相当を軽減」
_FILLER = r"(?:等|月額|年額|総額|の総額|の合計額|合計額|相当額|の額|額)?(?:[（(][^（）()]{0,40}[)）])?"


def is_benefit(name: str) -> bool:
    """Whether a name says that something is paid, as 奨励金 does."""
    return name.endswith((*words("grants", "benefit", "words"), *words("grants", "give", "words")))


def bare_each(since: str) -> str | None:
    """The unit of 「1人 20万円」, or of 「1件当たりの上限額：20万円」, which says for each whom."""
    found = _EACH_BARE.search(since[-12:]) or _EACH_LIMIT.search(since)
    return found["each"] if found else None


def whole_shares(text: str) -> list[Figure]:
    """「保証料補助　全額」, 「受検料の全額を補助」: the whole is paid, which no number says."""
    found = [each for pattern in (_WHOLE, _WHOLE_OF, _WHOLE_FOR, _WHOLE_IN_YEAR) for each in pattern.finditer(text)]
    spans = sorted({each.span("all") for each in found})
    return [Figure(text[start:end], FigureKind.RATE, start, end, number=1.0) for start, end in spans]


def asks(figure: Figure, ahead: str) -> bool:
    """「50万円以上の投資」, 「20人以下の企業」: a threshold, and nothing that is given."""
    return figure.bound in _ASKS or bool(re.match(r"[\s　)）]*(以上|未満|を超え(?!ない))", ahead))


def is_least(sentence: str, ahead: str) -> bool:
    """「50万円を下限とする」, 「下限額　補助金額が10万円に満たないものは対象外」; not 「20万円　　下限　５万円」."""
    below = re.match(r"[\s　]*を?(?:下限|最低)(?!額?[\s　：:はが]*[0-9０-９])", ahead)
    floor = re.search(r"下限額?(?:[\s　：:はが]|補助|助成|交付|金|額)*$", sentence)
    return bool(below or floor or re.match(r"[\s　]*(?:に(?:満たない|達しない)|を下回る)", ahead))


def is_fee(sentence: str, ahead: str) -> bool:
    """Whether an amount is what the user pays: 受講料 3万円, 8,000円のご負担."""
    return bool(_after_noun("fee", sentence) or _BORNE.match(_no_bound(ahead)))


def is_result(said: str, ahead: str) -> bool:
    """Whether a sentence tells what was paid in an earlier year."""
    if _result().search(said):
        return True
    clause = re.split(r"[、。]", said)[-1]
    return bool(
        re.match(r"[^、]{0,10}(でした|しました|された|した)[。\s　]*$", ahead)
        and re.search(r"額[がは約\s　]*$", clause)
    )


def shares_cost(figure: Figure, sentence: str, ahead: str, program: str) -> bool:
    """Whether a share is what is paid of a cost: 「対象経費の3分の2」, 「補助（1/2）」, 「1件100万円（定額）」."""
    if figure.kind not in _SHARES or asks(figure, ahead) or _NOT_GIVEN.match(ahead):
        return False
    near = sentence[-_WINDOW:]
    if re.search(r"(補助|助成)[（(](?:[^（）()]{0,20}[、,・])?(?:[国都道府県市区町村])?[\s　]*$", near):
        return True
    if figure.text == "定額":
        given = r"(円(以内|まで)?|(?:補助|助成)(?:[\s　]+[0-9０-９,，.．]+(?:[千百万億]*円)?)?)[\s　]*[（(][\s　]*$"
        capped = re.match(r"[\s　]*[（(][^（）()、。]{0,8}(?:上限|最大|限度)", ahead)
        return bool(capped or re.search(given, near) or _give().match(ahead))
    if figure.kind is FigureKind.RATE and _CAPPED_NEXT.match(ahead):
        return True
    if _GIVEN_LINE.search(near) and (figure.bound in _CAPS or _CLOSES.match(_no_bound(ahead))):
        return True
    if _GIVEN_IN_CASE.search(near) and _CLOSES.match(_no_bound(ahead)):
        return True
    if figure.kind is FigureKind.RATE and _IN_YEAR.search(near):
        return _give_anywhere().search(sentence + ahead + program) is not None
    if _OF_VALUE.search(near) and _LIMITED.match(ahead):
        return True
    if _GRANT_OF.search(near) or _BY_PUBLIC.match(_no_bound(ahead)) or _PART_OF_IT.match(ahead):
        return _give_anywhere().search(sentence + ahead) is not None
    if not _cost().search(near) or _does_otherwise(ahead):
        return False
    return figure.bound in ("以内", "上限", "最大") or bool(_give_anywhere().search(near + ahead + program))


def _does_otherwise(ahead: str) -> bool:
    """「経費の1/3を民間の資金で賄う」 gives nothing."""
    done = re.match(r"[\s　]*(?:以内|程度|相当額?)?[をは](?P<deed>[^、。]{1,16})", ahead)
    return bool(done and not _give_anywhere().search(done["deed"]))


def pays(figure: Figure, sentence: str, ahead: str, program: str, *, cell: bool) -> bool:
    """Whether an amount is what one receives: 「奨励金10万円」 of a cell, 「1社20万円を支給」."""
    if figure.kind is not FigureKind.MONEY or asks(figure, ahead):
        return False
    if _caps(figure, sentence, ahead, program):
        return True
    if is_fee(sentence, ahead):
        return False
    per = figure.per if figure.per not in ("年度", "単年度") else None
    small = figure.unit in ("円", "万円")
    if not small and per is None:
        return False
    if _after_noun("benefit", sentence) and (per or cell):
        return True
    rest = _no_bound(ahead)
    behind = re.sub(r"^[（(][^（）()]{1,20}[)）](?=を)", "", rest)  # 「１日当たり5,000円（上限５万円）を助成」
    given = bool(_give().match(behind)) and not _PAST.search(rest)
    ranged = figure.yen_min is not None and figure.yen_max is not None  # 「参加者数に応じて30万円～300万円を助成」
    if given and (ranged or per or cell or figure.bound in _CAPS or _TO_WHOM.search(sentence)):
        return True
    if per and figure.bound in ("以内", "まで", "上限", "最大") and re.match(r"[（(]定額[)）]", rest):
        return True
    return bool(per and small and _benefit_name().search(program))


def _caps(figure: Figure, sentence: str, ahead: str, program: str) -> bool:
    """「家賃 5万円まで」, 「1社300万円まで」, 「奨励金（1人3万円）」: how much one gets where something is given."""
    priced = figure.unit in ("円", "万円") or (figure.unit == "千円" and figure.per is not None)
    small = priced and bool(_CLOSES.match(_no_bound(ahead)))
    if is_fee(sentence, ahead) and not _RENT.search(sentence[-_WINDOW:]):
        program = ""  # 「参加費 1人5,000円まで」 of a 支援事業 is what one pays, unless the sentence gives it
    if not small or _BORNE.match(_no_bound(ahead)) or _spent().search(sentence[-_WINDOW:]):
        return False
    per = figure.per is not None and figure.per not in ("年度", "単年度", "時間")
    capped = figure.bound in _CAPS
    bracketed = _in_grant().search(sentence[-_WINDOW:])
    if bracketed and (per or capped or sentence.endswith(("定額", "定額 ", "定額　"))):
        return True
    costs = _after_noun("cost", sentence)
    return capped and (per or costs) and bool(_give_anywhere().search(f"{sentence}\n{ahead}\n{program}"))


@cache
def _spent() -> re.Pattern[str]:
    """A threshold on what is bought, sold or invested stands right before the amount."""
    nouns = "|".join(map(re.escape, words("grants", "spent", "words")))
    return re.compile(rf"(?:{nouns})[がはの：:\s　]*[^、。]{{0,6}}$")


@cache
def _in_grant() -> re.Pattern[str]:
    """The open bracket behind what is given: 「…費の補助（1/2、」, 「企業への奨励金（従業員」."""
    nouns = "|".join(map(re.escape, (*words("grants", "benefit", "words"), *words("grants", "give", "words"))))
    return re.compile(rf"(?:{nouns})(?:等|金)?[（(][^（()）。]*$")


@cache
def _after(key: str) -> re.Pattern[str]:
    nouns = "|".join(_spaced(word) for word in words("grants", key, "words"))
    whom = r"(?:人|名|社|者|回|件|団体|世帯|企業|チーム|[かカヶ]?月)"
    each = rf"(?:[0-9０-９一]{{0,3}}{whom}(?:当たり|あたり|当り|につき)?|[／/]1?.)"
    rate = (
        r"(?:月額|年額|日額|毎月|年間|一律|約)" if key == "fee" else r"(?:月額|年額|日額|毎月|年間|一律|最大|上限|約)"
    )
    return re.compile(
        rf"(?:{nouns})(?:等)?(?:として|は|を|の額は)?[\s　：:、]*(?:{each}|{rate})?[\s　：:]*{rate}?[\s　]*$"
    )


def _after_noun(key: str, sentence: str) -> bool:
    return _after(key).search(sentence[-_WINDOW:]) is not None


@cache
def _result() -> re.Pattern[str]:
    """A heading such as [実績]; 「実績報告」 is none."""
    nouns = "|".join(map(re.escape, words("grants", "result", "words")))
    return re.compile(rf"(?:^|[\n\[［【〔（(「])[^。、\n]{{0,8}}(?:{nouns})[\]］】〕）)」：:\s　]")


def _spaced(word: str) -> str:
    """A word of a leaflet's column, whose two or three letters may be set apart: 家　賃."""
    return "[ 　]{0,2}".join(map(re.escape, word)) if len(word) <= 3 else re.escape(word)


@cache
def _cost() -> re.Pattern[str]:
    nouns = "|".join(_spaced(word) for word in words("grants", "cost", "words"))
    case = r"(?:(?<=[\s　：:])[一-龥ァ-ヶー]{2,6}[\s　]*)?"  # 「出展料　国内1/2」
    return re.compile(
        rf"(?<!消)(?:{nouns}){_FILLER}(?:の(?:うち)?|[\s　]|[：:])[\s　]*{case}(?:最大|上限|原則)?[\s　]*$"
    )


@cache
def _give() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, words("grants", "give", "words")))
    return re.compile(rf"[\s　)）]*(?:を|が|の)?(?:上限に|限度に)?(?:{verbs})(?!対象)")


@cache
def _give_anywhere() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (*words("grants", "give", "words"), "上限", "限度"))))


@cache
def _benefit_name() -> re.Pattern[str]:
    return re.compile(r"(奨励金|給付金|支援金|応援金|協力金|見舞金|一時金|祝金)(給付|支給|交付)?(事業)?費?$")


def _no_bound(ahead: str) -> str:
    return re.sub(r"^[\s　]*(以内|まで|程度|以下|/[^\s、。]{1,4}|／[^\s、。]{1,4})?", "", ahead)
