"""What stands in the way of the bot: each token, scope and setting looked at, and what to do about it.

Slack is asked with short deadlines and nothing is written there; a token or a secret is never repeated.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.conversations import Store, StoreNewer, new_id
from assistant.errors import AssistantError
from assistant.index import current_manifest
from assistant.settings import Settings

from .links import Links
from .manifest import APP_SCOPE, SCOPES

SECONDS = 3  # that one of Slack's methods may take
APPS = "https://api.slack.com/apps"
BOT, APP, SECRET = "ASSISTANT_SLACK_BOT_TOKEN", "ASSISTANT_SLACK_APP_TOKEN", "ASSISTANT_SLACK_SIGNING_SECRET"

_MARKS = {True: "✓", False: "✗", None: "!"}
_BOT_TOKEN, _APP_TOKEN, _SIGNING = "ボットトークン", "アプリレベルトークン", "Signing Secret か Client Secret"
#: What a value looks like, whatever setting it was put into.
_LOOKS = {
    r"xoxb-.+": _BOT_TOKEN,
    r"xoxe\.xoxb-.+": "12時間で切れるボットトークン",
    r"xapp-.+": _APP_TOKEN,
    r"xox[a-z.]*-.+|xoxe\..+": "ボット用ではないトークン",
    r"[0-9a-f]{32}": _SIGNING,
    r"[A-Za-z0-9]{24}": "Verification Token",
    r"\d+\.\d+": "Client ID",
    r"https?://.*": "アドレス",
    r"A[A-Z0-9]{8,}": "App ID",
}
_WHERE = {
    BOT: f"{APPS} の OAuth & Permissions にある、xoxb- で始まる Bot User OAuth Token を入れてください",
    APP: f"{APPS} の Basic Information → App-Level Tokens で、{APP_SCOPE} を付けて作った xapp-… を入れてください",
    SECRET: f"{APPS} の Basic Information → App Credentials にある Signing Secret を入れてください",
}
_NAMES = {BOT: _BOT_TOKEN, APP: _APP_TOKEN, SECRET: "署名シークレット"}
_WORDS = {
    "invalid_auth": "Slack がこのトークンを知りません（写し間違いか、作り直す前のもの）",
    "not_authed": "トークンが届いていません",
    "account_inactive": "アプリがワークスペースから外されています",
    "token_revoked": "トークンが取り消されています",
    "token_expired": "トークンの期限が切れています",
    "not_allowed_token_type": "トークンの種類が違います",
    "org_login_required": "ワークスペースが組織へ移されています",
    "ekm_access_denied": "ワークスペースの管理者が利用を止めています",
    "access_denied": "ワークスペースの管理者が利用を止めています",
    "team_access_not_granted": "このワークスペースでは許可されていません",
    "missing_scope": "スコープが足りません",
    "ratelimited": "要求が多すぎると言われました。1分ほど待ってください",
    "unknown_method": "この API アドレスには、その機能がありません",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: ``ok`` None is a warning; ``hint`` says what to do, empty when it is well."""

    ok: bool | None
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Reply:
    """What Slack said: ``error`` is empty when it was done; ``lost`` says why it could not be asked."""

    error: str = ""
    lost: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    scopes: frozenset[str] | None = None


def checkup(settings: Settings) -> list[Point]:
    """Everything looked at, in the order in which it is set up.  Takes seconds, and raises nothing."""
    return [*_slack(settings), *_here(settings)]


def report(points: list[Point]) -> str:
    """A line for each point, and one that sums up."""
    lines = [f"{_MARKS[one.ok]} {one.what}" + (f" → {one.hint}" if one.hint else "") for one in points]
    wrong = sum(one.ok is False for one in points)
    told = (
        f"✗ が {wrong} 件あります。直してから、もう一度確かめてください。" if wrong else "始められます: assistant slack"
    )
    return "\n".join([*lines, told])


