"""Personal data in a text: where it stands and of what sort it is.

Every finder reads the folded text (full-width forms made plain, one character for one), so offsets are the text's own.
Signs that nobody sees (soft hyphens, zero-width spaces) are left out first, and the offsets led back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..figures.phones import read_phone
from .digits import is_card, is_my_number

MAIL = "メールアドレス"
PHONE = "電話番号"
MY_NUMBER = "個人番号"
CARD = "カード番号"
ACCOUNT = "口座番号"
FEWEST = 6  # digits: nothing but mail addresses has fewer

_DIGIT = re.compile("[0-9]")
UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LOOKALIKES = str.maketrans("─━･", "--・")


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data of a sort at ``start`` to ``end``."""

    sort: str
    start: int
    end: int


def find_personal(folded: str) -> Iterator[Personal]:
    """Everything that looks like personal data, what is surest first; places may overlap."""
    folded = folded.translate(_LOOKALIKES)
    if UNSEEN.search(folded):
        seen = [at for at, sign in enumerate(folded) if not UNSEEN.match(sign)]
        for place in _find("".join(folded[at] for at in seen)):
            yield replace(place, start=seen[place.start], end=seen[place.end - 1] + 1)
    yield from _find(folded)


def _find(folded: str) -> Iterator[Personal]:
    if "@" in folded:
        yield from _mails(folded)
    if len(_DIGIT.findall(folded)) >= FEWEST:
        yield from _accounts(folded)
        yield from _rows(folded)
        yield from _phones(folded)


# ---- mail addresses ----
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
_NAME = r"[々〆\u3400-\u9fff\u30a1-\u30fa\u30fc]{1,20}|[\u3041-\u3096]{1,20}"
_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_MAIL = re.compile(
    rf"(?:{_LOCAL}{{1,64}}|{_NAME})[ \t]{{0,2}}(@)[ \t]{{0,2}}"
    rf"(?:(?:[^\W_][\w-]{{0,62}}\.){{1,8}}|{_LABEL}[。｡](?:{_LABEL}[.。｡]){{0,6}})[A-Za-z]{{2,24}}"
)


def _mails(folded: str) -> Iterator[Personal]:
    for found in _MAIL.finditer(folded):
        yield Personal(MAIL, *found.span())
        yield Personal(MAIL, found.start(1), found.end())  # where a figure stands right before the sign


# ---- bank accounts: words that lead to them, then the digits ----
_TO = r"[ \t:=はがを、,.()]{0,3}"
_ONTO = r"[ \t\r\n:=はがを、,.()「『【】\[]{0,4}"  # as forms print it; no "]", in which a tag ends
_NUMBER = r"(?:番号|[Nn][Oo]\.?|№)"
_BRANCH = rf"(?:(?:支店|店)(?:番号?|コード|{_NUMBER})?{_TO}[0-9]{{3}}{_ONTO})?"
_SEVEN = "([0-9]{7}|[0-9]{3}[- ][0-9]{4})"
_NO_MORE = r"(?![0-9]|[.,][0-9])"
_NO_COLUMN = r"(?!\r?\n[1-9][0-9]{3,8}(?![0-9]))"  # under a mere 「普通」 there may be a table's column
_ACCOUNT = re.compile(
    rf"(?:(?:普通|当座|貯蓄|納税準備|定期)(?:預金|預け金)?(?:の?口座)?の? ?{_NUMBER}?"
    rf"|\((?:普|当|貯)\)|口座の?{_NUMBER}?)"
    rf"(?:{_TO}{_BRANCH}{_SEVEN}{_NO_MORE}|{_ONTO}{_BRANCH}{_SEVEN}{_NO_MORE}{_NO_COLUMN})"
)
_NAMED_ACCOUNT = re.compile(rf"口座の?{_NUMBER}{_ONTO}{_BRANCH}([0-9]{{6,8}}|[0-9]{{3}}[- ][0-9]{{4}}){_NO_MORE}")
_POSTAL = re.compile(
    rf"記号{_ONTO}([0-9]{{5}})[ \t\r\n、,/・」』】-]{{0,4}}(?:番号{_ONTO})?([0-9]{{2,8}}){_NO_MORE}"
    r"|(?:ゆうちょ|郵便貯金|郵貯|貯金口座|記号[・/]?番号)[^0-9]{0,12}"
    rf"([01][0-9]{{4}}[ \t\n/ー・-](?:[0-9][ -])?[0-9]{{2,8}}){_NO_MORE}"
)


