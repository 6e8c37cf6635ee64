"""Slack's methods that read: threads, channels and who is there."""

from __future__ import annotations

from typing import Any

from .fake_records import Channel, Posted, Refused, World
from .fake_rules import Arguments, channel_of, needs, readable


def replies(world: World, given: Arguments) -> dict[str, Any]:
    """conversations.replies."""
    channel = readable(world, given)
    if not (found := world.thread(channel.id, str(given.get("ts", "")))):
        raise Refused("thread_not_found")
    return _page(world, found[:1] + _between(found[1:], given), given, 1000)


def history(world: World, given: Arguments) -> dict[str, Any]:
    """conversations.history: newest first, replies left out."""
    channel = readable(world, given)
    found = [one for one in world.messages[channel.id] if not one.deleted and one.thread_ts in ("", one.ts)]
    return _page(world, _between(found, given)[::-1], given, 100)


def info(world: World, given: Arguments) -> dict[str, Any]:
    """conversations.info."""
    channel = channel_of(world, given)
    needs(world, f"{channel.prefix}:read")
    return {"channel": _shown(channel)}


def join(world: World, given: Arguments) -> dict[str, Any]:
    """conversations.join."""
    channel = channel_of(world, given)
    if channel.sort != "public":
        raise Refused("method_not_supported_for_channel_type")
    channel.is_member = True
    return {"channel": _shown(channel)}


def open_direct(world: World, given: Arguments) -> dict[str, Any]:
    """conversations.open with one user."""
    for channel in world.channels.values():
        if channel.user and channel.user == given.get("users"):
            return {"channel": {"id": channel.id}}
    raise Refused("user_not_found")


def user_info(world: World, given: Arguments) -> dict[str, Any]:
    """users.info."""
    if (user := given.get("user")) not in world.users:
        raise Refused("user_not_found")
    return {"user": {"id": user, "team_id": world.team_id, "name": world.users[user], "is_bot": user == world.bot_user}}


def _between(found: list[Posted], given: Arguments) -> list[Posted]:
    """Those after ``oldest`` and before ``latest``; with ``inclusive`` also those at either."""
    oldest, latest = float(given.get("oldest") or 0), float(given.get("latest") or 1e12)
    inclusive = str(given.get("inclusive", "")).lower() in ("true", "1")
    return [
        one for one in found if oldest < float(one.ts) < latest or (inclusive and float(one.ts) in (oldest, latest))
    ]


def _page(world: World, found: list[Posted], given: Arguments, most: int) -> dict[str, Any]:
    start = int(str(given.get("cursor") or "at:0").partition(":")[2])
    end = start + min(int(given.get("limit") or most), most)
    metadata = str(given.get("include_all_metadata", "")).lower() in ("true", "1")
    more = {"response_metadata": {"next_cursor": f"at:{end}"}} if end < len(found) else {}
    return {
        "messages": [one.shown(world.team_id, metadata) for one in found[start:end]],
        "has_more": end < len(found),
        **more,
    }


def _shown(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.sort == "public",
        "is_private": channel.sort != "public",
        "is_im": channel.sort == "im",
        "is_mpim": channel.sort == "mpim",
        "is_member": channel.is_member,
        "is_archived": channel.is_archived,
    }
