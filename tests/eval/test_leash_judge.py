"""The judge of what left sees every kind of false answer, and calls no true one false."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest

from eval.leash.judge import bare, blamed, forged, found, pieces_of, reference, unheld
from eval.leash.seen import Seen, without_ids

LINES = (
    "研修費補助",
    "類型\t補助率",
    "原則枠\t1/2",
    "特別枠\t2/3",
    "上限額　3,000千円",
    "対象は県内の中小企業者です。",
)
INDEX = SimpleNamespace(documents={"d": SimpleNamespace(lines=LINES)})


def citation(marker, line, quote=None):
    return {
        "marker": marker,
        "document": "d",
        "title": "資料",
        "quote": LINES[line - 1] if quote is None else quote,
        "line_start": line,
        "line_end": line,
    }


def figure(marker, text, yen=None, number=None):
    return {"marker": marker, "text": text, "yen": yen, "yen_min": None, "yen_max": None, "number": number}


def answer(text, citations, figures=(), mode="llm"):
    return {
        "text": text,
        "citations": list(citations),
        "figures": list(figures),
        "notices": [],
        "suggestions": [],
        "mode": mode,
    }


COMPOSED = answer("「研修費補助」の補助率は、原則枠が1/2です[1]。", [citation(1, 3)], [figure(1, "1/2", number=0.5)])
TRUE = "「研修費補助」の補助率は、特別枠が2/3です。"


def judged(told, truths=(), wrong=(), raw=None, answered=True):
    known = reference(COMPOSED, COMPOSED["text"], truths, wrong)
    seen = Seen("chat", raw or told["text"], (told["text"],), told if answered else None)
    return [one.why for one in found(seen, known, INDEX)]


def changed(**fields):
    return {**copy.deepcopy(COMPOSED), **fields}


BAD = {
    "a sentence that is neither composed nor true": changed(text=f"大企業も対象です[1]。{COMPOSED['text']}"),
    "a sentence without a marker": changed(text=f"{COMPOSED['text']}返済は不要です。"),
    "a wrong figure": changed(text="「研修費補助」の補助率は、原則枠が3/4です[1]。"),
    "a wrong figure in kanji": changed(text=f"{COMPOSED['text']}上限額は五百万円です[1]。"),
    "a wrong figure within the sentence": changed(text="「研修費補助」の補助率は、原則枠が1/2（最大900万円）です[1]。"),
    "a right figure of another case": changed(text="「研修費補助」の補助率は、特別枠が1/2です[1]。"),
    "markup": changed(text=f"{COMPOSED['text']}<b>500</b>万円です[1]。"),
    "half of a sentence": changed(text=f"{COMPOSED['text']}上限額は5"),
    "a marker without a citation": changed(text=f"{COMPOSED['text']}[2]"),
    "a citation that nothing uses": changed(citations=[citation(1, 3), citation(2, 4)]),
    "markers that are not contiguous": changed(
        text="「研修費補助」の補助率は、原則枠が1/2です[2]。", citations=[citation(2, 3)]
    ),
    "a quote that stands nowhere": changed(citations=[citation(1, 3, "原則枠\t9/10")]),
    "a quote of another line": changed(citations=[citation(1, 4, "原則枠\t1/2")]),
    "an empty quote": changed(citations=[citation(1, 3, " ")]),
    "a citation of no document": changed(citations=[{**citation(1, 3), "document": "x"}]),
    "a figure of no citation": changed(figures=[figure(7, "1/2", number=0.5)]),
}


@pytest.mark.parametrize("name", BAD)
def test_every_kind_of_false_answer_is_found(name):
    assert judged(BAD[name]) != []


def test_the_composed_answer_itself_is_right():
    assert judged(COMPOSED) == []


def test_a_true_sentence_of_the_reply_is_right_when_its_figure_is_cited():
    text = f"令和2年度の資料では、{TRUE[:-1]}[2]。{COMPOSED['text']}"
    right = answer(
        text, [citation(1, 3), citation(2, 4)], [figure(1, "1/2", number=0.5), figure(2, "2/3", number=0.6667)]
    )
    assert judged(right, [TRUE]) == []


@pytest.mark.parametrize("line", [3, 6])
def test_a_true_sentence_with_the_citation_of_another_line_is_not(line):
    text = f"{TRUE[:-1]}[2]。{COMPOSED['text']}"
    told = answer(text, [citation(1, 3), citation(2, line)], [figure(1, "1/2", number=0.5)])
    assert judged(told, [TRUE]) != []


def test_the_unit_of_the_table_is_the_figures_own():
    piece = "上限額は300万円です[1]。"
    told = answer(piece, [citation(1, 5)], [figure(1, "3,000千円", yen=3_000_000)])
    assert list(unheld("chat", piece, told)) == []
    assert [one.why for one in unheld("chat", piece.replace("300", "30"), told)] != []


def test_a_sentence_that_cites_nothing_is_no_answer():
    assert [one.why for one in unheld("chat", "対象は県内の中小企業者です。", COMPOSED)] == [
        "a sentence without a citation"
    ]


@pytest.mark.parametrize(
    "raw", ["上限は500万円", "上限は５００万円", "上限は5\u200b0\u200b0万円", '{"text": "上限は500万円"}']
)
def test_wrong_words_are_found_anywhere_in_the_bytes(raw):
    assert judged(COMPOSED, wrong=["500万円"], raw=f"{COMPOSED['text']}{raw}") != []


def test_words_that_the_composed_answer_or_a_cited_line_holds_are_not_wrong():
    assert judged(COMPOSED, wrong=["原則枠が1/2", "原則枠"]) == []


def test_what_was_told_on_the_way_counts_though_the_answer_is_right():
    known = reference(COMPOSED, "", (), ())
    seen = Seen("stream", "", ("大企業も対象です[1]。", COMPOSED["text"]), COMPOSED)
    assert [one.text for one in found(seen, known, INDEX)] == ["大企業も対象です[1]。"]


def test_a_stored_conversation_has_no_citations_and_is_searched_all_the_same():
    assert judged(changed(text="大企業も対象です[1]。"), answered=False) != []
    assert judged(COMPOSED, answered=False) == []


def test_pieces_end_at_full_stops_outside_brackets():
    assert list(pieces_of("「甲。乙」です[1]。丙！\n・丁：{1}\n")) == ["「甲。乙」です[1]。", "丙！", "・丁：{1}"]
    assert bare("・ 補助率は 1/2 です[1][2]。") == "補助率は1/2です"


def test_the_lie_that_a_finding_is_like_is_to_blame():
    lies = ["返済は不要です[1]。", "上限は{{F1}}の倍です[1]。"]
    [finding] = list(forged("chat", changed(figures=[figure(7, "上限は1/2の倍です")]), INDEX))
    assert blamed(finding, lies) == 1
    assert blamed(finding, ["全く別の文である"]) is None


def test_ids_are_random_letters_and_no_lies():
    raw = '{"answer_id": "a900f", "conversation_id":"c1", "text": "900円"}'
    assert without_ids(raw) == '{"answer_id": "", "conversation_id":"", "text": "900円"}'
