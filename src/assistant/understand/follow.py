"""A conversation → what its last turn asks.  Every turn is understood once, the oldest first.

::

    「青森で協働ロボットを活用する事業の額は?」  協働ロボットを活用した…事業, its budget
    「群馬は?」                                  the like of it in 群馬県: ロボット導入促進, its budget
    「そこの実証のほう、補助率は?」              the same program, its part, another kind
    「話は変わりますが、…」                      nothing is taken over

What a turn means is decided by its own words (:mod:`.pointing`) and by what the programs spoken of hold, which a
:class:`~.ground.Ground` knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import Query, Turn
from .carrying import own_words
from .ground import Ground, Heard
from .pointing import is_remark, pointing_of
from .turning import SURE, Turning

LONGEST = 4_000
TURNS = 20  # of the asker that are looked back on


def converse(question: str, history: Sequence[Turn], ground: Ground) -> Query:
    """What ``question`` asks after the asker's earlier turns; what the assistant said is not listened to."""
    earlier = [turn.content[:LONGEST] for turn in history if turn.role == "user" and turn.content.strip()]
    heard: list[Heard] = []
    for text in earlier[-TURNS:]:
        if is_remark(text) or _is_polite(ground.read(text)):
            heard += _echoed(text, heard, ground)
        else:
            query = _understood(text, heard, ground)
            heard.append(Heard(query, ground.told(query)))
    return _understood(question, heard, ground)


def _is_polite(query: Query) -> bool:
    return query.intent in ("thanks", "greeting") and not (query.named or query.kinds or query.open_amount)


def _echoed(text: str, heard: list[Heard], ground: Ground) -> list[Heard]:
    """「EVの人材育成か。ありがとう」: a remark that says a program by its name speaks of it; another one of nothing."""
    query = ground.read(text)
    own = own_words(query)
    if not heard or query.kinds or query.open_amount or not (own or query.named):
        return []
    last = heard[-1]
    parts = ground.parts_said(last.told[0], text) if last.told else ()
    if parts and set(query.named) <= set(last.told):  # 「承継トライアル補助金というのもあるんですね」
        return [Heard(replace(last.query, subprograms=parts, carried=True), last.told)]
    homes = {ground.home(one).region for one in last.told} - {""}
    near = replace(query, regions=query.regions or tuple(homes))
    found = query.named[:1] or tuple(one.program for one in [ground.best(near)] if one is not None and one.sure >= SURE)
    if not found or found[0] in last.told or (not query.named and ground.bears(found[0], own) < 0.9):
        return []
    return [Heard(replace(last.query, named=found, subprograms=(), words=(), search="", carried=True), found)]


def _understood(question: str, heard: list[Heard], ground: Ground) -> Query:
    if not heard:
        return ground.read(question)
    pointing = pointing_of(question)
    alone = ground.read(pointing.said)
    if pointing.said != question:
        alone = replace(alone, question=question, search=pointing.said)
    if pointing.away or (alone.intent in ("thanks", "greeting") and not alone.named):
        return alone
    return Turning(pointing, alone, heard, ground).resolved()
