"""What Slack sends: the bodies of events, commands and interactions, and their signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from .fake_records import ASKER, CHANNEL, DIRECT, Posted, World

Body = dict[str, Any]
#: By the type of a Socket Mode envelope: the path that the same goes to over HTTP.
PATH = "/slack/events"


class Bodies(World):
    """A workspace that makes what it would send; a message made here also stands in its channel."""

    def event(self, event: Body, event_id: str = "", **more: Any) -> Body:
        """Any event in the frame of the Events API."""
        return {
            "token": "verification",
            "team_id": self.team_id,
            "context_team_id": self.team_id,
            "api_app_id": self.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or self.number("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{"team_id": self.team_id, "user_id": self.bot_user, "is_bot": True}],
            "is_ext_shared_channel": False,
            **more,
        }

    def event_message(
        self,
        text: str,
        channel: str = DIRECT,
        user: str = ASKER,
        thread_ts: str = "",
        event_id: str = "",
        **fields: Any,
    ) -> Body:
        """message.im (or in another conversation); ``fields`` go into the event: bot_id, subtype …"""
        said = self.says(text, channel, user, thread_ts)
        sort = {"im": "im", "mpim": "mpim", "private": "group"}.get(self.channels[channel].sort, "channel")
        return self.event({**self._message(said), "channel_type": sort, **fields}, event_id)

    def event_mention(
        self,
        text: str,
        channel: str = CHANNEL,
        user: str = ASKER,
        thread_ts: str = "",
        event_id: str = "",
        **fields: Any,
    ) -> Body:
        """app_mention; the bot is mentioned at the text's beginning."""
        said = self.says(f"<@{self.bot_user}> {text}", channel, user, thread_ts)
        return self.event({**self._message(said), "type": "app_mention", **fields}, event_id)

    def app_home_opened(
        self, user: str = ASKER, channel: str = DIRECT, tab: str = "messages", event_id: str = ""
    ) -> Body:
        """Somebody opens the bot; in an agent's view ``tab`` is ``messages``."""
        event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": self.now()}
        return self.event(event, event_id)

    def slash_command(self, text: str, user: str = ASKER, channel: str = CHANNEL, command: str = "/hojokin") -> Body:
        """The fields of a slash command (over HTTP: a form)."""
        return {
            "token": "verification",
            "team_id": self.team_id,
            "team_domain": "fake",
            "channel_id": channel,
            "channel_name": self.channels[channel].name,
            "user_id": user,
            "user_name": self.users.get(user, ""),
            "command": command,
            "text": text,
            "api_app_id": self.app_id,
            "is_enterprise_install": "false",
            "response_url": self.response_url(channel, user),
            "trigger_id": self.number("trigger."),
        }

    def block_action(self, message: Posted, action_id: str, user: str = ASKER, value: str | None = None) -> Body:
        """Somebody presses a button of a message (``value`` chooses between the two of feedback buttons).

        KeyError when the message has no such button.
        """
        action = {**_action(message, action_id, value), "action_ts": self.now()}
        place = {"message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": bool(message.only_for)}
        if message.thread_ts:
            place["thread_ts"] = message.thread_ts
        return {
            **self._interaction("block_actions", message.channel, user),
            "container": {"type": "message", **place},
            "trigger_id": self.number("trigger."),
            **({} if message.only_for else {"message": message.shown(self.team_id)}),
            "state": {"values": {}},
            "response_url": self.response_url(message.channel, user, message),
            "actions": [action],
        }

    def message_shortcut(self, message: Posted, user: str = ASKER, callback_id: str = "check_amounts") -> Body:
        """Somebody chooses a shortcut in the menu of a message."""
        return {
            **self._interaction("message_action", message.channel, user),
            "callback_id": callback_id,
            "trigger_id": self.number("trigger."),
            "response_url": self.response_url(message.channel, user),
            "message_ts": message.ts,
            "message": message.shown(self.team_id),
            "action_ts": self.now(),
        }

    def url_verification(self, challenge: str = "challenge-of-today") -> Body:
        """What Slack asks when a request URL is entered."""
        return {"token": "verification", "challenge": challenge, "type": "url_verification"}

    def response_url(self, channel: str, user: str, message: Posted | None = None) -> str:
        """A new address of this server where a reply may be sent, five times at most."""
        key = self.number("response")
        self.response_urls[key] = {"channel": channel, "user": user, "message": message, "used": 0}
        return f"{self.api_url.removesuffix('/api/')}/response/{key}"

    def encode(self, payload: Body) -> tuple[bytes, str]:
        """The bytes that a payload is over HTTP, and their content type."""
        if "command" in payload:
            return urlencode(payload).encode(), "application/x-www-form-urlencoded"
        text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        if payload.get("type") in ("block_actions", "message_action", "view_submission", "shortcut"):
            return urlencode({"payload": text}).encode(), "application/x-www-form-urlencoded"
        return text.encode(), "application/json"

    def signed(
        self,
        body: bytes | Body,
        *,
        path: str = PATH,
        secret: str | None = None,
        timestamp: int | str | None = None,
        retry: int = 0,
        reason: str = "http_timeout",
    ) -> dict[str, str]:
        """The headers of a delivery; a payload is signed as :meth:`encode` writes it.  ``path`` is not signed."""
        data, sort = self.encode(body) if isinstance(body, dict) else (body, "application/json")
        at = str(int(time.time()) if timestamp is None else timestamp)
        key = (self.signing_secret if secret is None else secret).encode()
        digest = hmac.new(key, b"v0:" + at.encode() + b":" + data, hashlib.sha256).hexdigest()
        headers = {"Content-Type": sort, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}
        headers["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
        return headers | ({"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {})

    def _message(self, said: Posted) -> Body:
        place = {"channel": said.channel, "event_ts": said.ts} | (
            {"thread_ts": said.thread_ts} if said.thread_ts else {}
        )
        who = {"user": said.user, "team": self.team_id, "client_msg_id": self.number("client")}
        words = {"type": "text", "text": said.text}
        rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}
        return {"type": "message", "text": said.text, "ts": said.ts, "blocks": [rich], **who, **place}

    def _interaction(self, kind: str, channel: str, user: str) -> Body:
        return {
            "type": kind,
            "token": "verification",
            "user": {"id": user, "username": self.users.get(user, ""), "team_id": self.team_id},
            "api_app_id": self.app_id,
            "team": {"id": self.team_id, "domain": "fake"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel, "name": self.channels[channel].name or "directmessage"},
        }


def _action(message: Posted, action_id: str, value: str | None) -> Body:
    for index, block in enumerate(message.blocks):
        for element in [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]:
            if element.get("action_id") != action_id:
                continue
            own = {"block_id": block.get("block_id", f"b{index}"), "action_id": action_id, "type": element["type"]}
            if element["type"] != "feedback_buttons":
                return {
                    **own,
                    "text": element.get("text"),
                    "value": element.get("value", "") if value is None else value,
                }
            pressed = [element["positive_button"], element["negative_button"]]
            chosen = next((one for one in pressed if value in (None, one["value"])), None)
            if chosen:
                return {**own, "text": chosen.get("text"), "value": chosen["value"]}
    raise KeyError(f"no button {action_id!r} with the value {value!r} in message {message.ts}")
