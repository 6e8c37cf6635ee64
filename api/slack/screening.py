"""Whose requests are heard: people's, of the workspaces that may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .bodies import Body
from .calling import Bot

SLACKBOT = "USLACKBOT"  # its messages bear no bot_id
SAID = frozenset({"", "file_share", "thread_broadcast"})  # subtypes of what a person has just said


@dataclass(frozen=True, slots=True)
class Screen:
    """``teams`` are ids of workspaces (T…) or organisations (E…) that may ask; with none, the bot's own may."""

    bot: Bot
    teams: frozenset[str] = frozenset()

    def lets_in(self, body: Body) -> bool:
        """Whether a body, as :func:`api.slack.bodies.known` leaves it, is heard."""
        return self._is_at_home(body) and self._is_persons(body.get("event", {}))

    def _is_persons(self, event: Body) -> bool:
        """Whether an event does not come from a bot: not this one, so that it never talks to itself, and no other."""
        bots = (event.get("bot_id"), event.get("app_id"), event.get("bot_profile"))
        return not any(bots) and event.get("user", "") not in {SLACKBOT, self.bot.user} - {""}

    def _is_at_home(self, body: Body) -> bool:
        """Whether everybody who is named belongs to a workspace that may ask: a shared channel has strangers too."""
        allowed = self.teams or ({self.bot.team} if self.bot.team else frozenset())
        if not allowed:  # Slack did not say whose the bot is; its signature is all that there is
            return True
        sides = [body, *body.get("authorizations", ())]
        homes = [(own_team(side), organisation(side)) for side in sides]
        if any((team or whole) and not {team, whole} & allowed for team, whole in homes):
            return False
        wholes = {whole for _, whole in homes if whole}
        if wholes & allowed and body.get("is_ext_shared_channel") is False:
            return True  # all of the organisation may ask, and nobody else is there
        own = allowed | wholes
        return all(team in own for team in actors(body))


def own_team(body: Body) -> str:
    """The workspace that a body was made for; empty when it does not say."""
    return str(body.get("team_id") or body.get("team", {}).get("id") or "")


def organisation(body: Body) -> str:
    """The organisation that it belongs to; empty when there is none."""
    of_team = body.get("team", {}).get("enterprise_id")
    return str(body.get("enterprise_id") or body.get("enterprise", {}).get("id") or of_team or "")


def actors(body: Body) -> set[Any]:
    """The workspaces, or organisations, of whoever acts."""
    event, user = body.get("event", {}), body.get("user", {})
    named = (event.get("team"), event.get("user_team"), event.get("source_team"), user.get("team_id"))
    return {team for team in named if team}
