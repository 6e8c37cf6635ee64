"""One turn of a conversation: whether it leans on those before it, on which, and what it takes over."""

from __future__ import annotations

from dataclasses import replace

from ..figures import previous_year, year_number
from ..records import FactKind, Query
from .carrying import (
    as_asked,
    asks_besides,
    besides,
    budget_first,
    like_of,
    reckoned_of,
    subject,
    take_over,
)
from .choosing import asked_alike, greatest_of, listed_anew, other_of, other_part_of, turned_round
from .ground import Found
from .of_one import BUDGETS, of_row, reckoned_in_one, told_apart
from .one_turn import MOST, OneTurn
from .own_case import with_kinds_of_case, with_noun_asked
from .placing import of_its_own_year
from .pointing import asks_of_it, asks_otherwise
from .said import variant_said, without_names
from .together import beside_earlier, operation_in, parts_spoken_of, puts_beside, spoken_of, stems, thread_in

HELD = 0.5  # share of a turn's words that a program must hold to be the one it speaks of
HINTED = 0.25  # … for it to be about it at all
SURE = 0.5  # how sure a described program must be
PLAIN = 0.7  # … to be one of another region
STAYS = 0.3  # how much a conversation tends to stay with its program
STATED = 0.3  # how much it counts that a program states what is asked for


