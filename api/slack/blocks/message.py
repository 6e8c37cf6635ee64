"""A message as it is sent, and the names by which its buttons are known again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

#: action_id of each button; what follows a colon tells buttons of one sort apart.
SUGGEST = "suggest"  # suggest:0 …; value: JSON {"question", "conversation"}
RATE = "rate"  # feedback_buttons; value: "<answer_id>:up" or "<answer_id>:down"
HAND_OVER = "hand_over"  # value: JSON {"conversation", "answer_id"}
SHARE = "share"  # value: JSON {"conversation", "answer_id"}
#: callback_id of the message shortcut 金額を確認.
CHECK_AMOUNTS = "check_amounts"
#: The slash command.
COMMAND = "/hojokin"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``blocks`` for the screen, ``text`` (mrkdwn, escaped) for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]
