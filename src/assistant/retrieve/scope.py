"""The set of programs that a question delimits: by heading, office, flag, name, topic, amount, or a whole document.

What is asked of the set (a list, a count, a rank, a sum) and how it is delimited are both read from the question's
words (``lexicon/scopes.toml``).  A question of which words are left that delimit nothing has no set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import find_figures
from ..index import Index
from ..lexicon import table
from ..programs.marked import bare_heading
from ..records import FactKind, Program, Query
from ..tokens import fold, nouns, tokens
from ..understand.places import regions_in
from .compounds import in_compounds
from .delimited import Delimited, asked_of, filler, title_of
from .delimiters import by_office, delimiters_of, measure_of, measured_by, name_words, says_more_figures
from .filters import homes_of, of_sort
from .headings import Heading, is_apart, named_headings, of_pillar
from .spoken_set import is_cost, rank_in, says_number, tells_need
from .sums import chosen_by_relisted, row_key, rows_named, rows_of, rows_of_heading, takes_in, totals_of, with_total
from .topical import said_in_full, tells_topic, topical
from .topics import of_topic, topic_words

_OF_ONE = frozenset({"figure", "who", "where", "check", "thanks", "greeting"})  # what is asked of one program
LEFT = 3  # words that may be left to be a topic


@dataclass(frozen=True, slots=True)
class Scope:
    """Programs in the order of their documents, and what is asked of them.

    ``asks`` are list, count, sum, row, share, difference, most, least; ``rows`` the printed sums of just this set;
    ``relisted`` programs that stand under the heading a second time; ``told`` how the set is called in an answer.
    """

    asks: frozenset[str]
    programs: tuple[Program, ...]
    rows: tuple[Program, ...] = ()
    relisted: tuple[Program, ...] = ()
    headings: tuple[Heading, ...] = ()
    told: tuple[str, ...] = ()
    rank: int = 1
    kinds: tuple[FactKind, ...] = (FactKind.BUDGET,)
    across: bool = False  # the rows of several documents are compared
    stated: tuple[Delimited, ...] = ()  # figures that every program of the set states
    plain: bool = False  # told by plain readings alone: a mark, a figure, an office
    unmet: bool = False  # a topic is said beside them that none of the set has


def delimit(query: Query, index: Index, documents: set[str]) -> Scope | None:
    """The set that a question is about; None when it asks about no set, or about one that cannot be told."""
    question = re.sub(table("scopes")["aside"]["pattern"], "", query.question)
    asks = asked_of(question) - {"only"}
    if not asks or not documents:
        return None
    documents = narrowed(query, index, documents)
    if "share" in asks and (
        share := _share_of_total(query, index, asks) or _share_of_row(question, index, documents, asks)
    ):
        return share
    office = by_office(question, index, documents)
    documents = homes_of(office, index, documents)
    taken = (*(office.said if office else ()), name_words(question), topic_words(question))
    headings = of_pillar(question, index, documents) or named_headings(_without(question, taken), index, documents)
    if len(documents) > 1 and re.search(table("scopes")["across"]["pattern"], question):
        headings = []
    if not _names_only_rows(query, index, headings):
        return _described(query, index, documents, headings, [], asks)
    found = [one for one in delimiters_of(question, index, documents, headings) if one]
    if _names_something_else(question, found, headings, index, documents):
        return None
    if asks & {"most", "least"} and (rows := _compared_rows(question, index, documents)) is not None:
        return Scope(asks, (), rows, rank=rank_in(question), across=True) if len(rows) > 1 else None
    if re.search(table("scopes")["offices"]["each"], question) and (offices := offices_in(index, documents)):
        return Scope(frozenset({"list"}), offices)
    if not headings and not found and asks <= {"list", "weak"} and _asks_of_one(question):
        return None
    described = _described(query, index, documents, headings, found, asks)
    if described is not None:
        return described
    asks = _settled(asks, headings, found)
    if not headings and (topic := _topic_left(query, index, documents, found, asks)):
        found = [*found, topic]
    members = _members(query, index, documents, headings, found, asks)
    rows = _rows(query, index, documents, headings, found) if asks & {"row", "sum", "share", "difference"} else ()
    if (
        "count" in asks
        and "add" not in asks
        and not headings
        and not re.search(table("scopes")["money"]["words"], question)
    ):
        asks, rows = asks - {"sum", "row"}, ()
    if "sum" in asks and not headings and says_number(question, len(members)):
        rows = ()
    if not asks & {"row", "share", "difference"} and says_more_figures(question, found):
        return None
    told = bool(headings or found or rows_named(question, index, documents))
    if not asks or (not told and (query.carried or is_cost(question))):
        return None
    empty = asks <= {"list", "count"} and _is_empty(query, index, found, headings, documents)
    if not members and not rows and not empty:
        return None
    return Scope(
        asks=asks,
        programs=members,
        rows=rows,
        relisted=_relisted(headings, members, index) if len(found) == 0 else (),
        headings=tuple(headings),
        told=tuple(one.told for one in found if one.told),
        rank=rank_in(question),
        kinds=measured_by(question),
        stated=tuple(one for one in found if one.figures),
    )


def _described(
    query: Query,
    index: Index,
    documents: set[str],
    headings: list[Heading],
    found: list[Delimited],
    asks: frozenset[str],
) -> Scope | None:
    """A list of the programs that fit a topic of several words; None where a set is delimited some other way."""
    if headings or not asks <= {"list", "weak"} or not all(one.loose for one in found):
        return None
    if query.intent in _OF_ONE or query.carried or _asks_of_one(query.question):
        return None
    if any(said_in_full(query, index.programs[name]) for name in query.named):
        return None
    rest = _rest(query, [], index, documents)
    words = [word for word in rest if not any(word != other and word in other for other in rest)]
    countries = table("scopes")["abbreviated"]
    if (len(words) < 2 and not (query.terms and not rest and tells_topic(query.question))) or (
        found and any(word in countries for word in words)
    ):
        return None
    programs = topical(query, words, index, documents)
    return Scope(frozenset({"list"}), programs, told=("お尋ねの語に関係する",)) if programs else None


def _asks_of_one(question: str) -> bool:
    """Whether a question asks what a program is for, whom it serves or how it is used: of one, not which there are."""
    return re.search(table("scopes")["described"]["not"], question) is not None


def _compared_rows(question: str, index: Index, documents: set[str]) -> tuple[Program, ...] | None:
    """The rows of which one is the largest: offices, or the totals of documents; None when programs are compared."""
    if re.search(table("scopes")["offices"]["pattern"], question):
        return offices_in(index, documents)
    if re.search(table("scopes")["measure"]["across"], question):
        return totals_of(index, _told_apart(index, documents, question))
    return () if "小計" in question else None


def offices_in(index: Index, documents: set[str]) -> tuple[Program, ...]:
    """The rows of offices, each once: 「…課」, 「…課 計」."""
    rows = [one for one in rows_of(index, documents) if one.role != "total" and _is_office(one)]
    return tuple({(one.document, row_key(one.program)): one for one in rows[::-1]}.values())[::-1]


def _is_office(row: Program) -> bool:
    key = row_key(row.program)
    return key.endswith(("課", "室")) or (row.role == "department" and key.endswith(("部", "局")))


def _settled(asks: frozenset[str], headings: list[Heading], found: list[Delimited]) -> frozenset[str]:
    """「…の事業は?」 asks for all programs of a heading, an office or a mark, and for what fits of a topic."""
    if not asks & {"weak", "moved"}:
        return asks
    if "moved" in asks and any("前年度より" in one.told for one in found):
        return frozenset({"list", "moved"})
    asks -= {"moved"}
    plainly = any(one.sure for one in headings) or any(one.sure or not one.loose for one in found)
    return (asks - {"weak"}) | ({"list"} if plainly and "weak" in asks else set())


def _share_of_row(question: str, index: Index, documents: set[str], asks: frozenset[str]) -> Scope | None:
    """「一般会計のうち…課は何%」: one printed row as a share of another of the same document."""
    said = fold(question)
    rows = [one for one in rows_of(index, documents) if _is_said(one, said)]
    of = table("scopes")["sums"]["of"]
    names = {one: f"(?:{re.escape(fold(one.program))}|{re.escape(row_key(one.program))})" for one in rows}
    whole = [one for one in rows if re.search(names[one] + of, said)]
    parts = [one for one in rows if one not in whole and one.document in {row.document for row in whole}]
    if len(whole) != 1 or len(parts) != 1:
        return None
    return Scope(asks, tuple(parts), tuple(whole))


def _is_said(row: Program, said: str) -> bool:
    key = row_key(row.program)
    return (len(key) >= 2 and key in said) or (len(fold(row.program)) >= 3 and fold(row.program) in said)


def _names_something_else(
    question: str, found: list[Delimited], headings: list[Heading], index: Index, documents: set[str]
) -> bool:
    """Whether a question names an office (…課, …室) or puts words in brackets that delimit nothing here."""
    told = "".join([*(said for one in found for said in one.said), *(one.words + one.said for one in headings)])
    known = fold(told + "".join(one.program for one in rows_of(index, documents)))
    titles = fold("".join(title_of(index, one) for one in documents))
    named = re.findall(r"[一-龠々ァ-ヶー・]{2,14}[課室](?![題税程長])", regions_in(question)[1])
    named += [bare_heading(words) for words in re.findall(r"[「『]([^「」『』]{2,60})[」』]", question)]
    return any(fold(words) not in known and fold(words).rstrip("課室") not in titles for words in named)


def _is_empty(query: Query, index: Index, found: list[Delimited], headings: list[Heading], documents: set[str]) -> bool:
    """Whether a set is told so plainly that it is known to be empty: by a mark or a name, in one document."""
    plain = len(found) == 1 and not headings and not found[0].loose and bool(found[0].told) and len(documents) == 1
    return plain and not _rest(query, found, index, documents)


def _share_of_total(query: Query, index: Index, asks: frozenset[str]) -> Scope | None:
    """「要求額164億円のうち「…事業」は何%」: a named program as a share of its document's printed total."""
    named = [index.programs[one] for one in query.named if index.programs[one].role == "program"]
    if len(named) != 1 or query.subprograms or measured_by(query.question) != (FactKind.BUDGET,):
        return None
    said = {figure.yen for figure in find_figures(query.question) if figure.yen is not None}
    sums = [one for one in rows_of(index, [named[0].document]) if one.role != "department"]
    rows = [one for one in sums if (fact := measure_of(one, (FactKind.BUDGET,), index)) and fact.yen in said]
    if not rows and re.search(table("scopes")["sums"]["whole"], query.question):
        rows = list(totals_of(index, [named[0].document]))
    return Scope(asks, tuple(named), tuple(rows[:1])) if rows else None


