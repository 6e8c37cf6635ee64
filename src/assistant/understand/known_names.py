"""The names that programs bear, each as it is compared, with who bears it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..lexicon import table
from ..programs.names import match_form
from ..records import Program
from ..tokens import short_words
from .spelling import modern

SHORTEST = 4
GRAM = 5
_GENERAL = re.compile(
    r"^(小計|合計|計|総計|部合計|その他|融資制度|委託|補助金?|補助制度|人材育成|販路開拓|創業支援?事業?|商品開発|設備投資|専門家派遣|セミナー.*)$"
)
BEGINNING = 10  # letters of a name's beginning that may be misspelled alone


@dataclass(frozen=True, slots=True)
class Name:
    """Who bears a name, and how much it is that program's own."""

    program: str
    subprogram: str | None
    document: str
    weight: int  # 3 a program's own name, 2 an alias, 1 a part of a program, 0 an office or a sum


class KnownNames:
    """Every name, alias, 枠 and fund of the programs of a corpus."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self.programs = {program.id: program for program in programs}
        self.bearers: dict[str, list[Name]] = defaultdict(list)
        self.printed: dict[str, str] = {}  # a name as compared → as printed
        self.by_head: dict[str, list[str]] = defaultdict(list)  # its first two letters → the longest first
        for program in self.programs.values():
            self._add(program)
        for key in self.bearers:
            self.by_head[key[:2]].append(key)
        for keys in self.by_head.values():
            keys.sort(key=len, reverse=True)
        self.grams: dict[str, set[str]] = defaultdict(set)  # a piece of a name → the programs whose names hold it
        for key, names in self.bearers.items():
            for place in range(len(key) - GRAM + 1):
                self.grams[key[place : place + GRAM]].update(name.program for name in names if name.weight >= 2)

    def _add(self, program: Program) -> None:
        label = program.role != "program"
        here = program.document
        shortest = 3 if label and program.program.endswith(("課", "室", "局")) else SHORTEST
        self._put(program.program, Name(program.id, None, here, 0 if label else 3), shortest)
        for alias in program.aliases:
            self._put(alias, Name(program.id, None, here, 0 if label else 2))
        for name in (program.program, *program.aliases):
            self._put(re.sub(r"(事業費?|費)$", "", name), Name(program.id, None, here, 0 if label else 2), shortest=6)
        for long, short in table("spellings")["acronyms"].items():
            for name in (program.program, *program.aliases):
                if long in name:
                    self._put(name.replace(long, short), Name(program.id, None, here, 0 if label else 2), shortest=6)
        for part in program.subprograms:
            self._put(part, Name(program.id, part, here, 1))
            self._put(re.sub(r"[(（][^()（）]*[)）]", "", part), Name(program.id, part, here, 1))
            for inner in re.findall(r"[(（]([^()（）]{6,})[)）]", part):
                self._put(inner, Name(program.id, part, here, 1))
            self._put(re.sub(r"(支援|支援等)?(事業費?|費)$", "", part), Name(program.id, part, here, 1), shortest=6)

    def _put(self, name: str, entry: Name, shortest: int = SHORTEST) -> None:
        key = modern(match_form(name))
        if len(key) >= shortest and not _GENERAL.match(key) and entry not in self.bearers[key]:
            self.bearers[key].append(entry)
            self.printed.setdefault(key, name)

    def best(self, key: str) -> list[Name]:
        """Who bears a name: within one document those whose own name it is, before those it only abbreviates."""
        entries = self.bearers[key]
        best: dict[str, int] = {}
        for entry in entries:
            best[entry.document] = max(best.get(entry.document, 0), entry.weight)
        return [entry for entry in entries if entry.weight == best[entry.document]]

    def base(self, program: str) -> str:
        """A program's name without what brackets add to it."""
        return re.sub(r"[\s　]*[(（][^()（）]*[)）]$", "", self.programs[program].program)

    @cached_property
    def of_programs(self) -> list[str]:
        """The names of programs and their parts, as compared; those of offices and sums alone are left out."""
        return [key for key, names in self.bearers.items() if any(name.weight for name in names)]

    @cached_property
    def begun(self) -> dict[str, set[str]]:
        """The names that a long beginning belongs to: 「香港輸出拡大ネクストステージ」 → 「…展開事業」."""
        heads: dict[str, set[str]] = defaultdict(set)
        for key in self.of_programs:
            for word in short_words(key):
                if BEGINNING <= word.end < len(key):
                    heads[key[: word.end]].add(key)
        return {head: keys for head, keys in heads.items() if head not in self.bearers}
