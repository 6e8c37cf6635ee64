"""Lies in a passage's own words: nothing is said that its lines do not hold, but not so."""

from __future__ import annotations

import random
import re

from ..attack.claim import Told, one_named, said_name
from ..attack.ground import Ground, plain
from ..attack.reals import Real
from .line import Line, Maker, Scene, marked

_PARTICLE = re.compile(r"(?<=[一-龠々ァ-ヶーA-Za-z])(?:は|が|を|に|へ|から|により|として|に対し|に対して|のため)、?")
_VERB = re.compile(r"(?:する|ます|した|図る|行う|[てい]る|れる|できる|目指す|支援|補助|助成|実施|推進)$")
_NOUN = re.compile(r"[一-龠々ァ-ヶー]{2,12}")
_LIMIT = re.compile(
    r"(?:[（(][^（()）]{2,30}(?:除く|除き|限る|のみ|場合)[^（()）]{0,12}[）)]|のうち[^、。]{2,20}|原則として|原則|一部の?|のみ|特に|主に|[^、。]{2,12}以外の|等)"
)
_END = ("です。", "とされています。", "ことになっています。", "と記載されています。", "。")


def clauses(one: Told, ground: Ground) -> list[tuple[int, str]]:
    """Printed clauses of a program without figures, each with its passage."""
    found = []
    for passage in ground.index.passages_of(one.fact.program_id):
        for line in re.split(r"[\n\t。]", passage.text):
            part = line.strip(" 　・○◎◆■●－-*#|｜")
            if 8 <= len(part) <= 90 and not re.search(r"[0-9０-９①-⑳「」〇一二三四五六七八九十]", part):
                found.append((passage.id, part))
    return found


def _said(real: Real, ground: Ground, chance: random.Random) -> tuple[Told, list[tuple[int, str]]] | None:
    one = one_named(real, chance)
    found = clauses(one, ground) if one else []
    return (one, found) if one and found else None


def _line(one: Told, said: str, place: int, ground: Ground, chance: random.Random) -> Line | None:
    if plain(said) in ground.printed(one.fact.program_id):
        return None
    head = chance.choice(("", "", f"「{said_name(one)}」は、", "この事業では、"))
    return Line("", marked(f"{head}{said}{chance.choice(_END)}", chance), wrong=(said,), quotes=(place,))


def spliced(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """The first half of one clause with the second half of another."""
    drawn = _said(real, ground, chance)
    if drawn is None:
        return None
    one, found = drawn
    place, first = chance.choice(found)
    others = [part for at, part in found if at == place and part != first]
    second = chance.choice(others) if others else None
    cuts = [list(_PARTICLE.finditer(part)) for part in (first, second or "")]
    if second is None or not all(cuts):
        return None
    said = first[: chance.choice(cuts[0]).end()] + second[chance.choice(cuts[1]).end() :]
    return _line(one, said, place, ground, chance) if len(said) > 8 else None


def exchanged(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Two nouns of a clause in each other's place."""
    drawn = _said(real, ground, chance)
    if drawn is None:
        return None
    one, found = drawn
    place, part = chance.choice(found)
    nouns = list(dict.fromkeys(_NOUN.findall(part)))
    if len(nouns) < 2:
        return None
    a, b = chance.sample(nouns, 2)
    between = part[min(part.find(a), part.find(b)) : max(part.find(a), part.find(b))]
    if a in b or b in a or not _PARTICLE.search(between) or not _VERB.search(part):
        return None
    said = part.replace(a, "\0").replace(b, a).replace("\0", b)
    return _line(one, said, place, ground, chance)


def unlimited(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A clause without the words that limit it."""
    drawn = _said(real, ground, chance)
    if drawn is None:
        return None
    one, found = drawn
    limits = [(place, part, match) for place, part in found for match in [_LIMIT.search(part)] if match]
    if not limits:
        return None
    place, part, match = chance.choice(limits)
    if match[0] in ("等", "特に", "主に"):
        return None
    return _line(one, part[: match.start()] + part[match.end() :], place, ground, chance)


def denied(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A clause denied in plain grammar."""
    drawn = _said(real, ground, chance)
    if drawn is None:
        return None
    one, found = drawn
    place, part = chance.choice(found)
    ends = (
        ("する", "しない"),
        ("します", "しません"),
        ("ます", "ません"),
        ("できる", "できない"),
        ("図る", "図らない"),
        ("行う", "行わない"),
        ("ある", "ない"),
    )
    said = next((part[: -len(old)] + new for old, new in ends if part.endswith(old)), None)
    said = said or part + chance.choice(
        ("はしていません", "は行いません", "ではありません", "は含みません", "は不要", "は認めない")
    )
    return _line(one, said, place, ground, chance)


def other_shown(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """The words of another shown program as this one's, with the marker of the passage they stand in."""
    one = one_named(real, chance)
    if one is None or not isinstance(real, Scene):
        return None
    passages = [one_ for one_ in real.known.passages if one_.program_id not in ground.kin(one.fact.program_id)]
    if not passages:
        return None
    passage = chance.choice(passages)
    parts = [part.strip(" 　・○◎-") for part in re.split(r"[\n\t。]", passage.text)]
    parts = [part for part in parts if 8 <= len(part) <= 80 and not re.search(r"[0-9０-９「」①-⑳]", part)]
    part = chance.choice(parts) if parts else None
    if part is None or plain(part) in ground.printed(one.fact.program_id):
        return None
    text = chance.choice(
        (f"「{said_name(one)}」は、{part}", f"「{said_name(one)}」では、{part}", f"「{said_name(one)}」の対象は{part}")
    )
    return Line(
        "",
        marked(f"{text}{chance.choice(_END)}", chance),
        wrong=(f"「{said_name(one)}」は、{part}",),
        quotes=(passage.id,),
    )


SPLICED: dict[str, Maker] = {
    "halves of two clauses put together": spliced,
    "two nouns of a clause exchanged": exchanged,
    "a clause without its limit": unlimited,
    "a clause denied": denied,
    "another shown program's words": other_shown,
}
