"""A conversation that a person is to take over: its transcript goes to the channel of those who advise."""

from __future__ import annotations

import time

from assistant.conversations import Said

from ..blocks import handover_messages, notes
from ..tasks import HandOver, Place, belongs, conversation_of, hashed
from ..telling import EVENT, Progress, messages
from .room import Room

NOBODY = "引き継ぎ先のチャンネルが設定されていません。管理者にお知らせください。"
ALREADY = "このやり取りは、すでに相談担当のチャンネルに伝えてあります。担当からの連絡をお待ちください。"
PAGES = 3
BACK = 30 * 86_400  # seconds in which an earlier handing over is looked for


def hand_over(room: Room, task: HandOver, progress: Progress) -> None:
    """Tell the advisers a thread's conversation, and its asker that they were told."""
    place = task.place
    conversation = task.conversation if belongs(task.conversation, place) else conversation_of(place)
    transcript = room.store.said(conversation) or ()
    if place.is_direct:
        transcript, conversation = said_in(room, task), hashed(conversation_of(place), place.thread)
    if not room.handover:
        note = notes.failed(NOBODY)
    elif is_there(room, progress, conversation, len(transcript)):
        note = notes.failed(ALREADY)
    else:
        said = handover_messages(transcript, asker=place.user, link=link_to(room, place), links=room.links)
        payload = {"conversation": conversation, "turns": len(transcript)}
        first = room.telling(progress, room.handover, label="handed", payload=payload).part(1, said[0])
        room.telling(progress, room.handover, first, label="handed-more").tell(said[1:])
        note = notes.handed_over()
    room.tell(place, progress, [note], replaces=False)


def said_in(room: Room, task: HandOver) -> tuple[Said, ...]:
    """What was said in a thread below a direct message.

    The direct conversation goes on over many threads: of it only the answers that stand in this one are handed over,
    each with its question, and then what followed below them.
    """
    place = task.place
    direct, below = hashed("direct", place.team, place.channel), conversation_of(place)
    said = room.store.said(direct) or ()
    here = room.before.answers_in(place, direct) | ({task.answer_id} - {""})
    own = {at for at, one in enumerate(said) if one.answer_id in here}
    own |= {at - 1 for at in own if at and said[at - 1].role == "user"}
    begun = tuple(said[at] for at in sorted(own))
    return begun if below == direct else (*begun, *(room.store.said(below) or ()))


def is_there(room: Room, progress: Progress, conversation: str, turns: int) -> bool:
    """Whether an earlier job has handed over the same; as far as Slack lets us look."""
    if progress.of("handed1") is not None:
        return False
    since = f"{int(time.time()) - BACK}.000000"
    for one in messages(room.slack, "conversations.history", pages=PAGES, channel=room.handover, oldest=since):
        metadata = one.get("metadata")
        if isinstance(metadata, dict) and metadata.get("event_type") == EVENT:
            payload = metadata.get("event_payload") or {}
            if payload.get("conversation") == conversation:  # the newest comes first
                return bool(payload.get("turns") == turns and payload.get("job") != progress.held.job.id)
    return False


def link_to(room: Room, place: Place) -> str | None:
    """The address of what is handed over."""
    if place.is_private or not (ts := place.thread or place.ts):
        return None
    said = room.slack.attempt("chat.getPermalink", channel=place.channel, message_ts=ts) or {}
    link = said.get("permalink")
    return link if isinstance(link, str) else None
