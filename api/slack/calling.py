"""Slack's methods: who we are, what is asked of every call, and the ways in which a call fails.

Nothing is sent a second time by the library: a post whose connection broke may have arrived, and only whoever told it
knows how to look (:mod:`api.slack.telling`).
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings

Body = dict[str, Any]

TIMEOUT = 10  # seconds that Slack has for an answer
SHORT = 3.0  # seconds that a call waits by itself when Slack asks for a pause; for longer ones the job is given back
MOST = 3  # times that a call is made after short pauses
UNSAID = 5.0  # seconds of a pause whose length Slack does not say
MARGIN = 0.05  # seconds by which the clocks of two machines may differ over a pause
FORGOTTEN = 600.0  # seconds after which a method that was missing is tried again: somebody may have added the scope
HOOKS = "hooks.slack.com"

#: Nothing that we post makes links, previews or mentions out of text.
PLAIN: Mapping[str, Any] = {"link_names": False, "parse": "none"}
BARE: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False, **PLAIN}

#: The workspace, the app or its token does not have the method.
MISSING = frozenset(
    [
        "unknown_method",
        "missing_scope",
        "not_allowed_token_type",
        "feature_not_enabled",
        "method_deprecated",
        "deprecated_endpoint",
        "no_permission",
        "access_denied",
        "team_access_not_granted",
        "enterprise_is_restricted",
        "not_implemented",
    ]
)
#: The token is no good; nothing will go better until somebody sets another.
TOKEN_REFUSED = frozenset(["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"])

QUIET = logging.Logger("slack", logging.CRITICAL + 1)  # the library logs what Slack sends back, texts included
log = logging.getLogger(__name__)


class SlackRefused(AssistantError):
    """Slack does not do what was asked; ``error`` is its own word for why (``channel_not_found``)."""

    code = "slack_refused"

    def __init__(self, error: str, method: str = "", *, hint: str = "") -> None:
        self.error = error
        self.method = method
        if not hint and error in MISSING | TOKEN_REFUSED:
            hint = "Run assistant slack --check."
        super().__init__(f"Slack refused {method or 'a call'}: {error}.", hint=hint)


class SlackBusy(AssistantError):
    """Slack asks for a pause or cannot be reached.

    ``retry_after`` is in seconds, None where Slack does not say; ``is_undone`` tells that the call had surely no
    effect, ``is_late`` that it may have one yet.
    """

    code = "slack_busy"

    def __init__(
        self,
        retry_after: float | None = None,
        *,
        is_undone: bool = False,
        is_late: bool = False,
        hint: str = "It is tried again.",
    ) -> None:
        self.retry_after = retry_after
        self.is_undone = is_undone
        self.is_late = is_late
        super().__init__("Slack cannot be reached, or asks for a pause.", hint=hint)


@dataclass(frozen=True, slots=True)
class Bot:
    """Who we are in a workspace."""

    team: str
    user: str
    bot_id: str
    name: str


def make_client(settings: Settings) -> WebClient:
    """The client of the settings' token and address.  Raises SettingsError without a token."""
    token = settings.slack_bot_token.get_secret_value().strip()
    if not token:
        raise SettingsError("The Slack bot has no token.", hint="Set ASSISTANT_SLACK_BOT_TOKEN to the one of xoxb-….")
    base = settings.slack_api_url.rstrip("/") + "/"
    return WebClient(token, base_url=base, timeout=TIMEOUT, logger=QUIET, retry_handlers=[])


def identity(client: WebClient) -> Bot:
    """Who the token says we are.  Raises SlackRefused or SlackBusy, in one line that says what to do."""
    try:
        said = Slack(client).call("auth.test")
    except SlackRefused as error:
        hint = "Set ASSISTANT_SLACK_BOT_TOKEN to the app's Bot User OAuth Token (xoxb-…)."
        raise SlackRefused(error.error, "auth.test", hint=hint) from None
    except SlackBusy as error:
        hint = f"See whether {client.base_url} can be reached (ASSISTANT_SLACK_API_URL)."
        raise SlackBusy(error.retry_after, hint=hint) from None
    return Bot(*(str(said.get(name) or "") for name in ("team_id", "user_id", "bot_id", "user")))


