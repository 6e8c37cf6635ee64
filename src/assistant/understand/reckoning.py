"""What a question asks to be reckoned over programs, and the pieces of it that say which (``lexicon/reckoning.toml``).

::

    「AとB、それにC。この三つを足すと?」 ─▶ sum, three, [A][B][C]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..figures import find_figures
from ..figures.loose import loose_money
from ..lexicon import compiled, table
from ..records import Figure, FigureKind
from ..tokens import search_form

_STRONG = re.compile(
    r"の(?:章|項目|項|柱|欄|区分|見出し|中)に(?:並ぶ|並んで(?:い)?る|載る|載って(?:い)?る|ある|入って(?:い)?る)"
    r"|[にで]?は?(?:(?:両方|どちら|どっち)(?:に|にも|とも)?ある|それぞれ[のにで]?)"  # 「…に両方ある商店街の事業」
    r"(?=[一-龠ァ-ヶA-Za-z][^、。?？]{1,20}の(?:予算|事業|補助|助成|額|支援|上限|率|制度|融資|資金))"
    r"|[、，。；;？?！!\n／/=＝:：÷]|,(?![0-9])|(?<=\S)[ 　]+(?=\S)"
)
_THAN = re.compile(r"(?<=[一-龠々ァ-ヶーA-Za-z0-9」』）)〓けのしみりい])より(?=[も、]?[一-龠々ァ-ヶA-Za-z0-9「『〓])")
_AGAINST = re.compile(r"[にと](?:比べ|くらべ)(?:て|ると|たら)?(?=[一-龠々ァ-ヶA-Za-z0-9「『〓])")
_TIMES = re.compile(r"(?:に)?は(?=[^、。は]{2,40}の何(?:倍|割|%|％|パーセント))")  # 「AはBの何倍」
_TO = re.compile(
    r"(?:(?<=[一-龠々ァ-ヶーA-Za-z0-9」』）)〓けのしみりいえきちせめれげべぎじび])|(?<=ほう)|(?<=ぶん)|(?<=やつ))"
    r"と(?=[一-龠々ァ-ヶA-Za-z0-9「『（(〓あ-ん])"
)
_BLANK = re.compile(r"(?<=[ぁ-んァ-ヶー一-龠々]) +(?=[ぁ-んァ-ヶー一-龠々0-9])")
# 「AからBを引く」「AをBで割る」「AにBを足す」
_TAKEN = re.compile(
    r"から、?(?=[^、。]{2,40}(?:引い|引く|引き|差し引|マイナス))|を(?=[^、。を]{2,40}で(?:割|わっ|わる))"
    r"|に(?=[^、。に]{2,40}を?(?:足|たし|加え|プラス))|(?:に)?(?:は|が|って)(?=[^、。は]{2,40}の(?:倍|[0-9二三四五]倍|半分|何分の))"
    r"|(?:に)?は(?=[^、。は]{2,40}より)|も(?=[^、。も]{2,40}も)"
)
_BEHIND = re.compile(
    r"(?<=[、 　])と(?:[ 　]?(?=[一-龠々ァ-ヶA-Za-z0-9「『（(〓])|[ 　](?=[ぁ-ん]))"
)  # 「A（群馬）とB」
_NUMBERS = "〇一二三四五六七八"
_COVER = "〓"
_BRACKETS = re.compile(r"[（(](?P<inner>[^（）()]*)[）)]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a question that may say a program, at [start, end); ``joined`` to the piece before it by 「と」."""

    text: str
    start: int
    end: int
    joined: bool = False
    inside: bool = False  # it stands in brackets


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a question says programs with, in order, and how many of them it says that there are."""

    pieces: tuple[Piece, ...]
    many: int | None = None


def operation_of(question: str) -> tuple[str | None, Figure | None]:
    """What a question asks to be reckoned (sum, difference, ratio, share, product, compare, lesser), and its cost."""
    plain = _BLANK.sub("", search_form(question))
    rules = table("reckoning")
    if _says(plain, rules["not"]["patterns"]):
        return None, None
    cost = cost_of(question)
    if cost is not None:
        return "lesser", cost
    for operation in rules["operation"]:
        if _says(plain, operation["patterns"]):
            return str(operation["name"]), None
    return None, None


def cost_of(question: str) -> Figure | None:
    """What the asker would spend, in a question that asks what is paid of it: 「300万円の機械ならいくら出る?」."""
    rules = table("reckoning")["cost"]
    if not _says(question, rules["asks"]) or _says(question, rules["never"]):
        return None
    amounts = [one for one in find_figures(question) if one.kind is FigureKind.MONEY and one.yen]
    amounts += loose_money(question)
    spent = [one for one in amounts if _says(question[one.end :], rules["behind"])]
    if len(spent) != 1 or len(amounts) != 1:
        return None
    said = find_figures(spent[0].text) or find_figures(f"{spent[0].text}円")  # 「150万」 is printed 150万円
    return said[0] if len(said) == 1 and said[0].yen == spent[0].yen else None


def says(question: str, name: str) -> bool:
    """Whether a question says one of a list's patterns (``set``, ``less``, ``more``, ``years``, ``amount`` …)."""
    return _says(search_form(question), table("reckoning")[name]["patterns"])


