"""How far a job is, as the text that is kept with it: for each part that is told what became of it."""

from __future__ import annotations

import json
from typing import Any

State = dict[str, Any]  # of a part: {} about to be posted; "ts" posted; "how": "stream"; "done" says what it must


def read(progress: str) -> dict[str, State]:
    """The parts of a job's progress; none of a text that is no such thing."""
    try:
        parts = json.loads(progress) if progress else {}
    except ValueError:
        return {}
    return {name: state for name, state in parts.items() if isinstance(state, dict)} if isinstance(parts, dict) else {}


def text_of(parts: dict[str, State]) -> str:
    """Parts as they are kept."""
    return json.dumps(parts, separators=(",", ":"))


def is_unsure(progress: str) -> bool:
    """Whether something was about to be posted of which nobody knows yet whether it was."""
    return any("ts" not in state and not state.get("done") for state in read(progress).values())