def _accounts(folded: str) -> Iterator[Personal]:
    for pattern in (_POSTAL, _ACCOUNT, _NAMED_ACCOUNT):
        for found in pattern.finditer(folded):
            for group in range(1, pattern.groups + 1):
                if found[group]:
                    yield Personal(ACCOUNT, *found.span(group))


# ---- rows of digits: My Number, cards ----
_ROW = re.compile(r"(?<![0-9.,])(?:(?<![A-Za-z])|(?<=[A-Za-z]{2}))[0-9]+(?:[ ーｰ-][0-9]+)*(?![0-9A-Za-z]|[.,][0-9])")
_GROUP = re.compile(r"[0-9]+")
_SIGNED_ROW = re.compile(  # by signs that stand between amounts too: in the groups of cards and My Numbers alone
    r"(?<![0-9.,/・_])(?:[0-9]{4}([./・_])[0-9]{4}\1[0-9]{4}(?:\1[0-9]{4}(?:\1[0-9]{3})?)?"
    r"|[0-9]{4}([./・_])[0-9]{6}\2[0-9]{4,5})(?![0-9A-Za-z]|[.,/・_][0-9])"
)
_CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEADS_TO_MY_NUMBER = re.compile(rf"(?:マイ ?ナンバー|個人番号)(?:カード)?の?{_NUMBER}?{_ONTO}$")
_LEADS_TO_CARD = re.compile(rf"(?:カード|クレジット)の?{_NUMBER}{_ONTO}$")
_LEADS_TO_OTHER = re.compile(rf"(?:法人番号|登録番号|額|予算|費|計|売上高?|[本助付入]金|¥){_TO}$")
_LOOK_BACK = 24  # characters that a leading word is looked for in


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits next to each other in a row, between the same signs."""

    groups: tuple[tuple[int, int], ...]
    whole: bool  # nothing more of the row hangs on by the same sign
    digits: str
    before: str

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(end - start for start, end in self.groups)


def _rows(folded: str) -> Iterator[Personal]:
    for row in _ROW.finditer(folded):
        if sum(map(str.isdigit, row[0])) < 12:
            continue
        for run in _runs(folded, row):
            sort = _sort_of(run)
            if sort:
                yield Personal(sort, run.groups[0][0], run.groups[-1][1])
    for row in _SIGNED_ROW.finditer(folded):
        run = _run_of(folded, row)
        sort = _sort_of(run)
        # Three amounts 「4789/2385/2404」 have a My Number's check digit now and then.
        if sort and (sort == CARD or row[1] != "/" or _LEADS_TO_MY_NUMBER.search(run.before)):
            yield Personal(sort, *row.span())


def _run_of(folded: str, row: re.Match[str]) -> _Run:
    groups = tuple(found.span() for found in _GROUP.finditer(folded, *row.span()))
    digits = "".join(folded[start:end] for start, end in groups)
    return _Run(groups, True, digits, folded[max(0, row.start() - _LOOK_BACK) : row.start()])


def _runs(folded: str, row: re.Match[str]) -> Iterator[_Run]:
    """Runs of 12 to 19 digits; at each place those in the groups that cards print first, then the longest."""
    groups = [found.span() for found in _GROUP.finditer(folded, *row.span())]
    for first in range(len(groups)):
        runs = _runs_from(folded, groups, first)
        yield from sorted(runs, key=lambda run: (run.lengths not in _CARD_GROUPS, -len(run.digits)))


def _runs_from(folded: str, groups: list[tuple[int, int]], first: int) -> Iterator[_Run]:
    digits, sign = "", ""
    before = folded[max(0, groups[first][0] - _LOOK_BACK) : groups[first][0]]
    for last in range(first, len(groups)):
        start, end = groups[last]
        if last > first:
            sign = sign or folded[start - 1]
            if folded[start - 1] != sign:
                return
        digits += folded[start:end]
        if len(digits) > 19:
            return
        if len(digits) >= 12:
            hangs = _sign_after(folded, groups, last) == sign or (first > 0 and folded[groups[first][0] - 1] == sign)
            yield _Run(tuple(groups[first : last + 1]), not (sign and hangs), digits, before)


def _sign_after(folded: str, groups: list[tuple[int, int]], last: int) -> str:
    return folded[groups[last][1]] if last + 1 < len(groups) else ""


def _sort_of(run: _Run) -> str | None:
    """What a run of digits is, or None when it is nobody's."""
    grouped = run.lengths in ((12,), (4, 4, 4))
    if grouped and _LEADS_TO_MY_NUMBER.search(run.before):
        return MY_NUMBER
    if len(run.digits) >= 13 and run.whole and _LEADS_TO_CARD.search(run.before):
        return CARD
    if _LEADS_TO_OTHER.search(run.before) or _all_years(run):
        return None
    if grouped and run.whole and is_my_number(run.digits):
        return MY_NUMBER
    return CARD if (run.whole or run.lengths in _CARD_GROUPS) and is_card(run.digits) else None


