"""What a row or a page states beside its sentences, quoted as printed.

Who runs a program, under which heading it stands, what its marks say, which parts it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..figures import find_figures
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, Hit, Passage, Program
from ..tokens import fold, tokens
from .context import is_fax
from .focus import telling
from .labels import called, where_from
from .units import closed_up, printed_as, units_of

_OFFICE = re.compile(
    r"(?:課|室|局|部|班|係|庁|センター|協会|会議所|商工会|機関|所|校|公社|財団|支庁|署|団)(?:[（(][^）)]{2,20}[)）])?$"
)
_ADDRESSED = re.compile(r"^(?:お?問い?合わ?せ先?|連絡先|担当課?|所管課?|窓口|申込先|相談先|申請先)[\s　]*[：:\s　]")
_TELEPHONE = re.compile(
    r"[（(]?(?:電話|tel|℡)?[\s　：:]*0[0-9０-９]{1,4}[-－ー‐][0-9０-９]{1,4}[-－ー‐][0-9０-９]{3,4}[)）]?", re.I
)
_HEADED = re.compile(r"^[\s　]*(?:[■◆●○◎□・･#]+|[（(]?[0-9０-９]{1,2}[)）.．]?|[①-⑳])[\s　]*")
_LONGEST = 120  # characters of an address
_FAR = 400  # lines above a program where its headings may stand


def source(hit: Hit, index: Index) -> str:
    """「山形県・令和2年度当初予算の資料では、」"""
    return f"{where_from(hit.program, index.documents[hit.program.document].region)}の資料では、"


def quoted(words: str) -> str:
    """Words as they stand in brackets."""
    return words.replace("\t", " ").replace("「", "『").replace("」", "』").strip()


# ---- who runs it


def offices(hit: Hit, index: Index) -> list[DraftSentence]:
    """The offices that are printed for a program, with their telephones where there are any."""
    phones = [one for one in index.facts_of(hit.program.id) if one.kind is FactKind.PHONE and not is_fax(one)]
    named = "".join(fold(fact.item or "") for fact in phones)
    found = [one for one in _departments(hit.program, index) if not _is_among(one[1], named)]
    sentences = [_office_sentence(hit, found, index)] if found else []
    if phones:
        sentences.append(_phone_sentence(hit, phones, index))
    return sentences


def counters(hit: Hit, index: Index) -> list[DraftSentence]:
    """What is printed as the place to ask or to apply and has no telephone: 「商工会（組合は、中央会）」."""
    labels = tuple(map(fold, telling()["office"]["labels"]))
    units = [
        unit
        for unit in units_of(hit.program, index)
        if unit.label.startswith(labels) and len(unit.text) <= _LONGEST and not find_figures(unit.text)
    ]
    if not units:
        return []
    told = "".join(f"「{quoted(unit.text)}」" for unit in units)
    text = f"{source(hit, index)}{called(hit.program)}の問い合わせ先として、次の記載があります。{told}"
    return [DraftSentence(text, quotes=tuple((unit.passage, unit.quote) for unit in units))]


def _is_among(office: str, named: str) -> bool:
    """Whether each of an office's words is told with a telephone already."""
    return all(fold(word) in named for word in office.split()) if named else False


def _office_sentence(hit: Hit, found: list[tuple[int, str]], index: Index) -> DraftSentence:
    told = "と".join(f"「{quoted(closed_up(_joined(office)))}」" for _, office in found)
    return DraftSentence(f"{source(hit, index)}{called(hit.program)}の担当は{told}です。", quotes=tuple(found))


def _joined(words: str) -> str:
    return re.sub(r"[\s　]*\n[\s　]*", "", words)


def _phone_sentence(hit: Hit, phones: list[Fact], index: Index) -> DraftSentence:
    pieces = [f"{fact.item or '窓口'}（電話 {{{place}}}）" for place, fact in enumerate(phones)]
    text = f"{source(hit, index)}{called(hit.program)}の問い合わせ先は、{'、'.join(pieces)}です。"
    return DraftSentence(text, tuple(phones))


