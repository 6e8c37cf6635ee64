"""Where in a program's text a line stands: its section, its 枠 or 類型, a worked example."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..figures import find_figures
from ..layout import Line
from ..layout.labels import plain
from ..lexicon import words
from ..programs.names import clean_name, squeeze
from ..programs.titles import is_example
from ..records import FigureKind
from .cues import Cue, nearest_cue

NUMBERED = ("(n)", "n.", "n", "①")
_FIELD = re.compile(r"^[^。：:]{1,24}[：:]")
_NUMBERED_EXAMPLE = re.compile(
    r"^[〔【（(［\[]?(?P<name>(?:計算|算定|記載)?例[\s　]?[0-9０-９一二三①-⑨]{1,2})[〕】）)］\]]?[\s　．.:：、]"
)
_ARTICLE = re.compile(
    r"^第[\s　]*[0-9０-９一二三四五六七八九十百]{1,4}[\s　]*条(?:の[0-9０-９一二三四五六七八九十]{1,2})?[\s　]"
    r"|^[\s　]*附[\s　]*則[\s　]*$|^別表"
    r"|^[\s　]*第[\s　]*[0-9０-９一二三四五六七八九十]{1,3}[\s　]*[章節][\s　]"
)
_EXAMPLE = re.compile(r"^[\s　]*(【[^】]*(場合|例)】|[（(]?(計算|記載|支援|活用)?例[）)：:])[^。]{0,12}$")
SAMPLE = re.compile(r"^[（(](?:計算|記載|支援|活用)?例[）)：:]")
_STORIES = re.compile(
    r"^[【［\[〔＜<]?(?:取組|活用|採択|支援|成功|優良|導入|実施|参考|先進)の?事例(?:紹介)?[】］\]〕＞>：:]?$"
)
_QUESTION = re.compile(r"(例えば|たとえば).{2,60}(か|でしょう)[。？?」*]*$")
_FORMULA = re.compile(r"^[^。、]{0,16}[0-9０-９][0-9０-９,，.．]*[百千万億]{0,2}円?[\s　]*[×✕xX*÷][^。]*[=＝]")
_OF_NUMBER = re.compile(r"^(?P<before>[^。]{0,30}?)[(（](?P<number>[0-9０-９]{1,2})[)）]の")
_SEVERAL = re.compile(
    r"^[^。(（]{0,30}(?P<numbers>[(（][0-9０-９]{1,2}[)）]"
    r"(?:[\s　]*(?:及び|並びに|又は|または|と|、|，|・|～|~)?[\s　]*[(（][0-9０-９]{1,2}[)）])+)の"
)
_FRAME = "〔〕"
_FRAMED = re.compile(r"^[〔［\[＜<《（(](?P<name>[^〔〕［］\[\]＜＞<>《》（）()。：:0-9０-９]{2,24})[〕］\]＞>》）)]$")
_JOINED = re.compile(r"[\s　]*(?:及び|並びに|又は|または|と|、|，|・|～|~)[\s　]*[(（][0-9０-９]")
_OF_TWO = re.compile(r"[)）][\s　]*(?:及び|と|、|，|・|～|~|から|並びに|又は|または)?[\s　]*$")
_UNCLOSED = re.compile(r"(?<=[^\s　（(]{3})[\s　]*[（(][^（()）]*$")
_BARE_AMOUNT = re.compile(r"[\s　]+[▲△]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+[\s　]*$")  # 「(1) 経費の助成　11,750」
# 「3. 雇用奨励金　新規に雇用した市民1人につき」: what is said of the part behind its name
_SET_OFF = re.compile(
    r"(?<=[金助成枠型度])　+(?=[^\s　]*(?:につき|に対し|当たり|あたり|に応じ|する|した|の[0-9０-９]|[0-9０-９]年|、))"
    r".*$"
)
_TITLED = re.compile(r"^[(（](?P<number>[0-9０-９]{1,2})[)）][\s　]*(?P<text>.+)$")
_ADDED = re.compile(
    r"^(?:(?P<case>[^。]{4,80}(?:場合|者|企業|とき))(?:に?は|、)[、]?)?.{0,20}(?:次|以下|下記)の.{0,12}(?:上乗"
    r"せ|加算|引き?上げ)"
)
# 「次の各号に該当する場合は、前項の限度額に当該各号に定める額を加算することができる」
_ADDED_BY_CASE = re.compile(
    r"^(?:(?:ただし|なお|また)、)?(?:次|以下|下記)の(?:各号|いずれか|表|各|場合|要件)[^。]{0,40}?(?:限度額|上"
    r"限額?|補助率|補助金の額|交付額)"
    r"(?:に|へ)[^。]{0,30}(?:加算|上乗せ|加え)"
)
HOW_DONE = re.compile(r"【(?:委託|補助|助成|交付|直営)】")  # printed at a part's name, and no part of it
GAP = re.compile(r"(?:　| {2}|\t)[\s　]{2,}")  # between two columns of running text
_PART_TAIL = re.compile(
    r"(?:事業費?|補助金?|助成金?|支援金?|奨励金|交付金|給付金|枠|型|類型|コース|資金|融資|制度|プラン|プログラム)$"
)
# 「【災害枠】罹災証明を受けた方」
_FRAME_BEFORE = re.compile(r"^【(?P<name>[^【】\s　]{1,14}(?:枠|型|コース|タイプ|プラン))】")
_FRAME_END = re.compile(r"^[^\s　。、「」]{2,}(?:枠|型|コース|プラン)$")
_DEFINED = re.compile(
    r"^[^（(]{2,30}[（(][^（）()]*(?:を(?:いう|除く)|[をがは](?![）)])[^（）()]{0,40}(?:者|もの)(?:又は|及び|$))"
)
_TOLD = re.compile(r"は[、一-龥０-９0-9]|[をが、]")  # 「融資枠は総額 100億円です」 is a sentence and names no part
_SENTENCE = re.compile(r"。|(ます|ました|です|すること|こと)$")
# 「対象とならない者」, 「補助金額の計算式」, 「最低賃金＋」 name no part
_NO_PART = re.compile(
    r"(?:対象(?:と|に)(?:は)?なら?ない(?:者|もの|経費|方)|[のな]対象者|(?:計算|算定|算出)(?:式|方法)|採択予定(?:件数)?)"
    r"(?:[(（][^（()）]*[)）])?$|[＋+×＝=]$|[(（](?:下|次|別|上)表の[^（()）]*[)）]$"
)
_NO_END = re.compile(r"(?:を|に|は|が|で|と|の|や|へ|、|から|より|まで|場合|とき|もの)$")
TITLE_LENGTH = 45


@dataclass
class Scope:
    """The place a reader has come to inside one program."""

    role: str = "head"  # head, aim, content, target, condition, contact, link
    stack: list[tuple[str, str | None, bool]] = field(default_factory=list)  # marker class, title, opened in a field
    numbers: dict[tuple[str, int], str | None] = field(default_factory=dict)  # titles by number; None for two
    example: str | None = None  # the case of a worked example, or "" for one without a name
    field_open: bool = False
    listed: list[tuple[int, str]] = field(default_factory=list)  # indent and name of list items with an amount
    side: tuple[str, ...] = ()  # titles of parts that stand side by side, each in its column
    at_side: str | None = None  # the one whose column is read
    bulleted: int | None = None  # indent of a list whose items are numbered parts
    priced: int | None = None  # indent of the list whose items are amounts of the budget
    paid: int | None = None  # indent of the list whose items are what one is paid
    beside_paid: bool = False  # the line is an item of that list
    asked: str = ""  # a question puts an example: "question", then "answer" until the answer's paragraph ends
    sampled: bool = False  # under a heading such as 「計算例」, until the next heading
    told: bool = False  # under 【取組事例】: what others have done, until the next heading
    starred: dict[str, str | None] = field(default_factory=dict)  # ※ at a figure, and the case of that figure
    noted: dict[str, int] = field(default_factory=dict)  # the line of the note to each ※
    unended: int = 0  # the line on which the sentence that opened such a list has not ended
    added: str | None = None  # 「…場合は次の額を上乗せします」: the case in which the list below is added

    def enter_label(self, role: str) -> None:
        """A section label closes whatever stood in the section before."""
        self.role = role
        self.stack.clear()
        self.listed.clear()
        self.example = None
        self.paid = self.priced = self.added = self.bulleted = None
        self.told = False
        self.side = ()
        self.starred.clear()
        self.noted.clear()

    def enter_marker(self, kind: str, text: str, number: int | None = None, *, chapter: bool = False) -> None:
        """A numbered line opens a subprogram when its words name one, and closes its peers.

        「(1) 1/2 (2) 2/3」 without words speaks of the parts that had these numbers before; a ``chapter`` names none.
        """
        if kind not in NUMBERED or _JOINED.match(text):  # 「(1)及び(3)の…」 opens no part
            return
        self.side = ()
        kinds = [entry[0] for entry in self.stack]
        in_field = self.field_open
        if kind in kinds:
            in_field = self.stack[kinds.index(kind)][2]
            del self.stack[kinds.index(kind) :]
        title = None if chapter else subprogram_title(text)
        if number is not None and title:
            self.numbers[kind, number] = title if self.numbers.get((kind, number), title) == title else None
        elif number is not None and _is_figure_alone(text):
            title = self.numbers.get((kind, number))
        self.stack.append((kind, title, in_field))

    def enter_line(self, line: Line) -> None:
        """Take in a line's form: a labelled field of a list ends what the field before it opened."""
        article = _ARTICLE.match(line.body) is not None and not line.tabular
        if article or (line.marker("#") and not line.marker("(n)", "①")):  # its own heading ends the parts above it
            self.stack.clear()
            self.listed.clear()
            self.side = ()
        if article:
            self.added = self.example = None
        elif line.marker("#"):
            self._enter_part(line)
        elif line.marker("n-n", "n.") and not line.tabular:
            self._enter_section(line)
        is_field = bool(_FIELD.match(line.body))
        if line.marker("・", "-") and is_field:
            self.stack = [entry for entry in self.stack if not entry[2]]
        self.field_open = is_field and bool(line.marker("・", "-"))
        while self.listed and self.listed[-1][0] >= line.indent:
            self.listed.pop()
        if self.paid is not None and line.indent < self.paid:
            self.paid = None
        self.beside_paid = self.paid == line.indent and bool(line.markers)
        self._enter_framed(line)
        self._enter_bullet(line)
        self.enter_sentence(line)
        self._example(line)

    def _enter_part(self, line: Line) -> None:
        """「### 照明枠」 opens that part; a numbered heading does it by its number."""
        name = re.sub(r"[（(][^（()）]*[)）]$", "", line.body)
        if not line.marker(*NUMBERED) and len(name) <= TITLE_LENGTH // 3 and _FRAME_END.search(name):
            self.stack.append(("#", squeeze(name), False))

    def _enter_section(self, line: Line) -> None:
        """「３－１　自動化枠」 opens that part; the next section, or the next chapter, closes it."""
        kinds = [entry[0] for entry in self.stack]
        if "n-n" in kinds:
            del self.stack[kinds.index("n-n") :]
        name = re.sub(r"[（(][^（）()]*[)）]$", "", line.body)
        if line.marker("n-n") and len(name) <= TITLE_LENGTH // 3 and _FRAME_END.search(name):
            self.stack.append(("n-n", squeeze(name), False))

    def enter_titles(self, line: Line) -> None:
        """「（１）共同枠　　　（２）単独枠」: two parts side by side, whose lines below have two columns."""
        pieces = [piece for piece in GAP.split(line.raw.strip()) if piece.strip()]
        marks = [_TITLED.match(piece.strip()) for piece in pieces]
        titles = [subprogram_title(mark["text"]) if mark else None for mark in marks]
        if len(titles) > 1 and all(titles) and not any(find_figures(mark["text"]) for mark in marks if mark):
            for mark, title in zip(marks, titles, strict=True):
                if mark:
                    self.numbers["(n)", int(mark["number"])] = title
            self.side, self.at_side = tuple(title for title in titles if title), None

    def _enter_framed(self, line: Line) -> None:
        """「〔原材料高騰枠〕」 alone on its line opens that part; the next one, or 「（共通）」, closes it."""
        found = _FRAMED.match(line.body) or _FRAME_BEFORE.match(line.body)
        if found is None or line.tabular:
            return
        kinds = [entry[0] for entry in self.stack]
        if _FRAME in kinds:
            del self.stack[kinds.index(_FRAME) :]
        title = None if found["name"].endswith("共通") else squeeze(found["name"])
        if title and _PART_TAIL.search(title):
            self.stack.append((_FRAME, title, False))

    def _enter_bullet(self, line: Line) -> None:
        """「- (1) 研修 900千円」 is an item of its list: the next one, 「- …」, does not speak of it."""
        numbered = line.marker(*NUMBERED) is not None
        if numbered:
            costs = any(figure.kind is FigureKind.MONEY for figure in find_figures(line.body))
            self.bulleted = line.indent if costs and line.marker("-", "・") else None
        elif line.marker("-", "・") and self.bulleted == line.indent:
            self.stack.clear()
            self.bulleted = None

    def enter_sentence(self, line: Line) -> None:
        """「…場合は、次の額を上乗せします。」 opens the list of what is added; other running text closes it."""
        found = _ADDED.match(line.body)
        runs_on = self.unended == line.number - 1 and not line.markers  # the rest of the sentence that opened the list
        if found or _ADDED_BY_CASE.match(line.body):
            self.added = (found["case"] if found else None) or ""
            self.unended = 0 if line.body.endswith("。") else line.number
        elif runs_on:
            self.unended = 0 if line.body.endswith("。") else line.number
        elif (not line.markers and line.body.endswith("。")) or SAMPLE.match(line.body):
            self.added = None

    def enter_blank(self) -> None:
        """A blank line ends the answer to a question that puts an example."""
        if self.asked == "answer":
            self.asked, self.example = "", None

    def star(self, mark: str, case: str | None) -> None:
        """A figure with ``mark`` at its end holds for ``case``; two cases leave the mark without one."""
        self.starred[mark] = case if self.starred.get(mark, case) == case else None

    def case_of(self, mark: str, line: int) -> str | None:
        """The case that the note on ``line`` speaks of; only the first note with a mark is the mark's note."""
        return self.starred.get(mark) if self.noted.setdefault(mark, line) == line else None

    def _example(self, line: Line) -> None:
        self._read_example(line)
        if line.marker("#"):
            self.sampled = is_example(line.body)
        if self.sampled and self.example is None:
            self.example = ""

    def _read_example(self, line: Line) -> None:
        if _QUESTION.search(line.body):
            self.asked, self.example = "question", ""
        elif self.asked:
            self.asked = "answer"
        elif numbered := _NUMBERED_EXAMPLE.match(line.body):
            self.example = squeeze(numbered["name"])
        elif _STORIES.match(line.body):
            self.told, self.example = True, ""
        elif self.told and not (line.marker("#", "(n)", "n.", "■") or line.body.startswith(("【", "["))):
            self.example = ""
        elif _EXAMPLE.match(line.body):
            self.example = re.sub(r"[【】（）()：:]", "", line.body.split("】")[0]).strip() or "例"
        elif self.example is not None and not _is_sum(line):
            self.told, self.example = False, None

    def enter_item(self, indent: int, name: str) -> None:
        """A list item with a name and an amount: what is indented below it speaks of it."""
        self.listed.append((indent, name))

    def numbered(self, text: str) -> str | None:
        """The part that 「（１）の上限額に…」 speaks of."""
        found = _OF_NUMBER.search(text)
        if found is None or _OF_TWO.search(found["before"]):
            return None  # 「(1)及び(3)の上限額」 is said of no single part
        return self.numbers.get(("(n)", int(found["number"])))

    def several(self, text: str) -> str | None:
        """「(1)及び(3)」 of 「(1)及び(3)の上限額に…」, which is said of no single part."""
        found = _SEVERAL.match(text)
        return squeeze(found["numbers"]) if found else None

    @property
    def subprogram(self) -> str | None:
        """The innermost 枠, 類型, numbered part or named list item."""
        if self.side:
            return self.at_side
        if self.listed:
            return self.listed[-1][1]
        return next((title for _, title, _ in reversed(self.stack) if title), None)


