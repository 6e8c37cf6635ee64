"""What goes from stage to stage of the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..records import Answer, Draft, Query, Turn
from ..retrieve import Retrieval


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the asker's earlier turns and what the surface knows of the asker."""

    question: str
    history: tuple[Turn, ...] = ()
    region: str | None = None
    fiscal_year: str | None = None
    conversation: str | None = None  # whose budget of tokens a language model's calls are counted on
    gone: Callable[[], bool] | None = field(default=None, repr=False, compare=False)  # whether the asker has left


@dataclass(frozen=True, slots=True)
class Understood:
    """A question read."""

    question: str
    query: Query


@dataclass(frozen=True, slots=True)
class Found:
    """A question with its programs."""

    question: str
    query: Query
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with an unchecked answer."""

    question: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with every stage of its answer."""

    query: Query
    retrieval: Retrieval
    draft: Draft
    answer: Answer
