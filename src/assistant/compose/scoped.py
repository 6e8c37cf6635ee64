"""Answers about a set of programs: a list, a count, the largest or the smallest, a sum, and printed rows of sums."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, Hit, Program, Query
from ..retrieve import scope_of
from ..retrieve.delimited import asked_of
from ..retrieve.delimiters import measure_of
from ..retrieve.filtered import CLOSER, filtered, set_of
from ..retrieve.scope import Scope, delimit
from ..retrieve.topical import said_in_full
from ..tokens import tokens
from ..understand.places import regions_in
from ..understand.reckoning import says
from ..values.reckoning import computed
from .labels import fact_label, source
from .listing import LONGEST, list_set
from .moving import moved_most, moved_of
from .offices import parts
from .premise import premise_sentences
from .printed_sums import row_sentences
from .ranking import ranked, ranked_by_name, ranked_parts, ranked_sources
from .refusals import ask_one_by_one

_NAMES_ONLY = re.compile(
    r"名前だけ|事業名だけ|名称だけ|名前を(?:並べ|挙げ|列挙|教え)|(?:金額|予算)(?:は|なんか)?(?:いらない|不要|なし)"
)
_BLANK = re.compile(r"(?<=[ぁ-んー])[ 　]+(?=[ぁ-んー])")  # 「しんきの じぎょうは」
_POOL = re.compile(
    r"枠[^、。?？]{0,8}総額|総額[^、。?？]{0,8}枠"
)  # 「貸せる枠って総額何億」 asks for no sum of programs
# kinds that a list of programs may tell of each
_OFFERED = (
    FactKind.SUBSIDY_LIMIT,
    FactKind.SUBSIDY_RATE,
    FactKind.LOAN_LIMIT,
    FactKind.LOAN_RATE,
    FactKind.LOAN_TERM,
    FactKind.GUARANTEE_RATE,
)
_OF_TOPIC = "に関係する"  # how a set told by a topic is called
LISTED = 12  # programs of a counted or summed set that are told beside the figure


def scoped(query: Query, index: Index, *, rows_only: bool = False) -> Draft | None:
    """A draft about the set that a question delimits; None when it is about no set, or the set cannot be told.

    With ``rows_only`` it is about a set told by plain readings, or printed rows of sums and no named program.
    """
    if rows_only and (highest := ranked_parts(query, index)):
        return Draft("answered", None, tuple(highest))
    query = _of_everywhere(replace(query, question=_BLANK.sub("", query.question)), index)
    documents = scope_of(query, index)
    if not documents and rows_only and query.fiscal_year:  # a column may be of another year
        held = scope_of(replace(query, fiscal_year=None), index) or set()
        told = ranked_by_name(query, index, held)
        return Draft("answered", None, tuple(told)) if told else None
    if not documents:
        return None
    if rows_only and (told := ranked_by_name(query, index, documents) or ranked_sources(query, index, documents)):
        return Draft("answered", None, tuple(told))
    if FactKind.LOAN_POOL in query.kinds and _POOL.search(query.question):
        return None
    scope = _of_rows(query, index, documents) if rows_only else set_of(query, index, documents)
    if scope is None or _states_none(query, scope, index):
        return None
    doubted = query.intent != "check" and re.search(table("scopes")["sums"]["doubted"], query.question)
    if scope.asks & {"sum", "add"} and doubted:
        scope = replace(scope, rows=(), asks=scope.asks | {"sum"})  # the printed sum is not trusted
    if scope.asks & {"sum"} and re.search(table("scopes")["relisted"]["without"], query.question):
        scope = replace(scope, programs=tuple(one for one in scope.programs if not _is_relisted(one, index)))
    if _is_of_others(query, scope) or _is_too_wide(scope) or (scope.unmet and not scope.told):
        return ask_one_by_one()
    if not scope.programs and not scope.rows:
        none = f"収録した資料には、{''.join(scope.told)}{CLOSER if scope.unmet else ''}事業の記載がありません。"
        return Draft("abstained", "not_stated", (DraftSentence(none),))
    sentences = _sentences(query, scope, index)
    return Draft("answered", None, tuple(sentences)) if sentences else None


def _is_relisted(program: Program, index: Index) -> bool:
    fact = measure_of(program, (FactKind.BUDGET,), index)
    return fact is not None and "再掲" in fact.flags


def _of_everywhere(query: Query, index: Index) -> Query:
    """「国のも県のも」, 「…の事業がある県はどこ」: of all regions; a year that a period ends in chooses no document."""
    rules, ending = table("scopes")["everywhere"], table("scopes")["ending"]
    if query.fiscal_year and any(re.search(ending[one], query.question) for one in ("last", "span")):
        query = replace(query, fiscal_year=None)
    everywhere = re.search(rules["all"], query.question) is not None
    if not everywhere and not (re.search(rules["where"], query.question) and not query.regions):
        return query
    full = tuple(one for one in query.named if said_in_full(query, index.programs[one]))
    held = dict.fromkeys(one.region for one in index.documents.values())
    kind = re.search(rules["where"], query.question)
    ends = tuple(letter for letter in "県市町村" if kind and letter in kind[0])
    regions = () if everywhere else tuple(one for one in held if not ends or one.endswith(ends))
    words = tuple(tokens(regions_in(query.question)[1]))  # those of a name that is not meant tell the topic
    return replace(query, regions=regions, named=full, words=words, intent="list" if not full else query.intent)


def _is_of_others(query: Query, scope: Scope) -> bool:
    """Whether a question says how many of a heading's programs it sums up, and there are not so many."""
    said = re.findall(
        r"([0-9０-９]{1,2}|[二三四五六七八九])(?:つの)?(?:事業|制度|項目|つ(?=を|で|の?合|足|、|の?全|とも))",
        query.question,
    )
    kanji = {letter: place for place, letter in enumerate("二三四五六七八九", 2)}
    numbers = {kanji.get(one) or int(one) for one in said}
    summed = scope.asks & {"sum"} and scope.programs and not scope.rows
    return bool(summed and numbers and len(scope.programs) not in numbers)


