"""What one check may cost: a text and a program's name from anybody must not keep the server busy for long.

The time of a check grows with its figures times the facts that each is held against, the reply with both as well.
Both are known before anything is checked.
"""

from __future__ import annotations

from itertools import islice

from assistant.figures import find_figures
from assistant.index import Index
from assistant.tokens import fold

from .problems import Problem
from .schemas.checking import MAX_TEXT

MAX_FIGURES = 2000
MAX_COMPARED = 500_000  # figures times facts; about a second
PIECE = 2000  # characters in which figures are counted at once, so that counting ends soon after the limit


def check_bounds(text: str, program: str | None, index: Index) -> None:
    """Raises a Problem for a text too long or with too many figures, or a name that fits too many facts for them."""
    if len(text) > MAX_TEXT:
        raise Problem(
            422,
            "text_too_long",
            f"text: it has {len(text):,} characters, {MAX_TEXT:,} are read.",
            "Check it in parts.",
        )
    figures = figure_count(text)
    if figures > MAX_FIGURES:
        raise Problem(
            422,
            "too_many_figures",
            f"The text has more than {MAX_FIGURES:,} figures.",
            f"Check it in parts of at most {MAX_FIGURES:,} figures.",
        )
    if program and figures * facts_named(program, index) > MAX_COMPARED:
        raise Problem(
            422,
            "program_too_wide",
            "The name fits too many programs for so many figures.",
            'Write more of the name in "program", leave it out, or check the text in parts.',
        )


def figure_count(text: str) -> int:
    """How many figures a text has, counted to just above the limit; one cut by a piece's end may count twice."""
    found = (figure for at in range(0, len(text), PIECE) for figure in find_figures(text[at : at + PIECE]))
    return sum(1 for _ in islice(found, MAX_FIGURES + 1))


def facts_named(name: str, index: Index) -> int:
    """How many facts the programs have whose name, alias or part holds ``name``."""
    part = fold(name)
    return sum(count for names, count in index.keep(sizes, lambda: sizes(index)) if any(part in one for one in names))


def sizes(index: Index) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Each program's folded names, with how many facts it has."""
    return tuple(
        (tuple(map(fold, (one.program, *one.aliases, *one.subprograms))), len(index.facts_of(one.id)))
        for one in index.programs.values()
    )
