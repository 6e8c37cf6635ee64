"""Misprints: made within what can be printed, seeded, and judged by what the facts say afterwards."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from invented import read

from assistant.ingest import Reading
from eval.mutations.__main__ import main
from eval.mutations.amounts import plain
from eval.mutations.judge import FOLLOWED, LOST, judge
from eval.mutations.make import COLUMN, DIGIT, SORTS, UNIT, Mutation, columns, digits, draw, units

TEXT = """# 令和5年度 湊浜県当初予算

（単位：千円）
事業名\t予算額\t前年度予算額
灯台めぐり支援事業\t1,200\t900
干潟学習事業\t450\t300
合計\t1,650\t1,200

## 桟橋改修補助金

- 補助率：2/3以内
- 補助上限額：300万円
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(TEXT)


def made(reading: Reading, sort: str, seed: int = 1) -> list[Mutation]:
    return list(SORTS[sort](reading, random.Random(seed)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1億4299万8千円", 142_998_000),
        ("１，２００", 1200),
        ("158.6億円", 15_860_000_000),
        ("3千万円", 30_000_000),
        ("2 / 3", 2 / 3),
        ("▲ 4.6", -4.6),
        ("129.9%", 129.9),
        ("5割", 5),
        ("1/0", None),
        ("1～2億円", None),
        ("定額", None),
        ("R4-R6", None),
    ],
)
def test_a_printed_amount_is_computed_without_the_parser(text: str, number: float | None) -> None:
    assert plain(text) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize("seed", range(20))
def test_another_digit_leaves_a_figure_of_the_same_length(reading: Reading, seed: int) -> None:
    for one in made(reading, DIGIT, seed):
        assert len(one.after) == len(one.before)
        assert sum(a != b for a, b in zip(one.before, one.after, strict=True)) == 1
        assert not one.after.startswith("0")
        if "/" in one.after:
            assert 0 < (plain(one.after) or 0) < 1


def test_every_amount_and_rate_has_its_digit_changed(reading: Reading) -> None:
    assert [one.before for one in digits(reading, random.Random(1))] == [
        "1,200", "900", "450", "300", "1,650", "1,200", "2/3", "300万円",
    ]  # fmt: skip


def test_a_caption_governs_the_bare_amounts_below_it(reading: Reading) -> None:
    caption, amount = units(reading, random.Random(1))
    assert (caption.line, caption.text, len(caption.changes)) == (3, "（単位：百万円）", 6)
    assert {new.values[0] for _, new in caption.changes} >= {1_200_000_000, 450_000_000}
    assert (amount.before, amount.after, amount.changes[0][1].values[0]) == ("300万円", "300千円", 300_000)


def test_two_cells_change_places(reading: Reading) -> None:
    one = next(columns(reading, random.Random(1)))
    assert one.text == "灯台めぐり支援事業\t900\t1,200"
    assert [(old.kind, old.text, new.text) for old, new in one.changes] == [
        ("budget", "1,200", "900"),
        ("budget_previous", "900", "1,200"),
    ]


@pytest.mark.parametrize("sort", [DIGIT, UNIT, COLUMN])
def test_plain_documents_are_followed(reading: Reading, sort: str) -> None:
    assert {judge(reading, one).outcome for one in made(reading, sort)} == {FOLLOWED}


def test_a_sum_that_held_and_no_longer_does_is_noticed(reading: Reading) -> None:
    noticed = {one.before: judge(reading, one).noticed for one in made(reading, DIGIT)}
    assert noticed["450"]
    assert not noticed["2/3"]


def test_what_is_read_otherwise_is_not_followed(reading: Reading) -> None:
    one = made(reading, DIGIT)[0]
    (old, new), *_ = one.changes
    verdict = judge(reading, replace(one, changes=((old, replace(new, kind="breakdown")),)))
    assert verdict.outcome == LOST
    assert [fact.kind for fact in verdict.wanted] == ["breakdown"]
    assert [fact.kind for fact in verdict.read] == ["budget"]


def test_a_change_elsewhere_is_not_followed(reading: Reading) -> None:
    one = made(reading, DIGIT)[0]
    verdict = judge(reading, replace(one, text=one.text.replace("900", "800")))
    assert verdict.outcome == LOST
    assert [fact.text for fact in verdict.read] == ["800"]


def test_a_seed_draws_the_same_changes_once_each(reading: Reading) -> None:
    drawn = draw([reading], 30, 7)
    assert drawn == draw([reading], 30, 7)
    assert drawn != draw([reading], 30, 8)
    assert len({(one.line, one.text) for one in drawn}) == len(drawn) == 30


def test_the_corpus_is_read_as_it_is_printed(readings: dict[str, Reading]) -> None:
    verdicts = [judge(readings[one.document], one) for one in draw(list(readings.values()), 40, 20260401)]
    lost = [verdict.mutation for verdict in verdicts if verdict.outcome == LOST]
    assert [f"{one.document}:{one.line} {one.sort} {one.before} → {one.after}" for one in lost] == []


def test_the_command_counts_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "minato.md").write_text(TEXT, encoding="utf-8")
    assert main(["--corpus", str(tmp_path), "--count", "12", "--differences"]) == 0
    out = capsys.readouterr().out
    assert "12 changes, seed 20260401: 0 neither followed nor put right" in out
    assert main(["--corpus", str(tmp_path / "elsewhere")]) == 1
    assert capsys.readouterr().err.startswith("mutations: no corpus folder at ")
