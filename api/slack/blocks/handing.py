"""A conversation for the advisers: who asks, where, and what has been said."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversations import Said

from ..links import Links
from .answer import answer_pieces, text_pieces
from .escaping import literal
from .message import Message
from .packing import Line, Piece, packed
from .rich import link, user, words

SHOWN = 40  # the last so many turns


def handover_messages(transcript: Sequence[Said], *, asker: str, link: str | None, links: Links) -> list[Message]:
    """What the advisers' channel is told.  ``asker`` is a Slack user's id, ``link`` the thread's address."""
    pieces: list[Piece] = [_heading(asker, link)]
    if len(transcript) > SHOWN:
        pieces.append(Line(words(f"（これより前の{len(transcript) - SHOWN}件のやり取りは省きました。）"), opens=True))
    for one in transcript[-SHOWN:]:
        is_answer = one.role == "assistant"
        pieces.append(Line(words("回答" if is_answer else "質問", bold=True), opens=True, keeps=True))
        if one.answer is not None:
            pieces += answer_pieces(one.answer, links)
        elif is_answer:
            pieces += text_pieces(one.content, ())
        else:
            pieces += [Line(words(line)) for line in literal(one.content).split("\n") if line.strip()]
    if not transcript:
        pieces.append(Line(words("このスレッドのやり取りは残っていません。"), opens=True))
    return packed(pieces)


def _heading(asker: str, thread: str | None) -> Line:
    way = link(thread, "スレッドを開く")
    return Line([*user(asker), *words(" さんから相談の依頼です。"), *([*words(" "), *way] if way else [])], opens=True)
