"""Hand-made drafts: what verify lets out, and what it must never let out."""

import dataclasses

import pytest
from conftest import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import find_figures
from assistant.records import Draft, DraftSentence, Fact, FactKind
from assistant.verify import verify
from assistant.verify.print_fact import print_fact
from verify.checker import facts_of, faults

REFUSED = ("abstained", "unverified")


def fact_of(assistant, program: str, kind: str, text: str | None = None) -> Fact:
    """The one fact of a program and kind (and printed figure)."""
    facts = assistant.index.facts(program=program, kind=kind)
    return next(fact for fact in facts if text is None or fact.text == text)


def answered(assistant, *sentences: DraftSentence):
    return verify("問い", Draft("answered", None, sentences), assistant.index)


def outcome(assistant, *sentences: DraftSentence) -> tuple[str, str | None]:
    answer = answered(assistant, *sentences)
    return answer.status, answer.reason


def test_a_true_sentence_passes(assistant):
    fact = fact_of(assistant, "信用補完対策費", "budget")
    answer = answered(assistant, DraftSentence("「信用補完対策費」の予算額は{0}です。", (fact,)))
    assert answer.status == "answered"
    assert answer.text == "「信用補完対策費」の予算額は546,621千円（5億4,662万1千円）です[1]。"
    assert [(figure.fact_id, figure.marker) for figure in answer.figures] == [(fact.fact_id, 1)]
    assert faults(answer, assistant.index, CORPUS) == []


def test_the_same_quote_keeps_its_marker(assistant):
    limit = fact_of(assistant, "ドローン関連ビジネス育成支援事業", "subsidy_limit")
    rate = fact_of(assistant, "ドローン関連ビジネス育成支援事業", "subsidy_rate")
    answer = answered(assistant, *(DraftSentence("それは{0}です。", (fact,)) for fact in (limit, rate, limit)))
    assert faults(answer, assistant.index, CORPUS) == []
    assert {figure.marker for figure in answer.figures} <= {1, 2}


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "546,622"},
        {"text": "1,546,621"},
        {"text": "46,621"},
        {"yen": 546_621},
        {"yen": 546_622_000},
        {"yen": None},
        {"unit": "百万円"},
        {"unit": None},
        {"number": 0.5},
        {"program": "連携組織対策費"},
        {"program_id": "no-such-program"},
        {"kind": FactKind.SUBSIDY_LIMIT},
        {"condition": "特例枠"},
        {"subprogram": "特例枠"},
        {"fiscal_year": "令和8年度"},
        {"stage": "概算要求"},
        {"bound": "以内"},
        {"per": "者"},
        {"document": "aomori-r05"},
        {"document": "no-such-document"},
        {"line_start": 281, "line_end": 281},
        {"line_start": 0},
        {"line_end": 100_000},
        {"line_start": 283, "line_end": 282},
        {"quote": "信用補完対策費\t546,622"},
        {"quote": ""},
        {"quote": "中小企業振興課"},
        {"fact_id": "made-up"},
    ],
    ids=str,
)
def test_a_changed_fact_is_refused(assistant, changes):
    fact = dataclasses.replace(fact_of(assistant, "信用補完対策費", "budget"), **changes)
    assert outcome(assistant, DraftSentence("「信用補完対策費」の予算額は{0}です。", (fact,))) == REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "予算額は{0}で、上限は500万円です。",
        "予算額は{0}です。補助率は2/3です。",
        "予算額は{0}で、前年度比は129.9%です。",
        "予算額は{0}、電話は099-286-2944です。",
        "予算額は{0}で、120者を見込みます。",
        "予算額は{0}、期間は7年です。",
        "予算額は{0}（５億円）です。",
        "予算額は{0}、つまり約五億円です。",
        "予算額は{0}、三分の二を補助します。",
        "予算額は{0}で、７割が補助されます。",
        "予算額は{0}で、546,622千円ではありません。",
        "546,621円、すなわち{0}です。",
        "予算額は{0}です[7]。",
        "予算額は{0}、計546622です。",
        "予算額は{0}、前年の3倍です。",
        "500者を支援します。予算額は{0}です。",
    ],
)
def test_a_figure_in_free_words_is_refused(assistant, text):
    assert outcome(assistant, DraftSentence(text, (fact_of(assistant, "信用補完対策費", "budget"),))) == REFUSED


