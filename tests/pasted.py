"""Messages that somebody pasted, each figure labelled right, wrong or untold, and what a check says of them.

``python tests/pasted.py [--index FOLDER] [--only PART]`` prints the counts and every figure that is judged otherwise.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.chain import Assistant
from assistant.check import Finding
from assistant.figures import find_figures, same_value
from assistant.values import as_figure

TABLES = sorted((Path(__file__).parent / "data" / "query").glob("pasted*.jsonl"))


@dataclass(frozen=True)
class Judged:
    """A figure of a message: ``label`` is right, wrong, untold (no document states it) or aside (dates, telephones).

    ``stated`` is what the documents state instead of a wrong one; ``corrected`` says that the finding holds it.
    """

    message: str
    text: str
    label: str
    stated: str | None
    status: str
    corrected: bool = False


def messages() -> list[dict]:
    """The messages of the tables: id, text, and the figures in their order."""
    return [json.loads(line) for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]


def judged(message: dict, findings: Iterable[Finding]) -> Iterator[Judged]:
    """Every labelled figure of a message with its finding; findings of no labelled figure are ``aside``."""
    text, found, place = message["text"], list(findings), 0
    lines = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    spans = {id(one): (lines[one.line - 1] + one.start, lines[one.line - 1] + one.end) for one in found}
    for figure in message["figures"]:
        start = text.index(figure["text"], place)
        place = start + len(figure["text"])
        own = [one for one in found if spans[id(one)][0] < place and start < spans[id(one)][1]]
        found = [one for one in found if one not in own]
        stated = figure.get("stated")
        status = {one.status for one in own}
        said = next((one for one in ("contradicted", "unsupported", "verified") if one in status), "unseen")
        yield Judged(message["id"], figure["text"], figure["is"], stated, said, bool(stated) and _holds(own, stated))
    for one in found:
        yield Judged(message["id"], one.text, "aside", None, one.status)


def _holds(findings: list[Finding], stated: str) -> bool:
    """Whether one of the facts told is of the value that the documents state."""
    (figure,) = find_figures(stated)
    return any(same_value(as_figure(fact), figure) for one in findings for fact in one.facts)


def tally(every: Iterable[Judged]) -> Counter[str]:
    """How often which label got which status; ``wrong corrected`` is contradicted with the right figure."""
    counts: Counter[str] = Counter()
    for one in every:
        counts[f"{one.label} {one.status}"] += 1
        counts[one.label] += 1
        counts["wrong stated"] += one.label == "wrong" and one.stated is not None
        counts["wrong corrected"] += one.label == "wrong" and one.status == "contradicted" and one.corrected
    return counts


def as_it_should(one: Judged) -> bool:
    """Right ones verified, wrong ones contradicted with the right figure (or not verified, when none is stated)."""
    if one.label == "right":
        return one.status == "verified"
    if one.label == "wrong":
        return one.status == "contradicted" and one.corrected if one.stated else one.status != "verified"
    return one.status in ("unsupported", "verified") if one.label == "aside" else one.status == "unsupported"


def main() -> None:
    """Prints the counts, and what is judged otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--only", default="", help="messages whose id holds this")
    chosen = parser.parse_args()
    assistant = Assistant.open(chosen.index)
    cases = [case for case in messages() if chosen.only in case["id"]]
    every = [one for case in cases for one in judged(case, assistant.check(case["text"]))]
    for one in every:
        if not as_it_should(one):
            print(f"{one.message}: {one.label} {one.text} ({one.stated}): {one.status}")
    for name, count in sorted(tally(every).items()):
        print(f"{name:24}{count:5}")


if __name__ == "__main__":
    main()