def _departments(program: Program, index: Index) -> list[tuple[int, str]]:
    """Each office with the passage that prints it; of two printed alike the longer one."""
    passages = _own_passages(program, index)
    found: dict[str, tuple[int, str]] = {}
    for office in program.departments:
        for passage in passages:
            printed = printed_as(office, passage.text)
            if printed and len(printed) <= len(office) + 8:
                found.setdefault(fold(printed), (passage.id, printed))
                break
    for passage in passages if not found else ():
        for place, line in _addressed(passage):
            found.setdefault(fold(line), (place, line))
    if not found:
        found = {fold(one[1]): one for one in _above_all(program, passages)}
    return [one for key, one in found.items() if not any(key in other and key != other for other in found)]


def _addressed(passage: Passage) -> Iterator[tuple[int, str]]:
    """「お問い合わせ：産業振興課 デジタル推進係」: what stands behind the label, without its telephone."""
    for line in passage.text.split("\n"):
        label = _ADDRESSED.match(line.strip(" 　*-・"))
        if not label:
            continue
        rest = line.strip(" 　*-・")[label.end() :]
        office = _TELEPHONE.split(rest)[0].strip(" 　\t、,(（")
        if 2 < len(office) <= 40 and _OFFICE.search(office):
            yield passage.id, office


def _above_all(program: Program, passages: list[Passage]) -> list[tuple[int, str]]:
    """The office that heads the section a program stands in."""
    heads = [title for title in program.section if _OFFICE.search(title) and len(title) <= 24]
    return [(passages[0].id, title) for title in heads[-1:] if passages]


def _own_passages(program: Program, index: Index) -> list[Passage]:
    every = [one for one in index.passages_of(program.id) if one.document == program.document]
    return sorted(every, key=lambda one: (not program.line_start <= one.line_start <= program.line_end, one.line_start))


# ---- where it stands


def section(hit: Hit, index: Index) -> list[DraftSentence]:
    """The headings that a program stands under, the widest first."""
    passages = _own_passages(hit.program, index)
    if not passages:
        return []
    above = _lines_above(passages[0], index)
    titles = []
    own = {fold(name) for name in (hit.program.program, *hit.program.aliases)}
    for title in (title for title in hit.program.section if fold(title) not in own):
        printed = next((found for line in above if (found := printed_as(title, line))), None)
        if printed and not _heads_everything(title):
            titles.append(printed)
    if not titles:
        return []
    told = "の中の".join(f"「{quoted(closed_up(title))}」" for title in titles[-3:])
    text = f"{source(hit, index)}{called(hit.program)}は、{told}の項目に載っています。"
    return [DraftSentence(text, quotes=tuple((passages[0].id, title) for title in titles[-3:]))]


def _heads_everything(title: str) -> bool:
    return (
        any(word in title for word in telling()["section"]["whole"]) and re.search(r"年度|一覧|資料", title) is not None
    )


def _lines_above(passage: Passage, index: Index) -> list[str]:
    """The lines above a passage, the nearest first, and its own."""
    lines = index.documents[passage.document].lines
    return [*reversed(lines[max(0, passage.line_start - 1 - _FAR) : passage.line_end])]


# ---- what its marks say


def marks(question: str, hit: Hit, index: Index) -> list[DraftSentence]:
    """A sign in a program's row with what the document says it stands for, or the column it stands in."""
    asked = set(tokens(question))
    for passage in _own_passages(hit.program, index):
        row = next((line for line in passage.text.split("\n") if "\t" in line or "|" in line), None)
        if row is None:
            continue
        own = dict.fromkeys(cell.strip() for cell in re.split(r"[\t|]", row))
        for sign in [cell for cell in own if len(cell) == 1 and cell in telling()["marks"]["signs"]]:
            for line in _lines_above(passage, index):
                for match in re.finditer(telling()["marks"]["legend"], line):
                    if match["mark"] == sign and asked & set(tokens(f"{match['means']}{_column(match, line)}")):
                        return [_mark_sentence(hit, passage, row.strip(), sign, match[0], index)]
    return []


def _column(match: re.Match[str], line: str) -> str:
    """The header that a legend stands in, which says what its marks are about."""
    cells = re.split(r"[\t|]", line)
    return next((cell for cell in cells if match[0] in cell), "")[:60]


