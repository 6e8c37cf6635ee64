"""The store: what was said in each conversation, and how its answers were found, in SQL.

Every method is one transaction, may be called from many threads and processes at once, and raises StoreUnavailable
when the database cannot be used.  What people wrote is masked before it is stored.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from ..records import Answer
from ..settings import Settings
from . import rows
from .access import Access, Clock, named
from .addresses import FILE, address, read_address
from .engines import is_sqlite, make_engine, write_ahead
from .hiding import hidden_answer, hidden_text
from .jobs import Jobs
from .migrating import migrate
from .records import Kept, Said, answer_text

HISTORY = 20  # messages that a next question is read with
MESSAGES = 400  # messages that a conversation keeps
BATCH = 200  # conversations that are dropped in one transaction, so that others can write in between


class Store:
    """Conversations and feedback in a database; :meth:`open` makes one.  ``jobs`` is what is still to be done."""

    def __init__(self, access: Access, *, retention: dt.timedelta | None, now: Clock) -> None:
        self._access = access
        self._reading, self._writing = access.reading, access.writing
        self._retention = retention
        self._now = now
        self.jobs = Jobs(access, now)

    @classmethod
    def open(cls, url: str, *, retention: dt.timedelta | None = None, now: Clock = time.time) -> Self:
        """The store at ``url`` (``postgresql://…``, ``sqlite:///…``), its tables made or brought up to date.

        ``sqlite://`` is a temporary file that goes with the store.  ``retention`` is how long an unused conversation
        stays, None for ever.  Raises SettingsError, MissingExtra, StoreNewer or StoreUnavailable.
        """
        with ExitStack() as undo:
            engine = make_engine(_placed(read_address(url), undo))
            undo.callback(engine.dispose)
            with named():
                if is_sqlite(engine):
                    write_ahead(engine)
                migrate(engine)
            return cls(Access(engine, undo.pop_all().close), retention=retention, now=now)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The store that the settings name."""
        days = settings.retention_days
        return cls.open(address(settings), retention=dt.timedelta(days=days) if days else None)

    def begin(self, conversation_id: str) -> tuple[Said, ...]:
        """What was said last, at most ``HISTORY`` messages, oldest first; an unknown conversation is opened, empty."""
        said = self.last(conversation_id)
        if said is None:
            self._make(conversation_id)
        return said or ()

    def last(self, conversation_id: str) -> tuple[Said, ...] | None:
        """What was said last, as :meth:`begin` gives it; None for an unknown conversation, which is not opened."""
        with self._reading() as file:
            return rows.last_said(file, conversation_id, HISTORY)

    def keep(
        self, conversation_id: str, question: str, answer: Answer, answer_id: str, key: str | None = None
    ) -> Kept | None:
        """Append a question with its answer.

        Gives what stands in the store afterwards: another answer when one was kept under the same ``key`` before, None
        when the conversation was deleted in the meantime; then nothing is stored.
        """
        hidden = hidden_answer(answer)
        asked: rows.Values = {"role": "user", "content": hidden_text(question)}
        told: rows.Values = {"role": "assistant", "content": hidden.text, "answer": answer_text(hidden)}
        said = (asked, told | {"answer_id": answer_id, "key": key})
        with self._writing() as file:
            if not rows.locked(file, conversation_id):
                return None
            earlier = None if key is None else rows.answered(file, conversation_id, key)
            if earlier is None:
                rows.append(file, conversation_id, int(self._now()), said, MESSAGES)
        return earlier or Kept(answer_id, answer)

    def said(self, conversation_id: str) -> tuple[Said, ...] | None:
        """What was said so far, oldest first, or None when there is no such conversation."""
        with self._reading() as file:
            return rows.all_said(file, conversation_id)

    def answered(self, conversation_id: str, key: str) -> Kept | None:
        """The answer that a request with this key was given before, as it was stored."""
        with self._reading() as file:
            return rows.answered(file, conversation_id, key)

    def delete(self, conversation_id: str) -> bool:
        """Forget a conversation for good, with what was said of its answers; False when there was none."""
        with self._writing() as file:
            gone = rows.drop(file, [conversation_id]) > 0
        if gone:
            self._access.owe()
            self._access.repay()
        return gone

    def rate(self, answer_id: str, rating: str | int, comment: str | None = None) -> bool:
        """Keep how an answer was found, in place of an earlier rating; False when there is no such answer.

        Without a ``comment`` an earlier one stays: whoever presses a thumb again takes no words back.
        """
        hidden = None if comment is None else hidden_text(comment)
        values = {"rating": str(rating), "comment": hidden, "at": int(self._now())}
        with self._writing() as file:
            conversation_id = rows.whose(file, answer_id)
            if conversation_id is None or not rows.locked(file, conversation_id):
                return False
            rows.rate(file, conversation_id, answer_id, values)
        return True

    def purge(self, now: dt.datetime | None = None) -> int:
        """Drop the conversations that were not used for longer than the retention; gives how many.

        Jobs go as :meth:`~assistant.conversations.jobs.Jobs.purge` says, and what was deleted leaves the files.
        """
        dropped = 0
        at = self._now() if now is None else now.timestamp()
        if self._retention is not None:
            before = int(at - self._retention.total_seconds())
            while batch := self._drop_before(before):
                dropped += batch
        if dropped:
            self._access.owe()
        self.jobs.purge(at)
        self._access.repay()
        return dropped

    def close(self) -> None:
        """End every connection; a temporary file goes."""
        self._access.close()

    def _drop_before(self, before: int) -> int:
        with self._writing() as file:
            return rows.drop(file, rows.unused_since(file, before, BATCH))

    def _make(self, conversation_id: str) -> None:
        try:
            with self._writing() as file:
                if not rows.locked(file, conversation_id):
                    rows.make(file, conversation_id, int(self._now()))
        except IntegrityError:
            pass  # another request opened it at the same moment


def _placed(url: URL, undo: ExitStack) -> URL:
    """The address with a file: a temporary one where it names none."""
    if url.drivername != "sqlite" or url.database is not None:
        return url
    folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="conversations-", ignore_cleanup_errors=True))
    return url.set(database=str(Path(folder) / FILE))
