"""Programs that a document prints under several names: one of them stands for all when programs are compared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.records import Answer

from ..texts import folded
from .case import Case, CaseProblem, Named
from .reply import Reply

FILE = "names.toml"


@dataclass(frozen=True, slots=True)
class Names:
    """``first`` gives the name that stands for a (document, folded name); others stand for themselves."""

    first: dict[tuple[str, str], str]

    def of(self, document: str, name: str) -> str:
        """The name that stands for a program, as printed there."""
        return self.first.get((document, folded(name)), name)

    def case(self, case: Case) -> Case:
        """A case with one name for each program; one that is named twice is named once."""
        return case.model_copy(
            update={
                "programs": self._named(case.programs),
                "also": self._named(case.also),
                "expect": tuple(
                    one.model_copy(update={"program": self.of(one.document, one.program)}) for one in case.expect
                ),
            }
        )

    def _named(self, programs: Sequence[Named]) -> tuple[Named, ...]:
        return tuple(
            dict.fromkeys(Named(document=p.document, program=self.of(p.document, p.program)) for p in programs)
        )

    def reply(self, reply: Reply) -> Reply:
        """A reply with the same names; of a ranking, each program at its first place."""
        ranked = reply.ranked
        if ranked is not None:
            ranked = tuple(dict.fromkeys((document, self.of(document, name)) for document, name in ranked))
        return replace(reply, answer=self._answer(reply.answer), ranked=ranked)

    def _answer(self, answer: Answer) -> Answer:
        documents = {one.marker: one.document for one in answer.citations}
        return replace(
            answer,
            citations=tuple(replace(one, program=self.of(one.document, one.program)) for one in answer.citations),
            figures=tuple(
                replace(one, program=self.of(documents.get(one.marker, ""), one.program)) for one in answer.figures
            ),
        )


def read_names(folder: Path) -> Names:
    """The names of a folder of cases; none when it has no such file.  Raises CaseProblem."""
    path = folder / FILE
    if not path.is_file():
        return Names({})
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8-sig"))["same"]
        return Names({(one["document"], folded(name)): one["names"][0] for one in groups for name in _listed(one)})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, IndexError) as error:
        raise CaseProblem(f"{path} cannot be read: list [[same]] with a document and its names") from error


def _listed(group: Mapping[str, object]) -> list[str]:
    """The names of a group.  Raises TypeError for what is no list of names of one document."""
    names = group["names"]
    if not isinstance(names, list) or not all(isinstance(one, str) for one in (group["document"], *names)):
        raise TypeError("names is no list of texts")
    return names