def narrowed(query: Query, index: Index, documents: set[str]) -> set[str]:
    """The documents of the office that a question names, when it names one (ministries share a region)."""
    asked = fold(query.question)
    published = {one for one in documents if fold(index.documents[one].publisher.split()[0]) in asked}
    rows = {index.programs[one].document for one in query.named if index.programs[one].role == "total"} & documents
    for narrower in (published, rows):
        documents = documents & narrower or documents
    return documents


def _without(question: str, words: tuple[str, ...]) -> str:
    for said in filter(None, words):
        question = question.replace(said, " ")
    return question


def _names_only_rows(query: Query, index: Index, headings: list[Heading]) -> bool:
    """A question that names programs is about those, unless the names are sums or words of the heading."""
    asked, pattern = query.question, name_words(query.question)
    for heading in headings:
        asked = asked.replace(heading.said, " ") if heading.said else asked
    sure = any(heading.sure for heading in headings)
    for name in query.named:
        program = index.programs[name]
        own = [fold(one) for one in (program.program, *program.aliases)]
        said = not (sure or pattern) or any(one in fold(asked) for one in own)
        if program.role == "program" and said and not (pattern and _holds_any(own, pattern)):
            return False
    return True


def _holds_any(own: list[str], words: str) -> bool:
    return any(fold(words) in one for one in own)


