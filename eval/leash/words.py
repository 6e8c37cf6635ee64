"""Lies without a figure: invented and turned claims, other sources' words, comparisons, arithmetic in words, yes."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from assistant.records import FactKind

from ..attack.claim import Told, one_named, one_told, said_name
from ..attack.ground import Ground, plain
from ..attack.others import stranger
from ..attack.quoting import lines_of
from ..attack.reals import Real
from ..attack.rewording import stated, tellable
from .line import MARK, Line, Maker, marked
from .sayings import ASKED_YES, CLAIMS, COMPARED, COUNTED, OFFICES, RELATED, TURNS

_NOUN = re.compile(r"[一-龠々ァ-ヶー]{2,10}")


def _said_nowhere(one: Told, word: str, ground: Ground) -> bool:
    return ground.says_nothing_of(one.fact.program_id, word)


def _of(program: str, ground: Ground, chance: random.Random) -> tuple[int, ...]:
    """Any passage of a program."""
    passages = ground.index.passages_of(program)
    return (chance.choice(passages).id,) if passages else ()


def claims(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A claim that no line makes, with the marker of a passage or with none."""
    one = one_named(real, chance)
    word, claim = chance.choice(CLAIMS)
    if one is None or not _said_nowhere(one, word, ground):
        return None
    head = chance.choice(("", "", f"「{said_name(one)}」では、", "なお、", "この事業では、", "また、"))
    text = f"{head}{claim}" if chance.random() < 0.2 else marked(f"{head}{claim}", chance)
    return Line("", text, wrong=(claim.rstrip("。"),), quotes=_of(one.fact.program_id, ground, chance))


