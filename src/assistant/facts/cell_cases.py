"""Cases that stand in a cell as a number: 「1年目 1/2 2年目 1/3」, 「5号 0.70％」, 「1億円（うち運転 3,000万円）」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import FactKind, Figure, FigureKind

_N = r"[0-9０-９]{1,2}"
_STEP = re.compile(
    r"(?:^|[\s　、，,／/（(])"
    rf"(?P<case>初年度|(?:{_N}|[一二三四五])(?:年|か月|回)目(?:以降|以後)?"
    rf"|(?:{_N}年目?[～〜~・]){_N}年目|第?{_N}(?:号?[～〜~・、]第?{_N})*号(?:認定|保証)?)"
    r"[\s　]*(?:は|が|：|:|の場合は?)?[\s　]*(?:年|月額|年額)?[\s　]*$"
)
_WITHIN = re.compile(
    r"[（(、\s　](?P<case>うち[\s　]?[^\s　（()）、。0-9０-９]{2,12}?)"
    r"(?:資金)?(?:は|：|:)?[\s　]*(?:最大|上限)?[\s　]*$"
)
_GRACE = re.compile(
    rf"[（(][\s　]*(?:うち)?(?:据え?置き?)?[\s　]*(?P<figure>(?P<count>{_N})[\s　]?月)(?:以内)?[\s　]*[)）]"
)
_EACH = re.compile(r"(?:につき|に対し|当たり|あたり|当り)?[\s　、]{0,3}(?:最大|上限|年額?|月額?|約)?[\s　]?[0-9０-９]")


def step_case(since: str) -> str | None:
    """The year, the month or the number of a 号 that stands right before a figure, with which its case is named."""
    found = _STEP.search(since)
    return found["case"] if found else None


def within_case(since: str, figure: Figure) -> str | None:
    """「（うち運転 3,000万円）」: a limit within the limit; a grace period is no such thing."""
    found = _WITHIN.search(since) if figure.kind is FigureKind.MONEY else None
    return re.sub(r"[\s　]", "", found["case"]) if found else None


def grace_months(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """「7年（6月）」 below 融資期間（うち据置）: months, which elsewhere would be June."""
    found = []
    for match in _GRACE.finditer(text):
        start, end = match.span("figure")
        if all(figure.end <= start or end <= figure.start for figure in figures):
            months = float(int(match["count"]))
            found.append(Figure(text[start:end], FigureKind.DURATION, start, end, number=months, unit="月"))
    return found


def is_each(figure: Figure, right: str) -> bool:
    """「1件 15万円」, 「1人5万円」: the one for which the next figure holds counts nothing."""
    return figure.kind is FigureKind.COUNT and figure.number == 1 and bool(_EACH.match(right))


_WHOLE = re.compile(
    r"(?:^|[\s　）)（(、])(?:(?P<who>[^\s　（()）、。0-9０-９]{1,8})が)?"
    r"(?P<all>全額)(?:を)?(?:補給|補助|負担|支援|助成)?(?=$|[\s　）)（(、※])"
)
_PAID = {FactKind.GUARANTEE_RATE: "保証料", FactKind.LOAN_RATE: "利子"}


def borne_wholly(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """「(3) 県が全額補給」, 「全額」 below 保証料率 or 保証料補助: the whole is paid, which no number says."""
    spans = [match.span("all") for match in _WHOLE.finditer(text)]
    taken = {place for figure in figures for place in range(figure.start, figure.end)}
    return [
        Figure(text[start:end], FigureKind.RATE, start, end, number=1.0) for start, end in spans if start not in taken
    ]


def whole_of(kind: FactKind, text: str, figure: Figure) -> str | None:
    """Of what the whole is paid, and by whom: 「保証料の県の負担」; nothing where the header says it."""
    if kind not in _PAID:
        return None
    found = next((match for match in _WHOLE.finditer(text) if match.start("all") == figure.start), None)
    case = step_or_number(text[: found.start()]) if found else None
    paid = f"{_PAID[kind]}（{found['who']}が補給）" if found and found["who"] else _PAID[kind]
    return f"{case}、{paid}" if case else paid


def step_or_number(before: str) -> str | None:
    """The (1)(2) right before 「県が全額補給」."""
    found = re.search(rf"(?P<case>(?:[(（]{_N}[)）][、,・]?)+)$", before.rstrip())
    return found["case"] if found else None


_PAYS = re.compile(r"[\s　]*(?:以内|相当額?|分)?(?:を)?(?P<how>補給|補助|負担|助成)")
_PAYER = re.compile(r"(?:^|[\s　（(、。])(?P<who>[^\s　（()）、。0-9０-９]{1,8})[がは][\s　]*$")


def paid_by(text: str, figure: Figure) -> str | None:
    """「市が1/2補給」 below 保証料: who pays that share of it."""
    pays, payer = _PAYS.match(text, figure.end), _PAYER.search(text[: figure.start])
    return f"{payer['who']}が{pays['how']}" if pays and payer else None