def _is_too_wide(scope: Scope) -> bool:
    """Whether words of a topic tell so many programs that they can hardly be those meant."""
    return any(_OF_TOPIC in one for one in scope.told) and not scope.headings and len(scope.programs) > LONGEST


def _of_rows(query: Query, index: Index, documents: set[str]) -> Scope | None:
    """A set told by plain readings, or printed rows of sums that no name of a program stands beside."""
    scope = filtered(query, index, documents)
    if scope is not None:
        return scope
    asks = asked_of(query.question)
    if "sum" in asks and (summed := _of_heading(query, index, documents)):
        return summed
    of_total = "share" in asks and any(one.yen is not None for one in find_figures(query.question))
    if (query.named and not of_total) or not asks & {"row", "share", "difference"}:
        return None
    scope = delimit(query, index, documents)
    return scope if scope is not None and scope.rows else None


def _of_heading(query: Query, index: Index, documents: set[str]) -> Scope | None:
    """「『次世代産業の振興』の五項目、全部で」: what one heading lists that is said in full; no program is named."""
    if any(index.programs[one].role == "program" for one in query.named) or len(query.regions) > 1:
        return None
    scope = delimit(query, index, documents)
    sure = scope is not None and len({one.words for one in scope.headings}) == 1 and len(scope.programs) > 1
    sure = sure and scope is not None and scope.headings[0].sure
    plainly = sure and scope is not None and not scope.told and not scope.asks & {"share", "difference"}
    return scope if plainly else None


def _states_none(query: Query, scope: Scope, index: Index) -> bool:
    """Whether terms (a limit, a rate, a pool) are asked for, and neither the printed rows of sums state them nor are
    they what is summed."""
    asked = set(query.kinds)
    if not asked or not asked <= {*_OFFERED, FactKind.LIMIT_ADDITION, FactKind.LOAN_POOL}:
        return False
    if not scope.rows:
        return "sum" in scope.asks and not asked & set(scope.kinds)
    return not any(index.kinds_of(one.id) & asked for one in scope.rows)


