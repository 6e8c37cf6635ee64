"""One question within its conversation: what was said before goes in, what was answered is kept."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.records import Answer, Sentence, Stage, Turn

from .desk import Desk
from .drawing import closed
from .memory import Conversations, Said
from .schemas import ChatReply, ChatRequest, SentenceTold, StageTold
from .turnstile import Turnstile

Told = StageTold | SentenceTold | ChatReply


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat in front of a desk."""

    desk: Desk
    conversations: Conversations
    turnstile: Turnstile = field(default_factory=Turnstile)

    def told(self, body: ChatRequest, gone: threading.Event) -> Iterator[Told]:
        """The answer as it comes about, the whole reply last.  It waits for the answerer and belongs into a thread.

        The question is kept only with its answer, and only while somebody is there (``gone`` is not set).  Raises what
        the answerer raises.
        """
        with self.turnstile.enter() as place:
            conversation_id, history = self._begun(body)
            events = self.desk.stream(
                body.question,
                history=history,
                region=body.region,
                fiscal_year=body.fiscal_year,
                conversation=conversation_id,
            )
            with closed(events):
                for event in events:
                    if gone.is_set():
                        return
                    match event:
                        case Stage(name):
                            if name in ("consult", "write"):  # from here on it waits for the language model
                                place.leave()
                            yield StageTold(stage=name)
                        case Sentence(text):
                            yield SentenceTold(text=text)
                        case Answer():
                            yield self._kept(body, event, conversation_id)

    def _begun(self, body: ChatRequest) -> tuple[str, tuple[Turn, ...]]:
        """The id of the conversation and what was said in it: the client's own history when it sent one."""
        conversation_id = body.conversation_id or new_id()
        kept = self.conversations.begin(conversation_id)
        sent = body.turns()
        return conversation_id, tuple(Turn(said.role, said.content) for said in kept) if sent is None else sent

    def _kept(self, body: ChatRequest, answer: Answer, conversation_id: str) -> ChatReply:
        """Keep a question with its answer; before the client has it, so that its next question finds them."""
        answer_id = new_id()
        said = (Said("user", body.question), Said("assistant", answer.text, answer_id))
        self.conversations.add(conversation_id, *said)
        return ChatReply.of(answer, conversation_id=conversation_id, answer_id=answer_id)


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex
