"""What must hold for every text: offsets, notations that read back, whole numbers, bounded work."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.figures import find_figures, fiscal_year, money_unit, read_cell, same_value, year_number

_MATERIAL = (
    "0123456789０１２３，．％／～－（）,./%~-〜 　\t\n¥▲△+一二三十百千万億円割分の年度月日件社者人名回箇所かから"
    "令和平成元RHS定額以内約上限最大あたり第①½@:w"
)
_FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


def _check(text: str) -> None:
    last = 0
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text != ""
        assert figure.start >= last
        last = figure.end
        assert same_value(figure, figure)
        assert not (figure.yen is not None and figure.yen_min is not None)
        assert not (figure.number is not None and figure.number_min is not None)


@given(st.text())
def test_any_text_is_read_without_harm(text: str) -> None:
    _check(text)
    read_cell(text, "千円")
    fiscal_year(text)
    year_number(text)
    money_unit(text)


@given(st.text(alphabet=_MATERIAL, max_size=60))
def test_texts_of_figure_material_keep_their_offsets(text: str) -> None:
    _check(text)
    cell = read_cell(text, "千円")
    assert cell is None or text[cell.start : cell.end] == cell.text


@given(
    st.integers(0, 10**12),
    st.sampled_from([("円", 1), ("千円", 10**3), ("万円", 10**4), ("百万円", 10**6), ("億円", 10**8)]),
)
def test_a_sum_reads_back_in_every_notation(count: int, unit: tuple[str, int]) -> None:
    name, scale = unit
    for digits in (str(count), f"{count:,}", f"{count:,}".translate(_FULL_WIDTH)):
        for space in ("", " ", "　"):
            text = f"①{digits}{space}{name}以内"
            (figure,) = find_figures(text)
            assert (figure.yen, figure.bound, figure.start) == (count * scale, "以内", 1)


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["～", "〜", "~", "-", "－", "から"]))
def test_a_range_reads_back(low: int, step: int, separator: str) -> None:
    high = low + step
    for text in (f"{low}{separator}{high}万円", f"{low:,}万{separator}{high:,}万円", f"{low}万円{separator}{high}万円"):
        (figure,) = find_figures(text)
        assert (figure.yen_min, figure.yen_max) == (low * 10**4, high * 10**4)


@given(st.integers(1, 10), st.integers(2, 10))
def test_a_share_reads_back(above: int, below: int) -> None:
    texts = (f"{above}/{below}", f"{above} / {below}", f"{above}／{below}", f"{below}分の{above}")
    found = [find_figures(f"補助率{text}") for text in texts]
    if above > below:
        assert not any(found)
        return
    assert [each.number for (each,) in found] == [above / below] * len(texts)


@given(st.decimals(0, 999, places=2), st.sampled_from(["", "▲", "△ ", "-"]))
def test_a_percentage_reads_back(value: float, sign: str) -> None:
    (figure,) = find_figures(f"前年比 {sign}{value}％")
    assert figure.number == pytest.approx(-float(value) if sign else float(value))


@given(st.text(alphabet="0123456789,.", min_size=1, max_size=12), st.integers(1, 9999))
@example("1924.2.", 4)
@example("0145676691..", 5986)
def test_nothing_is_found_strictly_inside_a_longer_number(before: str, count: int) -> None:
    text = f"{before}{count}万円"
    for figure in find_figures(text):
        assert figure.start == 0 or text[figure.start - 1] not in "0123456789"
        assert figure.end == len(text)


@pytest.mark.parametrize(
    "pattern",
    [
        "1",
        "1,",
        "一",
        "千",
        "1 ",
        "1/",
        "1-",
        "1~",
        "1万 ",
        "1億",
        "1億円",
        "1年",
        "0",
        "0-",
        "(0",
        "R1-",
        "令和1",
        "1分の",
        "1円×あ",
        "a@",
        "@",
        "://",
        "▲",
    ],
)
def test_long_input_is_read_in_linear_time(pattern: str) -> None:
    # The suite's time limit is what fails here when a reader looks at the same stretch again and again.
    _check(pattern * (100_000 // len(pattern)))