def _all_years(run: _Run) -> bool:
    return set(run.lengths) == {4} and all(_YEAR.match(run.digits, at) for at in range(0, len(run.digits), 4))


# ---- telephones ----
_DASH = r"(?: ?[-ーｰ](?: |\r?\n)?| ?[.・] ?| )"
_PHONE_START = re.compile(r"(?<![0-9])(?<![0-9]-)(?=\(?0[1-9]|\+ ?81|\(\+ ?81\)|0081|81[-.・/])")
_PHONE = re.compile(
    rf"0[1-9][0-9]{{0,3}}{_DASH}(?:[0-9]{{1,4}}{_DASH}[0-9]{{3,4}}|[0-9]{{6,8}})(?![0-9])"
    rf"|0[1-9][0-9]{{3,6}}{_DASH}[0-9]{{4}}(?![0-9])"
    rf"|0[1-9][0-9]{{0,3}} ?\([0-9]{{1,4}}\) ?[0-9]{{3,4}}(?![0-9])"
    rf"|\(0[1-9][0-9]{{0,3}}\) ?[0-9]{{1,4}}{_DASH}?[0-9]{{4}}(?![0-9])"
    r"|0[1-9][0-9]{8,9}(?![0-9])"
    r"|(?:\(\+ ?81\)|(?:\+ ?|00)81)[ .-]?(?:\(0\)|0)?[ .-]?\(?[1-9](?:[ .()-]{0,2}[0-9]){8,9}(?![0-9])"
    r"|81([-.・/])(?:\(0\)|0)?(?:[5-9]0\1[0-9]{4}|[1-9]\1[0-9]{4}|[1-9][0-9]\1[0-9]{3}|[1-9][0-9]{2}\1[0-9]{2})\1[0-9]{4}"
    r"(?![0-9]|\1[0-9])"
)
_LOCAL_PHONE = re.compile(
    r"(?:電話|でんわ|[Tt][Ee][Ll]|℡|☎|携帯|ケータイ|[Ff][Aa][Xx]|ファックス|ファクス)(?:番号)?[ :はが.]{0,3}"
    r"([1-9][0-9]{1,3}-[0-9]{4})(?![0-9]|-[0-9])"
)
_WORD_BEFORE = re.compile(r"[A-Za-z0-9_]+\Z")
_PHONE_WORD = re.compile(r"(?:tel|fax|phone|mobile|no)\Z", re.IGNORECASE)


def _phones(folded: str) -> Iterator[Personal]:
    for start in _PHONE_START.finditer(folded):
        end = _phone_end(folded, start.start())
        if end is not None:
            yield Personal(PHONE, start.start(), end)
    for row in _PHONE_ROW.finditer(folded):
        end = _phone_row_end(folded, row.start(), row[1])
        if end is not None:
            yield Personal(PHONE, row.start(), end)
    for found in _LOCAL_PHONE.finditer(folded):
        yield Personal(PHONE, *found.span(1))


