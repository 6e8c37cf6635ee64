"""The names that a corpus knows, and where a question says one of them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..programs.names import match_form
from ..records import Program
from .places import Places

SHORTEST = 4
GRAM = 5
LONG_PIECE = 9  # characters of a name that say which program is meant, when only one name holds them
_GENERAL = re.compile(
    r"^(小計|合計|計|総計|部合計|その他|融資制度|委託|補助金?|補助制度|人材育成|販路開拓|創業支援?事業?|商品開発|設備投資|専門家派遣|セミナー.*)$"
)
_DROPPED = re.compile(r"[\s「」『』\"'・･,，、]")

Span = tuple[int, int]
_COMPOUND_END = re.compile(r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]$")
_COMPOUND_START = re.compile(r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]")
# what may stand right before a name: a place, an office, a year
_BEFORE = re.compile(r"([都道府県市町村国省庁部局課度内]|北海道|東京|大阪|京都|経産)$")
# what may follow a name in one word, up to the word's end: a longer form of the name, or what is asked of it
_TAILS = (
    "事業費|事業|費用|費|経費|制度|補助|助成|支援|資金|融資枠|融資|予算|規模|概要|内容|対象|担当|問合|問い合|問い|電話|番号|連絡|先|窓口"
    "|期間|期限|締切|目標|成果|財源|国庫|一般財源|内訳|上限|限度|利率|金利|保証|料率|料|据置|据え置|返済|前年|増減|現計|総額|金額|額|率"
    "|件数|実施|利用|申請|応募|公募|募集|要件|条件|等|関係|関連|一覧|全体|最大|今年|来年|昨年|令和|平成|度|比|者|課|何"
)
_AFTER = re.compile(rf"(?:{_TAILS})+(?![一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ])")


@dataclass(frozen=True, slots=True)
class _Name:
    program: str
    subprogram: str | None
    document: str
    weight: int  # 3 a program's own name, 2 an alias, 1 a part of a program, 0 an office or a sum


@dataclass(frozen=True, slots=True)
class Mention:
    """A name said in a text at [start, end): the programs it may mean, and the 枠 or fund if it is one's name."""

    start: int
    end: int
    programs: tuple[str, ...]
    subprogram: str | None


class Vocabulary:
    """Names, aliases, 枠 and funds of all programs, found in a question by the longest match."""

    def __init__(self, programs: Iterable[Program], places: Places = ()) -> None:
        self.places = places  # how the regions of the documents may be called
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for program in programs:
            self._add(program)
        for key in self._names:
            self._by_head[key[:2]].append(key)
        for keys in self._by_head.values():
            keys.sort(key=len, reverse=True)
        self._grams: dict[str, set[str]] = defaultdict(set)  # a piece of a name → the programs whose names hold it
        for key, names in self._names.items():
            for place in range(len(key) - GRAM + 1):
                self._grams[key[place : place + GRAM]].update(name.program for name in names if name.weight >= 2)

    def _add(self, program: Program) -> None:
        label = program.role != "program"
        here = program.document
        self._put(program.program, _Name(program.id, None, here, 0 if label else 3))
        for alias in program.aliases:
            self._put(alias, _Name(program.id, None, here, 0 if label else 2))
        for name in (program.program, *program.aliases):
            self._put(re.sub(r"(事業費?|費)$", "", name), _Name(program.id, None, here, 0 if label else 2), shortest=6)
        for part in program.subprograms:
            self._put(part, _Name(program.id, part, here, 1))
            self._put(re.sub(r"[(（][^()（）]*[)）]", "", part), _Name(program.id, part, here, 1))
            for inner in re.findall(r"[(（]([^()（）]{6,})[)）]", part):
                self._put(inner, _Name(program.id, part, here, 1))
            self._put(re.sub(r"(支援|支援等)?(事業費?|費)$", "", part), _Name(program.id, part, here, 1), shortest=6)

    def _put(self, name: str, entry: _Name, shortest: int = SHORTEST) -> None:
        key = match_form(name)
        if len(key) >= shortest and not _GENERAL.match(key) and entry not in self._names[key]:
            self._names[key].append(entry)

    def mentions(self, text: str) -> list[Mention]:
        """Every name said in a text, in order; a longer name wins over one inside it."""
        plain, origin = _mapped(text)
        found: list[Mention] = []
        start = 0
        while start < len(plain):
            keys = self._by_head.get(plain[start : start + 2], ())
            key = next((key for key in keys if plain.startswith(key, start)), None)
            if key is None or not bounded(text, origin[start], origin[start + len(key) - 1] + 1):
                start += 1
                continue
            names = self._best(key)
            subprogram = next((name.subprogram for name in names if name.subprogram), None)
            end = start + len(key)
            programs = tuple(dict.fromkeys(name.program for name in names))
            found.append(Mention(origin[start], origin[end - 1] + 1, programs, subprogram))
            start = end
        return found

    def partly(self, question: str) -> tuple[str, ...]:
        """The one program whose name shares a long piece with a question, when no other name holds that piece."""
        plain, _ = _mapped(question)
        run: set[str] = set()
        length = 0
        found: set[str] = set()
        longest = LONG_PIECE - 1
        for place in range(len(plain) - GRAM + 1):
            holders = self._grams.get(plain[place : place + GRAM], set())
            run = (run & holders) if run & holders else set(holders)
            length = length + 1 if run and length else (GRAM if run else 0)
            if len(run) == 1 and length > longest:
                longest, found = length, set(run)
        return tuple(found)

    def find(self, question: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Span, ...]]:
        """Ids of the programs named, the 枠, funds or parts named, and the spans of the names in the question."""
        found = self.mentions(question)
        programs = dict.fromkeys(program for mention in found for program in mention.programs)
        parts = dict.fromkeys(mention.subprogram for mention in found if mention.subprogram)
        return tuple(programs), tuple(parts), tuple((one.start, one.end) for one in found)

    def _best(self, key: str) -> list[_Name]:
        """Who bears a name: within one document those whose own name it is, before those it only abbreviates."""
        entries = self._names[key]
        best: dict[str, int] = {}
        for entry in entries:
            best[entry.document] = max(best.get(entry.document, 0), entry.weight)
        return [entry for entry in entries if entry.weight == best[entry.document]]

    @staticmethod
    def without(question: str, spans: tuple[Span, ...]) -> str:
        """The question with the names taken out, so that their words ask for nothing."""
        for start, end in sorted(spans, reverse=True):
            question = f"{question[:start]} {question[end:]}"
        return question


def bounded(text: str, start: int, end: int) -> bool:
    """Whether a name at [start, end) ends where a compound ends: 「小口資金」 is not said in 「新小口資金特別枠」."""
    before, after = text[:start], text[end:]
    if _COMPOUND_END.search(before) and not _BEFORE.search(before):
        return False
    return not _COMPOUND_START.match(after) or bool(_AFTER.match(after))


def _mapped(text: str) -> tuple[str, list[int]]:
    """:func:`match_form` of a text with, for each of its characters, where it stands in the text."""
    plain: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for form in _DROPPED.sub("", unicodedata.normalize("NFKC", letter)).lower():
            plain.append(form)
            origin.append(place)
    return "".join(plain), origin
