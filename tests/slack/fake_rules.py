"""What every method looks at before it does anything; a no is :class:`Refused`."""

from __future__ import annotations

import json
import re
from typing import Any

from .fake_blocks import faults
from .fake_records import Channel, Refused, World

Arguments = dict[str, Any]
LONGEST_BLOCKS = 13_200  # characters of JSON; not documented, but Slack was seen to refuse as much


def known(world: World, method: str, token: str) -> None:
    """The token is one of ours, and of the right kind for the method."""
    if not token:
        raise Refused("not_authed")
    of_app = method == "apps.connections.open"
    if token == (world.bot_token if of_app else world.app_token):
        raise Refused("not_allowed_token_type")
    if token != (world.app_token if of_app else world.bot_token):
        raise Refused("invalid_auth")
    if of_app and "connections:write" not in world.app_scopes:
        provided = ",".join(sorted(world.app_scopes))
        raise Refused("missing_scope", needed="connections:write", provided=provided)


def needs(world: World, *one_of: str) -> None:
    """One of the scopes is there."""
    if not world.scopes & set(one_of):
        raise Refused("missing_scope", needed=one_of[0], provided=",".join(sorted(world.scopes)))


def channel_of(world: World, given: Arguments, name: str = "channel") -> Channel:
    """The channel that is named, as far as the bot can see it."""
    channel = world.channels.get(str(given.get(name, "")))
    if not channel or (channel.sort == "private" and not channel.is_member):
        raise Refused("channel_not_found")
    return channel


def writable(world: World, given: Arguments) -> Channel:
    """A channel in which the bot may write."""
    channel = channel_of(world, given)
    if channel.is_archived:
        raise Refused("is_archived")
    if not channel.is_member:
        raise Refused("not_in_channel")
    # Slack takes the ts of a message that is gone, and so does this; what is no ts at all it refuses.
    if (thread := given.get("thread_ts")) and not re.fullmatch(r"\d+\.\d+", str(thread)):
        raise Refused("invalid_thread_ts")
    return channel


def readable(world: World, given: Arguments) -> Channel:
    """A channel that the bot may read."""
    channel = channel_of(world, given)
    needs(world, f"{channel.prefix}:history")
    if not channel.is_member:
        raise Refused("not_in_channel")
    return channel


def needs_text(given: Arguments) -> None:
    """Something is said, in blocks that hold."""
    if not (given.get("text") or given.get("blocks") or given.get("markdown_text") or given.get("attachments")):
        raise Refused("no_text")
    needs_sound_blocks(given)


def needs_sound_blocks(given: Arguments) -> None:
    """The blocks are within the limits."""
    if len(json.dumps(given.get("blocks") or [], ensure_ascii=False)) > LONGEST_BLOCKS:
        raise Refused("msg_blocks_too_long")
    if given.get("blocks") and (found := faults(given["blocks"])):
        raise Refused(
            "invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {one}" for one in found]}
        )


def metadata_of(given: Arguments) -> dict[str, Any] | None:
    """The metadata, in the form that Slack takes; None without any."""
    metadata = given.get("metadata")
    if metadata and not (isinstance(metadata, dict) and metadata.get("event_type") and "event_payload" in metadata):
        raise Refused("invalid_metadata_format")
    return metadata or None