def _sentences(query: Query, scope: Scope, index: Index) -> list[DraftSentence]:
    asks = scope.asks | ({"count"} if len(scope.programs) > LONGEST and "list" in scope.asks else set())
    if asks != scope.asks:  # too many for a line each: how many there are is told too
        scope = replace(scope, asks=asks)
    if query.intent == "check" and not scope.plain:
        if query.named:
            return []
        return [one for row in scope.rows for one in premise_sentences(query, row, index, False)]
    if asks & {"most", "least"} and re.search(table("scopes")["order"]["pattern"], query.question):
        return _in_order(scope, index)
    if asks & {"most", "least"} and scope.plain and scope.kinds == (FactKind.BUDGET_CHANGE,):
        return moved_most(query.question, scope, index, place_of(scope, index))
    if asks & {"most", "least"}:
        return ranked(scope, index, place_of(scope, index), what_of(scope, index)) or _unranked(scope, index)
    average = says(query.question, "average")
    if scope.rows and not average and (told := row_sentences(query, scope, index, place_of(scope, index))):
        counted = asks >= {"count", "sum"} and not asks & {"share", "difference"} and scope.programs
        return [*(_count(scope, index) if counted else []), *told]
    if asks & {"share", "difference"} or not scope.programs or asks <= {"row"}:
        return []
    if asks <= {"list"} and (funds := _funds_of(query, scope, index)):
        return funds
    figures = [*_count(scope, index), *_sum(query, scope, index)]
    if asks & {"count", "sum"} and not figures and ("count" in asks or len(scope.programs) > 1):
        return []
    figures += _reckoned(scope, index, average) if figures else []
    names_only = bool(_NAMES_ONLY.search(query.question)) and not asks & {"sum"}
    if figures and len(scope.programs) > LISTED and "list" not in asks:
        return figures
    kinds = tuple(kind for kind in query.kinds if kind in _OFFERED) if asks <= {"list", "count"} else ()
    moved = "moved" in asks
    told = list_set(
        scope.programs, index, names_only=names_only, with_last_year=moved, stated=scope.stated, asked=kinds
    )
    how_far = moved_of(scope, index) if scope.plain and "moved" in asks else []
    return [*(figures or [_opening(scope, index)]), *told, *how_far, *_again(scope), *_unmet(scope)] if told else []


def _unranked(scope: Scope, index: Index) -> list[DraftSentence]:
    """What each of the set states where a range may be the first: no one of them is told alone."""
    kind = max(scope.kinds, key=lambda kind: sum(kind in index.kinds_of(one.id) for one in scope.programs))
    stating = tuple(one for one in scope.programs if kind in index.kinds_of(one.id))
    if kind not in _OFFERED or not 1 < len(stating) <= LISTED or scope.across:
        return []
    told = list_set(stating, index, asked=(kind,))
    return [_opening(replace(scope, programs=stating), index), *told] if told else []


def _funds_of(query: Query, scope: Scope, index: Index) -> list[DraftSentence]:
    """「どんな資金がある?」 where one program has them all: the funds that stand inside it."""
    if len(scope.programs) != 1 or not re.search(table("scopes")["sorts"]["asked"], query.question):
        return []
    program = scope.programs[0]
    inner = [one for one in program.subprograms if one.endswith("資金")]
    return parts("資金", Hit(program, index.passages_of(program.id), 1.0), index) if len(inner) > 1 else []


def _in_order(scope: Scope, index: Index) -> list[DraftSentence]:
    """「予算の大きい順に」: all of the set by what it is measured by, those that do not state it last."""
    worths = {one.id: fact.yen for one in scope.programs if (fact := measure_of(one, scope.kinds, index))}
    least = "least" in scope.asks
    known = sorted((one for one in scope.programs if worths.get(one.id)), key=lambda one: worths[one.id] or 0)
    rest = [one for one in scope.programs if not worths.get(one.id)]
    told = list_set((*(known if least else known[::-1]), *rest), index)
    return [_opening(scope, index), *told] if len(known) > 1 and told else []


def _opening(scope: Scope, index: Index) -> DraftSentence:
    return DraftSentence(f"{place_of(scope, index)}{what_of(scope, index)}は、次のとおりです。")


def _again(scope: Scope) -> list[DraftSentence]:
    """What the heading lists a second time is said, and not counted."""
    if not scope.relisted or not scope.asks & {"list", "count"}:
        return []
    names = "".join(f"「{one.program.replace('「', '『').replace('」', '』')}」" for one in scope.relisted[:LISTED])
    return [DraftSentence(f"\nほかの項目から再掲されている事業に、{names}があります。")]


def _unmet(scope: Scope) -> list[DraftSentence]:
    """That a topic was said by which the set could not be told more closely."""
    said = "\nお尋ねの語に当たるものだけを選び出すことは、資料の記載からはできませんでした。"
    return [DraftSentence(said)] if scope.unmet else []


