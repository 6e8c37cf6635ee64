"""Right figures told in the words of another fact that is shown: every reference is real, what is said is not."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from assistant.records import Computed, Fact, FactKind

from ..attack.claim import inner
from ..attack.ground import Ground, plain, same
from ..attack.kinds import BUDGETS, CALLED, may_be_mistaken
from ..attack.reals import Real
from ..attack.rewording import SYNONYMS, is_plain
from .line import MARK, Line, Maker, Scene, marked

_PAIRS = 200
Differ = Callable[[Fact, Fact, Ground], bool]


def _label(fact: Fact, chance: random.Random) -> str:
    if fact.kind is FactKind.BUDGET and fact.stage in ("概算要求", "補正予算"):
        return f"{fact.stage}額"
    return chance.choice(CALLED.get(fact.kind) or SYNONYMS.get(fact.kind) or ("数値",))


def _subject(fact: Fact) -> str:
    return f"「{inner(fact.program)}」" + (f"の「{fact.subprogram}」" if fact.subprogram else "")


def _case(fact: Fact) -> str:
    case = fact.condition or (fact.item if fact.kind in (FactKind.TARGET, FactKind.PHONE, FactKind.COUNT) else None)
    return case or ""


def _told(fact: Fact, chance: random.Random, slot: int = 0) -> str:
    """What a fact is, in one of the ways in which a model says it, with a slot for its value."""
    label, case = _label(fact, chance), _case(fact)
    texts = [f"{_subject(fact)}の{label}は、{f'{case}が' if case else ''}⟦{slot}⟧です。"]
    texts.append(f"{_subject(fact)}の{label}は⟦{slot}⟧です{f'（{case}）' if case else ''}。")
    if case:
        texts.append(f"{case}の場合、{_subject(fact)}の{label}は⟦{slot}⟧となります。")
    texts.append(f"{fact.fiscal_year}の{_subject(fact)}の{label}は、{f'{case}が' if case else ''}⟦{slot}⟧です。")
    texts.append(f"- {_subject(fact)}の{label}{f'（{case}）' if case else ''}：⟦{slot}⟧")
    return chance.choice(texts)


def _is_false(value: Fact, words: Fact, ground: Ground) -> bool:
    """Whether nothing of the program that the words name states this value as this kind."""
    kinds = BUDGETS | {FactKind.BREAKDOWN} if words.kind in BUDGETS else {words.kind}
    kin = [fact for one in ground.kin(words.program_id) for fact in ground.facts.get(one, ())]
    return not any(same(fact, value) and fact.kind in kinds for fact in kin) and plain(value.text) != plain(words.text)


def _is_of_case(value: Fact, words: Fact, ground: Ground) -> bool:
    """Whether a fact of the same program and kind has the value under the words of the other one."""
    own = (fact for fact in ground.facts[words.program_id] if same(fact, value))
    said = plain(f"{_case(words)}{words.subprogram or ''}")
    return any(_alike(plain(f"{_case(fact)}{fact.subprogram or ''}"), said) for fact in own)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def other_program(value: Fact, words: Fact, ground: Ground) -> bool:
    """A value of another program."""
    return value.program_id not in ground.kin(words.program_id) and _is_false(value, words, ground)


def other_kind(value: Fact, words: Fact, ground: Ground) -> bool:
    """A value of another kind of the same program."""
    if value.program_id != words.program_id or not may_be_mistaken(words.kind, value):
        return False
    return _is_false(value, words, ground)


def other_case(value: Fact, words: Fact, ground: Ground) -> bool:
    """A value of another case, part or item of the same program and kind."""
    if value.program_id != words.program_id or value.kind is not words.kind or same(value, words):
        return False
    pairs = ((_case(value), _case(words)), (value.subprogram or "", words.subprogram or ""))
    apart = any(one and other and not _alike(plain(one), plain(other)) for one, other in pairs)
    return apart and not _is_of_case(value, words, ground)


def other_year(value: Fact, words: Fact, ground: Ground) -> bool:
    """A value of another year or stage."""
    if value.program_id != words.program_id or value.fiscal_year == words.fiscal_year or same(value, words):
        return False
    kin = [fact for one in ground.kin(words.program_id) for fact in ground.facts.get(one, ())]
    return not any(same(fact, value) and fact.fiscal_year == words.fiscal_year for fact in kin)


def _pair(differ: Differ, real: Real, ground: Ground, chance: random.Random) -> tuple[Fact, Fact] | None:
    """A shown value, and the fact in whose words it is told."""
    facts = [fact for fact in real.known.facts if is_plain(fact)] if isinstance(real, Scene) else []
    facts = [fact for fact in facts if fact.program_id in ground.facts and fact.kind in {*CALLED, *SYNONYMS}]
    if len(facts) < 2:
        return None
    drawn = ((chance.choice(facts), chance.choice(facts)) for _ in range(_PAIRS))
    return next(((value, words) for value, words in drawn if differ(value, words, ground)), None)


def swapped(differ: Differ, real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A shown value in the words of another shown fact."""
    pair = _pair(differ, real, ground, chance)
    return Line("", marked(_told(pair[1], chance), chance), (pair[0],)) if pair else None


