"""What touches a figure leaves it what it is: no more digits, no joint with another, no other bound, no denial."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table
from ..records import Fact, FactKind
from .calling import without_labels
from .figures_told import Told

_PAST = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
_WAS = ("でした", "だった")  # what was last year's may be told so
_SIGNS = "+\\-−－‐‑–—―▲△▼➕➖±×÷*/／⁄.．,，~～〜^_＿=＝≒≧≦≥≤<>＜＞#＃&＆′″√第数何幾"
_GLUED_BEFORE = re.compile(rf"[{_SIGNS}ー][ 　]*$|(?:マイナス|プラス|掛ける|わる)[ 　]*$")
_GLUED_BEHIND = re.compile(
    rf"^[ 　]*(?:[{_SIGNS}]|[人社者件名回年月日店校]|[かヶカヵケ箇]所|事業者|企業|余|台(?![帳湾])|弱|強"
    r"|から(?!なる|構成)|プラス|マイナス|ずつ|増し?(?![進額やえ])|ない?し)"
)
_JOINT = re.compile(
    r"[ 　]*(?:から|より|ないし|乃至|の|分の|対|プラス|マイナス|かける|わる|足す|引く"
    r"|[~～〜\-−－ー–—/／×x+＋*÷:：=＝])?[ 　]*"
)
# a bound that the document does not put: (the words behind a figure, those before it, the bounds that are this one)
_BOUNDS = (
    (
        re.compile(r"^(?:の額)?(?:以上|以降|[がをは]?(?:下限|最低|最小))|を下限|が下限|最低額"),
        re.compile(r"(?:最低(?:でも|限)?|最小(?:でも)?|最短|少なくとも|下限額?|最少)(?:で|は|が|として)?[ 　、]*約?$"),
        ("以上", "最低", "下限", "最短", "以降"),
    ),
    (
        re.compile(r"^(?:の額)?(?:超(?!過)|を?超え|を?上回|より(?:多|大き|高|長))"),
        None,
        ("超", "超え", "を超える", "を超え", "を上回る"),
    ),
    (
        re.compile(r"^(?:の額)?(?:未満|を?下回|に満たな|より(?:少な|小さ|低|短)|足らず|弱)"),
        None,
        ("未満", "を下回る", "弱"),
    ),
)
# half a sentence behind the sentence: 「…は5億円です。ではなくなりました。」
_FRAGMENT = re.compile(r"[。\n！？!?][ 　]*(?:ではな|とは|という|とする|に|を|から|でした)")
_EACH_BEFORE = re.compile(
    r"(?:各[^、。〓]{0,4}|毎[年月日週回度]|[月日年]額|年間|時給|月々|(?:あたり|当たり|当り|につき|ごとに?|毎に)[、のでに]*|単価は?)"
    r"[ 　]*(?:約|最大|が|は)*$"
)
_EACH_BEHIND = re.compile(
    r"^(?:ずつ|づつ|を?毎[年月日週回]|[（(](?:[^）)]*(?:あたり|当たり|につき|ごと)|[年月日]額)|の?[月年]額)"
)


def stands_free(told: Told, before: Told | None) -> bool:
    """Whether nothing glued to a figure makes it another one, and it is joined with no other figure."""
    spans = told.facts[0].kind is FactKind.PERIOD and told.tail.lstrip(" 　").startswith("から")
    if _GLUED_BEFORE.search(told.head) or (_GLUED_BEHIND.search(told.tail) and not spans):
        return False
    return before is None or not _JOINT.fullmatch(told.head) or told.start - before.end > len(told.head)


def keeps_its_bound(told: Told, fact: Fact) -> bool:
    """Whether the words around a figure put no other bound to it than the document does, and no other share."""
    for behind, ahead, own in _BOUNDS:
        said = behind.search(told.tail) or (ahead and ahead.search(told.head))
        if said and fact.bound not in own:
            return False
    each = _EACH_BEFORE.search(told.head) or _EACH_BEHIND.search(told.tail)
    return each is None or (fact.per is not None and fact.per[0] in each[0])


def is_not_denied(told: Told, own: str) -> bool:
    """Whether the sentence (the writer's ``own`` words) goes on to tell the figure, and not to take it back."""
    return not (_patterns("denied").search(told.clause) or _FRAGMENT.search(own, told.end))


def is_used_well(told: Told, fact: Fact) -> bool:
    """Whether what is done with a figure (補助される, 融資を受けられる) can be done with one of its kind."""
    return all(fact.kind in kinds for pattern, kinds in _uses() if pattern.search(told.tail))


def is_told_plainly(told: Told, fact: Fact) -> bool:
    """Whether the words around a figure say nothing of its history, rank or rest that the document does not print."""
    own = f"{fact.quote}{fact.item or ''}{fact.condition or ''}{fact.note or ''}{fact.stage}"
    sums = table("guard")["made_up"]["sums"] if {"total", "subtotal"} & set(fact.flags) else ()
    past = _WAS if fact.kind in _PAST else ()
    said = _patterns("made_up").findall(without_labels(f"{told.head}\n{told.clause}"))
    return all(word in own or word in sums or word in past for word in said)


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("guard")[name]["patterns"]))


@cache
def _uses() -> tuple[tuple[re.Pattern[str], frozenset[FactKind]], ...]:
    return tuple(
        (re.compile("|".join(use["patterns"])), frozenset(map(FactKind, use["kinds"]))) for use in table("guard")["use"]
    )
