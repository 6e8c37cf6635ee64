"""The tables.  A change here needs a migration in ``migrations/versions``.

Times are whole seconds since 1970 (UTC), but for ``jobs.due``: the two databases agree on integers, not on dates.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

LONGEST_ID = 128

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Index(None, "used"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation", String(LONGEST_ID), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # 1, 2, 3 … in a conversation
    Column("role", String(16), nullable=False),  # user, assistant
    Column("content", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    # With an assistant's message: its id, the client's key of the request, the whole answer as JSON.
    Column("answer_id", String(LONGEST_ID)),
    Column("key", String(LONGEST_ID)),
    Column("answer", Text),
    UniqueConstraint("answer_id"),
    UniqueConstraint("conversation", "key"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", String(LONGEST_ID), primary_key=True),
    Column("conversation", String(LONGEST_ID), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("rating", String(8), nullable=False),  # up, down, -1 … 5
    Column("comment", Text),
    Column("at", BigInteger, nullable=False),
    Index(None, "conversation"),
)

_UNDONE = text("done IS NULL")

jobs = Table(
    "jobs",
    metadata,
    # SQLite counts only what it calls INTEGER, which holds as much as the BIGINT of the other.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", String(LONGEST_ID), nullable=False),
    Column("lane", String(LONGEST_ID), nullable=False),
    Column("kind", String(LONGEST_ID), nullable=False),
    Column("body", Text, nullable=False),
    Column("progress", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", BigInteger, nullable=False),  # milliseconds since 1970: when it may be taken, by whom it may be
    Column("owner", String(LONGEST_ID)),
    Column("created", BigInteger, nullable=False),
    Column("done", BigInteger),
    UniqueConstraint("id"),
    Index(None, "done", "number"),
    Index(None, "lane", "number", sqlite_where=_UNDONE, postgresql_where=_UNDONE),
)
