"""The names that a corpus knows, and where a question says one of them."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..figures import year_number
from ..lexicon import table
from ..programs.names import match_form
from ..records import Program, Query
from ..tokens import tokens
from .asked_places import MASK, places_said
from .denied import set_aside
from .fuzzy import Spelled
from .kana import LONG, Readings, mostly_kana, reading_of
from .known_names import GRAM, KnownNames
from .places import Places, regions_in
from .runs import Span, bounded, in_row, is_national, mapped, pieces, runs
from .shortened import Shortened
from .spelling import modern, respelled
from .thesaurus import everyday_words
from .variants import Variants

__all__ = ["Mention", "Vocabulary", "bounded"]

FEW = 8  # letters of a name that may be but a description
REMEMBERED = 2_000  # texts whose reading is kept: a question and its pieces are read again and again
RUNS = 20_000  # runs of letters whose likeness to names is kept
LONG_PIECE = 9  # characters of a name that say which program is meant, when only one name holds them


@dataclass(frozen=True, slots=True)
class Mention:
    """A name said in a text at [start, end): the programs it may mean, and the 枠 or fund if it is one's name."""

    start: int
    end: int
    programs: tuple[str, ...]
    subprogram: str | None


Reading = Callable[[str, dt.date], Query]


# of a name that begins with a year
_YEAR_ALONE = re.compile(r"(?:令和|平成|昭和|[RHＲＨ])?\s*(?:元|[0-9０-９]{1,4})年?度?")


class Names(NamedTuple):
    """Ids of the programs that a question names, the parts, the spans of all names; the programs it does not mean."""

    programs: tuple[str, ...]
    parts: tuple[str, ...]
    spans: tuple[Span, ...]
    denied: tuple[str, ...]


