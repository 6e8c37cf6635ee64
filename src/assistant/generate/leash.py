"""The leash: how long, how often, how much and how many at once a language model may be called.

Every limit ends in a :class:`~assistant.errors.ModelFault`, and the composed answer stands.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import ModelFault
from .breaker import Breaker
from .budget import Budget, Reserved, estimate
from .calling import Calling
from .faults import fault
from .messages import Message, Model, Piece

MOST_CALLS = 2  # that one question may cost, retries included
PATIENCE = 2.0  # seconds that a server may ask to wait
PAUSE = 0.3  # seconds before a second try where it asks for none
LEAST = 1.0  # seconds that a second try must have left to be worth it
TOLD_TIMES = 4  # tokens of a reply by its characters, at most, that a server is believed …
TOLD_BESIDE = 20_000  # … and those of thinking that is not shown
SPARE = 5.0  # seconds beyond the first token's until a question gives up
#: Faults that a second try may mend.
PASSING = frozenset({"refused", "busy", "server"})
#: Faults of calls that cost nothing.
FREE = PASSING | {"unauthorized", "forbidden", "unknown_model", "misused", "crowded"}
#: Faults that the question's next call is made in spite of: the server answers.
BY_THE_WAY = frozenset({"garbled"})
#: What is no fault of the model: the leash itself refused.
HELD = frozenset({"open", "budget", "crowded", "allowance"})
GLANCE = 0.1  # seconds between two looks whether the asker is still there
_SENTENCE_ENDS = ("。", "\n")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and how many: characters and tokens of one reply, calls of all questions at once."""

    first_token: float = 8.0
    stall: float = 4.0
    whole: float = 20.0
    characters: int = 20_000
    tokens: int = 1_200
    at_once: int = 32

    @property
    def question(self) -> float:
        """Seconds from a question's first call until it gives up, while no whole sentence has come."""
        return self.first_token + SPARE


class Calls:
    """What one question may still use of a model.  One thread at a time uses it.

    ``gone`` tells whether its asker has left: then no call is made, and one under way is let go.
    """

    def __init__(self, most: int = MOST_CALLS, gone: Callable[[], bool] | None = None) -> None:
        self.left = most
        self.gone = gone
        self.began: float | None = None  # the first call, on the leash's clock
        self.faulted: ModelFault | None = None  # the fault after which no call of this question is made

    def take(self, now: float = 0.0) -> None:
        """Uses one call.  Raises ModelFault: an earlier fault again, "left" or, when no call is left, "allowance"."""
        if self.faulted is not None:
            raise self.faulted
        self.stay()
        if self.left <= 0:
            raise fault("allowance")
        self.left -= 1
        self.began = now if self.began is None else self.began

    def stay(self) -> None:
        """Raises ModelFault("left") once the asker has left."""
        if self.gone is not None and self.gone():
            raise fault("left")


class _Spent:
    """What a call has used so far."""

    def __init__(self, request: int) -> None:
        self.request = request  # tokens, estimated
        self.told = 0
        self.characters = 0
        self.whole = False

    def tokens(self, sort: str) -> int:
        """What the server told of a whole reply; else an estimate, nothing where the call did not reach a model."""
        most = self.request + TOLD_TIMES * (self.characters + 1) + TOLD_BESIDE
        told = min(max(self.told, 0), most)  # a server may tell anything: no one reply uses up the day
        if self.whole and told:
            return told
        if not self.characters and not told and sort in FREE:
            return 0
        return max(told, self.request + self.characters)


