"""True drafts as they are, and in other words: synonyms, endings, fillers, names, years, units.

A variation takes a real draft and gives a question with a draft that states the same facts, or None.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.records import Draft, DraftSentence, Fact, FactKind

from .claim import Told, figure_said, one_told, said_name, spoken, told
from .ground import Ground, plain, yens_of
from .notation import mixed
from .reals import Real

K = FactKind
#: Other words for the same kind of figure.
SYNONYMS: dict[FactKind, tuple[str, ...]] = {
    K.BUDGET: ("予算額", "予算", "予算規模"),
    K.SUBSIDY_RATE: ("補助率", "助成率", "補助割合", "補助の割合"),
    K.SUBSIDY_LIMIT: ("補助上限額", "補助限度額", "上限額", "上限", "補助金の上限", "補助の限度額"),
    K.LOAN_LIMIT: ("融資限度額", "限度額", "貸付限度額", "融資の上限", "借入限度額"),
    K.LOAN_POOL: ("融資枠", "融資枠の総額", "貸付枠"),
    K.LOAN_RATE: ("融資利率", "金利", "利率", "貸付利率", "年利"),
    K.GUARANTEE_RATE: ("保証料率", "信用保証料率", "保証料"),
    K.LIMIT_ADDITION: ("上限額の上乗せ", "上乗せ額", "上限の上乗せ"),
    K.FUNDING_NATIONAL: ("国庫", "国庫支出金", "国費"),
    K.FUNDING_GENERAL: ("一般財源", "財源のうち一般財源"),
    K.TARGET: ("成果目標", "目標", "目標値"),
    K.PERIOD: ("事業期間", "実施期間", "期間"),
    K.PHONE: ("電話番号", "連絡先", "お問い合わせ先", "電話", "問い合わせ先の電話番号"),
}
OPENINGS = (
    "お問い合わせありがとうございます。",
    "ご質問にお答えします。",
    "以下のとおりご案内します。",
    "ご案内いたします。",
    "承知しました。",
)
CLOSINGS = (
    "詳しくは担当の窓口へお問い合わせください。",
    "最新の内容は必ず公式の資料でご確認ください。",
    "ほかにもご不明な点があればお知らせください。",
    "なお、申請にあたっては担当課へご相談ください。",
    "ご検討の参考になれば幸いです。",
    "詳細は募集要項をご覧ください。",
)
FILLERS = (
    "お尋ねの件ですが、",
    "ご質問の件について、",
    "資料によると、",
    "結論から申し上げると、",
    "確認したところ、",
    "収録されている資料を見ると、",
)
ENDINGS = (
    "となっています。",
    "とされています。",
    "でございます。",
    "と記載されています。",
    "になります。",
    "である。",
    "と定められています。",
    "だそうです。",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A true draft for a question."""

    question: str
    draft: Draft


Variation = Callable[[Real, Ground, random.Random], Truth | None]


def drafted(real: Real, *sentences: DraftSentence, question: str | None = None) -> Truth:
    """These sentences as the draft of a real question, or of another one."""
    return Truth(question or real.question, replace(real.draft, sentences=sentences))


def each(real: Real, change: Callable[[DraftSentence], DraftSentence]) -> Truth:
    """The draft with every sentence that tells a figure changed."""
    return drafted(real, *(change(one) if one.facts else one for one in real.draft.sentences))


def is_plain(fact: Fact) -> bool:
    """Whether a fact is told by its program, part, kind and case alone."""
    return not set(fact.flags) & {"example", "suspect", "の一部"} and fact.note is None


def tellable(one: Told) -> bool:
    """Whether a fact can be told anew: named, of a kind with synonyms, and plain."""
    return said_name(one) is not None and one.fact.kind in SYNONYMS and is_plain(one.fact)


def label(fact: Fact, chance: random.Random) -> str:
    """A word for the kind of a fact; a request keeps its name, and so does a term of applying."""
    if fact.kind is K.BUDGET and fact.stage in ("概算要求", "補正予算"):
        return f"{fact.stage}額"
    if fact.kind is K.PERIOD and fact.item:
        return "申請期間" if re.search(r"申請|募集|公募|受付|応募|申込", fact.item) else "事業期間"
    return chance.choice(SYNONYMS[fact.kind])


def subject(one: Told) -> str:
    """「事業」の「枠」."""
    return f"「{said_name(one)}」" + (f"の「{one.fact.subprogram}」" if one.fact.subprogram else "")


def case_of(fact: Fact) -> str:
    """What sets a fact apart from others of its kind: 「原則枠が」, or nothing."""
    case = fact.condition or (fact.item if fact.kind in (K.TARGET, K.PHONE) else None)
    return f"{case}が" if case else ""


def stated(one: Told, chance: random.Random, slot: int = 0) -> str:
    """「…の補助率は、原則枠が{0}です。」"""
    return f"{subject(one)}の{label(one.fact, chance)}は、{case_of(one.fact)}{{{slot}}}です。"


