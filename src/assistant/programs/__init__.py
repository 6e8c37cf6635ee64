"""Layout → programs, their passages, and the parts of the page each was found in.

Three forms carry programs: a *page* (a name, a budget, then labelled sections or fields: ``pages``,
``blocks``, ``fields``), an *entry* (a name with an amount in a list: ``entries``, ``listed``) and a *row* of a table
(``rows``, ``framed``, ``side_by_side``).  Each finder returns parts; :mod:`.merge` makes one program of the parts
that speak of the same one.  ``names``, ``titles`` and ``headings`` tell a name from what else a page prints.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..layout import Layout
from ..records import Passage, Program
from .blocks import find_blocks
from .entries import find_entries
from .fields import find_fielded, whole_document
from .item_pages import item_pages
from .legend import with_legend
from .listed import holds_list
from .merge import merge
from .named_pages import named_pages, with_words
from .noted import renamed
from .outline_pages import outline_pages
from .own_pages import own_pages, without
from .pages import find_pages
from .parts import Part
from .passages import cut_passages
from .rows import TableReading, find_rows
from .variants import with_variants

__all__ = ["Part", "Split", "TableReading", "split"]


@dataclass(frozen=True, slots=True)
class Split:
    """A document's programs with where each was found; ``parts[i]`` belongs to program ``owners[i]``."""

    programs: tuple[Program, ...]
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]
    owners: tuple[str, ...]
    tables: tuple[TableReading, ...]


def split(layout: Layout) -> Split:
    """Every program of a document; linear in its length.

    Read once more where a program listed in one place has a page elsewhere that the other finders did not see.
    """
    found = _split(layout, [])
    own = own_pages(layout, found.parts)
    return _split(layout, own) if own else found


def _split(layout: Layout, own: list[Part]) -> Split:
    formed = [*named_pages(layout), *item_pages(layout), *outline_pages(layout)]
    own = [*own, *without(formed, own)]
    pages = find_pages(layout)
    pages = [page for page in pages if not holds_list(layout.lines, page)]
    pages += find_blocks(layout, pages)
    fielded = (page for page in find_fielded(layout, pages) if not holds_list(layout.lines, page))
    others = without([*pages, *fielded], own)
    pages = sorted([*(with_words(layout, others) if own else others), *own], key=lambda page: page.line_start)
    whole = whole_document(layout, pages)
    pages = [whole] if whole else pages
    tables = find_rows(layout, pages)
    rows = [part for table in tables for part in table.parts]
    entries = find_entries(layout, pages, rows)
    parts = sorted([*pages, *rows, *entries], key=lambda part: (part.line_start, part.line_end))
    parts = with_legend(layout.lines, parts)
    programs, named, owners = merge(layout.document, parts)
    programs = with_variants(renamed(programs))
    passages = cut_passages(layout, programs, named, owners)
    return Split(programs, passages, named, owners, tables)
