"""Conversations, their messages, and how answers were found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Makes the tables."""
    _conversations()
    _messages()
    _feedback()


def downgrade() -> None:
    """Drops them."""
    for table in ("feedback", "messages", "conversations"):
        op.drop_table(table)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(128), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_used", "conversations", ["used"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("answer_id", sa.String(128)),
        sa.Column("key", sa.String(128)),
        sa.Column("answer", sa.Text),
        sa.PrimaryKeyConstraint("conversation", "number", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_messages_conversation", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("answer_id", name="uq_messages_answer_id"),
        sa.UniqueConstraint("conversation", "key", name="uq_messages_conversation_key"),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String(128), nullable=False),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("rating", sa.String(8), nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_feedback_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_feedback_conversation", "feedback", ["conversation"])
