"""What a draft leaves out of what a question sets side by side: a region, or a part of one program, is never dropped
in silence, and no winner is told from the rest."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..placenames import NATION
from ..records import Draft, DraftSentence, Fact, Query
from ..tokens import fold
from ..understand import wanted
from .figures import sentences_of
from .labels import called, kind_label

_SIDES = ("compare", "difference", "each", "ratio", "share", "sum")
_WINNERS = frozenset({"most", "least", "difference", "ratio", "share", "sum", "average"})


def with_every_side(query: Query, draft: Draft, index: Index) -> Draft:
    """A draft that says of each region and part that is set beside another that nothing is stated of it."""
    listed = any(one.text.startswith("\n・") for one in draft.sentences)
    if draft.status != "answered" or listed or query.operation not in (*_SIDES, None):
        return draft
    missing = [*_regions_left(query, draft, index), *(_parts_left(query, draft, index) if query.operation else ())]
    if not missing:
        return draft
    kept = [one for one in draft.sentences if not any(figure.how in _WINNERS for figure in one.computed)]
    if not any(one.facts or one.quotes for one in kept):
        kept = [one for fact in dict.fromkeys(_facts(draft)) for one in _plainly(fact, query, index)]
    return replace(draft, sentences=(*kept, *missing)) if kept else draft


def _plainly(fact: Fact, query: Query, index: Index) -> list[DraftSentence]:
    """A figure by itself, told as its program's own."""
    asked = replace(query, kinds=(fact.kind,), operation=None, open_amount=False)
    return sentences_of(asked, index.programs[fact.program_id], index, [fact])


def _facts(draft: Draft) -> list[Fact]:
    """All figures of a draft, those reckoned with too."""
    return [
        fact
        for one in draft.sentences
        for fact in (*one.facts, *(operand for figure in one.computed for operand in figure.of))
    ]


def _regions_left(query: Query, draft: Draft, index: Index) -> list[DraftSentence]:
    if len(query.regions) < 2:
        return []
    homes = {fact.document for fact in _facts(draft)}
    homes |= {index.passages[place].document for one in draft.sentences for place, _ in one.quotes}
    told = {index.documents[one].region for one in homes}
    text = "".join(one.text for one in draft.sentences)
    held = {document.region for document in index.documents.values()}
    asked = query.regions if query.operation else [one for one in query.regions if one in held and one != NATION]
    left = [region for region in asked if region not in told and region not in text]
    none = [f"{one}では、どれに当たるのか決められません。" for one in left if one in held]
    strange = [f"{one}の資料は収録していません。" for one in left if one not in held]
    return [DraftSentence(one) for one in (*none, *strange)]


def _parts_left(query: Query, draft: Draft, index: Index) -> list[DraftSentence]:
    facts = _facts(draft)
    programs = [index.programs[one] for one in dict.fromkeys(fact.program_id for fact in facts)]
    homes = [one for one in programs if set(query.subprograms) <= set(one.subprograms)]
    kinds = wanted(query)
    if len(query.subprograms) < 2 or len(homes) != 1 or not kinds:
        return []
    told = [fold(f"{fact.subprogram or ''}{fact.item or ''}{fact.condition or ''}") for fact in facts]
    text = fold("".join(one.text for one in draft.sentences))
    left = [part for part in query.subprograms if not any(fold(part) in one for one in (*told, text))]
    label = kind_label(kinds[0]) if query.kinds else "額"
    return [DraftSentence(f"{called(homes[0], part)}の{label}は、収録した資料に記載がありません。") for part in left]
