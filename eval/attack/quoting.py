"""Forged quotes, true quotes under another name, and figures that lean on a quote."""

from __future__ import annotations

import random
import re

from assistant.records import DraftSentence, FactKind

from .claim import Attack, Claim, added, changed, inner, one_named, one_told, said_name
from .ground import Ground, plain
from .kinds import BUDGETS, CALLED
from .others import NAME, stranger
from .reals import Real

INVENTED = ("中小企業者であれば誰でも使えます", "上限は500万円とする", "県内すべての事業者が対象", "先着順で採択する")
UNITS = (" million yen", "M円", "ミリオン", "ドル", "百万", "倍", "ﾊﾟｰｾﾝﾄ", "", "bn", "㌫", " percent", "億")


def lines_of(program: str, ground: Ground) -> list[tuple[int, str]]:
    """The printed lines of a program, each with its passage."""
    passages = ground.index.passages_of(program)
    return [(passage.id, line.strip()) for passage in passages for line in passage.text.split("\n") if line.strip()]


def shown(line: str) -> str:
    """A line as a sentence shows it within brackets."""
    return inner(line.replace("\t", " "))


def unprinted(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A quote that stands on no line of the passage."""
    one = one_named(real, chance)
    passages = ground.index.passages_of(one.fact.program_id) if one else ()
    if one is None or not passages:
        return None
    passage = chance.choice(passages)
    quote = chance.choice((*INVENTED, passage.text.replace("の", "が", 1)[:40])).strip()
    if quote in passage.text or not quote:
        return None
    text = f"「{said_name(one)}」の対象は「{quote}」です。"
    return added(real, DraftSentence(text, quotes=((passage.id, quote),)), "")


def of_another(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A true quote of another program under this one's name, in brackets or without."""
    one = one_named(real, chance)
    other = stranger(one, ground, chance, ground.programs) if one else None
    lines = lines_of(other.id, ground) if other else []
    lines = [(passage, line) for passage, line in lines if len(line) > 12 and "\t" not in line and "「" not in line]
    if one is None or not lines:
        return None
    passage, line = chance.choice(lines)
    if plain(line) in ground.printed(one.fact.program_id):
        return None
    bare = one.fact.program if len(one.fact.program) >= NAME else f"「{said_name(one)}」"
    name = chance.choice((f"「{said_name(one)}」", bare))
    return added(real, DraftSentence(f"{name}は「{line}」とされています。", quotes=((passage, line),)), "")


def under_another_word(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A figure of a quoted line, said again as another kind of figure."""
    fact, kind = chance.choice(ground.every), chance.choice(list(CALLED))
    if not fact.yen or kind is fact.kind or ground.states(fact.program_id, {kind}, fact) or "円" not in fact.text:
        return None
    if kind in BUDGETS and fact.kind in BUDGETS | {FactKind.BREAKDOWN}:
        return None
    line = ground.document(fact).lines[fact.line_start - 1].strip()
    passage = next((passage for passage, other in lines_of(fact.program_id, ground) if other == line), None)
    if passage is None or fact.text not in line:
        return None
    label = chance.choice(CALLED[kind])
    texts = (
        f"資料に「{shown(line)}」とあるので、{label}は{fact.text}です。",
        f"「{inner(fact.program)}」の{label}は「{fact.text}」です。",
        f"{label}は「{shown(line)}」とあるとおりです。",
    )
    return added(real, DraftSentence(chance.choice(texts), quotes=((passage, line),)), fact.text)


def borrowed_digits(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Digits that a quote brings along, with another unit behind them."""
    one = one_told(real, chance)
    lines = lines_of(one.fact.program_id, ground) if one else []
    lines = [(passage, line) for passage, line in lines if len(line) < 200 and re.search("[0-9]", line)]
    if one is None or not lines:
        return None
    passage, line = chance.choice(lines)
    digits, unit = chance.choice(re.findall("[0-9]+", line)), chance.choice(UNITS)
    if unit and plain(digits + unit) in ground.printed(one.fact.program_id):
        return None
    text = f"{one.sentence.text.rstrip('。')}（「{shown(line)}」）、支援の総額は{digits}{unit}。"
    return changed(real, one.place, f"{digits}{unit}" if unit else "", text=text, quotes=((passage, line),))


QUOTING: dict[str, Attack] = {
    "a quote that stands nowhere": unprinted,
    "another program's quote": of_another,
    "a quoted figure under another word": under_another_word,
    "digits borrowed from a quote": borrowed_digits,
}
