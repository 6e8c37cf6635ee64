"""The sentences of a model's reply as drafts, one after the other: nothing here is checked, and nothing is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..index import Index
from ..records import Draft, DraftSentence, Query, Turn
from ..retrieve import Retrieval
from .leash import Calls, Leash
from .prompt import answer_request
from .reading import said
from .references import References, references
from .splitting import sentences

# what the documents do not hold: nobody else may leave it out
_REFUSAL = re.compile("記載がありません|見当たりません|収録していません|読み取れません|分かりません|わかりません")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what was found for it, as a model is asked."""

    question: str
    history: tuple[Turn, ...]
    query: Query
    retrieval: Retrieval
    draft: Draft  # the composed answer
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a reply: the drafts that it may be, none for one that points at nothing that was shown."""

    text: str
    drafts: tuple[DraftSentence, ...]


def is_worth_asking(draft: Draft, query: Query) -> bool:
    """Whether a model may put a composed answer into words of its own.

    What is no answer stays one; a list, a table, a rank and a verdict on what the asker takes for granted are code's.
    """
    if draft.status != "answered" or query.premises or query.intent in ("check", "list"):
        return False
    told = any(one.facts or one.computed or one.quotes for one in draft.sentences)
    tables = any(one.text.lstrip().startswith(("|", "・")) for one in draft.sentences)
    ranks = any(not computed.text for one in draft.sentences for computed in one.computed)
    unheld = any(not (one.facts or one.computed or one.quotes) and _REFUSAL.search(one.text) for one in draft.sentences)
    return told and not (tables or ranks or unheld)


def written(asking: Asking, leash: Leash, calls: Calls, index: Index) -> Iterator[Written]:
    """The sentences of a reply as they come.  Raises ModelFault when there is none, or it ends before its end."""
    shown = references(asking.query, asking.retrieval, asking.draft, index)
    if shown is None:
        return
    request = answer_request(asking.question, asking.history, shown, index)
    for text in sentences(leash.reply(request, calls, conversation=asking.conversation)):
        yield Written(text, _drafts(text, shown))


def _drafts(text: str, shown: References) -> tuple[DraftSentence, ...]:
    """What a sentence may be.

    Its markers must name passages of the programs whose figures it tells, each of them of one.
    """
    read = said(text, shown)
    if read is None:
        return ()
    if not read.cited:
        return tuple(one for one in read.drafts if one.facts or one.computed)
    return tuple(one for one in read.drafts if not (one.facts or one.computed) or _cites(one, read.cited, shown))


def _cites(draft: DraftSentence, cited: Sequence[object], shown: References) -> bool:
    facts = (*draft.facts, *(fact for one in draft.computed for fact in one.of))
    homes = {shown.passages[place] for fact in facts if (place := shown.place(fact)) is not None}
    programs = {home.program_id for home in homes}
    named = [one for one in shown.passages if one in cited]
    return bool(homes & set(named)) and all(one.program_id in programs for one in named)
