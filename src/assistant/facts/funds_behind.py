"""Sources of money in a bracket behind a budget: 「900万円（国庫 300万円、県債 200万円、一般財源 400万円）」."""

from __future__ import annotations

import re

from ..columns.header import FUNDING_ROLES
from ..layout.roles import SHORT_SOURCES, source_role
from ..programs.names import squeeze
from ..records import FactKind, Figure
from .make import Say
from .sources import name_of_source

_NAME = re.compile(
    r"[（(〔［\[、，,・／/\s　](?:財源|財源内訳|内訳)?[\s　：:は、]*(?:うち)?[\s　、]*"
    r"(?P<name>その他[一-龥]{0,6}|国・[県都道府]支出金|[一-龥ァ-ヶー]{1,12})"
    r"(?:[（(][^（()）0-9０-９]{1,16}[)）])?[\s　：:]*(?:約)?$"
)
_YEAR = re.compile(r"前年|昨年|年度|補正|当初")


def fund_behind(raw: str, figure: Figure, within: int) -> Say | None:
    """What an amount is by the name of a source of money right before it; None without such a name.

    ``within`` is where the amount before it ends.
    """
    found = _NAME.search(raw[within : figure.start])
    if found is None or _YEAR.search(found["name"]):
        return None
    role = source_role(found["name"]) or SHORT_SOURCES.get(found["name"])
    if role not in FUNDING_ROLES:
        return None
    other = name_of_source(found["name"]) if role == "funding_other" else None
    return Say(FactKind(role), item=squeeze(found["name"]), condition=other)
