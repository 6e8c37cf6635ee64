"""Cases drawn by chance, printed with the lines they rest on, for a second person to read."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from .audit import Truth
from .case import Case, Placed
from .judge import phrase


def drawn(cases: Sequence[Placed], count: int, seed: int) -> list[Placed]:
    """``count`` cases, each as likely as any other, in the order of their files."""
    places = sorted(random.Random(seed).sample(range(len(cases)), min(count, len(cases))))
    return [cases[place] for place in places]


def shown(placed: Placed, truth: Truth) -> str:
    """A case as it is read: what is asked, what is expected, and the lines as printed."""
    case = placed.case
    parts = [
        f"## {case.id} ({placed.split})",
        *(f"前の質問: {said}" for said in case.history),
        f"質問: {case.question}",
    ]
    parts += [f"  期待: {phrase(one)}" for one in case.expect]
    parts += [f"  語: {one if isinstance(one, str) else ' / '.join(one)}" for one in case.words]
    parts += [f"  制度: {one.document} {one.program}" for one in case.programs]
    parts += [f"  不可: {one.text}（{one.why}）" for one in case.forbid]
    parts += [f"  足りる数: {case.need}"] * (case.need is not None)
    parts += [f"  答えない: {case.reason}"] * (case.reason is not None)
    parts += [f"  注: {case.note}"] * (case.note is not None)
    return "\n".join([*parts, *_lines(case, truth)])


def _lines(case: Case, truth: Truth) -> Iterator[str]:
    for document, line in dict.fromkeys((document, line) for document, line, _ in case.evidence):
        lines = truth.documents[document].lines if document in truth.documents else ()
        yield f"  | {document}:{line} {lines[line - 1] if line <= len(lines) else '（この行はありません）'}"
