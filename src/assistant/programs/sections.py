"""Whose the figures of a line are that stands in no program: its section's, or what its own sentence names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ..figures import find_figures
from ..layout import Line
from ..records import FigureKind
from .framed import is_sort, scheme_name
from .names import clean_name, is_name, squeeze
from .titles import YEAR, is_example, is_generic, is_question, without_year

_SUBJECT = re.compile(
    r"(?:^|。)[\s　]*(?:(?:この|その)?うち|また|なお)?[、，]?(?P<name>[^、。，はが（）()「」]{2,24}?)"
    r"(?:の?(?:当初)?(?:予算|予算案|予算額)?の?(?:総額|規模|合計|予算額?|予算案))?"
    r"は[、，]?[\s　]*(?:総額|合計)?[\s　]*約?$"
)
_STATE = re.compile(r"^(?:[0-9０-９]{1,2}月)?(?:補正|当初|現計|最終)[前後]?(?:予算)?$")  # names none
_LOANS = re.compile(r"(?:融資|融資制度)$")
_ALL = re.compile(r"融資枠[^。]{0,8}(?:合計|総額|全体)|(?:全資金|全体|合計|総額)[^。]{0,8}融資枠")
_EXAMPLE_OF = re.compile(r"例[\s　]*[：:）)】］\]][\s　「]*(?P<name>[^\s　（()）、。：:「」]{3,40})")
_NOTE_OF = re.compile(
    r"^(?:[（(［\[【]?注[\s　]*[0-9０-９]{0,2}[）):：］\]】]?|[※*][\s　]?[0-9０-９]{0,2})?[\s　「]*"
    r"(?P<name>[^\s　（()）、。：:「」]{3,40})"
)
_IN_CASE_OF = re.compile(
    r"(?:場合|とき|際)(?:の|、|における)[\s　]*「?(?P<name>[^\s　、。：:「」の]{3,30})」?の[^、。（）()]{2,12}は"
)
_WITH_PART = re.compile(r"(?P<name>[^\s　（()）、。：:「」]{3,40}[（(][^（）()]{1,24}[)）])")
_ITEM_OF = re.compile(r"「?(?P<name>[^\s　（()）、。：:「」]{3,40}(?:[（(][^（）()]{1,24}[)）])?)」?[\s　]*[\s　：:]")
_SPOKEN_OF = re.compile(r"[」』]?(?:[（(][^（()）]{0,24}[)）])?(?:の|は|について|に係る|における|では)")
_BY_NUMBER = re.compile(
    r"(?:^|(?<=[。）)※＊\s　:：]))(?:№|[NＮ][oｏOＯ][.．]?|番号)[\s　]*(?P<number>[0-9０-９]{1,3})"
    r"(?P<of>の|は|について|に係る|における|では|に関)?"
)
_ATTRIBUTE_OF = re.compile(
    r"「?(?P<name>[^\s　（()）、。：:「」の]{3,40}(?:[（(][^（()）]{1,24}[)）])?)」?の"
    r"(?:融資|貸付|補助|助成|信用)?(?:利率|金利|保証料率?|限度額|上限額?|補助率|期間|据置期間)(?:を|は|が|に|も|から)"
)
_IN_HEADING = re.compile(r"[（(](?P<name>[^（）()]{3,40}?)(?:の場合)?[)）]$")
_QUOTED = re.compile(r"「(?P<name>[^「」]{3,40})」")
_NUMBER = re.compile(r"^[\s　*]*(?:[QＱ問][\s　.．:：]*[0-9０-９]{0,2}|[0-9０-９]{1,2})[\s　.．:：*]*「?")
#: 「このほか、公庫への出資金として財政投融資要求額 650億円がある」 is of nothing that the document's lists hold
_BESIDES = re.compile(
    r"(?:この|その)(?:ほか|他)(?:に|、|，)+[\s　]*(?P<name>[^、。，はがを（）()「」0-9０-９]{3,30}?)"
    r"(?:に(?:要する|係る)(?:経費|費用))?として"
)
_OFFICE_OF = re.compile(r"^(?P<name>[^の]{2,12}(?:部|局|省|庁|課))の(?:令和|平成|本年度|当初|一般会計|歳出)")
_LEAST = 3  # characters of a fund's name


def subject(path: tuple[str, ...], line: Line, above: Line | None, known: Callable[[str], str | None]) -> str:
    """What a line under the headings ``path`` speaks of; empty where neither they nor the line say so.

    Headings such as 予算規模 and 相談窓口, and those that only sort funds, do not say it.  Under them a program
    (``known`` gives one by its name) whose page ended above is not spoken of.
    """
    if (besides := _BESIDES.search(line.body)) and is_name(clean_name(besides["name"])):
        return clean_name(besides["name"])
    telling = [title for title in path if not is_generic(title) and not is_question(title) and not is_example(title)]
    if path and (not telling or is_generic(path[-1])) and (named := _named(line, above)):
        return named
    if not telling or is_sort(telling[-1]) or _ALL.search(line.body):
        schemes = (scheme_name((title,), "") for title in telling if not is_sort(title))
        return next((name for name in schemes if name and _LOANS.search(name)), "")
    return "" if is_generic(path[-1]) and known(telling[-1]) else without_year(telling[-1])


def _named(line: Line, above: Line | None) -> str:
    """「一般会計の総額は 412億円」: the only sum of its line, beside those in brackets, is of what the sentence names.

    The sentence may have begun on the line ``above``.
    """
    said = line.body
    figures = [figure for figure in find_figures(said) if figure.kind is FigureKind.MONEY]
    outside = [figure for figure in figures if said[: figure.start].count("（") == said[: figure.start].count("）")]
    if len(outside) != 1:
        return ""
    before = said[: outside[0].start]
    if above is not None and not above.blank and not above.tabular and not line.markers and "。" not in before:
        before = above.body.rpartition("。")[2] + before
    found = _SUBJECT.search(before)
    name = clean_name(YEAR.sub("", found["name"]).lstrip("の")) if found else ""
    name = office["name"] if (office := _OFFICE_OF.match(name)) else name
    return name if is_name(name) and not is_generic(name) and not _STATE.match(name) else ""


def scheme(title: str) -> tuple[str, tuple[str, ...]]:
    """What a document as a whole is about, by its title, and what else that may be called."""
    whole = without_year(title)
    name = scheme_name((), title)
    if not name or name == whole or not _LOANS.search(name):
        return whole, ()
    return name, (whole,)


def fund_of_example(text: str, heading: str, known: Callable[[str], str | None]) -> str | None:
    """The fund that a worked example is about: 「（例：経営安定資金を…借り入れた場合）」.

    ``known`` gives a fund of the document by a text that is its name.
    """
    found = _EXAMPLE_OF.search(text) or _IN_HEADING.search(heading)
    return _known_start(found["name"] if found else "", known)


def about_program(text: str, known: Callable[[str], str | None]) -> str | None:
    """The program that a note below its list is about: 「（注２）創業支援資金の保証料率は、…」."""
    text = squeeze(text)  # 「※県 創業支援融資は」
    found = _NOTE_OF.match(text)
    whole = _WITH_PART.match(text, found.start("name")) if found else None  # 「安定資金（災害枠）」 before 安定資金
    name = (known(whole["name"]) if whole else None) or (_known_start(found["name"], known) if found else None)
    behind = text[found.start("name") + len(name) :] if found and name else ""
    return name if _SPOKEN_OF.match(behind) else _amid(text, known)


def _amid(text: str, known: Callable[[str], str | None]) -> str | None:
    """「※ 保証を付けない場合の設備資金の利率は、…」: the one program of which a note says something in some case."""
    found = {known(match["name"]) for match in _IN_CASE_OF.finditer(text)} if _NOTE_OF.match(text) else set()
    return found.pop() if len(found) == 1 else None


def of_attribute(text: str, known: Callable[[str], str | None]) -> str | None:
    """「…行う設備投資については、設備投資促進資金の利率を 1.35%」: the one program whose terms a sentence tells."""
    named = {_known_end(found["name"], known) for found in _ATTRIBUTE_OF.finditer(text)}
    return named.pop() if len(named) == 1 else None


def item_of_program(line: Line, known: Callable[[str], str | None]) -> str | None:
    """The program whose terms an item of a list tells: 「- 創業資金　0.80％」, 「・創業資金：年1.2％」."""
    if not line.marker("-", "・", "①", "(n)", "■", "※"):
        return None
    found = _ITEM_OF.match(line.body)
    return known(found["name"]) if found else None


def about_question(heading: str, known: Callable[[str], str | None]) -> str | None:
    """The program that a question asks about: 「Ｑ３　創業支援資金は、…」; None for a question about several."""
    if not is_question(heading):
        return None
    quoted = {name for found in _QUOTED.finditer(heading) if (name := known(found["name"]))}
    first = _known_start(_NUMBER.sub("", heading), known)
    named = quoted | ({first} if first else set())
    return named.pop() if len(named) == 1 else None


def about_numbers(text: str) -> list[tuple[int, int | None]]:
    """Where a sentence of a note begins to speak of a program by its number, and that number; None for several.

    「№3の期間は、…に限る。№11は別途、…」 → (0, 3), (15, 11).
    """
    return [
        (found.start(), int(unicodedata.normalize("NFKC", found["number"])) if found["of"] else None)
        for found in _BY_NUMBER.finditer(text)
    ]


def _known_end(printed: str, known: Callable[[str], str | None]) -> str | None:
    return next((name for start in range(len(printed) - _LEAST + 1) if (name := known(printed[start:]))), None)


def _known_start(printed: str, known: Callable[[str], str | None]) -> str | None:
    return next((name for end in range(len(printed), _LEAST - 1, -1) if (name := known(printed[:end]))), None)
