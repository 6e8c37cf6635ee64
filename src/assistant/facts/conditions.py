"""Under which condition a figure holds, and what it counts: read from the words right before it."""

from __future__ import annotations

import re

from ..layout.labels import known_labels, plain
from ..programs.names import squeeze

REACH = 160  # characters before a figure in which its case is looked for
_BRACKET = re.compile(r"【([^】]{1,30})】")
_EACH = r"[1１一](?:人|社|者|件|名|団体|事業所|世帯)(?:あたり|当たり|につき)?"
_FOR_EACH = re.compile(r"[1１一](?:事業者|企業|企業者|団体|組合|法人|世帯|店舗|市町村)")  # 「１事業者200万円」
_CASE = re.compile(
    r"(?P<case>[^。※【】；;]*?(?:場合|者|企業|とき|もの|に限り|方|事業所|枠|型|等|分|以外|事業者|団体|組合|市"
    r"町村|大学|対象外?|その他))"
    r"(?P<mark>に限り|については|について|に対しては|には|では|は|：|:)[、,，\s]*"
    rf"(?:更に|さらに|原則|上限|最大|年率?|{_EACH})?[、\s]*$"
)
# 「A資金とB資金を併用する場合の合計限度額は」, 「…を選択した場合、保証料率に」
_CASE_OF = re.compile(
    r"(?P<case>[^。※【】；;]*?(?:場合|とき))(?:に|の|における|に係る)?(?:利率は|保証料率は|限度額は)?[、,，]?[\s　]*"
    r"(?:表中の|所定の|上記の|通常の)?(?:[^。、]{0,8}から)?"
    rf"(?:合計|通算|総|最高|更に|さらに|原則|上限|最大|年率?|{_EACH})?[、\s]*$"
)
_NUMBERS = re.compile(r"(?P<case>(?:[(（][0-9０-９]{1,2}[)）][\s　]*[,、，～~\-－]?[\s　]*)+)(?:年率?)?[\s　]*$")
_INNER = re.compile(
    r"[（(](?P<case>[^（）()。]{2,40})(?:は|の場合は?|：)[\s　]*(?:(?:上限|最大|月額|年額|一律)[\s　]*)*$"
)
_BUDGETED = re.compile(r"(?:予算|事業費|要求|決算)(?:額|案|の?総額)*$")  # 「（予算額：900千円）」 names no case
# 「一般枠及び特別枠の上限額に」 is said of none of the two
_FUND = re.compile(
    r"(?<![びと・や])(?<![びと・や][\s　])(?<!又は)"
    r"(?P<case>運転資金|設備資金|運転設備資金|設備・運転資金|一般枠|特別枠)"
    r"(?![\s　]*(?:及び|又は|と|や|・))[^。、]{0,14}$"
)
# 「中小企業1/2、小規模事業者2/3」, 「運転7年以内、設備10年以内」: who or what stands right before its figure
_BARE = re.compile(
    r"(?:^|[、，,：:（(\s])"
    r"(?P<case>[^、，,：:（()）\s]{0,14}(?:企業|事業者|企業者|団体|市町村|組合|法人|個人|世帯|店舗)|運転|設備|"
    r"[国都府県市区町])[\s　]*$"
)
# 「創業前 年1.0%」, 「補正前 5億円」, 「6人～20人：最大250万円」: a time or a size set off before its figure
_SET_OFF = re.compile(
    r"(?:^|[、，,（(\s／/])(?P<case>[一-龥]{2,6}[前後]|第[0-9０-９一二三四五六]{1,2}[期回次](?:募集|公募|締切"
    r"分?)?|[^\s、，,：:（()）"
    r"]{0,8}[0-9０-９,]+[人名社者店件](?:以上|以下|未満|超)?)"
    r"(?:[\s　]+|[：:][\s　]*)(?:年率?|最大|上限)?[\s　]*$"
)
# 「国内は上限20万円、海外は上限50万円」
_WHERE = re.compile(
    r"(?:^|[、，,（(\s])(?P<case>[国都道府県市町村区域管島圏][内外]|海外|離島|本土)(?:は|では|：|:)"
    r"[、\s　]*(?:最大|年額|月額)?[\s　]*$"
)
# 「2年目の補助率は1/2、3年目は1/3」
_IN_YEAR = re.compile(
    r"(?:^|[、，,（(\s]|ただし)(?P<case>(?:[0-9０-９]{1,2}|[一二三四五])(?:年目|年度目|か月目|回目)(?:以降|以後)?)"
    r"(?:の[^、。0-9０-９]{0,8})?(?:には|は|が|：|:)?[\s　]*(?:上限|最大|年額|月額|[^、。はが0-9０-９]{1,8}の)?[\s　]*$"
)
# 「①と②の併用可（合計の上限80万円）」
_ALL_OF = re.compile(
    r"[（(](?P<case>合計|合算|併用(?:する場合|時))(?:の|で|は)?[\s　]*(?:補助|助成)?(?:上限|限度)額?[はの：:\s　]*$"
)
# what only leads over to the case: 「県が全額を補助するため、」, 「据置は、」
_LEADS_OVER = re.compile(
    r"^.*?(?:ため|ので|なお|また|ただし|但し|ですが)、|^[^、はが]{1,6}は、|^[(（][0-9０-９].{0,16}?[)）]の[^、"
    r"。]{1,10}は、"
)
# 「空き店舗は20万円、移住者は30万円を加算」: the case before has its amount
_OTHER_CASE = re.compile(
    r"^[^、。]{2,60}?(?:は|には|では|：)[^、。]{0,8}[0-9０-９][0-9０-９,，.．百千万億]*[円％%]"
    r"(?:(?:以内|まで)?、|で、(?:この)?うち、?)"
)
# brackets behind an amount that say how it is meant
_BEHIND_AMOUNT = re.compile(
    r"^[\s　]*[（(](?P<case>別枠|税抜き?|税込み?|税別|固定(?:金利)?|変動(?:金利)?"
    r"|(?![^（()）。]*[0-9０-９][^（()）。]*円)[^（()）。]{2,24}(?:を?含む|を?除く|限度額|税抜|共通|との合計|"
    r"の合計|と合算))。?[)）]"
)
_TAIL_WORDS = re.compile(
    r"(補助率等?|助成率|補助上限額?|補助限度額?|上限額?|限度額?|(?:新規|総)?(?:融資|貸付|保証)枠|(?:信用)?保証"
    r"料率|融資利率|利率|金利|融資限度額|料率)"
    r"(?:から|[をはがに：:、\s　])*$"
)
# 「加算措置：…した場合は」, 「（例）…の場合は」, 「２　…の場合は」
_LABELLED = re.compile(
    r"^[\s　]*(?:[^。、：:（(「]{2,8}[：:](?=.{4})|[（(]例[)）]|[（(][0-9０-９]{1,2}[)）][\s　]+(?=\S{4})|[0-9０-９]{1,"
    r"2}[．.]?[\s　]+)"
)
# 「（注２）有担保の場合は」
_NOTE = re.compile(r"^(?:[^（()）：:]{2,10}[：:][\s　]*)?[（(]?注[\s　]*[0-9０-９]{0,2}[\s　]*[）):：][\s　]*")
_TOTAL = re.compile(r"(?P<total>[0-9０-９]+(?:年|年間|か年|カ年)の?(?:総額|合計|累計))[でにが：:]?[\s　]*$")
_CLOSED = re.compile(r"[。）)」】％%円]$|(?:以内|以下|まで|[0-9０-９][人社者件年月日回名])$|\S[\s　]{2,}\S")
_GAP = re.compile(r"(?<=\S)[　 ]{2,}(?=\S)")
_ITEM = re.compile(r"((?:第[0-9０-９]{1,2}(?=[次回期]))?[^\s　①-⑳、。，,；;（）()「」『』：:＋+=※\d]{2,40})$")
_QUOTED = re.compile(r"「([^「」]{2,30})」$")
_LEADING = re.compile(
    r"^[・*\-]?(年度|年間|か月|箇所|年|月|日|件|者|社|人|名|回|割|%|％|[千万億百]*円)?(以内|以上|以下|未満|以"
    r"降)?(までに|まで|から|での|目標である|として|"
    r"した|する|の|に|を|は|が|で|と)+"
)
_DATE = re.compile(r"(令和|平成|R|H)?[0-9０-９元]+年度?(末|中)?$")
_NO_ITEM = re.compile(
    r"((?:当たり|あたり|につき)[年月日]?|掲げた|を含む|ごと|あり|できる)$|^(年度|年間|合わせて|併せて|原則|総額|合計|[千万億百]*円)$"
)
_PARTICLES = re.compile(
    r"(について|として|に対し|により|における|による|が|は|を|に|で|と|の|も|へ|や|、|，|まで|から|月額|年額|"
    r"日額|最大|最長|合計|年間|年平均|年率|平均|約"
    r"|原則|全国で|それぞれ全体)+$"
)
_BEHIND = re.compile(
    r"(?:程度|以上|以内|以下|まで|ずつ)?+(?:の(?=[^のをがはに、。]{2,12}[のをが]))?"
    r"(?P<item>[一-龥々ァ-ヶー]{2,12}(?<![後前中]))(?=[のをがはにし、。]|$)"
)