def _count(scope: Scope, index: Index) -> list[DraftSentence]:
    if "count" not in scope.asks:
        return []
    facts = [_any_fact(program, index) for program in scope.programs]
    counted = computed("count", [fact for fact in facts if fact is not None])
    if counted is None or None in facts:
        return []
    told = f"{place_of(scope, index)}{what_of(scope, index)}" if _is_plain(scope, index) else "当てはまる事業"
    return [DraftSentence(f"{told}は{{=0}}です。", computed=(counted,))]


def _sum(query: Query, scope: Scope, index: Index) -> list[DraftSentence]:
    if "sum" not in scope.asks or len(scope.programs) < 2:
        return []
    kept = [program for program in scope.programs if not _has_ended(program, scope, index)]
    facts = [measure_of(program, scope.kinds, index) for program in kept]
    stated = [fact for fact in facts if fact is not None]
    average = says(query.question, "average")
    total = computed("average" if average else "sum", stated)
    if total is None or len(stated) < len(facts):
        return []
    first = "" if "count" in scope.asks else place_of(scope, index)
    told = f"{first}{what_of(scope, index)}の" if first else f"{what_of(scope, index)[1:]}の"
    told = told if _is_plain(scope, index) else ""
    return [
        DraftSentence(
            f"{told}{fact_label(stated[0])}の{'平均' if average else '合計'}は{{=0}}です。", computed=(total,)
        )
    ]


def _has_ended(program: Program, scope: Scope, index: Index) -> bool:
    """Whether a program's row prints last year's budget alone: it adds nothing to this year's."""
    kinds = index.kinds_of(program.id)
    return scope.kinds == (FactKind.BUDGET,) and FactKind.BUDGET not in kinds and FactKind.BUDGET_PREVIOUS in kinds


def _reckoned(scope: Scope, index: Index, average: bool) -> list[DraftSentence]:
    """Of what was counted or summed, where the figure's own sentence does not say it."""
    if _is_plain(scope, index):
        return []
    both = scope.asks >= {"count", "sum"}
    done = (
        "数えて足しました"
        if both
        else "数えました"
        if "count" in scope.asks
        else "平均しました"
        if average
        else "足しました"
    )
    return [DraftSentence(f"{place_of(scope, index)}{what_of(scope, index)}を{done}。")]


def _is_plain(scope: Scope, index: Index) -> bool:
    """Whether a set is told by one document and heading alone, in words that may stand beside a computed figure."""
    said = not scope.headings or _may_be_named(scope, index)
    whole = not any(_has_ended(one, scope, index) for one in scope.programs)
    return said and whole and not scope.told and len({one.document for one in scope.programs}) == 1


def _any_fact(program: Program, index: Index) -> Fact | None:
    budget = measure_of(program, (FactKind.BUDGET,), index)
    others = (
        fact for fact in index.facts_of(program.id) if "example" not in fact.flags and fact.kind is not FactKind.PHONE
    )
    return budget or next(others, None)


def place_of(scope: Scope, index: Index) -> str:
    """「青森県・令和5年度施策一覧の資料で」: where the set stands, when it stands in one document."""
    found = {program.document for program in (scope.rows or scope.programs)}
    if len(found) != 1:
        return "収録した資料"
    document = index.documents[found.pop()]
    return f"{source(document.region, document.fiscal_year, document.stage)}の資料"


def what_of(scope: Scope, index: Index) -> str:
    """「「…」にある事業」, 「「…課」が担当する事業」: how the set is called."""
    under = ""
    if scope.headings:
        words = scope.headings[0].words
        under = f"で「{words}」にある" if _may_be_named(scope, index) else "でお尋ねの項目にある"
    told = "".join(scope.told)
    return f"{under or 'で'}{told}事業" if under or scope.told else "にある事業"


def _may_be_named(scope: Scope, index: Index) -> bool:
    """Whether a heading can be called by its words: all of the set are described under it."""
    heading = scope.headings[0]
    paths = [one.path for one in scope.headings]
    described = all(any(one.section[: len(path)] == path for path in paths) for one in scope.programs)
    return described and _may_be_said(heading.words, index)


def _may_be_said(heading: str, index: Index) -> bool:
    """Whether a heading's words can stand in a sentence without looking like a figure, a region or a program."""
    return not re.search(r"[0-9０-９「」]", heading) and not regions_in(heading)[0] and not index.is_name(heading)
