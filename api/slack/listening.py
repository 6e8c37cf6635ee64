"""What a request asks to be done: a body, as :func:`api.slack.bodies.known` leaves it, as a job to be kept."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .bodies import LONGEST, Body, cleaned
from .calling import Bot
from .pasting import is_pasted
from .reading import plain
from .screening import SAID, own_team
from .tasks import (
    Ask,
    Check,
    HandOver,
    Place,
    Rate,
    Share,
    Task,
    Welcome,
    belongs,
    conversation_for,
    conversation_of,
    hashed,
    own_of,
)

DEEPEST = 30  # levels of blocks within blocks
_ID = re.compile(r"[\w.:-]{1,150}", re.ASCII)
_RATING = re.compile(r"(.{1,200}):(up|down)", re.DOTALL)
_INLINE = frozenset({"rich_text_section", "rich_text_quote", "rich_text_preformatted"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A job before it is kept: what :meth:`api.slack.queueing.Queue.put` takes."""

    id: str
    lane: str
    task: Task


#: Reads a body; None when nothing is asked.
Reader = Callable[[Body, Bot], Asked | None]


def mention(body: Body, bot: Bot) -> Asked | None:
    """Somebody named the bot in a channel.  In a direct message the message itself is heard."""
    place = place_of_event(body, bot)
    is_said = body["event"].get("subtype", "") in SAID
    return None if place is None or place.is_direct or not is_said else said(body, bot, place)


def direct(body: Body, bot: Bot) -> Asked | None:
    """Somebody wrote to the bot itself."""
    place = place_of_event(body, bot)
    is_said = body["event"].get("subtype", "") in SAID
    return said(body, bot, place) if place is not None and place.is_direct and is_said else None


def opened(body: Body, bot: Bot) -> Asked | None:
    """Somebody opened the agent's view, or began a thread in the older one."""
    event = body["event"]
    older = event.get("assistant_thread", {})
    if event["type"] == "app_home_opened" and event.get("tab") != "messages":
        return None
    channel, user = older.get("channel_id") or event.get("channel"), older.get("user_id") or event.get("user")
    if not channel or not user:
        return None
    place = Place(own_team(body) or bot.team, channel, user, thread=older.get("thread_ts", ""), is_direct=True)
    return Asked(id_of("event", body), hashed("welcome", place.team, channel, place.thread), Welcome(place))


def command(body: Body, bot: Bot) -> Asked | None:
    """The slash command: only its asker sees the reply, and it is a conversation of its own."""
    place = place_of_command(body, bot)
    if place is None:
        return None
    job_id = id_of("command", body)
    return Asked(job_id, hashed("command", job_id), Ask(place, plain(body.get("text", ""), bot.user).strip()))


def check_amounts(body: Body, bot: Bot) -> Asked | None:
    """The shortcut on a message: its amounts are checked, for the asker alone."""
    place = place_of_interaction(body, bot)
    if place is None:
        return None
    message = body.get("message", {})
    text = plain(message.get("text", "")).strip() or text_of(message)
    return Asked(id_of("shortcut", body), conversation_of(place), Check(place, text))


def pressed(body: Body, bot: Bot) -> Asked | None:
    """A button below an answer."""
    place = place_of_interaction(body, bot)
    task = None if place is None else task_of_button(body["actions"][0], place)
    if place is None or task is None:
        return None
    job_id = id_of("action", body)
    return Asked(job_id, lane_of(task, job_id), task)


def lane_of(task: Task, job_id: str) -> str:
    """What a button's job waits for: the conversation it goes on with, and a rating for others of that answer alone."""
    match task:
        case Rate():
            return hashed("rate", task.place.team, task.answer_id)
        case Ask():
            return conversation_for(task, job_id)
        case Share() | HandOver() if belongs(task.conversation, task.place):
            return task.conversation
        case _:
            return conversation_of(task.place)


def task_of_button(action: Body, place: Place) -> Task | None:
    """What a button stands for; None when it is none of ours or its value cannot be read."""
    value = action.get("value", "")
    match action["action_id"].partition(":")[0]:
        case "suggest":
            held = record(value)
            question = held.get("question", "")
            return Ask(place, question, echo=True, conversation=held.get("conversation", "")) if question else None
        case "share":
            held = record(value)
            answer_id = held.get("answer_id", "")
            return Share(place, held.get("conversation", ""), answer_id) if answer_id else None
        case "rate":
            rating = _RATING.fullmatch(value)
            return Rate(place, rating[1], rating[2]) if rating else None
        case "hand_over":
            held = record(value)
            conversation = held.get("conversation", "") if held else value
            return HandOver(place, conversation or conversation_of(place), held.get("answer_id", ""))
        case _:
            return None


