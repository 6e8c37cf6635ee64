"""Described programs, ranked: each signal weighed, and how sure the first one is.

The weights stand in ``lexicon/weights.toml``; ``python -m eval.fit`` fits them on the cases that may be looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Hit, Passage, Program, Query
from ..tokens import tokens
from ..understand.denied import denied_things
from ..understand.fuzzy import distance, is_slip, slips_allowed
from ..understand.named import fund_topic
from .bearing import is_spoken_of
from .signals import SIGNALS, Candidate, candidates

SHARP = 8.0  # of the softmax over weighed signals: the scale on which the weights were fitted
SUM = 0.5  # an office or a total is meant only when no program is
MOST = 60  # hits worth telling
READ = 20  # of them that a cross-encoder reads, where one is set
CROSS = 0.5  # what its full score counts beside the weighed signals, which reach about 2


def rank(query: Query, index: Index, documents: set[str]) -> tuple[tuple[Hit, ...], float]:
    """The programs of these documents that a query describes, best first, and how likely the first is the one meant."""
    found = _not_denied(query, candidates(query, index, documents), index)
    if not found:
        return (), 0.0
    scored = sorted(
        zip(scores_of(found, index), found, strict=True),
        key=lambda pair: (-pair[0], pair[1].program_id),
    )[:MOST]
    scored = _read_again(query, scored, index)
    hits = tuple(_hit(one, score, scored[0][0], index) for score, one in scored)
    return hits, confidence(features(query, index, scored))


def _not_denied(query: Query, found: list[Candidate], index: Index) -> list[Candidate]:
    """Those that the question does not put aside by their names, or by a word of them: 「連合会以外の」."""
    found = [one for one in found if one.program_id not in query.denied]
    things = [match_form(thing) for thing in denied_things(query.question)]
    if not any(things):
        return found
    named = {one.program_id: match_form(index.programs[one.program_id].program) for one in found}
    kept = [one for one in found if not any(thing and thing in named[one.program_id] for thing in things)]
    return kept or found


def _read_again(query: Query, scored: list[tuple[float, Candidate]], index: Index) -> list[tuple[float, Candidate]]:
    """The first programs in the order that a cross-encoder and the signals give together; as they were without one."""
    if index.reranker is None:
        return scored
    first, rest = scored[:READ], scored[READ:]
    said = index.reranker.scores(query.search or query.question, [index.read_of(one.program_id) for _, one in first])
    again = [(score + CROSS * cross, one) for (score, one), cross in zip(first, said, strict=True)]
    return sorted(again, key=lambda pair: (-pair[0], pair[1].program_id)) + rest


def share_of(program: Program) -> float:
    """What a program's score is multiplied with: rows that only sum up are seldom meant."""
    return 1.0 if program.role == "program" else SUM


def scores_of(found: Sequence[Candidate], index: Index) -> list[float]:
    """The weighed sums of the candidates' signals, each with its program's share."""
    weights = table("weights")["signals"]
    rows = np.stack([one.row for one in found])
    total = np.zeros(len(found))
    for place, name in enumerate(SIGNALS):  # one after the other: equal candidates get equal sums to the last bit
        total += weights[name] * rows[:, place]
    return [share_of(index.programs[one.program_id]) * score for one, score in zip(found, total.tolist(), strict=True)]


#: What tells whether the first program is the one meant.
FEATURES = (
    "best",
    "ahead",
    "share",
    "words",
    "late",
    "asked",
    "body",
    "title",
    "terms",
    "kind",
    "kindless",  # nothing is asked for that programs state
    "agreed",  # share of the signals of nearness by which it is the nearest
    "held",
    "unasked",
    "spoken",  # its pages or its asked-as questions have a noun of the question
    "strange",
    "one",
)
#: The signals that are asked one by one whether the first is the nearest by them.
AGREEING = ("name", "body", "passage", "late", "lead", "terms")


