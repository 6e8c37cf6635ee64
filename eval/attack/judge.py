"""Drafts drawn and judged: does verify print the false sentence, does check call its figure verified?"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.chain import Assistant
from assistant.index import Index
from assistant.records import Answer, Draft
from assistant.verify import verify

from .claim import Attack, Claim, rendered
from .ground import Ground
from .reals import Real
from .rewording import Truth, Variation

TRIES = 400  # real drafts tried for one more draft of a class before the class is exhausted
Made = TypeVar("Made", Claim, Truth)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a false draft; ``checked`` is None where no figure is wrong, only a source or a form."""

    sort: str
    claim: Claim
    passed: bool
    checked: bool | None


@dataclass(frozen=True, slots=True)
class Survival:
    """What became of a true draft; ``lost`` are the places of the sentences that were not printed."""

    sort: str
    truth: Truth
    lost: tuple[int, ...]


def draw(
    makers: Mapping[str, Callable[[Real, Ground, random.Random], Made | None]],
    reals: Sequence[Real],
    ground: Ground,
    count: int,
    seed: int,
) -> Iterator[tuple[str, Made]]:
    """``count`` different drafts, the makers in turn; fewer when all are exhausted."""
    streams = {name: _stream(name, make, reals, ground, seed) for name, make in makers.items()}
    while streams and count > 0:
        for name in list(streams)[:count]:
            made = next(streams[name], None)
            if made is None:
                del streams[name]
            else:
                count -= 1
                yield name, made


def _stream(
    name: str,
    make: Callable[[Real, Ground, random.Random], Made | None],
    reals: Sequence[Real],
    ground: Ground,
    seed: int,
) -> Iterator[Made]:
    """Drafts of one maker; its chance is its own, so that another maker changes none of them."""
    chance = random.Random(f"{seed} {name}")
    seen: set[Hashable] = set()
    tried = 0
    while tried < TRIES and reals:
        made = make(chance.choice(reals), ground, chance)
        tried += 1
        if made is not None and (key := _key(made)) not in seen:
            seen.add(key)
            tried = 0
            yield made


def _key(made: Claim | Truth) -> Hashable:
    return tuple((one.text, one.facts, one.quotes, one.allowed) for one in made.draft.sentences)


def passes(claim: Claim, index: Index) -> bool:
    """Whether the false sentence, or what is left of it, is printed."""
    return _printed(claim.question, claim.draft, index) != _printed(claim.question, claim.without, index)


def _printed(question: str, draft: Draft, index: Index) -> tuple[str, ...]:
    answer: Answer = verify(question, draft, index)
    return answer.text, *(citation.quote for citation in answer.citations)


def is_verified(claim: Claim, assistant: Assistant) -> bool | None:
    """Whether ``check`` calls the wrong figure verified in the draft as plain text."""
    if not claim.wrong:
        return None
    before = "".join(map(rendered, claim.draft.sentences[: claim.place])).replace("\n", " ")
    head, _, tail = claim.sentence.text.partition(claim.wrong)
    parts = [rendered(replace(claim.sentence, text=part)).replace("\n", " ") for part in (head, claim.wrong, tail)]
    start, end = len(before) + len(parts[0]), len(before) + len(parts[0]) + len(parts[1])
    found = assistant.check(before + "".join(parts))
    return any(one.status == "verified" and one.start < end and one.end > start for one in found)


def attacked(
    classes: Mapping[str, Attack], reals: Sequence[Real], ground: Ground, assistant: Assistant, count: int, seed: int
) -> Iterator[Outcome]:
    """False drafts, each through verify, and as plain text through check."""
    for name, claim in draw(classes, reals, ground, count, seed):
        yield Outcome(name, claim, passes(claim, assistant.index), is_verified(claim, assistant))


def survived(
    variations: Mapping[str, Variation], reals: Sequence[Real], ground: Ground, count: int, seed: int
) -> Iterator[Survival]:
    """True drafts, each with the sentences of it that verify does not print."""
    for name, truth in draw(variations, reals, ground, count, seed):
        yield Survival(name, truth, lost(truth, ground.index))


def lost(truth: Truth, index: Index) -> tuple[int, ...]:
    """The places of the sentences that verify does not print: without them its answer is the same."""
    whole = _printed(truth.question, truth.draft, index)
    kept = truth.draft.sentences
    cut = ((place, (*kept[:place], *kept[place + 1 :])) for place in range(len(kept)))
    return tuple(
        place for place, rest in cut if _printed(truth.question, replace(truth.draft, sentences=rest), index) == whole
    )