class Slack:
    """Slack's methods by their names.  Safe for many threads: a pause that Slack asks of one holds for all."""

    def __init__(
        self,
        client: WebClient,
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._client = client
        self._now = now
        self._wait = wait
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}  # pauses, by method
        self._missing: dict[str, float] = {}  # when a method was found missing

    def call(self, method: str, **body: Any) -> Body:
        """What Slack says to ``chat.postMessage`` and the like.  Raises SlackRefused and SlackBusy."""
        for _ in range(MOST):
            self._keep_pause(method)
            try:
                return self._called(method, body)
            except SlackBusy as busy:
                if busy.retry_after is None:
                    raise
                self._pause(method, busy.retry_after)
        raise SlackBusy(SHORT, is_undone=True)

    def attempt(self, method: str, **body: Any) -> Body | None:
        """As :meth:`call`, for what can be done without: None when it fails, and not tried where it is missing."""
        if not self.may_have(method):
            return None
        try:
            return self.call(method, **body)
        except SlackRefused as refused:
            self.note_refusal(method, refused)
        except SlackBusy:
            pass
        return None

    def may_have(self, method: str) -> bool:
        """Whether a method is worth trying: it was not found missing of late."""
        with self._lock:
            found = self._missing.get(method)
            return found is None or self._now() - found > FORGOTTEN

    def note_refusal(self, method: str, refused: SlackRefused) -> None:
        """Remember a method that is missing."""
        if refused.error in MISSING:
            with self._lock:
                self._missing[method] = self._now()
            log.warning("Slack has no %s for this app: %s", method, refused.error)

    def respond(self, url: str, body: Body) -> None:
        """Post to the address that came with a command or a button; only to Slack, whatever a body says.

        Raises SlackRefused and SlackBusy.
        """
        if not self._is_slack(url):
            raise SlackRefused("foreign_response_url", "response_url")
        self._keep_pause(url)
        try:
            said = WebhookClient(url, timeout=TIMEOUT, logger=QUIET, retry_handlers=[]).send_dict(body)
        except (OSError, ValueError, SlackClientError):
            raise SlackBusy from None
        try:
            error = "" if said.status_code < 300 else "expired_url"
            raise_for(said.status_code, said.headers, error, "response_url")
        except SlackBusy as busy:
            if busy.retry_after is not None:
                self._pause(url, busy.retry_after)
            raise

    def _called(self, method: str, body: Body) -> Body:
        do = getattr(self._client, method.replace(".", "_"))
        try:
            said = do(**body)
        except SlackApiError as error:
            data = error.response.data
            name = word_of(data.get("error") if isinstance(data, dict) else None)
            raise_for(error.response.status_code, error.response.headers, name, method)
            raise SlackRefused("unreadable", method) from None
        except OSError as error:  # URLError and timeouts among them
            raise SlackBusy(is_late=isinstance(error, TimeoutError)) from None
        except Exception as error:  # a reply that the library cannot read
            raise SlackBusy from error
        return said.data if isinstance(said.data, dict) else {}

    def _keep_pause(self, method: str) -> None:
        """Waits until a pause is over that is short; raises SlackBusy for a longer one."""
        with self._lock:
            left = self._until.get(method, 0.0) - self._now()
        if left > SHORT:
            raise SlackBusy(left, is_undone=True)
        if left > 0:
            self._wait(left)

    def _pause(self, method: str, seconds: float) -> None:
        with self._lock:
            now = self._now()
            self._until = {name: until for name, until in self._until.items() if until > now}
            self._until[method] = max(self._until.get(method, 0.0), now + seconds + MARGIN)

    def _is_slack(self, url: str) -> bool:
        own = urlsplit(self._client.base_url)
        try:
            given = urlsplit(url)
            host, user = given.hostname, given.username
        except ValueError:
            return False
        is_here = is_loopback(own.hostname) and is_loopback(host)
        is_own = is_here or (given.scheme, host) == (own.scheme, own.hostname)
        is_safe = given.scheme == "https" or (given.scheme == "http" and is_own)
        return is_safe and user is None and (is_here or host in (HOOKS, own.hostname))


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine, by whatever name."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def raise_for(status: int, headers: Mapping[str, Any], error: str, method: str) -> None:
    """Raises what a reply's status and error mean; an ``error`` that is empty is none."""
    if status == 429 or error in ("ratelimited", "rate_limited"):
        raise SlackBusy(seconds_of(headers), is_undone=True)
    if status >= 500 or error in ("internal_error", "fatal_error", "service_unavailable", "request_timeout"):
        raise SlackBusy
    if status in (404, 405) and method != "response_url":
        raise SlackRefused("unknown_method", method)
    if error:
        raise SlackRefused(error, method)


def word_of(error: object) -> str:
    """Slack's word for a fault; what is none (a page of a proxy, which the library hands on whole) is not passed on."""
    return error if isinstance(error, str) and re.fullmatch("[A-Za-z0-9_.:-]{1,80}", error) else "unreadable"


def seconds_of(headers: Mapping[str, Any]) -> float:
    """How long Slack asks to wait."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    said = said[0] if isinstance(said, (list, tuple)) and said else said
    try:
        seconds = float(str(said))
    except ValueError:
        return UNSAID
    return seconds if 0 <= seconds < 86_400 else UNSAID
