"""The runs of a question that may be a name, and where a name that stands in a compound is said."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ..lexicon import table
from ..programs.names import match_form
from .spelling import modern

_SHORT = 60  # characters of a text whose form is kept
Span = tuple[int, int]

_DROPPED = re.compile(r"[\s「」『』\"'・･,，、]")
ROW = 4  # letters of a name in a row of names
_PIECE = re.compile(r"(?:(?!それに|および|及び)[^、,，。（）()と＋+&＆「」『』？?！!\s])+")
_JOINT = re.compile(r"^[」』]?(?:[、,，・と＋+&＆]|それに|および|及び|や|\s)+[「『]?$")
_RUN = re.compile(r"[一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ0-9０-９・･ぁ-ん]{5,60}")
_PARTICLE = re.compile(r"(?:の|は|が|を|に|で|と|も|って|、|という|など|とか)")

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
# what makes another name of the one before it: 「創業支援」 is not said in 「創業支援資金」
_OTHER_NAME = re.compile(r"資金|(?:支援|推進|促進|対策|強化)(?:事業|制度|補助金|助成金)")


def is_national(question: str, start: int, end: int) -> bool:
    """Whether a part of a name is said within the name of a national program that no document holds."""
    said = match_form(question)
    names = (match_form(name) for name in table("national")["programs"]["names"])
    return any(match_form(question[start:end]) in name for name in names if name in said)


def pieces(question: str) -> list[Span]:
    """What stands between marks and 「と」, without the particles behind it."""
    found = []
    for match in _PIECE.finditer(question):
        text = re.sub(r"(?:の?(?:予算|額|ほう|方|分|事業)|を|は|が|で|の)+$", "", match.group())
        if ROW <= len(text) <= 30:
            found.append((match.start(), match.start() + len(text)))
    return found


def in_row(question: str, piece: Span, place: int) -> bool:
    """Whether only a joint stands between a piece and a place of a name."""
    between = question[piece[1] : place] if place >= piece[1] else question[place : piece[0]]
    return bool(_JOINT.match(between))


def runs(question: str) -> list[Span]:
    """Runs of letters that may be a name, longest first: each from a particle to any particle behind it."""
    found: set[Span] = set()
    for run in _RUN.finditer(question):
        cuts = [run.start(), *(match.end() + run.start() for match in _PARTICLE.finditer(run.group()))]
        ends = [*(match.start() + run.start() for match in _PARTICLE.finditer(run.group())), run.end()]
        found |= {(start, end) for start in cuts for end in ends if 5 <= end - start <= 45}
        found |= {(start, end - cut) for start, end in tuple(found) for cut in _asking_tail(question[start:end])}
    return sorted(found, key=lambda span: span[0] - span[1])[:60]


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(table('spellings')['names']['asks'])})額?$")


def _asking_tail(text: str) -> list[int]:
    """How many letters at the end of a run ask something: 4 of 「…促進事業予算額」."""
    match = _asks().search(text)
    return [len(text) - match.start()] if match and match.start() else []


@lru_cache(10_000)
def _plain(letter: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", modern(letter))).lower()


def mapped(text: str) -> tuple[str, tuple[int, ...]]:
    """:func:`match_form` of a text with, for each of its characters, where it stands in the text."""
    return _run_mapped(text) if len(text) <= _SHORT else _mapped(text)


@lru_cache(10_000)  # the pieces of a question hold the same runs; longer texts are not kept, they take much room
def _run_mapped(text: str) -> tuple[str, tuple[int, ...]]:
    return _mapped(text)


def _mapped(text: str) -> tuple[str, tuple[int, ...]]:
    plain: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for form in _plain(letter):
            plain.append(form)
            origin.append(place)
    return "".join(plain), tuple(origin)


def bounded(text: str, start: int, end: int) -> bool:
    """Whether a name at [start, end) ends where a compound ends: 「小口資金」 is not said in 「新小口資金特別枠」."""
    before, after = text[:start], text[end:]
    if _COMPOUND_END.search(before) and not _BEFORE.search(before):
        return False
    if _OTHER_NAME.match(after):
        return False
    return not _COMPOUND_START.match(after) or bool(_AFTER.match(after))
