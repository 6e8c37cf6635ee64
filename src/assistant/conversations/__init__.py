"""Conversations, feedback and what is still to be done, kept in SQLite or PostgreSQL.

::

    setting ─addresses─▶ URL ─engines─▶ Engine ─migrating─▶ Store ─tidying─▶ kept as long as the retention says
    question, Answer, comment ─hiding, masking─▶ rows (``tables``)
    what is to be done ─Store.jobs─▶ job_rows ─▶ whoever takes it, in this process or another

``Store`` is what surfaces use; ``masking`` serves logs too.
"""

from __future__ import annotations

from .faults import StoreNewer, StoreUnavailable
from .jobs import Job, Jobs
from .masking import masked
from .records import Kept, Said, new_id
from .store import Store
from .tidying import keep_tidy

__all__ = ["Job", "Jobs", "Kept", "Said", "Store", "StoreNewer", "StoreUnavailable", "keep_tidy", "masked", "new_id"]
