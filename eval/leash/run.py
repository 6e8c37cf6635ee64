"""Replies told and judged: one question on every surface, the findings put down to the lies they are of."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.records import Draft
from assistant.verify.print_fact import print_fact

from ..attack.claim import inner
from .judge import Finding, bare, blamed, found, pieces_of, reference
from .lies import planned
from .line import MARK, Line, of_sentence
from .mouth import breaks_of, speech_of
from .seen import Seen
from .truths import true_reply
from .world import World

#: Lies that the right name makes true.
GOING_ON = (
    "a shown figure of another program, going on",
    "another program's figure, going on without a name",
    "another program's figure as the answer to what was asked",
)
BY_PROCESS = 200  # of so many replies one goes through real processes as well
_TRIES = 6  # questions drawn for one reply


@dataclass(frozen=True, slots=True)
class Passed:
    """A lie that left: of which class, on which surface, and how it was told."""

    sort: str
    question: str
    lie: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one reply of lies: the classes of those that the model told, and those that passed."""

    number: int
    sorts: tuple[str, ...]
    passed: tuple[Passed, ...]
    by_model: bool  # whether something of the reply, its true sentences, is part of the answer


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one true reply: its sentences that are not in the answer."""

    number: int
    sort: str
    question: str
    lost: tuple[str, ...]
    by_model: bool

    @property
    def whole(self) -> bool:
        """Whether all of it is in the answer."""
        return self.by_model and not self.lost


def rendered(line: Line) -> str:
    """A line with its figures in the place of its slots, without markers."""
    return re.sub(r"⟦(\d+)⟧", lambda slot: print_fact(line.facts[int(slot[1])]), line.text).replace(MARK, "")


def with_own_name(line: Line) -> Iterator[str]:
    """A sentence that goes on about another program, with its own program's name put before it: then it is true."""
    if line.sort in GOING_ON:
        *_, last = pieces_of(rendered(line))
        yield from (f"「{inner(fact.program)}」について、{last}" for fact in line.facts)


def lied(world: World, number: int, seed: int) -> Told | None:
    """One reply of lies on every surface; None when the question that was drawn asks for no reply."""
    chance = random.Random(f"{seed} question {number}")
    for _ in range(_TRIES):
        scene = world.drawn(chance)
        plan = planned(number, scene, world.ground, seed) if scene else None
        if scene is None or plan is None:
            continue
        known = scene.known
        if plan.question != scene.question:
            other = world.scene(plan.question, plan.history)
            if other is None:
                continue
            known = other.known
        said: list[str] = []
        key = f"{seed} {number}"
        finish = "length" if plan.lines[-1].last and chance.random() < 0.5 else "stop"
        world.mouth.set(speech_of(plan.lines, known, key, said), key, breaks=breaks_of(plan.lines), finish=finish)
        seen = list(world.out.ask(plan.question, plan.history))
        if not world.mouth.asked:
            continue
        if number % BY_PROCESS == 0 and not plan.history:
            seen += world.by_process(plan.question)
        return _judged(world, number, plan.question, plan.history, plan.lines, said, seen, scene.draft)
    return None


def _judged(
    world: World,
    number: int,
    question: str,
    history: tuple[str, ...],
    lines: tuple[Line, ...],
    said: list[str],
    seen: list[Seen],
    draft: Draft,
) -> Told:
    composed = world.plain(question, history)
    assert composed.answer is not None
    truths = [rendered(line) for line in lines if line.true]
    truths += [led for line in lines for led in with_own_name(line)]
    truths += [rendered(of_sentence("", one, random.Random(0))) for one in draft.sentences if one.facts]
    wrong = [words for line in lines for words in line.wrong]
    known = reference(composed.answer, composed.raw, truths, wrong)
    lies = [(line, text) for line, text in zip(lines, said, strict=True) if not line.true]
    passed: dict[tuple[str, str], Passed] = {}
    for one in seen:
        for finding in found(one, known, world.composed.index):
            at = blamed(finding, [text for _, text in lies])
            sort, lie = (lies[at][0].sort, lies[at][1]) if at is not None else ("of no single lie", world.mouth.said)
            passed.setdefault((sort, finding.text), Passed(sort, question, lie, finding))
    by_model = any(one.answer is not None and one.answer["mode"] == "llm" for one in seen)
    return Told(number, tuple(line.sort for line, _ in lies), tuple(passed.values()), by_model)


def told_truth(world: World, number: int, seed: int) -> Kept | None:
    """One true reply through the chat; None when the question that was drawn asks for none, or does not suit."""
    chance = random.Random(f"{seed} truth {number}")
    for _ in range(_TRIES * 3):
        scene = world.drawn(chance)
        truth = true_reply(number, scene, seed) if scene else None
        if scene is None or truth is None:
            continue
        said: list[str] = []
        key = f"{seed} truth {number}"
        world.mouth.set(speech_of(truth.lines, scene.known, key, said), key)
        answer = world.out.chat(truth.question, truth.history, f"truth-{number}").answer
        if not world.mouth.asked or answer is None:
            continue
        lost = [text.strip() for line, text in zip(truth.lines, said, strict=True) if not _is_in(line, answer["text"])]
        return Kept(number, truth.sort, truth.question, tuple(lost), answer["mode"] == "llm")
    return None


def _is_in(line: Line, answer: str) -> bool:
    """Whether an answer holds every sentence of a line; a polite word claims nothing and may be left out."""
    if line.sort == "polite":
        return True
    pieces = [bare(piece) for piece in pieces_of(answer)]
    return all(any(piece.endswith(one) for piece in pieces) for one in _bare_pieces(rendered(line)))


def _bare_pieces(text: str) -> Iterable[str]:
    for piece in pieces_of(text):
        yield re.sub(r"^[・\-*]+", "", bare(piece).replace("**", ""))
