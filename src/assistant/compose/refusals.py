"""When there is nothing to tell: which kind of not knowing it is, and what to ask instead."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..figures import previous_year, year_number
from ..index import Index
from ..lexicon import says_any, table
from ..records import Document, Draft, DraftSentence, FactKind, Hit, Program, Query, stated
from ..retrieve import Retrieval
from ..retrieve.bearing import asks_of_learning, is_of_life, is_spoken_of
from ..tokens import fold, search_form, tokens
from ..understand import wanted
from ..understand.places import regions_in
from .context import is_fax
from .heard import content, hear
from .labels import called, kind_label, where_from
from .select import own_parts
from .silent import is_case_of

_POOL = re.compile(r"(?:融資|貸付|保証|予算|募集|総|新規|今年度?の?)枠$")  # kinds of figures, not parts of programs
_TELEPHONE = re.compile(r"電話|tel|直通|内線|番号|でんわ|phone")
# 「どこの課に電話すれば」 is answered by the office
_DEPARTMENT = re.compile(
    r"(?:何|どの|どこの|どちらの|なんという|何という)(?:課|部署|係|室|局|部|班|窓口|セクション|担当)"
)
_NUMBER = re.compile(r"番号|何番|直通|内線|tel|phone|ダイヤル(?!する)")
_LOANS = frozenset({FactKind.LOAN_LIMIT, FactKind.LOAN_POOL, FactKind.LOAN_RATE, FactKind.LOAN_TERM})
_THIS_YEAR = re.compile("今年度?|本年度?|当年度|現年度")  # by the asker's clock
_JAPANESE = re.compile("[一-龠々ヶヵァ-ヴーぁ-ん]{1,12}")
MOST_HELD = 8  # documents that a refusal names
NEAREST = 4  # kinds of what is stated that a refusal names
_FIELD = ("補助", "助成", "支援", "融資", "資金", "事業", "制度", "予算", "奨励", "給付", "保証", "貸付", "施策")


def abstain(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    """An abstention that says what is missing."""
    if retrieval.hits and _lends_nothing(query, index):
        retrieval = replace(retrieval, hits=(), missing="program")
    if retrieval.missing == "year" and (own := _named_of_another_year(query, index)):
        retrieval = replace(retrieval, hits=(own,))
    if retrieval.hits and not (query.named or query.carried or is_spoken_of(query, retrieval.hits[0].program, index)):
        retrieval = replace(retrieval, hits=(), missing="program")  # a neighbour's silence says nothing of it
    if retrieval.hits:
        return _not_stated(query, retrieval, index)
    if retrieval.missing == "program" and not _of_the_field(query, index):
        return out_of_scope(index)
    return Draft("abstained", "not_in_corpus", (DraftSentence(_not_here(query, retrieval, index)),), _examples(index))


def _named_of_another_year(query: Query, index: Index) -> Hit | None:
    """「…に今年度いくら積んでる?」 of a program whose document states nothing of the kind: it, whatever its year."""
    if len(query.named) != 1 or not _THIS_YEAR.search(query.question) or not wanted(query):
        return None
    program = index.programs[query.named[0]]
    if set(wanted(query)) & index.kinds_of(program.id):
        return None
    return Hit(program, index.passages_of(program.id), 1.0)


def _lends_nothing(query: Query, index: Index) -> bool:
    """Whether the terms of a loan are asked for, by no name, of a region whose documents tell of no loans."""
    asked = {kind for kind in query.kinds if kind not in (FactKind.COUNT, FactKind.TARGET)}
    if query.named or query.carried or not query.regions or not asked or not asked <= _LOANS:
        return False
    own = {document.id for document in index.documents.values() if document.region in query.regions}
    lent = (fact for kind in _LOANS for fact in index.facts(kind=kind))
    return not any(fact.document in own for fact in lent)


def out_of_scope(index: Index) -> Draft:
    """A refusal of what programs of support are not about."""
    text = "この窓口では、収録した資料にある中小企業向けの支援制度についてお答えしています。ご質問の内容は対象外です。"
    return Draft("abstained", "out_of_scope", (DraftSentence(text),), _examples(index))


def is_off_topic(query: Query) -> bool:
    """Whether a question is about something that no program of support is about, whatever a stray word hits."""
    plain = search_form(query.question)
    rules = table("questions")["off_topic"]
    if is_of_life(query) and not is_unclear(query):
        return True
    if any(word in plain for word in rules["of_the_field"]):
        return False
    aside = re.search(rules["aside"], plain) is not None  # 「ところで明日の天気は?」 asks of nothing said before
    if not aside and (asks_of_learning(query) or (query.named and (query.kinds or not query.carried))):
        return False
    return says_any(plain, rules["patterns"])


def is_of_the_state(query: Query, index: Index) -> bool:
    """「失業保険はいつまで?」, 「車検は?」: what citizens settle with other offices, and no document speaks of."""
    plain = search_form(query.question)
    if query.premises or any(fold(index.programs[name].program) in fold(query.question) for name in query.named):
        return False
    found = re.search(table("questions")["off_topic"]["of_the_state"], plain)
    return found is not None and not any(found[0] in search_form(page.text) for page in index.passages.values())


def is_unclear(query: Query) -> bool:
    """Whether a question points at something said before (「先日お伺いした件」) where nothing was."""
    if query.carried or query.named or query.kinds or query.regions:
        return False
    plain = search_form(query.question)
    return says_any(plain, table("questions")["off_topic"]["unclear"])


def asks_telephone(query: Query, hit: Hit, index: Index) -> bool:
    """Whether a telephone is asked for by name and none is printed: an office alone is no answer."""
    if any(fact.kind is FactKind.PHONE for fact in index.facts_of(hit.program.id)):
        return False
    plain = search_form(query.question)
    if _DEPARTMENT.search(plain) and not _NUMBER.search(plain):
        return False
    return FactKind.PHONE in query.kinds and _TELEPHONE.search(plain) is not None


def _of_the_field(query: Query, index: Index) -> bool:
    """Whether a question speaks of what the documents speak of, or of support at all."""
    known = sum(bool(index.bm25([word], 1)) for word in query.words)
    if query.words and known * 2 > len(query.words):
        return True
    plain = fold(query.question)
    return bool(query.kinds or query.terms or query.regions or query.named) or any(word in plain for word in _FIELD)


def _not_here(query: Query, retrieval: Retrieval, index: Index) -> str:
    every = [*dict.fromkeys(_held(document) for document in index.documents.values())]
    held = "、".join(every[:MOST_HELD]) + ("など" if len(every) > MOST_HELD else "")
    if retrieval.missing == "region":
        named = query.places or query.regions or query.towns
        places = "、".join(dict.fromkeys(_told(one, "ご指定の地域", query, index) for one in named))
        return f"{places}の資料は収録していません。収録しているのは、{held}の資料です。"
    if retrieval.missing == "year":
        years = {year_number(document.fiscal_year) for document in index.documents.values()}
        if query.named and year_number(query.fiscal_year or "") in years:  # of that year others are held
            missing = f"ご質問に当たる支援制度は、収録した{query.fiscal_year}の資料に見当たりません。"
            return f"{missing}収録しているのは、{held}の資料です。"
        year = query.fiscal_year or ""
        year = year if year_number(year) is not None else _told(year, "ご指定の年度", query, index)
        return f"{year}の資料は収録していません。収録しているのは、{held}の資料です。"
    if retrieval.missing == "stage":
        return f"{query.stage}の資料は収録していません。収録しているのは、{held}の資料です。"
    place = f"{'、'.join(query.regions)}の" if query.regions else ""
    return f"ご質問に当たる支援制度は、収録した{place}資料に見当たりません。収録しているのは、{held}の資料です。"


def _told(said: str, instead: str, query: Query, index: Index) -> str:
    """A place or year as it can be told again: what a surface's filter says may be no such thing."""
    if not _JAPANESE.fullmatch(said):
        return said if said in query.question else instead
    every = index.programs.values()
    names = (name for one in every for name in (one.program, *one.aliases, *one.subprograms))
    is_name = any(said in name or name in said for name in names)
    return instead if is_name and not (regions_in(said)[0] or said[-1] in "都道府県市区町村") else said


