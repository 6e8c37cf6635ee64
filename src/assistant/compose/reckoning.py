"""What code reckons for a question: over several programs, within one, and for what the asker would spend."""

from __future__ import annotations

from ..index import Index
from ..records import Draft, Query
from ..retrieve import Retrieval
from ..understand import wanted
from ..understand.premises import is_forced
from ..understand.reckoning import pieces_of, says
from ..values.reckoning import PORTIONS
from .comparing import side_by_side
from .lesser import paid_of, together
from .operands import only_named, operands_of
from .within import counted, grown, parts_apart, shared


def of_one(query: Query) -> bool:
    """Whether words of reckoning (「全部で」, 「合わせて」) ask for a figure of one program after all."""
    if not wanted(query) or query.operation in ("ratio", "share") or says(query.question, "set"):
        return False
    if query.operation == "rank" and not query.named:
        return False
    if query.named and not query.open_amount and not set(query.kinds) & PORTIONS:
        return True  # rates and limits of one program's cases
    return not any(piece.joined for piece in pieces_of(query.question, fine=False).pieces)


def reckon(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """The answer to a question that asks for something computed; None when it does not say of which programs."""
    if query.operation is None or query.intent == "check" or is_forced(query.question):
        return None
    if query.operation == "lesser":
        return paid_of(query, retrieval, index)
    if query.operation == "product":
        return together(query, retrieval, index)
    if query.operation == "share":
        return shared(query, retrieval, index) or _portion(query, index)
    apart = parts_apart(query, retrieval, index)
    if apart is not None:
        return apart
    operands = operands_of(query, index)
    if operands is not None and query.operation in ("sum", "ratio"):
        operands = only_named(operands)
    if operands is not None:
        described = [one for one in operands.found if not one.sure]
        of_set = query.operation == "rank" or says(query.question, "set")
        if described and (of_set or query.operation in ("each", "sum", "ratio")):
            return None
        if of_set and operands.missing:
            return None
        return side_by_side(query, operands, index)
    if query.operation == "rank" or says(query.question, "set"):
        return None
    if query.operation == "sum":
        return counted(query, retrieval, index)
    return grown(query, retrieval, index)


def _portion(query: Query, index: Index) -> Draft | None:
    """「AはBの何割?」: what share of one program's figure another's is."""
    operands = operands_of(query, index)
    if operands is None or operands.missing or len(operands.found) != 2 or not all(one.sure for one in operands.found):
        return None
    return side_by_side(query, operands, index)
