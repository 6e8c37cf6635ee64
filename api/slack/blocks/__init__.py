"""What is told, as Block Kit: each function gives whole messages within Slack's limits, escaped, ready to be sent."""

from __future__ import annotations

from .message import Message

__all__ = ["Message"]