def _is_sum(line: Line) -> bool:
    """A line of a worked example: an amount alone, a sum, or a short remark in brackets."""
    if re.match(r"^[+＋×=＝−]", line.raw.strip()):
        return True
    if line.markers or _FIELD.match(line.body):
        return False
    if re.match(r"^[+＋×=＝\-−]", line.body) or re.match(r"^[（(].*[）)]$", line.body):
        return True
    if _FORMULA.match(line.body):
        return True
    figures = find_figures(line.body)
    return any(figure.kind is FigureKind.MONEY for figure in figures) and len(line.body) <= 24


def _is_figure_alone(text: str) -> bool:
    """A rate or an amount with hardly a word: 「国 →（補助 1/2）→ 企業」."""
    figures = [figure for figure in find_figures(text) if figure.kind in (FigureKind.RATE, FigureKind.MONEY)]
    return bool(figures) and len(text) <= 40 and "。" not in text


def subprogram_title(text: str) -> str | None:
    """The name that a numbered text gives to its part, or None when it is a sentence or a field."""
    text = HOW_DONE.sub("", text)
    money = next((figure for figure in find_figures(text) if figure.kind is FigureKind.MONEY), None)
    head = text[: money.start].rstrip("【 　") if money else text
    head = _UNCLOSED.sub("", head) if money else head  # 「計画策定支援（補助上限 100万円、…）」
    head = re.split(r"[（(][^（）()]*[：:0-9０-９／/]", head)[0]
    head = re.split(r"[\s　]+(?=\S*[：:])|[\s　]・|※", head)[0]
    head = re.sub(r"[\s　]*(最大|最高|上限|約)[\s　]*$", "", head)
    head = _SET_OFF.sub("", _BARE_AMOUNT.sub("", head))
    cue = _trailing_cue(head)
    name = clean_name(head[: cue.start] if cue and cue.start > 2 else head)
    if cue and cue.start <= 2:
        return None
    if not 3 <= len(name) <= TITLE_LENGTH or _SENTENCE.search(name) or re.search(r"[：:→⇒➡]", name):
        return None
    if any(figure.kind is not FigureKind.YEAR for figure in find_figures(name)):
        return None
    if money and _TOLD.search(name) and re.match(r"[^。]{0,24}(?:。|です|ます|すること)", text[money.end :]):
        return None
    if plain(name) in _field_names() or _NO_END.search(name) or _NO_PART.search(name):
        return None
    if "は、" in name or _DEFINED.search(text):  # a paragraph of an article names no part
        return None
    return name


def line_title(line: Line, text: str) -> str | None:
    """``subprogram_title`` of a numbered line; a chapter's heading 「## 3 予算額及び予定件数」 names no part."""
    if line.marker("#") and line.marker("n", "n.") and not _PART_TAIL.search(re.sub(r"[（(【].*$", "", text).rstrip()):
        return None
    return subprogram_title(text)


def _trailing_cue(head: str) -> Cue | None:
    """A money cue at the end of the head: 「現地進出型 補助上限額：」 names 現地進出型."""
    probe = find_figures("1円")[0]
    cue = nearest_cue(head, "", probe)
    return cue if cue and not re.sub(r"[\s　：:]", "", head[cue.end :]) else None


def _field_names() -> frozenset[str]:
    return frozenset(
        plain(word)
        for role in ("condition", "contact", "target", "aim", "content")
        for word in words("labels", role, "words")
    )
