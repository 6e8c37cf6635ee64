"""Which fund an amount is of, where a row leaves a choice: its subtotal decides, or a doubt is said."""

from __future__ import annotations

import pytest

from assistant.columns import AlignedRow

from .test_align import aligned

FUNDS = ("funding_national", "funding_other", "funding_general")


def funds(body: str) -> tuple[list[tuple[int, ...]], list[str | None], tuple[AlignedRow, ...]]:
    columns, rows = aligned(body)
    found = []
    for row in rows:
        cells = {columns[index].role: cell.text for index, cell in row.cells.items()}
        found.append(tuple(int(cells.get(fund, "0").replace(",", "")) for fund in FUNDS))
    return found, [row.doubt for row in rows], rows


IN_PLACE = "\t窓口\t\t\t600\t100\t200\t300\tR4-R6\t商工課"
SHIFTED = "\t見本市\t\t\t\t50\t50\t\tR4-R6\t商工課"  # one amount, two columns away from where it belongs


@pytest.mark.parametrize("fund", range(3))
def test_a_shifted_row_goes_where_its_subtotal_wants_it(fund: int) -> None:
    sums = [100, 200, 300]
    sums[fund] += 50
    total = "\t".join(str(amount) for amount in (sum(sums), *sums))
    found, doubts, _ = funds(f"{IN_PLACE}\n{SHIFTED}\n\t小計\t\t\t{total}")
    assert found[1] == tuple(50 if place == fund else 0 for place in range(3))
    assert doubts == [None, None, None]


def test_a_subtotal_that_no_choice_reaches_leaves_a_doubt() -> None:
    _, doubts, _ = funds(f"{IN_PLACE}\n{SHIFTED}\n\t小計\t\t\t700\t123\t234\t343")
    assert doubts[0] is None
    assert doubts[1] == "小計と合わないため、財源の欄を決められない"


@pytest.mark.parametrize(
    ("total", "misprinted"),
    [
        ("650\t123\t250\t300", "小計"),  # 国庫 of the subtotal
        ("640\t90\t250\t300", "窓口"),  # 国庫 of the first row
    ],
)
def test_a_misprint_does_not_move_the_amounts_of_other_rows(total: str, misprinted: str) -> None:
    found, doubts, _ = funds(f"{IN_PLACE}\n{SHIFTED}\n\t小計\t\t\t{total}")
    assert found[:2] == [(100, 200, 300), (0, 50, 0)], misprinted
    assert doubts[1] is None


def test_beside_a_misprint_a_row_that_does_not_add_up_is_doubtful() -> None:
    broken = "\t見本市\t\t\t60\t\t50\t\tR4-R6\t商工課"
    found, doubts, _ = funds(f"{IN_PLACE}\n{broken}\n\t小計\t\t\t660\t123\t250\t300")
    assert found[1] == (0, 50, 0)
    assert doubts[1] == "小計と合わないため、財源の欄を決められない"


def test_rows_in_place_stay_where_two_amounts_of_their_subtotal_are_exchanged() -> None:
    full = "\t窓口\t\t\t50\t10\t10\t30\tR4-R6\t商工課"
    one = "\t展示会\t\t\t70\t70\t\t\tR4-R6\t商工課"
    other = "\t相談会\t\t\t40\t\t40\t\tR4-R6\t商工課"
    found, _, _ = funds(f"{full}\n{one}\n{other}\n\t小計\t\t\t160\t50\t80\t30")
    assert found[:3] == [(10, 10, 30), (70, 0, 0), (0, 40, 0)]


def test_only_the_rows_that_could_be_otherwise_are_doubtful() -> None:
    one = "\t見本市\t\t\t\t50\t\t50\tR4-R6\t商工課"
    other = "\t展示会\t\t\t\t70\t\t70\tR4-R6\t商工課"
    twin = "\t相談会\t\t\t\t50\t\t50\tR4-R6\t商工課"
    found, doubts, _ = funds(f"{IN_PLACE}\n{one}\n{other}\n{twin}\n\t小計\t\t\t770\t150\t250\t370")
    assert found[2] == (0, 0, 70)
    assert doubts[2] is None
    assert sum(row[0] for row in found[:4]) == 150
    assert {doubts[1], doubts[3]} <= {None, "財源の欄が一通りに決まらない"}


def test_relisted_rows_are_summed_apart() -> None:
    relisted = "\t出張(再掲)\t\t\t90\t90\t\t\tR4-R6\t商工課"
    body = f"{IN_PLACE}\n{relisted}\n\t小計\t\t\t600\t100\t200\t300\n\t〃(再掲含む。)\t\t\t690\t190\t200\t300"
    found, doubts, rows = funds(body)
    assert [row.role for row in rows] == ["program", "program", "subtotal", "relisted"]
    assert found[1] == (90, 0, 0)
    assert doubts == [None] * 4


def test_many_equal_rows_are_decided_in_bounded_time() -> None:
    rows = "\n".join("\t見本市\t\t\t\t50\t\t50\tR4-R6\t商工課" for _ in range(400))
    _, doubts, _ = funds(f"{IN_PLACE}\n{rows}\n\t小計\t\t\t20600\t7100\t6200\t7300")
    assert len(doubts) == 402