class Leash:
    """A model that may be called by many threads, and never for longer or more often than it should."""

    def __init__(
        self,
        model: Model,
        limits: Limits | None = None,
        *,
        breaker: Breaker | None = None,
        budget: Budget | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._model = model
        self._limits = limits or Limits()
        self._breaker = breaker or Breaker(clock)
        self.outcomes: Counter[str] = Counter()  # of calls: whole, left, or a fault's sort
        self._budget = budget
        self._clock = clock
        self._sleep = sleep
        self._room = threading.BoundedSemaphore(self._limits.at_once)

    def reply(self, messages: Sequence[Message], calls: Calls, *, conversation: str | None = None) -> Iterator[str]:
        """A reply's text, piece by piece as it comes; closing the iterator lets the call go.

        ``calls`` is the question's own, ``conversation`` whose tokens are counted.  Raises ModelFault at any point,
        also after pieces.  The call is made when the first piece is asked for.
        """
        try:
            yield from self._tried(messages, calls, conversation)
        except ModelFault as error:
            log.log(logging.INFO if error.sort in HELD | {"left"} else logging.WARNING, "%s", error)
            if error.sort not in BY_THE_WAY:
                calls.faulted = error
            raise

    def _tried(self, messages: Sequence[Message], calls: Calls, conversation: str | None) -> Iterator[str]:
        """The one retry loop: a second try while no piece came, for a fault that passes."""
        first: ModelFault | None = None
        while True:
            came = False
            try:
                for text in self._call(messages, calls, conversation):
                    came = True
                    yield text
                return
            except ModelFault as error:
                if first is not None and error.sort in HELD:
                    raise first from None
                pause = None if came or first is not None else self._pause(error, calls)
                if pause is None:
                    raise
                first = error
            self._sleep(pause)

    def _pause(self, error: ModelFault, calls: Calls) -> float | None:
        """Seconds until a second try; None when there is none."""
        pause = PAUSE if error.retry_after is None else error.retry_after
        if error.sort not in PASSING or not calls.left or pause > PATIENCE:
            return None
        return pause if self._clock() + pause + LEAST <= self._gives_up(calls) else None

    def _gives_up(self, calls: Calls) -> float:
        return (self._clock() if calls.began is None else calls.began) + self._limits.question

    def _call(self, messages: Sequence[Message], calls: Calls, conversation: str | None) -> Iterator[str]:
        """One call, and what the breaker learns of it."""
        calls.take(self._clock())
        entered = self._breaker.enter()
        outcome = "left"
        try:
            for text in self._counted(messages, calls, conversation):
                outcome = "whole"  # so far: an asker who leaves in the middle is no fault of the model
                yield text
        except ModelFault as error:
            outcome = error.sort
            raise
        finally:
            self._breaker.told(entered, outcome)
            self.outcomes[outcome] += 1

    def _counted(self, messages: Sequence[Message], calls: Calls, conversation: str | None) -> Iterator[str]:
        """One call, and what the budget is charged for it."""
        spent = _Spent(estimate(messages))
        reserved = self._reserve(spent, conversation)
        sort = ""
        try:
            yield from self._alone(messages, calls, spent)
        except ModelFault as error:
            sort = error.sort
            raise
        finally:
            if self._budget and reserved:
                self._budget.settle(reserved, spent.tokens(sort))

    def _reserve(self, spent: _Spent, conversation: str | None) -> Reserved | None:
        if self._budget is None:
            return None
        return self._budget.reserve(spent.request + self._limits.tokens, conversation)

    def _alone(self, messages: Sequence[Message], calls: Calls, spent: _Spent) -> Iterator[str]:
        """One call in a thread of its own, which keeps its place among the calls at once until it has really ended."""
        if not self._room.acquire(blocking=False):
            raise fault("crowded")
        calling = Calling(self._model, messages, self._room.release)
        try:
            yield from self._timed(calling, calls, spent)
        finally:
            calling.leave()

    def _timed(self, calling: Calling, calls: Calls, spent: _Spent) -> Iterator[str]:
        """The pieces while they come in time."""
        began, read = self._clock(), ""
        until, sort = self._until(calls, began, read)
        while (piece := self._take(calling, until, sort, calls)) is not None:
            spent.told = max(spent.told, piece.tokens)
            spent.characters += len(piece.text)
            if spent.characters > self._limits.characters:
                raise fault("too_long")
            if piece.text:
                read += piece.text
                yield piece.text
                until, sort = self._until(calls, began, read)
        if not read.strip():
            raise fault("empty")
        spent.whole = True

    def _until(self, calls: Calls, began: float, read: str) -> tuple[float, str]:
        """When to stop waiting for the next piece, and what fault that is."""
        ends = [(began + self._limits.whole, "late")]
        ends.append(
            (self._clock() + self._limits.stall, "stalled") if read else (began + self._limits.first_token, "slow")
        )
        if not any(end in read for end in _SENTENCE_ENDS):  # nothing that an answer can use has come
            ends.append((self._gives_up(calls), "late" if read else "slow"))
        return min(ends)

    def _take(self, calling: Calling, until: float, sort: str, calls: Calls) -> Piece | None:
        seconds = until - self._clock()
        while seconds > 0:
            calls.stay()
            wait = seconds if calls.gone is None else min(seconds, GLANCE)
            try:
                return calling.take(wait)
            except TimeoutError:
                seconds -= wait
            except ModelFault as error:  # the library's own timeout cannot tell a reply's beginning from its middle
                raise (fault(sort) if error.sort == "slow" else error) from None
        raise fault(sort)
