"""A text that somebody pasted to have its amounts checked, told from a question that has amounts in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.figures import find_figures
from assistant.records import FigureKind

_RIGHT = r"(?:合って|あって|間違って|正しい|正確)(?:い?る|い?ます|です)?(?:か|かな|よね)?(?:どうか)?"
_ASKS_CHECK = re.compile(
    r"確認(?!申請|済|書|が取れ)(?:を|し|の上|お願|願|いただ|頂|くださ|下さ|たの|頼|よろ|宜|希望|依頼|$|[。！!、：:？?])|"
    r"ご確認|チェック(?!リスト|シート|ボックス|項目|イン)|照合|検算|校正|校閲|添削|見直し(?:て|を)|"
    r"(?:レビュー|推敲)(?:を|し|お願|願|くださ|下さ|希望|依頼|よろ|$|[。！!：:？?])|"
    rf"{_RIGHT}(?:を|見|み|確|調|教|$|[。、？?！!])|(?:間違い|誤り|相違)(?:は|が)?(?:ない|あり|ござ)|大丈夫(?:です|でしょう)?か?[？?。]?$"
)
#: Only whether it is right: behind an amount on the same line that is a question about it.
_WHETHER = re.compile(rf"{_RIGHT}[。？?！!]?$|大丈夫(?:です|でしょう)?か?[？?。]?$")
# 「次の文」, 「この文面」: what is to be checked stands here.
_THIS_TEXT = re.compile(
    r"以下|下記|次の|(?:この|こちらの|添付の|下の|上の)(?:文|メール|原稿|案|資料|通知|案内|内容|数字|金額|表|一覧|下書き|二つ|三つ)"
)
# A heading that calls what follows a draft: 【下書き】, 原稿案です。
_DRAFT = re.compile(
    r"\W{0,3}[^。、？?]{0,12}(?:下書き|ドラフト|草案|文案|原稿|たたき台)(?:案|（案）)?(?:です|になります|を?(?:作|書)りました|ができました)?\W{0,3}"
)
# 「補助率を確認してください」 asks what it is.
_FOR_A_FACT = re.compile(
    r"(?:率|上限額?|限度額|予算額?|期間|締切|締め切り|期限|対象者?|要件|条件|窓口|担当課|連絡先|電話番号|制度|事業|補助金|資金|枠)"
    r"(?:名|について)?(?:を|も|は|が|の)?(?:再度|一度|改めて|まず)?確認|確認(?:した|させ)"
)
_NUMBERS = re.compile(r"数字|金額|数値|文面|文章|内容|原稿|記載|表記")
# What is asked of us: for a fact, for a program, for advice, for another piece of work.
_QUESTION = re.compile(
    r"[?？]\s*$|いくら|教えて|おしえて|知りたい|調べて|探して|どの|どれ|どんな|どこ|何(?:円|割|％|%|社|者|が|を|で|か)|"
    r"使える|使えます|もらえ|受けられ|借りられ|対象にな|ほしい|欲しい|困って|でしょうか|(?:です|ます|ません)か[。\s]*$|比べて|一覧にして|"
    r"(?:合計|計算|比較|要約|整理|翻訳|英訳|まとめ|並べ|表に)(?:し)?て(?:ください|下さい|くれ|もら|ほしい)?[^。]{0,3}[。！!]?$|"
    r"(?:できる|出る|なる|ある|いい|よい)(?:の)?(?:か|かな|かも)(?:$|[。、])"
)
_COURTESY = re.compile(
    r"(?:いただけ|頂け|願え|もらえ|くださ|下さ|くれ)(?:ます|ません|ない|い|る)*(?:で?しょう)?か?|て(?:ほしい|欲しい)(?:です|ので)?|"
    r"(?:よろし|宜し)い(?:です|でしょう)か|いかがでしょうか|(?:お考え|お困り|ご存[じ知])[^。？?]{0,8}か[？?]?"
)
_POLITE = re.compile(r"(?:でしょう|です|ます|でき?る)?か?(?:ね|な)?[。？?！!\s]{0,9}$")
_MAIL = re.compile(
    r"お世話に|お疲れ|拝啓|敬具|謹啓|様\s*$|殿\s*$|各位|御中|件名|ご案内|お知らせ|ご査収|"
    r"(?:よろしく|宜しく)お願い|(?:取り急ぎ|以上)(?:です|、|$)|申し上げます|いたします|致します|ございます"
)
# Amounts of the asker or of a customer, which no document states.
_OURSELVES = re.compile(
    r"従業員|資本金|売上|年商|弊社|当社|自社|うちの|社員|創業から|自己資金|[A-ZＡ-Ｚ]社|お客様|顧客|見積|購入|買[いうっ]|"
    r"借り|借入|申[し]?込|申請(?:し|を|中|済|予定)|希望|検討|予定|工事|改装|(?:設備|機械|車両|店舗|システム)(?:は|に|を|の導入|投資)"
)
_LABEL = re.compile(r"補助率|助成率|上限|限度|予算|補助額|補助金額|融資額|要求額|利率|金利|保証料")
_HEARSAY = re.compile(r"聞[いき]|らしい|と言われ|って言われ|だそう|思[いっ]")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
_GIVEN = re.compile(r"[:：]")
_STOP = re.compile(r"(?<=[。！!？?])(?=[^。！!？?」』）)\s])")
_ROW = re.compile(r"\|.*\|")
_AMOUNTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_LEAST = 3  # amounts, where nobody says that they are to be checked
_LEAST_ROWS = 2  # of a table with amounts
_LEAST_QUOTED = 12  # characters of a quote that is a text


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, the number of its line, and how many amounts it tells."""

    words: str
    line: int
    amounts: int