def test_a_figure_without_any_fact_is_refused(assistant):
    assert outcome(assistant, DraftSentence("補助上限額は500万円です。")) == REFUSED


def test_words_without_any_source_are_no_answer(assistant):
    assert outcome(assistant, DraftSentence("この制度はとても便利です。")) == REFUSED
    assert outcome(assistant) == REFUSED


@pytest.mark.parametrize("said", ["500万円", "1,500万円", "5万円", "50,000万円"])
def test_part_of_a_figure_is_not_the_figure(assistant, said):
    fact = fact_of(assistant, "県中小企業融資制度運営事業", "loan_limit", "15,000万円")
    assert outcome(assistant, DraftSentence(f"融資限度額は{said}、{{0}}です。", (fact,))) == REFUSED
    assert (
        outcome(assistant, DraftSentence("融資限度額は{0}です。", (dataclasses.replace(fact, text=said),))) == REFUSED
    )


def test_the_same_value_in_other_notation_passes(assistant):
    fact = fact_of(assistant, "県中小企業融資制度運営事業", "loan_limit", "15,000万円")
    answer = answered(assistant, DraftSentence("融資限度額は{0}（1億5千万円）です。", (fact,)))
    assert answer.status == "answered"


def test_the_askers_figure_may_be_repeated_only_when_it_is_allowed(assistant):
    fact = fact_of(assistant, "信用補完対策費", "budget")
    said = find_figures("3億円")[0]
    text = "いいえ、3億円ではありません。予算額は{0}です。"
    assert outcome(assistant, DraftSentence(text, (fact,), allowed=(said,))) == ("answered", None)
    assert outcome(assistant, DraftSentence(text, (fact,))) == REFUSED
    assert outcome(assistant, DraftSentence(text.replace("3億", "4億"), (fact,), allowed=(said,))) == REFUSED


def test_only_the_sentence_that_fails_is_dropped(assistant):
    fact = fact_of(assistant, "信用補完対策費", "budget")
    good = DraftSentence("予算額は{0}です。", (fact,))
    bad = DraftSentence("上限は500万円です。")
    worse = DraftSentence("予算額は{0}です。", (dataclasses.replace(fact, yen=1),))
    assert answered(assistant, bad, good, worse) == answered(assistant, good)


def test_markers_stay_contiguous_when_sentences_are_dropped(assistant):
    facts = [
        fact_of(assistant, name, "budget") for name in ("信用補完対策費", "連携組織対策費", "離職者等再就職訓練事業")
    ]
    bad = DraftSentence("「連携組織対策費」は{0}、上限は3円です。", (facts[1],))
    sentences = [DraftSentence("それは{0}です。", (fact,)) for fact in facts]
    answer = answered(assistant, sentences[0], bad, sentences[2])
    assert faults(answer, assistant.index, CORPUS) == []
    assert [citation.marker for citation in answer.citations] == [1, 2]


# ---- quotes of words ----


def passage_with(assistant, words: str):
    return next(passage for passage in assistant.index.passages.values() if words in passage.text)


def test_a_quote_that_stands_there_passes(assistant):
    passage = passage_with(assistant, "県内サービス業者")
    answer = answered(
        assistant, DraftSentence("対象は「県内サービス業者」です。", quotes=((passage.id, "県内サービス業者"),))
    )
    assert answer.status == "answered"
    assert faults(answer, assistant.index, CORPUS) == []


@pytest.mark.parametrize("quote", ["県外サービス業者", "県内サービス業者は", "県内 サービス業者", "補助率：2/3以内"])
def test_a_quote_that_does_not_stand_there_is_refused(assistant, quote):
    passage = passage_with(assistant, "県内サービス業者")
    assert outcome(assistant, DraftSentence(f"対象は「{quote}」です。", quotes=((passage.id, quote),))) == REFUSED


def test_a_quote_of_no_passage_is_refused(assistant):
    assert outcome(assistant, DraftSentence("対象は「県内」です。", quotes=((1, "県内"),))) == REFUSED


def test_a_quote_from_another_passage_is_refused(assistant):
    other = passage_with(assistant, "信用補完対策費")
    sentence = DraftSentence("対象は「県内サービス業者」です。", quotes=((other.id, "県内サービス業者"),))
    assert outcome(assistant, sentence) == REFUSED


def test_a_figure_beside_a_quote_is_refused(assistant):
    passage = passage_with(assistant, "県内サービス業者")
    sentence = DraftSentence("「県内サービス業者」に500万円です。", quotes=((passage.id, "県内サービス業者"),))
    assert outcome(assistant, sentence) == REFUSED


