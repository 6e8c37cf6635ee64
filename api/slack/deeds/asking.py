"""A question: what it is asked within, the answer while it comes about, and the whole of it."""

from __future__ import annotations

import unicodedata

from pydantic import ValidationError

from assistant.conversations import StoreUnavailable
from assistant.errors import AssistantError, QuestionError

from ...schemas import ChatReply, ChatRequest, SentenceTold, StageTold, TurnIn
from ..blocks import Message, answer_messages, notes
from ..calling import SlackBusy, SlackRefused
from ..showing import Showing
from ..tasks import Ask, conversation_for
from ..telling import Progress
from ..working import Lost
from .before import key_of
from .room import Room

UNREADABLE = "質問を読み取れませんでした。文字だけで、短く書いて送ってください。"
UNREADY = "いまは資料を調べられません。しばらくしてから、もう一度お試しください。"


def ask(room: Room, task: Ask, progress: Progress) -> None:
    """Answer a question.  Raises as :class:`api.slack.deeds.Deeds` does."""
    question = readable(task.question)
    note = fault_of(question)
    if note is not None:
        room.tell(task.place, progress, [note])
        return
    try:
        reply = answered(room, task, question, progress)
    except (SlackBusy, SlackRefused, StoreUnavailable):
        raise
    except AssistantError as error:
        why = UNREADABLE if isinstance(error, QuestionError) else UNREADY
        room.tell(task.place, progress, [notes.failed(why)])
        return
    echo = question if task.echo else ""
    private = task.place.is_private
    messages = answer_messages(reply, room.links, echo=echo, private=private, can_hand_over=bool(room.handover))
    # A button of an answer that only its asker sees: that answer stays, the next one comes below it.
    room.tell(task.place, progress, messages, replaces=not task.echo)


def answered(room: Room, task: Ask, question: str, progress: Progress) -> ChatReply:
    """The answer, shown while it comes about; one that was given before a crash is given again."""
    job = progress.held.job
    conversation, key = conversation_for(task, job.id), key_of(job.id)
    history: list[TurnIn] | None = None
    is_known = room.store.answered(conversation, key) is not None
    if not is_known:
        room.chat.open(conversation)
        history = room.before.turns(task.place, conversation, job)
    request = ChatRequest(question=question, conversation_id=conversation, history=history)
    if is_known or task.place.is_private:
        return drained(room, request, progress, key, None)
    recipient = (task.place.team, task.place.user)
    with Showing(room.reply(task.place, progress), recipient, notes.waiting()) as showing:
        reply = drained(room, request, progress, key, showing)
    if showing.lost is not None:
        raise showing.lost
    return reply


def drained(room: Room, request: ChatRequest, progress: Progress, key: str, showing: Showing | None) -> ChatReply:
    """The last of what the chat tells.  Raises Lost when the job was lost on the way."""
    reply = None
    for told in room.chat.told(request, progress.held.gone, key=key):
        match told:
            case StageTold(stage="compose") if showing is not None:
                showing.take_back()
            case SentenceTold() if showing is not None:
                showing.say(told.text)
            case ChatReply():
                reply = told
    if reply is None:
        raise Lost
    return reply


def readable(text: str) -> str:
    """A text without what no question may hold: control characters and halves of characters."""
    return "".join(one for one in text if one in "\t\n\r" or unicodedata.category(one) not in ("Cc", "Cs"))


def fault_of(question: str) -> Message | None:
    """What is told in place of an answer to a question that is empty or too long."""
    try:
        ChatRequest(question=question)
    except ValidationError as error:
        is_long = any(fault["type"] == "question_too_long" for fault in error.errors())
        return notes.too_long() if is_long else notes.usage()
    return None
