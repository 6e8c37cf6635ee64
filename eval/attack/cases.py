"""Another part or case of the right program: the right number under the wrong condition."""

from __future__ import annotations

import random
import re

from assistant.records import DraftSentence, Fact, FactKind

from .claim import Attack, Claim, Told, added, changed, inner, one_told, said_name
from .ground import Ground, plain, same
from .kinds import CALLED
from .reals import Real

K = FactKind
INVENTED = (
    "特別枠",
    "女性",
    "大企業",
    "グリーン枠",
    "第三類型",
    "離島の事業者",
    "デジタル特例",
    "若者",
    "通常型",
    "緊急対策コース",
)


def case_of(fact: Fact) -> str | None:
    """What sets a fact apart, as a real sentence tells it."""
    return fact.condition or (fact.item if fact.kind in (K.COUNT, K.TARGET, K.PHONE) else None)


def _is_told(one: Told) -> bool:
    case = case_of(one.fact)
    return case is not None and case in one.sentence.text


def _differ(one: str, other: str) -> bool:
    return plain(one) not in plain(other) and plain(other) not in plain(one)


def other_part(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another 枠, fund or part than the figure's own."""
    one = one_told(real, chance, lambda one: (one.fact.subprogram or "\n") in one.sentence.text)
    if one is None or one.fact.subprogram is None:
        return None
    own = [part for part in ground.index.programs[one.fact.program_id].subprograms if part != one.fact.subprogram]
    part = chance.choice(own or [part for program in ground.programs for part in program.subprograms])
    if plain(part) in ground.names(one.fact.program_id) or not _differ(part, one.fact.subprogram):
        return None
    facts = ground.facts[one.fact.program_id]
    if any(same(fact, one.fact) and part in (fact.subprogram, fact.condition, fact.item) for fact in facts):
        return None
    return changed(real, one.place, one.mark, text=one.sentence.text.replace(one.fact.subprogram, part, 1))


def other_case(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another condition, item or office of the same program, or a piece of one."""
    one = one_told(real, chance, _is_told)
    case = case_of(one.fact) if one else None
    if one is None or case is None:
        return None
    facts = ground.facts[one.fact.program_id]
    others = sorted({other for fact in facts if (other := case_of(fact)) and _differ(other, case)})
    other = chance.choice(others) if others else None
    if other is None:
        return None
    if any(same(fact, one.fact) and plain(other) in plain(f"{fact.condition}{fact.item}") for fact in facts):
        return None
    piece = re.match(r"[一-龠々ぁ-んァ-ヶー]{5,8}", other)
    said = f"{piece[0]}の場合" if piece and chance.random() < 0.4 else other
    own = plain(f"{case}{one.fact.subprogram}{one.fact.item}{one.fact.program}{one.fact.quote}")
    if plain(said.removesuffix("の場合")) in own:
        return None
    return changed(real, one.place, one.mark, text=one.sentence.text.replace(case, said, 1))


def invented_case(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A case or 枠 that the documents do not know."""
    one = one_told(real, chance, lambda one: one.fact.kind is not K.PHONE and _is_told(one))
    word = chance.choice(INVENTED)
    if one is None or not ground.says_nothing_of(one.fact.program_id, word):
        return None
    said = word if word[-1] in "枠型例ス" else f"{word}の場合"
    return changed(real, one.place, one.mark, text=one.sentence.text.replace(str(case_of(one.fact)), said, 1))


def exchanged(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Two figures of one sentence exchanged."""
    one = one_told(real, chance, lambda one: len(one.sentence.facts) > 1)
    if one is None:
        return None
    facts = list(one.sentence.facts)
    other = chance.choice([slot for slot in range(len(facts)) if slot != one.slot])
    first, second = facts[one.slot], facts[other]
    if same(first, second) or _apart(first, one.sentence) == _apart(second, one.sentence):
        return None
    facts[one.slot], facts[other] = second, first
    return changed(real, one.place, one.mark, facts=tuple(facts))


def _apart(fact: Fact, sentence: DraftSentence) -> tuple[object, ...]:
    """What a sentence says that sets a fact apart from the others in it."""
    said = (part for part in (fact.condition, case_of(fact), fact.subprogram) if part and part in sentence.text)
    return (fact.kind, *said)


def _is_asked(real: Real, words: str) -> bool:
    """Whether the question asks for this case: then an answer need not say it again."""
    asked, case = plain(real.question), plain(words)
    return any(case[at : at + 4] in asked for at in range(max(1, len(case) - 3)))


def case_left_out(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A case's figure told as if it held for all, where another case has another figure."""
    one = one_told(real, chance, lambda one: bool(one.fact.condition) and said_name(one) is not None)
    if one is None or _is_asked(real, str(one.fact.condition)):
        return None
    kin = (one.fact.kind, one.fact.subprogram)
    own = [fact for fact in ground.facts[one.fact.program_id] if (fact.kind, fact.subprogram) == kin]
    if all(same(fact, one.fact) for fact in own) or any(same(fact, one.fact) and not fact.condition for fact in own):
        return None
    label = chance.choice(CALLED.get(one.fact.kind, ("数値",)))
    name = chance.choice((said_name(one), one.fact.subprogram or said_name(one)))
    return added(real, DraftSentence(f"「{name}」の{label}は{{0}}です。", (one.fact,)), "{0}")


def part_left_out(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A part's figure told as the whole program's, where another part has another figure."""
    one = one_told(real, chance, lambda one: one.fact.kind is not K.PHONE and said_name(one) is not None)
    if one is None or not one.fact.subprogram or _is_asked(real, one.fact.subprogram):
        return None
    own = [fact for fact in ground.facts[one.fact.program_id] if fact.kind is one.fact.kind]
    if all(same(fact, one.fact) for fact in own) or any(same(fact, one.fact) and not fact.subprogram for fact in own):
        return None
    label = "予算額" if one.fact.kind is K.BREAKDOWN else chance.choice(CALLED.get(one.fact.kind, ("数値",)))
    return added(real, DraftSentence(f"「{said_name(one)}」の{label}は{{0}}です。", (one.fact,)), "{0}")


def other_part_going_on(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Another part's figure in a sentence, or a half of one, that goes on about the part named before."""
    one = one_told(real, chance, lambda one: one.fact.kind is not K.PHONE and said_name(one) is not None)
    if one is None or not one.fact.subprogram:
        return None
    kinds = [kind for kind in CALLED if kind not in (K.PHONE, K.TARGET)]
    facts = [fact for fact in ground.facts[one.fact.program_id] if fact.subprogram and fact.kind in kinds]
    others = [fact for fact in facts if _differ(str(fact.subprogram), str(one.fact.subprogram))]
    fact = chance.choice(others) if others else None
    if fact is None or any(same(other, fact) and other.subprogram == one.fact.subprogram for other in facts):
        return None
    if one.fact.kind not in CALLED or fact.condition or one.fact.condition:
        return None
    head = f"「{said_name(one)}」の「{one.fact.subprogram}」の{CALLED[one.fact.kind][0]}は"
    label = chance.choice(CALLED[fact.kind])
    if chance.random() < 0.5:
        return added(real, DraftSentence(f"{head}{{0}}、{label}は{{1}}です。", (one.fact, fact)), "{1}")
    said = added(real, DraftSentence(f"{head}{{0}}です。", (one.fact,)), "")
    return added(Real(real.question, said.draft), DraftSentence(f"{label}は{{0}}です。", (fact,)), "{0}")


def worked_example(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A worked example told as what one gets."""
    examples = [fact for fact in ground.every if "example" in fact.flags and fact.kind in CALLED]
    fact = chance.choice(examples) if examples else None
    if fact is None:
        return None
    own = [other for other in ground.facts[fact.program_id] if "example" not in other.flags and other.kind is fact.kind]
    if any(same(other, fact) for other in own):
        return None
    part = f"の「{fact.subprogram}」" if fact.subprogram else ""
    label = chance.choice(CALLED[fact.kind])
    return added(real, DraftSentence(f"「{inner(fact.program)}」{part}の{label}は、{{0}}です。", (fact,)), "{0}")


CASES: dict[str, Attack] = {
    "another part or 枠": other_part,
    "a part left out": part_left_out,
    "another part's figure, going on": other_part_going_on,
    "another condition, item or office": other_case,
    "an invented condition or 枠": invented_case,
    "two cases' figures exchanged": exchanged,
    "a condition left out": case_left_out,
    "a worked example as an entitlement": worked_example,
}
