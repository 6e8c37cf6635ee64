"""How much memory this process has, and had at most."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak(status: Path = STATUS) -> int:
    """Bytes of the largest resident set of this process so far.

    Linux carries the ``ru_maxrss`` of the process that started this one over the start, so a large parent would be
    counted; its own high-water mark (VmHWM) is not.  Elsewhere ``ru_maxrss`` is right: kilobytes, on macOS bytes.
    """
    if (told := _told("VmHWM", status)) is not None:
        return told
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def held(status: Path = STATUS) -> int:
    """Bytes of the resident set now; where the system does not tell it, the peak."""
    told = _told("VmRSS", status)
    return peak(status) if told is None else told


def _told(name: str, status: Path) -> int | None:
    found = re.search(rf"^{name}:\s+(\d+) kB", status.read_text(), re.MULTILINE) if status.is_file() else None
    return int(found[1]) * 1024 if found else None
