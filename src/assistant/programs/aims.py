"""Whose aims a table of indicators holds: the policy or the program that its rows or its heading name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..columns import Indicator
from ..layout.roles import header_role
from .names import clean_name, is_name
from .parts import Part
from .titles import is_generic, program_in, without_year

_IN_BRACKETS = re.compile(r"[（(](?P<name>[^（）()]{4,40})[)）]$")  # 「創業件数（創業応援事業）」


def aim_parts(aims: Sequence[Indicator], path: tuple[str, ...], title: str) -> tuple[Part, ...]:
    """A part for each row; the aims that no row gives to anyone are those of the heading, else of the document."""
    telling = [head for head in path if not is_generic(head) and header_role(head) not in ("indicator", "target")]
    heading = without_year(telling[-1]) if telling else without_year(title)
    parts = []
    for aim in aims:
        inner = _IN_BRACKETS.search(aim.name)
        named = program_in(inner["name"]) if inner and not is_name(clean_name(aim.whose)) else None
        name = named or clean_name(aim.whose)
        own = is_name(name)
        called = () if named or (own and aim.of_program) else _called(aim.name)
        parts.append(
            Part(
                name=name if own else heading,
                printed=aim.name,
                form="section",
                line_start=aim.line,
                line_end=aim.line_end,
                role="program" if named or (own and aim.of_program) else "total",
                section=path or (title,),
                aliases=called,
            )
        )
    return tuple(parts)


def _called(indicator: str) -> tuple[str, ...]:
    """What people ask for when they mean a policy's aim: its indicator, without 「（累計）」 too."""
    whole = clean_name(indicator)
    names = (whole, re.sub(r"[（(][^（）()]*[)）]$", "", whole).strip())
    return tuple(dict.fromkeys(name for name in names if is_name(name) and len(name) >= 5))
