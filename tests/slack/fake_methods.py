"""Slack's methods, each a function of the workspace and of what it was called with; a no is :class:`Refused`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .fake_blocks import faults
from .fake_reading import history, info, join, open_direct, replies, user_info
from .fake_records import Posted, Refused, World
from .fake_rules import Arguments, channel_of, known, metadata_of, needs, needs_sound_blocks, needs_text, writable

Method = Callable[[World, Arguments], dict[str, Any]]
LONGEST_EDIT, LONGEST_APPENDED, LONGEST_TEXT = 4000, 12_000, 40_000


def auth_test(world: World, given: Arguments) -> dict[str, Any]:
    """Who the token is of."""
    return {
        "url": world.url,
        "team": "Fake",
        "user": world.users[world.bot_user],
        "team_id": world.team_id,
        "user_id": world.bot_user,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(world: World, given: Arguments) -> dict[str, Any]:
    """Where the WebSocket is."""
    ticket = world.number("ticket")
    world.tickets[ticket] += 1
    base = world.api_url.replace("http://", "ws://").removesuffix("/api/")
    return {"url": f"{base}/link/?ticket={ticket}&app_id={world.app_id}"}


def post(world: World, given: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = writable(world, given)
    needs_text(given)
    message = _made(world, channel.id, given)
    message.text = message.text[:LONGEST_TEXT]
    world.messages[channel.id].append(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.shown(world.team_id)}


def post_ephemeral(world: World, given: Arguments) -> dict[str, Any]:
    """chat.postEphemeral."""
    channel = writable(world, given)
    needs_text(given)
    if given.get("user") not in world.users:
        raise Refused("user_not_in_channel")
    message = _made(world, channel.id, given)
    message.only_for = given["user"]
    world.ephemerals.append(message)
    return {"message_ts": message.ts}


def update(world: World, given: Arguments) -> dict[str, Any]:
    """chat.update."""
    message = _own(world, given, "cant_update_message")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    needs_text(given)
    if len(given.get("text") or "") > LONGEST_EDIT:
        raise Refused("msg_too_long")
    message.edits.append((message.text, message.blocks))
    message.text = given.get("text", message.text if "blocks" in given else "")
    message.blocks = given.get("blocks") or ([] if "text" in given else message.blocks)
    message.metadata = metadata_of(given) or message.metadata
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.shown(world.team_id)}


def delete(world: World, given: Arguments) -> dict[str, Any]:
    """chat.delete."""
    message = _own(world, given, "cant_delete_message")
    message.deleted = True
    return {"channel": message.channel, "ts": message.ts}


def permalink(world: World, given: Arguments) -> dict[str, Any]:
    """chat.getPermalink."""
    channel = channel_of(world, given)
    if not (message := world.find(channel.id, str(given.get("message_ts", "")))):
        raise Refused("message_not_found")
    at = f"{world.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": at + thread}


def start_stream(world: World, given: Arguments) -> dict[str, Any]:
    """chat.startStream."""
    channel = writable(world, given)
    if channel.sort == "im" and not given.get("thread_ts"):
        raise Refused("invalid_thread_ts")
    for name in ("recipient_team_id", "recipient_user_id") if channel.sort != "im" else ():
        if not given.get(name):
            raise Refused(f"missing_{name}")
    message = _made(world, channel.id, given)
    message.text, message.streaming, message.streamed = "", True, True
    _append(message, given)
    world.messages[channel.id].append(message)
    return {"channel": channel.id, "ts": message.ts}


def append_stream(world: World, given: Arguments) -> dict[str, Any]:
    """chat.appendStream."""
    message = _streaming(world, given)
    if not (given.get("markdown_text") or given.get("chunks")):
        raise Refused("no_text")
    _append(message, given)
    return {"channel": message.channel, "ts": message.ts}


def stop_stream(world: World, given: Arguments) -> dict[str, Any]:
    """chat.stopStream."""
    message = _streaming(world, given)
    needs_sound_blocks(given)
    _append(message, given)
    message.blocks = [*message.blocks, *(given.get("blocks") or [])]
    message.metadata = metadata_of(given) or message.metadata
    message.streaming = False
    return {"channel": message.channel, "ts": message.ts, "message": message.shown(world.team_id)}


def status(world: World, given: Arguments) -> dict[str, Any]:
    """assistant.threads.setStatus."""
    _of_thread(world, given, "status")
    world.statuses.append(given)
    return {}


def prompts(world: World, given: Arguments) -> dict[str, Any]:
    """assistant.threads.setSuggestedPrompts: in an agent's view it has no thread."""
    channel_of(world, given, "channel_id")
    offered = given.get("prompts")
    if not isinstance(offered, list) or not 0 < len(offered) <= 4:
        raise Refused("invalid_arguments")
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in offered):
        raise Refused("invalid_arguments")
    world.prompts.append(given)
    return {}


