"""The 枠, funds and parts of a program that a question names, describes or asks for by their mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ..index import Index
from ..records import Fact, FactKind, Program, Query
from ..retrieve import WHOLE
from ..tokens import fold
from ..understand.asked import asked_kinds
from .choice import OWN, Candidate, Scored, meant, score
from .context import parts_of, said_of_parts
from .heard import Heard, content, flags_asked
from .labels import kind_label
from .silent import are_silent, unsaid

_CLEAR = 0.8  # by how much a part that is only described stands above the next one
_SURE = 1.5  # of words of its own, two or three
_LEAD = 6  # characters of a part's name that say it though the rest is left out
_STEM = re.compile(r"(?:支援)?(?:事業|補助金|補助|支援)費?$")
_FOR_ALL = (FactKind.PHONE, FactKind.LIMIT_ADDITION)  # said of the whole program, for each of its parts


def own_parts(query: Query, program: Program) -> tuple[str, ...]:
    """The parts of this program that the question names; one that bears the program's own name is none."""
    own = parts_of(program)
    return tuple(part for part in query.subprograms if part in own)


def described_parts(
    heard: Heard, program: Program, index: Index, facts: Sequence[Fact], kinds: Sequence[FactKind], *, named: bool
) -> tuple[str, ...]:
    """The parts that a question describes in other words; () when none stands clear, or the whole is asked for.

    What a whole program has, a budget, is a part's only where the question asks for a piece, or names the program
    (``named``) and then says the part's own words too.  Parts that state nothing of these kinds are chosen only when
    the question's words are theirs alone.
    """
    parts = parts_of(program)
    asked = {fact.subprogram for fact in facts if fact.kind in kinds and fact.subprogram}
    whole = bool(WHOLE & set(kinds)) and not heard.says("part")
    own = _of_parts_alone(heard, kinds)
    if not asked or len(parts) < 2 or (whole and not (named or own)):
        return ()
    said = said_of_parts(program, index)
    candidates = [Candidate(part, part, said[part]) for part in parts]
    called = frozenset().union(*(content(kind_label(kind)) for kind in kinds))
    if not set(heard.words) - called:  # nothing but what every part states
        return ()
    for naming in (False, True):
        scored = score(heard, candidates, index, naming=naming, but=called)
        chosen = tuple(map(str, meant(scored, clear=_CLEAR))) or _of_one_name(heard, scored)
        if not naming and own and (silent := _silent(heard, chosen, candidates, index, facts, own, called)):
            return silent
        if whole and not named:
            return ()
        if whole:
            lead = _led(heard, parts)
            sure = [one for one in scored if (one.own >= _SURE or one.candidate.key == lead) and not one.out]
            return (str(sure[0].candidate.key),) if len(sure) == 1 and sure[0].candidate.key in asked else ()
        if chosen:
            return chosen if set(chosen) & asked else ()
    return ()


def _of_parts_alone(heard: Heard, kinds: Sequence[FactKind]) -> tuple[FactKind, ...]:
    """The kinds that a part may be silent on; beside a budget, which is the whole's, those that are asked for too."""
    if not WHOLE & set(kinds):
        return tuple(kinds)
    said = asked_kinds((heard.openly or heard).plain).kinds
    return tuple(kind for kind in kinds if kind in said and kind not in WHOLE | {FactKind.BREAKDOWN})


def _silent(
    heard: Heard,
    chosen: Sequence[str],
    candidates: Sequence[Candidate],
    index: Index,
    facts: Sequence[Fact],
    kinds: Sequence[FactKind],
    called: frozenset[str],
) -> tuple[str, ...]:
    """The parts that a question describes in words of its own and that state nothing of these kinds; () if unclear.

    ``chosen`` are those that it describes by whatever its words may stand for.
    """
    own = [fact for fact in facts if fact.kind in kinds and fact.subprogram]
    stating = {str(fact.subprogram) for fact in own}
    said = {str(one.key): one.body for one in candidates}
    if not chosen or set(chosen) <= stating or not stating <= said.keys():
        return ()
    scored = score(heard, candidates, index, but=called | unsaid(heard))
    literal = tuple(map(str, meant(scored, clear=_CLEAR))) or _of_one_name(heard, scored)
    silent = tuple(part for part in literal if part not in stating)
    heads = frozenset().union(*map(content, silent))
    cases = frozenset().union(*(content(f"{fact.item or ''} {fact.condition or ''}") for fact in own))
    rivals = frozenset().union(*(content(part) for part in chosen if part in stating)) - heads - heard.naming
    if cases & heads & set(heard.words) or rivals & {*heard.words, *heard.terms}:
        return ()  # 「3の認定企業は2/3」: the rate of one part may be that of who is in another
    return silent if are_silent(heard, silent, stating, said, kinds, called) else ()


