"""Which heading names a program, which only says what stands below it (``lexicon/programs.toml``)."""

from __future__ import annotations

import re
from functools import cache

from ..layout.labels import known_labels, plain
from ..lexicon import words
from .amounts import field_words
from .names import clean_name, is_name

#: The fiscal year before a heading's own words.
YEAR = re.compile(
    r"^[\s　]*(?:(?:令和|平成|昭和)[\s　]*[0-9０-９元]+|20[0-9]{2}|[RＲHＨ][0-9０-９]+)[\s　]*年度?(?:版|分)?[\s　]*"
)
_UNIT_NOTE = re.compile(r"[\s　]*[（(][\s　]*単位[^（）()]*[)）]$")  # 「令和5年度の利用実績（単位：件、百万円）」
_BUDGET = re.compile(
    r"^(?:第[0-9０-９一二三]次)?(?:補正予算|当初予算)[\s　]*(?=[^\s　案額の])"
)  # which budget pays for it
_QUESTION = re.compile(
    r"^[QＱ問][\s　.．:：]*[0-9０-９]|[？?]$|(でしょうか|ですか|ますか|ませんか)[。？?]?$|教えてください"
)
_REFERS = re.compile(r"(?:上|上記|前記|下記|次|以下|左記|前表|上表)の")  # 「上の区分によらない資金」
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]$")
_NUMBERED_PAPER = re.compile(
    r"^(?:資料|参考資料|別紙|別添|別表|別冊|様式|図表?|表)(?:第?[0-9一二三四五六七八九十]+(?:[-－のー‐–][0-9]+)*)?号?$"
)
#: 「第２次公募のお知らせ」, 「の追加募集について」 behind the name of what one can apply for.
_CALL = re.compile(
    r"(?:の|に係る|に関する)?[\s　]*"
    r"(?:第?[\s　]*[0-9０-９一二三四五六七八九十]{1,2}[\s　]*[次回期](?:締切分?)?の?)?[\s　]*"
    r"(?:追加|再|二次|一次)?(?:公募|募集|申請受付|申請の受付|申請)(?:要領|要項)?の?(?:開始|受付|実施|概要)?"
    r"(?:のお知らせ|のご案内|の御案内|について|します|しました|を開始(?:します|しました))?$"
)
_NUMBERED_EXAMPLE = re.compile(r"(?:計算|算定|記載)?例[\s　]?[0-9０-９一二三①-⑨]")  # 「例１　対象経費600万円の場合」
_FRAME = "〈〉＜＞<>《》【】［］[]〔〕"  # 〈計算例〉
_OF_BUDGET = re.compile(r"^(?:当初|補正|一般会計の?)(?=予算)")
_EXAMPLE = re.compile(r"(の例|(?![特条比通凡慣定判]例)[一-龥]例)(?:[（(].*[)）])?$|計算(?:し|をし)て|試算(?:し|をし|$)")
_QUOTED = re.compile(r"「(?P<name>[^「」]{5,60})」")


def is_question(text: str) -> bool:
    """A question of a FAQ page is no heading of a program."""
    return bool(_QUESTION.search(text.strip()))


def is_generic(text: str) -> bool:
    """「予算規模」, 「財源内訳（所管分）」: a heading that would stand in any document."""
    bare = plain(_BRACKETED.sub("", text.strip()))
    words_of = plain(YEAR.sub("", without_numbering(_BRACKETED.sub("", text.strip()))))
    told = _OF_BUDGET.sub("", words_of).replace("予算案", "予算", 1)
    generic = words("programs", "generic", "words")
    return (
        bare in generic
        or told in generic
        or bare in field_words()
        or bool(_NUMBERED_PAPER.match(bare) or _REFERS.match(bare))
    )


def is_contact(body: str) -> bool:
    """「お問い合わせ　商工課　電話 …」: a line that begins with the label of whom to ask."""
    head = re.split(r"[\s　：:】］\]〕）)]", body.strip().lstrip("【［[〔（(■●○※・ 　"), maxsplit=1)[0]
    return known_labels().get(plain(head)) == "contact"


def is_example(text: str) -> bool:
    """「返済の例」, 「計算例」: what stands below grants nothing."""
    bare = text.strip().strip(_FRAME)
    return bool(_EXAMPLE.search(bare) or _NUMBERED_EXAMPLE.match(bare))


@cache
def _numbering() -> re.Pattern[str]:
    """「柱１」, 「基本方針Ⅱ：」, 「第３章」, 「Ⅳ」 before what they number, set off from it."""
    words_of = "|".join(map(re.escape, sorted(words("programs", "numbering", "words"), key=len, reverse=True)))
    number = r"[\s　]*(?:[0-9０-９]{1,2}|[Ⅰ-Ⅻ]|[IVX]{1,4}|[一二三四五六七八九十]{1,2}|[①-⑳])"
    numbered = rf"(?:{words_of}){number}|[Ⅰ-Ⅻ]"
    set_off = r"[\s　：:．.、‐－―-]"
    chapter = rf"第{number}(?:[\s　]*[章節編](?!の){set_off}*|[\s　]+)"
    return re.compile(rf"^[\s　]*(?:[【〈＜\[［《]?(?:{numbered})[】〉＞\]］》]?{set_off}+|{chapter})(?=[^\s　]{{3}})")


def without_numbering(name: str) -> str:
    """「柱１　稼ぐ力を高める」 → 稼ぐ力を高める; any other name as it is."""
    return _numbering().sub("", name)


def program_in(heading: str) -> str | None:
    """The program that a heading names: 「事業承継補助金について」 → 事業承継補助金; None for any other heading."""
    name = clean_name(heading)
    for tail in words("programs", "tails", "words"):
        name = name.removesuffix(tail)
    bare = _BRACKETED.sub("", name)
    if is_question(heading) or not is_name(name) or len(bare) < 5 or bare in words("programs", "bare", "words"):
        return None
    if is_generic(name) or re.search(r"[のをにへと](?:主な|各種)|[、。]", bare):
        return None
    return name if bare.endswith(words("programs", "ends", "words")) else None


def program_of_title(title: str) -> str | None:
    """The one program that a document's title is about: 「令和6年度補正予算 ○○補助金 公募要領（抜粋）」."""
    text = _BRACKETED.sub("", title.strip().lstrip("# ")).strip(" 　")
    call = _CALL.search(text)
    if call and call.start():
        quoted = list(_QUOTED.finditer(text[: call.start()]))
        named = quoted[0]["name"] if len(quoted) == 1 else re.split(r"[\s　]+", text[: call.start()].strip(" 　"))[-1]
        return program_in(_BUDGET.sub("", YEAR.sub("", named)))
    text = text.strip("「」")
    guide = next((word for word in words("programs", "guides", "words") if text.endswith(word)), None)
    if guide is None:
        return None
    named = re.split(r"[\s　「」]+", text.removesuffix(guide).strip(" 　「」の"))[-1]
    return program_in(_BUDGET.sub("", YEAR.sub("", named)))


def without_year(title: str) -> str:
    """A heading without the fiscal year before it."""
    bare = _UNIT_NOTE.sub("", title)
    return re.sub(r"^の(?=.{3})", "", YEAR.sub("", bare).strip()) or title
