"""How a good model tells one fact of a request, in Japanese: by its kind, its case, its year, its name.

``{S}`` is the program (and part), ``{L}`` the label, ``{C}`` the case, ``{V}`` the place of the figure.
"""

from __future__ import annotations

import random

from assistant.compose.labels import fact_label
from assistant.records import Fact, FactKind

from ..attack.claim import inner
from ..attack.rewording import SYNONYMS, is_plain

K = FactKind
#: Without a case.
PLAIN = (
    "{S}の{L}は{V}です。",
    "{S}の{L}は、{V}です。",
    "{S}の{L}は{V}となっています。",
    "{S}の{L}は、{V}とされています。",
    "{S}では、{L}は{V}です。",
    "{S}における{L}は{V}です。",
    "{S}については、{L}が{V}となっています。",
    "{S}の{L}は{V}と記載されています。",
    "{S}の{L}は{V}である。",
    "{L}は{V}です。",
    "資料によると、{S}の{L}は{V}です。",
    "{S}は、{L}が{V}です。",
    "お尋ねの{S}の{L}は、{V}です。",
    "ご質問の{S}ですが、{L}は{V}です。",
    "{S}の{L}は{V}でございます。",
    "{S}の{L}につきましては、{V}となっております。",
)
#: With one.
CASED = (
    "{S}の{L}は、{C}が{V}です。",
    "{S}の{L}は、{C}の場合{V}です。",
    "{S}の{L}は、{C}の場合、{V}となっています。",
    "{S}では、{C}の{L}は{V}です。",
    "{C}の場合、{S}の{L}は{V}です。",
    "{S}の{L}は{V}（{C}）です。",
    "{S}の{L}は、{C}については{V}とされています。",
    "{S}の{C}の{L}は、{V}です。",
    "{L}は、{C}が{V}です。",
    "資料によると、{S}の{L}は、{C}で{V}です。",
    "{S}について、{C}の{L}は{V}となります。",
)
#: What its own words say already (a target, a count): the item is the label.
ITEMISED = (
    "{S}の{C}は{V}です。",
    "{S}では、{C}が{V}とされています。",
    "{S}の{C}は、{V}となっています。",
    "{C}は{V}です。",
    "{S}における{C}は{V}です。",
    "資料では、{S}の{C}は{V}と示されています。",
)
#: By kind, in the words of the field.
OF_KIND: dict[FactKind, tuple[str, ...]] = {
    K.SUBSIDY_RATE: (
        "{S}では、対象経費の{V}が補助されます。",
        "{S}では、経費の{V}を補助しています。",
        "{S}は、補助率{V}で支援しています。",
        "{S}の補助率は対象経費の{V}です。",
    ),
    K.SUBSIDY_LIMIT: (
        "{S}では、{V}を上限に補助を受けられます。",
        "{S}の補助額の上限は{V}です。",
        "{S}では、上限{V}まで補助されます。",
        "補助の上限は{V}です。",
    ),
    K.LOAN_LIMIT: (
        "{S}では、{V}まで融資を受けられます。",
        "{S}で借りられるのは{V}までです。",
        "{S}では{V}を限度に融資を利用できます。",
    ),
    K.LOAN_RATE: ("{S}の利率は{V}です。", "{S}は、{V}の利率で利用できます。", "{S}の金利は{V}となっています。"),
    K.LOAN_TERM: ("{S}の返済期間は{V}です。", "{S}の融資期間は{V}です。"),
    K.LOAN_POOL: ("{S}には、{V}の融資枠が設けられています。", "{S}の融資枠は{V}です。"),
    K.GUARANTEE_RATE: ("{S}の保証料率は{V}です。", "{S}を利用する際の保証料率は{V}です。"),
    K.BUDGET: (
        "{S}には、{V}の予算が計上されています。",
        "{S}の予算として{V}が計上されています。",
        "{S}の予算規模は{V}です。",
    ),
    K.PHONE: (
        "{S}の問い合わせ先の電話番号は{V}です。",
        "お問い合わせは{V}までお願いします。",
        "{S}の連絡先は{V}です。",
    ),
    K.PERIOD: ("{S}の実施期間は{V}です。",),
    K.TARGET: ("{S}では、{V}を目標としています。", "{S}の目標は{V}です。"),
    K.FUNDING_NATIONAL: ("{S}の財源のうち国庫は{V}です。",),
    K.FUNDING_GENERAL: ("{S}の財源のうち一般財源は{V}です。",),
    K.BUDGET_PREVIOUS: ("{S}の前年度の予算額は{V}でした。",),
}
POLITE = ("お問い合わせありがとうございます。", "ご質問にお答えします。", "以下、資料に基づいてご案内します。")
STARTS = ("また、", "なお、", "さらに、", "あわせて、", "加えて、", "", "")
_ITEMS = (K.TARGET, K.COUNT, K.BREAKDOWN, K.OTHER)
_TELLABLE = {*SYNONYMS, K.COUNT, K.BREAKDOWN, K.BUDGET_PREVIOUS, K.LOAN_TERM, K.BUDGET_REVISED} - {K.LIMIT_ADDITION}