def _rows(
    query: Query, index: Index, documents: set[str], headings: list[Heading], found: list[Delimited]
) -> tuple[Program, ...]:
    """The printed rows of the set: of the heading, of what the question names, or of the whole document."""
    question = query.question
    narrowed = [one for one in found if "担当" not in one.told]
    if headings and not found:
        rows = tuple(dict.fromkeys(row for heading in headings for row in rows_of_heading(heading, index)))
        return with_total(question, chosen_by_relisted(question, rows), index)
    if headings or narrowed:
        return ()
    named = rows_named(question, index, documents)
    if named or found:
        return named
    whole = re.search(table("scopes")["sums"]["whole"], question)
    if (
        not whole
        or (_rest(query, [], index, documents) and not takes_in(question, index, documents))
        or not _is_told(query, documents, index)
    ):
        return ()
    return totals_of(index, documents)


def _untitled(question: str, index: Index, documents: set[str]) -> str:
    """A question without the words of its documents' titles."""
    for word in {word for one in documents for word in tokens(title_of(index, one)) if len(word) > 1}:
        question = re.sub(re.escape(word), " ", question, flags=re.IGNORECASE)
    return question


def _is_told(query: Query, documents: set[str], index: Index) -> bool:
    """Whether the question says which document is meant."""
    return len(documents) == 1 and bool(query.regions or query.fiscal_year or len(index.documents) == 1)


