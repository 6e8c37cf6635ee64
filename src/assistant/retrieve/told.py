"""Programs of a set by what documents say of them in words: a body that takes part, a way to apply."""

from __future__ import annotations

import re

from ..index import Index
from ..lexicon import compiled, table
from ..records import Program
from ..tokens import fold, nouns, tokens
from ..understand.spelling import modern
from ..understand.thesaurus import everyday
from .delimited import Delimited, filler
from .delimiters import by_name
from .filters import Unread, among, cells_of

TOLD = "お尋ねの語が載っている"
_BY_WAY = "お尋ねの方法で申し込める"
_LONG = 6  # letters of a name by which a body is known
_PLAIN = 4  # letters of words that stand for themselves


def read_told(unread: Unread, programs: list[Program], index: Index) -> None:
    """「慶應先端研が関わる」, 「(専門家派遣)が付いてる」: by words said of a program, or that its name holds."""
    named = by_name(unread.text)
    if named is not None:
        start = unread.text.find(named.said[0])
        unread.take(start, start + len(named.said[0]), named)
        return
    if _read_ways(unread, programs, index) or _read_value(unread, programs, index):
        return
    for pattern in table("scopes")["told"]["patterns"]:
        for match in compiled(pattern).finditer(unread.text):
            for words in _said_in(match):
                held = _tellers(words, programs, index, match[0])
                if held or re.search(table("scopes")["bodies"]["pattern"], words):
                    unread.take(*match.span(), Delimited(among(held), (words,), TOLD))
                    return


def _read_ways(unread: Unread, programs: list[Program], index: Index) -> bool:
    """「紙を出さんでもネットから申し込める」: by a way to apply, in the words that documents have for it."""
    rules = table("scopes")["ways"]
    for entry in rules["entries"]:
        said = [match.span() for match in re.finditer(entry["words"], unread.text)]
        terms = [fold(term) for term in entry["terms"]]
        ways = re.compile(f"(?:{'|'.join(map(re.escape, terms))})(?!{rules['never']})")
        held = frozenset(one.id for one in programs if said and ways.search(modern(index.said_of(one.id))))
        held = (_enumerated(set(terms), programs, index) if said else frozenset()) or held
        if held:
            for place, span in enumerate(said):
                unread.take(*span, Delimited(among(held), (), _BY_WAY) if not place else None)
            return True
    return False


def _read_value(unread: Unread, programs: list[Program], index: Index) -> bool:
    """「受付が「随時」の」: by what a cell of a program's own row holds, and nothing more."""
    match = re.search(table("scopes")["values"]["pattern"], unread.text)
    if match is None:
        return False
    value = fold(match["value"])
    cells = {one.id: [fold(cell) for cell in cells_of(one, index)] for one in programs}
    held = frozenset(one for one, own in cells.items() if value in own)
    held = held or frozenset(one for one, own in cells.items() if any(value in _pieces(cell) for cell in own))
    if held:
        unread.take(*match.span(), Delimited(among(held), (match["value"],), "欄の記載がお尋ねのとおりの"))
    return bool(held)


def _pieces(cell: str) -> set[str]:
    return set(re.split(r"[、,/・]|<br>", cell))


def _said_in(match: re.Match[str]) -> list[str]:
    """What a question says is told of a program: the words in brackets beside it first."""
    words = re.sub(r"^.*(?:うち|なか|中)で?[、の]?", "", match["words"])
    words = re.sub(r"^.*(?:では|で|は)(?=..)", "", words).strip("、 　〜~「」『』")
    beside = re.findall(r"[（(]([^（）()]{2,20})[)）]", match[0][match.end("words") - match.start() :])
    return [*beside, words]


def _tellers(words: str, programs: list[Program], index: Index, around: str = "") -> frozenset[str]:
    """The programs of which words are said: as they stand, by official terms, shortened, or each on its own."""
    plain = modern(fold(words)).strip("〜~")
    content = [word for word in tokens(words) if len(word) > 1 and word not in filler() and word in nouns(words)]
    if len(plain) < 2 or not content:
        return frozenset()
    terms = {fold(term) for group in everyday(around or words) for term in group}
    said = {one.id: modern(index.said_of(one.id)) for one in programs}
    held = frozenset(one for one, text in said.items() if plain in text)
    if len(plain) < _PLAIN or not held:  # ネット is in ネットワーク too
        held = _enumerated({one for one in (plain, *terms) if len(one) >= _PLAIN}, programs, index) or held
    held = held or _of_name(plain, said)
    if re.search(rf"[一-龠々ァ-ヶー]{{{_LONG},}}$", plain) and re.search(table("scopes")["bodies"]["pattern"], plain):
        return held  # a body is printed, or nothing is said of it
    held = held or frozenset(one for one, text in said.items() if any(term in text for term in terms))
    if not held and re.fullmatch(r"[一-龠々の]{3,10}", plain):
        short = re.compile("[一-龠々]{0,6}?".join(map(re.escape, plain.replace("の", ""))))
        held = frozenset(one for one, text in said.items() if short.search(text))
    whole = [word for word in content if not any(word != other and word in other for other in content)]
    return held or frozenset(one for one, text in said.items() if all(word in text for word in whole))


def _of_name(words: str, said: dict[str, str]) -> frozenset[str]:
    """The programs that print the long name in what is said, and most of the rest: 「慶應の先端生命科学研究所」."""
    pieces = sorted(re.findall(r"[一-龠々ァ-ヶーa-z]{2,}", words), key=len, reverse=True)
    if not pieces or len(pieces[0]) < _LONG:
        return frozenset()
    held = frozenset(one for one, text in said.items() if pieces[0] in text)
    for piece in pieces[1:]:
        held = frozenset(one for one in held if piece in said[one]) or held
    return held


def _enumerated(terms: set[str], programs: list[Program], index: Index) -> frozenset[str]:
    """The programs that a remark of their document names together: 「電子申請に対応しているのは３つ（…、…）」."""
    documents = {one.document for one in programs}
    for page in index.passages.values():
        if page.document not in documents:
            continue
        for line in re.split(r"[\n。]", page.text):
            plain = modern(fold(line))
            named = frozenset(one.id for one in programs if fold(one.program) in plain) if "、" in line else frozenset()
            if len(named) > 1 and any(term in plain for term in terms):
                return named
    return frozenset()
