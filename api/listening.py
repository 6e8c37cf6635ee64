"""How much of what was said before is listened to.

Every earlier question of the asker is understood anew, and that costs by its length: a history from anybody must not
keep the server busy for long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Turn

LONGEST = 4_000  # characters of the asker's turns together
MOST = 20  # of them


def listened(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The asker's newest turns, at most ``MOST`` of ``LONGEST`` characters together, with what was answered to them.

    A turn that does not fit any more is left out with all before it; the newest one is cut when it is too long itself.
    """
    newest: list[Turn] = []
    room, asked = LONGEST, 0
    for turn in reversed(turns):
        if turn.role == "user" and turn.content.strip():
            said = turn if asked else replace(turn, content=turn.content[:LONGEST])
            room -= len(said.content)
            asked += 1
            if room < 0 or asked > MOST:
                break
            turn = said
        newest.append(turn)
    return tuple(reversed(newest))
