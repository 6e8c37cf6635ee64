"""Whether a free sentence, one that no rule of ours has made, says nothing but what its sources say.

Every noun of it stands in the lines that it rests on (beside figures: in their lines, or in what their programs are
called), it denies and exaggerates only in their words, it compares nothing, and it says whose figures it tells.
"""

from __future__ import annotations

import re
from functools import cache

from ..figures import same_value
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind
from ..tokens import fold
from ..values import as_figure
from .calling import labels_in, suits
from .computing import operands
from .content import YES_OR_NO, content_of, denials_of, is_plain, plain_forms
from .hearing import Scene
from .naming import ITEMISED, Names
from .reading import HIDDEN, NAME, NAMED, Reading
from .retelling import retells

_AIM = re.compile("目標|目指|めざ|見込|掲げ|達成|指標|KPI")
LONG = 6  # letters of a source's own words
_NO = re.compile(r"^[\s　]*(?:いいえ|いえ、|ちが|違い)")


def is_grounded(scene: Scene) -> bool:
    """Whether a free sentence rests on what it cites."""
    sentence = scene.reading.sentence
    if not (sentence.facts or sentence.computed or sentence.grounds):
        return False
    if not all(_is_known_name(name, scene) for name in NAMED.findall(sentence.text)):
        return False
    said, source = _own(scene.reading), fold(_source(sentence, scene.names))
    if not _keeps_its_sense(said, source, bool(sentence.computed)):
        return False
    if sentence.grounds:
        return retells(scene, _where(sentence, scene.names))
    if _NO.search(sentence.text) or not _says_whose(scene):
        return False
    if sentence.computed:  # all of its words are accounted for already
        return True
    beside = plain_forms("nouns", "beside", "others")
    held = all(is_plain(form, beside) or any(one in source for one in form) for form, _ in content_of(said))
    return held and _is_of_each(sentence) and all(_may_be_said(fact, scene) for fact in sentence.facts)


def _may_be_said(fact: Fact, scene: Scene) -> bool:
    """Whether a sentence says what a figure is, of which part, and of an aim that it is one."""
    return _is_called(fact, scene) and _says_its_part(fact, scene) and _is_aimed_at(fact, scene)


def _is_of_each(sentence: DraftSentence) -> bool:
    """Whether 「それぞれ」 is said of several figures."""
    return "それぞれ" not in sentence.text or len(sentence.facts) > 1


def _is_aimed_at(fact: Fact, scene: Scene) -> bool:
    """Whether an aim is told as one, or in the source's own words: 「対象者は約500者」 would tell who is entitled."""
    if fact.kind is not FactKind.TARGET or _AIM.search(scene.reading.sentence.text):
        return True
    item, text = fold(fact.item or ""), fold(scene.reading.sentence.text)
    if item and item in text and item not in (fold(fact.subprogram or ""), fold(fact.program)):
        return True
    pieces = (fold(piece) for piece in _own(scene.reading).split(HIDDEN))
    return any(len(piece) >= LONG and piece[:LONG] in fold(fact.quote) for piece in pieces)


def _is_called(fact: Fact, scene: Scene) -> bool:
    """Whether the sentence, or the question, says what a sum or a rate is."""
    if fact.kind in ITEMISED and fact.kind is not FactKind.BREAKDOWN:
        return True
    if fact.kind is FactKind.SUBSIDY_RATE and re.search("補助|助成", scene.reading.own):  # 経費の1/2が補助されます
        return True
    said = labels_in(scene.reading.own)
    if len({one.kind for one in scene.reading.sentence.facts}) == 1:  # of two kinds neither goes without saying
        said += [*labels_in(scene.heard.question), *labels_in(scene.heard.printed)]
    return any(suits(label, fact) for label in said) or bool(
        fact.item and fold(fact.item) in fold(scene.reading.sentence.text)
    )


