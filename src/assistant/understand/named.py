"""A program's name in a question that no document of the corpus has: 「○○導入補助金」."""

from __future__ import annotations

import re

from ..lexicon import table
from ..tokens import search_form, tokens

_STRONG = "補助金|助成金|給付金|奨励金|支援金|交付金|応援金|協力金"
_WEAK = "事業費|事業|制度|資金|プロジェクト|推進費|対策費"
_COMPOUND = re.compile(
    rf"(?P<body>[^\s、。,.「」『』（）()?？!！のをはがにでとへもやか]{{2,}}?)(?P<kind>{_STRONG}|{_WEAK})(?![ァ-ヶ一-龠])"
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
        if search_form(name) in plain:
            return str(name)
    for match in _COMPOUND.finditer(plain):
        words = [word for word in tokens(match["body"]) if word not in _GENERAL]
        if len(words) >= (2 if re.fullmatch(_STRONG, match["kind"]) else 3):
            return match.group()
    return None


_PART = re.compile(
    r"(?P<name>[^\s、。,.「」『』（）()?？!！のはがをにでと]{1,16}(?:型|枠|類型|コース|タイプ|特例|区分))(?=[のはがをにでだ、。,?？!！\s]|$)"
)
_VARIANT = re.compile(r"^\s*[（(](?P<name>[^（）()]{2,16})[)）]")
_NO_PART = re.compile(
    r"(融資枠|予算枠|総枠|貸付枠|保証枠|大型|小型|新型|典型|区分|類型|どの枠|この枠|その枠|各枠|別枠|もう一つの枠|枠|型)$"
)
_CASE = re.compile(r"(?P<case>[^\s、。？?]{2,24}?)(?:の場合|場合は|場合、|場合の|だったら|であれば)")


def unknown_part(text: str) -> str | None:
    """A 枠, 類型 or （…分） that a question names beside the names the corpus knows."""
    match = _PART.search(text)
    if match and not _NO_PART.fullmatch(match["name"]):
        return match["name"]
    return None


def variant_behind(text: str, spans: tuple[tuple[int, int], ...]) -> str | None:
    """「訓練校事業（施設整備）」: what stands in brackets right behind a known name, and is no part of it."""
    for _, end in spans:
        match = _VARIANT.match(text[end:])
        if match and not re.search(r"(県|都|府|道|年度|省|国)$|^[A-Za-z0-9]+$", match["name"]):
            return match["name"]
    return None


def case_of(text: str) -> str | None:
    """「女性の場合」 → 女性: the case that a question asks for."""
    match = _CASE.search(text)
    return match["case"].split("は")[-1].strip().lstrip("のがをにで") or None if match else None


_KIND = re.compile(r"(?P<kind>[一-龠]{1,8}(?:率|額|数|費用|時期))(?=(?:は|って|を教|が知|の推移|[？?]|$))")


def unknown_kind(text: str) -> str | None:
    """「執行率は?」: a word for a kind of figure, in a question that asks for no kind that facts have."""
    match = _KIND.search(text)
    return match["kind"] if match else None
