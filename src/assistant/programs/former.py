"""A program's earlier name, printed in brackets behind its own: 「新商品開発事業〈旧 試作支援事業〉」."""

from __future__ import annotations

import re

from .names import clean_name
from .titles import program_in

LONGEST = 200  # letters of a cell that may be a name
_BEHIND = re.compile(
    r"^(?P<name>.{4,}?)[\s　\n]*(?:[〈＜<《](?P<plain>[^〈〉＜＞<>《》]{4,80})[〉＞>》]"
    r"|[（(〔［\[][\s　]*(?:旧(?:事業名?|名称?|制度名?)?|前年度(?:まで)?(?:の(?:事業)?名称?)?|改称前|変更前)"
    r"[\s　]*[：:・]?[\s　\n]*"
    r"(?P<told>[^（）()〔〕［］\[\]]{4,80})[）)〕］\]])[\s　]*$",
    re.S,
)


def without_former(printed: str) -> tuple[str, tuple[str, ...]]:
    """The name alone and the earlier names behind it; what else a bracket holds is left where it is."""
    found = _BEHIND.match(printed) if len(printed) <= LONGEST else None
    if found is None:
        return printed, ()
    former = [clean_name(piece) for piece in re.split(r"[、，,／/・](?=.{4})", found["plain"] or found["told"])]
    whole = clean_name(found["plain"] or found["told"])
    if all(program_in(name) for name in former):
        return found["name"], tuple(former)
    return (found["name"], (whole,)) if program_in(whole) else (printed, ())
