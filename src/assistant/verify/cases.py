"""The case and the part of a figure: those that a sentence says are its own, and its own are said where it matters."""

from __future__ import annotations

import re

from ..figures import same_value
from ..records import Fact, FactKind
from ..tokens import fold
from ..values import as_figure
from .figures_told import Told
from .hearing import Scene
from .naming import tellers
from .reading import NAME, QUOTE, SHORT, TELLER, Piece, Reading, has, same_words

K = FactKind
_COUNTED = (K.COUNT, K.TARGET, K.OTHER)
_ADJACENT = re.compile(r"[ 　]*(?:の場合|場合)?(?:には|では|は|が|も|：|:|、|で)*[ 　]*(?:約|最大)?")
_CASE = re.compile(
    r"(?P<case>[^、。，,\n〓（）()は]{1,30}?)[ 　]*(?:の|である|に該当する|する|した|な)?(?:場合|とき|ケース)"
)
_OWN_CASE = re.compile(r"〓」?[ 　]*[ぁ-ん該当対象]{0,8}(?:場合|とき|ケース)")
_NO_CASE = re.compile(r"(?:また|なお|ただし)?(?:[こそ]の|いずれ|どちら|次|以下|上記|通常|一般|原則|どの)")
_PART = re.compile(
    r"(?P<part>[^\s、。，（）()〓はがをにでの]{1,16}(?:枠|類型|型|コース|タイプ|特例|部門|区分))"
    r"(?=[のはがをにでだ、。,：: ]|$)"
)
_REST = re.compile(r"(?P<part>その他)(?=の場合|[がはでも：:])")
_NO_PART = re.compile(
    r"(?:新規|総)?(?:融資|予算|貸付|保証|募集)枠|[この同各]枠|その枠|大型|小型|新型|典型|特例|区分|類型|コース|タイプ|部門|枠|型"
)


def cases_hold(one: Told, fact: Fact, scene: Scene) -> bool:
    """Whether the cases and parts said of a figure are its own, and its own are said where others have another one."""
    rivals = [
        other for other in scene.names.facts(fact.program_id) if other.kind is fact.kind and not _same(other, fact)
    ]
    said = [piece for piece in (*one.before, *one.behind) if piece.sort == TELLER]
    if not all(_is_own(piece, one, fact, rivals, scene.reading) for piece in said) or not _is_of_part(one, fact, scene):
        return False
    own = fold(f"{fact.quote}{fact.program}" + "".join(tellers(fact)))
    if any(fold(words) not in own for words in _worded(f"{one.head}\n{one.tail}")):
        return False
    reading = scene.reading
    named = scene.heard.about or reading.of(NAME) or reading.of(TELLER)  # where nobody says which, the citation does
    return not (named and _must_be_said(fact, rivals)) or _is_said(fact, rivals, scene)


def _worded(text: str) -> list[str]:
    """Cases and parts in the writer's own words: 「女性の場合」, 「特別枠」."""
    parts = (match["part"].lstrip("・-」：:") for match in (*_PART.finditer(text), *_REST.finditer(text)))
    cases = (match["case"].strip() for match in _CASE.finditer(_OWN_CASE.sub("、", text)))
    return [case for case in cases if not _NO_CASE.fullmatch(case)] + [
        part for part in parts if not _NO_PART.fullmatch(part)
    ]


def _is_of_part(one: Told, fact: Fact, scene: Scene) -> bool:
    """The part said last before a figure is its own; a sentence that names nothing stays with the last one's part."""
    facts = scene.names.facts(fact.program_id)
    parts = [*scene.names.parts(fact.program_id), *(other.subprogram for other in facts if other.subprogram)]
    said = [piece for piece in scene.reading.of(TELLER) if _is_one_of(piece.words, parts)]
    here = [piece.words for piece in said if piece.end <= one.start]
    if here:
        own = [piece.words for piece in one.before if piece.sort == TELLER][-1:]
        listed = bool(own) and _is_one_of(own[0], list(tellers(fact)))  # a list of amounts names each of its items
        return has(here[-1], fact) or (listed and (fact.kind is K.BREAKDOWN or not fact.subprogram))
    if said or scene.reading.of(NAME) or not fact.subprogram:
        return True
    last = [words for words in scene.heard.parts if _is_one_of(words, parts)]
    return not last or has(last[-1], fact)


def _is_one_of(words: str, parts: list[str]) -> bool:
    return any(same_words(words, part) for part in parts)


def _is_own(piece: Piece, one: Told, fact: Fact, rivals: list[Fact], reading: Reading) -> bool:
    if _is_one_of(piece.words, list(tellers(fact))):
        return True
    if any(_is_one_of(piece.words, list(tellers(rival))) for rival in rivals):
        return _is_everyday(piece, one, reading)
    return has(piece.words, fact) or _is_everyday(piece, one, reading)


def _is_everyday(piece: Piece, one: Told, reading: Reading) -> bool:
    """A short case that does not stand right before the figure is a word like any other (費用, 派遣)."""
    if len(fold(piece.words)) >= SHORT:
        return False
    return piece.end <= one.start and not _ADJACENT.fullmatch(reading.own[piece.end : one.start])


def _must_be_said(fact: Fact, rivals: list[Fact]) -> bool:
    """Whether there is another figure of the kind, so that one without its case, part or item says too much."""
    apart = fact.condition or fact.subprogram or (fact.kind in _COUNTED and tellers(fact))
    return bool(apart and rivals)


def _is_said(fact: Fact, rivals: list[Fact], scene: Scene) -> bool:
    """Whether the sentence says the fact's case or part, or a text before it does and says no other one."""
    counted = [part for part in (fact.condition, fact.item if fact.kind in _COUNTED else None) if part]
    office = [part for part in (fact.item if fact.kind is K.PHONE else None, fact.subprogram) if part]
    parts = [fold(part) for part in counted or office]
    others = {fold(other) for rival in rivals for other in tellers(rival)} - set(map(fold, tellers(fact)))
    names = [fact.program, *scene.names.index.programs[fact.program_id].aliases]
    shared = "\n".join((*map(fold, names), *others, *(fold(one) for one in tellers(fact) if fold(one) not in parts)))
    pieces = (fold(piece.words) for piece in scene.reading.pieces if piece.sort in (TELLER, QUOTE))
    here = [fold(scene.reading.own), *(words for words in pieces if words in parts or words not in shared)]
    if any(_says(part, text, shared) for part in parts for text in here):
        return True
    others = {other for other in others if not any(other in part for part in map(fold, tellers(fact)))}
    heard = (fold(text) for text in scene.heard.cases(scene.reading))
    return any(
        any(_says(part, text, shared) for part in parts) and not any(other in text for other in others)
        for text in heard
    )


def _says(part: str, text: str, shared: str) -> bool:
    """Whether a text says a case, or a piece of a long one that no other name or case shares."""
    pieces = (part[at : at + SHORT] for at in range(len(part) - SHORT + 1))
    return part in text or any(piece in text and piece not in shared for piece in pieces)


def _same(one: Fact, other: Fact) -> bool:
    return same_value(as_figure(one), as_figure(other)) or one.text == other.text
