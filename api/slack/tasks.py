"""What a job is about: the record that its body holds as JSON, one for each kind."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Place:
    """Where in Slack something was said, and where the reply goes.

    ``thread`` is the ``ts`` of the thread's first message: the message's own when it stands alone.  ``ts`` is the
    message itself; empty where there is none (a command, a shortcut).  ``response_url`` is where only ``user`` is told;
    ``is_hidden`` that nobody else may be, also where Slack gave no such address.
    """

    team: str
    channel: str
    user: str
    thread: str = ""
    ts: str = ""
    is_direct: bool = False
    response_url: str = ""
    is_hidden: bool = False

    @property
    def is_private(self) -> bool:
        """Whether only the asker sees the reply."""
        return self.is_hidden or bool(self.response_url)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, as plain text.

    ``echo``: the question was no message of its own (a button): the reply says it first.  ``conversation`` goes on
    with that conversation; empty: the thread's.
    """

    kind: ClassVar[str] = "ask"
    place: Place
    question: str
    echo: bool = False
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A text whose amounts are to be checked, as plain text."""

    kind: ClassVar[str] = "check"
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """An answer that only its asker has seen, to be shown to the channel."""

    kind: ClassVar[str] = "share"
    place: Place
    conversation: str
    answer_id: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How an answer was found: ``up`` or ``down``."""

    kind: ClassVar[str] = "rate"
    place: Place
    answer_id: str
    rating: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """A conversation that a person is to take over; ``answer_id`` is the answer below which it was asked for."""

    kind: ClassVar[str] = "hand_over"
    place: Place
    conversation: str
    answer_id: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Somebody opened the agent's view: what may be asked is suggested."""

    kind: ClassVar[str] = "welcome"
    place: Place


Task = Ask | Check | Share | Rate | HandOver | Welcome
_OF: dict[str, TypeAdapter[Task]] = {one.kind: TypeAdapter(one) for one in (Ask, Check, Share, Rate, HandOver, Welcome)}


def body_of(task: Task) -> str:
    """A task as the text that a job keeps."""
    return _OF[task.kind].dump_json(task).decode()


def task_of(kind: str, body: str) -> Task:
    """The task of a job.  ValueError when the body is none of that kind."""
    if kind not in _OF:
        raise ValueError(f"no task is of the kind {kind!r}")
    return _OF[kind].validate_json(body)


def conversation_of(place: Place) -> str:
    """The conversation of a thread: what is said in one place is never heard in another.

    A direct message that begins no thread goes on with what was last said there.  Where only the asker sees the reply
    each question is a conversation of its own, until a suggestion goes on with it.
    """
    if place.is_direct and place.thread == place.ts:
        return hashed("direct", place.team, place.channel)
    return hashed("thread", place.team, place.channel, place.thread)


def conversation_for(task: Ask, job_id: str) -> str:
    """The conversation that a question goes on with: of its own place alone, whatever a button says."""
    place = task.place
    if belongs(task.conversation, place):
        return task.conversation
    return own_of(place) + hashed(job_id)[6:30] if place.is_private else conversation_of(place)


def belongs(conversation: str, place: Place) -> bool:
    """Whether a conversation is one of a place: nothing else may be heard, shown or handed over there."""
    if place.is_private and conversation.startswith(own_of(place)):
        return True
    if place.is_direct and conversation == hashed("direct", place.team, place.channel):
        return True
    return conversation == conversation_of(place)


def own_of(place: Place) -> str:
    """How the conversations begin that only one user sees in a channel."""
    return hashed("private", place.team, place.channel, place.user)[:30] + "-"


def hashed(*parts: str) -> str:
    """An id that parts have in common and that does not tell them."""
    return "slack-" + hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
