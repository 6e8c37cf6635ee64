"""The thing of each region that a question asks of: what it says of that region, else the like of what it describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import FactKind, Program, Query
from ..retrieve import UNSURE, odds, retrieve
from ..retrieve.bearing import is_spoken_of
from ..tokens import fold, nouns, tokens
from ..understand import understand
from ..understand.reckoning import bare
from .comparing import kinds_asked
from .operands import Operand, Operands, by_stretch, by_words, named_one, vocabulary_of, without_regions
from .stretches import Stretch, here_of, key_of, operand_for

LIKELY = 0.85  # how likely a described program must be meant, where its region is said
APART = 0.1  # and of those whose names hold all that is said
PERHAPS = 0.6  # and may be meant
CLEAR = 0.5  # odds by the best: it stands clear of those below
_RUN = 4  # letters in a row that a program shares with its like in another region
_NAME = 5  # letters of a name that two regions share
NEAR = 0.5  # odds by the best: it may be meant as well
NEAREST = 3
STRICT = (0.5, 0.6)  # both, where a figure is reckoned with it


def in_regions(stretches: Sequence[Stretch], query: Query, index: Index) -> Operands | None:
    """The thing of each region: what the question says of it, else the like of what it describes for all."""
    sure = [one for one in stretches if one.thing is not None and (one.region or one.named)]
    loose = [one for one in stretches if one.region is None and one.content]  # a name of elsewhere describes
    shared = "、".join(bare(one.piece.text) for one in loose)
    named = tuple(dict.fromkeys(name for one in stretches for name in one.own.named))
    found = {key_of(one.thing): one.thing for one in sure if one.thing}
    asked = {one.region for one in stretches if one.region}
    found = {key: one for key, one in found.items() if index.documents[one.program.document].region in asked}
    here = {index.documents[one.program.document].region for one in found.values()}
    missing: list[str] = []
    either: dict[str, tuple[Program, ...]] = {}
    for region in dict.fromkeys(one.region for one in stretches if one.region):
        own = [one for one in stretches if one.region == region]
        if region in here or any(one.thing for one in own):
            continue
        words = shared or _said_beside(stretches, own[-1], index) or _said_of_another(stretches, own, index)
        thing = _in_region(region, own, named, words, query, index)
        if thing is not None:
            found.setdefault(key_of(thing), thing)
        elif near := nearest_in(_said(own, index) or words, region, query, index):
            either[region] = near
        else:
            missing.append(region)
    if len(found) < 2 and not (found and (missing or either) and query.operation):
        return None
    things = [_namesake(one, list(found.values()), query, index) for one in found.values()]
    in_order = tuple(sorted(things, key=lambda one: one.start))
    return Operands(in_order, regions=tuple(missing), either=tuple(either.items()))


def _namesake(thing: Operand, others: Sequence[Operand], query: Query, index: Index) -> Operand:
    """A described thing, or the program of its region that bears the name of what another region has."""
    if thing.sure:
        return thing
    own, names = _plain_name(thing.program), {_plain_name(one.program) for one in others if one is not thing}
    here = [one for one in index.programs.values() if one.document == thing.program.document and one.role == "program"]
    same = [one for one in here if _plain_name(one) in names and len(_plain_name(one)) >= _NAME]
    if own in names or len(same) != 1:
        return thing
    return replace(thing, program=same[0], query=replace(thing.query, named=(same[0].id,), subprograms=()))


def _plain_name(program: Program) -> str:
    return match_form(bare(program.program))


def _said(own: Sequence[Stretch], index: Index) -> str:
    return "、".join(without_regions(one.piece.text, one.own, index) for one in own if one.content or one.thing)


def _said_beside(stretches: Sequence[Stretch], one: Stretch, index: Index) -> str:
    """「青森と山形の奨学金支援」, 「奨学金支援は青森と山形で」: what is said with another region of a row."""
    if one.content:
        return ""
    behind = [other for other in stretches if other.piece.start > one.piece.start][:1]
    before = [other for other in stretches if other.piece.start < one.piece.start][-1:]
    row = [other for other in behind if other.piece.joined]
    row += [other for other in before if one.piece.joined or one.piece.start - other.piece.end <= 2]
    return next((said for other in row if other.region and (said := _said([other], index))), "")


def _said_of_another(stretches: Sequence[Stretch], own: Sequence[Stretch], index: Index) -> str:
    """「…を育てる事業は鹿児島にも青森にもある」: what is said of the one other region that anything is said of."""
    if any(one.content for one in own):
        return ""
    telling = [one for one in stretches if (one.content or one.thing) and one.region not in (None, own[0].region)]
    return _said(telling, index) if len({one.region for one in telling}) == 1 else ""


def _in_region(
    region: str, own: Sequence[Stretch], named: tuple[str, ...], shared: str, query: Query, index: Index
) -> Operand | None:
    """What a question describes, in one region: one of the name it says, else the best described one."""
    names = dict.fromkeys((*own[0].own.named, *named))
    here = tuple(name for name in names if index.documents[index.programs[name].document].region == region)
    if here:
        of_name = here_of(replace(query, named=here, regions=(region,)), own[0], index)
        program = named_one(of_name, index) or _unbracketed(of_name.named, index)
        return operand_for(program, own[0], query, sure=True) if program else None
    said = _said(own, index)
    texts = [said] if said else []
    texts += ["、".join(filter(None, (shared, said)))] if shared else []
    for text in texts or [""]:
        program = described_in(text, region, query, index)
        if program is not None:
            return operand_for(program, own[0], query, sure=False)
    return None


def _unbracketed(named: Sequence[str], index: Index) -> Program | None:
    """Of programs whose names differ by their brackets, the one without any."""
    found = [index.programs[name] for name in named if not re.search(r"[（(]", index.programs[name].program)]
    return found[0] if len(found) == 1 else None


def described_in(said: str, region: str, query: Query, index: Index) -> Program | None:
    """The program of a region that some words describe, when it stands clear of the next one."""
    said = re.sub(r"(?:って|とか|なら)$", "", said)
    own = understand(said, vocabulary_of(index)) if said else query
    elsewhere = bool(said and own.named) and query.operation in ("sum", "ratio", "share")
    if own.named:  # a name of elsewhere: the like of it here
        own = replace(own, named=(), regions=(region,), words=tuple(tokens(said)))
        like = by_stretch(said, own, index) or by_words(said, own, index)
        if like is not None:
            return like
    asked = replace(
        own, regions=(region,), fiscal_year=None, stage=None, kinds=query.kinds, open_amount=query.open_amount,
        unknown_name=None, intent="figure", towns=(), places=(), named=(), question=said or query.question, partly=(),
    )  # fmt: skip
    pool = FactKind.LOAN_POOL in kinds_asked(query)
    if pool or not said:  # 「新規融資枠」 of a region, or all it spends, names no program
        pooled = replace(asked, words=(), terms=(), question=query.question, kinds=kinds_asked(query))
        whole = retrieve(pooled, index).hits
        if len(whole) == 1 and (pool or not own.words):
            return whole[0].program
        if pool:
            return _pool_of(region, index)
    found = retrieve(asked, index)
    hits = [hit for hit in found.hits or found.ranked if hit.program.role == "program"]
    likely, clear = STRICT if query.operation in ("sum", "ratio", "share", "difference") else (LIKELY, CLEAR)
    if not said or not hits or found.sure < likely or (len(hits) > 1 and odds(hits[1], hits[0]) > clear):
        return None
    if not is_spoken_of(asked, hits[0].program, index):
        return None  # nothing that is said is of it
    alike = namesakes(said, hits[0].program, index)
    if any(hit.program in alike and odds(hit, hits[0]) > APART for hit in hits[1:]):
        return None  # all that is said is of another one as well
    own_form, name = match_form(said), match_form(hits[0].program.program)
    if elsewhere and not any(own_form[at : at + _RUN] in name for at in range(len(own_form) - _RUN + 1)):
        return None  # what is reckoned is sure, or told not to be found
    return hits[0].program


def nearest_in(said: str, region: str, query: Query, index: Index) -> tuple[Program, ...]:
    """The nearest programs of a region, of which one may be meant, where none stands clear of the others."""
    if not said:
        return ()
    own = understand(said, vocabulary_of(index))
    own = replace(own, words=tuple(tokens(said))) if own.named else own  # a name of elsewhere
    asked = replace(own, regions=(region,), fiscal_year=None, stage=None, kinds=query.kinds, named=(), intent="figure",
        open_amount=query.open_amount, unknown_name=None, towns=(), places=(), partly=(), question=said)  # fmt: skip
    found = retrieve(asked, index)
    ranked = [one for one in found.hits or found.ranked if one.program.role == "program"]
    alike = namesakes(said, ranked[0].program, index) if ranked else []
    hits = [one for one in ranked if odds(one, ranked[0]) >= (APART if one.program in alike else NEAR)][:NEAREST]
    near = tuple(one.program for one in hits if is_spoken_of(own, one.program, index))
    return near if found.sure >= (UNSURE if len(near) > 1 else PERHAPS) else ()


def namesakes(said: str, program: Program, index: Index) -> list[Program]:
    """The programs of a document whose names hold all telling nouns of some words as a program's does: 「商店街」."""
    general = {*table("scopes")["bearing"]["general"], *table("spellings")["names"]["vague"]}
    general |= set(table("reckoning")["pieces"]["empty"])
    naming = nouns(said)
    telling = {word for word in tokens(said) if word in naming and word not in general and len(word) > 1}
    if not telling or not all(word in fold(program.program) for word in telling):
        return []
    here = [one for one in index.programs.values() if one.document == program.document and one.role == "program"]
    return [one for one in here if all(word in fold(one.program) for word in telling)]


def _pool_of(region: str, index: Index) -> Program | None:
    """The one program of a region that states what may be lent in all, and no part of it."""
    found = []
    for program in index.programs.values():
        facts = index.facts_of(program.id) if index.documents[program.document].region == region else ()
        if any(fact.kind is FactKind.LOAN_POOL and not fact.subprogram for fact in facts):
            found.append(program)
    return found[0] if len(found) == 1 else None
