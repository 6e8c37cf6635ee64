"""True replies, as a good model writes them to the prompt: built from the facts and passages of the request alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.records import Fact, FactKind

from .line import MARK, Line, Scene
from .telling import POLITE, STARTS, is_tellable, label, sentence, subject, with_source

MOST = 4  # facts of one reply
Writer = Callable[[Scene, random.Random], list[Line] | None]
_VERB = re.compile(r"(?:する|います|ます|図る|行う|促す|支える|高める|進める|目指す|できる|設ける)$")
_JOINT = re.compile(r"^(?:また|さらに|なお|その他|このため|加えて)、?")
_NOUNISH = re.compile(r"[一-龠々ァ-ヶー）)]$")
_FREE = re.compile(r"[0-9０-９①-⑳「」|｜*※：:〇一二三四五六七八九十百千万億/／]")


@dataclass(frozen=True, slots=True)
class Truth:
    """A true reply to a question: how it is written, and its lines; ``polite`` ones claim nothing."""

    number: int
    sort: str
    question: str
    history: tuple[str, ...]
    lines: tuple[Line, ...]


def _line(text: str, *facts: Fact, quotes: tuple[int, ...] = ()) -> Line:
    return Line("", text, facts, quotes=quotes, true=True)


def _marked(text: str, chance: random.Random) -> str:
    """The marker before the full stop, or, seldom, behind it."""
    body = text.removesuffix("。")
    return f"{body}{MARK}。" if chance.random() < 0.85 else f"{body}。{MARK}"


def told(scene: Scene) -> list[Fact]:
    """What the composed answer tells and a model can retell, in its order: what was asked."""
    if any(one.computed for one in scene.draft.sentences):
        return []  # what was asked is computed: {{C1}} would answer it
    facts = dict.fromkeys(fact for one in scene.draft.sentences for fact in one.facts)
    return [fact for fact in facts if fact in scene.known.facts and is_tellable(fact, scene.known.facts)]


def _sentences(facts: list[Fact], chance: random.Random) -> Iterator[Line]:
    before: Fact | None = None
    for fact in facts:
        short = before is not None and before.program_id == fact.program_id and before.subprogram == fact.subprogram
        text = sentence(fact, chance, short=short and chance.random() < 0.7)
        text = f"{chance.choice(STARTS)}{text}" if before is not None else with_source(fact, text, chance)
        yield _line(_marked(text, chance), fact)
        before = fact


def one_fact(scene: Scene, chance: random.Random) -> list[Line] | None:
    """What was asked, in a sentence."""
    facts = told(scene)
    return list(_sentences(facts[:1], chance)) if facts else None


def each_fact(scene: Scene, chance: random.Random) -> list[Line] | None:
    """A sentence for each figure."""
    facts = told(scene)[:MOST]
    return list(_sentences(facts, chance)) if len(facts) > 1 else None


def _alike(scene: Scene) -> list[Fact]:
    """Facts that differ by their case alone."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in told(scene):
        if fact.condition and fact.kind not in (FactKind.TARGET, FactKind.COUNT, FactKind.BREAKDOWN, FactKind.OTHER):
            groups.setdefault((fact.program_id, fact.subprogram, fact.kind, fact.item, fact.stage), []).append(fact)
    return max(groups.values(), key=len, default=[])[:MOST]


def cases_in_one(scene: Scene, chance: random.Random) -> list[Line] | None:
    """All cases in one sentence."""
    facts = _alike(scene)
    if len(facts) < 2:
        return None
    parts = "、".join(f"{fact.condition}{chance.choice(('が', 'が', 'は'))}⟦{slot}⟧" for slot, fact in enumerate(facts))
    end = chance.choice(("です。", "となっています。", "とされています。"))
    return [_line(_marked(f"{subject(facts[0], chance)}の{label(facts[0], chance)}は、{parts}{end}", chance), *facts)]


def cases_one_by_one(scene: Scene, chance: random.Random) -> list[Line] | None:
    """The first case with its name, each further one in a sentence of its own."""
    facts = _alike(scene)
    if len(facts) < 2:
        return None
    word = label(facts[0], chance)
    first = _line(
        _marked(f"{subject(facts[0], chance)}の{word}は、{facts[0].condition}の場合、⟦0⟧です。", chance), facts[0]
    )
    texts = ("{C}の場合は⟦0⟧です。", "{C}については⟦0⟧となっています。", "{C}では⟦0⟧です。", "{C}の{L}は⟦0⟧です。")
    rest = [_line(_marked(chance.choice(texts).format(C=fact.condition, L=word), chance), fact) for fact in facts[1:]]
    return [first, *rest]


def points(scene: Scene, chance: random.Random) -> list[Line] | None:
    """As points, though the rules say not to; perhaps with bold."""
    facts = [fact for fact in told(scene)[:MOST] if fact.kind not in (FactKind.TARGET, FactKind.COUNT, FactKind.OTHER)]
    if len(facts) < 2 or len({fact.program_id for fact in facts}) > 1:
        return None
    sign, bold = chance.choice(("・", "- ", "* ")), chance.choice(("", "", "**"))
    found = []
    for fact in facts:
        case = f"（{fact.condition}）" if fact.condition else ""
        found.append(
            _line(f"\n{sign}{bold}{subject(fact, chance)}の{label(fact, chance)}{case}{bold}：⟦0⟧{MARK}", fact)
        )
    return found


