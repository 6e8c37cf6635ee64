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
_PAST = re.compile(r"(した|でした|された|ている)[。\s　]*$")
_EACH_BARE = re.compile(
    r"(?:^|[^0-9０-９])[1１一]\s?(?P<each>人|名|社|者|団体|件|世帯|企業|事業者|店舗|チーム|グループ|施設|組)[\s　]*$"
)
_FILLER = r"(?:等|総額|の総額|の合計額|合計額|相当額|の額|額)?(?:[（(][^（）()]{0,40}[)）])?"


def bare_each(since: str) -> str | None:
    """The unit of 「1人 20万円」, which says for each whom without 当たり."""
    found = _EACH_BARE.search(since[-12:])
    return found["each"] if found else None


def asks(figure: Figure, ahead: str) -> bool:
    """「50万円以上の投資」, 「20人以下の企業」: a threshold, and nothing that is given."""
    return figure.bound in _ASKS or bool(re.match(r"[\s　)）]*(以上|未満|を超え(?!ない))", ahead))


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
    if re.search(r"(補助|助成)[（(](?:[^（）()]{0,20}[、,・])?[\s　]*$", near):
        return True
    if figure.text == "定額":
        return bool(re.search(r"(円(以内|まで)?|補助|助成)[（(][\s　]*$", near)) or bool(_give().match(ahead))
    if not _cost().search(near) or _does_otherwise(ahead):
        return False
    return figure.bound in ("以内", "上限", "最大") or bool(_give_anywhere().search(near + ahead + program))


def _does_otherwise(ahead: str) -> bool:
    """「経費の1/3を民間の資金で賄う」 gives nothing."""
    done = re.match(r"[\s　]*(?:以内|程度|相当額?)?[をは](?P<deed>[^、。]{1,16})", ahead)
    return bool(done and not _give_anywhere().search(done["deed"]))


def pays(figure: Figure, sentence: str, ahead: str, program: str, *, cell: bool) -> bool:
    """Whether an amount is what one receives: 「奨励金10万円」 of a cell, 「1社20万円を支給」."""
    if figure.kind is not FigureKind.MONEY or asks(figure, ahead) or is_fee(sentence, ahead):
        return False
    per = figure.per if figure.per not in ("年度", "単年度") else None
    small = figure.unit in ("円", "万円")
    if not small and per is None:
        return False
    if _after_noun("benefit", sentence) and (per or cell):
        return True
    rest = _no_bound(ahead)
    if (per or cell) and _give().match(rest) and not _PAST.search(rest):
        return True
    if per and figure.bound in ("以内", "まで", "上限", "最大") and re.match(r"[（(]定額[)）]", rest):
        return True
    return bool(per and small and _benefit_name().search(program))


@cache
def _after(key: str) -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, words("grants", key, "words")))
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


@cache
def _cost() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, words("grants", "cost", "words")))
    return re.compile(rf"(?<!消)(?:{nouns}){_FILLER}の(?:うち)?[\s　]*(?:最大|上限|原則)?[\s　]*$")


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
