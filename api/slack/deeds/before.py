"""What was said before a question, in its own place and nowhere else."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence

from assistant.conversations import Job, Said, Store

from ...schemas import TurnIn
from ..calling import Body, Bot, Slack, SlackBusy
from ..reading import plain
from ..tasks import Place, conversation_of, hashed
from ..telling import mark_of, messages, moment

READ = "conversations.replies"
MOST = 20  # messages
GOES_ON = 1_800  # seconds after which a direct message that begins no thread is about something else
LONGEST_KEY = 100  # characters
KEPT = 1_000  # threads
TRIES = 3  # times that a question is put off because its thread cannot be read
AWAITED = 15  # seconds after which it is answered without


class Before:
    """What questions are asked within.  Safe for many threads.

    What stood in a thread before our first answer is read once and kept in memory, for the last ``most`` threads.
    """

    def __init__(self, store: Store, slack: Slack, bot: Bot, most: int = KEPT) -> None:
        self._store = store
        self._slack = slack
        self._bot = bot
        self._most = most
        self._lock = threading.Lock()
        self._of: OrderedDict[str, tuple[TurnIn, ...]] = OrderedDict()

    def turns(self, place: Place, conversation: str, job: Job) -> list[TurnIn] | None:
        """What the question of a job is asked within, oldest first; None: what the store has of the conversation.

        Raises StoreUnavailable, and SlackBusy while it is worth waiting for the thread.
        """
        if place.is_private or conversation != conversation_of(place):
            return None
        kept = self._store.last(conversation) or ()
        if place.thread in ("", place.ts):
            return turns_of(recent(kept, job.created)) if place.is_direct else None
        before = self._beginning(place, conversation, job, is_new=not kept)
        own = turns_of(kept)
        said = {one.content for one in own}
        return [*(one for one in before if one.content not in said), *own] if before else None

    def answers_in(self, place: Place, conversation: str) -> frozenset[str]:
        """Which answers of a conversation stand in a thread, by their ids; as far as Slack lets us look, now."""
        if not place.thread:
            return frozenset()
        try:
            said = list(messages(self._slack, READ, channel=place.channel, ts=place.thread))
        except SlackBusy:
            return frozenset()
        marks = {mark[0] for one in said if is_ours(one, self._bot) and (mark := mark_of(one)) is not None}
        found = (self._store.answered(conversation, key_of(job)) for job in marks)
        return frozenset(kept.answer_id for kept in found if kept is not None)

    def _beginning(self, place: Place, conversation: str, job: Job, *, is_new: bool) -> tuple[TurnIn, ...]:
        """What stood in a thread before our own conversation there, as it is kept or else as Slack tells it."""
        with self._lock:
            if conversation in self._of:
                self._of.move_to_end(conversation)
                return self._of[conversation]
        try:
            found = tuple(self._read(place, is_new=is_new))
        except SlackBusy as busy:
            if is_new and is_worth_waiting(busy, job):  # people may have said there what it is about
                raise
            return ()
        if not self._slack.may_have(READ):  # somebody may still add the scope
            return found
        with self._lock:
            self._of[conversation] = found
            while len(self._of) > self._most:
                self._of.popitem(last=False)
        return found

    def _read(self, place: Place, *, is_new: bool) -> list[TurnIn]:
        """A thread as far as Slack lets us read it.

        A thread below a direct message goes on with what was said in that channel until that message was answered.
        """
        said = messages(self._slack, READ, channel=place.channel, ts=place.thread)
        thread = [one for one in said if moment(one.get("ts")) < moment(place.ts)]
        if place.is_direct and (held := self._direct_until(place, thread)):
            return turns_of(held)
        end = len(thread)
        if not is_new:  # from our first answer on, the store has it better
            end = next((at for at, one in enumerate(thread) if is_ours(one, self._bot)), end)
        return [turn for one in thread[:end] if (turn := turn_of(one, self._bot)) is not None][-MOST:]

    def _direct_until(self, place: Place, thread: Sequence[Body]) -> tuple[Said, ...]:
        """What was said in a direct conversation until the message was answered that a thread is below."""
        conversation = hashed("direct", place.team, place.channel)
        marks = [mark for one in thread if is_ours(one, self._bot) and (mark := mark_of(one)) is not None]
        kept = self._store.answered(conversation, key_of(marks[0][0])) if marks else None
        if kept is None:
            return ()
        said = self._store.said(conversation) or ()
        end = next((at for at, one in enumerate(said, 1) if one.answer_id == kept.answer_id), 0)
        return recent(said[:end], said[end - 1].at)[-MOST:] if end else ()


def is_worth_waiting(busy: SlackBusy, job: Job) -> bool:
    """Whether a thread may soon be read: nobody waits for an answer until Slack is well again."""
    waited = time.time() - job.created + (busy.retry_after or 0.0)
    return job.attempts <= TRIES and waited <= AWAITED


def key_of(job_id: str) -> str:
    """What the answer to a job's question is found by in its conversation."""
    return job_id if len(job_id) <= LONGEST_KEY else hashed(job_id)


def recent(said: Sequence[Said], now: int) -> tuple[Said, ...]:
    """The last messages between which there was never a long silence, nor between them and ``now``."""
    start = len(said)
    while start and (not (at := said[start - 1].at) or now - at < GOES_ON):
        start -= 1
        now = at or now
    return tuple(said[start:])


def turns_of(said: Sequence[Said]) -> list[TurnIn]:
    """What was said as a request's history."""
    return [TurnIn(role=one.role, content=one.content) for one in said]


def turn_of(message: Body, bot: Bot) -> TurnIn | None:
    """A message of a thread as a turn: people's and our own, not those of other bots."""
    if not isinstance(message.get("text"), str):
        return None
    ours = is_ours(message, bot)
    if not ours and (message.get("bot_id") or message.get("subtype") not in (None, "file_share", "thread_broadcast")):
        return None
    text = plain(message["text"], bot.user)
    text = "".join(one for one in text if one in "\t\n\r" or unicodedata.category(one) not in ("Cc", "Cs")).strip()
    return TurnIn(role="assistant" if ours else "user", content=text) if text else None


def is_ours(message: Body, bot: Bot) -> bool:
    """Whether we said it."""
    return bool(bot.bot_id and message.get("bot_id") == bot.bot_id) or bool(
        bot.user and message.get("user") == bot.user
    )
