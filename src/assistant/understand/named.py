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
