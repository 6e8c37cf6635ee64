"""Amounts of the writer's or a customer's own: what somebody borrows, applies for, plans or works out."""

from __future__ import annotations

import re

from ..records import FigureKind
from .place import Place

_LIMIT_BEFORE = re.compile(r"(?:上限|限度|最大|最高|MAX|マックス|枠)[^、。，0-9０-９]{0,12}$", re.I)
_LIMIT_BEHIND = re.compile(r"[ 　]*[）)]?[ 　]*(?:まで|以内|以下|迄|[がをは]?(?:上限|限度)|を?超えない)")
_BURDEN = re.compile(
    r"(?:自己(?:負担|資金|調達)|(?:事業者|利用者|申請者|企業|本人|会社|お客様|自社|貴社|御社|弊社)の?負担)"
    r"[^、。，0-9０-９]{0,8}$"
    r"|(?:執行|実績|支出|精算|不用|繰越)[^、。，0-9０-９]{0,6}$"  # what was spent, not what was planned
    r"|(?<![県国市町村都道府])(?<![県国市]の)(?<!地方)負担(?:割合|率|額)[^、。，0-9０-９]{0,4}$"
    r"|残(?:り|額|金|枠|高)[^、。，0-9０-９]{0,8}$"
)
_BORNE = re.compile(r"[ 　]*[）)]?(?:を|は|が)(?:自社で?|自己|企業が|事業者が|会社が)?(?:負担|自前)")
# who has an amount of his own: A社は, 御社の, お客様が, 山田さんから; but 「お客様からの質問」 says nothing of one
_PERSON = re.compile(
    r"(?:[A-ZＡ-Ｚ甲乙丙○〇◯●△□×]{1,2}(?:社|氏|店|工業|商店|様|さん)|御社|貴社|弊社|当社|同社|自社|当方|先方"
    r"|お客(?:様|さま|さん)|顧客|相談者|申請者|相談企業"
    r"|(?:株式|有限|合同)会社[^、。はがの ]{0,12}|[（(][株有][）)][^、。はがの ]{0,12}"
    r"|[^、。 　\n0-9０-９]{1,8}(?:様|さん|氏|社長|商店|製作所|工務店|工業所?|鉄工所?|建設|商会))"
    r"(?:は|が|の|も|から|より|[:：（(])(?!ほう|の?[ごお]?(?:資料|メモ|話|質問|問い?合わせ|連絡|確認|件|案内|説明|回答))"
)
_FIRM = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-ZＡ-Ｚ甲乙丙○〇◯△□]{1,2}社")
_TOLD_OF = re.compile(r"[」』）)]?(?:の[^、。0-9０-９]{1,8})?(?:は|が|：|:|とは|、)")
# what one does with an amount; what one *can* do (借りられる) is the program's
_DOES = re.compile(
    r"借り|借入|申込|申し込|申請|採択|希望|受け(?!付)|受給|受領|交付決定|調達|投資|購入|導入|買[いうっ]|入れ[たる]"
    r"|相談|検討|必要|計画|見積|利用(?!者|料|で)|使い|使っ|足り|不足|考え"
    r"|もら[いうっわ]|受け取|振り?込|入金|支払|払[いうっ]|返済|かか[りっ]|執行|支出"
)
_CAN = re.compile(
    r"られ|でき|可能|れます|れる|れば|えます|ことが|対象|上限|限度|まで|以内|受付|条件|要件|予算|額は|事業[はが]"
)
_DONE = re.compile(
    r"(?:に|を|で|の|が)?(?:申請|申込み?|申し込み?|応募|採択|借入|交付決定)"
    r"(?:を?(?:し(?:た|て|ま)|する|中|予定|済|検討|希望)|され|みた|んだ|んで|みま|した|です|[。\n]|$)"
    r"|借り(?:た|て|る予定)|借りま|(?:融資|貸付)実行"
)
_CUSTOMER = re.compile(r"(?:お客(?:様|さま|さん)|顧客|相談者|相談企業|申請者|申込者|依頼者|借入人)名?[ 　]*[:：]")
_CLAUSE_END = re.compile(r"[、。，\n（(「・／/|｜？?！!]|[ 　\t]{2,}")
_NOTE = re.compile(r"^[ 　]*[（(][^（）()0-9０-９]{1,8}[）)]")  # 900万円（税抜）の見積
_GENERAL = re.compile(
    r"[?？]|(?:する|される|たい|の)(?:方|者|企業|皆)|でき|られ|可能|受付|ください|下さい|ましょう|場合|方法|期間|締切|期限"
)
_PLANNED = re.compile(
    r"(?:申請|申込|申し込み|計画|見積り?もり?|見積|希望|借入|必要|調達|導入|購入|設備|投資|対象経費|総事業費|補助対象"
    r"|交付決定|採択|受給|(?<!事業)費用)"
    r"(?:書|上|時|の|総|予定|希望|資金|費用?|額|経費|金額|価格|事業費|は|が|も|：|:|として|、|[ 　（(])*"
    r"(?:合計|総額|約|税抜き?|税込み?|[ 　])*$"
)
_SHARED = re.compile(
    r"自己(?:負担|資金)[^、。，0-9０-９%％]{0,8}[0-9０-９][0-9０-９,，.]*[億万千百]*円"
)  # 総額720万円、自己負担320万円
_STATED = re.compile(r"予算|要求|当初|補正|財源|国庫|現計")
_BASE = re.compile(r"(?:経費|見積り?|見積もり|総事業費|投資額?|設備費?|費用|購入額?|代金|工事費)[^、。0-9０-９]{0,8}$")
_COSTS = re.compile(
    r"(?:総事業費|対象経費|見積り?額?|見積もり額?|投資額|購入額|工事費)"
    r"(?:総額|合計|税抜き?|税込み?|[はが：:約 　（(])*[0-9０-９]"
)
_COMBINED = re.compile(r"併用|組み合わせ|組合せ|重ねて|併せて|同時に(?:使|利用)|ダブルで")
_OPERATOR = r"[ 　]*[)）]?(?:[（(][^（）()]*[）)])?[ 　]*[+＋×✕*＊÷=＝xX][ 　]*[(（]?[^、。（）()+＋×✕*＊÷=＝]{0,14}"
_AHEAD = re.compile(rf"{_OPERATOR}$")
_EQUALS = re.compile(r"[=＝][ 　]*[(（]?[^、。0-9０-９+＋×*＊÷=＝]{0,14}$|(?:→|⇒)[ 　]*$")
_AMOUNTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)


