"""A table set apart by spaces beside the label of a field: 「内  容     資金名   限度額   年利」 over its rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from .cells import Cell, TableRow
from .labels import known_labels, plain
from .lines import Line

FEWEST = 3  # columns of such a table, with the label


def print_width(text: str) -> int:
    """Columns of print; a full-width letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def finer_cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that two spaces set apart too."""
    pieces = re.finditer(r"(?:(?![ 　]{2}|　).)+", line.raw)
    found = [piece for piece in pieces if piece.group().strip(" 　")]
    return tuple(
        Cell(place, piece.group().strip(" 　"), piece.end() - len(piece.group().lstrip(" 　")))
        for place, piece in enumerate(found)
    )


def tabbed(raw: str) -> str:
    """The line with a tab for the first space of each gap, at the same places."""
    end = len(raw.rstrip(" 　"))
    start = end - len(raw[:end].lstrip(" 　"))
    return raw[:start] + re.sub(r"[ 　]([ 　]+)|　", r"\t\1", raw[start:end]) + raw[end:]


def without_label(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The header beside the label of a field, without that label; other cells as they are."""
    if len(cells) < FEWEST or cells[0].position or plain(cells[0].text) not in known_labels():
        return cells
    return tuple(replace(cell, position=cell.position - 1) for cell in cells[1:])


def without_label_beside(rows: list[TableRow]) -> list[TableRow]:
    """The rows of such a table, each of which has as many cells as its header has beside the label."""
    header = without_label(rows[0].cells) if len(rows) > 1 else ()
    if not header or len(header) == len(rows[0].cells) or any(row.width != len(header) for row in rows[1:]):
        return rows
    return [replace(rows[0], cells=header, width=len(header)), *rows[1:]]
