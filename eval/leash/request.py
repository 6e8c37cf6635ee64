"""What the model reads in a request for an answer: passages, facts without values, the question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import Computed, Fact, Passage

_HEAD = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_FACT = re.compile(r"^F(\d+) \[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage or a fact of a request: its number, the number of its passage, and the words shown."""

    number: int
    passage: int
    words: str


@dataclass(frozen=True, slots=True)
class Request:
    """The user message of a request, taken apart."""

    passages: tuple[Shown, ...]
    facts: tuple[Shown, ...]
    question: str

    def passage_of(self, number: int) -> int:
        """The passage that a fact is shown with; 1 for a fact that is not shown."""
        return next((one.passage for one in self.facts if one.number == number), 1)


def is_answer(message: str) -> bool:
    """Whether a user message asks for an answer, and not for a second opinion."""
    return "<資料>" in message and "<質問>" in message


def read_request(message: str) -> Request:
    """A user message in the form of the contract; a part that is not there is empty."""
    heads = list(_HEAD.finditer(_block(message, "資料")))
    text = _block(message, "資料")
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    passages = tuple(
        Shown(int(head[1]), int(head[1]), f"{head[2]}\n{text[head.end() : end].strip()}")
        for head, end in zip(heads, ends, strict=True)
    )
    facts = tuple(Shown(int(one[1]), int(one[2]), one[3]) for one in _FACT.finditer(_block(message, "数値")))
    return Request(passages, facts, _block(message, "質問").strip())


def _block(message: str, name: str) -> str:
    """What stands between the marks of a name; the last mark ends it."""
    _, _, rest = message.partition(f"<{name}>\n")
    return rest.rpartition(f"</{name}>")[0] if rest else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a liar knows that the request does not tell: the facts behind F1 … and the passages behind [1] …."""

    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    computed: tuple[Computed, ...] = ()

    def number(self, fact: Fact) -> int | None:
        """The F-number of a fact, or None when the request does not show it."""
        return self.facts.index(fact) + 1 if fact in self.facts else None