class Vocabulary:
    """Names, aliases, 枠 and funds of all programs, found in a question by the longest match, else by the nearest."""

    def __init__(
        self, programs: Iterable[Program], places: Places = (), homes: Mapping[str, str] | None = None
    ) -> None:
        """``places``: how the regions of the documents may be called; ``homes``: the region of each document."""
        self.places = places
        self._homes = dict(homes or {})
        self._readers: dict[object, Reading] = {}
        self._remembering = threading.Lock()
        self.names_in = lru_cache(REMEMBERED)(self._names_in)  # each stage asks for them again
        self._known = KnownNames(programs)
        self._programs = self._known.programs

    def remembering(self, read: Callable[[str, Vocabulary, dt.date], Query]) -> Reading:
        """``read`` with these names: (text, today) → Query; the last :data:`REMEMBERED` texts are not read twice."""
        with self._remembering:
            if read not in self._readers:
                self._readers[read] = lru_cache(maxsize=REMEMBERED)(lambda text, today: read(text, self, today))
            return self._readers[read]

    def years_of(self, named: Iterable[str]) -> frozenset[int]:
        """The western years of the documents of these programs; of all documents where none is of a known year."""
        own = [self._programs[one] for one in named if one in self._programs]
        found = {year_number(program.fiscal_year) for program in own} - {None}
        return frozenset(year for year in found if year is not None) or self.years

    @property
    def years(self) -> frozenset[int]:
        """The western years of the documents."""
        found = (year_number(program.fiscal_year) for program in self._programs.values())
        return frozenset(year for year in found if year is not None)

    def mentions(self, text: str) -> list[Mention]:
        """Every name said in a text, in order; a longer name wins over one inside it."""
        plain, origin = mapped(text)
        found: list[Mention] = []
        start = 0
        while start < len(plain):
            keys = self._known.by_head.get(plain[start : start + 2], ())
            key = next((key for key in keys if plain.startswith(key, start)), None)
            if key is None or not bounded(text, origin[start], origin[start + len(key) - 1] + 1):
                start += 1
                continue
            names = self._known.best(key)
            subprogram = next((name.subprogram for name in names if name.subprogram), None)
            end = start + len(key)
            programs = tuple(dict.fromkeys(name.program for name in names))
            found.append(Mention(origin[start], origin[end - 1] + 1, programs, subprogram))
            start = end
        return found

    def partly(self, question: str) -> tuple[str, ...]:
        """The one program whose name shares a long piece with a question, when no other name holds that piece."""
        plain, _ = mapped(question)
        run: set[str] = set()
        length = 0
        found: set[str] = set()
        longest = LONG_PIECE - 1
        for place in range(len(plain) - GRAM + 1):
            holders = self._known.grams.get(plain[place : place + GRAM], set())
            run = (run & holders) if run & holders else set(holders)
            length = length + 1 if run and length else (GRAM if run else 0)
            if len(run) == 1 and length > longest:
                longest, found = length, set(run)
        return tuple(found)

    def spelled(self, question: str) -> str:
        """A question as the documents would write it: :func:`respelled`, and kana that read as known words."""
        text = respelled(question)
        return self._readings.written(text) if mostly_kana(text) else self._name_words.in_runs(text)

    def find(self, question: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Span, ...]]:
        """Ids of the programs named, the 枠, funds or parts named, and the spans of the names in the question.

        Names count when they are said in full, in part, or with a slip of the pen.
        """
        names = self.names_in(question)
        return names.programs, names.parts, names.spans

    def _names_in(self, question: str) -> Names:
        """The names of a question, those that it says not to mean apart from the others."""
        found = [one for one in self.mentions(question) if not self._is_place(question[one.start : one.end])]
        found = self._with_parts(question, found)
        found = self._in_a_row(question, self._misspelled(question, found))
        found = _narrowed([self._told_apart(one, question) for one in found])
        found = [one for one in found if not self._is_elsewhere(one, question)]
        found = [one for one in found if not self._is_place(question[one.start : one.end])]
        found = [one for one in found if not _YEAR_ALONE.fullmatch(question[one.start : one.end])]
        aside = set_aside(found, question)
        kept = [one for one in found if one not in aside]
        meant = dict.fromkeys(program for one in found if one in kept or one.subprogram for program in one.programs)
        parts = dict.fromkeys(one.subprogram for one in kept if one.subprogram)
        denied = dict.fromkeys(program for one in aside for program in one.programs if program not in meant)
        return Names(tuple(meant), tuple(parts), tuple((one.start, one.end) for one in found), tuple(denied))

    def _is_elsewhere(self, mention: Mention, question: str) -> bool:
        """Whether a few words are a part's name in another region alone: there they only describe (利子補給)."""
        program = any(self._programs[one].role == "program" for one in mention.programs)
        if program and (not mention.subprogram or mention.end - mention.start > FEW):
            return False
        return self._of_others(mention.programs, question)

    def named_by(self, piece: str) -> tuple[str, ...]:
        """The one program whose name holds every word of a piece that is known to name one; () when it is not one."""
        exact = self.mentions(piece)
        if exact:
            return exact[0].programs
        return self._one_of(self._shortened.all_said(piece), piece)[0]

    def _is_place(self, text: str) -> bool:
        """Whether an office's name is the one by which its region is called."""
        key = match_form(text)
        names = self._known.bearers.get(key, ())
        return all(name.weight == 0 for name in names) and any(match_form(word) == key for word, _ in self.places)

    def _with_parts(self, question: str, found: list[Mention]) -> list[Mention]:
        """The names said in full with those said in part; a part that goes beyond a name in it wins."""
        for part in self._shortened.parts(question):
            inside = [one for one in found if one.start < part.end and part.start < one.end]
            if any(one.start <= part.start and part.end <= one.end for one in inside) or is_national(
                question, part.start, part.end
            ):
                continue
            if any(not (part.start <= one.start and one.end <= part.end) for one in inside):
                continue
            programs, subprogram = self._one_of(part.names, question)
            if (subprogram and not part.called) or self._of_others(programs, question):
                continue  # 「サプライチェーン」 is no name of 「サプライチェーン効率化型」
            same = next((one for one in inside if set(programs) == set(one.programs)), None)
            if same:  # 「産業立地促進費補助」: the name goes on to the end of the compound
                found = [replace(one, end=max(one.end, part.end)) if one is same else one for one in found]
            elif programs:
                kept = [one for one in found if one not in inside]
                found = sorted((*kept, Mention(part.start, part.end, programs, subprogram)), key=lambda one: one.start)
        return found

    def _of_others(self, programs: Iterable[str], question: str) -> bool:
        """Whether programs are of other regions than a question names: a shortened name only describes."""
        regions = places_said(question, self.places).regions
        homes = {self._homes.get(self._programs[one].document) for one in programs}
        return bool(regions and homes) and not homes & {*regions, None}

    def _one_of(self, names: Iterable[str], question: str) -> tuple[tuple[str, ...], str | None]:
        """The program that all these names mean, or those of one name in several documents; () when they differ."""
        entries = [
            entry for name in names for entry in self._known.bearers.get(modern(match_form(name)), ()) if entry.weight
        ]
        regions, _ = regions_in(question, self.places)
        here = [entry for entry in entries if not regions or self._homes.get(entry.document, regions[0]) in regions]
        entries = here or entries
        programs = tuple(dict.fromkeys(entry.program for entry in entries))
        called = {match_form(self._known.base(program)) for program in programs}
        if len(called) != 1:
            return (), None
        parts = {entry.subprogram for entry in entries}
        return programs, parts.pop() if len(parts) == 1 else None

    def _misspelled(self, question: str, found: list[Mention]) -> list[Mention]:
        """With the names that have a slip, of what a question says beside the names found."""
        for start, end in runs(question):
            if any(one.start < end and start < one.end for one in found) or not bounded(question, start, end):
                continue
            names = self._meant(mapped(question[start:end])[0])
            heads = {name for said in names for name in self._known.begun.get(said, {said})}
            programs, subprogram = self._one_of((self._known.printed[name] for name in heads), question)
            if programs and not is_national(question, start, end):
                found = sorted((*found, Mention(start, end, programs, subprogram)), key=lambda one: one.start)
        return found

    def _in_a_row(self, question: str, found: list[Mention]) -> list[Mention]:
        """With what stands in a row with names and is said of one name alone: 「AとB、それにC」."""
        open_ones = [
            piece for piece in pieces(question) if not any(one.start < piece[1] and piece[0] < one.end for one in found)
        ]
        while found:
            ends = {one.start for one in found} | {one.end for one in found}
            beside = [piece for piece in open_ones if any(in_row(question, piece, place) for place in ends)]
            more = []
            for start, end in beside:
                programs, subprogram = self._one_of(self._shortened.all_said(question[start:end]), question)
                if programs:
                    more.append(Mention(start, end, programs, subprogram))
            if not more:
                break
            found = sorted((*found, *more), key=lambda one: one.start)
            open_ones = [piece for piece in open_ones if all(piece[0] != one.start for one in more)]
        return found

    def _told_apart(self, mention: Mention, question: str) -> Mention:
        """A name that several rows share with and without brackets: the row whose brackets the question speaks of."""
        said = question[mention.start : mention.end]
        if mention.subprogram:
            return replace(mention, subprogram=self._part_said(match_form(said), question) or mention.subprogram)
        if "(" in said or "（" in said:
            return mention
        outside = f"{question[: mention.start]} {question[mention.end :]}"
        return replace(mention, programs=self._variants.chosen(mention.programs, outside))

    def _part_said(self, key: str, question: str) -> str | None:
        """Of parts that share a name but for brackets (省力化枠（特別型）), the one whose brackets are spoken of."""
        parts = dict.fromkeys(name.subprogram for name in self._known.bearers.get(key, ()) if name.subprogram)
        inner = {part: match_form(found[1]) for part in parts if (found := re.search(r"[(（]([^()（）]+)[)）]$", part))}
        said = [part for part, words in inner.items() if words in match_form(question)]
        bare = [part for part in parts if match_form(part) == key]
        return said[0] if len(said) == 1 else bare[0] if bare else None

    @cached_property
    def _shortened(self) -> Shortened:
        names = [self._known.printed[key] for key in self._known.of_programs]
        bare = dict.fromkeys(re.sub(r"[(（][^()（）]*[)）]", "", name).strip() for name in names)
        return Shortened.of(name for name in bare if modern(match_form(name)) in self._known.bearers)

    @cached_property
    def _meant(self) -> Callable[[str], frozenset[str]]:
        """What a run of letters misspells; the pieces of a question hold the same runs."""
        return lru_cache(RUNS)(self._spelled.meant)

    @cached_property
    def _spelled(self) -> Spelled:
        return Spelled.of(self._known.of_programs, self._known.begun)

    @cached_property
    def _variants(self) -> Variants:
        return Variants.of(self._programs.values())

    @cached_property
    def _readings(self) -> Readings:
        lists = table("questions")
        words = [*table("spellings")["kana"]["words"], *(word for entry in lists["ask"] for word in entry["words"])]
        words += [word for group in lists["intents"].values() for word in group]
        words += [word for word, _ in self.places]
        words += [office for one in self._programs.values() for office in one.departments]
        words += [name for prefecture in table("regions")["prefectures"] for name in (prefecture, prefecture[:-1])]
        names = [self._known.printed[key] for key in self._known.bearers]
        return Readings.of([*names, *words, *everyday_words()])

    @cached_property
    def _name_words(self) -> Readings:
        """The words of names that are long enough in hiragana to be known alone (げんしりょく), as names print them."""
        printed = "\n".join(self._known.printed.values())
        words = dict.fromkeys(word for name in self._known.printed.values() for word in tokens(name) if word in name)
        return Readings.of((word for word in words if reading_of(word) not in printed), LONG - 1)

    @staticmethod
    def masked(question: str, spans: tuple[Span, ...]) -> str:
        """The question with each letter of the names put out of sight, so that no place is found in them."""
        for start, end in spans:
            question = f"{question[:start]}{MASK * (end - start)}{question[end:]}"
        return question

    @staticmethod
    def without(question: str, spans: tuple[Span, ...]) -> str:
        """The question with the names taken out, so that their words ask for nothing."""
        for start, end in sorted(spans, reverse=True):
            question = f"{question[:start]} {question[end:]}"
        return question


def _narrowed(found: list[Mention]) -> list[Mention]:
    """A part's or a fund's name that several programs have means that of a program which is named beside it."""
    named = {program for one in found if not one.subprogram for program in one.programs}
    narrowed = []
    for one in found:
        own = tuple(program for program in one.programs if program in named)
        narrowed.append(replace(one, programs=own) if one.subprogram and own else one)
    return narrowed
