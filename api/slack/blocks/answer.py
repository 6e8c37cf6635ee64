"""An answer as messages: its words, its notices, its numbered sources, and what can be done next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from api.schemas.talk import ChatReply
from assistant.records import Answer, AnswerFigure

from ..links import Links
from . import limits
from .cutting import figures_of, first_of, length, said_of, within
from .escaping import label, literal, one_line, sendable, shortened
from .message import HAND_OVER, RATE, SHARE, SUGGEST, Block, Message
from .packing import Item, Line, Piece, Rows, packed
from .rich import with_figures, words
from .shape import Paragraph, Points, first_sentence, shapes_of
from .sources import source_lines
from .spots import spots_of

Told = ChatReply | Answer

#: Where an answer can be seen whole that a private reply has no room for.
ELSEWHERE = "ダイレクトメッセージかチャンネルのスレッドで質問すると、全部を表示します。"
_MARKER = re.compile(r"\[(\d+)\]")


def answer_messages(
    reply: ChatReply,
    links: Links,
    *,
    echo: str = "",
    private: bool = False,
    can_hand_over: bool = False,
) -> list[Message]:
    """An answer as one message or, where it is long, several; the buttons stand in the last.

    ``echo`` is the question, where it is no message of its own.  ``private``: only the asker sees it, and may share it
    with the channel.  ``can_hand_over``: there are people to ask; never offered in private.
    """
    last = [*_suggestions(reply), *_thumbs(reply), *_next_steps(reply, private, can_hand_over)]
    if private:
        return private_messages(reply, links, echoed(echo), last)
    return packed([*echoed(echo), *answer_pieces(reply, links)], last)


def private_messages(reply: ChatReply, links: Links, before: Sequence[Piece], last: Sequence[Block]) -> list[Message]:
    """An answer in as few messages as Slack takes for one person: its first lines with the sources that they name.

    The last message says how much is left out, and where it can be seen.
    """
    whole = list(text_pieces(reply.text, reply.figures))
    notices = notice_lines(reply.notices)
    count = sum(map(length, whole))

    def made(most: int) -> list[Message]:
        shown = whole if most == count else first_of(whole, most)
        named = set(_MARKER.findall(" ".join(map(said_of, shown))))
        cited = [one for one in reply.citations if most == count or str(one.marker) in named]
        kept = notices if most else []  # where not even they have room
        figures = sum(map(figures_of, whole)) - sum(map(figures_of, shown))
        counts = {"数値": figures, "出典": len(reply.citations) - len(cited), "注意書き": len(notices) - len(kept)}
        note = [] if most == count else [_left_out(counts)]
        return packed([*before, *shown, *kept, *source_lines(cited, links), *note], last)

    return within(limits.PRIVATE, count, made)


def _left_out(counts: Mapping[str, int]) -> Line:
    told = "・".join(f"{name}{count}件" for name, count in counts.items() if count)
    return Line(
        words(f"回答が長いため、続き{f'（{told}）' if told else ''}は表示していません。{ELSEWHERE}"), opens=True
    )


def echoed(question: str) -> list[Piece]:
    """The question that is answered, in one line."""
    told = shortened(one_line(question), limits.QUESTION)
    return [Line([*words("質問: ", bold=True), *words(told)], opens=True)] if told else []


def answer_pieces(told: Told, links: Links) -> list[Piece]:
    """The words of an answer with its notices and sources."""
    return [*text_pieces(told.text, told.figures), *notice_lines(told.notices), *source_lines(told.citations, links)]


def notice_lines(notices: Sequence[str]) -> list[Piece]:
    """What is to be kept in mind of an answer."""
    told = [one for one in map(one_line, notices) if one]
    return [Line(words(f"※{one}", italic=True), opens=at == 0) for at, one in enumerate(told)]


def text_pieces(told: str, figures: Sequence[AnswerFigure]) -> Iterator[Piece]:
    """A text as lines, lists and tables, its figures in bold; its first sentence stands by itself."""
    text = literal(told)
    spots = spots_of(text, figures)
    is_first = True
    for shape in shapes_of(text):
        if isinstance(shape, Paragraph):
            start, end = shape.run
            middle = first_sentence(text, shape.run) if is_first else end
            yield Line(with_figures(text, start, middle, spots), opens=True)
            if text[middle:end].strip():
                yield Line(with_figures(text, middle, end, spots), opens=True)
        elif isinstance(shape, Points):
            for at, run in enumerate(shape.runs):
                yield Item(with_figures(text, *run, spots), opens=at == 0)
        else:
            yield Rows(
                [with_figures(text, *run, spots) for run in shape.head],
                [[with_figures(text, *run, spots) for run in row] for row in shape.rows],
            )
        is_first = False


def _suggestions(reply: ChatReply) -> list[Block]:
    """What may be asked next.  The value says it whole; the label as much as a button has room for."""
    told = [one for one in reply.suggestions if one_line(one) and len(one) <= limits.SUGGESTION]
    values = [(one, _value(question=one, conversation=reply.conversation_id)) for one in told]
    fitting = [(one, value) for one, value in values if len(value) <= limits.BUTTON_VALUE][: limits.SUGGESTIONS]
    buttons = [_button(f"{SUGGEST}:{at}", label(one), value) for at, (one, value) in enumerate(fitting)]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _thumbs(reply: ChatReply) -> list[Block]:
    """Whether it helped; a question that is asked back is no answer."""
    if reply.status == "clarify" or not reply.answer_id:
        return []
    up, down = (
        {"text": _plain(text), "value": f"{reply.answer_id}:{rating}", "accessibility_label": spoken}
        for text, rating, spoken in (
            ("役に立った", "up", "この回答は役に立った"),
            ("役に立たなかった", "down", "この回答は役に立たなかった"),
        )
    )
    buttons = {"type": "feedback_buttons", "action_id": RATE, "positive_button": up, "negative_button": down}
    return [{"type": "context_actions", "elements": [buttons]}]


def _next_steps(reply: ChatReply, private: bool, can_hand_over: bool) -> list[Block]:
    value = _value(conversation=reply.conversation_id, answer_id=reply.answer_id)
    if private:
        return [{"type": "actions", "elements": [_button(SHARE, "チャンネルに共有", value)]}]
    if not can_hand_over:
        return []
    asked = {
        "title": _plain("人に相談しますか？"),
        "text": _plain("このスレッドのやり取り（質問と回答）が、相談担当のチャンネルに表示されます。"),
        "confirm": _plain("相談する"),
        "deny": _plain("やめる"),
    }
    button = _button(HAND_OVER, "人に相談", value) | {"confirm": asked}
    return [{"type": "actions", "elements": [button]}]


def _button(action: str, text: str, value: str) -> Block:
    return {"type": "button", "action_id": action, "text": _plain(text), "value": value}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _value(**fields: str) -> str:
    """JSON that holds no ``<``: what a button carries is never the beginning of a mention either."""
    return sendable(json.dumps(fields, ensure_ascii=False)).replace("<", "\\u003c")
