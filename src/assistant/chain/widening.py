"""A second look with a language model's opinion of what is asked: it may add candidates, and decides nothing.

The opinion is asked for where the own reading found nothing sure, or where a turn of a conversation was answered from
a program that nobody spoke of.  Its words only widen what programs are looked for by: every gate of retrieval and of
composing stays, what is found must be borne by the asker's own words, and a region, a year, a figure, a kind or a
program that the asker did not say is not listened to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property

from ..errors import QuestionError
from ..generate.second import Opinion
from ..index import Index
from ..lexicon import table
from ..records import Draft, Query
from ..retrieve.bearing import general_nouns, is_spoken_of
from ..retrieve.spoken import Spoken
from ..tokens import nouns, search_form, tokens
from ..understand import LONGEST, check_question, wanted
from ..understand.carrying import own_words
from ..understand.pointing import pointing_of
from .stages import Asked, Drafted, Found, Understood

#: Share of the asker's own telling words (by rarity) that a program found by an opinion must hold.
BORNE = 0.5
#: … from which on the nearest program prints all that was said: there is nothing to put into other words.
PRINTED = 0.9
#: How much more of them it must hold than the program that was found without an opinion.
AHEAD = 0.15
#: Share of the words of a program's name, those of the asker apart, from which terms spell it out.
SPELLED = 0.85
#: How sure a described program must be for its answer to stand in a conversation that did not speak of it.
SETTLED = 0.8
LOOKED_BACK = 3  # earlier turns whose programs count as spoken of
#: What is not here by the asker's own words: no other word for it brings it here.
_MISSING = ("region", "year", "stage")
_NOT_OF_ONE = ("thanks", "greeting", "aggregate", "list")  # intents that one more program answers nothing of
_SEVERAL = re.compile("何と何|どれとどれ|一覧|すべて|全て|全部|ぜんぶ|それぞれ|並べて|挙げて")
_ABSTAINED = ("not_in_corpus", "not_stated", None)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of an assistant that a second look goes through again."""

    index: Index
    understand: Callable[[Asked], Understood]
    retrieve: Callable[[Understood], Found]
    compose: Callable[[Found], Drafted]


