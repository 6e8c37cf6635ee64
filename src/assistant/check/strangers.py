"""Whom a figure is of that is no known program: another program, office, part, firm or thing that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..figures import find_figures
from ..index import Index
from ..lexicon import table
from ..records import Figure, FigureKind
from ..tokens import fold
from ..understand import Mention
from ..understand.places import Places, regions_in
from .aside import is_quantity
from .sharing import CASE

# how names end of what has figures of its own: programs, funds, parts and offices
_SORT = (
    "補助金|助成金|給付金|支援金|奨励金|交付金|貸付金|負担金|委託金|貸付|融資|資金|基金|事業費|事業|対策費|推進費|支援費|制度|枠|型|コース|メニュー"
    "|プロジェクト|プログラム|課|室|局|部|センター|協会|協議会|機構|公社|財団|公庫|銀行|会議所|商工会|中央会|連合会|補助|助成|特別会計|会計"
    "|ローン|保証|共済|券|計画|特例|税制"
)
_LETTER = "一-龠々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ"
# a noun; one that begins with hiragana (ものづくり補助金) only where a phrase begins, 空き店舗 with its kana
_KANA_HEAD = r"(?:(?<=[とや、。「『・（(：:　 \t\n■◆●○□◇※>])|^)[ぁ-ん]{2,5}(?<![はがをにでともや])"
_NOUN = re.compile(
    rf"(?:{_KANA_HEAD})?[{_LETTER}]"
    rf"(?:[{_LETTER}0-9０-９]|[・･\-－](?=[{_LETTER}])|(?<=[一-龠])[きぎりみびけげめせちれ]{{1,2}}(?=[一-龠]))*"
)
_OPENING = re.compile(
    r"^(?:また|なお|ただし|および|または|もしくは|あるいは|もし|うち|その|この|こちらの|ちなみに|さらに|それに|そして|ほかに|について)+"
)
_HARD = re.compile(rf".*(?:{_SORT})")
_FIRM = re.compile(r"[A-ZＡ-Ｚ][社氏]|[御貴弊当同他]社|株式会社.*|.*株式会社")
# no name of one: 本事業, 補助対象事業, 他の制度, 県補助金
_GENERIC = re.compile(
    r"(?:(?:補助|助成|融資|支援|貸付|対象|交付|委託|公募|事業|[本当同該全両各他新旧県国市]|当該|該当|関連|関係|既存|新規|個別|主要|単独|今回|継続|重点|担当|所管|実施"
    rf"|活用|利用|自社|金融|信用|税|年度|当初|補正|通常|事務局|支給|採択|認定|運転|設備|小規模|中小|企業|者|額|費)*(?:{_SORT}|費|金|額|率))"
)
# words that name nobody (one is a pattern)
_PLAIN_WORDS = (
    "[百千万億]*円 総計 合算 総額 小計 計 約 最大 最高 最低 最長 年間 年額 月額 月 年 年度 全体 "
    "規模 正確 内数 新規 拡充 継続 対象 原則 特例 通常 以上 以内 以下 程度 運転 設備 現在 今年度 "
    "昨年度 前年度 来年度 次年度 本年度 当年度 前年 昨年 今年 来年 当初 補正 要求 予算案 金額 件 "
    "場合 一方 同様 同額 同じ 誤 正 旧 新 現 訂正 修正 案 要望 実績 今回 前回 確認 参考 備考 注 "
    "内容 項目 名称 事業名 制度名 区分 種別 課名 部局名 No 番号 者 社 人 者当 社当 件当 者当たり "
    "当たり 一人 一社 一件 県内 国内 全国 ほか その他 残額 残り 差額 差引 増減 増額 減額 上記 下記 "
    "次 前者 後者 双方 両方 当方 先方 弊社 お客様 ご質問 回答 質問 答 問 上乗 減 増 比 率 額 等 "
    "分 側 方 中 内 別 総 県 国 市 町 事業費 半分 半額 対象者 研究 経費"
)
_CLOSE = r"[」』】）)]*"
_ASIDE = r"(?:[（(][^（）()]*[）)])?"
_OPEN = r"[（(](?![^（）()]*[）)])"  # a bracket in which the figure stands
_TOPIC = re.compile(
    rf"{_CLOSE}{_ASIDE}(?:については|について|に関しては|に関して|における|では|には|とは|とも|は|も|が|[:：→⇒＝=]"
    rf"|ですが|ですと|なら|の|で(?=[、約最上補])|[ 　\t]+|(?:など|等)の|のほう|{_OPEN}|$)"
)
_WEAK = re.compile(
    rf"{_CLOSE}{_ASIDE}(?:については|について|に関しては|では|には|とは|は|も|が|[:：→⇒＝=]"
    rf"|なら|のほうは|のほうが|の方は|の場合は?|{_OPEN}|で(?=[、約最上限]|$))"
)
_CLAUSE_ENDS = re.compile(r"(?:で|し|り|て|です|ます)[、。]|(?:対象|条件|要件|必要)[、。（(]")  # 民間事業者が対象で、
_COMMA = re.compile(rf"{_CLOSE}[、，]")
_SPACE = re.compile(r"[ 　\t]+")
_LEAST = 2
_PART = 3  # letters of a part or a case that names it anywhere
_LONG = 4  # letters of a name without a program's sort that is told of by a space alone
_BEHIND = re.compile(
    r"[ 　]*(?:以内|以下|まで|程度|強|弱|超)?(?:[ 　]*[（(](?P<name>[^（）()0-9０-９]{2,60})[）)]"
    rf"|{_CLOSE}{_ASIDE}(?:である|となる)?の[「『]?(?P<of>[^、。」』0-9０-９]{{0,60}}))"
)
_MARKS = re.compile(rf"^[^{_LETTER}ぁ-ん]+")
_HEADING = re.compile(r"[ 　>＞]*[■◆●○□◇▼▲【#＃]")
_NOUN_ENDS = re.compile(r"[」』]?(?:$|[がとをやもは、・]|など)")
_OWNER = re.compile(rf"[{_LETTER}]{{1,12}}の$")
_OF_WHOM = re.compile(rf"[「『 　]*(?:[{_LETTER}]{{1,12}}の)+")
_CLOSES = re.compile(rf"{_CLOSE}(?:[（(][「『]?)?")


@dataclass(frozen=True, slots=True)
class Stranger:
    """A noun at ``start``; ``lasting``: it is named like a program, so the text is about it from there on.

    ``quantity``: it is what the one figure counts (設備投資), and no subject of the next.
    """

    start: int
    lasting: bool
    quantity: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the programs spoken of are called, and all that is told of them, folded."""

    told: str
    parts: tuple[str, ...] = ()  # as printed
    cases: tuple[str, ...] = ()

    @classmethod
    def of(cls, about: Iterable[str], index: Index) -> Known:
        """The words of some programs."""
        told: list[str] = []
        parts: list[str] = []
        cases: list[str] = []
        for one in about:
            program = index.programs[one]
            told += [program.program, *program.aliases, *program.subprograms]
            told += [*program.departments, index.documents[program.document].publisher]
            parts += program.subprograms
            for fact in index.facts_of(one):
                told += [fact.quote, fact.condition or "", fact.item or "", fact.subprogram or ""]
                parts.append(fact.subprogram or "")
                cases.append(fact.condition or "")
        folded = "\n".join(dict.fromkeys(map(fold, told)))
        printed = (tuple(word for word in dict.fromkeys(words) if len(word) >= _PART) for words in (parts, cases))
        return cls(folded, *printed)

    def said(self, sentence: str, mentions: Sequence[Mention]) -> list[Mention]:
        """The names of a sentence with the parts and cases it names; longer ones win where they overlap."""
        found = list(mentions)
        for mark, words in (("", self.parts), (CASE, self.cases)):
            for word in sorted(words, key=len, reverse=True):
                for match in re.finditer(re.escape(word), sentence):
                    if all(match.end() <= one.start or one.end <= match.start() for one in found):
                        found.append(Mention(*match.span(), (), mark + word))
        return sorted(found, key=lambda one: one.start)

    def has(self, noun: str) -> bool:
        """Whether a noun stands in a name or in what is told of the programs."""
        plain = fold(noun)
        return plain in self.told


