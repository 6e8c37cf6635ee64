"""A program's name as printed, without what the page's layout added to it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..layout.lines import CIRCLED
from ..lexicon import table, words

_CJK = r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f々〇ー・「」『』（）、。]"
_LAYOUT_SPACE = re.compile(rf"(?<={_CJK})[\s　]+(?={_CJK})")
_ICON = re.compile(rf"^([{CIRCLED}\u3220-\u32ff\u24b6-\u24ff㊀-㊿]\s*)+")
_MARK = re.compile(r"^[◎☆★◇◆□■○●◯△▲▽▼＊*]{1,3}[\s　]*(?=[^\s　])")  # what a legend explains: 「☆…新規　◎…拡充」
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_NOTED = re.compile(
    r"[\s　]*[（(]?(?:[※＊*†][\s　]?(?:注?[0-9０-９]{0,2})|注[\s　]?[0-9０-９]{1,2})[)）]?$"
)  # 「…応援金 ※1」
_PAGE_BEFORE = re.compile(r"^[pPｐＰ][.．]?[\s　]?[0-9０-９]{1,3}[\s　]+(?=[^\s　0-9０-９])")  # 「p3　…補助金」
_UNIT_NAME = r"(?:課|室|局|部|班|係|庁|グループ|県民局|総合支庁|センター)"
_TAGGED = re.compile(
    rf"[【〔［\[](?!一部)(?P<name>[^【】〔〕［］\[\]]{{0,60}}{_UNIT_NAME}(?:ほか|等|など)?[^【】〔〕［］\[\]]{{0,20}})[】〕］\]]"
)
_IN_ROUND = re.compile(r"^(?P<name>.{4,}?)[\s　]*[（(](?P<unit>[^\s　（）()]{2,20}(?:課|室))[)）]$")
_TRAILING_UNIT = re.compile(rf"^(?P<name>.{{4,}}?)[\s　]+(?P<unit>[^\s　()（）]{{2,20}}{_UNIT_NAME})$")
_OFFICE_ALONE = re.compile(r"[一-龥々ァ-ヶー・]{2,14}(?:課|室)")
_PARTICLE_END = re.compile(
    r"(を|に|は|が|で|と|の|や|へ|も|から|より|まで|約|各|(?<!会)計|うち|最大|最高|年間|総額|合計|および|及び|、|，|,|：|:)$"
)
_FIRST_WORD = re.compile(r"(?P<word>[◎○]?[^\s　]{1,3})[\s　]+(?=[^\s　]{4})")
_LAST_WORD = re.compile(r"[\s　]+(?P<word>[^\s　]{2,4})$")
_COUNTED = re.compile(
    r"^[0-9０-９]{1,2}[.．]?[\s　]+(?=[^\s　0-9０-９年月日回件社者人円%％]{2}|日本|人[材口手]|社会|円滑|回[収復転])"
)  # 「（新） 1　○○事業」
_YEAR_ALONE = re.compile(r"(?:令和|平成|昭和|[RH])?[\s　]?[0-9０-９元]{1,4}[\s　]?年度?")
_SENTENCE = re.compile(r"。|[？！?!]$|(ます|ました|です|でした|ください|すること|である)(。|$)")
LEADING_NUMBERS = re.compile(r"^([(（]\s*[0-9０-９]{1,2}\s*[)）]\s*)+")
UNIT_NAME = re.compile(rf"{_UNIT_NAME}$")


def squeeze(text: str) -> str:
    """Without spaces that the layout put between Japanese characters; other runs of space become one."""
    return re.sub(r"[\s　]+", " ", _LAYOUT_SPACE.sub("", text.strip())).strip()


@cache
def _marks() -> tuple[tuple[str, str], ...]:
    marks = [(mark, flag) for flag, group in table("flags")["marks"].items() for mark in group if len(mark) > 2]
    return tuple(sorted(marks, key=lambda pair: len(pair[0]), reverse=True))


def take_flags(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without marks such as （新規）, and the flags they stand for."""
    flags: list[str] = []
    for mark, flag in _marks():
        if mark in text:
            text = text.replace(mark, " ")
            if flag not in flags:
                flags.append(flag)
    for mark in words("flags", "page_marks", "words"):
        text = text.replace(mark, " ")
    text = text.strip()
    first = _FIRST_WORD.match(text)
    if first and (told := _leading_marks().get(first["word"])):  # 「新　○○事業」, 「再掲　○○事業」
        text = text[first.end() :]
        flags += [told] if told not in flags else []
    while last := _LAST_WORD.search(text):
        told = _worded_marks().get(unicodedata.normalize("NFKC", last["word"]).upper())
        if told is None:
            break
        text = text[: last.start()]
        flags += [told] if told not in flags else []
    return text, tuple(flags)


@cache
def _worded_marks() -> dict[str, str]:
    """Marks that are a plain word, as they stand behind a heading: 「…補助金　拡充」, 「…補助金 NEW」."""
    plain = {mark: flag for flag, group in table("flags")["marks"].items() for mark in group if mark.isalnum()}
    return {unicodedata.normalize("NFKC", mark).upper(): flag for mark, flag in plain.items()} | {"NEW": "新規"}


