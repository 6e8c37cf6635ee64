"""What an index calls its programs, read once an index: by whose name a text says what."""

from __future__ import annotations

from collections import defaultdict

from ..index import Index
from ..programs.marked import bare_heading
from ..records import Fact, FactKind
from ..tokens import fold
from ..understand import Mention, Vocabulary
from ..understand.places import Places, places_of, regions_in
from .calling import is_label

#: Kinds whose facts are told apart by what they count or whose they are.
ITEMISED = frozenset(
    {
        FactKind.COUNT,
        FactKind.TARGET,
        FactKind.PHONE,
        FactKind.OTHER,
        FactKind.BREAKDOWN,
        FactKind.PERIOD,
        FactKind.BUDGET_CHANGE,
    }
)


class Names:
    """Names, places and facts of one index.  Nothing of an index changes, so what was read stays."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.places: Places = places_of(index.documents.values())
        self.titles = tuple(document.title for document in index.documents.values())
        self._vocabulary = Vocabulary(index.programs.values(), self.places)
        self._ids: dict[str, set[str]] = defaultdict(set)
        for program in index.programs.values():
            for name in (program.program, *program.aliases):
                self._ids[fold(name)].add(program.id)
        self._facts: dict[str, tuple[Fact, ...]] = {}

    def bearers(self, name: str) -> frozenset[str]:
        """Ids of the programs that bear exactly this name or alias."""
        return frozenset(self._ids.get(fold(name), ()))

    def mentions(self, text: str) -> list[Mention]:
        """Names that a text says, in brackets or not."""
        return self._vocabulary.mentions(text)

    def regions(self, text: str) -> tuple[str, ...]:
        """Regions that a text names."""
        return regions_in(text, self.places)[0]

    def without_regions(self, text: str) -> str:
        """A text without the regions that it names: 三重県 and 八雲市 count nothing."""
        return regions_in(text, self.places)[1]

    def facts(self, program: str) -> tuple[Fact, ...]:
        """The facts of one program."""
        if program not in self._facts:
            self._facts[program] = self.index.facts_of(program)
        return self._facts[program]

    def parts(self, program: str) -> tuple[str, ...]:
        """The 枠, funds and parts of a program; a part that bears its program's name sets nothing apart."""
        one = self.index.programs[program]
        return tuple(part for part in one.subprograms if program not in self.bearers(part) and not is_label(part))

    def headings(self, program: str) -> frozenset[str]:
        """The headings that a program stands under, without their numbers, for comparing."""
        return frozenset(fold(bare_heading(part)) for part in self.index.programs[program].section)

    def under(self, heading: str, programs: set[str]) -> set[str]:
        """The programs under a heading of the documents that some programs are of."""
        documents = {self.index.programs[program].document for program in programs}
        every = (one for one in self.index.programs.values() if one.document in documents and one.role == "program")
        return {one.id for one in every if fold(heading) in self.headings(one.id)}

    def offices(self, program: str) -> str:
        """What stands above a program and who runs it, for comparing."""
        one = self.index.programs[program]
        return fold(" ".join((*one.departments, *one.contacts, *one.section)))


def names_of(index: Index) -> Names:
    """The names of an index, read when they are first asked for."""
    return index.keep(names_of, lambda: Names(index))


def tellers(fact: Fact) -> tuple[str, ...]:
    """What sets a fact apart from others of its program: its case, its part, what it counts."""
    item = fact.item if fact.kind in ITEMISED else None
    return tuple(part for part in (fact.condition, fact.subprogram, item) if part and not is_label(part))
