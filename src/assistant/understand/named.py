"""A program's name in a question that no document of the corpus has: 「○○導入補助金」."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from ..lexicon import table
from ..tokens import search_form, short_words, tokens
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
# 「災害復旧専用の資金」
_OF_ITS_OWN = re.compile(r"(?P<topic>[一-龠ァ-ヶー]{2,8}?)(?:に)?(?:専用|特化した)(?:の)?(?:資金|融資|貸付|枠)")
_FUND = "資金"  # 「事業承継資金」 is named by two words, unless they say no more than what any fund is for
_ENDED = re.compile(r"(?:支援|推進|促進|対策|強化|緊急|応援)$")  # a body that makes a name of 「…事業」 with two words
_WRITTEN_SO = re.compile(
    "づくり|ものづくり|まちづくり|にぎわい|ふるさと|あんしん|よろず|やまがた|くらし|がん|子ども|障がい|まち|ひと|しごと"
)
_CLAUSE = re.compile("[一-龠][ぁ-ん]*[るすくむうつぶぐただばてでれめせけ]$")  # 「払い戻す奨励金」 describes
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
    if own := _OF_ITS_OWN.search(plain):
        return f"{own['topic']}{_FUND}"
    for match in _COMPOUND.finditer(plain):
        words = [word for word in tokens(match["body"]) if word not in _GENERAL]
        if _NOT_THIS.match(plain[match.end() :]) or _CLAUSE.search(_WRITTEN_SO.sub("", match["body"])):
            continue
        strong = re.fullmatch(_STRONG, match["kind"])
        if not strong and re.search("[ぁ-ん]", _WRITTEN_SO.sub("", match["body"])):
            continue  # 「間を取り持つ事業」 describes
        if len(words) >= (2 if strong or _ENDED.search(match["body"]) else 3) or _is_fund(match["kind"], words):
            return match.group()
    return None


def _is_fund(kind: str, words: list[str]) -> bool:
    return kind == _FUND and len(words) > 1 and any(word not in _fund_for() for word in words)


@cache
def _fund_for() -> frozenset[str]:
    return frozenset(table("scopes")["bearing"]["funds"])


def fund_topic(name: str) -> str:
    """What a fund of this name is for, in one word: 「災害復旧資金」 → 災害; "" for the name of no fund."""
    if not name.endswith(_FUND):
        return ""
    return next((word for word in tokens(name.removesuffix(_FUND)) if word not in _fund_for() | _GENERAL), "")


_PART = re.compile(
    r"(?P<name>(?:ものづくり|[^\s、。,.「」『』（）()?？!！のはがをにでと]){1,16}(?:型|枠|類型|コース|タイプ|特例|区分))(?=[のはがをにでだ、。,?？!！\s]|$)"
)
_REMARK = re.compile(
    r"(ほう|方|やつ|もの|こと|ですか|です|って|から|ください|含む|含め|除く|など|等|別|別に|別途|別々に|仮|案|民間|地図)$|カッコ|括弧|付か|付いて|[県都府道市町村省庁局課室団]$|資料|要綱"
)
_VARIANT = re.compile(r"^\s*[（(](?P<name>[^（）()]{2,16})[)）]")
_NO_PART = re.compile(
    r"(?:新規|新た|新しく貸し出せる|新しい|年間|全体|当初|今年度|年度|県|市|国)?(?:融資枠|予算枠|総枠|貸付枠|保証枠)|.*総枠|.*(?:大型|小型|新型|典型|[いな]型)"
    r"|区分|類型|どの枠|この枠|その枠|各枠|別枠|もう一つの枠|枠|型"
    r"|(?:補助|助成|支援|申請|応募|募集|採択|採用|受付|支給|給付|対象|上限|優遇|専用|最大|最高|同|他|両|全|何|複数|大|小)[枠型]"
)
_ENDING = re.compile(r"(?:型|枠|類型|コース|タイプ|特例|区分)$")
_CASE = re.compile(r"(?P<case>[^\s、。？?]{2,24}?)(?:の場合|場合は|場合、|場合の|だったら|であれば)")


def unknown_part(text: str, of_named: bool = True) -> str | None:
    """A 枠, 類型 or （…分） that a question names beside the names the corpus knows.

    ``of_named``: the question names a program; where it only describes one, 「腕型」 is no part of it.
    """
    for match in _PART.finditer(text):
        name = match["name"]
        if not _NO_PART.fullmatch(name) and _is_name(name) and (of_named or not re.search(r"型$|タイプ$", name)):
            return name
    return None


def _is_name(part: str) -> bool:
    """Whether a part's name is one noun of several words: 「新しく付けた枠」 describes, 「またぐ広域型」 runs on."""
    body = _ENDING.sub("", part)
    return len(body) > 1 and all(word.naming or not word.known for word in short_words(part))


def variant_behind(text: str, spans: tuple[tuple[int, int], ...], places: Places = ()) -> str | None:
    """「訓練校事業（施設整備）」: what stands in brackets right behind a known name, and is no part of it.

    A region, a year or a remark in brackets (群馬・R1, カッコの付かないほう) is no variant.
    """
    for _, end in spans:
        match = _VARIANT.match(text[end:])
        name = match["name"] if match else ""
        if name and not _REMARK.search(name) and not _only_where_and_when(name, places) and not _is_clause(name):
            return name
    return None


def _is_clause(text: str) -> bool:
    """「まだ開業していない人向け」: what is done, and no name."""
    words = [word for word in short_words(text) if word.known and not (word.naming or word.dropped)]
    return any(re.search("[ぁ-ん]", text[word.start : word.end]) for word in words)


def _only_where_and_when(text: str, places: Places) -> bool:
    """Whether nothing but regions, years and marks stands in brackets."""
    rest = when(places_said(f"{text}、", places).rest, dt.date(2000, 4, 1)).rest
    rest = regions_in(rest, places)[1]
    return not re.search(r"[一-龠々ぁ-んァ-ヶ]", re.sub(r"当初|予算|要求|補正|[年度版国県市ので=＝]", "", rest))


def case_of(text: str) -> str | None:
    """「女性の場合」 → 女性: the case that a question asks for."""
    match = _CASE.search(text)
    case = match["case"].split("は")[-1].strip(" 　（）()「」").lstrip("のがをにで") if match else ""
    return case if any(word.naming for word in short_words(case)) else None  # 「申し込んだ場合」 names no case


_KIND = re.compile(r"(?P<kind>[一-龠]{1,8}(?:率|額|数|費用|時期))(?=(?:は|って|を教|が知|の推移|[？?]|$))")


def unknown_kind(text: str) -> str | None:
    """「執行率は?」: a word for a kind of figure, in a question that asks for no kind that facts have."""
    match = _KIND.search(text)
    return match["kind"] if match else None
