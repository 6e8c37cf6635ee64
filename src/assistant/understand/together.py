"""A turn that reckons with what earlier turns spoke of: 「2つの開きは」, 「これに…も足して」, 「…の何倍」.

It is handed on as the programs (or the parts of one program) in the order to reckon in, and the operation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..lexicon import table
from ..records import Query
from ..tokens import search_form
from .ground import Ground, Heard
from .pointing import Pointing
from .reckoning import pieces_of, says

MOST = 4  # programs that a turn may be about at once
_OF_TWO = ("difference", "ratio", "share", "compare")


def operation_in(pointing: Pointing, alone: Query) -> str | None:
    """What a turn asks to be reckoned, by the words of any question or by those of a conversation alone."""
    plain = search_form(pointing.said)
    if alone.operation and not (alone.operation == "sum" and _apart().search(plain)):  # 「両方でどれだけ違う?」
        return alone.operation
    return next((name for name, words in _operations() if words.search(plain)), None)


def puts_beside(pointing: Pointing) -> bool:
    """Whether a turn puts something beside what was spoken of: 「…との差は」, 「…も足すと」."""
    return _any("adds").search(search_form(pointing.said)) is not None


def spoken_of(heard: Sequence[Heard]) -> list[str]:
    """The programs of a conversation, each once, in the order in which they were last told."""
    told = [one.told[0] for one in heard if one.told]
    return [name for place, name in enumerate(told) if name not in told[place + 1 :]]


def thread_in(heard: Sequence[Heard], regions: Sequence[str], pointing: Pointing, ground: Ground) -> str | None:
    """The program of these regions that the thread of the conversation was about: 「青森のは何年まで?」."""
    for one in reversed(heard):
        found = [name for name in one.told if ground.home(name).region in regions]
        if found:
            return found[0]
        if not (one.query.carried or pointing.earlier):
            return None
    return None


def stems(programs: Sequence[str], ground: Ground, said: str) -> tuple[str, ...]:
    """Programs without those that bear another's name and more in brackets (増設分), unless a text says that too."""
    names = {one: ground.name(one) for one in programs}
    return tuple(one for one in programs if not _is_variant(names[one], [*names.values()], said)) or tuple(programs)


def _is_variant(name: str, names: Sequence[str], said: str) -> bool:
    stem, bracket, tail = name.replace("（", "(").partition("(")
    inner = tail.rstrip(")）").removesuffix("分")
    return bool(bracket) and any(one in (stem, stem.rstrip()) for one in names) and inner not in said


def parts_spoken_of(heard: Sequence[Heard], program: str, ground: Ground) -> list[str]:
    """The parts of a program that its turns were about, each once, in the order in which they were last told."""
    parts = [_part(one, program, ground) for one in heard if one.told[:1] == (program,)]
    told = [part for part in parts if part]
    return [part for place, part in enumerate(told) if part not in told[place + 1 :]]


def beside_earlier(pointing: Pointing, alone: Query, heard: Sequence[Heard], ground: Ground) -> tuple[str, ...]:
    """The programs to reckon with, in order, of a turn that names one and means earlier ones as well; else ()."""
    topic = next((one for one in reversed(heard) if one.told), None)
    operation = operation_in(pointing, alone)
    if topic is None or operation in (None, "rank", "lesser", "product") or len(alone.subprograms) > 1:
        return ()
    row = ground.row_said(topic.told[0], pointing.said) if operation in ("share", "ratio") else None
    if row and row not in topic.told:  # 「それは…課の予算の何%」
        return (topic.told[0], row)
    own = stems(alone.named, ground, pointing.said)
    earlier = _earlier(pointing, own, operation or "", heard, ground) if own else ()
    if not earlier or not _leans(pointing, own, operation or ""):
        return ()
    first = operation in ("ratio", "share") and _any("of_earlier").search(search_form(pointing.said))
    return (*own, *earlier[-1:]) if first else (*earlier, *own)


def _leans(pointing: Pointing, own: tuple[str, ...], operation: str) -> bool:
    """Whether a turn that names a program needs another of an earlier turn for what it reckons."""
    if pointing.back or _any("adds").search(search_form(pointing.said)):
        return True
    if operation not in _OF_TWO or len(own) != 1 or says(pointing.said, "years"):
        return False
    return not any(piece.joined for piece in pieces_of(pointing.said, fine=False).pieces)


def _earlier(
    pointing: Pointing, own: tuple[str, ...], operation: str, heard: Sequence[Heard], ground: Ground
) -> tuple[str, ...]:
    topic = next(one for one in reversed(heard) if one.told)
    spoken = [name for name in spoken_of(heard) if name not in own]
    last = [name for name in stems(topic.told[:MOST], ground, topic.query.question) if name not in own]
    if operation != "sum" or len(last) > 1:
        return tuple(last if operation == "sum" else last[:1])
    if pointing.many > len(own):
        return tuple(spoken[len(own) - pointing.many :])
    also = _any("also").search(search_form(pointing.said))
    return tuple(spoken[-MOST:] if also else last)


def _part(one: Heard, program: str, ground: Ground) -> str | None:
    parts = one.query.subprograms or ground.parts_said(program, one.query.question)
    parts = tuple(part for part in parts if part not in ground.name(program))  # one that bears the program's own name
    return parts[0] if len(parts) == 1 else None


@cache
def _operations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = table("follow")["operation"]
    return tuple((entry["name"], re.compile("|".join(entry["patterns"]))) for entry in entries)


@cache
def _apart() -> re.Pattern[str]:
    return dict(_operations())["difference"]


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("follow")["together"][name]))
