"""Which split a case belongs to: decided by its programs, so that no program is tuned on and measured with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from ..texts import folded
from .audit import Truth
from .case import FROZEN, TUNE, Case, Named
from .names import Names

ACROSS, OUTSIDE = "across", "outside"  # cases of several documents, and of none
RUN = 24  # lines of a document whose programs fall into one split


def split_of(case: Case, truth: Truth) -> str:
    """``frozen`` when one of the programs is, or when a case without programs falls there by its id.

    Programs fall into one half in runs, as their document prints them: what is asked about a whole section stays in
    one split more often than if each fell for itself.
    """
    keys = [_run(one, truth) for one in case.programs] or [case.id]
    return FROZEN if any(sha256(key.encode()).digest()[0] % 2 for key in keys) else TUNE


def _run(named: Named, truth: Truth) -> str:
    lines = (row.line for row in truth.tables.get(named.document, ()) if folded(row.program) == folded(named.program))
    return f"{named.document}/{next(lines, 0) // RUN}"


def file_of(case: Case, truth: Truth) -> str:
    """The name of the file that a case belongs in."""
    name = OUTSIDE if not case.documents else case.documents[0] if len(case.documents) == 1 else ACROSS
    return f"{name}.{split_of(case, truth)}.jsonl"


def sorted_out(cases: Iterable[Case], names: Names, truth: Truth) -> dict[str, list[Case]]:
    """The cases by the file they belong in, each file in the order in which they came."""
    files: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        files[file_of(names.case(case), truth)].append(case)
    return dict(files)
