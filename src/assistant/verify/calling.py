"""Words that call a figure something: labels (補助率), and other words that name a quantity (自己負担額)."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table
from ..records import Fact, FactKind

K = FactKind
_BUDGETS = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED, K.BREAKDOWN})
_GRACE = "据"  # 据置期間, 据え置き: labels of a loan's time of grace
_APPLYING = re.compile(r"申請|募集|公募|受付|応募|申込|締切|期限")
_RUN = "一-龠々ァ-ヶーA-Za-z"  # letters of which a noun is made
_GOVERNS = re.compile(rf"(?P<word>[{_RUN}]+)(?:として|について|では|には|とは|は|が|も|を|の|：|:|、| |　|年)*$")
_PREDICATE = re.compile(
    rf"^[^、。{_RUN}]*(?:[がはも](?P<word>[{_RUN}]+)(?=です|であ|でし|でご|とな|にな|とさ|だ|と[いの]))"
)
_TOPIC = re.compile(rf"(?<=[のは])[{_RUN}]+(?=は|とは|として)|[{_RUN}]+(?=を[〓約])")
_OTHER = re.compile(r"その他(?:[（(][^（）()]*[）)])?[ 　]*$")
_HEDGE = re.compile(r"(?:約|おおよそ|およそ|最大|最高|最長|上限)[ 　]*(?:で)?[ 　]*$")
_VAGUE = frozenset({"その他の数値", "件数など"})


def labels_in(text: str) -> list[str]:
    """The labels that a text says, in order; a longer one wins over one inside it.

    「その他」 is one right before a figure alone: 「その他（繰入金）{0}」, not 「その他、…」.
    """
    found = [label for label in _pattern().findall(text) if label != "その他"]
    return [*found, "その他"] if _OTHER.search(text) else found


def without_labels(text: str) -> str:
    """A text with its labels hidden: 「採択予定件数」 foresees nothing."""
    return _pattern().sub("〓", text)


def is_label(words: str) -> bool:
    """Whether words are a label and nothing more: 「補助率等」 sets no figure apart from others."""
    return not re.sub(r"[等額の ]|(?:R|令和)?[0-9]+(?:年度)?", "", _pattern().sub("", words))


def suits(label: str, fact: Fact) -> bool:
    """Whether a fact may be called by a label: one of its kind, or one that the document prints beside it."""
    if label in (fact.condition or "") or label in (fact.item or ""):
        return True
    if fact.kind not in _labels()[label]:
        return False
    if fact.kind is K.LOAN_TERM and label != "期間":
        return label.startswith(_GRACE) == (_GRACE in (fact.item or ""))
    applying = _APPLYING.search(label) if fact.kind is K.PERIOD else None
    return applying is None or _APPLYING.search(fact.item or "") is not None


def is_called_nothing_else(head: str, tail: str, fact: Fact) -> bool:
    """Whether the other words that name a quantity, or that a figure is said to be, are the document's own for it."""
    own = f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}{fact.quote} {fact.stage}額"
    before, behind = map(without_labels, (head, tail))
    unknown = [word for text in (before, behind) for word in _quantities().findall(text)]
    said = (_GOVERNS.search(_HEDGE.sub("", before)), _PREDICATE.search(behind))
    unknown += [*_TOPIC.findall(before), *(match["word"] for match in said if match)]
    return all(word in table("guard")["neutral"]["words"] or word in own for word in unknown)


def stages_in(text: str) -> list[str]:
    """Stages of a budget that a text names, in order."""
    stage = table("guard")["stage"]
    return [stage["means"].get(word, word) for word in _stages().findall(text)]


@cache
def _labels() -> dict[str, frozenset[FactKind]]:
    """Every label and what it may be said of; those that answers are written with are among them."""
    found = {label: frozenset({K(name)}) for name, label in table("kinds")["labels"].items() if label not in _VAGUE}
    for entry in table("guard")["label"]:
        found.update(dict.fromkeys(entry["words"], frozenset(map(K, entry["kinds"]))))
    return found | dict.fromkeys(table("kinds")["stages"].values(), _BUDGETS)


@cache
def _pattern() -> re.Pattern[str]:
    return _any(_labels())


@cache
def _stages() -> re.Pattern[str]:
    return _any(table("guard")["stage"]["words"])


@cache
def _quantities() -> re.Pattern[str]:
    ends = _any(table("guard")["quantity"]["ends"]).pattern
    return re.compile(rf"[{_RUN}]*(?:{ends})(?![一-龠々ァ-ヶー])")


def _any(words: dict[str, frozenset[FactKind]] | list[str]) -> re.Pattern[str]:
    """Any of the words, longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
