"""Slack's form of a message → the text that was written."""

from __future__ import annotations

import re

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
