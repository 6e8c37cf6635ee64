"""An answer shared, an answer rated, and what may be asked."""

from __future__ import annotations

from assistant.conversations import Kept

from ...chat import reply_of
from ..blocks import answer_messages, notes
from ..calling import SlackBusy, SlackRefused
from ..tasks import Rate, Share, Welcome, belongs
from ..telling import Progress
from .room import Room

NOT_THERE = "この回答はもう残っていません。もう一度質問してください。"


def share(room: Room, task: Share, progress: Progress) -> None:
    """Show the channel an answer that only its asker has seen."""
    place = task.place
    kept = answer_of(room, task)
    if kept is None:
        room.whisper(place, progress).tell([notes.failed(NOT_THERE)])
        return
    reply = reply_of(kept, task.conversation)
    messages = [
        notes.shared(place.user),
        *answer_messages(reply, room.links, echo=reply.question, can_hand_over=bool(room.handover)),
    ]
    room.telling(progress, place.channel, place.thread, label="shared").tell(messages)
    room.whisper(place, progress).tell([notes.shared()])


def answer_of(room: Room, task: Share) -> Kept | None:
    """The answer that is to be shared, out of its asker's own conversation."""
    if not belongs(task.conversation, task.place):
        return None
    said = room.store.said(task.conversation) or ()
    return next(
        (Kept(one.answer_id, one.answer) for one in said if one.answer and one.answer_id == task.answer_id), None
    )


def rate(room: Room, task: Rate, progress: Progress) -> None:
    """Keep how an answer was found, and say thanks."""
    if not room.store.rate(task.answer_id, task.rating):
        return
    try:
        room.whisper(task.place, progress).tell([notes.rated()])
    except (SlackBusy, SlackRefused):  # it is kept; the thanks can be done without
        return


def welcome(room: Room, task: Welcome, progress: Progress) -> None:
    """Suggest what may be asked.  In the agent's view there is no thread, and Slack takes none."""
    prompts = [{"title": title, "message": message} for title, message in notes.PROMPTS]
    thread = {"thread_ts": task.place.thread} if task.place.thread else {}
    room.slack.attempt(
        "assistant.threads.setSuggestedPrompts", channel_id=task.place.channel, prompts=prompts, **thread
    )
