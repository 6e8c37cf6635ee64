"""What the model on loopback says, and how its bytes are cut: in digits, in references, in letters of many bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .line import MARK, Line, written
from .request import Known, is_answer, read_request
from .server import Reply, event, user_message

#: From the user message of a request for an answer to the text of the reply.
Speech = Callable[[str], str]
_END = b"data: [DONE]\n\n"


@dataclass(slots=True)
class Mouth:
    """The model of one question after the other: what it is to say is set before the question is asked."""

    speech: Speech | None = None
    breaks: tuple[str, ...] = ()
    finish: str = "stop"
    seed: str = ""
    asked: int = 0  # requests for an answer since it was set
    said: str = ""  # its last text
    others: list[str] = field(default_factory=list)  # the user messages of requests for a second opinion

    def set(self, speech: Speech, seed: str, *, breaks: Sequence[str] = (), finish: str = "stop") -> None:
        """What it says until it is set anew; the same bytes each time it is asked."""
        self.speech, self.seed, self.breaks, self.finish = speech, seed, tuple(breaks), finish
        self.asked, self.said = 0, ""

    def reply(self, body: dict[str, Any], number: int) -> Reply:
        """The reply to one request."""
        message = user_message(body)
        if self.speech is None:
            return Reply(status=500)
        if not is_answer(message):
            self.others.append(message)
        else:
            self.asked += 1
        self.said = self.speech(message)
        chance = random.Random(f"{self.seed} cut")
        pieces = tuple(cut(self.said, self.breaks, chance))
        if chance.random() < 0.3:
            return Reply(raw=tuple(in_bytes(pieces, self.finish, chance)))
        return Reply(pieces=pieces, finish=self.finish)


def cut(text: str, breaks: Sequence[str], chance: random.Random) -> Iterator[str]:
    """A text in pieces: any length, and between all letters of the words that are to be broken."""
    borders = set(range(0, len(text), chance.choice((3, 7, 15, 40, 400))))
    for words in breaks:
        for match in re.finditer(re.escape(words), text):
            borders.update(range(match.start() + 1, match.end()))
    ends = sorted(borders | {0, len(text)})
    yield from (text[start:end] for start, end in pairwise(ends))


def in_bytes(pieces: Sequence[str], finish: str, chance: random.Random) -> Iterator[bytes]:
    """The stream's events, cut anywhere: within a line, a number, a letter of three bytes."""
    whole = b"".join(event({"content": piece}) for piece in pieces) + event({}, finish=finish) + _END
    step = chance.choice((5, 17, 61, 333))
    yield from (whole[at : at + step] for at in range(0, len(whole), step) if len(whole) < 40_000 or step > 60)
    if len(whole) >= 40_000 and step <= 60:
        yield whole


def breaks_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """The words of a reply within which it is cut; for a slot and a marker what is written there."""
    every = [words for line in lines for words in line.breaks]
    plain = [words for words in every if "⟦" not in words and words != MARK]
    slots = ("{{F1}}", "{{F2}}", "{{F3}}", "{{F4}}", "{{F5}}") if any("⟦" in words for words in every) else ()
    return (*plain, *slots, *(("[1]", "[2]", "[3]", "[99]") if MARK in every else ()))


def speech_of(lines: Sequence[Line], known: Known, seed: str, said: list[str]) -> Speech:
    """The lines as they are written to a request; ``said`` gets each of them as it was written last."""

    def speech(message: str) -> str:
        chance = random.Random(f"{seed} written")
        request = read_request(message)
        said[:] = [written(line, request, known, chance) for line in lines]
        return "".join(f"{text}{chance.choice(('', '', chr(10)))}" for text in said)

    return speech