def condition_of(left: str, carried: str | None) -> str | None:
    """The condition before a figure, or None.

    ``left`` is the text from the figure before (or the start of the unit) to this one; ``carried`` is a
    bracketed case 【…】 that still holds for this unit.
    """
    found = _case_in(left[-REACH:])
    bracket = _last_bracket(left)
    if bracket:
        return f"{bracket} {found}" if found and found != bracket else bracket
    if carried and found and found not in carried:
        return f"{carried} {found}"
    return carried or found


def _case_in(left: str) -> str | None:
    text = _TAIL_WORDS.sub("", re.sub(r"[\s　]+", " ", _open_lines(left))).rstrip(" 　（(")
    text = re.sub(r"(?<=[、,，はも])(?:上|上記|上表|前記|左記|各|それぞれ|これら)の?$", "", text)
    text = re.split(r"[※。；;]", text)[-1].strip(" 　")
    text = _NOTE.sub("", text)
    text = re.sub(r"^([-*+・✓❑○]|[①-⑳])\s*|^(以内|以上|以下|未満|程度|まで)?[、，,]\s*", "", text)
    bracketed = _open_bracket(_BRACKET.split(text)[-1])
    numbers = _NUMBERS.search(bracketed)
    if numbers:
        return re.sub(r"\s+$", "", numbers["case"]).strip(" ,、，")
    case = _CASE.search(bracketed) or _CASE_OF.search(bracketed)
    if case:
        only = case.groupdict().get("mark") == "に限り" and not case["case"].endswith("に限り")
        text = _LABELLED.sub("", case["case"]) + ("に限り" if only else "")
        text = _OTHER_CASE.sub("", re.sub(r"^.*[）)]\s*(?=[（(])", "", text).strip(" 　、,，"))
        text = _LEADS_OVER.sub("", text)
        return squeeze(text.rstrip("（(")) or None
    inner = _INNER.search(left)
    if inner and not _TAIL_WORDS.fullmatch(inner["case"]) and not _BUDGETED.search(inner["case"]):
        return squeeze(_LEADS_OVER.sub("", inner["case"]))
    fund = (
        _IN_YEAR.search(bracketed)
        or _FUND.search(bracketed)
        or _BARE.search(bracketed)
        or _SET_OFF.search(bracketed)
        or _WHERE.search(bracketed)
    )
    fund = fund or _ALL_OF.search(left)
    return fund["case"] if fund and not _FOR_EACH.fullmatch(fund["case"]) else None


