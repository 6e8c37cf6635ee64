"""True drafts put together otherwise: order, sources, cases, several figures or programs in a sentence, yes and no."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import replace

from assistant.records import DraftSentence, FactKind

from .claim import Told, figure_said, inner, one_named, one_told, said_name, spoken
from .ground import Ground, yens_of
from .quoting import lines_of
from .reals import Real
from .rewording import (
    REWORDED,
    Truth,
    Variation,
    all_tellable,
    case_of,
    drafted,
    each,
    is_plain,
    label,
    stated,
    subject,
    tellable,
)

K = FactKind


def shuffled(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Its sentences in another order; an answer to a premise stays first."""
    sentences = list(real.draft.sentences)
    if len(sentences) < 2 or any(one.allowed for one in sentences):
        return None
    chance.shuffle(sentences)
    return drafted(real, *sentences)


def sourceless(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Without the name of the source."""
    if not any("の資料では、" in one.text for one in real.draft.sentences):
        return None
    return each(real, lambda one: replace(one, text=re.sub(r"^[^「]*の資料では、", "", one.text)))


def source_behind(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The source in brackets at the end."""
    first = real.draft.sentences[0]
    found = re.match(r"(?P<source>[^「]*)の資料では、(?P<rest>.*)です。$", first.text)
    if found is None:
        return None
    text = f"{found['rest']}です（{found['source']}）。"
    return drafted(real, replace(first, text=text), *real.draft.sentences[1:])


def one_each(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """A sentence for each figure."""
    found = all_tellable(real)
    if len(found) < 2:
        return None
    return drafted(real, *(DraftSentence(stated(one, chance), (one.fact,)) for one in found))


def _with_case(real: Real, chance: random.Random) -> Told | None:
    return one_told(real, chance, lambda one: bool(one.fact.condition) and tellable(one))


def case_quoted(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The condition in brackets."""
    one = _with_case(real, chance)
    if one is None or "「" in str(one.fact.condition):
        return None
    text = f"{subject(one)}の{label(one.fact, chance)}は、「{one.fact.condition}」の場合、{{0}}です。"
    return drafted(real, DraftSentence(text, (one.fact,)))


def case_behind(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The condition behind the figure."""
    one = _with_case(real, chance)
    if one is None:
        return None
    text = f"{subject(one)}の{label(one.fact, chance)}は{{0}}です（{one.fact.condition}）。"
    return drafted(real, DraftSentence(text, (one.fact,)))


def side_by_side(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Two programs in one sentence, each with its own figure."""
    one = one_told(real, chance, lambda one: one.fact.kind is K.BUDGET and tellable(one))
    other = chance.choice(ground.programs)
    facts = [fact for fact in ground.facts[other.id] if fact.kind is K.BUDGET and is_plain(fact)]
    if one is None or not facts or other.id in ground.kin(one.fact.program_id):
        return None
    pair = (one.fact, facts[0])
    if any(fact.subprogram or fact.condition or fact.stage in ("概算要求", "補正予算") for fact in pair):
        return None
    first, second = said_name(one), inner(other.program)
    texts = (
        f"「{first}」の予算額は{{0}}、「{second}」の予算額は{{1}}です。",
        f"予算額は、「{first}」が{{0}}、「{second}」が{{1}}です。",
    )
    return drafted(real, DraftSentence(chance.choice(texts), pair))


def _of_two_kinds(real: Real, chance: random.Random) -> tuple[Told, Told] | None:
    pairs = [
        (one, other)
        for one, other in itertools.permutations(all_tellable(real), 2)
        if one.fact.kind is not other.fact.kind and one.fact.program_id == other.fact.program_id
    ]
    return chance.choice(pairs) if pairs else None


def going_on(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """A second sentence without the name."""
    found = _of_two_kinds(real, chance)
    if found is None:
        return None
    one, other = found
    part = f"「{other.fact.subprogram}」の" if other.fact.subprogram else ""
    start = chance.choice(("また、", "", "さらに、", "なお、"))
    text = f"{start}{part}{label(other.fact, chance)}は、{case_of(other.fact)}{{0}}です。"
    return drafted(real, DraftSentence(stated(one, chance), (one.fact,)), DraftSentence(text, (other.fact,)))


def two_kinds(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Two kinds of figures of a program in one sentence, each behind its own word."""
    found = _of_two_kinds(real, chance)
    if found is None:
        return None
    one, other = found
    if one.fact.subprogram != other.fact.subprogram or one.fact.condition or other.fact.condition:
        return None
    first, second = (f"{label(told.fact, chance)}は{case_of(told.fact)}" for told in found)
    return drafted(real, DraftSentence(f"{subject(one)}の{first}{{0}}、{second}{{1}}です。", (one.fact, other.fact)))


def corrected(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The asker's wrong figure denied, then the right one."""
    one = one_told(real, chance, tellable)
    wrong = max(yens_of(one.fact), default=0) * 3 if one else 0
    said = figure_said(f"{wrong:,}円") if wrong > 0 else None
    if one is None or said is None or not ground.is_no_sum(one.fact.program_id, wrong):
        return None
    question = f"{one.fact.program}は{said.text}ですよね?"
    if chance.random() < 0.5:
        no = DraftSentence(f"いいえ、{said.text}ではありません。", allowed=(said,))
        return drafted(real, no, DraftSentence(stated(one, chance), (one.fact,)), question=question)
    text = stated(one, chance).replace("{0}", f"{said.text}ではなく、{{0}}")
    return drafted(real, DraftSentence(text, (one.fact,), allowed=(said,)), question=question)


def confirmed(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """「はい」 to the asker's right figure."""
    one = one_told(real, chance, lambda one: bool(one.fact.yen) and tellable(one))
    said = figure_said(spoken(one.fact)) if one else None
    if one is None or said is None:
        return None
    question = f"{one.fact.program}は{said.text}ですよね?"
    return drafted(real, DraftSentence(f"はい、{stated(one, chance)}", (one.fact,)), question=question)


def with_quote(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Behind it a line of the program, quoted."""
    one = one_named(real, chance)
    lines = lines_of(one.fact.program_id, ground) if one else []
    lines = [one for one in lines if len(one[1]) > 15 and not re.search(r"[0-9０-９「」\t一-十①-⑳]", one[1])]
    if not lines:
        return None
    passage, line = chance.choice(lines)
    behind = DraftSentence(f"資料では「{line}」と説明されています。", quotes=((passage, line),))
    return drafted(real, *real.draft.sentences, behind)


def listed(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """As points, a line each."""
    found = all_tellable(real)
    if not found or len({one.fact.program_id for one in found}) > 1:
        return None
    head = DraftSentence(f"「{said_name(found[0])}」についてご案内します。")
    return drafted(real, head, *(DraftSentence(_point(one, chance), (one.fact,)) for one in found))


def _point(one: Told, chance: random.Random) -> str:
    part = f"{one.fact.subprogram}の" if one.fact.subprogram else ""
    case = f"（{case_of(one.fact)[:-1]}）" if case_of(one.fact) else ""
    return f"\n・{part}{label(one.fact, chance)}{case}：{{0}}"


VARIATIONS: dict[str, Variation] = {
    **REWORDED,
    "sentences in another order": shuffled,
    "without its source": sourceless,
    "its source behind": source_behind,
    "a sentence for each figure": one_each,
    "the condition in brackets": case_quoted,
    "the condition behind the figure": case_behind,
    "two programs side by side": side_by_side,
    "going on without the name": going_on,
    "two kinds in a sentence": two_kinds,
    "the asker corrected": corrected,
    "the asker confirmed": confirmed,
    "a line quoted behind it": with_quote,
    "as points": listed,
}
