"""An answer and a check, made in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.check import programs_meant
from assistant.public import finding_json
from assistant.records import Answer, Stage

from ..answers_kept import Reading
from ..chat import MODEL_STAGES
from ..checking import check_bounds
from ..drawing import closed
from ..listening import listened
from ..problems import Problem
from ..routes.checking import FEW_FACTS, MANY
from ..schemas.browse import MOST_FACTS
from ..schemas.talk import AnswerTold
from ..standing import Standing
from ..turnstile import Place, Turnstile
from .taking import AskTaken, CheckTaken
from .wording import SHOWN, answer_text, findings_text
from .work import Told

MOST_NAMES = 5  # that a name which fits several programs is told with
TURNSTILE = Turnstile()  # answers that are reckoned go one by one, whichever session they are of


def asked(desk: Standing, taken: AskTaken, gone: threading.Event) -> Iterator[Told]:
    """The answer to a question, once it is whole.  Raises what the desk raises."""
    events = desk.stream(
        taken.question,
        history=listened(taken.turns()),
        region=taken.region,
        fiscal_year=taken.fiscal_year,
        gone=gone.is_set,
    )
    at_hand = isinstance(events, Reading) and events.is_at_hand
    with closed(events), Place() if at_hand else TURNSTILE.enter() as place:
        for event in events:
            if gone.is_set():
                return
            if isinstance(event, Stage) and event.name in MODEL_STAGES:
                place.leave()
            if isinstance(event, Answer):
                yield Told(AnswerTold.of(event).model_dump(mode="json"), answer_text(event))


def checked(desk: Standing, taken: CheckTaken, gone: threading.Event) -> Iterator[Told]:
    """The figures of a text.  Raises a Problem for what would take too long to check."""
    check_bounds(taken.text, taken.program, desk.index)
    if taken.program is not None:
        check_name(desk, taken.program)
    if gone.is_set():
        return
    findings = desk.check(taken.text, program=taken.program)
    most = FEW_FACTS if len(findings) > MANY else MOST_FACTS
    shown = [finding_json(replace(finding, facts=finding.facts[:most])) for finding in findings]
    counts = {status: sum(finding.status == status for finding in findings) for status in SHOWN}
    value: dict[str, Any] = {"findings": shown, "counts": counts}
    yield Told(value, findings_text(shown, counts))


def check_name(desk: Standing, program: str) -> None:
    """Raises a Problem for a name that means no program, or several: a model would take it for the text's fault."""
    assistant = desk.assistant
    meant = programs_meant(program, assistant.index, assistant.vocabulary)
    if meant.programs:
        return
    if not meant.names:
        raise Problem(422, "program_unknown", "No program is called so.", "find_programs lists them.")
    told = "、".join(f"「{name}」" for name in meant.names[:MOST_NAMES])
    more = f" and {len(meant.names) - MOST_NAMES} more" if len(meant.names) > MOST_NAMES else ""
    raise Problem(
        422,
        "program_ambiguous",
        f"The name fits {len(meant.names)} programs: {told}{more}.",
        "Write one's whole name; find_programs lists them.",
    )
