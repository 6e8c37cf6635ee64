"""The addresses of resources: how they are written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

DOCUMENTS = "assistant://documents"
#: Templates, as RFC 6570 writes them.
DOCUMENT = DOCUMENTS + "/{id}"
LINES = DOCUMENT + "/lines/{start}-{end}"
PASSAGE = "assistant://passages/{id}"

_ONE = re.compile(r"assistant://documents/(?P<id>[^/?#]{1,1100})(?:/lines/(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}))?")
_PASSAGE = re.compile(r"assistant://passages/(?P<id>-?[0-9]{1,20})")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address names: the list (no field is set), a document, lines of it, or a passage."""

    document: str | None = None
    lines: tuple[int, int] | None = None
    passage: str | None = None


def document_uri(name: str) -> str:
    """The address of a document."""
    return f"{DOCUMENTS}/{quote(name, safe='')}"


def lines_uri(name: str, first: int, last: int) -> str:
    """The address of lines of a document, both 1-based and inclusive."""
    return f"{document_uri(name)}/lines/{first}-{last}"


def passage_uri(name: str | int) -> str:
    """The address of a passage."""
    return f"assistant://passages/{name}"


def address_of(uri: str) -> Address | None:
    """What an address names; None for one that is none of ours."""
    if uri.rstrip("/") == DOCUMENTS:
        return Address()
    if found := _PASSAGE.fullmatch(uri):
        return Address(passage=found["id"])
    found = _ONE.fullmatch(uri)
    if found is None:
        return None
    try:
        name = unquote(found["id"], errors="strict")
    except UnicodeDecodeError:
        return None
    lines = (int(found["start"]), int(found["end"])) if found["start"] else None
    return Address(document=name, lines=lines)
