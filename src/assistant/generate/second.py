"""A second opinion of what is asked: the whole question of a follow-up, and official terms for everyday words.

What comes back is a proposal, and it is read strictly: with anything but the two kinds of lines, a figure or a region
that the asker did not say, an address or a mark of layout, there is no opinion at all.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..errors import ModelFault
from ..figures import find_figures, same_value
from ..records import Turn
from ..tokens import search_form
from ..understand.places import regions_in
from .leash import Calls
from .messages import Message
from .prompt import asker_turns
from .second_prompt import second_request

LONGEST = 800  # characters of a reply
LONGEST_QUESTION = 300
LONGEST_TERM = 20
MOST_TERMS = 8
_LINE = re.compile(r"(?P<label>質問|用語)\s*[:：](?P<rest>.*)")
_NOTHING = re.compile(r"(?:なし|無し|特になし)?[。.]?")
_TERM = re.compile(r"[一-龠々〆ヶぁ-んァ-ヴーA-Za-z0-9０-９Ａ-Ｚａ-ｚ・＆&/／-]+")
# Marks of layout, of references and of addresses: no sentence of a question holds them.
_STRANGE = re.compile(
    r"[<>＜＞{}｛｝\[\]［］|｜`*＊_＿#＃\\\\^~=＝@＠\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_ADDRESS = re.compile(r"https?|www\.|:/|//|\.(?:com|net|org|jp|io)\b", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")


class Replying(Protocol):
    """What asks a language model: the leash, or replies that were recorded."""

    def reply(self, messages: Sequence[Message], calls: Calls, *, conversation: str | None = None) -> Iterator[str]:
        """The reply as it comes in.  Raises ModelFault."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a language model takes a question.

    ``question`` is the last turn as a whole question, None where it needs none; ``terms`` are official words for
    everyday ones.  One of the two is there.
    """

    question: str | None = None
    terms: tuple[str, ...] = ()


def second_opinion(
    question: str, history: Sequence[Turn], leash: Replying, calls: Calls, conversation: str | None = None
) -> Opinion | None:
    """What a model makes of a question after the asker's earlier turns, by one call.

    None where the model fails, says nothing, or says anything that an opinion must not hold.
    """
    request = second_request(question, history)
    if request is None:
        return None
    try:
        text = _whole(leash.reply(request, calls, conversation=conversation))
    except ModelFault:
        return None
    return None if text is None else read_opinion(text, (*asker_turns(history), question))


def _whole(pieces: Iterator[str]) -> str | None:
    """The text of a reply; None as soon as it is longer than an opinion can be, which ends the call."""
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > LONGEST:
            if isinstance(pieces, Generator):
                pieces.close()
            return None
    return text


def read_opinion(text: str, said: Sequence[str]) -> Opinion | None:
    """A reply as an opinion; ``said`` are the asker's own turns, the last of them the question."""
    if len(text) > LONGEST:
        return None
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None or match["label"] in found:
            return None
        found[match["label"]] = match["rest"].strip()
    every = "\n".join(found.values())
    if _STRANGE.search(every.replace("\n", "")) or _ADDRESS.search(every) or not _is_of_the_asker(every, said):
        return None
    question, terms = _question(found.get("質問", ""), len(said)), _terms(found.get("用語", ""))
    if question is None or terms is None or not (question or terms):
        return None
    return Opinion(question or None, terms)


def _question(text: str, turns: int) -> str | None:
    """The whole question, "" for none; None for one that is too long or completes nothing."""
    if _NOTHING.fullmatch(text):
        return ""
    return text if len(text) <= LONGEST_QUESTION and turns > 1 else None


def _terms(text: str) -> tuple[str, ...] | None:
    """The terms of a line, each once; None where one of them is no term."""
    if _NOTHING.fullmatch(text):
        return ()
    found = tuple(dict.fromkeys(filter(None, (term.strip() for term in re.split("[、,，]", text.rstrip("。"))))))
    sound = all(2 <= len(term) <= LONGEST_TERM and _TERM.fullmatch(term) for term in found)
    return found if sound and len(found) <= MOST_TERMS else None


def _is_of_the_asker(text: str, said: Sequence[str]) -> bool:
    """Whether every digit, figure and region of a text stands in one of the asker's turns."""
    own = "\n".join(said)
    digits = set(_DIGITS.findall(search_form(own)))
    if not set(_DIGITS.findall(search_form(text))) <= digits:
        return False
    figures = find_figures(own)
    if not all(any(same_value(one, other) for other in figures) for one in find_figures(text)):
        return False
    return set(regions_in(text)[0]) <= set(regions_in(own)[0])