def test_abstentions_keep_their_reason(assistant):
    answer = verify("問い", Draft("abstained", "not_stated", (DraftSentence("記載がありません。"),)), assistant.index)
    assert (answer.status, answer.reason, answer.text) == ("abstained", "not_stated", "記載がありません。")


@pytest.mark.parametrize("status", ["abstained", "clarify"])
def test_an_abstention_holds_no_figure_either(assistant, status):
    draft = Draft(status, "not_stated", (DraftSentence("補助上限は500万円かもしれません。"),))
    answer = verify("問い", draft, assistant.index)
    assert "500" not in answer.text


# ---- any change of any fact ----

digits = st.characters(min_codepoint=ord("0"), max_codepoint=ord("9"))


@settings(max_examples=300, deadline=None)
@given(place=st.integers(min_value=0), data=st.data())
def test_a_random_change_never_gets_out(assistant, place, data):
    facts = list(facts_of(assistant.index).values())
    fact = facts[place % len(facts)]
    other = facts[data.draw(st.integers(0, len(facts) - 1), label="other")]
    field = data.draw(
        st.sampled_from(["text", "yen", "yen_min", "yen_max", "number", "unit", "program", "program_id", "document",
                         "line_start", "line_end", "quote", "kind", "condition", "fiscal_year", "stage"])
    )  # fmt: skip
    changed = dataclasses.replace(fact, **{field: getattr(other, field)})
    answer = answered(assistant, DraftSentence("それは{0}です。", (changed,)))
    if changed == fact:
        return
    assert (answer.status, answer.reason) == REFUSED
    assert (answer.figures, answer.citations) == ((), ())


@settings(max_examples=300, deadline=None)
@given(place=st.integers(min_value=0), at=st.integers(min_value=0), digit=digits)
def test_a_changed_digit_never_gets_out(assistant, place, at, digit):
    facts = [fact for fact in facts_of(assistant.index).values() if any(letter.isdigit() for letter in fact.text)]
    fact = facts[place % len(facts)]
    spots = [spot for spot, letter in enumerate(fact.text) if letter.isdigit()]
    spot = spots[at % len(spots)]
    text = fact.text[:spot] + digit + fact.text[spot + 1 :]
    if text == fact.text:
        return
    assert outcome(assistant, DraftSentence("それは{0}です。", (dataclasses.replace(fact, text=text),))) == REFUSED


@settings(max_examples=200, deadline=None)
@given(
    place=st.integers(min_value=0), amount=st.integers(1, 10**12), unit=st.sampled_from(["円", "千円", "万円", "億円"])
)
def test_an_invented_amount_never_gets_out(assistant, place, amount, unit):
    facts = [fact for fact in facts_of(assistant.index).values() if fact.yen]
    fact = facts[place % len(facts)]
    said = f"{amount:,}{unit}"
    answer = answered(assistant, DraftSentence(f"それは{{0}}、また{said}です。", (fact,)))
    told = {figure.yen for figure in answer.figures}
    assert (answer.status, answer.reason) == REFUSED or find_figures(said)[0].yen in told


@settings(max_examples=200, deadline=None)
@given(place=st.integers(min_value=0))
def test_a_printed_fact_reads_back_as_itself(assistant, place):
    facts = [fact for fact in facts_of(assistant.index).values() if fact.yen is not None]
    fact = facts[place % len(facts)]
    figures = find_figures(print_fact(fact))
    assert figures
    assert {figure.yen for figure in figures if figure.kind == "money"} == {fact.yen}


def test_a_denial_does_not_lean_on_a_sentence_that_is_dropped(assistant):
    fact = fact_of(assistant, "信用補完対策費", "budget")
    other = fact_of(assistant, "連携組織対策費", "budget")
    said = find_figures("5億4,662万1千円")[0]
    denial = DraftSentence("いいえ、5億4,662万1千円ではありません。", allowed=(said,))
    false = DraftSentence("「連携組織対策費」の予算額は{0}で、上限は3円です。", (other,))
    true = DraftSentence("「信用補完対策費」の予算額は{0}です。", (fact,))
    answer = verify("5億4,662万1千円ですか", Draft("answered", None, (denial, false, true)), assistant.index)
    assert answer.text == "「信用補完対策費」の予算額は546,621千円（5億4,662万1千円）です[1]。"
