"""Which of what was spoken of a turn means: the greatest of them, or the other one of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Query
from .carrying import budget_first
from .ground import Ground, Heard
from .pointing import Pointing
from .together import MOST, spoken_of

_OFFICE = re.compile("(?:同じ|この|その)(?:課|部署|室|係|担当)")
_BESIDES = re.compile("^(?:じゃあ?|では|で)?、?(?:ほか|他|別)に(?:も|は)?、?")
_ENDS = re.compile(
    "(?:の|もの|やつ|事業|制度|補助金?)?(?:は|って|が|も)?(?:(?:ある|あり|あっ|ない|どれ|なに|何)[ぁ-ん]*)?[?？。]*$"
)
_MOVED = re.compile("^(?:増え|減っ|伸び|下がっ|上がっ|増額|減額)")
_MOST_OF = re.compile(
    "(?:一番|いちばん|最も|もっとも)[^、。?？]{0,8}?(?P<how>大き[いな]|多[いく]|高[いく]|でかい|少な[いく]|小さ[いな]|低[いく]|安[いく])"
)
_NEXT = re.compile(r"[2-9二三四]番目|次に(?:多|大|高|少|小|低|安)")


def greatest_of(pointing: Pointing, alone: Query, own: Sequence[str], heard: Sequence[Heard]) -> Query | None:
    """「一番多いのはどこ?」 after the same question of several programs: the query that sets them side by side."""
    if not pointing.greatest or own or alone.named or alone.regions or alone.operation not in ("rank", "compare"):
        return None
    last = heard[-1]
    if 2 <= len(last.told) <= MOST:
        told, kinds, amount = list(last.told), last.query.kinds, last.query.open_amount
    else:
        kinds, amount = last.query.kinds, last.query.open_amount
        told = _of_one_question(heard)
    if len(told) < 2 or not (alone.kinds or kinds or amount):
        return None
    operation = "rank" if _NEXT.search(pointing.said) else "compare"
    asked = alone.kinds or budget_first(kinds)
    return replace(alone, named=tuple(told), kinds=asked, open_amount=False, operation=operation, intent="aggregate")


def _of_one_question(heard: Sequence[Heard]) -> list[str]:
    """The programs of the last turns that asked for the same, each once, in the order told."""
    told: list[str] = []
    for one in reversed(heard):
        same = (one.query.kinds, one.query.open_amount) == (heard[-1].query.kinds, heard[-1].query.open_amount)
        if not one.told or not same:
            break
        told = [*(name for name in one.told[:1] if name not in told), *told]
    return told[-MOST:]


def turned_round(pointing: Pointing, own: Sequence[str], heard: Sequence[Heard], ground: Ground) -> Query | None:
    """「では一番少ないのは?」 after 「…の中で最も大きい事業は?」: the same set, by its other end."""
    asked, earlier = _MOST_OF.search(pointing.said), heard[-1].query.question
    before = _MOST_OF.search(earlier)
    if own or not asked or not before or heard[-1].query.carried:
        return None
    return ground.read(f"{earlier[: before.start('how')]}{asked['how']}{earlier[before.end('how') :]}")


def other_of(pointing: Pointing, own: Sequence[str], heard: Sequence[Heard], ground: Ground) -> tuple[str, ...] | None:
    """「もう一つの資金は?」: the other of two listed, else of two that stand together; () when nothing tells which."""
    topic = next((one for one in reversed(heard) if one.told), None)
    if not pointing.rest or topic is None:
        return None
    here = topic.told[0]
    for one in reversed(heard):
        if len(one.told) == 2 and here in one.told:
            return tuple(name for name in one.told if name != here)
    spoken = [name for name in spoken_of(heard) if name != here]
    if len(spoken) == 1:
        return tuple(spoken)
    other = ground.other_of_two(here, pointing.said, own)
    return (other,) if other else ()


def other_part_of(pointing: Pointing, own: Sequence[str], heard: Sequence[Heard], ground: Ground) -> str | None:
    """「もう一つの枠は?」 after one of the two parts of a program was spoken of."""
    topic = heard[-1]
    if not pointing.rest or own or len(topic.told) != 1:
        return None
    program = topic.told[0]
    borne = dict.fromkeys(part for word in topic.query.words for part in ground.part_bearing(program, [word]))
    parts = topic.query.subprograms or tuple(borne)
    return ground.other_part(program, parts[0]) if len(parts) == 1 else None


def listed_anew(pointing: Pointing, heard: Sequence[Heard], ground: Ground) -> Query | None:
    """「同じ課の他の事業は?」, 「ほかにも減ったのある?」: a list of the place spoken of, in words of its own."""
    topic = next((one for one in reversed(heard) if one.told), None)
    region = ground.home(topic.told[0]).region if topic else ""
    if topic is None or not pointing.anew or not region:
        return None
    if _OFFICE.search(pointing.said):
        office = ground.office(topic.told[0])
        return ground.read(f"{region}の{office}が担当する事業の一覧は?") if office else None
    said = _ENDS.sub("", _BESIDES.sub("", pointing.said))
    if len(said) < 2:
        return None
    moved = "予算が" if _MOVED.search(said) else ""
    return ground.read(f"{region}で{moved}{said}事業はどれ?")


def asked_alike(query: Query, earlier: Query, told: Sequence[str], ground: Ground) -> Query:
    """「もう一つの資金は?」 after 「A資金、保証は必ず付ける?」: what was asked in words, of the other program."""
    name = ground.name(told[0]) if told else ""
    asked = query.kinds or query.open_amount or earlier.kinds or earlier.open_amount
    if asked or len(query.named) != 1 or not name or name not in earlier.question or earlier.intent == "list":
        return query
    other = ground.name(query.named[0])
    again = ground.read(earlier.question.replace(name, other))
    return replace(again, named=query.named, carried=True)