def _says_its_part(fact: Fact, scene: Scene) -> bool:
    """Whether a part's figure is told as that part's where another part of the program has another.

    Of a rule's own sentence it is enough that the question means the part; a free one says it.
    """
    rivals = [
        other
        for other in scene.names.facts(fact.program_id)
        if other.kind is fact.kind and other.subprogram != fact.subprogram
    ]
    if not fact.subprogram or all(same_value(as_figure(other), as_figure(fact)) for other in rivals):
        return True
    part = fold(fact.subprogram)
    said = (scene.reading.sentence.text, scene.heard.question, scene.heard.printed, *scene.heard.parts)
    return any(part in fold(text) for text in said)


def _says_whose(scene: Scene) -> bool:
    """Whether the program of each figure is named, here or before."""
    about = {fact.program_id for fact in scene.reading.sentence.facts}
    named = {program for piece in scene.reading.of(NAME) for program in piece.programs}
    return not about or bool(named & about) or (bool(scene.heard.about) and about <= scene.heard.about)


def _is_known_name(name: str, scene: Scene) -> bool:
    """A bracketed name is one of a program that the sentence cites, or words of its source."""
    names, sentence = scene.names, scene.reading.sentence
    inner = name.replace("『", "「").replace("』", "」")
    if (names.bearers(name) | names.bearers(inner)) & _programs(sentence, names):
        return True
    plain = fold(inner).replace("「", "").replace("」", "")
    return len(plain) > 1 and plain in fold(_source(sentence, names)).replace("「", "").replace("」", "")


def _programs(sentence: DraftSentence, names: Names) -> set[str]:
    passages = names.index.passages
    told = {fact.program_id for fact in (*sentence.facts, *operands(sentence))}
    return told | {passages[place].program_id for place, _ in sentence.grounds if place in passages}


def _source(sentence: DraftSentence, names: Names) -> str:
    """What may be said: of figures what their lines and names print, of words the lines they rest on.

    Not all that is printed of a program: 「大企業も対象」 may be put together from words far from each other.
    """
    index = names.index
    parts: list[str] = [lines for _, lines in sentence.grounds]
    for fact in (*sentence.facts, *operands(sentence)):
        parts += [one for one in (fact.subprogram, fact.item, fact.condition, fact.note, fact.quote) if one]
        parts += [fact.fiscal_year, fact.stage]
    parts += _where(sentence, names)
    for program_id in sorted(_programs(sentence, names)):
        program = index.programs[program_id]
        parts += [program.program, *program.aliases, *program.departments, *program.contacts]
        parts += list(names.parts(program_id))
    if sentence.facts or sentence.computed:
        parts.append(_labels())
    return "\n".join(parts)


def _where(sentence: DraftSentence, names: Names) -> list[str]:
    """Titles, offices, regions, years and stages of what a sentence cites."""
    index = names.index
    documents = {index.programs[program].document for program in _programs(sentence, names)}
    found = [index.documents[one] for one in sorted(documents)]
    return [part for one in found for part in (one.title, one.publisher, one.region, one.fiscal_year, one.stage)]


@cache
def _labels() -> str:
    """What figures may be called: whether this one may, other rules say."""
    guard = table("guard")
    words = [word for label in guard["label"] for word in label["words"]]
    return "\n".join([*words, *guard["neutral"]["words"], *guard["stage"]["words"]])


def _own(reading: Reading) -> str:
    """The writer's own words: without names in brackets, slots, and a yes."""
    text = reading.sentence.text
    for piece in reading.pieces:
        text = text[: piece.start] + HIDDEN * (piece.end - piece.start) + text[piece.end :]
    return YES_OR_NO.sub("", NAMED.sub(HIDDEN, text))


def _keeps_its_sense(said: str, source: str, computed: bool) -> bool:
    """Whether a sentence denies, exaggerates and compares nothing that its source does not."""
    words, plain = table("grounds")["strong"], fold(said)
    if any(word in plain and word not in source for word in words["words"]):
        return False
    if any(denial not in source for denial in denials_of(said)):
        return False
    return computed or not any(word in plain and word not in source for word in words["compared"])
