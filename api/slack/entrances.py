"""The ways by which Slack's requests come in: as the settings, and whoever starts it, say."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import SettingsError
from assistant.settings import Settings

MODES = ("auto", "socket", "http")


@dataclass(frozen=True, slots=True)
class Entrances:
    """Which of the two are open."""

    socket: bool
    http: bool


def entrances(settings: Settings, mode: str = "auto") -> Entrances:
    """The entrances of a mode; ``auto`` opens those that are set up.  Raises SettingsError for what is missing."""
    if mode not in MODES:
        raise SettingsError(f"There is no mode {mode}.", hint=f"Take one of {', '.join(MODES)}.")
    if not settings.slack_bot_token.get_secret_value().strip():
        raise SettingsError(
            "The Slack bot has no token.",
            hint="Set ASSISTANT_SLACK_BOT_TOKEN to the app's xoxb-… (assistant slack --check).",
        )
    has_app_token = bool(settings.slack_app_token.get_secret_value().strip())
    has_secret = bool(settings.slack_signing_secret.get_secret_value().strip())
    if mode == "socket" and not has_app_token:
        raise SettingsError("Socket Mode needs a token.", hint="Set ASSISTANT_SLACK_APP_TOKEN to the app's xapp-….")
    if mode == "http" and not has_secret:
        raise SettingsError(
            "Requests cannot be verified.", hint="Set ASSISTANT_SLACK_SIGNING_SECRET to the app's signing secret."
        )
    if not has_app_token and not has_secret:
        raise SettingsError(
            "Nothing of Slack could come in.",
            hint="Set ASSISTANT_SLACK_APP_TOKEN (Socket Mode) or ASSISTANT_SLACK_SIGNING_SECRET (HTTP).",
        )
    return Entrances(socket=has_app_token and mode != "http", http=has_secret and mode != "socket")