def _slack(settings: Settings) -> Iterator[Point]:
    tokens = {
        BOT: settings.slack_bot_token.get_secret_value(),
        APP: settings.slack_app_token.get_secret_value(),
        SECRET: settings.slack_signing_secret.get_secret_value(),
    }
    bot, app, secret = (list(_looked_at(name, value)) for name, value in tokens.items())
    address = list(_address(settings.slack_api_url))
    asks = not any(one.ok is False for one in address)
    yield from address
    reply = _ask(settings, tokens[BOT], "auth.test") if asks and not _failed(bot) else None
    yield from bot
    if reply:
        yield from _authorized(settings, reply)
    yield from _ways(tokens[APP], tokens[SECRET])
    yield from app
    if tokens[APP] and asks and not _failed(app) and not (reply and reply.lost):
        yield _connects(settings, _ask(settings, tokens[APP], "apps.connections.open"))
    yield from secret
    known = reply if reply and not (reply.error or reply.lost) else None
    yield from _workspaces(settings.slack_workspaces, str(known.data.get("team_id", "")) if known else "")
    yield from _handover(settings, tokens[BOT] if known else "", known)


def _failed(points: list[Point]) -> bool:
    return any(one.ok is False for one in points)


def _looked_at(name: str, value: str) -> Iterator[Point]:
    """Whether a token or a secret looks like one; nothing when one that may be left out is."""
    what = f"{_NAMES[name]} ({name})"
    wanted = {BOT: _BOT_TOKEN, APP: _APP_TOKEN, SECRET: _SIGNING}[name]
    looks = next((sort for pattern, sort in _LOOKS.items() if re.fullmatch(pattern, value, re.DOTALL)), "")
    if not value:
        if name == BOT:
            yield Point(False, f"{what} がありません", _WHERE[name])
    elif re.search(r"[^!-~]|^[\"']|[\"']\Z", value):
        yield Point(False, f"{what} に空白・引用符か全角の文字が入っています", "値だけを入れ直してください")
    elif name == BOT and looks == _LOOKS[r"xoxe\.xoxb-.+"]:
        yield Point(
            None,
            f"{what} は{looks}です",
            f"{APPS} の OAuth & Permissions で Token Rotation を使わない設定にしてください",
        )
    elif looks and looks != wanted:
        yield Point(False, f"{what} に別のもの（{looks}）が入っています", _WHERE[name])
    elif looks != wanted and name == SECRET:
        yield Point(None, f"{what} が Slack の形（0-9 と a-f で32文字）ではありません", _WHERE[name])
    elif looks != wanted:
        yield Point(False, f"{what} の形が違います", _WHERE[name])
    elif name == SECRET:
        yield Point(True, f"{what}: 形は正しいです（値が合うかは、Slack から届いたときに分かります）")


def _address(url: str) -> Iterator[Point]:
    if not _host(url):
        yield Point(
            False, "ASSISTANT_SLACK_API_URL がアドレスではありません", "消すと https://slack.com/api/ になります"
        )


def _host(url: str) -> str:
    """The host of an http address; empty when it is none."""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in ("http", "https") and parts.port != 0 and "@" not in parts.netloc
        return (parts.hostname or "") if is_plain else ""
    except ValueError:
        return ""


def _ask(settings: Settings, token: str, method: str, **arguments: str | int) -> _Reply:
    """Call a method; never raises, and never lets the library print."""
    quiet = logging.Logger("quiet")
    quiet.addHandler(logging.NullHandler())
    base = settings.slack_api_url.rstrip("/") + "/"
    client = WebClient(token, base_url=base, timeout=SECONDS, retry_handlers=[], logger=quiet)
    try:
        answer = client.api_call(method, params=dict(arguments))
    except SlackApiError as refused:
        return _refusal(refused)
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        return _Reply(lost=_reason(error))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    scopes = headers.get("x-oauth-scopes")
    data = answer.data if isinstance(answer.data, dict) else {}
    return _Reply(data=data, scopes=None if scopes is None else frozenset(re.findall(r"[^,\s]+", scopes)))


def _refusal(refused: SlackApiError) -> _Reply:
    answer = refused.response
    data = answer.data if isinstance(answer.data, dict) else {}
    error = str(data.get("error", ""))
    if re.fullmatch(r"[a-z_]{1,60}", error):
        return _Reply(error=error, data=data)
    return _Reply(lost=f"HTTP {answer.status_code}" if answer.status_code != 200 else "返事が JSON ではありません")


