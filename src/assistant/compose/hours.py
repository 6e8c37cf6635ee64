"""Times that are no figure of a period: the hour behind a deadline's date, how long something is paid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..records import DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..tokens import fold
from ..values import as_figure
from .labels import called

_ASKS = re.compile(r"何時|時刻|必着|締め?切|〆切|期限|いつまで|何日まで|時間")
_HOUR = re.compile(
    r"^[\s　]*(?:[（(][月火水木金土日][)）])?[\s　]*[（(]?(?:午前|午後)?[0-9０-９]{1,2}時(?:[0-9０-９]{1,2}分|半)?"
    r"(?:必着|まで|締切|締め切り|厳守)?(?P<close>[)）])?"
)

_HOW_LONG = re.compile(
    r"何(?:[かヶカケ箇ヵ]月|年|日間)間?|期間|どれ(?:くらい|ぐらい|だけ)|どの(?:くらい|ぐらい)|いつまで|最長"
)
_SINCE = re.compile(r"創業|設立|開業|過去|直近|完了|終了後|満|年齢|保存|業歴|営んで|以内に|居住")
_BOUNDS = ("以上", "以下", "未満", "超", "経過")
_UNITS = ("月", "か月", "年", "週", "週間", "日")
_NEAR = 12  # characters before a span that say what it counts from


def spans_of(query: Query, program: Program, facts: Sequence[Fact], index: Index) -> list[Fact]:
    """「月額10万円を上限に24か月」: how long something is paid, where that is asked and no period is stated."""
    known = {FactKind.PERIOD, FactKind.LOAN_TERM} & (index.kinds_of(program.id) | {fact.kind for fact in facts})
    if FactKind.PERIOD not in query.kinds or query.items or known or not _HOW_LONG.search(fold(query.question)):
        return []
    spans = [
        fact
        for fact in index.facts_of(program.id)
        if fact.kind is FactKind.OTHER
        and as_figure(fact).kind in (FigureKind.DURATION, FigureKind.COUNT)
        and fact.unit in _UNITS
        and not {"example"} & set(fact.flags)
        and not (fact.bound or "").startswith(_BOUNDS)
        and not _SINCE.search(f"{fact.item or ''}{fact.quote.split(fact.text)[0][-_NEAR:]}")
    ]
    return spans[:1] if len({(fact.number, fact.unit) for fact in spans}) == 1 else []


def hours_of(query: Query, program: Program, facts: Sequence[Fact], index: Index) -> list[DraftSentence]:
    """「…は「令和８年８月２１日（金）１７時」とあります」, for the periods that are told of a deadline."""
    if not _ASKS.search(fold(query.question)):
        return []
    told: dict[str, int] = {}
    for fact in (fact for fact in facts if fact.kind is FactKind.PERIOD):
        for passage in index.passages_of(program.id):
            if piece := _with_hour(passage.text, fact.text):
                told.setdefault(piece, passage.id)
                break
    return [
        DraftSentence(f"{called(program)}について「{piece}」とあります。", quotes=((place, piece),))
        for piece, place in told.items()
    ]


def _with_hour(text: str, period: str) -> str | None:
    at = text.find(period)
    found = _HOUR.match(text[at + len(period) :]) if at >= 0 else None
    if found is None or ("（" in found[0].split("時")[0] and not found["close"]):
        return None
    return text[at : at + len(period) + found.end()]