def _phone_end(folded: str, at: int) -> int | None:
    """Where the telephone number at ``at`` ends: ten or eleven digits in Japan, nine or ten behind +81."""
    read = read_phone(folded, at)
    found = _PHONE.match(folded, at)
    end = max(read.end if read else 0, found.end() if found and _is_long_enough(found[0]) else 0)
    return end if end and not _within_code(folded, at, end) else None


def _is_long_enough(text: str) -> bool:
    digits = "".join(_GROUP.findall(text))
    return text.lstrip("( ").startswith(("+", "00", "81")) or len(digits) in (10, 11)


def _within_code(folded: str, start: int, end: int) -> bool:
    """Digits in a row that letters hold (a key, a checksum) are no number; 「TEL0312345678」 is one."""
    if not folded[start:end].isdigit():
        return False
    before = _WORD_BEFORE.search(folded, max(0, start - _LOOK_BACK), start)
    named = before is None or _PHONE_WORD.search(before[0])
    after = folded[end : end + 1]
    return not named or (after.isascii() and after.isalpha())


# ---- telephones with other signs between their groups ----
_SIGN = r"[-ーｰ.・/_~ \t\r\n()]"
_PHONE_ROW = re.compile(rf"(?<![0-9])(?=(0[0-9]{{0,4}}(?:{_SIGN}{{1,4}}[0-9]{{1,4}}){{2,10}}))")
_SHAPES = {(2, 4, 4), (3, 3, 4), (4, 2, 4), (5, 1, 4), (4, 3, 3), (3, 4, 4), (4, 3, 4), (1,) * 10, (1,) * 11}
_MOBILE = re.compile(r"0[25-9]0[0-9]{8}\Z")
_ROW_BEFORE = re.compile(rf"[0-9]{_SIGN}{{1,3}}\Z")
_ROW_AFTER = re.compile(rf"{_SIGN}{{1,3}}[0-9]")
_STREET_BEFORE = re.compile(r"(?<![0-9A-Za-z-])(?:[0-9]{1,3}-){1,4}\Z")
_LEADS_TO_PHONE = re.compile(
    r"(?:電話|でんわ|[Tt][Ee][Ll]|℡|☎|携帯|ケータイ|[Ff][Aa][Xx]|ファックス|ファクス)(?:番号)?"
    r"[ \t\r\n:はが.「『【】]{0,4}\Z"
)


def _phone_row_end(folded: str, at: int, row: str) -> int | None:
    """Where the telephone number at ``at`` ends whose groups stand in a ``row``, or None where it is something else."""
    groups = [found.span() for found in _GROUP.finditer(folded, at, at + len(row))]
    for count in (3, 11, 10):
        lengths = tuple(end - start for start, end in groups[:count])
        if len(lengths) == count and lengths in _SHAPES:
            end = groups[count - 1][1]
            return end if not folded[end : end + 1].isdigit() and _is_phone(folded, at, end, lengths) else None
    return None


def _is_phone(folded: str, start: int, end: int, lengths: tuple[int, ...]) -> bool:
    """By what is around and between the groups: numbers of a table, a list or a date are none."""
    before, text = folded[max(0, start - _LOOK_BACK) : start], folded[start:end]
    digits = "".join(_GROUP.findall(text))
    if digits[1] == "0":
        return False
    if _LEADS_TO_PHONE.search(before):
        return True
    signs = set(re.sub(r"[0-9]", "", text))
    alone = not _ROW_BEFORE.search(before) and not _ROW_AFTER.match(folded, end)
    cells = bool(signs & set("\t\r\n"))
    if lengths[0] == 1:
        return alone and not cells and bool(_MOBILE.match(digits))
    if _MOBILE.match(digits):
        return alone or not cells
    if signs == {"-"}:
        return bool(_STREET_BEFORE.search(before))
    years = any(_YEAR.fullmatch(group) for group in _GROUP.findall(text))
    return alone and not years and len(signs) == 1 and signs <= set("/_~") and before[-1:] not in ("/", "_")