def _reason(error: Exception) -> str:
    """Why a connection failed, in a few words without addresses or values."""
    told = getattr(error, "reason", None) or error
    if isinstance(told, TimeoutError):
        return f"{SECONDS} 秒以内に返事がありません"
    return getattr(told, "strerror", None) or type(told).__name__


def _words(error: str) -> str:
    return f"{_WORDS[error]} ({error})" if error in _WORDS else f"Slack の返事: {error}"


def _authorized(settings: Settings, reply: _Reply) -> Iterator[Point]:
    if reply.lost:
        host = _host(settings.slack_api_url)
        hint = (
            "ネットワーク、プロキシ、ASSISTANT_SLACK_API_URL を確かめてください。ほかの Slack の項目は確かめていません"
        )
        yield Point(False, f"Slack ({host}) につながりません: {reply.lost}", hint)
        return
    if reply.error:
        yield Point(False, f"{_BOT_TOKEN}が断られました: {_words(reply.error)}", _WHERE[BOT])
        return
    team, name = (str(reply.data.get(key, "") or "?") for key in ("team", "user"))
    at = f"ワークスペース「{team}」({reply.data.get('team_id', '?')})"
    yield Point(True, f"{_BOT_TOKEN}: {at} に {name} として入れます")
    if reply.scopes is None:
        yield Point(None, "スコープを確かめられません", "Slack が x-oauth-scopes を返しませんでした")
        return
    missing = [scope for scope in SCOPES if scope not in reply.scopes]
    hint = f"{APPS} の OAuth & Permissions → Bot Token Scopes に加え、Reinstall to Workspace を押してください"
    yield from (Point(False, f"スコープ {scope} がありません（{SCOPES[scope]}）", hint) for scope in missing)
    if not missing:
        yield Point(True, f"スコープ: {len(SCOPES)} 個すべてあります")


def _ways(app: str, secret: str) -> Iterator[Point]:
    if not app and not secret:
        hint = f"手元で動かすなら {APP}（Socket Mode）、サーバーで動かすなら {SECRET}（HTTP）を入れてください"
        yield Point(False, f"{APP} も {SECRET} もありません: Slack から何も届きません", hint)
        return
    ways = [way for way, value in (("Socket Mode", app), ("HTTP", secret)) if value]
    yield Point(True, f"受け取り方: {' と '.join(ways)}")


def _connects(settings: Settings, reply: _Reply) -> Point:
    if reply.lost:
        return Point(False, f"Socket Mode の接続先を聞けません: {reply.lost}", "ネットワークを確かめてください")
    if reply.error == "missing_scope":
        hint = f"{APPS} の Basic Information → App-Level Tokens で、{APP_SCOPE} を付けて作り直してください"
        return Point(False, f"{_APP_TOKEN}にスコープ {APP_SCOPE} がありません（Socket Mode につなぐ）", hint)
    if reply.error:
        return Point(False, f"{_APP_TOKEN}が断られました: {_words(reply.error)}", _WHERE[APP])
    return Point(True, f"{_APP_TOKEN}: Socket Mode につなげます")


def _workspaces(stated: str, own: str) -> Iterator[Point]:
    ids = re.findall(r"[^\s,]+", stated)
    name = "ASSISTANT_SLACK_WORKSPACES"
    for number, one in enumerate(ids, 1):  # the value is not repeated: it may be a token that was put here
        if one != own and not re.fullmatch(r"[TE][A-Z0-9]{2,}", one):
            yield Point(
                False,
                f"{name}: {number} 番目はワークスペースの ID ではありません",
                "T（組織は E）で始まる ID を入れてください",
            )
    if ids and own and own not in ids:
        yield Point(
            False,
            f"{name} にボット自身のワークスペース {own} がありません: そこでは誰にも答えません",
            f"{own} を加えてください",
        )
    elif ids and own:
        yield Point(True, f"{name}: {len(ids)} 個のワークスペースで答えます")