def pieces_of(question: str, kept: Sequence[Span] = (), *, fine: bool = True) -> Pieces:
    """The pieces of a question that may each say a program; ``kept`` are spans of names, which are never cut.

    ``fine`` cuts at 「や」 and 「・」 too.  A list in brackets is taken for the pieces when it has two or more.
    """
    cover = _covered(question, kept)
    inner = _list_in_brackets(cover, fine)
    start, stop = inner or (0, len(question))
    found: list[Piece] = []
    many = _many(cover)
    joined = False
    for begin, end, sign in _cuts(cover, start, stop, fine):
        piece = _stripped(question, cover, begin, end)
        if piece is not None:
            found.append(replace(piece, joined=joined))
        joined = sign
    return Pieces(tuple(_without_left_out(found, question)), many)


def stretches_of(question: str, kept: Sequence[Span] = (), *, fine: bool = False) -> Pieces:
    """All stretches of a question that may say a thing, those in brackets apart: nothing need join them."""
    cover = _covered(question, kept)
    brackets = [match.span("inner") for match in _BRACKETS.finditer(cover)]
    flat = re.sub(r"[（()）]", "、", cover)
    found: list[Piece] = []
    joined = False
    for begin, end, sign in _cuts(flat, 0, len(flat), fine, (_TAKEN, _BEHIND)):
        piece = _stripped(question, cover, begin, end)
        if piece is not None:
            inside = any(first <= piece.start and piece.end <= last for first, last in brackets)
            found.append(replace(piece, joined=joined, inside=inside))
            joined = False
        joined = sign or (joined and piece is None)
    return Pieces(tuple(_without_left_out(found, question)), _many(cover))


def bare(text: str) -> str:
    """A piece without the words behind a name that only say it is one: 「…の事業」."""
    for pattern in table("reckoning")["strip"]["kind"]:
        text = re.sub(pattern, "", text)
    return text


def places_asked(question: str) -> int | None:
    """How many decimals a question asks for: 「小数第2位まで」."""
    match = re.search(r"小数点?(?:以下)?第?([0-9一二三])[位桁けたケタ]", search_form(question))
    return {"一": 1, "二": 2, "三": 3}.get(match[1]) or int(match[1]) if match else None


def _says(text: str, patterns: Sequence[str]) -> bool:
    return any(compiled(pattern).search(text) for pattern in patterns)


def _covered(question: str, kept: Sequence[Span]) -> str:
    """A question with names and quoted words hidden, so that no joint is seen in them."""
    spans = [*kept, *((match.start(), match.end()) for match in re.finditer(r"「[^「」]*」|『[^『』]*』", question))]
    for start, end in spans:
        question = question[:start] + _COVER * (end - start) + question[end:]
    return question


def _list_in_brackets(cover: str, fine: bool) -> Span | None:
    for match in _BRACKETS.finditer(cover):
        if len(list(_cuts(cover, match.start("inner"), match.end("inner"), fine))) > 1:
            return match.span("inner")
    return None


