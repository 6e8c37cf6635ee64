"""A text whose amounts are checked."""

from __future__ import annotations

from assistant.conversations import StoreUnavailable
from assistant.errors import AssistantError

from ...checking import check_bounds
from ...problems import Problem
from ..blocks import Message, check_messages, notes
from ..calling import SlackBusy, SlackRefused
from ..tasks import Check
from ..telling import Progress
from .asking import UNREADY, readable
from .room import Room

REFUSED = {
    "text_too_long": "文章が長すぎます。2万文字以内に分けて、確かめてください。",
    "too_many_figures": "数字が多すぎます。いくつかに分けて、確かめてください。",
}
UNFIT = "この文章は確かめられませんでした。短く分けて、お試しください。"


def check(room: Room, task: Check, progress: Progress) -> None:
    """Tell of each figure of a text whether it is right.

    Where Slack gave no way to tell the asker alone, and none is found, it is told below the message.
    """
    text, place = readable(task.text), task.place
    told = findings_of(room, text, private=place.is_private) if text.strip() else [notes.usage()]
    try:
        room.tell(place, progress, told)
    except SlackRefused:
        if not place.is_hidden or not place.thread:
            raise
        room.reply(place, progress).tell(told)  # below the message, whose readers know it


def findings_of(room: Room, text: str, *, private: bool) -> list[Message]:
    """What is told of a text, to its asker alone where it is ``private``, or why it could not be checked."""
    try:
        index = room.desk.index
        check_bounds(text, None, index)
        findings = room.desk.check(text)
        titles = {document.id: document.title for document in index.documents.values()}
        return check_messages(text, findings, room.links, titles, private=private)
    except Problem as problem:
        return [notes.failed(REFUSED.get(problem.code, UNFIT))]
    except (SlackBusy, SlackRefused, StoreUnavailable):
        raise
    except AssistantError:
        return [notes.failed(UNREADY)]
