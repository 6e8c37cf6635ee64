"""A quote may stand on a heading over its passage, and nowhere else outside it."""

import pytest

from assistant.records import Document, Passage
from assistant.verify.above import line_above
from assistant.verify.citations import Citations

LINES = (
    "基本方針\t事業名\t新規\t委託(△は一部を委託)",
    "①人材の育成を図ること",
    "・若者の就業\t甲事業\t○\t",
    "甲事業は県内で研修を行う。",
    "乙の一覧\t1,000\t2,000",
    "・雇用の促進\t乙事業\t\t△",
    "在宅で働ける技能の講座　受講",
    "料は無料",
)
DOCUMENT = Document("x", "一覧", "県", "海潮県", "令和5年度", "当初予算", "", LINES)
PASSAGE = Passage(1, "x", "p", "乙事業", ("人材の育成を図ること", "雇用の促進"), 6, 8, "\n".join(LINES[5:]))


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("人材の育成を図ること", 2),  # the heading of its section
        ("△は一部を委託", 1),  # the header of its columns
        ("甲事業は県内で研修を行う。", None),  # another program's sentence
        ("乙の一覧", None),  # a row with amounts heads nothing
        ("県内で研修", None),
    ],
)
def test_headings_over_a_passage(quote, line):
    assert line_above(quote, PASSAGE, DOCUMENT) == line


class _Index:
    documents = {"x": DOCUMENT}  # noqa: RUF012


def test_a_quote_over_two_lines_is_cited_with_both():
    quote = Citations(_Index()).of_words(PASSAGE, "受講\n料は無料")
    assert (quote.line_start, quote.line_end) == (7, 8)


def test_words_that_are_not_there_are_not_cited():
    citations = Citations(_Index())
    assert citations.of_words(PASSAGE, "受講料は有料") is None
    assert citations.of_words(PASSAGE, "研修を行う") is None