def one_of_named(heard: Heard, parts: Sequence[str], program: Program, index: Index) -> tuple[str, ...]:
    """Of parts that bear the one name that is said (「脱炭素枠」 of 設備更新型 and 再エネ導入型) the one described."""
    names = [fold(part) for part in parts]
    bearing = [one for one in parts_of(program) if one not in parts and any(name in fold(one) for name in names)]
    alike = bearing if len(parts) == 1 else [*parts]
    if len(alike) < 2 or any(fold(part) in heard.plain for part in alike):
        return tuple(parts)
    said = said_of_parts(program, index)
    scored = score(heard, [Candidate(part, part, said[part]) for part in alike], index)
    return tuple(map(str, meant(scored, clear=_CLEAR))) or tuple(parts)


def _of_one_name(heard: Heard, scored: Sequence[Scored]) -> tuple[str, ...]:
    """「省力化の補助」: the parts that have a word of their names which the question says, and the others have not."""
    heads = {str(one.candidate.key): content(one.candidate.head) for one in scored if not one.out}
    said = {*(heard.openly or heard).words} - heard.denied
    holding = {word: tuple(part for part, head in heads.items() if word in head) for word in said}
    if any(len(parts) == 1 for parts in holding.values()):  # a word of one of them alone tells more
        return ()
    shared = sorted((word for word in said if len(word) > 2 and holding[word]), key=len, reverse=True)
    return next((holding[word] for word in shared if 1 < len(holding[word]) < len(heads)), ())


def sibling_that_states(
    heard: Heard, parts: Sequence[str], program: Program, facts: Sequence[Fact], kinds: Sequence[FactKind], index: Index
) -> str | None:
    """The one other part that states what is asked and that the question speaks of too: 「センターの派遣は何回?」.

    A part that is said in full is not left for one of several others, and none for what another word may stand for.
    """
    stating = {fact.subprogram for fact in facts if fact.kind in kinds and _is_counted(heard, fact)}
    in_full = any(fold(part) in heard.plain for part in parts)
    if stating & {*parts, *([None] if in_full else [])} or (in_full and len(stating) != 1):
        return None
    heads = frozenset().union(*map(content, parts))
    scored = score(heard, [Candidate(part, part) for part in parts_of(program)], index, but=unsaid(heard))
    spoken = [one.candidate for one in scored if one.own >= OWN and not one.out and one.candidate.key in stating]
    named = [one.head for one in spoken if content(one.head) & set(heard.every) - heads]
    return named[0] if len(named) == 1 else None


def _is_counted(heard: Heard, fact: Fact) -> bool:
    """Whether a count is of what the question counts: 「何回」 is not answered by 10名."""
    counted = fact.kind in (FactKind.COUNT, FactKind.TARGET) and heard.counted
    return not counted or any((fact.unit or "").startswith(tuple(units)) for units in heard.counted)


def _led(heard: Heard, parts: Sequence[str]) -> str | None:
    """The part whose name a question begins to say, 「インターン」 of 「インターンシップ参加助成」, if but one."""
    names = {part: fold(part)[:_LEAD] for part in parts if len(part) >= _LEAD}
    found = [part for part, head in names.items() if head in heard.affirmed]
    return found[0] if len(found) == 1 and list(names.values()).count(names[found[0]]) == 1 else None


def of_parts(parts: Sequence[str], facts: Sequence[Fact], *, also: Collection[FactKind] = ()) -> list[Fact]:
    """Facts of these parts, and those of the whole program that name them or hold for each part.

    ``also``: kinds of which all that belong to no part stay.
    """
    named = [fold(part) for part in parts]
    others = {fold(fact.subprogram) for fact in facts if fact.subprogram} - set(named)
    return [fact for fact in facts if _is_of(fact, named, others) or (not fact.subprogram and fact.kind in also)]


def _is_of(fact: Fact, named: list[str], others: Collection[str]) -> bool:
    if fact.subprogram:
        own = fold(fact.subprogram)
        return any(name in own or own in name for name in named)
    if fact.kind in _FOR_ALL:  # 「一般枠及びデジタル枠の上限額に100万円を上乗せ」 says which of the parts
        said = fold(fact.quote) if fact.kind is FactKind.LIMIT_ADDITION else ""
        return any(name in said for name in named) or not any(other in said for other in others)
    said = fold(f"{fact.item or ''}{fact.condition or ''}")
    return any(name in said or (len(stem := _STEM.sub("", name)) > 5 and stem in said) for name in named)


def marked(heard: Heard, facts: list[Fact]) -> list[Fact]:
    """「新しく加わったもの」: the amounts that bear the mark, where others of them do not."""
    for flag in flags_asked(heard):
        pieces = [fact for fact in facts if fact.kind is FactKind.BREAKDOWN]
        found = [fact for fact in pieces if flag in fact.flags]
        if found and len(found) < len(pieces):
            facts = [fact for fact in facts if fact not in pieces or fact in found]
    return facts
