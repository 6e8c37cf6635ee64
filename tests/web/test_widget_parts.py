"""The widget's parts by themselves: events from any pieces, the form of a text, figures in it, quotes, amounts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from . import fixtures
from .widget_parts import call, parts_page, table

browser = fixtures.browser
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with parts_page(browser) as page:
        yield page


def named(cases: list[dict]) -> list:
    return [pytest.param(case, id=case["name"]) for case in cases]


# ---- events ----

READ = "const told = []; const feed = m.eventReader((...event) => told.push(event)); x.forEach(feed); return told;"
ENDS = ["\n", "\r\n", "\r"]
WORDS = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8)


def test_what_a_stream_may_hold(page):
    stream = (
        ': a comment\n\nevent: stage\ndata: {"stage":"search"}\n\nid: 7\nretry: 9\ndata:one\ndata:  two\ndata\n\n'
        "event: lost\n\ndata: after\n\nunknown: x\nevent: half\ndata: no end"
    )
    assert call(page, "sse.js", READ, [stream]) == [
        ["stage", '{"stage":"search"}'],
        ["message", "one\n two\n"],
        ["message", "after"],
    ]


@quick
@given(
    st.lists(
        st.tuples(st.sampled_from(["stage", "sentence", "answer"]), st.lists(WORDS, min_size=1, max_size=3)), max_size=4
    ),
    st.sampled_from(ENDS),
    st.data(),
)
def test_any_pieces_give_the_same_events(page, events, end, data):
    lines = [
        line
        for name, texts in events
        for line in [f"event: {name}", ": ping", *(f"data: {text}" for text in texts), ""]
    ]
    stream = end.join([*lines, ""])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    pieces = [stream[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert call(page, "sse.js", READ, pieces) == [[name, "\n".join(texts)] for name, texts in events]


# ---- the form of a text ----

FORM = """return m.blocksOf(x).map((block) => {
  const runs = block.run ? [block.run] : block.runs ?? [...block.head, ...block.rows.flat()];
  return [block.kind, ...runs.map(([start, end]) => x.slice(start, end))];
});"""


@pytest.mark.parametrize("case", named(table("blocks.json")))
def test_blocks(page, case):
    assert call(page, "blocks.js", FORM, case["text"]) == case["blocks"]


@quick
@given(st.text("|-: \n・\\甲乙1[]", max_size=40))
def test_no_words_of_a_text_are_lost(page, text):
    """All but layout: blanks, bars, rules of tables and the points of lists."""
    blocks = call(page, "blocks.js", FORM, text)
    if any(kind == "table" for kind, *_ in blocks):
        return
    kept = "".join(run for _, *runs in blocks for run in runs)
    assert kept.replace(" ", "") == "".join(line.strip().removeprefix("・") for line in text.split("\n")).replace(
        " ", ""
    )


# ---- figures ----

PLACES = """const figures = x.figures.map(([text, unit, marker, program]) => ({text, unit, marker, program}));
const told = (spot) => [x.text.slice(spot.start, spot.end), spot.start, spot.figures.length];
return m.spotsOf(x.text, figures).map(told);"""


@pytest.mark.parametrize("case", named(table("figures.json")))
def test_figures_are_found_where_they_stand(page, case):
    spots = call(page, "figures.js", PLACES, case)
    assert [[text, start] for text, start, _ in spots] == case["chips"]
    if "shared" in case:
        assert [count for *_, count in spots] == case["shared"]


@quick
@given(
    st.lists(
        st.sampled_from(["500万円", "1,", "1億", "2/3", "1", "[1]", "[2]", "。", "\n", "千円", "3,914", "500"]),
        max_size=14,
    )
)
def test_chips_never_overlap_and_never_cut_a_number(page, pieces):
    text = "".join(pieces)
    figures = [["500万円", "万円", 1], ["2/3", "", 2], ["3,914", "千円", 1], ["500", "千円", 2]]
    spots = call(page, "figures.js", PLACES, {"text": text, "figures": figures})
    for (shown, start, _), (_, following, _) in pairwise([*spots, ["", len(text), 0]]):
        assert start + len(shown) <= following
        assert not (start and text[start - 1].isdigit())
        assert not text[start + len(shown) : start + len(shown) + 1].isdigit() or not shown[-1].isdigit()


# ---- amounts, quotes, addresses ----


@pytest.mark.parametrize(("yen", "lang", "told"), table("yen.json"))
def test_amounts_in_plain_yen(page, yen, lang, told):
    assert call(page, "yen.js", "return m.plainYen(x[0], x[1])", [yen, lang]) == told


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ((None, None, None), ""),
        ((5000, None, None), "5,000円"),
        ((None, 1000, 2000), "1,000円～2,000円"),
        ((None, None, 2000), "～2,000円"),
    ],
)
def test_the_worth_of_a_figure(page, amounts, told):
    figure = dict(zip(["yen", "yen_min", "yen_max"], amounts, strict=True))
    assert call(page, "yen.js", "return m.yenOf(x, 'ja')", figure) == told


MARKED = """const lines = x.lines.map((text, at) => ({number: at + 1, text}));
const citation = {line_start: x.from, line_end: x.to, quote: x.quote};
const told = (line) => line.marks.map(([start, end]) => line.text.slice(start, end));
return m.markedLines(lines, citation).map((line) => [line.cited, told(line)]);"""


@pytest.mark.parametrize("case", named(table("quotes.json")))
def test_quoted_words_are_marked(page, case):
    marked = call(page, "passage.js", MARKED, case)
    assert [marks for _, marks in marked] == case["marks"]
    assert [cited for cited, _ in marked] == [
        case["from"] <= number <= case["to"] for number in range(1, len(marked) + 1)
    ]


@pytest.mark.parametrize(("text", "address"), table("addresses.json"))
def test_only_addresses_of_the_web_are_linked(page, text, address):
    assert call(page, "dom.js", "return m.webAddress(x)", text) == address


def test_an_id_has_128_random_bits(page):
    ids = call(page, "session.js", "return Array.from({length: 200}, m.randomId)")
    assert len(set(ids)) == 200
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in ids)


def test_two_names_of_one_kind_differ_and_the_first_comes_back(page):
    body = "const names = [m.takeName('a'), m.takeName('a')]; m.freeName(names[0]); return [...names, m.takeName('a')];"
    first, second, third = call(page, "session.js", body)
    assert first == third != second


FULL = """const real = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (value.length > 400) throw new DOMException("full", "QuotaExceededError");
  real.call(this, key, value);
};
const kept = new m.Kept("full");
kept.save({id: "i", open: true, exchanges: Array.from({length: 30}, (_, n) => ({n, words: "x".repeat(60)}))});
Storage.prototype.setItem = real;
return kept.load();"""


def test_a_full_storage_keeps_the_newest(page):
    kept = call(page, "session.js", FULL)
    assert kept["id"] == "i"
    assert [exchange["n"] for exchange in kept["exchanges"]] == [27, 28, 29]


def test_an_answer_of_any_shape_is_brought_into_form(page):
    odd = {
        "status": "odd",
        "text": None,
        "citations": [None, {"marker": "1", "url": {}}],
        "figures": "x",
        "notices": [None, 3, "a"],
        "suggestions": {},
    }
    answer = call(page, "shape.js", "return m.answerOf(x)", odd)
    assert (answer["status"], answer["text"], answer["figures"], answer["notices"], answer["suggestions"]) == (
        "answered",
        "",
        [],
        ["3", "a"],
        [],
    )
    assert [(citation["marker"], citation["url"], citation["line_start"]) for citation in answer["citations"]] == [
        (None, "", 1),
        (None, "", 1),
    ]


KEYS = """const nested = (value) => typeof value === "object" && !Array.isArray(value);
const walk = (table, at) => Object.entries(table).flatMap(([key, value]) =>
  nested(value) ? walk(value, `${at}${key}.`) : [`${at}${key} ${typeof value}`]);
return walk(m[x], "");"""


def test_both_languages_have_the_same_words(page):
    japanese = call(page, "words_ja.js", KEYS, "JAPANESE")
    assert japanese == call(page, "words_en.js", KEYS, "ENGLISH")
    assert len(japanese) > 80
