"""What is told, as Block Kit: each function gives whole messages within Slack's limits, escaped, ready to be sent."""

from __future__ import annotations

from .answer import answer_messages
from .checking import check_messages
from .handing import handover_messages
from .message import Message

__all__ = ["Message", "answer_messages", "check_messages", "handover_messages"]
