"""Parts → programs: one program for a name that stands in several places of a document.

Two printings are one program when their names are the same, or when their amount is the same, that amount
is no round one, and their names are alike (a misprint in one of two places, a shortened name in a list).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from ..records import Document, Program
from .names import aliases_of, name_key
from .parts import Part

ALIKE = 0.72
NEIGHBOURS = 32  # programs of one amount that a name is compared with
_RANK = {"page": 0, "row": 1, "entry": 2, "section": 3}


def merge(document: Document, parts: list[Part]) -> tuple[tuple[Program, ...], tuple[Part, ...], tuple[str, ...]]:
    """Programs in order of their first line, the parts (those without a name named), each part's program id."""
    parts = _name_pages(parts)
    parts = [part for part in parts if part.name]
    groups = _group(parts)
    programs: list[Program] = []
    owners: dict[int, str] = {}
    for members in groups:
        program = _program(document, [parts[i] for i in members])
        programs.append(program)
        for i in members:
            owners[i] = program.id
    programs.sort(key=lambda program: (program.line_start, program.line_end))
    return tuple(programs), tuple(parts), tuple(owners[i] for i in range(len(parts)))


def _name_pages(parts: list[Part]) -> list[Part]:
    """A page without a name takes that of the listed program with its number."""
    rows = [part for part in parts if part.form == "row" and part.role == "program"]
    listed = {part.number: part for part in rows if part.number is not None}
    titled = [part for part in parts if part.form == "page" and part.name]
    named = {part.number for part in titled}
    result = []
    for part in parts:
        wanting = part.form == "page" and not part.name and part.number is not None and part.number not in named
        row = listed.get(part.number or 0) if wanting else None
        result.append(replace(part, name=row.name, amount=row.amount) if row else part)
    return result


def _group(parts: list[Part]) -> list[list[int]]:
    """Indices of the parts of each program."""
    groups: dict[str, list[int]] = {}
    last = ""
    for i, part in enumerate(parts):
        if part.more and part.row is not None and last:
            key = last
        elif part.role in ("subtotal", "total") and part.form in ("row", "entry"):
            key = f"{part.role}:{part.line_start}"
        elif part.form == "section" and part.role != "program":  # a section may have the name of a program in it
            key = f"section:{name_key(part.name)}"
        else:
            key = name_key(part.name)
        groups.setdefault(key, []).append(i)
        last = key
    return _join_alike(parts, list(groups.values()))


def _join_alike(parts: list[Part], groups: list[list[int]]) -> list[list[int]]:
    by_amount: dict[int, list[int]] = defaultdict(list)
    joined: list[list[int]] = []
    for members in groups:
        role = parts[members[0]].role
        amounts = {parts[i].amount for i in members if parts[i].amount} if role == "program" else set()
        target = next(
            (
                place
                for amount in sorted(amount for amount in amounts if amount)
                for place in by_amount[amount][-NEIGHBOURS:]
                if _same_program(parts, joined[place], members, amount)
            ),
            None,
        )
        if target is None:
            joined.append(list(members))
            target = len(joined) - 1
        else:
            joined[target] += members
        for amount in amounts:
            if amount and target not in by_amount[amount]:
                by_amount[amount].append(target)
    return joined


def _same_program(parts: list[Part], known: list[int], new: list[int], amount: int) -> bool:
    """Same amount and alike names; two rows of one list, neither marked 再掲, are two programs."""
    pairs = ((parts[i], parts[j]) for i in known for j in new)
    for one, other in pairs:
        relisted = "再掲" in one.flags or "再掲" in other.flags or one.form != other.form
        same_number = one.number is not None and one.number == other.number
        marked = "再掲" in one.flags or "再掲" in other.flags
        if not relisted or not (same_number or marked or _significant(amount) >= 3):
            continue
        alike = names_alike(one.name, other.name)
        if alike >= (0.6 if same_number else ALIKE) or _starts_with(one.name, other.name):
            return True
    return False


def names_alike(one: str, other: str) -> float:
    """Similarity of two names, 0 to 1 (Ratcliff and Obershelp, as in difflib)."""
    first, second = name_key(one), name_key(other)
    plain = [re.sub(r"\([^()]*\)", "", key) or key for key in (first, second)]
    return max(_ratio(first, second), _ratio(plain[0], plain[1]) if plain[0] != plain[1] else 0.0)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _starts_with(one: str, other: str) -> bool:
    short, long = sorted((name_key(one).removesuffix("等"), name_key(other)), key=len)
    return len(short) >= 8 and long.startswith(short)


def _significant(amount: int) -> int:
    return len(str(amount).rstrip("0"))


def _program(document: Document, members: list[Part]) -> Program:
    """The program of some parts; its name is the one that a page, a first listing or a row prints."""
    ranked = sorted(members, key=lambda part: (_RANK[part.form], "再掲" in part.flags, part.line_start))
    first = ranked[0]
    names = list(dict.fromkeys(part.name for part in ranked))
    aliases = [*names[1:], *(alias for part in ranked for alias in part.aliases)]
    aliases += [alias for name in names for alias in aliases_of(name, document.region)]
    places = tuple(sorted({(part.line_start, part.line_end) for part in members}))
    main = max(places, key=lambda place: place[1] - place[0])
    if first.form == "row":
        main = (first.line_start, first.line_end)
    key = name_key(first.name)
    if first.role in ("subtotal", "total"):
        key = f"{key}:{first.line_start}"
    return Program(
        id=f"{document.id}.{hashlib.sha256(key.encode()).hexdigest()[:10]}",
        document=document.id,
        program=first.name,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if name_key(alias) != name_key(first.name))),
        subprograms=(),
        section=_best_section(ranked),
        departments=_union(part.departments for part in ranked),
        contacts=(),
        fiscal_year=document.fiscal_year,
        stage=document.stage,
        line_start=main[0],
        line_end=main[1],
        places=places,
        role=first.role,
    )


def _best_section(ranked: list[Part]) -> tuple[str, ...]:
    return next((part.section for part in ranked if part.section), ())


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))
