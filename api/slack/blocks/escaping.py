"""Text of any origin, made so that it can only be read: no mention, no link, nothing that looks like what it is not."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from . import limits

_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Letters without a shape, which no category tells: fillers of Hangul, joiners of graphemes, a blank of Braille.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_HALF = re.compile("[\ud800-\udfff]")
_HIDDEN = frozenset({"Cc", "Cf"})
# Behind each of these Slack would read on for a mention or an address, were the text parsed.
_TEAR = re.compile(r"(?<=<)(?=[!@#A-Za-z/])|(?<=@)(?=here|channel|everyone)", re.IGNORECASE)
_ALL = re.compile(r"@(?=here|channel|everyone)", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_WIDE = str.maketrans("&<>", "＆＜＞")
PART_OF_FIGURE = "0123456789０１２３４５６７８９.,，．/／▲△-－+＋%％兆億万千百十円[]"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_UNFIT = re.compile(r"[\s\\<>\"`|^{}\x00-\x1f\x7f]")
_ENDS = ("。", "\n", "、", "　", " ", "｜")


def literal(text: str) -> str:
    """Text as it is seen: every break a ``\\n``; what hides, turns round or has no shape is gone."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    if text.isprintable():  # no separator but the blank, nothing hidden
        return text if _SHAPELESS.isdisjoint(text) else "".join(one for one in text if one not in _SHAPELESS)
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Cs":  # half of a pair: no text can be sent with it
        return "\ufffd"
    return "" if category in _HIDDEN or character in _SHAPELESS else character


def sendable(text: str) -> str:
    """Text without halves of a pair of characters: nothing that holds one can be sent."""
    return _HALF.sub("\ufffd", text)


def torn(text: str) -> list[str]:
    """A literal text in parts that look the same together, none of which holds the beginning of a mention."""
    return [part for part in _TEAR.split(text) if part]


def mrkdwn(text: str) -> str:
    """Text for a field that Slack parses: nothing in it is a mention, and no bare address becomes a link."""
    escaped = re.sub("[&<>]", lambda found: _ENTITIES[found.group()], literal(text))
    return _ALL.sub("＠", escaped).replace("://", ":／／")


def label(text: str, most: int = limits.BUTTON_TEXT) -> str:
    """Text for a button, in one line; the control characters of Slack in their wide form."""
    return shortened(_ALL.sub("＠", one_line(text).translate(_WIDE)), most)


def one_line(text: str) -> str:
    """A literal text without breaks."""
    return " ".join(literal(text).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters; never with a part of a figure at its end."""
    if len(text) <= most:
        return text
    return text[: most - 1].rstrip(PART_OF_FIGURE + " ") + "…"


def runs(text: str, most: int = limits.RUN) -> list[str]:
    """A literal text in runs of at most ``most`` characters, parted behind a sentence, a comma or a word."""
    found = []
    while len(text) > most:
        cut = _cut(text, most)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text] if text else found


def _cut(text: str, most: int) -> int:
    for end in _ENDS:
        place = text.rfind(end, most // 2, most)
        if place > 0:
            return place + len(end)
    for place in range(most, most // 2, -1):
        if text[place - 1] == "]" or text[place - 1] not in PART_OF_FIGURE or text[place] not in PART_OF_FIGURE:
            return place
    return most


def address(url: str | None) -> str:
    """The address when a link may lead there: http or https, no user in it, nothing to be read in two ways; else ''."""
    if not url or not url.lower().startswith(("http://", "https://")) or _UNFIT.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname or "", parts.username, parts.port
    except ValueError:
        return ""
    if user is not None or "@" in parts.netloc or not _HOST.fullmatch(host if ":" not in host else f"[{host}]"):
        return ""
    plain = quote(url, safe="!#$%&'()*+,/:;=?@[]~-._", errors="ignore")
    return plain if len(plain) <= limits.URL else ""