def _held(document: Document) -> str:
    year = stated(document.fiscal_year)
    return (stated(document.region) or document.title) + (f"（{year}）" if year else "")


def _not_stated(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    hit = retrieval.hits[0]
    if query.unknown_part and strange_part(query, retrieval.hits[:1], index):
        return _no_such_part(query, hit.program, index)
    return not_stated(query, hit, index)


def not_stated(query: Query, hit: Hit, index: Index, what: str | None = None) -> Draft:
    """A refusal that says what of a program is not stated, what is instead, and whom to ask.

    ``what`` is called so; without it, by the words of the question.
    """
    program = hit.program
    document = index.documents[program.document]
    part = next(iter(own_parts(query, program)), None)
    asked = "と".join(dict.fromkeys(kind_label(kind) for kind in _asked_first(query))) or "その内容"
    asked = what or ("申請・募集の期間" if query.items else query.unknown_kind or asked)
    if query.figure_year and query.figure_year == previous_year(document.fiscal_year):
        asked = f"前年度の{asked}"
    text = (
        f"{called(program, part)}の{asked}は、収録した資料"
        f"（{where_from(program, document.region)}）に記載がありません。担当の窓口で確認してください。"
    )
    sentences = [
        DraftSentence(text),
        *_instead(set() if what else set(wanted(query)), program, part, index),
        *_whom_to_ask(hit, index),
    ]
    return Draft("abstained", "not_stated", tuple(sentences), _answerable(program, index, set(wanted(query))))


def _instead(asked: set[FactKind], program: Program, part: str | None, index: Index) -> list[DraftSentence]:
    """What the document does state of a program, of one part or the whole, beside what was asked for, in words."""
    facts = [fact for fact in index.facts_of(program.id) if "example" not in fact.flags]
    facts = [fact for fact in facts if part is None or not fact.subprogram or is_case_of(part, fact.subprogram)]
    kinds = dict.fromkeys(fact.kind for fact in facts if fact.kind not in asked)
    labels = dict.fromkeys(kind_label(kind) for kind in kinds if kind_label(kind, "question"))
    if not labels:
        return []
    return [DraftSentence(f"資料に記載があるのは、{'、'.join([*labels][:NEAREST])}です。")]


def _whom_to_ask(hit: Hit, index: Index) -> list[DraftSentence]:
    """The office of a program as printed, and its telephone where there is one."""
    program = hit.program
    phones = [fact for fact in index.facts_of(program.id) if fact.kind is FactKind.PHONE and not is_fax(fact)]
    if phones:
        name = f"{phones[0].item}の" if phones[0].item else ""
        return [DraftSentence(f"{called(program)}の問い合わせ先は、{name}電話{{0}}です。", (phones[0],))]
    for department in program.departments:
        for passage in hit.passages:
            if department in passage.text:
                text = f"{called(program)}の担当は「{department}」です。"
                return [DraftSentence(text, quotes=((passage.id, department),))]
    return []


def _answerable(program: Program, index: Index, but: set[FactKind]) -> tuple[str, ...]:
    """Up to three questions about a program that its facts answer."""
    facts = (fact for fact in index.facts_of(program.id) if "example" not in fact.flags and fact.kind not in but)
    kinds = dict.fromkeys(fact.kind for fact in facts)
    questions = [f"{program.program}の{question}" for kind in kinds if (question := kind_label(kind, "question"))]
    return tuple(dict.fromkeys(questions))[:3]


def _no_such_part(query: Query, program: Program, index: Index) -> Draft:
    document = index.documents[program.document]
    text = (
        f"{called(program)}に「{query.unknown_part}」という枠や区分は、"
        f"収録した資料（{where_from(program, document.region)}）に見当たりません。"
    )
    return Draft("abstained", "not_stated", (DraftSentence(text),))


def _asked_first(query: Query) -> list[FactKind]:
    """The first kind of each thing asked for: 限度額 stands for all that it may mean."""
    kinds = wanted(query)
    firsts = []
    for entry in table("questions")["ask"]:
        members = [FactKind(kind) for kind in entry["kinds"]]
        said = any(fold(word) in fold(query.question) for word in entry["words"])
        if said and set(members) <= set(kinds) and members[0] not in firsts:
            firsts.append(members[0])
    return firsts[:2] or list(kinds[:1])


def not_held(query: Query, index: Index) -> list[DraftSentence]:
    """Of several regions asked for, those that no document is of."""
    held = {document.region for document in index.documents.values()}
    missing = [region for region in query.regions if region not in held]
    return [DraftSentence(f"{'、'.join(missing)}の資料は収録していません。")] if missing else []


_PART = re.compile(r"(?:特別)?(?:枠|型|コース|類型|タイプ)$")
_PIECES = re.compile(r"[・、/／（）()と又は]+")
_INCLUDED = re.compile(r"(?:を)?(?:込みの?全体|込み|込|含む|含め|付き|つき|入り)$")
_PHRASED = re.compile(r"(?<=.)[のを](?=..)")  # 「（機械の購入）」 describes, and names nothing
_STEM = 2  # characters of a name that say something


def strange_part(query: Query, hits: tuple[Hit, ...], index: Index) -> bool:
    """Whether the question names a 枠 or 類型 that none of these programs prints."""
    if not query.unknown_part or _POOL.search(query.unknown_part):
        return False
    name = fold(query.unknown_part)
    texts = (passage.text for hit in hits for passage in index.passages_of(hit.program.id))
    pages = [fold(text) for text in texts]
    if any(name in page for page in pages) or _is_told_otherwise(name, hits, pages):
        return False
    stem = _PART.sub("", name)  # 「女性枠」 of 「女性・若者・シニア枠」
    cases = (fact.condition or "" for hit in hits for fact in index.facts_of(hit.program.id))
    own = (part for hit in hits for part in hit.program.subprograms)
    pieces = {piece for one in (*own, *cases) for piece in _PIECES.split(_PART.sub("", fold(one)))}
    return len(stem) < _STEM or stem not in pieces


def _is_told_otherwise(name: str, hits: tuple[Hit, ...], pages: list[str]) -> bool:
    """「（借り換え）」 of 「経営安定資金（借換）」; 「（専門家の派遣込み）」 names no part but what the whole holds."""
    words = content(_INCLUDED.sub("", name))
    if _INCLUDED.search(name) or _PHRASED.search(name):
        return bool(words) and any(words - _general() <= content(page) for page in pages)
    names = " ".join(one for hit in hits for one in (hit.program.program, *hit.program.aliases))
    return bool(words) and words <= content(names)


@cache
def _general() -> frozenset[str]:
    """Words of support that a description may put for one another: 補助 and 助成."""
    return frozenset(map(fold, table("questions")["filler"]["words"])) | content("助成と補助の支援")


def unknown_case(query: Query, sentences: list[DraftSentence]) -> list[DraftSentence]:
    """「女性の場合」 where no fact speaks of women: the figures are told, and that they say nothing of the case."""
    if not query.case:
        return []
    near = hear(replace(query, question=query.case), ()).near
    found = [word for word in (*tokens(query.case), *near) if len(word) > 1]
    words = [word for word in found if not any(word in other and word != other for other in found)]
    facts = [fact for sentence in sentences for fact in sentence.facts]
    said = fold("".join(words for one in sentences for _, words in one.quotes))
    said += fold("".join(f"{fact.program}{fact.subprogram or ''}{fact.condition or ''}{fact.quote}" for fact in facts))
    if not words or any(word in said for word in words):
        return []
    return [DraftSentence(f"「{query.case}」の場合についての別の定めは、資料に見当たりません。")]


def ask_one_by_one() -> Draft:
    """A question back, when something is to be reckoned and nothing says of which programs."""
    text = (
        "どの事業を比べたり足したりするのかを読み取れませんでした。"
        "事業の名前を挙げて（一覧なら、県や分野を添えて）お尋ねください。"
    )
    return Draft("clarify", None, (DraftSentence(text),))


def ask_back(query: Query) -> Draft:
    """A question back, when nothing says which program is meant."""
    asked = "と".join(dict.fromkeys(kind_label(kind) for kind in _asked_first(query)))
    of_what = f"（{asked}）" if asked else ""
    text = (
        f"どの事業・制度についてのご質問{of_what}でしょうか。制度の名前、都道府県、"
        "または「事業を継がせたい」「機械を入れたい」のような状況を教えてください。"
    )
    return Draft("clarify", None, (DraftSentence(text),))


def small_talk(query: Query) -> Draft:
    """Thanks and greetings are answered as such."""
    if query.intent == "thanks":
        text = "どういたしまして。ほかにも気になる制度があれば、お尋ねください。"
    else:
        text = (
            "こんにちは。補助金や融資などの支援制度について、収録した資料からお答えします。"
            "知りたい制度や、お困りごとを教えてください。"
        )
    return Draft("clarify", None, (DraftSentence(text),))


def _examples(index: Index) -> tuple[str, ...]:
    """A few questions that the corpus does answer."""
    examples = []
    for document in index.documents.values():
        kinds = (FactKind.SUBSIDY_RATE, FactKind.BUDGET)
        facts = (fact for kind in kinds for fact in index.facts(document=document.id, kind=kind))
        fact = next((fact for fact in facts if index.programs[fact.program_id].role == "program"), None)
        if fact:
            examples.append(f"{fact.program}の{kind_label(fact.kind, 'question')}")
    return tuple(examples[:3])
