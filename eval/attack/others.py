"""Another program's figure or name: the right number of the wrong program, office or sum."""

from __future__ import annotations

import random
from dataclasses import replace

from assistant.records import DraftSentence, Fact, FactKind, Program

from .claim import Attack, Claim, Told, added, changed, inner, named_by, one_named, one_told, put, said_name
from .ground import Ground, plain
from .kinds import CALLED
from .reals import Real

K = FactKind
NAME = 4  # characters of a name that is known without brackets; a shorter one is any word (小計, 部合計)


def stranger(one: Told, ground: Ground, chance: random.Random, programs: tuple[Program, ...]) -> Program | None:
    """Another program, of another name, that states nothing of the value of a fact."""
    drawn = chance.sample(programs, min(12, len(programs)))
    return next((program for program in drawn if _is_strange(program, one.fact, ground)), None)


def _is_strange(program: Program, fact: Fact, ground: Ground) -> bool:
    return program.id not in ground.kin(fact.program_id) and not ground.states(program.id, set(FactKind), fact)


def _beside_stranger(real: Real, ground: Ground, chance: random.Random) -> tuple[Told, Program] | None:
    one = one_named(real, chance)
    other = stranger(one, ground, chance, ground.programs) if one else None
    return (one, other) if one and other else None


def other_name(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's name in the brackets."""
    found = _beside_stranger(real, ground, chance)
    return found and named_by(real, found[0], f"「{inner(found[1].program)}」")


def other_bare_name(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's name without brackets, or in other marks."""
    found = _beside_stranger(real, ground, chance)
    if found is None or len(found[1].program) < NAME:
        return None
    form = chance.choice(("{}", "『{}』", "“{}”", "【{}】", "〈{}〉", "{}（通称）", '"{}"'))
    return named_by(real, found[0], form.format(inner(found[1].program)))


def short_name_of_other(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's short name."""
    one = one_named(real, chance)
    other = stranger(one, ground, chance, tuple(one for one in ground.programs if one.aliases)) if one else None
    alias = chance.choice(other.aliases) if other else ""
    return named_by(real, one, f"「{inner(alias)}」") if one and len(alias) > 4 else None


def set_aside(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The figure told as that of any program but its own."""
    one = one_named(real, chance)
    if one is None:
        return None
    word = chance.choice(
        ("以外", "を除く事業", "ではなく、別の事業", "とは別の事業", "に似た事業", "の後継事業ではない事業")
    )
    return named_by(real, one, f"「{said_name(one)}」{word}")


def other_figure(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's figure of the same kind in the slot."""
    one = one_named(real, chance)
    others = [fact for fact in ground.every if one and fact.kind is one.fact.kind]
    fact = chance.choice(others) if others else None
    if one is None or fact is None or not _is_strange(ground.index.programs[one.fact.program_id], fact, ground):
        return None
    return changed(real, one.place, one.mark, facts=put(one.sentence.facts, one.slot, fact))


def alibi(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's name, with a quote of that program beside the figure."""
    found = _beside_stranger(real, ground, chance)
    passages = ground.index.passages_of(found[1].id) if found else ()
    if found is None or not passages:
        return None
    one, other = found
    passage = chance.choice(passages)
    line = max((line.strip() for line in passage.text.split("\n")), key=len)
    quote = chance.choice((line, line[: chance.randrange(1, 9)])).strip()
    text = one.sentence.text.replace(f"「{said_name(one)}」", f"「{inner(other.program)}」", 1)
    shown = chance.choice(("", f"「{inner(quote)}」"))
    return changed(real, one.place, one.mark, text=f"{text}{shown}", quotes=((passage.id, quote),)) if quote else None


def role(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The figure of a department, a subtotal or a total under a program's name, or the other way round."""
    one = one_named(real, chance)
    sums = tuple(program for program in ground.sums if one and program.document == one.fact.document)
    if one is None or not sums:
        return None
    facts = [fact for program in sums for fact in ground.facts[program.id] if fact.kind is one.fact.kind]
    if not facts or chance.random() < 0.3:
        other = chance.choice(sums)
        return named_by(real, one, f"「{inner(other.program)}」") if _is_strange(other, one.fact, ground) else None
    fact = chance.choice(facts)
    if not _is_strange(ground.index.programs[one.fact.program_id], fact, ground):
        return None
    return changed(real, one.place, one.mark, facts=put(one.sentence.facts, one.slot, fact))


def exchanged_programs(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Two programs in one sentence, their figures exchanged."""
    one = one_told(real, chance, lambda one: one.fact.kind is K.BUDGET and said_name(one) is not None)
    other = stranger(one, ground, chance, ground.programs) if one else None
    facts = [fact for fact in ground.facts[other.id] if fact.kind is K.BUDGET] if other else []
    if one is None or other is None or not facts or ground.states(one.fact.program_id, set(FactKind), facts[0]):
        return None
    first, second = said_name(one), inner(other.program)
    texts = (
        f"予算額は、「{first}」が{{0}}、「{second}」が{{1}}です。",
        f"「{first}」は{{0}}で、「{second}」は{{1}}です。",
        f"「{first}」と「{second}」の予算額は、それぞれ{{0}}と{{1}}です。",
        f"{{0}}が「{first}」、{{1}}が「{second}」の予算額です。",
    )
    return added(real, DraftSentence(chance.choice(texts), (facts[0], one.fact)), "{0}")


def nameless(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's figure in a sentence that goes on about the one named before."""
    one = one_named(real, chance)
    fact = chance.choice(ground.every)
    if one is None or fact.kind not in CALLED:
        return None
    if not _is_strange(ground.index.programs[one.fact.program_id], fact, ground):
        return None
    start = chance.choice(("また、", "その", "この事業の", "", "なお、"))
    return added(real, DraftSentence(f"{start}{CALLED[fact.kind][0]}は{_told(fact)}です。", (fact,)), "{0}")


def unasked(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another program's figure, without a name, as the answer to what was asked."""
    one = one_told(real, chance, lambda one: one.fact.kind in CALLED)
    others = [fact for fact in ground.every if one and fact.kind is one.fact.kind]
    fact = chance.choice(others) if others else None
    if (
        one is None
        or fact is None
        or len(one.fact.program) < NAME
        or plain(one.fact.program) not in plain(real.question)
    ):
        return None
    if not _is_strange(ground.index.programs[one.fact.program_id], fact, ground):
        return None
    sentence = DraftSentence(f"{CALLED[fact.kind][0]}は{_told(fact)}です。", (fact,))
    return Claim(real.question, replace(real.draft, sentences=(sentence,)), 0, "{0}")


def _told(fact: Fact) -> str:
    return f"{fact.condition}が{{0}}" if fact.condition else "{0}"


OTHERS: dict[str, Attack] = {
    "another program's name": other_name,
    "another program's name without brackets": other_bare_name,
    "another program's short name": short_name_of_other,
    "any program but the named one (以外)": set_aside,
    "another program's figure in the slot": other_figure,
    "another program's name with a quote of it as alibi": alibi,
    "two programs' figures exchanged": exchanged_programs,
    "another program's figure, going on without a name": nameless,
    "another program's figure as the answer to what was asked": unasked,
    "a department's or total's figure for a program's": role,
}
