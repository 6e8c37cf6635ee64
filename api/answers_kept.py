"""Answers that were given, for whoever asks the same again of the same build.

Without a language model an answer follows from its build, the question, what was said before it, the asker's region and
year, and the day.  Whoever asks with all of these the same gets the same events; who asks while the answer is being
made reads along.  Answers are kept in memory alone, for minutes at most, and none to a question with personal data.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from assistant.conversations import masked
from assistant.records import Answer, Event, Turn

MOST = 1_000  # answers
ROOM = 16_000_000  # characters of all answers together
STAYS = 600.0  # seconds after which an answer is made anew: who deletes a conversation trusts that it is gone
LONGEST = 8_000  # characters of a question with its history: whoever tells more is hardly repeated


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that an answer of one build depends on.  Two are equal when all of it is."""

    question: str
    history: tuple[Turn, ...]
    region: str | None
    fiscal_year: str | None
    today: dt.date

    @property
    def size(self) -> int:
        """How many characters were said."""
        return sum(map(len, self.words))

    @property
    def words(self) -> tuple[str, ...]:
        """All that was said."""
        said = (self.question, *(turn.content for turn in self.history), self.region, self.fiscal_year)
        return tuple(one for one in said if one)

    @property
    def is_personal(self) -> bool:
        """Whether it holds what is masked before it is stored anywhere."""
        return any(masked(one) != one for one in self.words)


class AnswersKept:
    """At most ``most`` answers of at most ``room`` characters together, the longest unused going first.

    None is given any more ``STAYS`` seconds after it was begun.
    """

    def __init__(self, most: int = MOST, room: int = ROOM, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._room = room
        self._now = now
        self._lock = threading.Lock()
        self._kept: OrderedDict[Asking, Telling] = OrderedDict()
        self._size = 0
        self.found = 0
        self.made = 0

    def events(self, asking: Asking, make: Callable[[], Iterator[Event]]) -> Iterator[Event]:
        """The answer's events: those kept, or those of ``make()``, which is called at once if it is at all.

        Raises what ``make`` raises; iterating raises what its iterator raises, and nothing is kept then.
        """
        if asking.size > LONGEST or asking.is_personal:
            return make()
        with self._lock:
            self._drop_old()
            kept = self._kept.get(asking)
            if kept is None:
                kept = self._kept[asking] = Telling(make(), self._now())
                self.made += 1
            else:
                self._kept.move_to_end(asking)
                self.found += 1
            return Reading(kept, partial(self._read, asking, kept))

    def forget(self) -> None:
        """Drop what is too old; whoever reads it reads on."""
        with self._lock:
            self._drop_old()

    def _drop_old(self) -> None:
        before = self._now() - STAYS
        for asking in [asking for asking, telling in self._kept.items() if telling.begun < before]:
            self._size -= self._kept.pop(asking).size

    def _read(self, asking: Asking, telling: Telling) -> None:
        """A reader has gone: a whole answer is counted, a broken or deserted one is dropped."""
        with self._lock:
            if self._kept.get(asking) is not telling:
                return
            if not telling.is_whole:
                if telling.is_over():
                    del self._kept[asking]
                    telling.close()
                return
            if not telling.size:
                telling.size = asking.size + size_of(telling.events[-1])
                self._size += telling.size
            while self._size > self._room or len(self._kept) > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._size -= dropped.size


class Telling:
    """The events of one answer.  Whoever needs the next one first makes it, the others read it."""

    def __init__(self, source: Iterator[Event], begun: float) -> None:
        self.events: list[Event] = []
        self.begun = begun
        self.size = 0  # characters, once it is counted
        self.is_whole = False
        self._source: Iterator[Event] = source
        self._error: BaseException | None = None
        self._one = threading.Lock()  # held while an event is made
        self._counting = threading.Lock()  # held for a moment, whatever is being made
        self._readers = 0

    def at(self, place: int) -> Event | None:
        """The event at a place, None after the last one.  Raises what the making raised."""
        if place < len(self.events):
            return self.events[place]
        with self._one:
            if place >= len(self.events):
                self._make()
            return self.events[place] if place < len(self.events) else None

    def _make(self) -> None:
        if self._error is not None:
            raise self._error
        if self.is_whole:
            return
        try:
            self.events.append(next(self._source))
        except StopIteration:
            self.is_whole = True
            self._source = iter(())
        except BaseException as error:
            self._error = error
            raise

    def join(self) -> None:
        """One more reads."""
        with self._counting:
            self._readers += 1

    def part(self) -> bool:
        """One reads no more; whether nobody is left, or nothing more can come."""
        with self._counting:
            self._readers -= 1
        return self.is_over()

    def is_over(self) -> bool:
        """Whether nobody reads, or nothing more can come."""
        with self._counting:
            return self._readers == 0 or self.is_whole or self._error is not None

    def close(self) -> None:
        """Lets go of what the making holds, when it has not come to its end; nobody may read any more."""
        close = getattr(self._source, "close", None)
        if close is not None:
            close()


class Reading(Iterator[Event]):
    """One reader's way through an answer."""

    def __init__(self, telling: Telling, ended: Callable[[], None]) -> None:
        self._telling = telling
        self._ended = ended
        self._place = 0
        self._closed = False
        telling.join()

    @property
    def is_at_hand(self) -> bool:
        """Whether nothing is left to be worked out."""
        return self._telling.is_whole

    def __next__(self) -> Event:
        event = None if self._closed else self._telling.at(self._place)
        if event is None:
            self.close()
            raise StopIteration
        self._place += 1
        return event

    def close(self) -> None:
        """Reads no more; an answer that nobody reads is not made any further."""
        if not self._closed:
            self._closed = True
            if self._telling.part():
                self._ended()


def size_of(event: Event) -> int:
    """How many characters an answer holds, roughly; at least 1."""
    if not isinstance(event, Answer):
        return 1
    quotes = sum(len(citation.quote) + len(citation.title) for citation in event.citations)
    figures = sum(len(figure.text) + len(figure.program or "") for figure in event.figures)
    return 1 + 2 * len(event.text) + quotes + figures