def _mark_sentence(hit: Hit, passage: Passage, row: str, sign: str, legend: str, index: Index) -> DraftSentence:
    text = f"{source(hit, index)}{called(hit.program)}の欄の印は「{sign}」で、資料の注記は「{quoted(legend)}」です。"
    return DraftSentence(text, quotes=((passage.id, legend), (passage.id, sign)))


def flagged(question: str, hit: Hit, index: Index) -> list[DraftSentence]:
    """The mark (新規, 拡充) that a question asks for, where the document gives it to the program."""
    plain = fold(question)
    flags = {flag for fact in index.facts_of(hit.program.id) for flag in fact.flags}
    for flag, printings in sorted(table("flags")["marks"].items(), key=lambda one: -len(one[0])):
        if flag not in flags or fold(flag) not in plain:
            continue
        for passage in _own_passages(hit.program, index):
            printed = next((one for one in (*printings, flag) if one in passage.text), None)
            head = next((line for line in _lines_above(passage, index) if _heads(flag, line)), None)
            if not printed and (sentence := _by_legend(flag, printings, hit, passage, index)):
                return [sentence]
            if printed or head:
                told = quoted(printed or flag)
                text = f"はい。{source(hit, index)}{called(hit.program)}には「{told}」の印が付いています。"
                row = next((line for line in passage.text.split("\n") if line.strip()), "").strip()
                return [DraftSentence(text, quotes=((passage.id, printed or flag), *_row_of(row, hit, passage)))]
    return []


def _by_legend(flag: str, printings: list[str], hit: Hit, passage: Passage, index: Index) -> DraftSentence | None:
    """A mark before the program's name that a line above explains: 「◎…拡充」."""
    words = "|".join(map(re.escape, sorted((flag, *printings), key=len, reverse=True)))
    for line in _lines_above(passage, index):
        for match in re.finditer(
            rf"(?P<mark>[{telling()['marks']['signs']}])(?:[…‥]+|[＝=：:]|は)[\s　]*(?:{words})", line
        ):
            marked = printed_as(f"{match['mark']}{hit.program.program}", passage.text)
            if marked:
                told = f"「{match['mark']}」の印があり、凡例は「{quoted(match[0])}」です。"
                text = f"はい。{source(hit, index)}{called(hit.program)}には{told}"
                return DraftSentence(text, quotes=((passage.id, marked), (passage.id, match[0])))
    return None


def _heads(flag: str, line: str) -> bool:
    return flag in [cell.strip() for cell in re.split(r"[\t|]", line)]


def _row_of(row: str, hit: Hit, passage: Passage) -> tuple[tuple[int, str], ...]:
    """The row as a quote, where it prints the program's name."""
    return ((passage.id, row),) if fold(hit.program.program)[:6] in fold(row) else ()


# ---- which parts it has


def parts(question: str, hit: Hit, index: Index) -> list[DraftSentence]:
    """The 枠, 類型 or コース of a program, of the sort that is asked for."""
    ends = [end for end in telling()["types"]["ends"] if fold(end) in fold(question)]
    every = [
        part
        for part in hit.program.subprograms
        if not ends or part.rstrip("）)").endswith(tuple(ends)) or _variant(part, ends)
    ]
    named = every or list(hit.program.subprograms)
    found: list[tuple[int, str]] = []
    for part in named:
        for passage in _own_passages(hit.program, index):
            printed = printed_as(part, passage.text)
            if printed:
                found.append((passage.id, printed))
                break
    found = [one for one in found if not any(fold(one[1]) in fold(other[1]) and one != other for other in found)]
    if len(found) < 2:
        return []
    told = "".join(f"「{quoted(_joined(part))}」" for _, part in found)
    text = f"{source(hit, index)}{called(hit.program)}には{told}があります。"
    return [DraftSentence(text, quotes=tuple(found))]


def _variant(part: str, ends: list[str]) -> bool:
    """「省力化枠（一般型）」 is a 型 too."""
    return any(inner.endswith(tuple(ends)) for inner in re.findall(r"[（(]([^）)]+)[)）]", part))
