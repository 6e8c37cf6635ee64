"""Jobs that outlive the process that took them on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is to be done once.

    ``id`` is that of what made it: delivered again it is the same job.  The jobs of a ``lane`` are done one after the
    other.  ``progress`` is how far an earlier owner came, empty at first; ``attempts`` counts the times it was taken,
    this one included; ``created`` is in seconds since 1970.
    """

    id: str
    lane: str
    kind: str
    body: str
    progress: str
    attempts: int
    created: int