def is_tellable(fact: Fact, facts: tuple[Fact, ...]) -> bool:
    """Whether what the request shows of a fact tells it from all others, so that a model can retell it."""
    if fact.kind not in _TELLABLE or not is_plain(fact) or "\n" in f"{fact.condition}{fact.item}":
        return False
    if fact.kind in _ITEMS and (not fact.item or fact.item in (fact.subprogram, fact.program)):
        return False
    return sum(_shown(other) == _shown(fact) for other in facts) == 1


def _shown(fact: Fact) -> tuple[object, ...]:
    item = None if fact.kind is K.BUDGET else fact.item
    return fact.program_id, fact.subprogram, fact_label(fact), item, fact.condition, fact.fiscal_year, fact.stage


def subject(fact: Fact, chance: random.Random, *, short: bool = False) -> str:
    """「事業」の「枠」; in a later sentence perhaps the part alone, 同事業 or 本事業."""
    name = f"「{inner(fact.program)}」"
    if fact.subprogram:
        return (
            chance.choice((f"「{fact.subprogram}」", f"{name}の「{fact.subprogram}」"))
            if short
            else f"{name}の「{fact.subprogram}」"
        )
    return chance.choice((name, "同事業", "この事業", "本事業")) if short else name


def label(fact: Fact, chance: random.Random) -> str:
    """The label that the request shows, or, sometimes, another word for it."""
    own = fact_label(fact)
    known = SYNONYMS.get(fact.kind, ())
    if (own.endswith(("額", "期間")) and fact.kind in (K.BUDGET, K.PERIOD)) or chance.random() < 0.75 or not known:
        return own
    return chance.choice(known)


def sentence(fact: Fact, chance: random.Random, *, short: bool = False) -> str:
    """One fact in one sentence, ``⟦0⟧`` for its figure."""
    case = fact.condition or ""
    texts: tuple[str, ...]
    if fact.kind in _ITEMS:
        case = fact.item or ""
        texts = ITEMISED
        if fact.condition:
            texts = ("{S}の{C}は、" + fact.condition + "が{V}です。",)
    elif case:
        texts = CASED
    else:
        own = () if fact.kind is K.BUDGET and fact.stage in ("概算要求", "補正予算") else OF_KIND.get(fact.kind, ())
        texts = PLAIN + own * 2
    if short:
        texts = tuple(text for text in texts if not text.startswith(("お尋ね", "ご質問", "資料"))) or texts
    elif chance.random() < 0.9:
        texts = tuple(text for text in texts if "{S}" in text)
    text = chance.choice(texts)
    return text.format(S=subject(fact, chance, short=short), L=label(fact, chance), C=case, V="⟦0⟧")


def with_source(fact: Fact, text: str, chance: random.Random) -> str:
    """The sentence with its year and stage, as they are shown, or with neither."""
    own = f"{fact.fiscal_year}{fact.stage}"
    draw = chance.random()
    if draw < 0.15 and not text.startswith("資料"):
        return f"{own}の資料によると、{text}"
    if draw < 0.25 and text.startswith("「"):
        return f"{fact.fiscal_year}の{text}"
    if draw < 0.32 and text.startswith("「"):
        return f"{own}では、{text}"
    return text
