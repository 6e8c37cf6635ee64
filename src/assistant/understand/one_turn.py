"""One turn of a conversation with what it may lean on: the turns before it and what their programs hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import Query
from .carrying import about, asks_besides, besides, going_on, own_words
from .ground import Ground, Heard
from .of_one import of_part, parts_kept, parts_meant
from .own_case import as_case
from .placing import of_the_office_there, placed
from .pointing import Pointing, asks_otherwise
from .said import head_of, says_variant, variant_said, without_denied, without_names
from .said_kind import with_kind_said

MOST = 4  # programs that a turn may be about at once
_POINTS = frozenset(
    ["その", "この", "それ", "これ", "そういう", "こういう", "あの", "そ", "こ", "そういった", "その時"]
)


class OneTurn:
    """A turn, read alone and placed in its conversation, and what it may take over."""

    def __init__(self, pointing: Pointing, alone: Query, heard: Sequence[Heard], ground: Ground) -> None:
        self.pointing = pointing
        self.alone = alone
        self.heard = heard
        self.ground = ground
        self.last = heard[-1]
        self.topic = next((one for one in reversed(heard) if one.told), None)
        self.other = pointing.other
        alone = replace(alone, case=None) if alone.case in _POINTS else alone
        if self.topic is not None and (pointing.situation or pointing.case):
            asked = alone if alone.kinds else self._going_on(alone)
            alone = as_case(alone, asked, self.topic.told, ground)
        alone = of_the_office_there(alone, pointing, self.topic, ground)
        alone = placed(pointing, alone, heard, ground)
        self.alone = alone = with_kind_said(alone, pointing, self.topic, ground)
        self.other = pointing.other or (pointing.bare and not alone.kinds and not alone.open_amount)
        own = own_words(alone, done=pointing.other or pointing.among)
        self.own = without_denied(own, pointing.said)
        self.denies = len(self.own) < len(own)

    def _topic(self) -> Heard:
        return self.topic or self.last

    def _topics(self) -> tuple[str, ...]:
        """The programs that are spoken of: all that the last answer told, when they are few."""
        topic = self._topic()
        return topic.told if len(topic.told) <= MOST else topic.told[:1]

    def _says_own(self) -> bool:
        return bool(self.own or self.alone.unknown_name)

    def _full(self) -> bool:
        """Whether the turn describes a program by itself: where or when, what, and that a program is meant."""
        return bool(self.own) and "事業" in self.pointing.said and not self.pointing.back and not self.other

    def _in_region(self, query: Query) -> Query:
        homes = {self.ground.home(one).region for one in self._topics()} - {""}
        return query if query.regions or len(homes) != 1 else replace(query, regions=tuple(homes))

    def _going_on(self, query: Query) -> Query:
        """The kinds of the turn before, where this one asks for none of its own."""
        again = self.other or self.pointing.among or self.pointing.again
        told = query.intent == "explain" and not (again or query.regions)
        said = without_names(self.pointing.said, [self.ground.name(one) for one in query.named])
        if asks_besides(query, said) and not self.pointing.past:
            return besides(query, self.last.query, self._topics(), self.ground)
        return query if told or asks_otherwise(said) else going_on(query, self.last.query)

    def _is_case(self) -> bool:
        return bool(self.alone.case) or self.pointing.case

    def _about(self, query: Query, programs: tuple[str, ...], region: bool = True) -> Query:
        """The query, of these programs."""
        earlier = self._topic().query
        leans = self.pointing.situation or self.pointing.back or self._is_case()
        goes_on = not self.own or (leans and not self.other and not says_variant(self.pointing.said))
        depends = not self.alone.kinds and (self.pointing.situation or self._is_case())
        kept = parts_kept(query, earlier, programs[0], self.own, goes_on, self.ground)
        parts = parts_meant(query, programs[0], self.pointing.said, depends, self.ground)
        said = self.own or head_of(self.pointing.said)
        if not parts and said and len(programs) == 1 and not self.pointing.situation:
            parts = self.ground.part_bearing(programs[0], said)
            query = of_part(query, self.alone, programs[0], parts, self.ground)
        variant = None if parts or self.alone.named else variant_said(self.pointing.said, earlier.question)
        if variant and not self.ground.has_part(programs[0], self.alone, self.own):
            return replace(about(query, earlier, programs, (), set(), region), unknown_part=variant)
        parts = parts or kept
        known = {self.ground.home(one).region for one in programs} - {""}
        return about(query, earlier, programs, parts, known, region)
