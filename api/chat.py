"""One question within its conversation: what was said before goes in, what was answered is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.conversations import Kept, new_id
from assistant.records import Answer, Event, Sentence, Stage, Turn

from .answers_kept import Reading
from .desk import Desk
from .drawing import closed
from .keeping import Keeping, OneByOne
from .listening import listened
from .problems import Problem
from .schemas import ChatReply, ChatRequest, SentenceTold, StageTold
from .turnstile import Place, Turnstile

Told = StageTold | SentenceTold | ChatReply

MODEL_STAGES = ("consult", "write")  # from their beginning an answer waits for a language model


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat in front of a desk."""

    desk: Desk
    conversations: Keeping
    turnstile: Turnstile = field(default_factory=Turnstile)
    again: OneByOne = field(default_factory=OneByOne)
    count: Callable[[Answer], object] = lambda _: None  # told of every answer that was made

    def open(self, conversation_id: str) -> None:
        """Open the conversation that a request names, as it comes: one deleted while the question waits stays deleted.

        It waits for the database and belongs into a thread.
        """
        self.conversations.begin(conversation_id)

    def told(self, body: ChatRequest, gone: threading.Event, key: str | None = None) -> Iterator[Told]:
        """The answer as it comes about, the whole reply last.  It waits for the answerer and belongs into a thread.

        A conversation that the request names is open (:meth:`open`).  The question is kept only with its answer, and
        only while somebody is there (``gone`` is not set).  A request with the ``key`` of an earlier one in its
        conversation gets that one's reply, once it is there; nothing is added then.  Raises what the answerer raises,
        and a Problem for a key that came with another question.
        """
        conversation_id = body.conversation_id or new_id()
        if key is None:
            yield from self._answered(body, conversation_id, gone, None)
            return
        with self.again.turn((conversation_id, key), lambda: not gone.is_set()) as has_come:
            if not has_come:
                return
            kept = self.conversations.answered(conversation_id, key)
            if kept is None:
                yield from self._answered(body, conversation_id, gone, key)
            else:
                reply = reply_to(kept, body.question, conversation_id)
                yield StageTold(stage="compose")
                yield reply

    def _answered(
        self, body: ChatRequest, conversation_id: str, gone: threading.Event, key: str | None
    ) -> Iterator[Told]:
        """The answer that the desk gives, kept when it is whole."""
        if gone.is_set():
            return
        events = self.desk.stream(
            body.question,
            history=self._history(body, conversation_id),
            region=body.region,
            fiscal_year=body.fiscal_year,
            conversation=conversation_id,
            gone=gone.is_set,
        )
        with closed(events), self._place(events) as place:
            if gone.is_set():  # while it waited for its turn
                return
            for event in events:
                if gone.is_set():
                    return
                match event:
                    case Stage(name):
                        if name in MODEL_STAGES:
                            place.leave()
                        yield StageTold(stage=name)
                    case Sentence(text):
                        yield SentenceTold(text=text)
                    case Answer():
                        place.leave()  # what is left needs the database, not the answerer
                        self.count(event)
                        yield self._kept(body, event, conversation_id, key)

    def _place(self, events: Iterator[Event]) -> Place:
        """A place among those that reckon; an answer that is there already needs none."""
        at_hand = isinstance(events, Reading) and events.is_at_hand
        return Place() if at_hand else self.turnstile.enter()

    def _history(self, body: ChatRequest, conversation_id: str) -> tuple[Turn, ...]:
        """What was said before, as far as it is listened to: the client's own history when it sent one."""
        is_new = body.conversation_id is None  # nobody knows its id yet, so nobody can have deleted it
        kept = self.conversations.begin(conversation_id) if is_new else self.conversations.last(conversation_id)
        sent = body.turns()
        return listened([Turn(said.role, said.content) for said in kept or ()] if sent is None else sent)

    def _kept(self, body: ChatRequest, answer: Answer, conversation_id: str, key: str | None) -> ChatReply:
        """Keep a question with its answer; before the client has it, so that its next question finds them."""
        answer_id = new_id()
        kept = self.conversations.keep(conversation_id, body.question, answer, answer_id, key)
        return reply_to(kept or Kept(answer_id, answer), body.question, conversation_id)


def reply_to(kept: Kept, question: str, conversation_id: str) -> ChatReply:
    """The reply that a request's key stands for.  Raises a Problem when it was another question's."""
    if not kept.is_of(question):
        raise Problem(
            409,
            "idempotency_key_reused",
            "This Idempotency-Key came with another question of this conversation.",
            "Make a new key for each question; send the same one only to repeat a request.",
        )
    return reply_of(kept, conversation_id)


def reply_of(kept: Kept, conversation_id: str) -> ChatReply:
    """The whole reply of an answer that was kept."""
    return ChatReply.of(kept.answer, conversation_id=conversation_id, answer_id=kept.answer_id)
