"""The year that a figure is of, where the words before it say that it is the year before its document's."""

from __future__ import annotations

import re

from ..figures import year_number
from ..records import Fact, FactKind

_SAID = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER)
_NEAR = 20  # characters before a figure that say its year
_LAST = re.compile("前年度|昨年度|前年(?!比)|昨年|去年")
_THIS = re.compile("今年度|本年度|当年度|今年|比|から|より")


def year_of(fact: Fact, home: str = "") -> int | None:
    """The western year of a figure: that of its column, or the one before it for 「前年度は20％、５万冊」.

    ``home``: the fiscal year of its document, where it is known; a figure of another one had its year read already.
    """
    own = year_number(fact.fiscal_year)
    if home and own != year_number(home):
        return own
    if _LAST.search(fact.condition or ""):  # its year is told already
        return own
    before = re.split(r"[\t\n。]", fact.quote.split(fact.text)[0])[-1][-_NEAR:]
    said = f"{fact.item or ''} {before}"
    last = fact.kind in _SAID and _LAST.search(said) and not _THIS.search(said)
    return own - 1 if own and last else own
