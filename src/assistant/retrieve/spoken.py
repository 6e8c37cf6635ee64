"""What a conversation goes by, from an index: which words a program holds, and the like of a program elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ..figures import year_number
from ..index import Index
from ..programs.names import match_form
from ..records import FactKind, Program, Query
from ..tokens import fold, nouns, tokens
from ..understand import wanted
from ..understand.ground import Found, Home
from ..understand.thesaurus import everyday
from ..values.dated import year_of
from . import retrieve, scope_of
from .rank import odds

TERM = 0.8  # an official term counts a little less than the asker's own word
ALIKE = 0.5  # share of their names that two programs have in common when one is the like of the other
CLOSE = 0.7  # cosine of the names of two such programs
LIKELY = 0.4  # how much the words of the conversation count beside the names
DESCRIBED = 0.4  # how much the names count where the program was only described
SURE = 0.5
#: Kinds of figures that what an applicant is makes differ.
_DEPENDING = (
    FactKind.SUBSIDY_RATE,
    FactKind.SUBSIDY_LIMIT,
    FactKind.LIMIT_ADDITION,
    FactKind.LOAN_LIMIT,
    FactKind.LOAN_RATE,
    FactKind.GUARANTEE_RATE,
)
_SORTS = ("補助金", "助成金", "奨励金", "支援金", "資金", "融資", "貸付", "基金")  # 「もう一つの資金」
_SHORTEST = 4  # characters of a stretch that says a part's name
_MOST_OF = 0.6  # share of the name that it is
_ITS_OFFICE = re.compile(
    r"(?:所管|担当|受け持|受けも|所属|同じ|その|この)[^、。?]{0,6}(?:課|部署|室)の?(?:全体|当初|合計|全部|ぜんぶ)?の?(?:予算|額|事業費|合計)"
)
# what a turn is about, at its beginning: 「診断のを先に」
_HEAD = re.compile(
    r"^(?:その|そっちの|あと|それと|ほんで|で)?、?(?P<said>[^、。?はをがもに]{2,20}?)"
    r"(?P<one>の?(?:ほう|方|やつ|補助金?|制度|事業|資金|融資)|の(?=[はを?]))?"
    r"(?:は|って|だと|だっ?たら|や(?:と|ったら)|なら|の?場合|でし?たら|も|(?<=の)を|(?<=[方う])を?に(?:した|する|すれ)|[?。]|$)"
)
_LONG = 4  # characters of a piece of a name that says it anywhere
_BRACKET = re.compile(r"[（(]([^（）()]{2,})[）)]")


class Spoken:
    """The ground of one conversation.  ``read`` reads a turn; ``told`` says what a query was answered from."""

    def __init__(self, index: Index, read: Callable[[str], Query], told: Callable[[Query], tuple[str, ...]]) -> None:
        self._index = index
        self._read = read
        self._told = told
        self._words: dict[str, frozenset[str]] = {}

    def read(self, text: str) -> Query:
        """A turn read alone."""
        return self._read(text)

    def told(self, query: Query) -> tuple[str, ...]:
        """The programs that a query is answered from."""
        return self._told(query)

    def home(self, program: str) -> Home:
        """The region and year of a program's document."""
        document = self._index.documents[self._index.programs[program].document]
        return Home(document.region, document.fiscal_year)

    def regions(self) -> tuple[str, ...]:
        """The regions whose documents are held."""
        return tuple(dict.fromkeys(document.region for document in self._index.documents.values()))

    def name(self, program: str) -> str:
        """A program's name."""
        return self._index.programs[program].program

    def fits(self, program: str, query: Query, words: Sequence[str]) -> float:
        """Share of these words that a program's pages hold, by rarity; its official terms count for them."""
        held = self._share(words, self._held(program))
        return max(held, TERM * _terms_met(query, self._index.said_of(program)))

    def bears(self, program: str, words: Sequence[str]) -> float:
        """Share of these words that stand in a program's name."""
        return self._share(words, frozenset(tokens(" ".join(_names(self._index.programs[program])))))

    def has_part(self, program: str, query: Query, words: Sequence[str]) -> bool:
        """Whether a part, item or case of a program's figures bears these words, or their official terms."""
        facts = self._index.facts_of(program)
        said = dict.fromkeys(f"{fact.subprogram or ''} {fact.item or ''} {fact.condition or ''}" for fact in facts)
        parts = " ".join((*self._index.programs[program].subprograms, *said))
        own = frozenset(tokens(self.name(program)))
        strange = [word for word in words if word not in own]
        return self._share(strange, frozenset(tokens(parts))) >= SURE or _terms_met(query, fold(parts)) >= SURE

    def begins(self, program: str, year: str) -> bool:
        """Whether a program is said to run from a fiscal year on."""
        periods = (fact.text for fact in self._index.facts_of(program) if fact.kind is FactKind.PERIOD)
        starts = (re.split(r"[-~～〜－―–—]|から", text)[0].strip() for text in periods)
        return any(year_number(start if "年" in start else f"{start}年度") == year_number(year) for start in starts)

    def sibling(self, program: str, query: Query, words: Sequence[str]) -> str | None:
        """The other program of nearly the same name, in the same document, that these words speak of."""
        here = self._index.programs[program]
        found = []
        for other in self._index.programs.values():
            if other.document != here.document or other.role != here.role or other.id == program:
                continue
            own = fold(" ".join(_names(other)))
            said = max(self.bears(other.id, words), TERM * _terms_met(query, own))
            if said >= SURE and self._alike(here, other) >= ALIKE:
                found.append((said, other.id))
        found.sort(reverse=True)
        return found[0][1] if found and (len(found) == 1 or found[0][0] > found[1][0]) else None

    def short_said(self, program: str, text: str, *, beside: bool) -> str | None:
        """The one other program of its document whose name holds what a turn begins with: 「設備のびるの方は」."""
        head = _HEAD.match(fold(text))
        said = head["said"] if head else ""
        if head is None or len(said) < 2 or _holds(self._index.programs[program], said):
            return None
        facts = self._index.facts_of(program)
        if any(said in fold(f"{fact.subprogram} {fact.item} {fact.condition}") for fact in facts):
            return None
        if not beside and any(said in fold(one.text) for one in self._index.passages_of(program)):
            return None
        home = self._index.programs[program].document
        others = [one for one in self._index.programs.values() if one.document == home and one.role == "program"]
        begins = len(said) < _LONG
        others = [one for one in others if _holds(one, said, begins=begins)] if head["one"] or not begins else []
        return others[0].id if len({one.program for one in others}) == 1 else None

    def parts_said(self, program: str, text: str) -> tuple[str, ...]:
        """The parts of a program whose names a text says: in full, or a stretch that no other part's name holds."""
        one = self._index.programs[program]
        return said_parts(one.subprograms, fold(text), fold("、".join(_names(one))))

    def part_bearing(self, program: str, words: Sequence[str]) -> tuple[str, ...]:
        """The one part of a program whose name, and that of no other part, bears these words: 「調査のほうは」."""
        one = self._index.programs[program]
        name = fold(" ".join(_names(one)))
        strange = [fold(word) for word in words if fold(word) not in name]
        bearing = [part for part in one.subprograms if strange and all(word in fold(part) for word in strange)]
        return tuple(bearing) if len(bearing) == 1 < len(one.subprograms) else ()

    def kinds_of_case(self, program: str, words: Sequence[str], parts: Sequence[str] = ()) -> tuple[FactKind, ...]:
        """The kinds of a program's figures whose cases bear these words: what depends on being such a one."""
        kinds = (*_DEPENDING, FactKind.LOAN_TERM) if parts else _DEPENDING
        facts = [fact for fact in self._index.facts_of(program) if fact.kind in kinds and fact.condition]
        facts = [fact for fact in facts if not parts or fact.subprogram in parts]
        borne = [one for one in facts if self._share(words, frozenset(tokens(one.condition or ""))) >= SURE]
        return tuple(dict.fromkeys(fact.kind for fact in borne))

    def other_part(self, program: str, part: str) -> str | None:
        """The other one of a program's two parts; None when it has more, or fewer."""
        parts = self._index.programs[program].subprograms
        return next((one for one in parts if one != part), None) if len(parts) == 2 and part in parts else None

    def office(self, program: str) -> str:
        """The one office that a program belongs to; "" where none or several are told."""
        offices = self._index.programs[program].departments
        return offices[0] if len(offices) == 1 else ""

    def other_of_two(self, program: str, text: str, words: Sequence[str]) -> str | None:
        """The other of the two programs of one section, office or document, or of those that these words name."""
        here = self._index.programs[program]
        near = [one for one in self._index.programs.values() if one.document == here.document and one.role == here.role]
        near = [one for one in near if one.id != program]
        same_office = [one for one in near if set(one.departments) & set(here.departments)]
        stem = _BRACKET.sub("", here.program)
        variants = [one for one in near if stem not in (here.program, one.program)]
        variants = [one for one in variants if _BRACKET.sub("", one.program) == stem]
        if variants:  # 「成長投資資金（ＤＸ枠）」 and （脱炭素枠）
            return variants[0].id if len(variants) == 1 else None
        groups = [[one for one in near if one.section == here.section], same_office, near]
        if "課" in text or "部署" in text or "担当" in text:
            groups = [same_office]
        sorts = [sort for sort in _SORTS if sort in text]
        for group in groups:
            of_sort = [one for one in group if not sorts or any(sort in fold(one.program) for sort in sorts)]
            held = [one for one in of_sort if not words or self.bears(one.id, words) > 0]
            if len(held) == 1:
                return held[0].id
        return None

    def row_said(self, program: str, text: str) -> str | None:
        """The office or sum of a program's document that a text says by its name."""
        home = self._index.programs[program].document
        rows = [one for one in self._index.programs.values() if one.document == home and one.role != "program"]
        if _ITS_OFFICE.search(fold(text)):  # 「所管している課の予算の何%」
            offices = self._index.programs[program].departments
            own = [one.id for one in rows if any(fold(name) in fold(one.program) for name in offices)]
            return own[0] if len(own) == 1 else None
        said = [one for one in rows if len(fold(one.program)) > 2 and fold(one.program) in fold(text)]
        return max(said, key=lambda one: len(one.program)).id if said else None

    def states(self, program: str, query: Query, parts: Sequence[str] = ()) -> bool:
        """Whether a program, or these parts of it, states what a query asks for; True when it asks for no figure."""
        kinds = set(wanted(query))
        year = year_number(query.figure_year or "")
        if not kinds or not (parts or year):
            return not kinds or bool(kinds & self._index.kinds_of(program))
        facts = [fact for fact in self._index.facts_of(program) if fact.kind in kinds]
        return any((not parts or fact.subprogram in parts) and year in (None, year_of(fact)) for fact in facts)

    def best(self, query: Query, without: Sequence[str] = ()) -> Found | None:
        """The program that a query describes best, of its region and year."""
        retrieval = retrieve(replace(query, named=()), self._index)
        ranked = [hit for hit in retrieval.hits or retrieval.ranked if hit.program.id not in without]
        if not ranked:
            return None
        left = (retrieval.hits or retrieval.ranked)[0]
        sure = retrieval.sure if left is ranked[0] else retrieval.sure * odds(ranked[0], left)
        return Found(ranked[0].program.id, sure)

    def like(self, program: str, query: Query, *, described: bool = False) -> str | None:
        """The program of the query's region and year that is named like this one, or plainly described by the query."""
        held = scope_of(replace(query, named=()), self._index)
        if held is None:
            return None
        here = self._index.programs[program]
        others = [one for one in self._index.programs.values() if one.document in held and one.role == here.role]
        retrieval = retrieve(replace(query, named=()), self._index)
        best = retrieval.ranked or retrieval.hits
        likely = {hit.program.id: min(1.0, odds(hit, best[0])) for hit in best}
        vector = self._index.embedder.encode_query([here.program])[0]
        meaning = dict(self._index.dense_programs(vector, len(self._index.programs)))
        found = []
        for other in others:
            near, close = self._alike(here, other), meaning.get(other.id, 0.0)
            named = (near + 0.5 * close) * (DESCRIBED if described else 1.0)
            total = named + LIKELY * likely.get(other.id, 0.0) + 0.1 * self.states(other.id, query)
            of_its_kind = described or near >= ALIKE / 2 or close >= CLOSE / 2
            found.append((total, near >= ALIKE or close >= CLOSE, of_its_kind, other.id))
        found = [one for one in found if one[3] != program]
        if not found:
            return None
        _, alike, of_its_kind, name = max(found)
        spoken = self._share(sorted(nouns(here.program)), self._held(name)) >= ALIKE / 2 or alike
        top = of_its_kind and spoken and bool(best) and best[0].program.id == name
        return name if (alike and not described) or (retrieval.sure >= SURE and (top or alike)) else None

    def _alike(self, one: Program, other: Program) -> float:
        """How much two names have in common, by the rarity of their words: 2·|common| / (|one| + |other|)."""
        best = 0.0
        for first in _names(one):
            for second in _names(other):
                if match_form(first) == match_form(second):
                    return 1.0
                left, right = _name_words(first), _name_words(second)
                weight = self._index.rarity(sorted(left | right))
                total = sum(weight[word] for word in left) + sum(weight[word] for word in right)
                common = sum(weight[word] for word in left & right)
                best = max(best, 2 * common / total if total else 0.0)
        return best

    def _share(self, words: Sequence[str], held: frozenset[str]) -> float:
        weights = self._index.rarity(list(words))
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0

    def _held(self, program: str) -> frozenset[str]:
        if program not in self._words:
            one = self._index.programs[program]
            texts = [passage.text for passage in self._index.passages_of(program)]
            self._words[program] = frozenset(tokens("\n".join((*_names(one), *one.subprograms, *one.section, *texts))))
        return self._words[program]


