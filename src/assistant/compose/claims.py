"""What is taken for granted beside a figure: what it is of, over what time, from whose money, that it goes on.

The words are those of ``[claim]`` in ``lexicon/questions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, Figure, FigureKind, Hit, Query
from ..tokens import search_form
from .figures import FUNDING, once, sentences_of
from .labels import called, where_from

K = FactKind
_SMALL = re.compile("小規模|小企業者")
_HEADS = re.compile(
    r"(?:従業員|常用|社員|スタッフ|職員|従業者|働き手|パート|雇用)[^。、?0-9]{0,8}(?P<many>[0-9]{1,3})(?:人|名)"
)
_SERVES = re.compile("商業|サービス業|卸売|小売")
_SHARES = (FigureKind.PERCENT, FigureKind.RATE)
_ROUGHLY = 0.03  # share by which a rounded change may differ
_NEAR = 16  # characters before a figure that say over what time it is
_YEARLY = re.compile(r"年間?(?:約|に|あたり|当たり)?$|毎年|年間|/年|／年")


def claimed_kinds(question: str, said: Figure) -> tuple[FactKind, ...]:
    """The kinds that a figure is said to be of by the words around it; () when they do not say.

    「3%上げないとだめ」 is what must be reached, 「0.5%分は市が持つ」 a share that is borne.
    """
    _, behind = _around(question, said)
    if _any("required").search(behind) and said.kind in (*_SHARES, FigureKind.MONEY, FigureKind.COUNT):
        return (K.OTHER, K.TARGET)
    if said.kind in _SHARES and _any("borne").search(behind):
        return (K.SUBSIDY_RATE,)
    return ()


def _around(question: str, said: Figure) -> tuple[str, str]:
    """What stands before and behind a figure of a question, in its plain form."""
    before, _, behind = question.partition(said.text)
    return search_form(before), search_form(behind)


def span_missed(question: str, said: Figure, facts: Sequence[Fact]) -> str:
    """What to say where a yearly figure is taken for that of several years, or of a month; "" where it is not."""
    before = _around(question, said)[0][-_NEAR:]
    yearly = [fact for fact in facts if _is_yearly(fact)]
    if not yearly or len(yearly) < len(facts):
        return ""
    return "いいえ、年間の数値です。" if _any("spans").search(before) else ""


def stage_missed(question: str, facts: Sequence[Fact]) -> str:
    """What to say where a sum is taken for that of another stage: 「決算が…ですね」 of what was requested; "" else."""
    plain = search_form(question)
    stages = {fact.stage for fact in facts if fact.kind is K.BUDGET}
    known = [name for name, _ in table("questions")["claim"]["stages"]]
    said = [name for name, pattern in table("questions")["claim"]["stages"] if re.search(pattern, plain)]
    if len(said) != 1 or len(stages) != 1 or said[0] in stages or len(stages) < len({fact.stage for fact in facts}):
        return ""
    stage = next(iter(stages))
    return f"いいえ、資料にあるのは{stage}の額です。" if stage in known or said[0] == "決算" else ""


def place_missed(query: Query, region: str) -> str:
    """The other place that a figure of ``region`` is claimed to hold for as well: 「…県でも100万円だよね」; "" else."""
    plain = search_form(query.question)
    elsewhere = re.compile(table("questions")["claim"]["elsewhere"])
    for other in query.regions:
        for name in (other, other[:-1]) if other != region else ():
            at = plain.find(search_form(name))
            if at >= 0 and len(name) > 1 and elsewhere.match(plain[at + len(search_form(name)) :]):
                return other
    return ""


def _is_yearly(fact: Fact) -> bool:
    if fact.per and "年" in fact.per:
        return True
    return _YEARLY.search(fact.quote.split(fact.text)[0][-4:]) is not None


def funding_claim(query: Query, hits: Sequence[Hit], index: Index) -> Draft | None:
    """「一般財源から全部出ている?」, where the document prints another source: which it is."""
    plain = search_form(query.question)
    asked = set(query.kinds) & set(FUNDING)
    if len(asked) != 1 or not hits or not _any("whole").search(plain) or not _any("claims").search(plain):
        return None
    program = hits[0].program
    facts = once([fact for fact in index.facts_of(program.id) if fact.kind in FUNDING])
    if not facts or any(fact.kind in asked for fact in facts):
        return None
    opening = DraftSentence("いいえ、資料の財源内訳はそうなっていません。")
    return Draft("answered", None, (opening, *sentences_of(query, program, index, facts)))


def as_moved(query: Query) -> Query | None:
    """「15億円増えたで合ってます?」 as the question by how much; None where no sum is said to be a change."""
    if K.BUDGET_CHANGE not in query.kinds or not any(one.kind is FigureKind.MONEY for one in query.premises):
        return None
    return replace(query, intent="figure", operation="difference", premises=())


def with_verdict(query: Query, draft: Draft) -> Draft:
    """A change as it was reckoned, with whether it is the one that the question takes for granted."""
    moved = next((one for sentence in draft.sentences for one in sentence.computed if one.yen), None)
    said = next((one for one in query.premises if one.yen), None)
    if moved is None or said is None or not moved.yen or not said.yen:
        return draft
    off = abs(abs(moved.yen) - said.yen) / abs(moved.yen)
    text = "はい、そのとおりです。" if off == 0 else "おおむねそのとおりです。" if off <= _ROUGHLY else ""
    opening = DraftSentence(text or f"いいえ、{said.text}ではありません。", allowed=(said,))
    return replace(draft, sentences=(opening, *draft.sentences))


def ended(query: Query, hits: Sequence[Hit], index: Index) -> Draft | None:
    """「今年度も…円で続きますよね」 of a program that is over: what it was last year, and where it says so."""
    if not hits or not query.premises or any(one.kind is not FigureKind.MONEY for one in query.premises):
        return None
    program = hits[0].program
    facts = index.facts_of(program.id)
    last = once([fact for fact in facts if fact.kind is K.BUDGET_PREVIOUS and not fact.subprogram])
    if not last or any(fact.kind is K.BUDGET and fact.yen for fact in facts):
        return None
    for passage in hits[0].passages or index.passages_of(program.id):
        found = _any("over").search(passage.text)
        if found:
            source = where_from(program, index.documents[program.document].region)
            text = f"いいえ、{source}の資料では、{called(program)}について「{found[0]}」とあります。"
            first = DraftSentence(text, quotes=((passage.id, found[0]),))
            return Draft("answered", None, (first, *sentences_of(query, program, index, last)))
    return None


def not_small(query: Query, facts: Sequence[Fact], index: Index) -> Fact | None:
    """「従業員7人で小規模だから」: the bound that a document sets to being small, where the asker is above it."""
    small = [fact for fact in facts if _SMALL.search(f"{fact.condition or ''}{fact.subprogram or ''}")]
    heads = [int(one["many"]) for one in _HEADS.finditer(search_form(query.question))]
    if len(small) < len(facts) or len(heads) != 1:
        return None
    trade = _any("serves").search(search_form(query.question)) is not None
    bounds = [fact for fact in index.facts_of(facts[0].program_id) if _bounds_size(fact)]
    own = [fact for fact in bounds if bool(_SERVES.search(f"{fact.condition or ''}{fact.item or ''}")) is trade]
    return own[0] if len(own) == 1 and (own[0].number or 0) < heads[0] else None


def _bounds_size(fact: Fact) -> bool:
    behind = fact.quote.split(fact.text)[-1][:4]  # 「５人）以下」
    return fact.unit in ("人", "名") and "以下" in (fact.bound or behind) and fact.number is not None


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("questions")["claim"][name]))
