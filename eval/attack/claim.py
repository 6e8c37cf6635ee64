"""A false draft, and where in a real sentence a false figure can stand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.figures import find_figures, plain_yen
from assistant.records import Draft, DraftSentence, Fact, Figure

from .ground import Ground
from .reals import Real

NAMED = re.compile(r"「([^「」]+)」")
#: What a loose figure is said to be.
NOUNS = {
    "money": ("補助上限額", "予算額", "融資限度額", "上限", "助成額", "支援の総額"),
    "share": ("補助率", "助成割合", "補助の割合"),
    "length": ("融資期間", "事業期間", "据置期間"),
    "count": ("採択予定件数", "対象者", "支援する企業"),
    "phone": ("電話番号", "問い合わせ先"),
    "date": ("申請の締切", "募集期間"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A draft in which the sentence at ``place`` is false; ``wrong`` is the false figure in it, a slot or words.

    ``wrong`` is empty where no figure is false but a citation, a marker or the form of the sentence.
    """

    question: str
    draft: Draft
    place: int
    wrong: str

    @property
    def sentence(self) -> DraftSentence:
        """The false sentence."""
        return self.draft.sentences[self.place]

    @property
    def without(self) -> Draft:
        """The draft without its false sentence."""
        kept = (*self.draft.sentences[: self.place], *self.draft.sentences[self.place + 1 :])
        return replace(self.draft, sentences=kept)


Attack = Callable[[Real, Ground, random.Random], Claim | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact where a real draft tells it: sentence and slot."""

    place: int
    slot: int
    sentence: DraftSentence
    fact: Fact

    @property
    def mark(self) -> str:
        """The slot as it stands in the text."""
        return "{" + str(self.slot) + "}"


def told(real: Real) -> Iterator[Told]:
    """Every fact of a draft in its place."""
    for place, sentence in enumerate(real.draft.sentences):
        for slot, fact in enumerate(sentence.facts):
            yield Told(place, slot, sentence, fact)


def one_told(real: Real, chance: random.Random, fits: Callable[[Told], bool] = lambda _: True) -> Told | None:
    """Any fact of a draft that fits."""
    found = [one for one in told(real) if fits(one)]
    return chance.choice(found) if found else None


def said_name(one: Told) -> str | None:
    """The name in brackets by which the sentence calls the program of the fact, as printed there."""
    own = inner(one.fact.program)
    return own if f"「{own}」" in one.sentence.text else None


def one_named(real: Real, chance: random.Random) -> Told | None:
    """Any fact of a draft whose sentence names its program in brackets."""
    return one_told(real, chance, lambda one: said_name(one) is not None)


def inner(name: str) -> str:
    """A name as it stands within brackets."""
    return name.replace("「", "『").replace("」", "』")


def put(facts: tuple[Fact, ...], slot: int, fact: Fact) -> tuple[Fact, ...]:
    """The facts with another one in a slot."""
    return (*facts[:slot], fact, *facts[slot + 1 :])


def named_by(real: Real, one: Told, words: str) -> Claim:
    """The draft with other words in the place of the bracketed name of a fact's program."""
    text = one.sentence.text.replace(f"「{said_name(one)}」", words, 1)
    return changed(real, one.place, one.mark, text=text)


def changed(real: Real, place: int, wrong: str, **fields: object) -> Claim:
    """The draft with other fields in one sentence."""
    sentences = list(real.draft.sentences)
    sentences[place] = replace(sentences[place], **fields)  # type: ignore[arg-type]
    return Claim(real.question, replace(real.draft, sentences=tuple(sentences)), place, wrong)


def added(real: Real, sentence: DraftSentence, wrong: str) -> Claim:
    """The draft with one more sentence at its end."""
    sentences = (*real.draft.sentences, sentence)
    return Claim(real.question, replace(real.draft, sentences=sentences), len(sentences) - 1, wrong)


def figure_said(text: str) -> Figure | None:
    """A text as the one figure that it is."""
    found = find_figures(text)
    return found[0] if len(found) == 1 and found[0].text == text else None


def spoken(fact: Fact) -> str:
    """A fact in plain words, without the renderer of the guard."""
    if fact.yen is not None and fact.yen >= 0:
        return plain_yen(fact.yen)
    return fact.text if fact.unit is None or fact.unit in fact.text else f"{fact.text}{fact.unit}"


def rendered(sentence: DraftSentence) -> str:
    """A sentence as plain text."""
    return re.sub(r"\{([0-9]+)\}", lambda slot: _filled(sentence, int(slot[1])), sentence.text)


def _filled(sentence: DraftSentence, slot: int) -> str:
    return spoken(sentence.facts[slot]) if slot < len(sentence.facts) else ""


# ---- where a loose figure stands


def beside(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """Right behind the slot, in brackets."""
    return changed(real, one.place, wrong, text=one.sentence.text.replace(one.mark, f"{one.mark}（{wrong}）", 1))


def clause(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """Another half of the sentence."""
    text = re.sub(r"です([^です]*)。$", "", one.sentence.text)
    return changed(real, one.place, wrong, text=f"{text}で、{noun}は{wrong}です。")


def ahead(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """Before everything else."""
    return changed(real, one.place, wrong, text=f"{noun}は{wrong}で、{one.sentence.text}")


def bracket(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """In quotation marks, as if quoted."""
    return changed(real, one.place, wrong, text=f"{one.sentence.text.rstrip('。')}（{noun}は「{wrong}」）。")


def alone(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """In a sentence of its own behind the true ones."""
    name = said_name(one)
    return added(real, DraftSentence(f"{f'「{name}」の' if name else 'また、'}{noun}は{wrong}です。"), wrong)


def instead(real: Real, one: Told, wrong: str, noun: str) -> Claim:
    """In the place of the slot, behind the true sentence."""
    text = one.sentence.text.replace(one.mark, wrong)
    facts = (*one.sentence.facts[: one.slot], *one.sentence.facts[one.slot + 1 :])
    for slot in range(one.slot + 1, len(one.sentence.facts)):
        text = text.replace("{" + str(slot) + "}", "{" + str(slot - 1) + "}")
    return added(real, replace(one.sentence, text=text, facts=facts), wrong)


FRAMES = (beside, clause, ahead, bracket, alone, instead)


def framed(real: Real, one: Told, chance: random.Random, wrong: str, sort: str) -> Claim:
    """A loose figure of a sort (a key of :data:`NOUNS`) in any place of a true sentence."""
    return chance.choice(FRAMES)(real, one, wrong, chance.choice(NOUNS[sort]))
