"""What is told, as Block Kit: each function gives whole messages within Slack's limits, escaped, ready to be sent."""

from __future__ import annotations

from .answer import answer_messages
from .message import Message

__all__ = ["Message", "answer_messages"]