def _handover(settings: Settings, token: str, known: _Reply | None) -> Iterator[Point]:
    name, channel = "ASSISTANT_SLACK_HANDOVER_CHANNEL", settings.slack_handover_channel.strip()
    if not channel:
        yield Point(
            None,
            "引き継ぎ先のチャンネルがありません: 「人に相談」ボタンは出ません",
            f"{name} にチャンネルの ID を入れてください",
        )
    elif not re.fullmatch(r"[CG][A-Za-z0-9_]{1,20}", channel):
        hint = "チャンネル名ではなく、チャンネルの詳細の一番下にある ID（C…）を入れてください"
        yield Point(False, f"{name} がチャンネルの ID ではありません", hint)
    elif known:
        yield _channel(name, channel, _seen(settings, token, channel), str(known.data.get("user") or "ボット"))


def _seen(settings: Settings, token: str, channel: str) -> str:
    """The error with which a channel is read, empty when it is; the scopes of the manifest are enough for it."""
    reply = _ask(settings, token, "conversations.history", channel=channel, limit=1)
    if reply.error in ("missing_scope", "unknown_method") or reply.lost:
        reply = _ask(settings, token, "conversations.info", channel=channel)
        found = reply.data.get("channel") if not reply.error else None
        if isinstance(found, dict):
            return (
                "is_archived" if found.get("is_archived") else "" if found.get("is_member", True) else "not_in_channel"
            )
    return reply.error or (reply.lost and "unreachable")


def _channel(name: str, channel: str, error: str, bot: str) -> Point:
    if not error:
        return Point(True, f"引き継ぎ先のチャンネル {channel}: 書き込めます")
    if error == "channel_not_found":
        hint = f"ID を確かめてください。非公開チャンネルなら、そこで /invite @{bot} としてください"
        return Point(False, f"引き継ぎ先のチャンネル {channel} が見つかりません ({name})", hint)
    if error == "not_in_channel":
        hint = f"そのチャンネルで /invite @{bot} としてください"
        return Point(False, f"引き継ぎ先のチャンネル {channel} にボットが入っていません", hint)
    if error == "is_archived":
        return Point(
            False, f"引き継ぎ先のチャンネル {channel} はアーカイブされています", f"{name} に別の ID を入れてください"
        )
    return Point(
        None,
        f"引き継ぎ先のチャンネル {channel} を確かめられません: {_words(error)}",
        "「人に相談」を一度試してください",
    )


def _here(settings: Settings) -> Iterator[Point]:
    """What is on this machine: the address of the sources, the index and the database."""
    yield _pages(settings)
    if built := current_manifest(settings.index):
        yield Point(True, f"索引: {built.counts.get('documents', 0)} 件の資料があります")
    else:
        yield Point(False, f"使える索引がありません ({settings.index})", "先に assistant build を実行してください")
    yield _database(settings)


def _pages(settings: Settings) -> Point:
    name, base = "ASSISTANT_PUBLIC_URL", Links.of(settings).base
    if not _host(base):
        return Point(False, f"{name} がアドレスではありません", "https://assistant.example.jp のように入れてください")
    if _is_loopback(_host(base)):
        hint = f"{name} に、みんなが開けるアドレスを入れてください"
        return Point(None, f"出典へのリンクが {base} を指します: ほかの人は開けません", hint)
    return Point(True, f"出典へのリンク: {base}")


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _database(settings: Settings) -> Point:
    kept = "PostgreSQL" if "postgres" in settings.database_url.get_secret_value()[:10] else "SQLite"
    try:
        with closing(Store.of(settings)) as store:
            store.begin(name := new_id())
            store.delete(name)
    except StoreNewer:
        return Point(False, f"データベース ({kept}) が新しい版のプログラムのものです", "プログラムを新しくしてください")
    except AssistantError as error:
        hint = "ASSISTANT_DATABASE_URL と ASSISTANT_DATA を確かめてください"
        return Point(False, f"データベース ({kept}) に書き込めません ({error.code})", hint)
    return Point(True, f"データベース ({kept}): 書き込めます")
