"""The build that questions are answered from, exchanged for a newer one while they are asked.

A request takes the assistant that stands when it comes, and keeps it to its end.  Nothing is closed by hand: a build's
files and its memory go when the last request that reads it has ended.
"""

from __future__ import annotations

import datetime as dt
import gc
import logging
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.chain import Assistant
from assistant.check import Finding
from assistant.errors import AssistantError, IndexDamaged
from assistant.generate import make_leash
from assistant.index import Index
from assistant.index.manifest import current_name
from assistant.records import Event, Turn
from assistant.settings import Settings

from .answers_kept import AnswersKept, Asking

RETRY = 30.0  # seconds until a build that could not be opened is tried again
#: Asked of a new build before it stands, of every sort once: what it works out on the way it keeps.
WARMING = (
    "補助率は?",
    "店を直したいので使える補助金はありますか",
    "融資の限度額が一番高いのはどれですか",
    "予算の合計は?",
    "じぎょうしょうけいでつかえるほじょりつは?",
    "創業支援と販路開拓支援の予算を比べて、差はいくらですか",
    "商店街向けの事業を一覧で教えてください",
    "申請の窓口と電話番号、対象者、募集期間を知りたい",
    "補助率は1/2で上限は50万円ですよね?",
    "前年度より予算が増えた事業はどれですか",
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """An assistant, and the answers that were given from its build."""

    assistant: Assistant
    kept: AnswersKept = field(default_factory=AnswersKept)

    @property
    def build(self) -> str:
        """The name of the build."""
        return self.assistant.index.path.name


@dataclass(frozen=True, slots=True)
class State:
    """How the exchange goes."""

    build: str
    since: float  # seconds since 1970
    swaps: int
    failed: int
    problem: str | None  # why a newer build does not stand
    answers_found: int  # answers of this build that were given again …
    answers_made: int  # … and those that were worked out


class Standing:
    """A desk whose assistant is exchanged when another build is published.  Safe for many threads."""

    def __init__(
        self, folder: Path, make: Callable[[], Assistant], *, today: Callable[[], dt.date] = dt.date.today
    ) -> None:
        """Opens and warms what is published in ``folder``.  Raises what ``make`` raises."""
        self._folder = folder
        self._make = make
        self._today = today
        self._looking = threading.Lock()
        self._held = Held(warmed(make()))
        self._since = time.time()
        self._swaps = self._failed = 0
        self._problem: str | None = self._held.assistant.index.warning
        if self._problem is not None:
            log.warning("%s", self._problem)
        self._tried = self._seen(), time.monotonic()
        self._old: list[weakref.ref[Index]] = []

    @classmethod
    def of(cls, settings: Settings) -> Standing:
        """What the settings name; a language model's budget is one for all builds."""
        leash = make_leash(settings)

        def make() -> Assistant:
            return Assistant.open(settings.index, today=settings.date, reranker=settings.reranker, leash=leash)

        return cls(settings.index, make, today=settings.date)

    @property
    def index(self) -> Index:
        """The build that stands now; a request asks once and keeps it."""
        return self._held.assistant.index

    @property
    def assistant(self) -> Assistant:
        """The assistant that stands now, for its single stages; a request asks once and keeps it."""
        return self._held.assistant

    @property
    def state(self) -> State:
        """How the exchange goes."""
        held = self._held
        return State(held.build, self._since, self._swaps, self._failed, self._problem, held.kept.found, held.kept.made)

    @property
    def calls(self) -> Counter[str] | None:
        """How many calls of the language model ended how; none where no model is set."""
        leash = self._held.assistant.leash
        return None if leash is None else leash.outcomes

    def check_ready(self) -> State:
        """Questions can be answered whenever this stands; the state tells of a newer build that cannot be read."""
        return self.state

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
        gone: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        """As :meth:`api.desk.Desk.stream`; the same events again where nothing but the build decides on them."""
        held = self._held

        def make() -> Iterator[Event]:
            return held.assistant.stream(
                question,
                history=history,
                region=region,
                fiscal_year=fiscal_year,
                conversation=conversation,
                gone=gone,
            )

        if held.assistant.leash is not None:  # a language model may say it in other words
            return make()
        return held.kept.events(Asking(question, tuple(history), region, fiscal_year, self._today()), make)

    def check(self, text: str, *, program: str | None = None) -> list[Finding]:
        """The figures of a text, each verified, contradicted or unsupported."""
        return self._held.assistant.check(text, program=program)

    def look(self) -> bool:
        """Whether a newer build was found and stands now.  A build that cannot be opened changes nothing."""
        with self._looking:
            self._tidy()
            self._held.kept.forget()
            name = self._seen()
            tried, at = self._tried
            if name == self._held.build or (name == tried and time.monotonic() < at + RETRY):
                return False
            self._tried = name, time.monotonic()
            try:
                self._exchange(name)
            except Exception as error:  # a build from which answers cannot be read is as good as damaged
                self._keep_old(error)
                return False
            return True

    def _seen(self) -> str:
        """The name of the build that should stand; empty when none can be read."""
        try:
            return current_name(self._folder)
        except AssistantError:
            return ""

    def _exchange(self, name: str) -> None:
        fresh = self._make()
        index = fresh.index
        if index.warning is not None and index.path.name != name:  # an earlier build was opened in its place
            index.close()
            raise IndexDamaged(index.warning)
        warmed(fresh)
        self._old.append(weakref.ref(self._held.assistant.index))
        self._held = Held(fresh)
        self._since = time.time()
        self._swaps += 1
        self._problem = None
        log.info("index %s is served", index.path.name)

    def _keep_old(self, error: Exception) -> None:
        self._failed += 1
        if not isinstance(error, AssistantError):
            log.error("a newer index cannot be read", exc_info=error)
        if str(error) != self._problem:  # once, however often it is tried again
            self._problem = str(error)
            log.warning("index %s is still served: %s", self._held.build, error)

    def _tidy(self) -> None:
        """Builds and their assistants refer to themselves: only the collector finds that nobody reads them."""
        if any(ref() is not None for ref in self._old):
            gc.collect()
            self._old = [ref for ref in self._old if ref() is not None]


class Lookout:
    """A thread that looks for a newer build every so many seconds (0: only when it is woken)."""

    def __init__(self, standing: Standing, every: float) -> None:
        self._standing = standing
        self._every = every or None
        self._woken = threading.Event()
        self._ends = False
        self._thread = threading.Thread(target=self._look, name="index", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at once.  May be called from a signal handler."""
        self._woken.set()

    def close(self) -> None:
        """Look no more; waits for a look under way, a few seconds at most."""
        self._ends = True
        self._woken.set()
        self._thread.join(5)

    def _look(self) -> None:
        while True:
            self._woken.wait(self._every)
            self._woken.clear()
            if self._ends:
                return
            try:
                self._standing.look()
            except Exception:  # whatever it is, what stands goes on standing, and the next look may find it mended
                log.exception("a newer index cannot be looked for")


def warmed(assistant: Assistant) -> Assistant:
    """The assistant after its first questions; no language model is called for them."""
    assistant.read_ahead()
    for question in WARMING:
        assistant.explain(question)
    return assistant
