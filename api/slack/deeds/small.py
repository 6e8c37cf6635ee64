"""An answer shared, an answer rated, and what may be asked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversations import Kept

from ...chat import reply_of
from ..blocks import Message, answer_messages, notes
from ..calling import Body, SlackBusy, SlackRefused
from ..tasks import Place, Rate, Share, Welcome, belongs, hashed
from ..telling import Progress, mark_of, messages
from .before import is_ours
from .room import Room

NOT_THERE = "この回答はもう残っていません。もう一度質問してください。"
ALREADY = "この回答は、すでにチャンネルに共有してあります。"
NOT_INVITED = (
    "このチャンネルに参加していないため、共有できませんでした。/invite で招待してから、もう一度お試しください。"
)
OUTSIDE = frozenset(["not_in_channel", "channel_not_found"])
REPLIES = 5  # that the address which came with a button takes
SHARED = "shared"


def share(room: Room, task: Share, progress: Progress) -> None:
    """Show the channel an answer that only its asker has seen."""
    place = task.place
    kept = answer_of(room, task)
    if kept is None:
        room.whisper(place, progress).tell([notes.failed(NOT_THERE)])
        return
    payload = {SHARED: hashed(place.channel, place.thread, task.answer_id)}
    if is_there(room, progress, place, payload):
        note = notes.failed(ALREADY)
    else:
        reply = reply_of(kept, task.conversation)
        can_hand_over = bool(room.handover)
        answer = answer_messages(reply, room.links, echo=reply.question, can_hand_over=can_hand_over)
        is_told = told_to_all(room, place, progress, [notes.shared(place.user), *answer], payload)
        note = notes.shared() if is_told else notes.failed(NOT_INVITED)
    room.whisper(place, progress).tell([note])


def told_to_all(room: Room, place: Place, progress: Progress, told: Sequence[Message], payload: Body) -> bool:
    """Tell the channel; where we are no member, at the address that came with the button.  False when nobody may."""
    if progress.of("open-private1") is None:
        try:
            room.telling(progress, place.channel, place.thread, label=SHARED, payload=payload).tell(told)
            return True
        except SlackRefused as refused:
            if refused.error not in OUTSIDE:
                raise
    if len(told) >= REPLIES:  # and the asker is told too
        return False
    try:
        room.whisper(place, progress, label="open-", is_open=True).tell(told)
    except SlackRefused:
        return False
    return True


def is_there(room: Room, progress: Progress, place: Place, payload: Body) -> bool:
    """Whether an earlier job has shared the same here; as far as Slack lets us look, now."""
    if progress.of(f"{SHARED}1") is not None:
        return False
    method, where = "conversations.history", {"channel": place.channel}
    if place.thread:
        method, where = "conversations.replies", {**where, "ts": place.thread}
    try:
        for one in messages(room.slack, method, pages=1, **where):
            mark = mark_of(one)
            if mark and is_ours(one, room.bot) and one["metadata"]["event_payload"].get(SHARED) == payload[SHARED]:
                return mark[0] != progress.held.job.id
    except SlackBusy:
        pass
    return False


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