def is_limit_called(place: Place) -> bool:
    """Whether a word beside an amount calls it the most that is granted."""
    return bool(_LIMIT_BEFORE.search(place.before[_last_end(place) :]) or _LIMIT_BEHIND.match(place.after))


def is_worked_out(place: Place) -> bool:
    """Whether a figure is a part of a working (260万円×1/2＝130万円)."""
    ends = [one.end for one in place.figures if one.end <= place.figure.start and one.kind in _AMOUNTS]
    starts = [one.start for one in place.figures if one.start >= place.figure.end and one.kind in _AMOUNTS]
    behind = bool(ends) and bool(_AHEAD.fullmatch(place.sentence, ends[-1], place.figure.start))
    return behind or (bool(starts) and bool(_AHEAD.fullmatch(place.sentence, place.figure.end, starts[0])))


def is_result(place: Place) -> bool:
    """Whether a figure is what a working comes to, or what programs used together come to."""
    if place.figure.kind is not FigureKind.MONEY:
        return False
    if _COMBINED.search(place.before, _last_end(place)):
        return True
    return is_worked_out(place) and bool(_EQUALS.search(place.before))


def is_own(place: Place, *, story: str) -> bool:
    """Whether a figure is somebody's own: his share, what he borrows or applies for, or what follows from his costs.

    ``story``: whose case the sentences before tell of (see `goes_on`).
    """
    if _BURDEN.search(place.before) or _BORNE.match(place.after):
        return True
    if place.figure.kind is not FigureKind.MONEY or is_limit_called(place):
        return False
    clause = place.bare[_last_end(place) :]
    if _STATED.search(clause) and not _PERSON.search(clause):
        return False
    if _is_persons(place) or _PLANNED.search(clause) or _is_used(place):
        return True
    return bool(story or _SHARED.search(place.sentence)) or _follows_costs(place)


def goes_on(story: str, sentence: str, *, named: bool, new: bool) -> str:
    """Of whose case a text tells after one more sentence: ``customer``, ``applied`` or nothing.

    A note that says who the customer is tells of him to the end of its paragraph; one that says that somebody has
    applied, until another program is ``named``.  ``new``: whether the sentence begins a paragraph.
    """
    if _CUSTOMER.search(sentence):
        return "customer"
    if (_DONE.search(sentence) or _COSTS.search(sentence)) and not _GENERAL.search(sentence):
        return "applied"
    return "" if new or (named and story != "customer") else story


def _is_persons(place: Place) -> bool:
    """Whether a person or a firm is the subject, and no program that is spoken of behind it."""
    persons = [one.end() for one in (*_PERSON.finditer(place.bare), *_FIRM.finditer(place.bare))]
    named = [one for one in place.mentions if persons and max(persons) <= one.start and one.end <= place.figure.start]
    return bool(persons) and not any(_TOLD_OF.match(place.sentence, one.end) for one in named)


def _is_used(place: Place) -> bool:
    """Whether the verb behind an amount says what somebody does with it."""
    starts = [*(one.start for one in place.figures), *(one.start for one in place.mentions)]
    behind = [start for start in starts if start >= place.figure.end]
    words = place.sentence[place.figure.end : min(behind, default=len(place.sentence))]
    clause = _CLAUSE_END.split(_NOTE.sub("", words))[0]
    return bool(_DOES.search(clause)) and not _CAN.search(clause)


def _follows_costs(place: Place) -> bool:
    """Whether the costs of a case were told before in the sentence (対象経費300万円に対し、補助金額は200万円)."""
    return any(
        one.kind is FigureKind.MONEY and one.end <= place.figure.start and _BASE.search(place.bare[: one.start])
        for one in place.figures
    )


def _last_end(place: Place) -> int:
    """Where the amount before ends."""
    return max((one.end for one in place.figures if one.end <= place.figure.start and one.kind in _AMOUNTS), default=0)
