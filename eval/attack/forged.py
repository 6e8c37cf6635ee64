"""Forged facts, markers and slots, and figures passed off as the asker's own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.records import Fact, Figure

from . import amounts
from .amounts import has_yen, wrong_yen
from .claim import NOUNS, Attack, Claim, Told, alone, changed, clause, figure_said, one_named, one_told, put, spoken
from .ground import Ground
from .notation import japanese
from .reals import Real

MARKERS = (
    "[1]",
    "[9]",
    "［１］",
    "[2][3]",
    "【1】",
    "※1",
    "¹",
    "(注1)",
    "[F1]",
    "[01]",
    "[①]",
    "[1-3]",
    "[１]",
    "†1",
    "[一]",
)
BRACES = ("{{0}}", "{x}", "{-1}", "{0", "0}", "{ 0 }", "｛0｝", "{F1}", "{0.yen}", "{}", "{0!r}", "{{F1}}", "{００}0")
Forger = Callable[[Fact, Ground, random.Random], object]


def _forged(field: str, forge: Forger, real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A fact of which one field is not the fact table's."""
    one = one_told(real, chance)
    value = forge(one.fact, ground, chance) if one else None
    if one is None or value is None or value == getattr(one.fact, field):
        return None
    fact = replace(one.fact, **{field: value})  # type: ignore[arg-type]
    facts = put(one.sentence.facts, one.slot, fact)
    return changed(real, one.place, one.mark if field == "yen" else "", facts=facts)


def _text(fact: Fact, ground: Ground, chance: random.Random) -> object:
    digits = [place for place, letter in enumerate(fact.text) if letter.isdigit()]
    if not digits:
        return None
    at = chance.choice(digits)
    return fact.text[:at] + chance.choice("123456789") + fact.text[at + 1 :]


def _yen(fact: Fact, ground: Ground, chance: random.Random) -> object:
    return fact.yen * chance.choice((10, 100, 1000)) if fact.yen else None


def _line(fact: Fact, ground: Ground, chance: random.Random) -> object:
    return chance.randrange(1, len(ground.document(fact).lines) + 3)


def _quote(fact: Fact, ground: Ground, chance: random.Random) -> object:
    return chance.choice((f"{fact.quote} ", fact.quote[1:], "", chance.choice(ground.every).quote, "補助率：10/10"))


def _id(fact: Fact, ground: Ground, chance: random.Random) -> object:
    return fact.fact_id[::-1]


def _other(field: str, fact: Fact, ground: Ground, chance: random.Random) -> object:
    return getattr(chance.choice(ground.every), field)


FORGERS: dict[str, Forger] = {
    "text": _text,
    "yen": _yen,
    "line_start": _line,
    "quote": _quote,
    "fact_id": _id,
    **{field: partial(_other, field) for field in ("program", "program_id", "document", "condition", "kind", "unit")},
    "fiscal_year": partial(_other, "fiscal_year"),
}


def markers(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A marker of its own, in the text."""
    one = one_told(real, chance)
    if one is None:
        return None
    marker, text = chance.choice(MARKERS), one.sentence.text
    forged = text.replace("。", f"{marker}。", 1) if "。" in text else f"{text}{marker}"
    return changed(real, one.place, "", text=forged)


def braces(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A slot for no fact, and what looks like one."""
    one = one_told(real, chance)
    if one is None:
        return None
    mark = chance.choice((*BRACES, "{" + str(len(one.sentence.facts)) + "}"))
    return changed(real, one.place, "", text=one.sentence.text.replace(one.mark, f"{one.mark}、{mark}", 1))


# ---- the asker's own figures


def _as_fact(real: Real, one: Told, said: Figure, own: bool, question: str, chance: random.Random) -> Claim:
    """A figure told as a fact, in a sentence that passes it off as the asker's when it is ``own``."""
    claim = chance.choice((clause, alone))(real, one, said.text, chance.choice(NOUNS["money"]))
    sentence = replace(claim.sentence, allowed=(said,) if own else ())
    sentences = (*claim.draft.sentences[: claim.place], sentence, *claim.draft.sentences[claim.place + 1 :])
    return replace(claim, question=question, draft=replace(claim.draft, sentences=sentences))


def _allowed(question: str, own: bool, real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A wrong figure as the asker's; ``question`` is what was asked in truth."""
    one = one_named(real, chance)
    yen = wrong_yen(amounts.invented, one, ground, chance) if one else None
    text = japanese(yen, chance) if yen else None
    said = figure_said(text) if text else None
    if one is None or said is None:
        return None
    return _as_fact(real, one, said, own, question.format(name=one.fact.program, figure=said.text), chance)


def earlier_allowed(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A figure of another program from an earlier turn, passed off as the asker's."""
    other, one = chance.choice(ground.every), one_named(real, chance)
    said = figure_said(spoken(other))
    if one is None or said is None or not other.yen or not ground.is_no_sum(one.fact.program_id, other.yen):
        return None
    return _as_fact(real, one, said, True, real.question, chance)


def other_denial(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A figure that the asker never said, denied as if he had, beside another one that he did say."""
    one = one_told(real, chance, has_yen)
    yens = [wrong_yen(amounts.invented, one, ground, chance) for _ in range(2)] if one else []
    said = [figure_said(japanese(yen, chance) or "") for yen in yens if yen]
    if one is None or len(said) < 2 or said[0] is None or said[1] is None or said[0].text == said[1].text:
        return None
    text = f"いいえ、{said[1].text}ではありません。{one.sentence.text}"
    claim = changed(real, one.place, said[1].text, text=text, allowed=(said[1],))
    return replace(claim, question=f"{one.fact.program}は{said[0].text}ですよね?")


FORGED: dict[str, Attack] = {
    **{f"a forged fact: {field}": partial(_forged, field, forge) for field, forge in FORGERS.items()},
    "forged markers": markers,
    "braces and slots for no fact": braces,
    "an invented figure as the asker's": partial(_allowed, "{name}とは?", True),
    "the asker's own figure as a fact": partial(_allowed, "{name}は{figure}ですよね?", True),
    "the asker's own figure, loose": partial(_allowed, "{name}は{figure}ですよね?", False),
    "a figure of an earlier turn as the asker's": earlier_allowed,
    "a denial of what nobody said": other_denial,
}