def _holds(program: Program, said: str, *, begins: bool = False) -> bool:
    names = [fold(name) for name in (program.program, *program.aliases, *program.subprograms)]
    return any(name.startswith(said) if begins else said in name for name in names)


def said_parts(parts: Sequence[str], said: str, name: str) -> tuple[str, ...]:
    """Of the names of parts those that a text says: in full, by what stands in brackets, or by most of a name."""
    whole = [part for part in parts if len(part) > 2 and fold(part) in said]
    if whole:
        return tuple(whole)
    inner = {part: set(map(fold, _BRACKET.findall(part))) for part in parts}
    held = [part for part in parts if any(len(one) > 1 and one in said for one in inner[part])]
    if held:
        return tuple(held) if len(held) == 1 else ()
    stretches = {part: _stretch(fold(part), said) for part in parts}
    told = [part for part in parts if _tells(stretches[part], fold(part)) and stretches[part] not in name]
    return tuple(part for part in told if not any(stretches[part] in fold(one) for one in parts if one != part))


def _stretch(part: str, said: str) -> str:
    found = SequenceMatcher(None, part, said, autojunk=False).find_longest_match()
    return part[found.a : found.a + found.size]


def _tells(stretch: str, part: str) -> bool:
    return len(stretch) >= _SHORTEST and len(stretch) >= _MOST_OF * len(part)


def _terms_met(query: Query, said: str) -> float:
    """Share of a turn's everyday words of which a folded text holds an official term."""
    groups = [tuple(map(fold, terms)) for terms in everyday(query.search or query.question)]
    return sum(any(term in said for term in group) for group in groups) / len(groups) if groups else 0.0


def _names(program: Program) -> tuple[str, ...]:
    return (program.program, *program.aliases)


def _name_words(name: str) -> set[str]:
    return nouns(name)