def features(query: Query, index: Index, scored: list[tuple[float, Candidate]]) -> dict[str, float]:
    """The features of ``FEATURES`` for candidates sorted by score."""
    best, first = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    words = list(dict.fromkeys(tokens(query.search or query.question)))
    rarity = index.rarity(words)
    program = index.programs[first.program_id]
    said = index.keep((features, program.id), lambda: _printed_words(program, index))
    total = sum(rarity.values()) or 1.0
    named = first.signals
    return {
        "best": best,
        "ahead": best - second,
        "share": 1.0 / sum(math.exp(SHARP * (score - best)) for score, _ in scored),
        "words": named["words"],
        "late": named["late"],
        "asked": named["asked"],
        "body": named["body"],
        "title": named["title"],
        "terms": named["terms"],
        "kind": named["kind"],
        "kindless": float(not query.kinds),
        "agreed": _agreed([one for _, one in scored]),
        "held": sum(weight for word, weight in rarity.items() if word in said) / total,
        "unasked": float(first.program_id not in index.asked_of),
        "spoken": float(is_spoken_of(query, program, index)),
        "strange": float(bool(query.unknown_name) and not bears_name(query, program, index)),
        "one": 1.0,
    }


def _printed_words(program: Program, index: Index) -> frozenset[str]:
    texts = [passage.text for passage in index.passages_of(program.id)]
    return frozenset(tokens("\n".join((*texts, program.program, *program.section))))


def _agreed(found: Sequence[Candidate]) -> float:
    rows = np.stack([one.row for one in found])[:, [SIGNALS.index(name) for name in AGREEING]]
    return float((rows[0] >= rows.max(axis=0)).mean())


def confidence(told: Mapping[str, float]) -> float:
    """The logistic of the weighed features: a probability."""
    weights = table("weights")["confidence"]
    total = sum(weights[name] * told[name] for name in FEATURES)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def odds(hit: Hit, best: Hit) -> float:
    """How likely a program is meant, measured by the best one: 1 for as likely, and for one that is named."""
    own, other = (dict(one.parts).get("weighed", 0.0) for one in (hit, best))
    return math.exp(SHARP * (own - other))


def bears_name(query: Query, program: Program, index: Index) -> bool:
    """A question that names a program unknown here is only about one whose pages print that name.

    A fund may be called by what it is for: 「災害復旧資金」 is meant where one of the funds has a 災害枠.
    """
    if not query.unknown_name:
        return True
    name = match_form(query.unknown_name).removesuffix("資金")  # 「事業承継に要する資金」 is such a fund
    if any(name in match_form(passage.text) for passage in index.passages_of(program.id)):
        return True
    topic = fund_topic(query.unknown_name)
    if topic and topic in index.own_words_of(program.id):
        return True
    names = (program.program, *program.aliases, *program.subprograms)
    own = set(tokens(" ".join(names)))
    return set(tokens(query.unknown_name)) <= own or any(_misspells(name, match_form(one)) for one in names)


def _misspells(said: str, name: str) -> bool:
    """Whether what was said is a name, or how one ends, with a letter or two put wrongly: 「番走」 for 「伴走」."""
    slips = slips_allowed(len(said))
    ends = {piece[-len(said) :] for piece in (name, *re.split(r"[（()）]", name)) if len(piece) >= len(said)}
    return any(distance(said, end, slips) <= slips and is_slip(said, end) for end in ends)


def _hit(one: Candidate, score: float, best: float, index: Index) -> Hit:
    """A hit whose score is a share of the best one's; its parts are the signals and their weighed sum."""
    parts = (*one.signals.items(), ("weighed", score))
    passages = _passages(index, one.passages, one.program_id)
    return Hit(index.programs[one.program_id], passages, score / best if best else 0.0, parts)


def _passages(index: Index, places: tuple[int, ...], program_id: str) -> tuple[Passage, ...]:
    first = [index.passages[place] for place in places]
    rest = [passage for passage in index.passages_of(program_id) if passage.id not in places]
    return tuple(first + rest)