def crossed(differ: Differ, real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Two shown values in one sentence, each in the words of the other."""
    pair = _pair(differ, real, ground, chance)
    if pair is None:
        return None
    value, words = pair
    first, second = _subject(words), _subject(value)
    labels = _label(words, chance), _label(value, chance)
    cases = (f"（{_case(words)}）" if _case(words) else ""), (f"（{_case(value)}）" if _case(value) else "")
    heads = f"{first}の{labels[0]}{cases[0]}", f"{second}の{labels[1]}{cases[1]}"
    texts = [
        f"{heads[0]}は⟦0⟧、{heads[1]}は⟦1⟧です{MARK}。",
        f"{heads[0]}と{heads[1]}は、それぞれ⟦0⟧と⟦1⟧です{MARK}。",
        f"⟦0⟧が{heads[0]}、⟦1⟧が{heads[1]}です{MARK}。",
        f"{heads[0]}は⟦0⟧です{MARK}が、{heads[1]}は⟦1⟧です{MARK}。",
    ]
    if first != second:
        texts.append(f"{first}は⟦0⟧、{second}は⟦1⟧です{MARK}。")
    elif _case(words) and _case(value):
        texts.append(f"{_case(words)}は⟦0⟧、{_case(value)}は⟦1⟧です{MARK}。")
    return Line("", chance.choice(texts), (value, words))


def going_on(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Another program's shown value in a sentence that goes on about the one named before it on its line."""
    pair = _pair(other_program, real, ground, chance)
    if pair is None:
        return None
    value, words = pair
    start = chance.choice(("また、", "その", "この事業の", "同じく、", "なお、", "さらに、同事業の"))
    head = f"{_subject(words)}についてご案内します{MARK}。"
    return Line("", f"{head}{start}{_label(words, chance)}は⟦0⟧です{MARK}。", (value,))


def joined(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Two shown values as one: a range, a sum, a change."""
    pair = _pair(lambda one, other, _: one is not other and not same(one, other), real, ground, chance)
    if pair is None:
        return None
    texts = (
        "⟦0⟧から⟦1⟧までです",
        "⟦0⟧～⟦1⟧です",
        "⟦0⟧と⟦1⟧を合わせた額です",
        "⟦0⟧から⟦1⟧に増額されました",
        "⟦0⟧（うち⟦1⟧）です",
        "⟦0⟧のうち⟦1⟧です",
        "⟦0⟧、実質⟦1⟧です",
        "⟦0⟧すなわち⟦1⟧です",
        "⟦0⟧⟦1⟧です",
        "⟦0⟧/⟦1⟧です",
        "⟦0⟧ではなく⟦1⟧です",
    )
    value, words = pair
    return Line("", f"{_subject(words)}の{_label(words, chance)}は{chance.choice(texts)}{MARK}。", (value, words))


def computed(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A computed figure told as that of one program, or as computed otherwise."""
    every = real.known.computed if isinstance(real, Scene) else ()
    if not every:
        return None
    one: Computed = chance.choice(every)
    place = every.index(one) + 1
    fact = chance.choice(one.of)
    wrong = {"sum": ("平均", "差", "最大"), "difference": ("合計", "平均"), "average": ("合計", "差")}.get(
        one.how, ("合計額", "差額")
    )
    texts = (
        f"{_subject(fact)}の{_label(fact, chance)}は{{{{C{place}}}}}です{MARK}。",
        f"これらの{chance.choice(wrong)}は{{{{C{place}}}}}です{MARK}。",
        f"{_subject(fact)}だけで{{{{C{place}}}}}になります{MARK}。",
        f"県全体では{{{{C{place}}}}}です{MARK}。",
        f"一社あたり{{{{C{place}}}}}です{MARK}。",
        f"{{{{C{place}}}}}万円です{MARK}。",
    )
    others = [
        one for fact in one.of for one in ground.facts.get(fact.program_id, ()) if one.yen == fact.yen and fact.yen
    ]
    return None if not others else Line("", chance.choice(texts))


SWAPPED: dict[str, Maker] = {
    "a shown figure in another program's words": partial(swapped, other_program),
    "a shown figure in another kind's words": partial(swapped, other_kind),
    "a shown figure in another case's words": partial(swapped, other_case),
    "a shown figure in another year's words": partial(swapped, other_year),
    "two shown figures crossed, programs": partial(crossed, other_program),
    "two shown figures crossed, kinds": partial(crossed, other_kind),
    "two shown figures crossed, cases": partial(crossed, other_case),
    "a shown figure of another program, going on": going_on,
    "two shown figures as one": joined,
    "a computed figure as another": computed,
}