def title(world: World, given: Arguments) -> dict[str, Any]:
    """assistant.threads.setTitle."""
    _of_thread(world, given, "title")
    world.titles.append(given)
    return {}


def open_view(world: World, given: Arguments) -> dict[str, Any]:
    """views.open."""
    if not given.get("trigger_id"):
        raise Refused("invalid_arguments")
    if found := faults((given.get("view") or {}).get("blocks"), 100):
        raise Refused("invalid_arguments", response_metadata={"messages": found})
    view = {**given["view"], "id": world.number("V")}
    world.views.append(view)
    return {"view": view}


#: By name: what does it, and the scopes of which one is needed.
METHODS: dict[str, tuple[Method, tuple[str, ...]]] = {
    "auth.test": (auth_test, ()),
    "apps.connections.open": (open_connection, ()),
    "chat.postMessage": (post, ("chat:write",)),
    "chat.postEphemeral": (post_ephemeral, ("chat:write",)),
    "chat.update": (update, ("chat:write",)),
    "chat.delete": (delete, ("chat:write",)),
    "chat.getPermalink": (permalink, ()),
    "chat.startStream": (start_stream, ("chat:write",)),
    "chat.appendStream": (append_stream, ("chat:write",)),
    "chat.stopStream": (stop_stream, ("chat:write",)),
    "conversations.replies": (replies, ()),
    "conversations.history": (history, ()),
    "conversations.info": (info, ()),
    "conversations.join": (join, ("channels:join",)),
    "conversations.open": (open_direct, ("im:write",)),
    "users.info": (user_info, ("users:read",)),
    "assistant.threads.setStatus": (status, ("assistant:write", "chat:write")),
    "assistant.threads.setSuggestedPrompts": (prompts, ("assistant:write",)),
    "assistant.threads.setTitle": (title, ("assistant:write",)),
    "views.open": (open_view, ()),
}
STREAMING = frozenset({"chat.startStream", "chat.appendStream", "chat.stopStream"})


def called(world: World, method: str, token: str, given: Arguments) -> dict[str, Any]:
    """What Slack answers."""
    try:
        if method not in METHODS or (method in STREAMING and not world.streams):
            raise Refused("unknown_method", req_method=method)
        do, scopes = METHODS[method]
        known(world, method, token)
        if scopes:
            needs(world, *scopes)
        with world.lock:
            return {"ok": True, **do(world, given)}
    except Refused as refused:
        return refused.body


def _made(world: World, channel: str, given: Arguments) -> Posted:
    return Posted(
        channel,
        world.now(),
        given.get("text") or given.get("markdown_text") or "",
        given.get("blocks") or [],
        str(given.get("thread_ts") or ""),
        world.bot_user,
        world.bot_id,
        metadata_of(given),
        arguments=given,
    )


def _own(world: World, given: Arguments, error: str) -> Posted:
    channel = channel_of(world, given)
    if not (message := world.find(channel.id, str(given.get("ts", "")))):
        raise Refused("message_not_found")
    if message.bot_id != world.bot_id:
        raise Refused(error)
    return message


def _streaming(world: World, given: Arguments) -> Posted:
    message = _own(world, given, "message_not_owned_by_app")
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    return message


def _append(message: Posted, given: Arguments) -> None:
    chunks = [{"type": "markdown_text", "text": given["markdown_text"]}] if given.get("markdown_text") else []
    chunks += given.get("chunks") or []
    if not all(isinstance(one, dict) and one.get("type") for one in chunks):
        raise Refused("invalid_chunks")
    texts = [one.get("text", "") for one in chunks if one["type"] == "markdown_text"]
    if any(len(text) > LONGEST_APPENDED for text in texts):
        raise Refused("msg_too_long")
    for chunk in chunks:
        if chunk["type"] == "blocks":
            needs_sound_blocks(chunk)
            message.blocks = [*message.blocks, *chunk.get("blocks", [])]
    message.appended += texts
    message.text += "".join(texts)


def _of_thread(world: World, given: Arguments, name: str) -> None:
    channel = channel_of(world, given, "channel_id")
    if name not in given:
        raise Refused("invalid_arguments")
    if not world.find(channel.id, str(given.get("thread_ts", ""))):
        raise Refused("invalid_thread_ts")