@cache
def _leading_marks() -> dict[str, str]:
    """Marks that stand set off before a name: 「新　…」, 「一新　…」, 「再掲　…」."""
    return {"再掲": "再掲"} | {mark: flag for flag, group in table("flags")["states"].items() for mark in group}


def take_departments(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without 【…課】 or a trailing 「 …課」, and the offices named there."""
    found: list[str] = []
    for match in _TAGGED.finditer(text):
        found += split_departments(match["name"])
    text = _TAGGED.sub(" ", text).strip()
    if rounded := _IN_ROUND.match(text):
        return rounded["name"].strip(), (*found, *split_departments(rounded["unit"]))
    trailing = _TRAILING_UNIT.match(text)
    if trailing:
        return trailing["name"].strip(), (*found, squeeze(trailing["unit"]))
    return text, tuple(found)


def tagged_offices(text: str) -> tuple[str, ...]:
    """The offices that 【…課】 names in a text."""
    found = (office for match in _TAGGED.finditer(text) for office in split_departments(match["name"]))
    return tuple(office for office in found if UNIT_NAME.search(office))  # 【現状と課題】 is no office


def heading_offices(text: str) -> tuple[str, ...]:
    """The office that a heading names, and nothing else: 「【商工課】」, 「■ 観光振興課」; empty for any other."""
    tagged = tagged_offices(text)
    if tagged and not _TAGGED.sub("", text).strip(" 　・:："):
        return tagged
    name = squeeze(text.strip("【】〔〕［］<>＜＞《》■◆ 　"))
    return (name,) if 3 <= len(name) <= 16 and _OFFICE_ALONE.fullmatch(name) else ()


def split_departments(text: str) -> list[str]:
    """Offices of a cell or a tag, one each; 「ほか」 names nobody."""
    plain = re.sub(r"(ほか|など|等)$", "", text.strip()).lstrip("※＊* 　")
    offices: list[str] = []
    for piece in re.split(r"[、,，]", plain):
        name = ""
        for word in piece.split():  # a space ends an office's name only behind 課, 室 …
            name += word
            if UNIT_NAME.search(name):
                offices.append(name)
                name = ""
        offices.append(name)
    return [office for office in offices if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", office)]


def clean_name(text: str) -> str:
    """The name alone: no flags, icons, numbering, offices, emphasis or layout spaces."""
    text = _PAGE_BEFORE.sub("", _LINK.sub(r"\1", re.sub(r"\*\*|__", "", text)).strip())
    text, _ = take_flags(text)
    text = _NOTED.sub("", text)
    text, _ = take_departments(text)
    text = _COUNTED.sub("", _MARK.sub("", _ICON.sub("", text.strip())))
    return squeeze(text).strip("　 ・:：")


def is_name(text: str) -> bool:
    """Whether a cleaned text may be a program's name: a noun phrase, no sentence and no label."""
    if not 3 <= len(text) <= 70 or _YEAR_ALONE.fullmatch(text) or _SENTENCE.search(text) or _PARTICLE_END.search(text):
        return False
    if re.search(r"[：:＝=|｜]|は、|TEL|https?:", text) or re.match(r"(さらに|うち|ただし|なお|また|※|約|例)", text):
        return False
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text))


def name_key(text: str) -> str:
    """What two printings of one name share: no spaces, one width, no quotes, no middle dots' variants."""
    return match_form(clean_name(text))


def match_form(text: str) -> str:
    """A text in the form that names are compared in, whatever stands around them."""
    return re.sub(r"[\s「」『』\"'・･,，、]", "", unicodedata.normalize("NFKC", text)).lower()


def aliases_of(name: str, region: str) -> tuple[str, ...]:
    """Shorter names by which people mean the same program.

    The name without its parenthesised part, that part when it names a program itself, without 費 or 等 at
    its end, without the prefecture before it, and each half of a name that joins two with 、.
    """
    found: list[str] = []
    base = squeeze(re.sub(r"[(（][^()（）]*[)）]", "", name))
    found.append(base)
    for inner in re.findall(r"[(（]([^()（）]{4,})[)）]", name):
        if re.search(r"(事業|支援|制度|資金|補助金|対策|促進)(費|分)?$", inner):
            found.append(inner)
    halves = [half for half in name.split("、") if len(half) >= 8]
    found += halves if len(halves) > 1 else []
    for text in [name, *found]:
        shorter = re.sub(r"(事業|対策|支援|訓練|推進)費等?$", r"\1", text)
        shorter = re.sub(r"(?<=.{4})費補助$|(?<=資金)貸付金$", "", shorter)
        found.append(shorter)
        local = re.match(rf"({re.escape(region)}|県(?![内外産立民境央政都北南庁道]))(?=[^のを・])", shorter)
        if local and len(shorter) - local.end() >= 4:
            found.append(shorter[local.end() :])
    return tuple(dict.fromkeys(text for text in found if text and text != name and len(text) >= 3))
