"""What was deleted leaves the files of an SQLite database.

``secure_delete`` writes zeros over deleted rows, but pages as they were before still stand in the write-ahead log until
it is moved into the file and cut.  That costs a few milliseconds and waits for whoever reads, so it is done after a
deletion and not after each write.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from sqlalchemy.engine import Engine

from .engines import WAIT

PATIENCE = 1.0  # seconds for others who read to be done
PAUSE = 0.01


def erase(engine: Engine) -> bool:
    """Empty the write-ahead log; False when others were busy with it all the time."""
    until = time.monotonic() + PATIENCE
    while not _emptied(engine):
        if time.monotonic() >= until:
            return False
        time.sleep(PAUSE)
    return True


def _emptied(engine: Engine) -> bool:
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")  # it would hold up who writes for as long as it waits for who reads
        try:
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # locked
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        return not busy
