"""The row of an office that words say: 「労政課」, whose name is too short to be found as one."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..index import Index
from ..programs.names import match_form
from ..records import FactKind, Program

_OFFICE = re.compile(r"(?P<name>[^の、\s]+[課室部局係])(?:の?(?:小計|合計|計|予算額?))?$")
_SUM = re.compile(r"(?:小計|合計|計)$")


def is_office(text: str) -> bool:
    """Whether words end as an office's name does: they describe no program."""
    return _OFFICE.search(text) is not None


def office_row(text: str, documents: Collection[str], index: Index) -> Program | None:
    """The one row with a budget that an office has of its own in some documents."""
    said = _OFFICE.search(text)
    if said is None:
        return None
    rows = [one for one in index.programs.values() if one.document in documents and one.role != "program"]
    named = [one for one in rows if _SUM.sub("", match_form(one.program)) == match_form(said["name"])]
    stating = [one for one in named if FactKind.BUDGET in index.kinds_of(one.id)]
    homes = {one.document for one in stating}
    return stating[0] if len(homes) == 1 else None