def _cuts(
    cover: str, start: int, stop: int, fine: bool, more: Sequence[re.Pattern[str]] = ()
) -> list[tuple[int, int, bool]]:
    """(start, end, whether 「と」 or the like joins it to the next) of every piece; brackets stay whole."""
    hidden = list(_BRACKETS.sub(lambda match: _COVER * len(match[0]), cover[:stop]))
    plain = "".join(hidden) if (start, stop) == (0, len(cover)) else cover[:stop]
    joints = [(match.start(), match.end(), False) for match in _STRONG.finditer(plain, start)]
    verbs = compiled(table("reckoning")["pieces"]["verbs"])
    joining = [one for one in _TO.finditer(plain, start) if not verbs.match(plain, one.end())]
    for pattern in (_THAN, _TIMES, _AGAINST, *more):
        joining += pattern.finditer(plain, start)
    words = [_joint(word) for word in table("reckoning")["pieces"]["joined"] if fine or len(word) > 1]
    for word in (*words, *(["[・･]"] if fine else [])):
        joining += [one for one in compiled(word).finditer(plain) if one.start() >= start]
    joints += [(one.start(), one.end(), True) for one in joining]
    return _between(sorted(joints), start, stop)


def _joint(word: str) -> str:
    """A joint as a pattern; one of a single letter stands between two words."""
    if len(word) > 1 or not word.isalpha():
        return re.escape(word)
    return rf"(?<=[一-龠々ァ-ヶー」）〓A-Za-z]){word}(?=[一-龠々ァ-ヶ「〓A-Za-z])"


def _between(joints: list[tuple[int, int, bool]], start: int, stop: int) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    at = start
    for begin, end, joins in joints:
        if begin > at:
            found.append((at, begin, joins))
        elif found and joins and begin == at:  # 「Aと、B」: both marks are one joint
            found[-1] = (*found[-1][:2], True)
        at = max(at, end)
    if stop > at:
        found.append((at, stop, False))
    return found


def _stripped(question: str, cover: str, start: int, end: int) -> Piece | None:
    """A piece without the words that ask, join or say how many; None when nothing is left."""
    rules = table("reckoning")["strip"]
    text = cover[start:end]
    if re.search(
        rf"(?:この|その|以上の?|上の|全部で)[二三四五六七八2-8]{table('reckoning')['how_many']['counters']}", text
    ):
        return None  # 「この五つ」 sums up what was listed
    before = None
    while before != text:
        before = text
        head = compiled("|".join(rules["head"])).match(text)
        if head and head.end() and not text.startswith(_COVER):
            start += head.end()
            text = text[head.end() :]
        for pattern in (*rules["tail"], *rules["end"]):
            match = compiled(pattern).search(text)
            if match and _COVER not in match[0]:
                text = text[: match.start()]
        blank = len(text) - len(text.lstrip(" 　"))
        start, text = start + blank, text.strip(" 　")
    said = question[start : start + len(text)]
    only_many = re.fullmatch(rf"[二三四五六七八2-8]{table('reckoning')['how_many']['counters']}", search_form(said))
    return Piece(said, start, start + len(text)) if len(said.strip()) > 1 and not only_many else None


def _without_left_out(pieces: list[Piece], question: str) -> list[Piece]:
    """Without those that a question says it does not mean: 「…は抜きで」."""
    kept = []
    for piece in pieces:
        behind = question[piece.end : piece.end + 16]
        found = [
            match for pattern in table("reckoning")["leave_out"]["patterns"] if (match := re.search(pattern, behind))
        ]
        inside = _says(piece.text, table("reckoning")["leave_out"]["patterns"])
        if not inside and not any(not re.search(r"[、。]", behind[: match.start()]) for match in found):
            kept.append(piece)
    return kept


def _many(cover: str) -> int | None:
    """How many programs a question says it means."""
    rules = table("reckoning")["how_many"]
    plain = search_form(cover)
    match = re.search(rf"(?<![第0-9一二三四五六七八九十])([二三四五六七八2-8]){rules['counters']}", plain)
    if match:
        return int(match[1]) if match[1].isdigit() else _NUMBERS.index(match[1])
    kana = next((number for word, number in rules["kana"].items() if word in plain), None)
    return kana or (2 if any(word in plain for word in rules["two"]) else None)