def _open_lines(left: str) -> str:
    """The last line, with those before it that run on into it; a full line of a field or a sum does not."""
    lines = left.split("\n")
    first = len(lines) - 1
    while first > 0 and lines[first - 1].strip() and not _CLOSED.search(lines[first - 1]):
        first -= 1
    lines[-1] = _GAP.split(lines[-1])[-1] if _GAP.split(lines[-1])[-1].strip() else lines[-1]
    return "\n".join(lines[first:])


def behind(right: str) -> str | None:
    """How an amount is meant, in the bracket behind it: （別枠）, （税抜）, （既往の残高を含む）."""
    found = _BEHIND_AMOUNT.match(re.sub(r"^[\s　]*(以内|まで|以下)?", "", right))
    return squeeze(found["case"]) if found else None


def _last_bracket(left: str) -> str | None:
    found = brackets_in(left)
    return found[-1] if found else None


def brackets_in(text: str) -> list[str]:
    """Cases printed in 【】; an office, a flag or a label in such brackets is none."""
    return [
        found for found in _BRACKET.findall(text)
        if not re.search(r"(課|室|局|部|班|係|ほか)$|再掲|新規|拡充|継続|委託$|問合せ|内容|趣旨", found)
        and not re.fullmatch(r"新|拡|継|新設|[約\s　]*[0-9０-９][0-9０-９,，.．億万千百\s　]*円", found)
        and found not in ("補助", "助成", "交付", "直営")
        and plain(found) not in known_labels()
        and not re.search(r"(率|額|限度|上限|期間|目標|概要|条件|経費)等?$", found)
    ]  # fmt: skip


def _open_bracket(text: str) -> str:
    """What stands in the last bracket of a text when it is still open, else the text."""
    place = max(text.rfind("（"), text.rfind("("))
    inside = text[place + 1 :]
    return inside if place >= 0 and inside.strip() and not re.search(r"[)）]", inside) else text


def total_of(left: str) -> str | None:
    """「3年間の総額で」 right before an amount: the time over which it is the whole."""
    found = _TOTAL.search(left)
    return found["total"] if found else None


def item_of(left: str, right: str = "") -> str | None:
    """The noun that a count or a target counts: the words right before it, else right behind it."""
    text = re.sub(r"[（(「『：:\s]+$", "", left)
    text = _DATE.sub("", _PARTICLES.sub("", text))
    text = _PARTICLES.sub("", text).rstrip("（( 　")
    text = _PARTICLES.sub("", re.sub(r"[（(][^（()）]{1,12}[)）]$", "", text))
    match = _QUOTED.search(text) or _ITEM.search(text)
    item = match.group(1) if match else ""
    if not _NO_ITEM.search(item):
        item = _LEADING.sub("", item)
    item = re.sub(r"^[・*\-]+|^円?(?:当たり|あたり|につき)の?", "", item)
    if len(item) > 1 and not _NO_ITEM.search(item):
        return item
    behind = _BEHIND.match(right)
    return behind["item"] if behind else None
