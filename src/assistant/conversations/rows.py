"""The statements of the store, each on a connection that its caller has begun a transaction on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from .records import Kept, Said, answer_of
from .tables import conversations, feedback, messages

Values = dict[str, str | None]


def last_said(file: Connection, conversation_id: str, most: int) -> tuple[Said, ...] | None:
    """The last messages, oldest first, without their answers; None for an unknown conversation."""
    columns = (messages.c.number, messages.c.role, messages.c.content, messages.c.answer_id, messages.c.at)
    last = _of(select(*columns), conversation_id).order_by(messages.c.number.desc()).limit(most)
    rows = file.execute(last).all()
    said = (Said(row.role, row.content, row.answer_id, at=row.at) for row in reversed(_there(rows)))
    return tuple(said) if rows else None


def all_said(file: Connection, conversation_id: str) -> tuple[Said, ...] | None:
    """Every message, oldest first; None for an unknown conversation."""
    rows = file.execute(_of(select(messages), conversation_id).order_by(messages.c.number)).all()
    return tuple(map(_said, _there(rows))) if rows else None


def locked(file: Connection, conversation_id: str) -> bool:
    """Whether there is such a conversation; until the end of the transaction nobody else changes it."""
    one = select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update()
    return file.execute(one).first() is not None


def make(file: Connection, conversation_id: str, at: int) -> None:
    """Open a conversation.  IntegrityError when there is one."""
    file.execute(insert(conversations).values(id=conversation_id, created=at, used=at))


def answered(file: Connection, conversation_id: str, key: str) -> Kept | None:
    """The answer that was kept under a key, with its question, which stands right before it."""
    asked = messages.alias()
    own = (asked.c.conversation == messages.c.conversation) & (asked.c.number == messages.c.number - 1)
    columns = select(messages.c.answer_id, messages.c.answer, asked.c.content)
    both = columns.select_from(messages.outerjoin(asked, own))
    row = file.execute(both.where(messages.c.conversation == conversation_id, messages.c.key == key)).first()
    return Kept(row.answer_id, answer_of(row.answer), row.content) if row else None


def append(file: Connection, conversation_id: str, at: int, said: Sequence[Values], most: int) -> None:
    """Append messages and forget the oldest beyond ``most``."""
    last = select(messages.c.number).where(messages.c.conversation == conversation_id)
    number = file.execute(last.order_by(messages.c.number.desc()).limit(1)).scalar() or 0
    for one in said:
        number += 1
        file.execute(insert(messages).values(conversation=conversation_id, number=number, at=at, **one))
    file.execute(update(conversations).where(conversations.c.id == conversation_id).values(used=at))
    if number > most:
        old = messages.c.number <= number - most
        file.execute(delete(messages).where(messages.c.conversation == conversation_id, old))


def whose(file: Connection, answer_id: str) -> str | None:
    """The conversation that an answer was given in."""
    return file.execute(select(messages.c.conversation).where(messages.c.answer_id == answer_id)).scalar()


def rate(file: Connection, conversation_id: str, answer_id: str, values: dict[str, Any]) -> None:
    """Keep a rating in place of an earlier one, whose comment stays without another.  The conversation is locked."""
    said = {name: value for name, value in values.items() if name != "comment" or value is not None}
    changed = file.execute(update(feedback).where(feedback.c.answer_id == answer_id).values(**said))
    if not changed.rowcount:
        file.execute(insert(feedback).values(answer_id=answer_id, conversation=conversation_id, **values))


def drop(file: Connection, conversation_ids: Sequence[str]) -> int:
    """Drop conversations with all that belongs to them; gives how many there were."""
    if not conversation_ids:
        return 0
    return file.execute(delete(conversations).where(conversations.c.id.in_(conversation_ids))).rowcount


def unused_since(file: Connection, before: int, most: int) -> Sequence[str]:
    """Conversations that were last used before a time, without those that another process is dropping."""
    old = select(conversations.c.id).where(conversations.c.used < before).limit(most)
    return file.execute(old.with_for_update(skip_locked=True)).scalars().all()


def _of(columns: Select[Any], conversation_id: str) -> Select[Any]:
    """Rows of a conversation's messages: one without a message when it is empty, none when it is unknown."""
    return columns.select_from(conversations.outerjoin(messages)).where(conversations.c.id == conversation_id)


def _there(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    return [row for row in rows if row.number is not None]


def _said(row: Row[Any]) -> Said:
    return Said(row.role, row.content, row.answer_id, answer_of(row.answer) if row.answer else None, row.at)