def stranger_before(
    sentence: str, start: int, end: int, mentions: Sequence[Mention], known: Known, places: Places
) -> Stranger | None:
    """The noun nearest before a figure at ``end`` that is a topic, back to ``start``; None where it is a known name."""
    begin = max((one.end for one in mentions if one.end <= end), default=0)
    start = max(start, begin)
    text = _without_years(sentence)
    for match in reversed(list(_NOUN.finditer(text, start, end))):
        at, noun = _trimmed(match)
        if match.start() > 0 and match.start() == begin and not sentence[begin - 1].isspace() and begin == start:
            continue  # what a name goes on with: 「信用補完対策費予算」
        if len(noun) < _LEAST or _is_plain(noun, known, places):
            continue
        if _is_lasting(noun) and _TOPIC.match(text, match.end(), end):
            return Stranger(at, True)
        weak = _WEAK.match(text, match.end(), end) or (_begins(text, at) and _SPACE.match(text, match.end(), end))
        weak = weak or (len(noun) >= _LONG and _begins(text, at) and _CLOSES.fullmatch(text, match.end(), end))
        weak = weak or _of_label(text, match.end(), end)
        opens = len(noun) >= _PART and _opens(text, _owned(text, at))
        weak = weak or (opens and _COMMA.match(text, match.end(), end))
        if weak and not _has_clause(text[weak.end() : end], known, places):
            return Stranger(at, False, is_quantity(noun))
    return None