class Look:
    """A question as the own reading found and drafted it."""

    def __init__(self, asked: Asked, found: Found, drafted: Drafted, stages: Stages) -> None:
        self._asked = asked
        self._found = found
        self._drafted = drafted
        self._query = found.query
        self._stages = stages
        self._index = stages.index
        self._answered = drafted.draft.status == "answered"
        self._draft = drafted.draft
        self._told = told_of(drafted.draft, stages.index)
        self._turns = tuple(_readable(one.content for one in asked.history if one.role == "user"))

    def after(self, opinion: Opinion | None) -> tuple[Found, Drafted]:
        """What an opinion leads to, or what was found and drafted without one."""
        return (self.led_to(opinion) if opinion else None) or (self._found, self._drafted)

    def is_wanted(self) -> bool:
        """Whether an opinion may help: nothing sure was found, or a program that nobody spoke of was told."""
        query = self._query
        if query.intent in _NOT_OF_ONE or query.operation or _SEVERAL.search(search_form(query.question)):
            return False
        if query.unknown_name:  # a name that no document has is no everyday word
            return False
        if self._found.retrieval.missing in _MISSING:
            return False
        if self._answered:
            return self._is_strange()
        silent = self._draft.status == "clarify" or self._draft.reason in _ABSTAINED
        return silent and not query.named and not self._speaks_as_printed()

    def _speaks_as_printed(self) -> bool:
        """Whether nothing that the asker says needs another word: the nearest program prints all of it.

        Where several programs print the same words, official terms tell none of them from the others.
        """
        if not self._telling:
            return not self._turns
        near = self._found.retrieval.nearest
        unhelped = replace(self._query, question="", search="")  # without the official terms of everyday words
        return bool(near) and self._ground.fits(near[0].program.id, unhelped, self._telling) >= PRINTED

    def _is_strange(self) -> bool:
        """Whether a turn was answered, none too surely, from a described program that no turn spoke of."""
        told = set(self._told)
        if not self._turns or self._found.retrieval.sure >= SETTLED or told <= set(self._query.named):
            return False
        return not any(told <= one for one in self._spoken)

    def led_to(self, opinion: Opinion) -> tuple[Found, Drafted] | None:
        """What an opinion leads to, where it answers and may take the place of the first draft; else None."""
        terms = self._sound(opinion.terms)
        whole = self._whole(opinion.question) if opinion.question else None
        every = [(whole, ()), (whole, terms)] if whole else []
        for query, added in (*every, (self._query, terms)):
            if query is self._query and not added:
                continue
            again = self._stages.retrieve(Understood(self._asked.question, _searching(query, added)))
            drafted = self._stages.compose(again)
            names = set(told_of(drafted.draft, self._index))
            if drafted.draft.status != "answered" or not names or not self._states(drafted.draft):
                continue
            if (query is whole and self._goes_on(names)) or self._is_found(names, again, opinion.terms):
                return again, drafted
        return None

    def _states(self, draft: Draft) -> bool:
        """Whether a draft has a figure of a kind that is asked for, where any is: words alone are no answer to it."""
        kinds = set(wanted(self._query))
        facts = [fact for one in draft.sentences for fact in one.facts]
        computed = any(one.computed for one in draft.sentences)
        return not kinds or computed or any(fact.kind in kinds for fact in facts)

    def _sound(self, terms: Sequence[str]) -> tuple[str, ...]:
        """The terms that name no program, place or time: those are the asker's alone to name."""
        kept = []
        for term in terms:
            read = self._stages.understand(Asked(term)).query
            named = (*read.named, *read.partly, *read.subprograms)
            if not (named or read.near or any(_places(read)) or any(_times(read))):
                kept.append(term)
        return tuple(kept)

    def _whole(self, question: str) -> Query | None:
        """The whole question as a query; None where it says what no turn says, or less than the last one does."""
        turns = (*self._turns, self._asked.question)
        if pointing_of(self._asked.question).away:
            return None
        alone = [self._stages.understand(Asked(turn)).query for turn in turns]
        said = {word for turn in turns for word in tokens(turn)} | general_nouns()
        if not nouns(question) <= said or not set(own_words(alone[-1])) <= set(tokens(question)):
            return None
        query = self._stages.understand(replace(self._asked, question=question, history=())).query
        spoken = set().union(*(one.named for one in alone), *self._spoken)
        if not set(query.named) <= spoken or (alone[-1].named and set(query.named) != set(alone[-1].named)):
            return None
        return query if self._keeps(query, alone) else None

    def _keeps(self, query: Query, turns: Sequence[Query]) -> bool:
        """Whether a whole question has what the last turn says, and nothing that none of the turns says."""
        known = {self._asked.region, self._asked.fiscal_year}
        if set(wanted(query)) != set(wanted(self._query)):  # what is asked was read; only of what may be mistaken
            return False
        for of in (_places, _times, _kinds, _premises, _denied):
            if not set(of(turns[-1])) <= set(of(query)) <= {one for turn in turns for one in of(turn)} | known:
                return False
        return query.operation == turns[-1].operation

    def _goes_on(self, names: set[str]) -> bool:
        """Whether a whole question is answered from what the turn before spoke of."""
        return bool(self._spoken) and names <= self._spoken[-1]

    def _is_found(self, names: set[str], again: Found, terms: Sequence[str]) -> bool:
        """Whether programs that an opinion led to are surer than what was told, and borne by the asker's own words."""
        if self._answered and again.retrieval.sure <= self._found.retrieval.sure:
            return False
        return all(self._is_borne(name) and not self._is_spelled(name, terms) for name in names)

    def _is_borne(self, name: str) -> bool:
        """Whether a program holds enough of the asker's telling words, and is the first one found or plainly ahead."""
        near = self._found.retrieval.nearest
        first = next(iter(self._told), near[0].program.id if near else name)
        share = self._ground.fits(name, self._query, self._telling)
        ahead = name == first or share >= self._ground.fits(first, self._query, self._telling) + AHEAD
        return ahead and share >= BORNE and is_spoken_of(self._query, self._index.programs[name], self._index)

    def _is_spelled(self, name: str, terms: Sequence[str]) -> bool:
        """Whether terms hold nearly all words of a program's name that the asker does not: a model names none."""
        own, held = set(tokens(self._asked.question)) | general_nouns(), set(tokens(" ".join(terms)))
        program = self._index.programs[name]
        return any(self._spelled(set(tokens(one)) - own, held) for one in (program.program, *program.aliases))

    def _spelled(self, strange: set[str], held: set[str]) -> bool:
        rarity = self._index.rarity(sorted(strange))
        told = sum(weight for word, weight in rarity.items() if word in held)
        return bool(told) and told >= SPELLED * sum(rarity.values())

    @cached_property
    def _ground(self) -> Spoken:
        return Spoken(self._index, lambda text: self._query, lambda query: ())

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        """The asker's own words that tell one program from another, those beside a denial with them."""
        every = dict.fromkeys((*self._query.words, *sorted(nouns(self._asked.question))))
        kept = tuple(word for word in every if word not in general_nouns() | _asking())
        return own_words(replace(self._query, words=kept))

    @cached_property
    def _spoken(self) -> tuple[frozenset[str], ...]:
        """Of each of the last earlier turns the programs that it names or was answered from."""
        history = self._asked.history
        places = [place for place, turn in enumerate(history) if turn.role == "user" and turn.content.strip()]
        return tuple(self._spoken_at(place) for place in places[-LOOKED_BACK:])

    def _spoken_at(self, place: int) -> frozenset[str]:
        history = self._asked.history
        said = next(_readable([history[place].content]), None)
        if said is None:
            return frozenset()
        earlier = replace(self._asked, question=said, history=history[:place])
        found = self._stages.retrieve(self._stages.understand(earlier))
        draft = self._stages.compose(found).draft
        told = told_of(draft, self._index) if draft.status == "answered" else ()
        return frozenset((*found.query.named, *(told or (hit.program.id for hit in found.retrieval.hits[:1]))))


