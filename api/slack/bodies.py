"""The body of a request: bytes that anybody may have written, as a dict of which only known fields of the right type
are left.

Bolt and all that follows read that dict alone, so an odd body is at worst one that nothing is asked by.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

Body = dict[str, Any]
Shape = Any  # str; bool; ANY; a dict of shapes; a list of one shape

ANY = object()  # taken as it is: whoever reads it expects anything
FIELDS = 100  # of a form
ITEMS = 25  # of a list
LONGEST = 40_000  # characters of a text; a message of Slack's has no more

_TEAM = {"id": str, "enterprise_id": str}
_MESSAGE = {"ts": str, "thread_ts": str, "text": str, "blocks": ANY, "attachments": ANY}
_EVENT = {
    **dict.fromkeys(("type", "subtype", "user", "bot_id", "app_id", "channel", "channel_type", "ts", "thread_ts"), str),
    **dict.fromkeys(("text", "team", "user_team", "source_team", "tab", "event_ts"), str),
    **dict.fromkeys(("blocks", "attachments"), ANY),
    "bot_profile": {"id": str},
    "assistant_thread": {"user_id": str, "channel_id": str, "thread_ts": str},
}
_ASKED = {"team_id": str, "enterprise_id": str, "trigger_id": str, "response_url": str, "callback_id": str}
_INTERACTION = {
    **_ASKED,
    "team": _TEAM,
    "enterprise": {"id": str},
    "user": {"id": str, "team_id": str},
    "channel": {"id": str},
    "message": _MESSAGE,
    "container": {"message_ts": str, "thread_ts": str, "channel_id": str, "is_ephemeral": bool},
    "actions": [{"action_id": str, "block_id": str, "type": str, "value": str, "action_ts": str}],
}
_SHAPES: dict[str, Shape] = {
    "url_verification": {"challenge": str},
    "event_callback": {
        **_ASKED,
        "event_id": str,
        "is_ext_shared_channel": bool,
        "event": _EVENT,
        "authorizations": [{"team_id": str, "enterprise_id": str, "user_id": str}],
    },
    "block_actions": _INTERACTION,
    "message_action": _INTERACTION,
}
_COMMAND = {**_ASKED, "command": str, "text": str, "channel_id": str, "user_id": str}
_REQUIRED = {
    "event_callback": (("event", "type"),),
    "message_action": (("callback_id",),),
    "block_actions": (("actions", 0, "action_id"),),
}


def read_body(raw: bytes) -> Body | None:
    """What was sent: JSON, a form whose ``payload`` is JSON, or a form; None when it is none of them."""
    try:
        text = raw.decode("utf-8")
        if not text.lstrip().startswith("{"):
            form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
            if "payload" not in form:
                return dict(form) or None
            text = form["payload"]
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def known(body: object) -> Body | None:
    """The fields of a body that are read here, each of its type; None when it asks for nothing that is known."""
    if not isinstance(body, dict):
        return None
    kind = body.get("type")
    if isinstance(kind, str) and kind in _SHAPES:
        taken: Body = {"type": kind, **picked(body, _SHAPES[kind])}
        return taken if all(has(taken, path) for path in _REQUIRED.get(kind, ())) else None
    if isinstance(body.get("command"), str):
        return picked(body, _COMMAND)  # type: ignore[no-any-return]
    return {"ssl_check": "1"} if "ssl_check" in body else None


def picked(value: object, shape: Shape) -> Any:
    """The part of a value that is of a shape; None when nothing of it is."""
    if shape is ANY:
        return value
    if isinstance(shape, dict):
        return fields(value, shape) if isinstance(value, dict) else None
    if isinstance(shape, list):
        items = value[:ITEMS] if isinstance(value, list) else []
        return [one for one in (picked(item, shape[0]) for item in items) if one] or None
    if not isinstance(value, shape):
        return None
    return cleaned(value) if isinstance(value, str) else value


def fields(value: dict[Any, Any], shape: dict[str, Shape]) -> Body:
    """The fields of a dict that a shape names and that are of their shapes."""
    found = {name: picked(value.get(name), inner) for name, inner in shape.items()}
    return {name: inner for name, inner in found.items() if inner is not None}


def cleaned(text: str) -> str:
    """A text that can be written down: halves of characters and NUL, which no database keeps, are replaced."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")


def has(body: Any, path: tuple[str | int, ...]) -> bool:
    """Whether there is something at a path within a body."""
    for step in path:
        if isinstance(step, int):
            body = body[step] if isinstance(body, list) and len(body) > step else None
        else:
            body = body.get(step) if isinstance(body, dict) else None
    return bool(body)
