"""A program's name in a question that no document of the corpus has: 「○○導入補助金」."""

from __future__ import annotations

import datetime as dt
import re

from ..lexicon import table
from ..tokens import search_form, tokens
from .asked_places import places_said
from .places import Places, regions_in
from .years import when

_STRONG = "補助金|助成金|給付金|奨励金|支援金|交付金|応援金|協力金"
_WEAK = "事業費|事業|制度|資金|プロジェクト|推進費|対策費"
_COMPOUND = re.compile(
    rf"(?P<body>[^\s、。,.「」『』（）()?？!！のをはがにでとへもやか]{{2,}}?)(?P<kind>{_STRONG}|{_WEAK})(?![ァ-ヶ一-龠])"
)
# 「新小口資金特別枠」: a pool of money with a name of its own
_NOT_THIS = re.compile(
    r"(?:[にがはもを]|から)?(?:落ち|外れ|不採択|断られ|だめ|ダメ|駄目|使えな|もらえな|じゃな|ではな|以外|みたいな|のような|終わ)"
)
_POOL = re.compile(r"[一-龠ァ-ヶーa-z]{2,10}(?:資金|融資|貸付|補助金)[一-龠ァ-ヶー]{1,6}枠(?![一-龠])")
_ENDED = re.compile(r"(?:支援|推進|促進|対策|強化|緊急|応援)$")  # a body that makes a name of 「…事業」 with two words
_WRITTEN_SO = re.compile(
    "づくり|ものづくり|まちづくり|にぎわい|ふるさと|あんしん|よろず|やまがた|くらし|がん|子ども|障がい|まち|ひと|しごと"
)
_GENERAL = frozenset(
    {"中小", "企業", "県", "国", "市", "支援", "補助", "助成", "新規", "主な", "主要", "各", "令和", "年度"}
)


def unknown_name(text: str) -> str | None:
    """The name that a question gives a program, when it reads as one: a compound of two words or more.

    ``text`` is the question without the names the corpus knows.  「ドローン事業」 describes; 「IT導入補助金」 names.
    """
    plain = search_form(text)
    for name in table("national")["programs"]["names"]:
        place = plain.find(search_form(name))
        if place >= 0 and not _NOT_THIS.match(plain[place + len(search_form(name)) :]):
            return str(name)
    if pool := _POOL.search(plain):
        return pool.group()
    for match in _COMPOUND.finditer(plain):
        words = [word for word in tokens(match["body"]) if word not in _GENERAL]
        if _NOT_THIS.match(plain[match.end() :]):
            continue
        strong = re.fullmatch(_STRONG, match["kind"])
        if not strong and re.search("[ぁ-ん]", _WRITTEN_SO.sub("", match["body"])):
            continue  # 「間を取り持つ事業」 describes
        if len(words) >= (2 if strong or _ENDED.search(match["body"]) else 3):
            return match.group()
    return None


_PART = re.compile(
    r"(?P<name>[^\s、。,.「」『』（）()?？!！のはがをにでと]{1,16}(?:型|枠|類型|コース|タイプ|特例|区分))(?=[のはがをにでだ、。,?？!！\s]|$)"
)
_REMARK = re.compile(
    r"(ほう|方|やつ|もの|こと|ですか|です|って|から|ください|含む|含め|除く|など|等|別|別に|別途|別々に|仮|案|民間|地図)$|カッコ|括弧|付か|付いて|[県都府道市町村省庁局課室団]$|資料|要綱"
)
_VARIANT = re.compile(r"^\s*[（(](?P<name>[^（）()]{2,16})[)）]")
_NO_PART = re.compile(
    r"(?:新規|新た|新しく貸し出せる|新しい|年間|全体|当初|今年度|年度|県|市|国)?(?:融資枠|予算枠|総枠|貸付枠|保証枠)|.*総枠|.*(?:大型|小型|新型|典型|[いな]型)"
    r"|区分|類型|どの枠|この枠|その枠|各枠|別枠|もう一つの枠|枠|型"
)
_CASE = re.compile(r"(?P<case>[^\s、。？?]{2,24}?)(?:の場合|場合は|場合、|場合の|だったら|であれば)")


def unknown_part(text: str, of_named: bool = True) -> str | None:
    """A 枠, 類型 or （…分） that a question names beside the names the corpus knows.

    ``of_named``: the question names a program; where it only describes one, 「腕型」 is no part of it.
    """
    match = _PART.search(text)
    if match is None or _NO_PART.fullmatch(match["name"]):
        return None
    if not of_named and re.search(r"型$|タイプ$", match["name"]):
        return None
    return match["name"]


def variant_behind(text: str, spans: tuple[tuple[int, int], ...], places: Places = ()) -> str | None:
    """「訓練校事業（施設整備）」: what stands in brackets right behind a known name, and is no part of it.

    A region, a year or a remark in brackets (群馬・R1, カッコの付かないほう) is no variant.
    """
    for _, end in spans:
        match = _VARIANT.match(text[end:])
        if match and not _REMARK.search(match["name"]) and not _only_where_and_when(match["name"], places):
            return match["name"]
    return None


def _only_where_and_when(text: str, places: Places) -> bool:
    """Whether nothing but regions, years and marks stands in brackets."""
    rest = when(places_said(f"{text}、", places).rest, dt.date(2000, 4, 1)).rest
    rest = regions_in(rest, places)[1]
    return not re.search(r"[一-龠々ぁ-んァ-ヶ]", re.sub(r"当初|予算|要求|補正|[年度版国県市ので=＝]", "", rest))


def case_of(text: str) -> str | None:
    """「女性の場合」 → 女性: the case that a question asks for."""
    match = _CASE.search(text)
    return match["case"].split("は")[-1].strip(" 　（）()「」").lstrip("のがをにで") or None if match else None


_KIND = re.compile(r"(?P<kind>[一-龠]{1,8}(?:率|額|数|費用|時期))(?=(?:は|って|を教|が知|の推移|[？?]|$))")


def unknown_kind(text: str) -> str | None:
    """「執行率は?」: a word for a kind of figure, in a question that asks for no kind that facts have."""
    match = _KIND.search(text)
    return match["kind"] if match else None