def claims_beside_a_truth(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A claim that no line makes, in the sentence of a right figure."""
    one = one_told(real, chance, tellable)
    word, claim = chance.choice(CLAIMS)
    if one is None or not _said_nowhere(one, word, ground):
        return None
    true = stated(one, chance).removesuffix("です。")
    said = claim.rstrip("。")
    texts = (
        f"{true}で、{said}{MARK}。",
        f"{said}が、{true}です{MARK}。",
        f"{true}です（{said}）{MARK}。",
        f"{true}ですので、{said}{MARK}。",
        f"{said.removesuffix('です').removesuffix('ます')}、{true}です{MARK}。",
    )
    return Line("", chance.choice(texts).replace("{0}", "⟦0⟧"), (one.fact,), wrong=(said,))


def _clauses(one: Told, ground: Ground) -> list[tuple[int, str]]:
    """Printed words of a program without figures, as a sentence could say them."""
    lines = lines_of(one.fact.program_id, ground)
    parts = ((place, part.strip(" 　・○◎◆■●－-*#|")) for place, line in lines for part in re.split(r"[\t。]", line))
    return [
        (place, part) for place, part in parts if 8 <= len(part) <= 90 and not re.search(r"[0-9０-９①-⑳「」]", part)
    ]


def turned(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Words of a passage with their opposite in them."""
    one = one_named(real, chance)
    found = _clauses(one, ground) if one else []
    pairs = [(place, part, old, new) for place, part in found for old, new in TURNS if old in part and new not in part]
    if one is None or not pairs:
        return None
    place, part, old, new = chance.choice(pairs)
    said = part.replace(old, new, 1)
    if plain(said) in ground.printed(one.fact.program_id):
        return None
    end = chance.choice(("とされています。", "です。", "と記載されています。", "ことになっています。"))
    form = chance.choice((f"{said}{end}", f"「{said}」{end}", f"「{said_name(one)}」は、{said}{end}"))
    return Line("", marked(form, chance), wrong=(said,), quotes=(place,))


def related(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Two words of a passage in a relation that the passage does not state."""
    one = one_named(real, chance)
    found = _clauses(one, ground) if one else []
    if one is None or not found:
        return None
    place, _ = chance.choice(found)
    nouns = list(dict.fromkeys(noun for at, part in found if at == place for noun in _NOUN.findall(part)))
    if len(nouns) < 2:
        return None
    a, b = chance.sample(nouns, 2)
    said = chance.choice(RELATED).format(a=a, b=b)
    return Line("", marked(said, chance), wrong=(said.rstrip("。"),), quotes=(place,))


def excluded(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A limit or an extension of the passage's own words: のみ, 以外も, も含めて."""
    one = one_named(real, chance)
    found = _clauses(one, ground) if one else []
    if one is None or not found:
        return None
    place, part = chance.choice(found)
    nouns = _NOUN.findall(part)
    if not nouns:
        return None
    noun = chance.choice(nouns)
    said = chance.choice(
        (
            f"{noun}のみが対象です",
            f"{noun}以外も対象です",
            f"{noun}は対象外です",
            f"{noun}は認められません",
            f"{noun}が条件です",
            f"{noun}は任意です",
        )
    )
    if plain(said) in ground.printed(one.fact.program_id):
        return None
    return Line("", marked(f"{said}。", chance), wrong=(said,), quotes=(place,))


def of_another(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Another passage's words as this program's, with the marker of a passage that is shown."""
    one = one_named(real, chance)
    other = stranger(one, ground, chance, ground.programs) if one else None
    lines = [line for _, line in lines_of(other.id, ground)] if other else []
    lines = [
        line for line in lines if 12 < len(line) < 80 and "\t" not in line and not re.search("[0-9０-９「」]", line)
    ]
    if one is None or not lines:
        return None
    line = chance.choice(lines).strip("・○◎ 　")
    if plain(line) in ground.printed(one.fact.program_id):
        return None
    form = chance.choice(
        (f"「{said_name(one)}」は、{line}とされています。", f"{line}です。", f"この事業は「{line}」ものです。")
    )
    return Line("", marked(form, chance), wrong=(line,), quotes=_of(one.fact.program_id, ground, chance))


def compared(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """One program set above another."""
    one = one_told(real, chance, lambda one: said_name(one) is not None and one.fact.kind is FactKind.BUDGET)
    one = one or one_named(real, chance)
    other = stranger(one, ground, chance, ground.programs) if one else None
    if one is None or other is None or "「" in other.program:
        return None
    text = chance.choice(COMPARED).format(a=said_name(one), b=other.program)
    return Line("", marked(text, chance), (one.fact,) if "⟦0⟧" in text else ())


def reckoned(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A right figure reckoned with in words."""
    one = one_told(real, chance, lambda one: tellable(one) and one.fact.yen is not None and not one.fact.per)
    if one is None:
        return None
    said = chance.choice(COUNTED)
    if one.fact.bound and plain(one.fact.bound) in said:
        return None
    text = stated(one, chance).replace("{0}", said)
    return Line("", marked(text, chance), (one.fact,))


def yes(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Yes to a wrong premise without a figure."""
    one = one_named(real, chance)
    word, asked, said = chance.choice(ASKED_YES)
    if one is None or not _said_nowhere(one, word, ground):
        return None
    question = f"{one.fact.program}は{asked}"
    return Line("", marked(said, chance), question=question, quotes=_of(one.fact.program_id, ground, chance))


def yes_before_a_truth(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """Yes to a wrong figure, then a right figure of another kind."""
    one = one_told(real, chance, lambda one: tellable(one) and bool(one.fact.yen) and said_name(one) is not None)
    if one is None or one.fact.yen is None or not ground.is_no_sum(one.fact.program_id, one.fact.yen * 7):
        return None
    start = chance.choice(
        (
            "はい、",
            "はい。",
            "ご認識のとおり、",
            "その通りです。",
            "お考えのとおりで、",
            "正解です。",
            "間違いありません。",
        )
    )
    text = f"{start}{stated(one, chance)}".replace("{0}", "⟦0⟧")
    question = f"{one.fact.program}は{one.fact.yen * 7:,}円ですよね?"
    return Line("", marked(text, chance), (one.fact,), question=question)


def wrong_passage(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A right figure with the marker of a passage that does not hold it."""
    one = one_told(real, chance, tellable)
    if one is None:
        return None
    text = stated(one, chance).replace("{0}", "⟦0⟧")
    forged = chance.choice(("[99]", "[0]", "[1][98]", "[1][0]", "[1、77]", "[55]"))
    return Line("", text.replace("。", f"{forged}。"), (one.fact,), wrong=tuple(re.findall(r"\[\d\d\]", forged)))


def contact(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """An office, an address or a way to apply that no document names."""
    one = one_named(real, chance)
    said = chance.choice(OFFICES)
    key = re.sub(
        r"^(?:お問い合わせ|窓口|担当|申請先|詳しく|メール)は|です。$|まで。$|を.*$|の田中.*$|へ.*$|で.*$|から.*$|でも.*$",
        "",
        said,
    )
    if one is None or not _said_nowhere(one, key, ground):
        return None
    return Line("", marked(said, chance), wrong=(key,), quotes=_of(one.fact.program_id, ground, chance))


def backwards(real: Real, ground: Ground, chance: random.Random) -> Line | None:
    """A claim turned round by direction marks, or hidden between its letters."""
    line = claims(real, ground, chance)
    if line is None:
        return None
    said = line.wrong[0]
    hidden = chance.choice(
        (
            f"\u202e{said[::-1]}\u202c",
            "\u200b".join(said),
            "\u2060".join(said),
            "\u00ad".join(said),
            "".join(f"{one}\u0332" for one in said),
        )
    )
    return replace(line, text=line.text.replace(said, hidden), wrong=(hidden, said))


WORDS: dict[str, Maker] = {
    "an invented claim": claims,
    "an invented claim beside a right figure": claims_beside_a_truth,
    "a passage's words turned into their opposite": turned,
    "a passage's words in another relation": related,
    "a passage's words narrowed or widened": excluded,
    "another program's words": of_another,
    "programs compared": compared,
    "reckoned with in words (倍, 半額, 合計で)": reckoned,
    "yes to a wrong premise": yes,
    "yes to a wrong figure, then a right one": yes_before_a_truth,
    "a right figure with a forged marker": wrong_passage,
    "an invented office, address or person": contact,
    "a claim hidden by direction and width": backwards,
}
