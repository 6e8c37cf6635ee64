"""Which programs somebody means who names one beside a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..index import Index
from ..programs.names import match_form
from ..tokens import fold
from ..understand import Vocabulary
from ..understand.places import regions_in

# What may stand around a name and says nothing of which one is meant.
_AROUND = re.compile(
    r"[\s\u3000「」『』（）()［］【】〔〕\[\]\"'“”・、。,:：／/の]|について|に関して|の件|という?|制度|補助事業|事業|及び|[とや]"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """``programs``: the ids of those meant, of one name, and ``part`` the 枠 or fund, where that was named.

    Where a text fits programs of several names none is meant, and ``names`` are they.
    """

    programs: tuple[str, ...] = ()
    part: str | None = None
    names: tuple[str, ...] = ()


def programs_meant(name: str, index: Index, vocabulary: Vocabulary) -> Meant:
    """What a name means: that of a program or part, with or without a region and brackets, else a piece of one name."""
    return _mentioned(name, index, vocabulary) or _of_one_name(_holding(name, index), None, index)


def _mentioned(name: str, index: Index, vocabulary: Vocabulary) -> Meant | None:
    """The one that is named in full; None where other words stand beside it."""
    said = vocabulary.mentions(name)
    if not said:
        return None
    spans = tuple((one.start, one.end) for one in said)
    regions, rest = regions_in(Vocabulary.without(name, spans), vocabulary.places)
    common = [one for one in said[0].programs if all(one in other.programs for other in said)]
    if (case := _AROUND.sub("", rest)) and not any(_has_case(one, case, index) for one in common):
        return None
    if not common:
        return _of_one_name([program for one in said for program in one.programs], None, index)
    here = [one for one in common if not regions or _region_of(one, index) in regions]
    if not here:
        return Meant()
    return _of_one_name(here, next((one.subprogram for one in said if one.subprogram), None), index)


def _has_case(program: str, case: str, index: Index) -> bool:
    """Whether other words beside a program's name are those of a case of it: 「…の原則枠」."""
    return any(fold(case) in fold(fact.condition or "") for fact in index.facts_of(program))


def _region_of(program: str, index: Index) -> str:
    return index.documents[index.programs[program].document].region


def _holding(name: str, index: Index) -> list[str]:
    """The programs of which a name, an alias or a part holds the text."""
    part = fold(name)
    return [
        program.id
        for program in index.programs.values()
        if any(part in fold(other) for other in (program.program, *program.aliases, *program.subprograms))
    ]


def _of_one_name(programs: Iterable[str], part: str | None, index: Index) -> Meant:
    """These programs, where they have one name, but for what one region adds to it (訓練, 訓練事業)."""
    ids = tuple(dict.fromkeys(programs))
    called = {match_form(index.programs[one].program): index.programs[one].program for one in reversed(ids)}
    bare = {form.removesuffix("事業") for form in called}
    return Meant(ids, part) if len(bare) == 1 else Meant(names=tuple(reversed(called.values())))
