"""How much Slack takes.  A message that is larger than any of these is refused whole, so each is kept beforehand."""

from __future__ import annotations

from typing import Final

#: What docs.slack.dev/reference/block-kit says.
BLOCKS: Final = 50  # of a message
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
URL: Final = 3_000
TABLE_ROWS: Final = 100  # its head included
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000  # of all cells together

#: Longer texts of a message may be cut by Slack; 4,000 is what it recommends.
FALLBACK: Final = 3_500

#: All blocks together, as JSON.  Slack documents none; messages of 13,200 characters were seen refused
#: (``msg_blocks_too_long``), so there is some room left.
MESSAGE: Final = 11_000
#: What is never parted: one portion of a text, one row of a table.
PORTION: Final = 2_500
#: Words that are put together before a new element begins.
RUN: Final = 400

#: What is shown of a name, a title, or a question that was asked elsewhere.
NAME: Final = 120
QUESTION: Final = 300
#: Suggestions that are shown, and the longest of them.
SUGGESTIONS: Final = 4
SUGGESTION: Final = 400

#: Messages that only the asker sees: Slack takes five at the address of a command or a button, within 30 minutes, and
#: one is kept for what may have to be said instead.
PRIVATE: Final = 4