class Turning(OneTurn):
    """One turn that may lean on those before it."""

    def resolved(self) -> Query:
        """What the turn asks."""
        chosen = self._anew() or self._other_one() or self._greatest()
        chosen = chosen or self._several() or self._chosen() or self._put_beside()
        if chosen:
            return chosen
        if self.alone.named:
            return self._named()
        together = beside_earlier(self.pointing, self.alone, self.heard, self.ground)
        if len(set(together)) > 1:
            return self._reckoned(self.alone, together)
        if self.topic is None or not (self.last.told or self.last.query.carried):
            return self._without_program()
        if self.pointing.situation and not self.alone.regions and self._case_of_it():
            return self._same()
        if self._elsewhere():
            return self._there()
        if self._of_other_year():
            return self._then()
        return self._here()

    # ---- several programs, or one of several

    def _anew(self) -> Query | None:
        """「同じ課の他の事業は?」"""
        return None if self.alone.named or self.alone.regions else listed_anew(self.pointing, self.heard, self.ground)

    def _greatest(self) -> Query | None:
        """「一番多いのはどこ?」 of what the last turns asked of."""
        if self.alone.named or self.alone.regions:
            return None
        query = greatest_of(self.pointing, self.alone, self.own, self.heard)
        around = None if query else turned_round(self.pointing, self.own, self.heard, self.ground)
        return self._about(query, query.named, region=False) if query else around

    def _other_one(self) -> Query | None:
        """「もう一つのほうは?」: the other of two; where nothing tells which, no program is taken over."""
        part = None if self.alone.named else other_part_of(self.pointing, self.own, self.heard, self.ground)
        if part:
            query = self._about(self._going_on(replace(self.alone, unknown_part=None)), self._topics())
            return replace(query, subprograms=(part,), unknown_part=None)
        other = None if self.alone.named else other_of(self.pointing, self.own, self.heard, self.ground)
        if other is None:
            return None
        if not other:
            return replace(self.alone, kinds=(), regions=(), open_amount=False, operation=None)
        query = self._about(self._going_on(self.alone), other, region=False)
        return asked_alike(query, self.last.query, self.last.told, self.ground)

    def _several(self) -> Query | None:
        """「両方足すと?」: the programs of the last turns together."""
        many = self.pointing.several
        if not many or self.alone.named or self.topic is None or self._says_own():
            return None
        last = stems(self.topic.told, self.ground, self.topic.query.question)
        spoken = list(last) if 2 <= len(last) <= MOST else spoken_of(self.heard)
        kinds = self.alone.kinds or budget_first(self.topic.query.kinds)
        asked = replace(self.alone, kinds=kinds, open_amount=self.alone.open_amount or self.topic.query.open_amount)
        operation = operation_in(self.pointing, self.alone)
        asked = replace(asked, operation=operation, intent="aggregate" if operation == "difference" else asked.intent)
        if len(spoken) < max(many, 2):
            apart = told_apart(self.pointing, self.alone, self.own, self.heard, self.ground)
            return apart or self._of_parts(asked, last[0], max(many, 2))
        return self._about(asked, tuple(spoken[-max(many, 2) :]), region=False)

    def _of_parts(self, asked: Query, program: str, many: int) -> Query | None:
        parts = tuple(parts_spoken_of(self.heard, program, self.ground))[-many:]
        return self._about(replace(asked, subprograms=parts), (program,), region=False) if len(parts) == many else None

    def _put_beside(self) -> Query | None:
        """「運転との差は?」, 「連携枠とあわせると?」: another part or case of the program spoken of."""
        told = self.topic.told if self.topic is not None and self.own else ()
        if not (told and puts_beside(self.pointing)) or set(self.alone.named) - set(told):
            return None
        if not any(self.ground.has_part(one, self.alone, self.own) for one in told):
            return None
        return told_apart(self.pointing, self.alone, self.own, self.heard, self.ground)

    def _chosen(self) -> Query | None:
        """「さっきの最初のやつ、青森の」, 「2番目の」, 「前者」; 「…のほうで」 out of a list."""
        place = self.pointing.place
        if place is None or self.alone.named:
            return self._out_of_list()
        listed = (
            self.last.told
            if len(self.last.told) > 1
            else tuple(dict.fromkeys(one.told[0] for one in self.heard if one.told))
        )
        if len(listed) == len(self.last.told) > 1 and place >= len(listed):
            return None
        regions = self.alone.regions
        held = [one for one in listed if not regions or self.ground.home(one).region in regions]
        if len(held) < len(listed) and held:  # 「最初のやつ、青森の」: the region says which
            place = min(place, len(held) - 1) if place >= 0 else place
        if "前者" in self.pointing.said and not regions:
            held = held[-2:]
        both = [held[one] for one in self.pointing.places if one < len(held)]
        if len(both) > 1:  # 「1つ目と3つ目を足すと?」
            return self._about(self._going_on(self.alone), tuple(dict.fromkeys(both)), region=False)
        if not held or place >= len(held) or (len(held) < 2 and self._says_own()):
            return None
        return self._about(self._going_on(self.alone), (held[place],), region=False)

    def _out_of_list(self) -> Query | None:
        """One of the programs that were listed, by the words of the turn."""
        listed = tuple(spoken_of(self.heard)) if self.pointing.earlier else self.last.told
        if len(listed) < 2 or self.alone.named:
            return None
        began = [one for one in listed if self.alone.fiscal_year and self.ground.begins(one, self.alone.fiscal_year)]
        if self.pointing.among and len(began) == 1 and "始" in self.pointing.said:
            return self._about(replace(self._going_on(self.alone), fiscal_year=None), (began[0],), region=False)
        if not self.own or not (self.pointing.among or self.pointing.back or self.other):
            return None
        if self.alone.regions and not any(self.ground.home(one).region in self.alone.regions for one in listed):
            return None
        fit = {one: self.ground.bears(one, self.own) + self.ground.fits(one, self.alone, self.own) for one in listed}
        best = sorted(fit, key=lambda one: -fit[one])
        if fit[best[0]] < HELD or fit[best[0]] - fit[best[1]] < 0.1:
            return None
        return self._about(self._going_on(self.alone), (best[0],), region=False)

    def _named(self) -> Query:
        """A turn that names a program: of several of that name the one where the conversation is."""
        query = self.alone
        if self.topic is not None and not query.regions and not query.fiscal_year and len(query.named) > 1:
            told = set(self.topic.told)
            homes = {self.ground.home(one) for one in self.topic.told}
            kept = [one for one in query.named if one in told]
            kept = kept or [one for one in query.named if self.ground.home(one) in homes]
            same = len({self.ground.home(one) for one in query.named}) == 1
            query = query if same and not told & set(kept) else replace(query, named=tuple(kept) or query.named)
        together = beside_earlier(self.pointing, query, self.heard, self.ground)
        if len(set(together)) > 1:
            return self._reckoned(query, together)
        parts = self.ground.parts_said(query.named[0], self.pointing.said)
        if set(query.subprograms) < set(parts) and len(query.named) == 1:
            query = replace(query, subprograms=parts, unknown_part=None, carried=True)
        return self._keep_asking(query)

    def _reckoned(self, query: Query, programs: tuple[str, ...]) -> Query:
        """The query, reckoning with these programs: the kinds are its own, or those of the turn before."""
        earlier = self._topic().query
        query = replace(query, operation=operation_in(self.pointing, query))
        return self._about(reckoned_of(query, earlier), tuple(dict.fromkeys(programs)), region=False)

    def _keep_asking(self, query: Query) -> Query:
        """「成長企業応援資金だと?」: another name, the same question."""
        earlier = as_asked(self.last.query)
        said = without_names(self.pointing.said, [self.ground.name(one) for one in query.named])
        if asks_besides(query, said):
            return besides(query, earlier, query.named, self.ground)
        mere = self.pointing.bare and not said.strip("は?？。、って")
        if query.kinds or query.open_amount or not (earlier.kinds or earlier.open_amount):
            return asked_alike(query, earlier, self.last.told, self.ground) if mere or self.pointing.other else query
        if query.intent != "open" and not mere:
            return query
        going = of_row(self._going_on(replace(query, intent="open")), self._topic().told, said, self.ground)
        return replace(going, subprograms=going.subprograms or earlier.subprograms)

    def _without_program(self) -> Query:
        """After a turn that was not answered: what it said and what this one adds."""
        query = self.alone
        if self._full() or self.last.query.intent in ("thanks", "greeting"):
            return query
        if self._says_own() and not (self.pointing.back or self.other or query.case or self.pointing.mends):
            return query
        return take_over(query, self.last.query)

    def _elsewhere(self) -> bool:
        regions = self.alone.regions
        homes = {self.ground.home(one).region for one in self._topics()} - {""}
        if not homes:  # without an index: by what was said
            return bool(regions and self.last.query.regions and regions != self.last.query.regions)
        return bool(regions) and not homes & set(regions)

    def _there(self) -> Query:
        """「群馬だと?」: the like of it there; 「群馬のロボットは?」: what these words describe there."""
        query = self._going_on(self.alone)
        spoken = None if self._says_own() else thread_in(self.heard, query.regions, self.pointing, self.ground)
        if spoken:
            return self._about(query, (spoken,), region=False)
        if not self.alone.kinds:
            query = of_its_own_year(query, self.ground.home(self._topics()[0]).fiscal_year, self.pointing)
        if self.last.query.intent == "list" and not self.last.query.named and not self.own:
            return take_over(query, self.last.query)
        if self._says_own() and not self.pointing.like:
            own = self.ground.best(query)
            if own is not None and self.ground.fits(own.program, query, self.own) >= HELD:
                return replace(query, named=(own.program,)) if own.sure < 0.5 else query
        return query if self._says_own() and not self.pointing.like and self._full() else self._like(query)

    def _like(self, query: Query) -> Query:
        earlier, here = self._topic().query, self._topics()[0]
        query = like_of(query, earlier, self.own, name := self.ground.name(here))
        described = not earlier.named or bool(earlier.search)
        if program := self.ground.like(here, query, described=described):
            return replace(query, named=(program,))
        return replace(query, unknown_name=earlier.unknown_name or (None if described else name or None))

    def _of_other_year(self) -> bool:
        year = year_number(self.alone.fiscal_year) if self.alone.fiscal_year else None
        own = self.ground.home(self._topics()[0]).fiscal_year
        differs = year is not None and bool(own) and year_number(own) != year and not self._full()
        beside = self.pointing.back and not self.pointing.before  # 「それ、令和9年度の分は」: one of its figures
        return differs and (not beside or year == year_number(previous_year(own)))

    def _then(self) -> Query:
        """「令和元年度は?」: the same program where its document tells last year, else the like of it then."""
        query = self._going_on(self.alone)
        first = self._topics()[0]
        home = self.ground.home(first)
        query = replace(query, regions=query.regions or ((home.region,) if home.region else ()))
        if query.kinds and not set(query.kinds) & BUDGETS:
            same = replace(query, fiscal_year=None, figure_year=query.fiscal_year)
            there = same if self.ground.states(first, same) else self._like(query)
            return there if there.named else self._about(same, (first,))
        if year_number(previous_year(home.fiscal_year)) == year_number(query.fiscal_year or ""):
            kinds = tuple(FactKind.BUDGET_PREVIOUS if kind is FactKind.BUDGET else kind for kind in query.kinds)
            if FactKind.BUDGET_PREVIOUS in kinds or query.open_amount:
                kinds = kinds or (FactKind.BUDGET_PREVIOUS,)
                return self._about(replace(query, kinds=kinds, open_amount=False, fiscal_year=None), (first,))
        return self._like(query)

    # ---- the same here, or something else

    def _here(self) -> Query:
        variant = variant_said(self.pointing.said, self._topic().query.question)
        if not self._says_own() or (variant and not self.ground.sibling(self._topics()[0], self.alone, self.own)):
            return self._same()
        others = self.ground.best(self._in_region(self._going_on(self.alone)), self._topics())
        if others is not None and self.ground.bears(others.program, self.own) >= HELD:  # 「それと比べて物産展は?」
            named = replace(self.alone, named=(others.program,))
            together = beside_earlier(self.pointing, named, self.heard, self.ground)
            if len(set(together)) > 1:
                return self._reckoned(named, together)
        elsewhere = self._anywhere(others)
        if elsewhere is not None:
            return elsewhere
        if self._stays(others):
            return self._same()
        query = self._going_on(self.alone) if self.other or self.pointing.back else self.alone
        return self._another(query, others)

    def _anywhere(self, others: Found | None) -> Query | None:
        """A turn of which nothing spoken of holds anything, and which plainly describes a program of another region."""
        held = [*self._topics(), *([others.program] if others is not None and others.sure >= SURE else [])]
        here = max(self.ground.fits(one, self.alone, self.own) for one in held)
        if here >= HELD or self.pointing.back or self.other or self._is_case():
            return None
        found = self.ground.best(self.alone)
        if found and self.alone.kinds and not self.ground.states(found.program, self.alone):  # 「賃上げの加算は?」
            found = None if any(self.ground.states(one, self.alone) for one in self._topics()) else found
        plain = found is not None and found.sure >= PLAIN and self.ground.bears(found.program, self.own) > 0
        return self.alone if plain else None

    def _case_of_it(self) -> bool:
        """Whether what the asker tells of themselves goes on with what was asked: it asks for nothing else."""
        silent = not (self.alone.kinds or self.alone.unknown_name) and not asks_otherwise(self.pointing.said)
        return silent and bool(self.last.query.kinds or self.last.query.open_amount)

    def _stays(self, others: Found | None) -> bool:
        """Whether the turn is about the program spoken of rather than about another one."""
        topics = self._topics()
        if self.denies or self.pointing.again or (self.pointing.back and not self.pointing.like):
            return not (self.denies or self._bears_more(others))
        here = max(self.ground.fits(one, self.alone, self.own) for one in topics)
        better = (
            others is not None and others.sure >= SURE and self.ground.fits(others.program, self.alone, self.own) > here
        )
        if self.other and self._is_of_sibling():
            return False
        if not (self._full() or better) and any(self.ground.has_part(one, self.alone, self.own) for one in topics):
            return True
        silent = not (self.alone.kinds or self.alone.open_amount or self._is_case() or asks_of_it(self.pointing.said))
        borne = self.ground.bears(others.program, self.own) if others else 0.0
        told = self.other or borne > 0 or (here < HINTED and not self._is_case())
        plain = others is not None and (others.sure >= SURE or borne >= HELD) and told
        if others is None or not (plain or self._full()):  # what else it might mean is not plain
            return not self._full() and (here >= HINTED or not silent)
        asked = self._going_on(self.alone)
        here += STATED * any(self.ground.states(one, asked) for one in topics) + STAYS * (not self.other)
        there = self.ground.fits(others.program, self.alone, self.own) + 0.5 * borne + 0.4 * (others.sure - SURE)
        there += STATED * self.ground.states(others.program, asked) + STAYS * self._full()
        return here + STAYS * self._is_case() >= there

    def _is_of_sibling(self) -> bool:
        """「人材育成支援のほうは?」: whether the other program of this name bears it, and this one does not."""
        here = self._topics()[0]
        sibling = self.ground.sibling(here, self.alone, self.own)
        return sibling is not None and self.ground.bears(sibling, self.own) >= self.ground.bears(here, self.own) + STAYS

    def _bears_more(self, others: Found | None) -> bool:
        """「同じ海外でネットワークの方は?」: whether another program's name says all that the turn does."""
        here = max(self.ground.bears(one, self.own) for one in self._topics())
        strange = self.other or max(self.ground.fits(one, self.alone, self.own) for one in self._topics()) < HELD
        borne = self.ground.bears(others.program, self.own) if others is not None and strange else 0.0
        return borne >= max(PLAIN, here + STAYS)

    def _another(self, query: Query, others: Found | None) -> Query:
        """Another program: a sibling of the one spoken of, the one that the turn's words find, or one near to both."""
        here = self._in_region(query)
        if self.denies:
            query = here = replace(here, search=" ".join(self.own), words=self.own)
        if self.other:
            sibling = self.ground.sibling(self._topics()[0], self.alone, self.own)
            borne = self.ground.bears(sibling, self.own) if sibling else 0.0
            if sibling and (others is None or self.ground.bears(others.program, self.own) <= borne + STAYS):
                return replace(here, named=(sibling,), carried=True)
        if others is not None and self.ground.bears(others.program, self.own) >= HELD and others.sure >= 0.3:
            return replace(here, named=(others.program,), carried=self.other)
        if others is not None and others.sure >= SURE:
            return replace(here, named=(others.program,), carried=self.other)
        if not self.other:
            return query
        near = replace(here, search=" ".join(dict.fromkeys((*self.own, *subject(self._topic().query)))))
        found = self.ground.best(near, self._topics())
        if found is not None and found.sure >= SURE and self.ground.fits(found.program, self.alone, self.own) >= HELD:
            return replace(near, named=(found.program,), carried=True)
        return here

    def _same(self) -> Query:
        query = self._going_on(self.alone)
        home = self.ground.home(self._topics()[0])
        if query.fiscal_year and home.fiscal_year:  # a year beside 「それ」 is one of its figures', not of a document
            query = replace(query, fiscal_year=None)
        query = with_noun_asked(query, self.last.query.question) if self._is_case() and not query.kinds else query
        query = reckoned_in_one(query, as_asked(self.last.query), self._topics(), self.pointing, self.ground)
        if (self.pointing.situation or (self.other and not query.kinds)) and not self.alone.kinds:
            query = with_kinds_of_case(query, self._topics()[0], self.own, self.ground)
        return self._about(query, self._topics())