def is_pasted(text: str) -> bool:
    """Whether a plain text is one whose amounts are to be checked, and no question.

    It is when somebody asks to check it and amounts stand beside the request, when it is called a draft, or when it
    reads like a mail or a table with amounts; never when something else is asked.
    """
    said = [one for number, line in enumerate(text.split("\n")) for one in _sentences(line.strip(), number)]
    requests: list[_Said] = []
    rest: list[_Said] = []
    for one in said:
        (requests if not one.amounts and _asks(one.words) else rest).append(one)
    given = [_given(one.words) for one in rest]
    own_or_given = (words or one.words for words, one in zip(given, rest, strict=True))
    if any(map(_asks_us, own_or_given)) or any(_wants_more(one.words) for one in requests):
        return False
    if any(given):
        return True
    told = [one for one in rest if one.amounts and not _is_own(one.words)]
    if told and (any(_is_plain(one.words) for one in requests) or _stand_apart(requests, told)):
        return True
    count = sum(one.amounts for one in told)
    is_table = sum(bool(_ROW.fullmatch(one.words)) for one in told) >= _LEAST_ROWS
    return is_table or (count >= _LEAST and any(_MAIL.search(one.words) for one in said))


def _sentences(line: str, number: int) -> list[_Said]:
    """The sentences of a line; a quote is of one sentence."""
    hidden = _QUOTED.sub(lambda found: re.sub("[。！!？?]", "\0", found[0]), line)
    starts = [0, *(found.start() for found in _STOP.finditer(hidden)), len(line)]
    parts = [line[start:end].strip() for start, end in pairwise(starts)]
    return [_Said(part, number, _amounts(part)) for part in parts if part]


def _asks(words: str) -> bool:
    """Whether a sentence asks to check; one with an amount of its own asks about that."""
    return bool(_ASKS_CHECK.search(words) or _DRAFT.fullmatch(words))


def _is_plain(words: str) -> bool:
    """A request that can be meant for a text alone, on whichever line that stands."""
    if _THIS_TEXT.search(words) or _NUMBERS.search(words):
        return True
    return not _WHETHER.search(words) and not _FOR_A_FACT.search(words)


def _stand_apart(requests: list[_Said], told: list[_Said]) -> bool:
    """Whether the amounts are told on other lines than the requests are, and not as hearsay."""
    lines = {one.line for one in requests}
    apart = [one for one in told if one.line not in lines]
    return bool(lines and apart) and not any(_HEARSAY.search(one.words) for one in apart)


def _given(words: str) -> str:
    """The text that a sentence asks to check: behind a colon, or quoted; '' where it gives none with an amount."""
    colon = _GIVEN.search(words)
    if colon and _requests(words[: colon.start()]) and _amounts(words[colon.end() :]):
        return words[colon.end() :]
    quoted = [one[0] for one in _QUOTED.finditer(words) if _amounts(one[0]) and len(one[0]) >= _LEAST_QUOTED]
    around = _QUOTED.sub("", words)
    return quoted[0] if quoted and _requests(around) and _is_plain(around) and not _wants_more(around) else ""


def _requests(words: str) -> bool:
    return not _amounts(words) and _asks(words)


def _wants_more(words: str) -> bool:
    """Whether a request to check asks for something else besides: 使えるか確認して."""
    return _asks_us(_POLITE.sub("", _ASKS_CHECK.sub("", _COURTESY.sub("", words))))


def _asks_us(words: str) -> bool:
    return bool(_QUESTION.search(_COURTESY.sub("", words)))


def _is_own(words: str) -> bool:
    """Whether a sentence tells of the asker's amounts, and none that a program has."""
    return bool(_OURSELVES.search(words)) and not _LABEL.search(words)


def _amounts(words: str) -> int:
    return sum(figure.kind in _AMOUNTS for figure in find_figures(words))
