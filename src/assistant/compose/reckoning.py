"""What code reckons for a question: over several programs, within one, and for what the asker would spend."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import Draft, Query
from ..retrieve import Retrieval
from ..understand import wanted
from ..understand.premises import is_forced
from ..understand.reckoning import pieces_of, says, stretches_of
from ..values.reckoning import PORTIONS
from .columns import of_columns
from .comparing import side_by_side
from .lesser import paid_of, together
from .operands import Operands, only_named, operands_of
from .portions import against_row, says_together
from .shared_items import shared_facts
from .things import things_of
from .wholes import of_wholes
from .within import counted, grown, parts_apart, shared
from .year_totals import of_column_total

_OF_SEVERAL = ("sum", "ratio", "share", "difference")
_OF_ROWS = ("compare", "each")  # offices that are named are not the sets of their programs
_GREATEST = "一番|いちばん|最も|もっとも|最大|最小"
_HOW_MANY = ("つ", "本", "事業", "個", "種類")


def across(query: Query, index: Index) -> Draft | None:
    """What is reckoned of several programs that a question names: before the rows and sets that it may speak of."""
    if not _takes_for_granted(query) and (told := of_wholes(query, index) or of_columns(query, index)):
        return told
    if not _takes_for_granted(query) and (told := of_column_total(query, index)):
        return told
    if (asked := _of_which_region(query, index)) and (things := things_of(asked, index)):
        return side_by_side(asked, things, index)
    if query.operation not in (*_OF_SEVERAL, *_OF_ROWS) or _takes_for_granted(query) or is_forced(query.question):
        return None
    if query.operation == "share" and against_row(query.question):
        return None
    things = _things(query, index)
    if things is None and query.operation in _OF_ROWS and not says(query.question, "set"):
        things = operands_of(query, index)
    if things is None or not things.whole or len({one.program.id for one in things.found}) < len(things.found):
        return None
    homes = {index.documents[one.program.document].region for one in things.found}
    each_region = len(query.regions) > 1 and len(homes) == len(things.found)
    moved = (each_region or _stands_alone(things)) and says(query.question, "growth")  # 「減ったのは…県と…県のどっち」
    if query.operation in _OF_ROWS and not moved and any(one.program.role == "program" for one in things.found):
        return None
    return side_by_side(query, things, index) if each_region or _stands_alone(things) else None


def _of_which_region(query: Query, index: Index) -> Query | None:
    """「三県でいちばん積んでいるのはどこ」: the like of one description in each region, or in each that is held."""
    greatest = query.operation in ("rank", "compare") and re.search(_GREATEST, query.question)
    if not greatest or query.premises or not says(query.question, "which_region"):
        return None
    regions = query.regions
    if not regions and says(query.question, "every_region"):
        documents = [index.programs[one].document for one in query.named] or list(index.documents)
        held = dict.fromkeys(index.documents[one].region for one in documents)
        regions = tuple(one for one in held if one[-1] in "都道府県")
    return replace(query, operation="compare", regions=regions) if len(regions) > 1 else None


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
    if _takes_for_granted(query) or is_forced(query.question):
        return None
    if query.operation is None:
        return beside_each_other(query, index)
    if query.operation == "lesser":
        return paid_of(query, retrieval, index)
    if query.operation == "product":
        return together(query, retrieval, index)
    if query.operation == "share" and against_row(query.question):
        return shared(query, retrieval, index) or _portion(query, index)
    things = _things(query, index)
    if query.operation == "rank" and things is not None:
        query = replace(query, operation="compare")
    told = side_by_side(query, things, index) if things is not None and _stands_alone(things) else None
    if told is not None:
        return told
    if query.operation == "share":
        return shared(query, retrieval, index) or _portion(query, index) or grown(query, retrieval, index)
    apart = parts_apart(query, retrieval, index)
    if apart is not None:
        return apart
    if things is not None and (told := side_by_side(query, things, index)):
        return told
    if query.operation == "ratio" and (told := grown(query, retrieval, index)):
        return told
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


def beside_each_other(query: Query, index: Index) -> Draft | None:
    """「AとBの補助率」: a question that names several things asks for each of them."""
    if query.premises or query.intent not in ("figure", "aggregate", "open"):
        return None
    if not any(piece.joined for piece in stretches_of(query.question).pieces):
        return None
    things = things_of(query, index)
    if things is None:
        return None
    named_alike = bool(shared_facts(query, [one.program for one in things.found], index))
    if not named_alike and not wanted(query) and not says(query.question, "spent"):
        return None
    homes = {index.documents[one.program.document].region for one in things.found}
    apart = len(query.regions) > 1 and len(homes) == len(things.found)  # each region's own
    if not named_alike and not apart and not all(one.sure for one in things.found):
        return None
    return side_by_side(replace(query, operation="each"), things, index)


def _takes_for_granted(query: Query) -> bool:
    """Whether a figure is to be checked; 「4つで合計いくら」 only says how many are meant."""
    counted = all(figure.unit in _HOW_MANY for figure in query.premises)
    return query.intent == "check" and not (query.operation in ("sum", "difference") and counted)


def _things(query: Query, index: Index) -> Operands | None:
    """The things to reckon with; of a whole set none, and of the greatest only where several regions are named."""
    if says(query.question, "set") or (query.operation == "rank" and len(query.regions) < 2):
        return None
    return things_of(query, index)


def _stands_alone(things: Operands) -> bool:
    """Whether things are told as they are: all of them said for sure, and no cases of one program."""
    parts = all(one.query.subprograms for one in things.found)
    return all(one.sure for one in things.found) and (parts or len({one.program.id for one in things.found}) > 1)


def _portion(query: Query, index: Index) -> Draft | None:
    """「AはBの何割?」: what share of one program's figure another's is."""
    if says_together(query.question):
        return None
    operands = operands_of(query, index)
    if operands is None or operands.missing or len(operands.found) != 2 or not all(one.sure for one in operands.found):
        return None
    return side_by_side(query, operands, index)
