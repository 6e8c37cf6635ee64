"""One question within its conversation: what was said before goes in, what was answered is kept."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.records import Answer, Event, Sentence, Stage, Turn

from .drawing import closed
from .memory import Conversations, Said
from .schemas import ChatReply, ChatRequest, SentenceTold, StageTold
from .turnstile import Turnstile

Told = StageTold | SentenceTold | ChatReply


class Answerer(Protocol):
    """Whatever answers a question.  It is called from many threads at once."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
    ) -> Iterator[Event]:
        """The answer as it comes about, the whole answer last; closing it ends whatever runs for it.

        ``conversation`` is the id whose budget a language model's calls are counted on.  An
        :class:`~assistant.errors.AssistantError` when there can be no answer.
        """


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat in front of an answerer."""

    assistant: Answerer
    conversations: Conversations
    turnstile: Turnstile = field(default_factory=Turnstile)

    def told(self, body: ChatRequest, gone: threading.Event) -> Iterator[Told]:
        """The answer as it comes about, the whole reply last.  It waits for the answerer and belongs into a thread.

        The question is kept only with its answer, and only while somebody is there (``gone`` is not set).  Raises what
        the answerer raises.
        """
        with self.turnstile.enter() as place:
            conversation_id, history = self._begun(body)
            events = self.assistant.stream(
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