def _told_apart(index: Index, documents: set[str], question: str) -> list[str]:
    """The documents that are compared: of prefectures alone when the question asks for a prefecture."""
    left_out = "国" if "県" in question else None
    return [one for one in index.documents if one in documents and index.documents[one].region != left_out]


def _members(
    query: Query,
    index: Index,
    documents: set[str],
    headings: list[Heading],
    found: list[Delimited],
    asks: frozenset[str],
) -> tuple[Program, ...]:
    if headings:
        programs = [one for heading in headings for one in heading.programs]
    else:
        programs = [one for one in index.programs.values() if one.document in documents and not is_apart(one)]
        loosely = asks <= {"list", "moved"} and any(one.loose for one in found)
        if not loosely and _rest(query, found, index, documents):
            return ()
        need = not asks & {"most", "least"} and tells_need(_untitled(query.question, index, documents))
        if not found and (need or not _is_whole(query, asks, index, documents)):
            return ()
    kept = [one for one in programs if one.role == "program" and all(part.holds(one) for part in found)]
    kept = of_sort(query.question, kept, index)
    return tuple(sorted(dict.fromkeys(kept), key=lambda one: (one.document, one.line_start)))


def _topic_left(
    query: Query, index: Index, documents: set[str], found: list[Delimited], asks: frozenset[str]
) -> Delimited | None:
    """The words of a question that delimit nothing else, as a topic: nothing is summed up by such words."""
    rows = fold("".join(row.program for row in rows_named(query.question, index, documents)))
    rest = [word for word in _rest(query, found, index, documents) if word not in rows]
    if not rest or any(one.told for one in found) or len(rest) > LEFT or "sum" in asks:
        return None
    programs = [one for one in index.programs.values() if one.document in documents]
    rest = in_compounds(rest, query.question, programs)
    listed = asks <= {"list"}
    each = listed and len(documents) > 1
    topic = of_topic(rest, programs, index, levels=2 if listed else 1, under=listed, each=each)
    words = [word for word in rest if not any(word != other and word in other for other in rest)]
    told = "お尋ねの語" if any(word.isascii() for word in words) else f"「{'」と「'.join(words)}」"
    return replace(topic, told=f"{told}に関係する", loose=True)


def _is_whole(query: Query, asks: frozenset[str], index: Index, documents: set[str]) -> bool:
    """Whether all programs of the documents are meant; a sum of them only when the question speaks of programs."""
    told = len(documents) < len(index.documents) or len(index.documents) == 1
    return told and ("sum" not in asks or re.search(table("scopes")["sums"]["set"], query.question) is not None)


def _rest(query: Query, found: list[Delimited], index: Index, documents: set[str]) -> list[str]:
    """The naming words of a question that delimit nothing yet."""
    text = regions_in(query.question, ())[1]
    for figure in reversed(find_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    for part in found:
        for said in part.said:
            text = text.replace(said, " ")
    titles = [word for one in documents for word in set(tokens(title_of(index, one)))]
    common = {one for one in titles if len(documents) == 1 or titles.count(one) > 1}  # what one of several has tells
    known = {*common, *filler(), *(word for row in query.regions for word in tokens(row))}
    naming = nouns(text)
    return [
        word
        for word in dict.fromkeys(tokens(text))
        if word in naming
        and word not in known
        and word in query.words
        and not re.match(r"[\W\d_ぁ-ん]$|[0-9.]+$|何", word)
    ]


def _relisted(headings: list[Heading], members: tuple[Program, ...], index: Index) -> tuple[Program, ...]:
    """Programs of other headings that this one lists again, by the lines of their repeated amounts."""
    found = []
    for heading in headings:
        lines = [one.line_start for one in heading.programs]
        for program in index.programs.values():
            if program.document == heading.document and program not in members and program.role == "program":
                again = [fact for fact in index.facts_of(program.id) if "再掲" in fact.flags]
                if any(min(lines) <= fact.line_start <= max(lines) for fact in again):
                    found.append(program)
    return tuple(dict.fromkeys(found))
