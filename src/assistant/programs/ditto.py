"""A ditto mark in a name: 「〃（借換）」 below 「経営安定資金（売上減少対応）」 is 経営安定資金（借換）."""

from __future__ import annotations

import re
from dataclasses import replace

from .names import squeeze
from .parts import Part

_MARK = re.compile(r"^(?:[〃″”“]|々|同上|同)[\s　]*(?=[（(【〔［])|^(?:[〃″”“]|同上)[\s　]*(?=[^\s　])")
_SAME = re.compile(r"^(?:〃|″|”|々|同上|同左|同じ)$")
_OFFICE = re.compile(
    r"^同[\s　]+(?P<office>[^\s　（）()]{1,12}(?:支所|支部|支店|出張所|事務所|営業所|本所|センター|課|室|係))$"
)
_OWN = re.compile(r"[\s　]*[（(【〔［][^（）()【】〔〕［］]*[)）】〕］]$")


def _of_same_body(part: Part, above: Part) -> str | None:
    """「同　南部支所」 below 「○○信用保証協会　保証推進課」: another office of the same body."""
    own, other = _printed(part), _printed(above)
    found = _OFFICE.match(own or "")
    body = re.split(r"[\s　]+", other.strip())[0] if other else ""
    return squeeze(body + found["office"]) if found and len(body) >= 4 and not body.startswith("同") else None


def _printed(part: Part) -> str | None:
    """The cell that the part is named after, with its spaces."""
    cells = part.row.cells.values() if part.row else ()
    return next((cell.text for cell in cells if squeeze(cell.text) == part.name), None)


def with_ditto(part: Part, above: Part | None) -> Part:
    """``part`` with the name, and the offices, of the program ``above`` it for the marks that stand for them."""
    if above is not None and part.departments and all(_SAME.match(office) for office in part.departments):
        part = replace(part, departments=above.departments)
    if above is not None and above.role == part.role and (named := _of_same_body(part, above)):
        return replace(part, name=named)
    mark = _MARK.match(part.name)
    if mark is None or above is None or above.role != part.role:
        return part
    return replace(part, name=squeeze(_OWN.sub("", above.name) + part.name[mark.end() :]))
