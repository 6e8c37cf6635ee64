"""Slack's form of a message → the text that was written, and whether it is a text to be checked."""

from __future__ import annotations

import re

from assistant.figures import find_figures
from assistant.records import FigureKind

# <@U1|name>, <#C1|name>, <!here>, <https://…|label>; a "<" that somebody typed comes as &lt;.
_TOKEN = re.compile(r"<([@#!][^<>\n]*|[A-Za-z][A-Za-z0-9+.\-]{0,20}:[^<>\n]*)>")
_CODE = re.compile(r"```\n?(.*?)\n?```|`([^`\n]+)`", re.DOTALL)
_ENTITY = re.compile("&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_QUOTED = re.compile(r"^(?:&gt;|>)(?:&gt;&gt;|>>)?[ \t]?", re.MULTILINE)
# A mark of emphasis stands against its words, and never between digits or within a name (1*2*3, 10~20, a_b_c).
_MARKED = re.compile(r"(?<![A-Za-z0-9])([*_~])(?!\s|\1)([^\n]{0,300}?\S)\1(?![A-Za-z0-9])")
_ALL_TOLD = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}
_PLACE = "\x00"  # where something stands that is read already
_NESTED = 3


def plain(text: str, bot_user: str = "") -> str:
    """The text as people wrote it, without marks and without the mention of ``bot_user``."""
    text = text.replace(_PLACE, "").replace("\r\n", "\n").replace("\r", "\n")
    read: list[str] = []

    def kept(words: str) -> str:
        read.append(words)
        return _PLACE

    text = _TOKEN.sub(lambda found: kept(_token(found[1], bot_user)), text)
    # A link within code is read already, and comes out with it.
    text = _CODE.sub(lambda found: found[1] if found[1] is not None else found[2], text)
    text = _QUOTED.sub("", text)
    for _ in range(_NESTED):
        text = _MARKED.sub(lambda found: found[2], text)
    parts = _unescaped(text).split(_PLACE)
    words = parts[0] + "".join(one + rest for one, rest in zip(read, parts[1:], strict=True))
    return "\n".join(line.rstrip() for line in words.split("\n")).strip()


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _CHARACTERS[found[1]], text)


def _token(token: str, bot_user: str) -> str:
    """What stands in angle brackets, as it is seen."""
    target, _, name = token.partition("|")
    target, name = _unescaped(target), _unescaped(name)
    if token.startswith("@"):
        return "" if bot_user and target[1:] == bot_user else f"@{(name or target[1:]).removeprefix('@')}"
    if token.startswith("#"):
        return f"#{(name or target[1:]).removeprefix('#')}"
    if token.startswith("!"):
        command = target[1:].partition("^")[0]
        return _ALL_TOLD.get(command) or name or ("@group" if command == "subteam" else target[1:])
    return _link(target, name)


def _link(target: str, name: str) -> str:
    """A link under its words, with its address where that is another."""
    scheme, _, rest = target.partition(":")
    if scheme.lower() in ("tel", "mailto"):
        return name if name and (scheme.lower() == "tel" or name == rest) else _both(name, rest)
    bare = target.removeprefix("https://").removeprefix("http://").rstrip("/")
    return name if name and name.rstrip("/") in (target.rstrip("/"), bare) else _both(name, target)


def _both(name: str, target: str) -> str:
    return f"{name} ({target})" if name else target


_ASKS_CHECK = re.compile(
    r"確認(?!申請|済|書)(?:を|し|の上|お願|願|いただ|頂|くださ|下さ|たの|頼|$|[。！!、：:])|ご確認|チェック|照合|検算|校正|添削|"
    r"(?:合って|あって|間違って|正しい|正確)(?:い?る|い)?か(?:どうか)?(?:を|見|み|確|調|$|[。、])|見直し(?:て|を)|"
    r"(?:合って|あって)い?ますか|正しいですか|(?:間違い|誤り|相違)(?:は|が)?(?:ない|あり|ござ)"
)
_THIS_TEXT = re.compile(
    r"以下|下記|次の|(?:この|こちらの|添付の|下の)(?:文|メール|原稿|案|資料|通知|案内|内容|数字|金額|表|一覧)"
)
# What is asked of us: for a fact, for a program, for advice.
_QUESTION = re.compile(
    r"[?？]\s*$|いくら|教えて|おしえて|知りたい|調べて|探して|どの|どれ|どんな|どこ|何(?:円|割|％|%|社|者|が|を|で|か)|"
    r"使える|使えます|もらえ|受けられ|対象にな|ほしい|欲しい|困って|でしょうか|(?:です|ます|ません)か[。\s]*$|比べて|一覧にして"
)
_GIVEN = re.compile(r"[:：「『]")  # behind it, on the same line, stands what is to be checked
_COURTESY = re.compile(
    r"(?:いただけ|頂け|願え|もらえ|くださ|下さ)(?:ます|ない|い)*(?:で?しょう)?か|(?:よろし|宜し)い(?:です|でしょう)か|いかがでしょうか"
)
_MAIL = re.compile(
    r"お世話に|お疲れ|拝啓|敬具|謹啓|様\s*$|殿\s*$|各位|御中|件名|ご案内|お知らせ|ご査収|"
    r"(?:よろしく|宜しく)お願い|(?:取り急ぎ|以上)(?:です|、|$)|申し上げます|いたします|致します|ございます"
)
_OURSELVES = re.compile(r"従業員|資本金|売上|年商|弊社|当社|自社|うちの|社員|創業から")
_AMOUNTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_LEAST = 3  # lines with figures, where nobody says that they are to be checked


def is_pasted(text: str) -> bool:
    """Whether a plain text is one whose amounts are to be checked, and no question.

    It is when somebody asks to check what stands on the other lines, or when it reads like a mail with amounts on three
    lines or more and asks nothing.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    requests = [line for line in lines if _asks_check(line)]
    body = [line for line in lines if line not in requests]
    if any(_asks_us(line) for line in body):
        return False
    told = [line for line in body if _has_amount(line)]
    if any(_has_amount(line) for line in requests):
        return True
    if requests and told:
        return len(body) > 1 or any(_THIS_TEXT.search(line) for line in requests)
    amounts = [line for line in told if not _OURSELVES.search(line)]
    return len(amounts) >= _LEAST and any(_MAIL.search(line) for line in lines)


def _asks_check(line: str) -> bool:
    """A line that asks to check; one with an amount of its own asks about that, unless it gives a text."""
    if not _ASKS_CHECK.search(line):
        return False
    return not _has_amount(line) or bool(_THIS_TEXT.search(line) and _GIVEN.search(line) and not _asks_us(line))


def _asks_us(line: str) -> bool:
    return bool(_QUESTION.search(_COURTESY.sub("", line)))


def _has_amount(line: str) -> bool:
    return any(figure.kind in _AMOUNTS for figure in find_figures(line))
