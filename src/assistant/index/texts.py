"""What is searched for a record, and what the embedded default learns from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..embed import Example
from ..lexicon import situations
from ..records import AskedAs, Passage, Program
from ..tokens import tokens

LONGEST = 1_500  # characters of a program's passages that stand for it


def program_text(program: Program) -> str:
    """A program's name and its other names."""
    return " ".join((program.program, *program.aliases))


def passage_text(passage: Passage, names: str) -> str:
    """A passage with its program's name twice, ``names`` being name and aliases, its sections and its text."""
    return "\n".join((passage.program, names or passage.program, *passage.section, passage.text))


def body_text(program: Program, passages: Iterable[Passage]) -> str:
    """All that a document says of a program: its names twice, its sections, its passages."""
    names = program_text(program)
    told = " ".join(passage.text for passage in passages)[:LONGEST]
    return "\n".join((names, names, *program.section, told))


def lessons(
    programs: Sequence[Program], bodies: dict[str, str], asked: Sequence[AskedAs]
) -> tuple[list[Example], list[list[list[str]]]]:
    """Questions as words, each with the place of its target, and every target's texts as words.

    Targets are the programs of the corpus and the situations of the field, which teach what holds for any document.
    """
    examples: list[Example] = []
    targets: list[list[list[str]]] = []
    questions: dict[str, list[str]] = defaultdict(list)
    for one in asked:
        questions[one.program_id].append(one.question)
    for program in programs:
        if program.role == "program":
            examples += [Example(tuple(tokens(text)), len(targets)) for text in questions[program.id]]
            targets.append([tokens(text) for text in _looks(program, bodies[program.id])])
    for situation in situations():
        examples += [Example(tuple(tokens(text)), len(targets)) for text in situation.questions]
        whole = f"{situation.program} {situation.about}"
        targets.append([tokens(text) for text in (situation.program, whole, situation.about)])
    return examples, targets


def _looks(program: Program, body: str) -> list[str]:
    """The texts by which a program may be known: one of them is drawn at each look."""
    name = program_text(program)
    looks = [name, f"{name} {' '.join(program.section)}", body]
    return [*looks, f"{name} {' '.join(program.subprograms)}"] if program.subprograms else looks