def _readable(turns: Iterable[str]) -> Iterator[str]:
    """Earlier turns as the own reading takes them: cut where they are too long, left out where they say nothing."""
    for turn in turns:
        with suppress(QuestionError):
            yield check_question(turn[:LONGEST])


def told_of(draft: Draft, index: Index) -> tuple[str, ...]:
    """The programs of a draft's figures and quotes, in the order told."""
    found: dict[str, None] = {}
    for sentence in draft.sentences:
        facts = (*sentence.facts, *(fact for one in sentence.computed for fact in one.of))
        quoted = (index.passages[place].program_id for place, _ in (*sentence.quotes, *sentence.grounds))
        found.update(dict.fromkeys((*(fact.program_id for fact in facts), *quoted)))
    return tuple(found)


def _searching(query: Query, terms: Sequence[str]) -> Query:
    """A query that looks for these terms as well.

    They become no words or terms of it: those are what a program must bear to be meant, and only the asker says them.
    """
    if not terms:
        return query
    own = query.search or query.placeless or query.question
    return replace(query, search=" ".join((own, *terms)))


def _places(query: Query) -> Iterable[object]:
    return (*query.regions, *query.places, *query.towns)


def _times(query: Query) -> Iterator[object]:
    return filter(None, (query.fiscal_year, query.figure_year, query.stage))


def _kinds(query: Query) -> Iterable[object]:
    return query.kinds


def _premises(query: Query) -> Iterable[object]:
    return (one.text for one in query.premises)


def _denied(query: Query) -> Iterable[object]:
    return query.denied


@cache
def _asking() -> frozenset[str]:
    """Words that only ask: 上限, 補助率."""
    asked = (word for entry in table("questions")["ask"] for word in entry["words"])
    return frozenset(token for word in (*table("questions")["filler"]["words"], *asked) for token in tokens(word))
