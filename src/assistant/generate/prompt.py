"""The request for an answer: rules, and what is known as data between marks that no data can close."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from ..compose.labels import called_so, fact_label
from ..errors import ModelFault
from ..index import Index
from ..records import Computed, Fact, FactKind, Passage, Turn, stated
from ..tokens import fold
from .messages import Message
from .references import References

HISTORY = 6  # the asker's turns that are shown, from the last one back
LONGEST = 4_000  # characters of the question and the earlier ones together
#: Signs that nobody sees, or that could close the marks around the data or stand for a reference.
_PLAIN = str.maketrans({"<": "＜", ">": "＞", "{": "｛", "}": "｝", "[": "［", "]": "］"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f")  # letters without a shape
_HOW = {
    "sum": "合計",
    "difference": "差",
    "ratio": "倍率",
    "share": "割合",
    "count": "件数",
    "product": "計算した額",
    "lesser": "計算した額",
    "average": "平均",
}


@cache
def text_of(name: str) -> str:
    """A prompt that stands in a file of ``prompts/``, as it is written there."""
    return (files(__package__) / "prompts" / f"{name}.ja.md").read_text(encoding="utf-8").strip()


def answer_request(question: str, history: Sequence[Turn], shown: References, index: Index) -> tuple[Message, ...]:
    """The messages that ask for an answer.  Raises ModelFault where the conversation is too long to be shown."""
    asked = asker_turns(history)
    if sum(map(len, (*asked, question))) > LONGEST:
        raise ModelFault("misused", "The conversation is too long to be shown to the language model.")
    parts = [
        block("資料", (_passage(place, one, index) for place, one in enumerate(shown.passages, 1))),
        block("数値", [*_facts(shown), *_computed(shown)]),
        *([block("これまでの質問", map(as_data, asked))] if asked else []),
        block("質問", [as_data(question)]),
    ]
    return Message("system", text_of("answer")), Message("user", "\n".join(parts))


def asker_turns(history: Sequence[Turn]) -> tuple[str, ...]:
    """The asker's turns that are shown, the oldest first."""
    return tuple(turn.content for turn in history if turn.role == "user" and turn.content.strip())[-HISTORY:]


def block(name: str, lines: Iterable[str]) -> str:
    """Lines between marks with a name."""
    return "\n".join((f"<{name}>", *lines, f"</{name}>"))


def as_data(text: str) -> str:
    """A text in which no mark, reference or hidden sign stands, indented so that no line of it begins like one."""
    return "\n".join(f"  {line}" for line in _plain(text).splitlines())


def _plain(text: str) -> str:
    return "".join(letter for letter in text if _is_seen(letter)).translate(_PLAIN)


def _is_seen(letter: str) -> bool:
    """No sign of width nought, of another direction, of private use, and no selector of a variant."""
    if letter in _FILLERS or "\ufe00" <= letter <= "\ufe0f" or "\U000e0000" <= letter <= "\U000e01ef":
        return False
    return unicodedata.category(letter) not in ("Cf", "Co", "Cn", "Cs")


def _passage(place: int, passage: Passage, index: Index) -> str:
    document = index.documents[passage.document]
    labels = (document.title, called_so(passage.program), document.publisher, document.fiscal_year, document.stage)
    head = "／".join(one for label in labels if (one := stated(label)))
    return f"[{place}] {' '.join(_plain(head).split())}\n{as_data(passage.text)}"


def _facts(shown: References) -> list[str]:
    lines = zip(shown.facts, shown.places, strict=True)
    return [f"F{number} [{place + 1}] {_described(fact)}" for number, (fact, place) in enumerate(lines, 1)]


def _described(fact: Fact) -> str:
    """Whose figure it is, of what, in which case, year and stage; never its value."""
    item = fact.item if fact.item and fold(fact.item) != fold(fact_label(fact)) else None
    labels = (
        called_so(fact.program, fact.subprogram),
        "その他の財源" if fact.kind is FactKind.FUNDING_OTHER else fact_label(fact),
        f"項目: {item}" if item else "",
        f"条件: {fact.condition}" if fact.condition else "",
        stated(fact.fiscal_year),
        stated(fact.stage),
    )
    return " ".join(_plain("｜".join(filter(None, labels))).split())


def _computed(shown: References) -> list[str]:
    return [f"C{number} {_reckoned(one, shown)}" for number, one in enumerate(shown.computed, 1)]


def _reckoned(one: Computed, shown: References) -> str:
    of = "、".join(f"F{shown.facts.index(fact) + 1}" for fact in one.of if fact in shown.facts)
    return f"{_HOW.get(one.how, '計算した数値')}（{of}）"