def two_kinds(scene: Scene, chance: random.Random) -> list[Line] | None:
    """Two figures of one program in one sentence."""
    facts = [
        fact
        for fact in told(scene)
        if not fact.condition and fact.kind not in (FactKind.TARGET, FactKind.COUNT, FactKind.OTHER)
    ]
    pairs = [
        (a, b)
        for a in facts
        for b in facts
        if a.program_id == b.program_id and a.subprogram == b.subprogram and a.kind is not b.kind
    ]
    pairs = [(a, b) for a, b in pairs if FactKind.BREAKDOWN not in (a.kind, b.kind)]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    years = ("", "") if a.fiscal_year == b.fiscal_year else tuple(f"{fact.fiscal_year}の" for fact in (a, b))
    first, second = (
        word if word.startswith(year) else f"{year}{word}"
        for year, word in zip(years, (label(a, chance), label(b, chance)), strict=True)
    )
    texts = (
        f"{subject(a, chance)}の{first}は⟦0⟧、{second}は⟦1⟧です。",
        f"{subject(a, chance)}は、{first}が⟦0⟧、{second}が⟦1⟧です。",
        f"{subject(a, chance)}の{first}は⟦0⟧で、{second}は⟦1⟧です。",
        f"{subject(a, chance)}の{first}は⟦0⟧であり、{second}は⟦1⟧となっています。",
    )
    return [_line(_marked(chance.choice(texts), chance), a, b)]


def _prose(scene: Scene) -> list[tuple[int, str]]:
    """Whole sentences and phrases of the shown passages of what was told, without figures."""
    programs = {fact.program_id for fact in told(scene)}
    found = []
    for passage in scene.known.passages:
        for line in passage.text.split("\n") if passage.program_id in programs else ():
            for part in line.split("。"):
                words = _JOINT.sub("", part.strip(" 　・○◎◆■●-－"))
                if 15 <= len(words) <= 110 and "\t" not in words and not _FREE.search(words) and _VERB.search(words):
                    found.append((passage.id, words))
    return found


def _in_words(part: str, chance: random.Random) -> str | None:
    """A clause of a passage as a model retells it: copied, or with another ending."""
    if _VERB.search(part):
        plain = part.endswith(
            ("する", "図る", "行う", "促す", "支える", "高める", "進める", "目指す", "できる", "設ける")
        )
        if not plain:
            return f"{part}。"
        polite = f"{part[:-2]}します。" if part.endswith("する") else f"{part}ものです。"
        return chance.choice((f"{part}とされています。", f"{part}ものです。", polite, f"{part}こととされています。"))
    if _NOUNISH.search(part):
        return chance.choice((f"{part}です。", f"{part}とされています。", f"{part}と記載されています。"))
    return None


def words_after(scene: Scene, chance: random.Random) -> list[Line] | None:
    """A figure, then what the passage says of the program."""
    facts, prose = told(scene), _prose(scene)
    if not facts or not prose:
        return None
    place, part = chance.choice(prose)
    text = _in_words(part, chance)
    if text is None:
        return None
    starts = ("", "", "この事業は、", "この事業では、", "なお、", "また、")
    words = _line(_marked(f"{chance.choice(starts)}{text}", chance), quotes=(place,))
    return [*_sentences(facts[:1], chance), words]


def quoted_after(scene: Scene, chance: random.Random) -> list[Line] | None:
    """A figure, then words of the passage within brackets."""
    facts, prose = told(scene), _prose(scene)
    if not facts or not prose:
        return None
    place, part = chance.choice(prose)
    texts = (
        f"資料には「{part}」とあります。",
        f"資料では「{part}」と説明されています。",
        f"なお、「{part}」と記載されています。",
    )
    return [*_sentences(facts[:1], chance), _line(_marked(chance.choice(texts), chance), quotes=(place,))]


def one_more(scene: Scene, chance: random.Random) -> list[Line] | None:
    """What was asked, then another figure of the same program."""
    facts = told(scene)
    if not facts:
        return None
    shown = scene.known.facts
    others = [
        one for one in shown if one not in facts and one.program_id == facts[0].program_id and is_tellable(one, shown)
    ]
    others = [one for one in others if one.subprogram == facts[0].subprogram and not one.condition]
    return list(_sentences([facts[0], chance.choice(others)], chance)) if others else None


WRITERS: dict[str, Writer] = {
    "one figure": one_fact,
    "a sentence for each figure": each_fact,
    "all cases in one sentence": cases_in_one,
    "case by case": cases_one_by_one,
    "points, with and without bold": points,
    "two kinds in one sentence": two_kinds,
    "then words of the passage": words_after,
    "then a quotation of the passage": quoted_after,
    "then another figure of the program": one_more,
}


def true_reply(number: int, scene: Scene, seed: int) -> Truth | None:
    """The true reply of a number about a real answer; None when that way of writing does not suit it."""
    chance = random.Random(f"{seed} truths {number}")
    names = list(WRITERS)
    sort = names[number % len(names)]
    lines = WRITERS[sort](scene, chance)
    if not lines:
        return None
    if chance.random() < 0.1:
        lines = [replace(Line("polite", chance.choice(POLITE), true=True)), *lines]
    return Truth(number, sort, scene.question, scene.history, tuple(lines))