def record(value: str) -> dict[str, str]:
    """The texts of a JSON object; none when it is no such thing."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: cleaned(text) for name, text in pairs if isinstance(text, str)}


def said(body: Body, bot: Bot, place: Place) -> Asked:
    """A message to the bot: a question, or a text whose amounts are to be checked."""
    event = body["event"]
    text = plain(event.get("text", ""), bot.user).strip() or text_of(event, bot.user)
    task = Check(place, text) if is_pasted(text) else Ask(place, text)
    return Asked(id_of("event", body), conversation_of(place), task)


def place_of_event(body: Body, bot: Bot) -> Place | None:
    """Where a message was said; None when it does not say where, when or by whom."""
    event = body["event"]
    channel, user, ts = event.get("channel"), event.get("user"), event.get("ts")
    if not channel or not user or not ts:
        return None
    is_direct = is_direct_channel(channel, event.get("channel_type", ""))
    return Place(own_team(body) or bot.team, channel, user, event.get("thread_ts") or ts, ts, is_direct)


def place_of_command(body: Body, bot: Bot) -> Place | None:
    """Where a command was given; None when its asker cannot be told."""
    channel, user, url = body.get("channel_id", ""), body.get("user_id", ""), body.get("response_url", "")
    if not user or not is_address(url):
        return None
    team = own_team(body) or bot.team
    return Place(team, channel, user, is_direct=is_direct_channel(channel), response_url=url)


def place_of_interaction(body: Body, bot: Bot) -> Place | None:
    """Where a button or a shortcut was used; None when it does not say where or by whom.

    What only its reader sees stays so: a button there is answered to the one who pressed it alone.  So is a shortcut.
    """
    container, message = body.get("container", {}), body.get("message", {})
    channel = body.get("channel", {}).get("id") or container.get("channel_id", "")
    user, url = body.get("user", {}).get("id", ""), body.get("response_url", "")
    if not user or not channel:
        return None
    team = own_team(body) or body.get("user", {}).get("team_id") or bot.team
    place = Place(team, channel, user, is_direct=is_direct_channel(channel))
    is_hidden = is_shown_to_one(body, place)
    ts = message.get("ts") or container.get("message_ts", "")
    thread = message.get("thread_ts") or container.get("thread_ts") or ("" if is_hidden else ts)
    if not is_hidden and body["type"] != "message_action":
        return replace(place, thread=thread, ts=ts)
    if is_address(url):
        return replace(place, thread=thread, response_url=url)
    return replace(place, thread=thread, ts="" if is_hidden else ts, is_hidden=True)


def is_shown_to_one(body: Body, place: Place) -> bool:
    """Whether a button stands in a message that only its reader sees.

    Where Slack does not say, it does when the message is not told though there is an address for replies, or when the
    button goes on with a conversation that only he has seen.
    """
    if body["type"] == "message_action":
        return False
    told = body.get("container", {}).get("is_ephemeral")
    if told is not None:
        return bool(told)
    if "message" not in body and is_address(body.get("response_url", "")):
        return True
    value = body["actions"][0].get("value", "")
    return record(value).get("conversation", "").startswith(own_of(place))


def is_direct_channel(channel: str, sort: str = "") -> bool:
    """Whether it is a conversation of one person with the bot; ``sort`` is ``channel_type``, where it is told."""
    return sort in ("im", "app_home") if sort else channel.startswith("D")


def is_address(url: str) -> bool:
    """Whether something can be sent there."""
    return url.startswith(("https://", "http://")) and len(url) <= 1000 and url.isascii() and url.isprintable()


def id_of(kind: str, body: Body) -> str:
    """The id of what made a request: the same however often it is delivered.

    Where Slack gives none it is what the body says.  A command says nothing of when it was given, and Slack sends none
    twice: the same one in another minute was given anew.
    """
    own = body.get("event_id" if kind == "event" else "trigger_id", "")
    if not own:
        given = [body, int(time.time() // 60)] if kind == "command" else body
        own = "body-" + hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()
    elif _ID.fullmatch(own) is None:
        own = "id-" + hashlib.sha256(own.encode()).hexdigest()
    return f"{kind}:{own}"


def text_of(message: Body, bot_user: str = "") -> str:
    """The text of a message that has it only in its blocks or attachments, without the mention of ``bot_user``."""
    parts = [*lines_of(message.get("blocks"), 0), *lines_of(message.get("attachments"), 0)]
    return plain(cleaned("\n".join(part for part in parts if part.strip()))[:LONGEST], bot_user).strip()


def lines_of(value: Any, depth: int) -> Iterator[str]:
    """The texts within blocks, in their order; those of one line in one."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from lines_of(item, depth + 1)
    elif isinstance(value, dict):
        inner = [name for name in ("pretext", "title", "text", "fields", "value", "elements", "rows") if name in value]
        if value.get("type") in _INLINE:
            yield "".join(lines_of(value.get("elements"), depth + 1))
            return
        for name in inner:
            own = value[name]
            yield from (own,) if isinstance(own, str) else lines_of(own, depth + 1)
        if "blocks" in value:
            yield from lines_of(value["blocks"], depth + 1)
        elif not inner and isinstance(value.get("fallback"), str):
            yield value["fallback"]