def is_row_of_stranger(
    labels: Sequence[str], mentions: Sequence[Mention], sentence: str, known: Known, places: Places
) -> bool:
    """Whether the first label of a table's row that names anything names no known program, part or sort of figure."""
    until = sum(len(label) + 1 for label in labels)
    if any(one.start < until for one in mentions):
        return False
    for label in labels:
        nouns = [_trimmed(match)[1] for match in _NOUN.finditer(_without_years(label))]
        if known.has(label) or any(_labels().search(match.group()) for match in _NOUN.finditer(label)):
            return False
        if any(len(noun) >= _LEAST and not _is_plain(noun, known, places) for noun in nouns):
            return True
    return False


def _of_label(text: str, at: int, end: int) -> re.Match[str] | None:
    """「商工中金の融資限度額は」: the noun that a label is of, or in which it ends (商工中金融資限度額)."""
    link = re.compile(rf"{_CLOSE}の").match(text, at, end)
    return link if link and _label_at().match(text, link.end(), end) else None


def topic_before(sentence: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """The noun behind the last name that a figure at ``end`` is told of (協議会は48箇所), "" when there is none."""
    start = max([start, *(one.end for one in mentions if one.end <= end)])
    text = _without_years(sentence)
    nouns = [match for match in _NOUN.finditer(text, start, end) if _WEAK.match(text, match.end(), end)]
    return _trimmed(nouns[-1])[1] if nouns else ""


def is_label(noun: str, known: Known, places: Places) -> bool:
    """Whether a noun is what a figure is called, or what is told of the programs spoken of."""
    return len(noun) < _LEAST or _is_plain(noun, known, places)


def stranger_behind(sentence: str, figure: Figure, known: Known, places: Places) -> bool:
    """Whether a figure is told of a stranger right behind it: 「50万円（持続化補助金）」, 「50万円の持続化補助金」."""
    match = _BEHIND.match(_without_years(sentence), figure.end)
    said = match and (match["name"] or match["of"])
    if not said:
        return False
    first = _NOUN.search(said, prefix.end() if (prefix := _OF_WHOM.match(said)) else 0)
    if first is None:
        return False
    noun = _trimmed(first)[1]
    whole = not _OF_WHOM.sub("", said[: first.start()]).strip() and _NOUN_ENDS.match(said, first.end())
    named = _is_lasting(noun) or (len(noun) >= _LONG and whole)
    return bool(named) and not _is_plain(noun, known, places)


def is_heading_of_stranger(sentence: str, known: Known, places: Places) -> bool:
    """Whether a line without figures speaks of a stranger: 「■マル経融資」, 「持続化補助金についても。」."""
    text = _without_years(sentence)
    for match in _NOUN.finditer(text):
        at, noun = _trimmed(match)
        marked = len(noun) >= _LONG and _HEADING.match(text)
        if not (marked or _is_lasting(noun)) or _is_plain(noun, known, places) or len(noun) < _LEAST:
            continue
        rest = text[match.end() :]
        alone = not re.sub(rf"[^{_LETTER}ぁ-ん]", "", _OF_WHOM.sub("", _MARKS.sub("", text[:at]))) and not re.sub(
            rf"[^{_LETTER}ぁ-ん]", "", rest
        )
        if alone or re.match(
            rf"{_CLOSE}(?:については|についても|について|の件|に関して|の場合|のほう|は[、 　]|ですが|なら)", rest
        ):
            return True
    return False


@lru_cache(maxsize=64)  # asked for again with each figure
def _without_years(sentence: str) -> str:
    """A sentence with its years blanked out: they are no part of a name."""
    for one in find_figures(sentence):
        if one.kind is FigureKind.YEAR:
            sentence = sentence[: one.start] + "　" * (one.end - one.start) + sentence[one.end :]
    return sentence


def _opens(text: str, at: int) -> bool:
    """Whether a phrase begins at a place."""
    return not text[:at].strip(" 　-－・■◆●○□◇※>＞*＊「『①②③④⑤⑥⑦⑧⑨0123456789.)）")


def _owned(text: str, at: int) -> int:
    """Where a noun begins with whose it is: 「市の空き店舗対策」."""
    while (owner := _OWNER.search(text, 0, at)) is not None:
        at = owner.start()
    return at


def _begins(text: str, at: int) -> bool:
    """Whether a noun begins behind a mark or 「と」."""
    at = _owned(text, at)
    return _opens(text, at) or text[at - 1] in "、，,・と「『（(／/＋+　 。;；"


def _trimmed(match: re.Match[str]) -> tuple[int, str]:
    """A noun with its place, without the words that open a phrase and the label at its end (持続化補助金上限額)."""
    noun = match.group()
    opening = _OPENING.match(noun)
    begin = opening.end() if opening else 0
    noun = noun[begin:]
    while (label := _labels().search(noun)) and label.group():
        noun = noun[: label.start()]
    return match.start() + begin, noun


def _is_lasting(noun: str) -> bool:
    return bool(_HARD.fullmatch(noun)) or bool(_FIRM.fullmatch(noun)) or fold(noun) in _national()


def _is_plain(noun: str, known: Known, places: Places) -> bool:
    """Whether a noun names nobody else: a word for any program, a region, or what is told of the programs."""
    if fold(noun) in _national():
        return False
    if _plain_words().fullmatch(noun) or _GENERIC.fullmatch(noun) or known.has(noun):
        return True
    if noun in table("guard")["neutral"]["words"]:
        return True
    regions, rest = regions_in(noun, places)
    return bool(regions) and not re.sub(r"[県都府道\W]", "", rest)


def _has_clause(text: str, known: Known, places: Places) -> bool:
    """Whether other nouns stand there than labels and what is known: a clause of its own."""
    if _CLAUSE_ENDS.search(text):
        return True
    nouns = (_trimmed(match)[1] for match in _NOUN.finditer(text))
    return any(len(noun) >= _LEAST and not _is_plain(noun, known, places) for noun in nouns)


@cache
def _plain_words() -> re.Pattern[str]:
    """A noun made of words that name nobody: 前年度当初, 事業費全体."""
    words = sorted(
        {*_PLAIN_WORDS.split(), *_label_words(), *map(re.escape, table("guard")["neutral"]["words"])},
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?:{'|'.join(words)})++")


@cache
def _label_words() -> frozenset[str]:
    words = {word for entry in table("guard")["label"] for word in entry["words"]}
    return frozenset(re.escape(word) for word in words)


@cache
def _labels() -> re.Pattern[str]:
    """The words that call a figure something, at the end of a noun."""
    words = {word for entry in table("guard")["label"] for word in entry["words"]}
    words |= {word for cue in table("cues")["cue"] if not cue.get("needs") for word in cue.get("words", ())}
    words = {word for word in words if len(word) > 1 and not _HARD.fullmatch(word)} | {
        "融資枠",
        "新規融資枠",
        "総融資枠",
    }
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})$")


@cache
def _label_at() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_label_words(), key=len, reverse=True)))


@cache
def _national() -> frozenset[str]:
    return frozenset(fold(name) for name in table("national")["programs"]["names"])
