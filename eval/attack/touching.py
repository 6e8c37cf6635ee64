"""Right figures in their slots, made wrong by what touches them: signs, bounds, joints, denials."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from assistant.records import DraftSentence, Fact, FactKind

from .amounts import has_yen
from .claim import Attack, Claim, Told, added, changed, figure_said, one_told, said_name, spoken
from .ground import Ground, same, yens_of
from .reals import Real

_UPPER = ("以内", "上限", "まで", "を超えない", "最大", "限度")
_SHARES = {FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE}
_LIMITS = {FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_TERM, FactKind.LIMIT_ADDITION}


def _around(real: Real, one: Told, before: str, after: str) -> Claim:
    text = one.sentence.text.replace(one.mark, f"{before}{one.mark}{after}", 1)
    return changed(real, one.place, f"{before}{one.mark}{after}", text=text)


def glued(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """More digits, numerals or units right before or behind the figure."""
    one = one_told(real, chance, lambda one: one.fact.kind is not FactKind.PERIOD)
    if one is None:
        return None
    before = chance.choice(("1", "２", "3,", "壱", "二", "①", "十", "Ⅱ", "5.", "٣", "1\u200b", "数", "0."))
    after = chance.choice(("0", "００", "万", "億円", "千", "0円", "百", ".5", "割", "％", "兆", "⁰", "人分", "%増"))
    return _around(real, one, before, "") if chance.random() < 0.5 else _around(real, one, "", after)


def signs(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A minus before a figure that is none."""
    one = one_told(real, chance, has_yen)
    if one is None:
        return None
    return _around(real, one, chance.choice(("▲", "△", "-", "−", "マイナス", "－", "➖")), "")