def unchanged(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """As the assistant wrote it."""
    return Truth(real.question, real.draft)


def polite(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Polite sentences before and behind."""
    opening, closing = DraftSentence(chance.choice(OPENINGS)), DraftSentence(chance.choice(CLOSINGS))
    return drafted(real, opening, *real.draft.sentences, closing)


def filled(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """A filler before a sentence."""
    return each(real, lambda one: replace(one, text=f"{chance.choice(FILLERS)}{one.text}"))


def other_ending(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Another verb at the end."""
    return each(real, lambda one: replace(one, text=re.sub(r"です。$", chance.choice(ENDINGS), one.text)))


def synonym(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """Another word for the kind of figure."""
    one = one_told(real, chance, tellable)
    return drafted(real, DraftSentence(stated(one, chance), (one.fact,))) if one else None


def figure_first(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """「{0}が上限です」: the figure before its word."""
    one = one_told(real, chance, lambda one: one.fact.kind is not K.PHONE and tellable(one))
    if one is None:
        return None
    word = label(one.fact, chance)
    case = f"{case_of(one.fact)[:-1]}の場合、" if case_of(one.fact) else ""
    end = chance.choice((f"{{0}}が{word}です。", f"{{0}}が{word}となります。", f"{{0}}を{word}としています。"))
    return drafted(real, DraftSentence(f"{subject(one)}では、{case}{end}", (one.fact,)))


VERBS = {
    K.SUBSIDY_RATE: ("費用の{0}が補助されます。", "対象経費の{0}が助成されます。", "経費の{0}を補助します。"),
    K.SUBSIDY_LIMIT: (
        "上限{0}まで補助を受けられます。",
        "{0}を上限に補助が受けられます。",
        "最大で{0}の補助が受けられます。",
    ),
    K.LOAN_LIMIT: (
        "{0}まで融資を受けられます。",
        "{0}を限度に融資を受けられます。",
        "最大{0}の融資を利用できます。",
    ),
    K.BUDGET: ("{0}の予算が計上されています。", "予算として{0}が計上されています。"),
}


def as_verb(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """What is done with the figure: it is paid, lent or set aside."""
    one = one_told(real, chance, lambda one: one.fact.kind in VERBS and tellable(one))
    if one is None or one.fact.stage in ("補正予算",) or (one.fact.kind is K.BUDGET and one.fact.stage == "概算要求"):
        return None
    case = f"{case_of(one.fact)[:-1]}の場合、" if case_of(one.fact) else ""
    return drafted(real, DraftSentence(f"{subject(one)}では、{case}{chance.choice(VERBS[one.fact.kind])}", (one.fact,)))


def bare_name(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The program's name without brackets."""
    one = one_told(real, chance, lambda one: said_name(one) is not None)
    name = said_name(one) if one else None
    return each(real, lambda told: replace(told, text=told.text.replace(f"「{name}」", name, 1))) if name else None


def short_name(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The program by an alias that is no other program's."""
    one = one_told(real, chance, tellable)
    aliases = ground.index.programs[one.fact.program_id].aliases if one else ()
    alias = chance.choice(aliases) if aliases else "「"
    if one is None or "「" in alias:
        return None
    if sum(plain(alias) in ground.names(program) for program in ground.index.programs) > 1:
        return None
    text = stated(one, chance).replace(f"「{said_name(one)}」", f"「{alias}」", 1)
    return drafted(real, DraftSentence(text, (one.fact,)))


def restated(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """The same sum once more in other units."""
    one = one_told(real, chance, lambda one: bool(one.fact.yen) and is_plain(one.fact))
    if one is None or one.fact.bound or one.fact.per:
        return None
    again = chance.choice((mixed(max(yens_of(one.fact)), chance), spoken(one.fact)))
    if again is None or figure_said(again) is None:
        return None
    sentences = list(real.draft.sentences)
    text = one.sentence.text.replace(one.mark, f"{one.mark}（{again}）", 1)
    sentences[one.place] = replace(one.sentence, text=text)
    return drafted(real, *sentences)


def year_said(real: Real, ground: Ground, chance: random.Random) -> Truth | None:
    """With the figure's own fiscal year."""
    one = one_told(real, chance, tellable)
    if one is None:
        return None
    year, word = one.fact.fiscal_year, label(one.fact, chance)
    starts = (
        f"{year}の{subject(one)}の{word}は",
        f"{year}は、{subject(one)}の{word}が",
        f"{subject(one)}の{year}の{word}は",
    )
    text = f"{chance.choice(starts)}、{case_of(one.fact)}{{0}}です。"
    return drafted(real, DraftSentence(text, (one.fact,)))


REWORDED: dict[str, Variation] = {
    "unchanged": unchanged,
    "polite sentences around it": polite,
    "fillers before it": filled,
    "another ending": other_ending,
    "another word for the kind": synonym,
    "the figure first (…が上限です)": figure_first,
    "what is done with it (…を補助)": as_verb,
    "the name without brackets": bare_name,
    "the program's short name": short_name,
    "the same sum in other units": restated,
    "the year said": year_said,
}


def all_tellable(real: Real) -> list[Told]:
    """Every fact of a draft that can be told anew."""
    return [one for one in told(real) if tellable(one)]
