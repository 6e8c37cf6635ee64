"""What stands around every route: ids, log lines, counters, headers, other sites' leave, rates.

:func:`add_gate` puts it around an application and gives the :class:`Gate`, which holds the application's counters.
"""

from __future__ import annotations

from .adding import Gate, add_gate
from .metrics import Metrics

__all__ = ["Gate", "Metrics", "add_gate"]