def multiplied(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The multiple or a part of the right figure."""
    one = one_told(real, chance, lambda one: has_yen(one) and _alone_of_its_size(one, ground))
    after = (
        "の倍",
        "の半分",
        "の二倍",
        "×3",
        "×三社",
        "の半額",
        "の三分の一",
        "÷2",
        "/2",
        "の七割",
        "ずつ十回",
        "の数倍",
        "＋α",
    )
    return _around(real, one, "", chance.choice(after)) if one else None


def _alone_of_its_size(one: Told, ground: Ground) -> bool:
    """Whether neither the double nor the half of a sum is stated of the program."""
    yen = max(yens_of(one.fact))
    return all(ground.is_no_sum(one.fact.program_id, other) for other in (yen * 2, yen // 2, yen // 3, yen * 3))


def bounds(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """A limit or an exact figure told as a least one, or as one to stay below."""
    one = one_told(real, chance, lambda one: _is_limit(one.fact))
    if one is None:
        return None
    after = (
        "以上",
        "を超える額",
        "超",
        "未満",
        "を下回る額",
        "を上回る額",
        "から",
        "が下限",
        "が最低額",
        "より多い額",
        "を下限とする額",
    )
    before = ("最低", "少なくとも", "最低でも", "下限は", "最小")
    if chance.random() < 0.7:
        return _around(real, one, "", chance.choice(after))
    return _around(real, one, chance.choice(before), "")


def _is_limit(fact: Fact) -> bool:
    """Whether no more than the figure can be had: a least of it would be false."""
    if fact.bound is None:
        return bool(fact.kind in _LIMITS | _SHARES) or (fact.kind is FactKind.BUDGET and fact.yen is not None)
    return fact.bound in _UPPER and fact.kind in _LIMITS | _SHARES


def each(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """An amount told for each of something that it is not for."""
    one = one_told(real, chance, lambda one: one.fact.per is None and has_yen(one))
    if one is None:
        return None
    before = (
        "一社あたり",
        "各社",
        "毎年",
        "月額",
        "一人につき",
        "一件当たり",
        "毎月",
        "年額",
        "従業員ごとに",
        "日額",
        "1社につき",
    )
    after = ("／社", "（一社あたり）", "ずつ", "を毎年", "/月", "（年額）", "ずつ毎月")
    return (
        _around(real, one, chance.choice(before), "")
        if chance.random() < 0.6
        else _around(real, one, "", chance.choice(after))
    )


DENIALS = (
    "ではありません。",
    "ではないそうです。",
    "とするのは誤りです。",
    "とは異なります。",
    "ではなくなりました。",
    "というのは間違いです。",
    "には達しません。",
    "に満たない額です。",
    "を超えます。",
    "でしたが、廃止されました。",
    "から引き下げられました。",
)


def denied(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The right figure told as a wrong one, or as one of the past."""
    one = one_told(real, chance, lambda one: len(one.sentence.facts) == 1 and (one.fact.bound or "")[:2] != "を超")
    if one is None:
        return None
    text = re.sub(r"です([^です]*)。$", "", one.sentence.text)
    return changed(real, one.place, one.mark, text=f"{text}{chance.choice(DENIALS)}")


STORIES = (
    ("", "に増額されました。"),
    ("", "に減額されました。"),
    ("", "から倍増しました。"),
    ("累計で", "です。"),
    ("複数年の合計で", "です。"),
    ("県内で最も多い", "です。"),
    ("残りは", "です。"),
    ("増加分は", "です。"),
    ("税抜で", "です。"),
    ("ドルに換算して", "です。"),
    ("一律で", "です。"),
    ("", "に決まりました。"),
    ("", "の予定でした。"),
)


def story(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """The right figure with a history, a rank or a scope that no line tells."""
    one = one_told(real, chance, lambda one: has_yen(one) and len(one.sentence.facts) == 1)
    before, end = chance.choice(STORIES)
    word = re.sub(r"[にでからはのを、。]|です|ました", "", before or end)[:2]
    if one is None or not ground.says_nothing_of(one.fact.program_id, word):
        return None
    text = re.sub(r"です([^です]*)。$", "", one.sentence.text).replace(one.mark, f"{before}{one.mark}")
    return changed(real, one.place, one.mark, text=f"{text}{end}")


def joined(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """Two right figures made into one: a range, a sum, a ratio."""
    one = one_told(real, chance, lambda one: one.slot + 1 < len(one.sentence.facts))
    if one is None:
        one = one_told(real, chance, lambda one: one.fact.yen is not None and _partner(one, ground) is not None)
        other = _partner(one, ground) if one else None
        if one is None or other is None:
            return None
        facts, second = (*one.sentence.facts, other), len(one.sentence.facts)
    else:
        facts, second = one.sentence.facts, one.slot + 1
        if same(facts[one.slot], facts[second]):
            return None
    joint = chance.choice(("～", "から", "", "＋", "/", "-", "×", "分の", "ないし", "プラス", "の", "より"))
    name = said_name(one)
    text = (f"「{name}」の" if name else "") + f"金額は{one.mark}{joint}{{{second}}}です。"
    kept = (facts[one.slot], facts[second])
    return added(real, DraftSentence(text.replace(one.mark, "{0}").replace(f"{{{second}}}", "{1}"), kept), "{1}")


def _partner(one: Told, ground: Ground) -> Fact | None:
    others = (fact for fact in ground.facts[one.fact.program_id] if fact.yen is not None and fact.yen != one.fact.yen)
    return next(others, None)


def agreed(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """「はい」 to a figure that is wrong."""
    one = one_told(real, chance, lambda one: has_yen(one) and said_name(one) is not None)
    yen = max(yens_of(one.fact)) * chance.choice((2, 10, 3)) if one else 0
    if one is None or not ground.is_no_sum(one.fact.program_id, yen):
        return None
    yes = chance.choice(
        ("はい、", "はい。", "そのとおりです。", "おっしゃるとおり、", "ええ、", "その通りで、", "お見込みのとおり、")
    )
    claim = changed(real, one.place, one.mark, text=f"{yes}{one.sentence.text}")
    return Claim(f"{one.fact.program}は{yen:,}円ですよね?", claim.draft, claim.place, claim.wrong)


def refused(real: Real, ground: Ground, chance: random.Random) -> Claim | None:
    """「いいえ、…ではありません」 to a figure that is right."""
    one = one_told(real, chance, lambda one: has_yen(one) and said_name(one) is not None and one.fact.yen is not None)
    said = figure_said(spoken(one.fact)) if one else None
    if one is None or said is None:
        return None
    no = DraftSentence(
        chance.choice((f"いいえ、{said.text}ではありません。", f"{said.text}ではなく、別の額です。")), allowed=(said,)
    )
    sentences = (no, *real.draft.sentences[one.place : one.place + 1])
    return Claim(f"{one.fact.program}は{said.text}ですよね?", replace(real.draft, sentences=sentences), 0, said.text)


TOUCHING: dict[str, Attack] = {
    "digits or numerals glued to a right figure": glued,
    "a minus before a right figure": signs,
    "the multiple or a part of a right figure": multiplied,
    "a least figure for a limit (以上, 下限)": bounds,
    "an amount for each (一社あたり)": each,
    "the right figure denied": denied,
    "the right figure with a made-up story": story,
    "two right figures joined (～, ＋, /)": joined,
    "はい to a wrong figure": agreed,
    "いいえ to the right figure": refused,
}
