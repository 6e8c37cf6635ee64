"""The app manifest: all that Slack is to know of the app, entered in one step.

Fields and their limits: docs.slack.dev/reference/app-manifest.  ``deploy/slack-manifest.json`` is what
:func:`manifest_text` gives without an address.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import SettingsError

from .blocks.message import CHECK_AMOUNTS, COMMAND

#: Where Slack sends everything: events, commands, buttons and shortcuts.
PATH = "/slack/events"
#: What the bot may do, and what for.  The manifest asks for these and the check looks for these.
SCOPES: dict[str, str] = {
    "app_mentions:read": "チャンネルでメンションされた質問を受け取る",
    "assistant:write": "エージェント画面に質問の例と「考え中」を出す",
    "chat:write": "答えを書き込む",
    "commands": f"{COMMAND} とメッセージのショートカットを受け取る",
    "im:history": "ダイレクトメッセージの質問を受け取り、途中で止まった答えを見つける",
    "channels:history": "公開チャンネルで、スレッドの前のやり取りを読み、途中で止まった答えを見つける",
    "groups:history": "非公開チャンネルで、スレッドの前のやり取りを読み、途中で止まった答えを見つける",
    "mpim:history": "グループの会話で、スレッドの前のやり取りを読み、途中で止まった答えを見つける",
}
#: Of the other token, which Socket Mode needs.
APP_SCOPE = "connections:write"
EVENTS = ("app_home_opened", "app_mention", "message.im")
NAME = "補助金ナビ"
SHORTCUT = "金額を確認"
_LONGEST = {"name": 35, "url": 3000}


def manifest(url: str = "", name: str = NAME) -> dict[str, Any]:
    """The manifest, for Socket Mode; with ``url``, the server's public address, for HTTP requests to it.

    Raises SettingsError when ``url`` is no https address, or the name has none or more than 35 characters.
    """
    if not 0 < len(name) <= _LONGEST["name"]:
        raise SettingsError(f"An app's name has 1 to {_LONGEST['name']} characters.", hint="Choose a shorter one.")
    target = {"request_url": _target(url)} if url else {}
    return {
        "display_information": {
            "name": name,
            "description": "補助金・融資・予算の資料から、出典の行を示して答えます。資料にない金額は答えません。",
            "background_color": "#0b57b0",
        },
        "features": {
            "agent_view": {"agent_description": _DESCRIPTION},
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": [_command(target)],
            "shortcuts": [
                {
                    "name": SHORTCUT,
                    "type": "message",
                    "callback_id": CHECK_AMOUNTS,
                    "description": "メッセージの金額や補助率を、資料と照らし合わせます（結果は自分だけに見えます）",
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**target, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **target},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,  # a token of twelve hours would have to be kept and renewed
        },
    }


def manifest_text(url: str = "", name: str = NAME) -> str:
    """The manifest as the JSON that Slack's form takes.  Raises SettingsError as :func:`manifest`."""
    return json.dumps(manifest(url, name), ensure_ascii=False, indent=2) + "\n"


def _command(target: dict[str, str]) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": "支援制度について尋ねます（答えは自分だけに見えます）",
        "usage_hint": "事業承継で使える補助率は？",
        # Mentions stay as they were typed: escaped, a name in a question would become an id.
        "should_escape": False,
    }
    return command | ({"url": target["request_url"]} if target else {})


def _target(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        is_bare = parts.path.rstrip("/") in ("", PATH) and not (parts.query or parts.fragment)
        is_sound = parts.scheme == "https" and parts.hostname and is_bare
    except ValueError:
        is_sound = False
    if not is_sound:
        raise SettingsError(
            "Slack sends only to an https address.",
            hint="Give --url such as https://assistant.example.jp (nothing after the name).",
        )
    target = url.strip().rstrip("/").removesuffix(PATH) + PATH
    if len(target) > _LONGEST["url"]:
        raise SettingsError("The address is longer than Slack takes.", hint="Give a shorter --url.")
    return target


_DESCRIPTION = (
    "省庁と都道府県の資料（補助金・融資・予算）から、出典の文書・年度・段階・行を示して答えます。"
    "資料にない金額は答えず、ないことを伝えます。金額の確認や、担当者への引き継ぎもできます。"
)
